"""Addresses: where letters go, and where somebody lives."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from eligibility.fields import (
    PROVINCES,
    CountryField,
    Explanation,
    LongSelect,
    Text,
    YesNoField,
    without_accents,
)
from eligibility.forms.base import Part
from profiles.forms.identity import CANADA
from profiles.forms.lines import LineField
from profiles.forms.own import OwnForm, Told, words

CANADIAN_POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d", re.ASCII)
PLACE = (
    "po_box",
    "unit",
    "street_number",
    "street",
    "city",
    "district",
    "province",
    "postal_code",
    "country",
)
SHORT, MIDDLE = {"class": "input--5"}, {"class": "input--10"}


def line(autocomplete: str = "off", **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, **attrs})


class AddressForm(OwnForm):
    """An address, told as ``PLACE``: what was left empty is ''. In Canada the province is its two letters."""

    unit = LineField(
        label=_("Apartment or unit"),
        help_text=_("For example 1204."),
        max_length=20,
        widget=line(**SHORT),
    )
    street_number = LineField(
        label=_("Street number"), help_text=_("For example 250."), max_length=20, widget=line(**SHORT)
    )
    street = LineField(
        label=_("Street"), help_text=_("For example Ahmadu Bello Way."), max_length=100, widget=line()
    )
    city = LineField(
        label=_("City or town"),
        help_text=_("For example Lagos."),
        max_length=100,
        widget=line("address-level2"),
    )
    district = LineField(
        label=_("District"), help_text=_("Where addresses have one, for example Ikeja."), max_length=100
    )
    province = LineField(
        label=_("Province or state"),
        help_text=_("For example Lagos State; in Canada the province, for example Ontario."),
        max_length=100,
        widget=line("address-level1"),
    )
    postal_code = LineField(
        label=_("Postal code"),
        help_text=_("For example 101233; in Canada like K1A 0B1."),
        max_length=16,
        widget=line("postal-code", **MIDDLE),
    )
    country = CountryField(
        label=_("Country or territory"),
        help_text=_("For example Nigeria."),
        required=False,
        widget=LongSelect(attrs={"autocomplete": "country"}),
    )
    asked_only_sometimes = frozenset({"street", "city", "country"})
    explanations: ClassVar = {
        "street": [
            Explanation(
                _("My address has no street. What do I enter?"),
                [_("The name of the village, the estate or the building, as the post knows it.")],
            )
        ],
        "province": [
            Explanation(
                _("When can this stay empty?"),
                [_("Outside Canada, where the country is not divided for the post. In Canada it is needed.")],
            )
        ],
    }

    @property
    def asked(self) -> bool:
        """Whether what was typed is to be an address."""
        return True

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if self.asked:
            self.check_place(cleaned)
        return cleaned

    def check_place(self, cleaned: Part) -> None:
        """Ask for what every address needs, and for what one in Canada needs."""
        self._need(cleaned, "city", _("Enter a city or town."))
        self._need(cleaned, "country", _("Choose a country."))
        if cleaned.get("country") == CANADA:
            self._check_canadian(cleaned)

    def _need(self, cleaned: Part, name: str, message: Text) -> None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _check_canadian(self, cleaned: Part) -> None:
        province = province_code(cleaned.get("province") or "")
        if province:
            cleaned["province"] = province
        elif "province" not in self.errors:
            self.add_error(
                "province", _("Enter a province or territory of Canada, by its name or two letters, like ON.")
            )
        code = (cleaned.get("postal_code") or "").upper().replace("-", " ")
        if CANADIAN_POSTAL_CODE.fullmatch(code):
            cleaned["postal_code"] = f"{code[:3]} {code[-3:]}"
        elif "postal_code" not in self.errors:
            self.add_error(
                "postal_code",
                _("A postal code of Canada has letters and digits in turn. Enter one like K1A 0B1."),
            )

    def place(self) -> Part:
        """Return the address that this valid form stands for."""
        return {name: self.cleaned_data.get(name, "") for name in PLACE}


class MailingAddressForm(AddressForm):
    """``{"mailing": {…}}``: a street or a PO box, so that a letter could arrive."""

    po_box = LineField(
        label=_("PO box"), help_text=_("For example 4417."), max_length=20, widget=line(**SHORT)
    )
    field_order = PLACE

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        return super().initial_of((part or {}).get("mailing"))

    def check_place(self, cleaned: Part) -> None:
        if not cleaned.get("po_box") and "po_box" not in self.errors:
            self._need(cleaned, "street", _("Enter a street, or a PO box above."))
        super().check_place(cleaned)

    def answer(self) -> Part:
        return {"mailing": self.place()}

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        return [(_("Mailing address"), in_a_line(told["mailing"]))] if "mailing" in told else []


class HomeAddressForm(AddressForm):
    """``{"residential": {…}}``, null where the mailing address is where somebody lives."""

    same = YesNoField(
        label=_("Do you live at your mailing address?"),
        help_text=_("With no, enter below where you live. With yes, the rest stays empty."),
    )
    field_order = ("same", *PLACE)
    headings: ClassVar = {"unit": _("If you live somewhere else")}
    explanations: ClassVar = AddressForm.explanations | {
        "same": [
            Explanation(
                _("When do the two differ?"),
                [_("With a PO box, or when letters go to an office, your family or a representative.")],
            )
        ]
    }

    @property
    def asked(self) -> bool:
        return self.cleaned_data.get("same") is False

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        if not part or "residential" not in part:
            return {}
        home = part["residential"]
        return {"same": home is None, **super().initial_of(home)}

    def check_place(self, cleaned: Part) -> None:
        self._need(cleaned, "street", _("Enter the street where you live."))
        super().check_place(cleaned)

    def answer(self) -> Part:
        return {"residential": self.place() if self.asked else None}

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        if "residential" not in told:
            return []
        home = told["residential"]
        return [
            (_("Residential address"), in_a_line(home) if home else _now("The same as the mailing address"))
        ]


def province_code(typed: str) -> str | None:
    """Return the two letters of a province, from them or from its English or French name in either case.

    None for no province.
    """
    wanted = plainly(typed)
    for language in ("en", "fr"):
        with override(language):
            found = next(
                (code for code, name in PROVINCES if wanted in map(plainly, (code, str(name)))), None
            )
        if found:
            return found
    return None


def plainly(name: str) -> str:
    """Return a name without its accents, capitals and hyphens."""
    return without_accents(name).replace("-", " ")


def in_a_line(address: Mapping[str, str]) -> str:
    """Return an address on one line."""
    street = " ".join(filter(None, (address["street_number"], address["street"])))
    unit = _now("unit %(unit)s") % {"unit": address["unit"]} if address["unit"] else ""
    box = _now("PO box %(number)s") % {"number": address["po_box"]} if address["po_box"] else ""
    country = words(AddressForm.base_fields["country"], address["country"])
    province = address["province"]
    if address["country"] == CANADA:
        province = str(dict(PROVINCES).get(province, province))
    rest = (address["district"], address["city"], province, address["postal_code"], country)
    return ", ".join(filter(None, (box, street, unit, *rest)))
