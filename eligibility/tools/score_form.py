"""The score calculator's questions: what people know of themselves, without a date and without a name."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation, NumberField, PortalForm, YesNoField
from eligibility.forms.education import LEVELS
from eligibility.wording.names import ABILITY_NAMES, EDUCATION_NAMES
from rules.records import ABILITIES

PARTNERS = (
    ("none", _("No, or they do not count: I am single, divorced, separated or widowed")),
    ("comes", _("Yes, and they come to Canada with me")),
    ("stays", _("Yes, but they do not come with me")),
    ("canadian", _("Yes, and they are a citizen or permanent resident of Canada")),
)
HIGHEST_LEVELS = (
    *LEVELS[:3],
    ("two_or_more", EDUCATION_NAMES["two_or_more"]),
    *LEVELS[3:],
)
STUDIES = (
    ("none", _("No")),
    ("short", _("Yes, a program of one or two years")),
    ("long", _("Yes, a program of three years or more, or a master’s, professional or doctoral degree")),
)
STUDY_FITS: Mapping[str, frozenset[str]] = {
    "none": frozenset(EDUCATION_NAMES),
    "short": frozenset(EDUCATION_NAMES) - {"none", "secondary", "three_year"},
    "long": frozenset(EDUCATION_NAMES) - {"none", "secondary", "one_year", "two_year"},
}
LANGUAGES = (("en", _("English")), ("fr", _("French")))
SKILLS = (
    ("teer_0_1", _("TEER 0 or 1")),
    ("teer_2_3", _("TEER 2 or 3, not a trade")),
    ("trade", _("A skilled trade")),
)
LEVELS_OF_LANGUAGE = (
    ("0", _("No test, or below 4")),
    *((str(level), str(level)) for level in range(4, 10)),
    ("10", _("10 or higher")),
)
# The last choice stands for itself and more, as no table of the law goes further.
CANADIAN_YEARS = (*((str(year), str(year)) for year in range(5)), ("5", _("5 or more")))
FOREIGN_YEARS = (*((str(year), str(year)) for year in range(6)), ("6", _("6 or more")))


def level_field(label: Any, *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=LEVELS_OF_LANGUAGE, initial="0", required=required)


class ScoreForm(PortalForm):
    """About 27 fields; what is not sent of the optional ones is 'no' or 'none', and funds are enough."""

    age = NumberField(label=_("How old are you?"), least=14, most=120, step=1, example=32)
    partner = forms.ChoiceField(
        label=_("Have you a spouse or common-law partner?"), choices=PARTNERS, widget=forms.RadioSelect
    )
    education = forms.ChoiceField(
        label=_("What is your highest education?"),
        help_text=_("The level in Canada: of a Canadian diploma, or as an assessment (ECA) states it."),
        choices=HIGHEST_LEVELS,
        widget=forms.RadioSelect,
    )
    canadian_study = forms.ChoiceField(
        label=_("Have you finished a program of study in Canada after secondary school?"),
        help_text=_("Full time and in Canada for eight months or more."),
        choices=STUDIES,
        widget=forms.RadioSelect,
        initial="none",
        required=False,
    )
    first_official_language = forms.ChoiceField(
        label=_("Which is your first official language?"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    first_listening = level_field(ABILITY_NAMES["listening"], required=True)
    first_reading = level_field(ABILITY_NAMES["reading"], required=True)
    first_writing = level_field(ABILITY_NAMES["writing"], required=True)
    first_speaking = level_field(ABILITY_NAMES["speaking"], required=True)
    second_listening = level_field(_("Listening, second language"), required=False)
    second_reading = level_field(_("Reading, second language"), required=False)
    second_writing = level_field(_("Writing, second language"), required=False)
    second_speaking = level_field(_("Speaking, second language"), required=False)
    canadian_years = forms.TypedChoiceField(
        label=_("Years of skilled work in Canada"),
        help_text=_("In the last ten years, up to now. Not as a student or self-employed."),
        choices=CANADIAN_YEARS,
        coerce=int,
        required=False,
    )
    foreign_years = forms.TypedChoiceField(
        label=_("Years of skilled work outside Canada"),
        help_text=_("In the last ten years."),
        choices=FOREIGN_YEARS,
        coerce=int,
        required=False,
    )
    skill = forms.ChoiceField(
        label=_("What kind of work is it?"),
        help_text=_("The NOC finder shows the TEER of an occupation, and whether it is a trade."),
        choices=SKILLS,
        widget=forms.RadioSelect,
        required=False,
    )
    certificate = YesNoField(
        label=_("Have you a Canadian certificate of qualification in a trade?"), initial=False, required=False
    )
    job_offer = YesNoField(
        label=_("Have you a valid job offer in Canada?"),
        help_text=_("Skilled, full time, for a year or more, and supported by a labour market assessment."),
        initial=False,
        required=False,
    )
    nomination = YesNoField(
        label=_("Has a province or territory nominated you?"), initial=False, required=False
    )
    sibling = YesNoField(
        label=_("Does a brother or sister live in Canada?"),
        help_text=_(
            "Yours or your accompanying partner’s, 18 or older, a citizen or permanent resident of Canada."
        ),
        initial=False,
        required=False,
    )
    funds = YesNoField(
        label=_("Have you the settlement funds that your family needs?"), initial=True, required=False
    )
    spouse_education = forms.ChoiceField(
        label=_("Your partner’s highest education"), choices=HIGHEST_LEVELS, initial="none", required=False
    )
    spouse_listening = level_field(_("Listening, partner"), required=False)
    spouse_reading = level_field(_("Reading, partner"), required=False)
    spouse_writing = level_field(_("Writing, partner"), required=False)
    spouse_speaking = level_field(_("Speaking, partner"), required=False)
    spouse_canadian_years = forms.TypedChoiceField(
        label=_("Your partner’s years of skilled work in Canada"),
        help_text=_("In the last ten years."),
        choices=CANADIAN_YEARS,
        coerce=int,
        required=False,
    )
    asked_only_sometimes = frozenset(
        {
            *("canadian_study", "canadian_years", "foreign_years", "skill", "certificate", "job_offer"),
            *("nomination", "sibling", "funds", "spouse_education", "spouse_canadian_years"),
            *(f"{whose}_{ability}" for whose in ("second", "spouse") for ability in ABILITIES),
        }
    )
    explanations: ClassVar = {
        "partner": [
            Explanation(
                _("Why does it matter whether they come?"),
                [
                    _(
                        "A partner who comes is scored: education, language and Canadian work earn up to 40 "
                        "points, while your own lines earn a little less."
                    )
                ],
            )
        ],
        "canadian_years": [
            Explanation(
                _("What is a year of skilled work?"),
                [
                    _(
                        "1,560 paid hours, which is 30 hours a week for 52 weeks, in an occupation of TEER 0 "
                        "to 3. Only whole years count. Two years of half-time work are one year."
                    )
                ],
            )
        ],
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_study(cleaned.get("education"), cleaned.get("canadian_study") or "none")
        worked = cleaned.get("canadian_years") or cleaned.get("foreign_years")
        if worked and not cleaned.get("skill") and "skill" not in self.errors:
            self.add_error("skill", _("Choose what kind of work it is, since you have years of it."))
        return cleaned

    def _check_study(self, education: str | None, study: str) -> None:
        """Say what to choose where a Canadian credential and the highest level cannot both be true."""
        if education is None or education in STUDY_FITS[study]:
            return
        if study == "short" and education == "three_year":
            message = _(
                "A bachelor’s degree and a program of one or two years in Canada are two credentials. "
                "Choose ‘Two or more credentials’ as your highest education."
            )
        else:
            message = _(
                "This program in Canada is above the highest education that you chose. Change one of the two."
            )
        self.add_error("canadian_study", message)

    def answers(self) -> dict[str, Any]:
        """Return every field's value: text codes, whole numbers, levels as numbers, True or False."""
        found = {name: value for name, value in self.cleaned_data.items() if value not in {"", None}}
        complete = {**_WITHOUT_AN_ANSWER, **found}
        return {name: int(value) if name in _LEVEL_NAMES else value for name, value in complete.items()}

    def _levels(self, whose: str) -> list[BoundField]:
        return [self[f"{whose}_{ability}"] for ability in ABILITIES]

    @property
    def first_levels(self) -> list[BoundField]:
        return self._levels("first")

    @property
    def second_levels(self) -> list[BoundField]:
        return self._levels("second")

    @property
    def spouse_levels(self) -> list[BoundField]:
        return self._levels("spouse")


_LEVEL_NAMES = frozenset(
    f"{whose}_{ability}" for whose in ("first", "second", "spouse") for ability in ABILITIES
)
_WITHOUT_AN_ANSWER: Mapping[str, Any] = {
    **dict.fromkeys(_LEVEL_NAMES, 0),
    "canadian_study": "none",
    "skill": None,
    **dict.fromkeys(("canadian_years", "foreign_years", "spouse_canadian_years"), 0),
    **dict.fromkeys(("certificate", "job_offer", "nomination", "sibling"), False),
    "funds": True,
    "spouse_education": "none",
}
