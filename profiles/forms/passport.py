"""The passport or travel document: it identifies a person, and earns nothing."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import DatePartsField, in_words
from eligibility.fields import CountryField, Explanation, Text
from eligibility.forms.base import Part, PastDateField
from profiles.forms.lines import LineField
from profiles.forms.own import OwnForm, Told
from rules.deadlines import anniversary

SOON = timedelta(days=183)
LONGEST_VALID = 15
SHAPE = re.compile(r"[A-Z0-9]{4,20}", re.ASCII)


def bare_number(typed: str) -> str:
    """Return a passport's number without spaces and hyphens, in capitals: the same however it is typed."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", typed)).upper()


class PassportNumberField(LineField):
    """Four to twenty letters and digits; spaces and hyphens are forgiven and taken out."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "required": _("Enter the number of the passport or travel document."),
        "invalid": _(
            "A passport number here has 4 to 20 letters and digits and nothing else. Enter one like ZZ1234567."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        look = {"class": "input--10 input--code", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            **{"required": True, "max_length": 60, "widget": forms.TextInput(attrs=look)} | kwargs
        )

    def to_python(self, value: Any) -> str:
        return bare_number(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not SHAPE.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class PassportForm(OwnForm):
    """``{"number": "ZZ1234567", "country": "NG", "issued_on": …, "expires_on": …}``

    ``born`` is the candidate's birth date, where it is known.
    """

    number = PassportNumberField(
        label=_("Number of the passport or travel document"),
        help_text=_("Do not enter a real number. Invent one, for example ZZ1234567."),
    )
    country = CountryField(
        label=_("Country of issue"),
        help_text=_("Whose authorities issued it, for example Nigeria."),
        error_messages={"required": _("Choose the country of issue.")},
    )
    issued_on = PastDateField(label=_("When was it issued?"), help_text=_("For example 9 3 2022."))
    expires_on = DatePartsField(
        label=_("When does it expire?"),
        help_text=_("The last day on which it is valid, for example 8 3 2032."),
    )
    explanations: ClassVar = {
        "number": [
            Explanation(
                _("Why must it not be a real number?"),
                [
                    _(
                        "This is a simulator, and nobody here needs to know a real document. Invent any letters "
                        "and digits, and note them: the same number stands for the same person."
                    ),
                    _("Nobody may have two live profiles. The simulator tells people apart by this number."),
                ],
            )
        ],
        "expires_on": [
            Explanation(
                _("What if my passport has expired, or soon will?"),
                [
                    _(
                        "A profile can be sent all the same. An application after an invitation needs a valid "
                        "passport, and a permanent resident visa ends with it at the latest. Renew it in time, "
                        "and update the profile."
                    ),
                    _("If the validity was prolonged by a decree, enter the prolonged day."),
                ],
            )
        ],
    }

    def __init__(self, *args: Any, born: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and self.born and issued < self.born:
            message = _(
                "%(issued)s is before you were born, on %(born)s. Correct this day, or the birth date in your "
                "personal details."
            )
            self.add_error("issued_on", message % {"issued": in_words(issued), "born": in_words(self.born)})
        if issued and expires and expires <= issued:
            message = _(
                "%(expires)s is not after the day of issue, %(issued)s. A passport expires later. "
                "Check both years."
            )
            self.add_error("expires_on", message % {"expires": in_words(expires), "issued": in_words(issued)})
        return cleaned

    @classmethod
    def notes(cls, told: Told, today: date) -> list[str]:
        if not {"issued_on", "expires_on"} <= set(told):
            return []
        issued, expires = date.fromisoformat(told["issued_on"]), date.fromisoformat(told["expires_on"])
        notes = [_ageing(expires, today)] if expires < today + SOON else []
        if expires > anniversary(issued, LONGEST_VALID):
            longer = _now("A passport is rarely valid for more than %(years)s years. Check both years.")
            notes.append(longer % {"years": LONGEST_VALID})
        return notes


def _ageing(expires: date, today: date) -> str:
    if expires < today:
        expired = _now(
            "This passport expired on %(day)s. You can send the profile, but renew it in time to apply."
        )
        return expired % {"day": in_words(expires)}
    expiring = _now(
        "This passport expires on %(day)s, within six months. You can send the profile, but renew it in time "
        "to apply."
    )
    return expiring % {"day": in_words(expires)}
