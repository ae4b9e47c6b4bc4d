"""What officers fill in to plan, confirm and cancel a round, and to look for records."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.officers import ReasonField
from draws.models import Category, InvitedAs, Round, RoundType
from draws.public.register import category_name
from eligibility.fields import DatePartsField, Explanation, NumberField, PortalForm
from lifecycle.clock import LAST_DAY
from rules.category_versions import codes_from, versions_on
from rules.programs import PROGRAM_BITS

FEDERAL = (InvitedAs.CEC, InvitedAs.FSW, InvitedAs.FST)
LARGEST_ROUND = 100_000


class Period(StrEnum):
    """When the invitations of a round may be issued."""

    TWO_DATES = "two_dates"
    INSTANT = "instant"


class InstructionForm(PortalForm):
    """The instruction of a round: its type with what belongs to it, and the number."""

    round_type = forms.ChoiceField(
        label=_("Type of round"),
        choices=RoundType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the type of the round.")},
    )
    programs = forms.MultipleChoiceField(
        label=_("Programs"),
        help_text=_("For a program round: one or more."),
        choices=[(program.value, program.label) for program in FEDERAL],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    category = forms.ChoiceField(
        label=_("Category"),
        help_text=_("For a category round."),
        choices=[("", _("No category")), *Category.choices],
        required=False,
    )
    size = NumberField(
        label=_("Number of invitations"),
        help_text=_("From 1 to 100,000. Fewer are issued when fewer candidates are eligible."),
        least=1,
        most=LARGEST_ROUND,
        step=1,
        example=3000,
        error_messages={"required": _("Enter the number of invitations.")},
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"programs", "category"})
    choice_hints: ClassVar[dict[str, dict[str, Any]]] = {
        "round_type": {
            RoundType.GENERAL: _("Everybody in the pool, the highest scores first."),
            RoundType.PROGRAM: _("Only those who meet one of the programs that you name."),
            RoundType.NOMINATION: _("Only those with a provincial nomination."),
            RoundType.CATEGORY: _("Only those in one category, such as French or health care."),
        }
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_programs(cleaned)
        self._check_category(cleaned)
        return cleaned

    def _check_programs(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("round_type") == RoundType.PROGRAM:
            if not cleaned.get("programs"):
                self.add_error("programs", _("A program round needs a program. Choose one or more."))
        elif cleaned.get("programs"):
            self.add_error(
                "programs", _("Only a program round names programs. Clear these, or change the type.")
            )

    def _check_category(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("round_type") == RoundType.CATEGORY:
            if not cleaned.get("category"):
                self.add_error("category", _("A category round needs a category. Choose one from the list."))
        elif cleaned.get("category"):
            self.add_error(
                "category", _("Only a category round names a category. Clear it, or change the type.")
            )

    def told(self) -> dict[str, Any]:
        """Return what was typed, as a round holds it."""
        return {
            "round_type": self.cleaned_data["round_type"],
            "programs": sum(PROGRAM_BITS[code] for code in self.cleaned_data["programs"]),
            "category": self.cleaned_data["category"],
            "size": self.cleaned_data["size"],
        }


class PlanForm(InstructionForm):
    """The instruction of a round, and the instant in UTC."""

    hour = forms.TimeField(
        label=_("Time of the round (UTC)"),
        help_text=_("Hours and minutes, such as 14:30."),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input--5", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the time of the round, like 14:30."),
            "invalid": _("This is not a time of day. Enter hours and minutes, like 14:30."),
        },
    )
    period = forms.ChoiceField(
        label=_("When the invitations may be issued"),
        choices=[
            (Period.TWO_DATES, _("On two consecutive dates")),
            (Period.INSTANT, _("At one instant")),
        ],
        initial=Period.TWO_DATES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when the invitations may be issued.")},
    )
    field_order = ("round_type", "programs", "category", "size", "day", "hour", "period")
    choice_hints: ClassVar[dict[str, dict[str, Any]]] = {
        **InstructionForm.choice_hints,
        "period": {
            Period.TWO_DATES: _("On the day of the round and the day after it, as IRCC’s instructions say."),
            Period.INSTANT: _("At the moment of the round, on whichever day it is run."),
        },
    }
    explanations: ClassVar[dict[str, list[Explanation]]] = {
        "period": [
            Explanation(
                _("What do the two dates mean?"),
                [
                    _(
                        "An instruction says how many invitations may be issued, and on which two dates. Candidates "
                        "are still chosen once, at one instant in that time."
                    ),
                    _(
                        "The round can be started on these two dates (UTC) and on no other day. When both are over and "
                        "it was not started, it stays planned until it is cancelled."
                    ),
                ],
            )
        ],
        "hour": [
            Explanation(
                _("What happens at this time?"),
                [
                    _(
                        "A planned round runs by itself when its time comes. Before that it can be run at "
                        "once, or cancelled."
                    ),
                    _("Just before, every profile whose score is due to change by then is assessed anew."),
                ],
            )
        ],
    }

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["day"] = DatePartsField(
            label=_("Day of the round"),
            help_text=_("On this simulator's clock, in UTC."),
            earliest=at.date(),
            latest=LAST_DAY.date() - timedelta(days=1),
        )
        self.order_fields(self.field_order)
        cast("forms.ChoiceField", self.fields["category"]).choices = self._categories()

    def _categories(self) -> list[tuple[str, Any]]:
        """Return the categories that are in force or will be; what is known of their versions is that of today."""
        today = versions_on(self.at.date())
        named = [(code, category_name(code, today.get(code, ""))) for code in codes_from(self.at.date())]
        return [("", _("No category")), *named]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and cleaned.get("hour") and self.planned_for() <= self.at:
            self.add_error("hour", self._too_early())
        if cleaned.get("day") and cleaned.get("category"):
            self._check_version(cleaned)
        return cleaned

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        if cleaned["category"] not in versions_on(cleaned["day"]):
            self.add_error(
                "category",
                _(
                    "This category is not in the list in force on that day. Choose another day, or another category."
                ),
            )

    def _too_early(self) -> ValidationError:
        return ValidationError(
            _(
                "This time has passed: it is %(now)s UTC. Enter a later time; the preview that follows can "
                "run the round at once."
            ),
            params={"now": f"{self.at:%H:%M}"},
        )

    def planned_for(self) -> datetime:
        """Return the instant that was typed."""
        typed: time = self.cleaned_data["hour"]
        return datetime.combine(self.cleaned_data["day"], typed, tzinfo=UTC)

    def instruction(self) -> Round:
        """Return the round as typed, not saved."""
        two_dates = self.cleaned_data["period"] == Period.TWO_DATES
        period_from = self.cleaned_data["day"] if two_dates else None
        return Round(planned_for=self.planned_for(), period_from=period_from, **self.told())


def like(held: Round) -> dict[str, Any]:
    """Return what another round's instruction says, as the form to plan one shows it; not its day and time."""
    return {
        "round_type": held.round_type,
        "programs": [code for code in FEDERAL if held.programs & PROGRAM_BITS[code]],
        "category": held.category,
        "size": held.size,
        "period": Period.TWO_DATES if held.period_from else Period.INSTANT,
    }


class ConfirmForm(PortalForm):
    """The last step before a round: its number of invitations, typed once more."""

    number = forms.CharField(
        label=_("To confirm, type the number of invitations of the instruction"),
        help_text=_("In digits"),
        widget=forms.TextInput(attrs={"class": "input--5", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Type the number of invitations to confirm. Nothing was sent yet.")},
    )

    why = ReasonField(
        label=_("Note for the log"),
        help_text=_("Such as the instruction that asks for this round. Name nobody in it."),
        required=False,
    )

    def __init__(self, *args: Any, planned: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.planned = planned

    def clean_number(self) -> int:
        """Return the number; spaces and commas between the thousands may be typed."""
        typed = re.sub(r"[\s,\u202f\u00a0]", "", str(self.cleaned_data["number"]))
        if typed != str(self.planned.size):
            raise ValidationError(
                _(
                    "‘%(typed)s’ is not the number of this round's instruction. Nothing was sent. Look at the "
                    "preview again, then type its number of invitations."
                ),
                params={"typed": self.cleaned_data["number"]},
            )
        return self.planned.size


class CancelForm(PortalForm):
    """Why a round is cancelled."""

    why = ReasonField(help_text=_("Officers and auditors read it. Name nobody in it."))


class RecordSearch(PortalForm):
    """Which records to list: those of a profile number, and of a kind where there are several."""

    number = forms.CharField(
        label=_("Profile number"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "input--10 input--code", "autocomplete": "off"}),
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"number", "kind"})

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *kinds]
        if len(choices) > 1:
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), required=False, choices=choices)

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()

    def wanted(self) -> dict[str, str]:
        """Return what was asked for, without what was left empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
