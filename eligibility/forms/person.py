"""Who the candidate is and where they want to live: scalars of the answers, as dicts of top-level keys."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import (
    CHOOSE,
    DateParts,
    Explanation,
    MoneyField,
    NumberField,
    ProvinceField,
    YesNoField,
    without_accents,
)
from eligibility.forms.base import AnswerForm, Part, PastDateField
from eligibility.occupations import title_of

UNDECIDED = "undecided"
LARGEST_FAMILY = 50

MARITAL_STATUSES = (
    ("never_married", _("Never married")),
    ("married", _("Married")),
    ("common_law", _("Common-law")),
    ("divorced", _("Divorced")),
    ("separated", _("Legally separated")),
    ("widowed", _("Widowed")),
    ("annulled", _("Annulled marriage")),
)
OFFICIAL_LANGUAGES = (("en", _("English")), ("fr", _("French")))


class ProvinceForm(AnswerForm):
    """``{"intended_province": "ON"}``; null while undecided."""

    intended_province = ProvinceField(
        label=_("Where in Canada do you plan to live?"),
        help_text=_("For example Ontario. You may choose to stay open to every place outside Quebec."),
        first=(CHOOSE, (UNDECIDED, _("I have not decided yet, but outside Quebec"))),
    )
    explanations: ClassVar = {
        "intended_province": [
            Explanation(
                _("Why does Quebec matter?"),
                [
                    _(
                        "Quebec selects its own skilled workers. Somebody who plans to live there cannot be "
                        "invited through Express Entry and applies to Quebec first."
                    )
                ],
            )
        ]
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        province = (part or {}).get("intended_province", "")
        return {"intended_province": UNDECIDED if province is None else province}

    def answer(self) -> Part:
        province = self.cleaned_data["intended_province"]
        return {"intended_province": None if province == UNDECIDED else province}


class BirthDateForm(AnswerForm):
    """``{"birth_date": "1994-05-17"}``"""

    birth_date = PastDateField(
        label=_("When were you born?"),
        help_text=_("For example 17 5 1994."),
        widget=DateParts(birthday=True),
    )
    explanations: ClassVar = {
        "birth_date": [
            Explanation(
                _("Why not simply ask my age?"),
                [_("Points for age change on your birthday. With the date, you see from which day.")],
            )
        ]
    }


class MaritalStatusForm(AnswerForm):
    """``{"marital_status": "married"}``"""

    marital_status = forms.ChoiceField(
        label=_("What is your marital status?"),
        help_text=_("As it is today."),
        choices=lambda: sorted(MARITAL_STATUSES, key=lambda choice: without_accents(str(choice[1]))),
        widget=forms.RadioSelect,
    )
    choice_hints: ClassVar = {
        "marital_status": {
            "common_law": _("You have lived together as a couple for at least one year without a break."),
            "separated": _("You are still married, but you no longer live together and do not mean to."),
        }
    }


class PersonalForm(BirthDateForm, MaritalStatusForm):
    """``{"birth_date": …, "marital_status": …}``"""

    field_order: tuple[str, ...] = ("birth_date", "marital_status")
    explanations: ClassVar = BirthDateForm.explanations
    choice_hints: ClassVar = MaritalStatusForm.choice_hints


class FamilySizeForm(AnswerForm):
    """``{"family_size": 2}``"""

    family_size = NumberField(
        label=_("How many people are in your family?"),
        help_text=_(
            "Count yourself, your spouse or partner, and your and their dependent children, "
            "whether they come with you or not. For example 3."
        ),
        least=1,
        most=LARGEST_FAMILY,
        step=1,
        example=3,
        suffix=_("people"),
    )
    explanations: ClassVar = {
        "family_size": [
            Explanation(
                _("Who is a dependent child?"),
                [
                    _(
                        "A child under 22 without a spouse or partner. An older child counts when a health "
                        "condition has kept them dependent on their parents since before that age."
                    ),
                    _("Your parents, brothers and sisters do not count here."),
                ],
            )
        ]
    }


class FundsForm(AnswerForm):
    """``{"settlement_funds_cad": 25000}``"""

    settlement_funds_cad = MoneyField(
        label=_("How much money can you bring to Canada?"),
        help_text=_("Money that is yours and free to use, in Canadian dollars. For example 21,000."),
    )
    explanations: ClassVar = {
        "settlement_funds_cad": [
            Explanation(
                _("What counts as money I can bring?"),
                [
                    _(
                        "Money in an account that you or your accompanying partner can reach now, and that "
                        "no debt hangs on. A house or a car does not count, and borrowed money neither."
                    ),
                    _("How much is needed depends on the size of your family, and changes once a year."),
                ],
            )
        ]
    }


class FirstLanguageForm(AnswerForm):
    """``{"first_official_language": "en"}``, of the candidate or of the partner."""

    first_official_language = forms.ChoiceField(
        label=_("Which is your first official language?"),
        help_text=_(
            "The one with the better test results, as a rule. The other one is the second official language."
        ),
        choices=OFFICIAL_LANGUAGES,
        widget=forms.RadioSelect,
    )
    explanations: ClassVar = {
        "first_official_language": [
            Explanation(
                _("Does my choice matter?"),
                [
                    _(
                        "Yes. Most points for language come from the first one, and the Federal Skilled "
                        "Worker Program looks at it alone. It need not be your mother tongue."
                    )
                ],
            )
        ]
    }


class StudiedTwoYearsForm(AnswerForm):
    """``{"studied_two_years_in_canada": true}``, of the candidate or of the partner."""

    studied_two_years_in_canada = YesNoField(
        label=_("Have you studied full time in Canada for two academic years or more?"),
        help_text=_(
            "In a program of at least two years, in good standing. The program need not be finished."
        ),
    )
    explanations: ClassVar = {
        "studied_two_years_in_canada": [
            Explanation(
                _("What is full-time study?"),
                [_("At least 15 hours of instruction a week during the academic year.")],
            )
        ]
    }


class SpouseForm(AnswerForm):
    """``{"accompanying": true, "canadian_citizen_or_pr": false}``: merge it into the answer ``spouse``."""

    accompanying = YesNoField(
        label=_("Will your spouse or partner come with you to Canada?"),
        help_text=_("Answer no if they stay behind for good, or live in Canada already."),
    )
    canadian_citizen_or_pr = YesNoField(
        label=_("Is your spouse or partner a citizen or a permanent resident of Canada?"),
    )
    explanations: ClassVar = {
        "canadian_citizen_or_pr": [
            Explanation(
                _("Why do you ask about my partner?"),
                [
                    _(
                        "A partner who comes with you and needs permanent residence is part of your score: "
                        "their education, language and work can earn points, and yours are counted a little "
                        "lower."
                    )
                ],
            )
        ]
    }


class PrimaryOccupationForm(AnswerForm):
    """``{"primary_occupation_noc": "21232"}``, one of the ``occupations`` worked in; null to name none."""

    NO_OCCUPATION = "none"

    primary_occupation_noc = forms.ChoiceField(
        label=_("Which is your primary occupation?"),
        help_text=_("The one you know best and would like to be judged by, among the jobs you entered."),
        widget=forms.RadioSelect,
    )
    explanations: ClassVar = {
        "primary_occupation_noc": [
            Explanation(
                _("What is it used for?"),
                [
                    _(
                        "The Federal Skilled Worker Program asks for one year without a break in this "
                        "occupation. The Federal Skilled Trades Program asks for two years in it, and it "
                        "must be a trade."
                    )
                ],
            )
        ]
    }

    def __init__(self, *args: Any, occupations: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{title_of(code)} ({code})") for code in dict.fromkeys(occupations)]
        field = cast("forms.ChoiceField", self.fields["primary_occupation_noc"])
        field.choices = [*named, (self.NO_OCCUPATION, _("I do not want to name one"))]

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        code = (part or {}).get("primary_occupation_noc", "")
        return {"primary_occupation_noc": cls.NO_OCCUPATION if code is None else code}

    def answer(self) -> Part:
        code = self.cleaned_data["primary_occupation_noc"]
        return {"primary_occupation_noc": None if code == self.NO_OCCUPATION else code}
