"""How somebody can be reached: language, e-mail, telephones."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import quoted
from eligibility.fields import CHOOSE, Explanation, Text
from eligibility.forms.base import Part
from eligibility.forms.person import OFFICIAL_LANGUAGES
from profiles.forms.lines import LineField
from profiles.forms.own import OwnForm, Told, words

KINDS = (("home", _("Home")), ("mobile", _("Mobile")), ("work", _("Work")))
PARTS = ("kind", "country_code", "number", "extension")
FIRST, SECOND = "phone", "second_phone"
NORTH_AMERICA = "1"
NORTH_AMERICAN_DIGITS = 10


class DigitsField(LineField):
    """Digits, from which the signs that people put between them are taken out; ``least`` to ``most`` of them."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "invalid": _(
            "‘%(typed)s’ is not possible here. Enter %(least)s to %(most)s digits, like %(example)s."
        ),
    }

    def __init__(self, *, least: int, most: int, example: str, autocomplete: str, **kwargs: Any) -> None:
        self.least, self.most, self.example = least, most, example
        look = {"class": "input--10", "autocomplete": autocomplete, "inputmode": "tel"}
        super().__init__(**{"max_length": 60, "widget": forms.TextInput(attrs=look)} | kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        digits = re.sub(r"[\s().+\-/\u2010-\u2015]", "", typed)
        return digits if digits.isascii() and digits.isdigit() else typed

    def validate(self, value: str) -> None:
        super().validate(value)
        digits = value.isascii() and value.isdigit()
        if value and not (digits and self.least <= len(value) <= self.most):
            words = {"typed": quoted(value), "least": self.least, "most": self.most, "example": self.example}
            raise ValidationError(self.error_messages["invalid"], code="invalid", params=words)


def kind_field(label: Text, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=_("For example Mobile."), choices=(CHOOSE, *KINDS), **kwargs
    )


def code_field(label: Text, **kwargs: Any) -> DigitsField:
    hint = _("Without the zeros before it: for example 234 for Nigeria, 1 for Canada.")
    return DigitsField(label=label, help_text=hint, least=1, most=3, example="234", **kwargs)


def number_field(label: Text, **kwargs: Any) -> DigitsField:
    hint = _("An invented one without the country code, for example 613 555 0147.")
    return DigitsField(label=label, help_text=hint, least=4, most=14, example="613 555 0147", **kwargs)


def extension_field(label: Text) -> DigitsField:
    hint = _("Only behind a switchboard, for example 204.")
    return DigitsField(label=label, help_text=hint, least=1, most=6, example="204", autocomplete="off")


class ContactForm(OwnForm):
    """``{"language": "en", "email": …, "telephones": [{"kind", "country_code", "number", "extension"}]}``"""

    language = forms.ChoiceField(
        label=_("Language of correspondence"),
        help_text=_("In which the immigration department writes to you."),
        choices=OFFICIAL_LANGUAGES,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "Need not be real, for example amara@example.org. The simulator writes to your account’s."
        ),
        max_length=254,
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("This is not an e-mail address. Enter one like amara@example.org."),
            "max_length": _("An e-mail address has at most %(limit_value)d characters. Shorten it."),
            "null_characters_not_allowed": _(
                "This is not an e-mail address. Enter one like amara@example.org."
            ),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone_kind = kind_field(_("Kind of telephone"))
    phone_country_code = code_field(_("Country code"), required=True, autocomplete="tel-country-code")
    phone_number = number_field(_("Telephone number"), required=True, autocomplete="tel-national")
    phone_extension = extension_field(_("Extension"))
    second_phone_kind = kind_field(_("Kind of the second telephone"), required=False)
    second_phone_country_code = code_field(_("Country code of the second telephone"), autocomplete="off")
    second_phone_number = number_field(_("Number of the second telephone"), autocomplete="off")
    second_phone_extension = extension_field(_("Extension of the second telephone"))
    headings: ClassVar = {
        "phone_kind": _("Telephone"),
        "second_phone_kind": _("A second telephone, if you like"),
    }
    explanations: ClassVar = {
        "language": [
            Explanation(
                _("Does the language count for points?"),
                [_("No. Only test results do. It may differ from your first official language.")],
            )
        ],
        "email": [
            Explanation(
                _("Who sees this address?"),
                [
                    _(
                        "It is kept with your profile, and nothing is sent to it. Messages arrive in your account, "
                        "and notices of them at the address of your account."
                    )
                ],
            )
        ],
        "phone_number": [
            Explanation(
                _("Why not my real number?"),
                [_("Nobody calls you from a simulator. Any number of the right length does.")],
            )
        ],
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        told = (part or {}).get("telephones") or []
        phones = {
            f"{which}_{name}": telephone.get(name)
            for which, telephone in zip((FIRST, SECOND), told, strict=False)
            for name in PARTS
        }
        return {**super().initial_of(part), **phones}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if any(cleaned.get(f"{SECOND}_{name}") for name in PARTS):
            self._ask_for_the_rest(cleaned)
        for which in (FIRST, SECOND):
            number = cleaned.get(f"{which}_number")
            if (
                number
                and cleaned.get(f"{which}_country_code") == NORTH_AMERICA
                and len(number) != NORTH_AMERICAN_DIGITS
            ):
                self.add_error(
                    f"{which}_number",
                    _("With country code 1 a number has 10 digits, the area code first. Enter all of them."),
                )
        return cleaned

    def _ask_for_the_rest(self, cleaned: Part) -> None:
        for name in PARTS[:3]:
            field = f"{SECOND}_{name}"
            if not cleaned.get(field) and field not in self.errors:
                self.add_error(
                    field, _("Enter this as well, or leave all fields of the second telephone empty.")
                )

    def answer(self) -> Part:
        told = self.cleaned_data
        phones = [{name: told.get(f"{which}_{name}") for name in PARTS} for which in (FIRST, SECOND)]
        telephones = [phone for phone in phones if phone["number"]]
        return {"language": told["language"], "email": told["email"], "telephones": telephones}

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        labels = (_("Telephone"), _("Second telephone"))
        phones = zip(labels, map(telephone_in_words, told.get("telephones", ())), strict=False)
        return [*super().rows(told), *phones]


def telephone_in_words(telephone: Mapping[str, Any]) -> str:
    """Return '+1 6135550147, extension 204 (Mobile)'."""
    kind = words(ContactForm.base_fields["phone_kind"], telephone["kind"])
    parts = {"code": telephone["country_code"], "number": telephone["number"], "kind": kind}
    if telephone["extension"]:
        with_extension = _("+%(code)s %(number)s, extension %(extension)s (%(kind)s)")
        return str(with_extension % (parts | {"extension": telephone["extension"]}))
    return str(_("+%(code)s %(number)s (%(kind)s)") % parts)
