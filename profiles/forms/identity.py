"""Who somebody is: names, sex, where they were born, what they are citizens of."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import DateParts
from eligibility.fields import CountryField, Explanation, Text
from eligibility.forms import BirthDateForm
from eligibility.forms.base import Part, PastDateField
from profiles.forms.lines import LineField
from profiles.forms.names import NameField, name_input
from profiles.forms.own import OwnForm, Told, words
from rules.deadlines import completed_years

SEXES = (("female", _("Female")), ("male", _("Male")), ("another", _("Another gender")))
CITIZENSHIPS = ("citizenship", "second_citizenship", "third_citizenship")
CANADA = "CA"
ADULT, OLDEST = 18, 100


class SexField(forms.ChoiceField):
    """Sex or gender as a passport states it."""

    widget = forms.RadioSelect

    def __init__(self) -> None:
        super().__init__(
            label=_("Sex or gender"),
            help_text=_("As in the passport: another gender where it has an X."),
            choices=SEXES,
            error_messages={"required": _("Choose what the passport states.")},
        )


class IdentityForm(OwnForm):
    """``{"family_name": …, "given_names": …, "other_names": …, "sex": …}``; one name alone is a family name."""

    family_name = NameField(
        label=_("Family name"),
        help_text=_(
            "As in a passport, but invent it: for example Okafor. With one name only, enter it here."
        ),
        error_messages={"required": _("Enter a family name.")},
        widget=name_input("family-name"),
    )
    given_names = NameField(
        label=_("Given names"),
        help_text=_("All of them, in the passport’s order: for example Amara Grace."),
        required=False,
        widget=name_input("given-name"),
    )
    other_names = NameField(
        label=_("Other names you have used"),
        help_text=_("A name at birth, from a marriage, or a nickname on papers: for example Amara Eze."),
        required=False,
    )
    sex = SexField()
    explanations: ClassVar = {
        "family_name": [
            Explanation(
                _("Why not my real name?"),
                [
                    _(
                        "This is a rehearsal, and your real name is not needed for it. You will sign with the "
                        "names that you invent here."
                    )
                ],
            )
        ],
        "other_names": [
            Explanation(
                _("Which other names are meant?"),
                [
                    _(
                        "Every name under which papers about you were made out: before a marriage, after an "
                        "adoption, in another spelling. The real portal compares them with other records."
                    ),
                    _("Several names go one after the other, with a comma between them."),
                ],
            )
        ],
        "sex": [
            Explanation(
                _("Does this count for anything?"),
                [_("No. It earns no points and opens or closes no program. It identifies a person.")],
            )
        ],
    }

    def answer(self) -> Part:
        return {
            name: self.cleaned_data[name] for name in ("family_name", "given_names", "other_names", "sex")
        }


class BirthForm(OwnForm, BirthDateForm):
    """``{"birth_date": "1994-05-17"}``: a fact, about which an unlikely age is told."""

    explanations: ClassVar = BirthDateForm.explanations

    @classmethod
    def notes(cls, told: Told, today: date) -> list[str]:
        age = (
            completed_years(date.fromisoformat(told["birth_date"]), today) if "birth_date" in told else ADULT
        )
        if ADULT <= age <= OLDEST:
            return []
        unlikely = _now(
            "With this birth date you are %(age)s years old, and age earns no points. Check the year."
        )
        return [unlikely % {"age": age}]


class CitizenshipsForm(OwnForm):
    """One to three citizenships, told as ``{"citizenships": ["NG", …]}`` in the order in which they were chosen."""

    citizenship = CountryField(
        label=_("Country of citizenship"),
        help_text=_("The one whose passport is used for this profile, for example Nigeria."),
        error_messages={"required": _("Choose a country of citizenship.")},
    )
    second_citizenship = CountryField(
        label=_("Second country of citizenship"),
        help_text=_("Only with more than one citizenship, for example Ghana."),
        required=False,
    )
    third_citizenship = CountryField(
        label=_("Third country of citizenship"),
        help_text=_("Only with more than two citizenships, for example Brazil."),
        required=False,
    )
    explanations: ClassVar = {
        "citizenship": [
            Explanation(
                _("What is asked here, and what not?"),
                [
                    _(
                        "The countries whose citizen you are, not those where you may only live. Somebody "
                        "without any citizenship chooses the country of their last residence in this simulator."
                    )
                ],
            )
        ],
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        told = (part or {}).get("citizenships") or []
        return {**super().initial_of(part), **dict(zip(CITIZENSHIPS, told, strict=False))}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        chosen: list[str] = []
        for name in CITIZENSHIPS:
            country = cleaned.get(name)
            if country in chosen:
                self.add_error(
                    name,
                    _("This country is chosen above already. Choose another one, or leave this field empty."),
                )
            elif country:
                chosen.append(country)
        return cleaned

    def answer(self) -> Part:
        told = {name: value for name, value in super().answer().items() if name not in CITIZENSHIPS}
        chosen = (self.cleaned_data.get(name) for name in CITIZENSHIPS)
        return {**told, "citizenships": [country for country in chosen if country]}

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        field = cls.base_fields["citizenship"]
        countries = [words(field, country) for country in told.get("citizenships", ())]
        label = _("Citizenships") if len(countries) > 1 else _("Citizenship")
        return [*super().rows(told), *([(label, ", ".join(countries))] if countries else [])]

    @classmethod
    def notes(cls, told: Told, _today: date) -> list[str]:
        if CANADA not in told.get("citizenships", ()):
            return []
        return [_now("A citizen of Canada needs no permanent residence, so Express Entry is not for them.")]


class OriginForm(CitizenshipsForm):
    """``{"birth_city": …, "birth_country": …, "citizenships": […]}``"""

    birth_city = LineField(
        label=_("City or town of birth"),
        help_text=_("As in the passport, for example Enugu."),
        max_length=100,
        required=True,
        error_messages={"required": _("Enter a city or town of birth.")},
    )
    birth_country = CountryField(
        label=_("Country or territory of birth"),
        help_text=_("Under the name that it has today, for example Nigeria."),
        error_messages={"required": _("Choose a country of birth.")},
    )
    field_order = ("birth_city", "birth_country", *CITIZENSHIPS)
    explanations: ClassVar = CitizenshipsForm.explanations | {
        "birth_country": [
            Explanation(
                _("My country of birth no longer exists. What do I choose?"),
                [_("The country in which the place lies today. It earns no points either way.")],
            )
        ]
    }


class PartnerIdentityForm(CitizenshipsForm):
    """The partner's names, sex, birth and citizenships, told flat."""

    family_name = NameField(
        label=_("Family name of your spouse or partner"),
        help_text=_("As in a passport, but invent it: for example Moreau."),
        error_messages={"required": _("Enter the family name of your spouse or partner.")},
    )
    given_names = NameField(
        label=_("Given names of your spouse or partner"),
        help_text=_("All of them, in the passport’s order: for example Chloé Marie."),
        required=False,
    )
    sex = SexField()
    citizenship = CountryField(
        label=_("Country of citizenship"),
        help_text=_("Any of them first, for example France."),
        error_messages={"required": _("Choose a country of citizenship.")},
    )
    birth_date = PastDateField(
        label=_("When was your spouse or partner born?"),
        help_text=_("For example 3 11 1995."),
        widget=DateParts(),
    )
    birth_country = CountryField(
        label=_("Country or territory of birth"),
        help_text=_("Under the name that it has today, for example France."),
        error_messages={"required": _("Choose a country of birth.")},
    )
    field_order = ("family_name", "given_names", "sex", "birth_date", "birth_country", *CITIZENSHIPS)
    explanations: ClassVar = {
        "birth_date": [
            Explanation(
                _("Does a partner’s age count?"),
                [_("No. Only your own age earns points. The date identifies a person.")],
            )
        ],
        "citizenship": [
            Explanation(
                _("Why is my partner asked about at all?"),
                [
                    _(
                        "A partner who comes along is examined and named in the application as well, and a "
                        "partner who stays must be declared too. Whoever is left out may not follow later."
                    )
                ],
            )
        ],
    }
