"""Settlement funds: what the table in force on a day asks of a family, since when, and who needs none."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from eligibility.fields import DatePartsField, Explanation, NumberField, PortalForm
from eligibility.tools.answering import address_of_json, as_json, asked, refused, wants_json
from eligibility.wording.sources import SOURCES
from lifecycle.middleware import PortalRequest
from rules import parameters
from rules.parameters import SYSTEM_BEGAN, Row
from rules.programs import funds_needed, limits
from rules.records import LAST_AS_OF

LARGEST_FAMILY = 50  # the simulator's choice
LISTED = 10


class FundsForm(PortalForm):
    """``family_size`` and ``on`` (today unless given)."""

    family_size = NumberField(
        label=_("How many people are in your family?"),
        help_text=_("Yourself, your spouse or partner, and all dependent children. For example 3."),
        least=1,
        most=LARGEST_FAMILY,
        step=1,
        example=3,
    )
    on = DatePartsField(
        label=_("On which day?"),
        help_text=_("Leave it empty for today. For example 1 6 2025."),
        required=False,
        earliest=SYSTEM_BEGAN,
        latest=LAST_AS_OF,
    )
    explanations: ClassVar = {
        "family_size": [
            Explanation(
                _("Who is counted?"),
                [
                    _(
                        "Everybody in the family, also a spouse, partner or child who does not come with you "
                        "or is already a citizen or permanent resident of Canada."
                    )
                ],
            )
        ]
    }


@dataclass(frozen=True, slots=True)
class Funds:
    """The table in force on a day, in CAD, and what it asks of one family (None where none was named)."""

    on: date
    family_size: int | None
    amount: int | None
    row: Row

    @property
    def amounts(self) -> list[tuple[int, int]]:
        """Family sizes from one to ten with their amounts."""
        least = limits(parameters.on(self.on))
        return [(size, funds_needed(size, least)) for size in range(1, LISTED + 1)]

    @property
    def each_additional(self) -> int:
        return int(self.row.value["each_additional"])

    @property
    def update_deadline(self) -> date | None:
        """The last day on which candidates in the pool were asked to update to this table, where it is known."""
        deadline: date | None = self.row.value["profile_update_deadline"]
        return deadline

    @property
    def source(self) -> str:
        return str(SOURCES[self.row.source])


def funds_of(family_size: int | None, on: date) -> Funds:
    """Return the table of a day, which is 2015-01-01 or later, and the amount for a family."""
    rules = parameters.on(on)
    amount = funds_needed(family_size, limits(rules)) if family_size else None
    return Funds(on, family_size, amount, rules["funds.table"])


@require_safe
def funds(request: PortalRequest) -> HttpResponse:
    """Say how much money a family must have on a day; without a question, show today's table."""
    typed = asked(request, FundsForm)
    form = FundsForm(request.GET) if typed else FundsForm()
    if typed and not form.is_valid():
        shown = funds_of(None, request.today)
        return refused(form) if wants_json(request) else _page(request, form, shown)
    answers = form.cleaned_data if typed else {}
    shown = funds_of(answers.get("family_size"), answers.get("on") or request.today)
    return as_json(_document(shown)) if wants_json(request) else _page(request, form, shown)


def _page(request: PortalRequest, form: FundsForm, shown: Funds) -> HttpResponse:
    context = {"form": form, "shown": shown, "json_url": address_of_json(request)}
    return render(request, "tools/funds.html", context)


def _document(shown: Funds) -> dict[str, Any]:
    deadline, last = shown.update_deadline, shown.row.last_day
    return {
        "on": shown.on.isoformat(),
        "currency": "CAD",
        "family_size": shown.family_size,
        "amount": shown.amount,
        "first_day": shown.row.first_day.isoformat(),
        "last_day": last.isoformat() if last else None,
        "update_deadline": deadline.isoformat() if deadline else None,
        "table": [{"family_size": size, "amount": amount} for size, amount in shown.amounts],
        "each_additional": shown.each_additional,
        "source": shown.source,
    }
