"""Where somebody lives and as what, and whether the immigration department knows them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eligibility.fields import CHOOSE, CountryField, Explanation, Text, YesNoField
from eligibility.forms.base import Part
from profiles.forms.identity import CANADA
from profiles.forms.lines import LineField
from profiles.forms.own import OwnForm, Told

STATUSES = (
    ("citizen", _("Citizen")),
    ("permanent_resident", _("Permanent resident")),
    ("worker", _("Worker")),
    ("student", _("Student")),
    ("visitor", _("Visitor")),
    ("protected", _("Protected person or refugee")),
    ("claimant", _("Refugee claimant")),
    ("other", _("Another status")),
)
SETTLED = ("citizen", "permanent_resident")


class ResidenceForm(OwnForm):
    """``{"country": "NG", "status": "citizen"}``; ``citizenships`` are those told, empty while they are not."""

    country = CountryField(
        label=_("Country or territory where you live"),
        help_text=_("Where your home is now, for example Nigeria."),
        error_messages={"required": _("Choose the country where you live.")},
    )
    status = forms.ChoiceField(
        label=_("Your status there"),
        help_text=_("What allows you to live there: with a work permit, for example, choose Worker."),
        choices=(CHOOSE, *STATUSES),
        error_messages={"required": _("Choose your status in the country where you live.")},
    )
    explanations: ClassVar = {
        "country": [
            Explanation(
                _("I am only travelling. Which country is it?"),
                [_("The one where you live when you do not travel, even if you were born somewhere else.")],
            )
        ],
        "status": [
            Explanation(
                _("Does my status count for anything?"),
                [
                    _(
                        "Not by itself. If you live in Canada, work there counts only while you were allowed to "
                        "work, and that is asked with each job."
                    )
                ],
            )
        ],
    }

    def __init__(self, *args: Any, citizenships: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.citizenships = citizenships

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        country, status = cleaned.get("country"), cleaned.get("status")
        if self.citizenships and country and (status == "citizen") != (country in self.citizenships):
            message = (
                _(
                    "This country is not among the citizenships in your personal details. Choose another status, "
                    "or add the citizenship there."
                )
                if status == "citizen"
                else _(
                    "This country is among the citizenships in your personal details, so your status is Citizen. "
                    "Choose it, or correct the citizenships there."
                )
            )
            if status:
                self.add_error("status", message)
        return cleaned

    @classmethod
    def notes(cls, told: Told, _today: date) -> list[str]:
        if told.get("country") != CANADA or told.get("status") not in SETTLED:
            return []
        return [
            _now("Who lives in Canada as a citizen or permanent resident needs no Express Entry profile.")
        ]


class ClientNumberField(LineField):
    """A unique client identifier: eight or ten digits, kept with its hyphens; empty while there is none."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "invalid": _(
            "A client number (UCI) has 8 or 10 digits. Enter it like 0000-1234 or 00-0000-1234, "
            "or leave the field empty."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        look = {
            "class": "input--10 input--code",
            "autocomplete": "off",
            "inputmode": "numeric",
            "spellcheck": "false",
        }
        super().__init__(**{"max_length": 40, "widget": forms.TextInput(attrs=look)} | kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        digits = re.sub(r"[\s\-\u2010-\u2015]", "", typed)
        if not re.fullmatch(r"\d{8}|\d{10}", digits, re.ASCII):
            return typed
        return "-".join(filter(None, (digits[:-8], digits[-8:-4], digits[-4:])))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"(\d\d-)?\d{4}-\d{4}", value, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class EarlierApplicationsForm(OwnForm):
    """``{"applied_before": true, "uci": "00-0000-1234"}``; no client number is ''."""

    applied_before = YesNoField(
        label=_("Have you applied to the immigration department of Canada before?"),
        help_text=_("For a visa, a permit, permanent residence or citizenship, whatever the outcome was."),
    )
    uci = ClientNumberField(
        label=_("Client number (UCI)"),
        help_text=_("Invent it, if you want one at all: for example 0000-1234 or 00-0000-1234."),
        required=False,
    )
    explanations: ClassVar = {
        "applied_before": [
            Explanation(
                _("Does an earlier refusal harm me here?"),
                [
                    _(
                        "Not in the points. In the real portal a wrong answer does harm, because it can be "
                        "checked, and an untrue one can bar you for five years."
                    )
                ],
            )
        ],
        "uci": [
            Explanation(
                _("What is a UCI?"),
                [
                    _(
                        "The unique client identifier: the number under which the immigration department keeps "
                        "somebody’s file. It stands at the top of its letters and on permits."
                    ),
                    _("Whoever has never applied has none. The field may stay empty in any case."),
                ],
            )
        ],
    }

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if cleaned.get("uci") and cleaned.get("applied_before") is False:
            self.add_error(
                "uci",
                _(
                    "Only somebody who has applied before has a client number. Leave this field empty, or answer "
                    "yes above."
                ),
            )
        return cleaned

    def answer(self) -> Part:
        return {"applied_before": self.cleaned_data["applied_before"], "uci": self.cleaned_data["uci"]}
