"""A credential: its level, where and when, the assessment of a foreign one, the study for a Canadian one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import CountryField, Explanation, NumberField, YesNoField
from eligibility.forms.base import AnswerForm, Part, PastDateField, end_before_start, read, written

CANADA = "CA"
MOST_MONTHS = 240

LEVELS = (
    ("doctoral", _("Doctoral degree (PhD)")),
    ("masters", _("Master’s degree")),
    ("professional", _("Professional degree for a licensed profession, such as medicine or law")),
    ("three_year", _("Bachelor’s degree, or another program of three years or more")),
    ("two_year", _("Two-year diploma or certificate")),
    ("one_year", _("One-year diploma or certificate")),
    ("secondary", _("Secondary (high school) diploma")),
    ("none", _("Less than a secondary diploma")),
)
NOT_POST_SECONDARY = ("secondary", "none")
ORGANIZATIONS = (
    ("", _("Choose from the list")),
    ("CES", _("Comparative Education Service")),
    ("ICAS", _("International Credential Assessment Service of Canada")),
    ("ICES", _("International Credential Evaluation Service")),
    ("IQAS", _("International Qualifications Assessment Service")),
    ("MCC", _("Medical Council of Canada")),
    ("PEBC", _("Pharmacy Examining Board of Canada")),
    ("WES", _("World Education Services")),
    ("other", _("Another organization")),
)
STUDY_CONDITIONS = {
    "mostly_language_training": _("More than half of it was English or French language training"),
    "mostly_distance": _("More than half of it was distance learning"),
    "return_home_award": _("A scholarship or fellowship required a return to the home country afterwards"),
}


def needs_assessment(part: Mapping[str, Any]) -> bool:
    """Say whether a credential is a finished foreign one, which counts only with an assessment."""
    return bool(part.get("completion_date")) and part.get("country") != CANADA


def has_canadian_study(part: Mapping[str, Any]) -> bool:
    """Say whether a credential is a finished Canadian one above secondary level: it may earn points."""
    canadian = bool(part.get("completion_date")) and part.get("country") == CANADA
    return canadian and part.get("level") not in NOT_POST_SECONDARY


class CredentialForm(AnswerForm):
    """``level``, ``country``, ``start_date`` and ``completion_date`` (null: not finished) of a credential."""

    level = forms.ChoiceField(
        label=_("Which credential?"),
        help_text=_("The level as it was awarded. Enter each diploma or degree separately."),
        choices=LEVELS,
        widget=forms.RadioSelect,
    )
    country = CountryField(
        label=_("Country where it was studied for"),
        help_text=_("Where the school is, also for study at a distance. For example Nigeria."),
    )
    start_date = PastDateField(
        label=_("First day of studies"),
        help_text=_("For example 1 9 2012. Your best guess is enough."),
        required=False,
    )
    completion_date = PastDateField(
        label=_("Day of completion"),
        help_text=_("For example 31 5 2016, the date on the diploma. Leave it empty if it is not finished."),
        required=False,
    )
    unfinished = forms.BooleanField(
        label=_("It is not finished"),
        help_text=_("Tick this if you still study, or left before the end."),
        required=False,
    )
    asked_only_sometimes = frozenset({"completion_date"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completion_date"].error_messages["too_late"] = _(
            "%(typed)s is still to come. Leave this empty and tick that the studies are not finished."
        )

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        part = part or {}
        unfinished = "completion_date" in part and part["completion_date"] is None
        return {**super().initial_of(part), "unfinished": unfinished}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        start, end, unfinished = (
            cleaned.get(name) for name in ("start_date", "completion_date", "unfinished")
        )
        if "completion_date" in self.errors:
            return cleaned
        if end and unfinished:
            self.add_error(
                "unfinished", _("You ticked this and gave a day of completion. Keep only one of them.")
            )
        elif not end and not unfinished:
            self.add_error(
                "completion_date", _("Enter the day of completion, or tick that it is not finished.")
            )
        elif start and end and end < start:
            self.add_error("completion_date", end_before_start(start, end))
        return cleaned

    def answer(self) -> Part:
        return {
            "level": self.cleaned_data["level"],
            "country": self.cleaned_data["country"],
            "start_date": written(self.cleaned_data["start_date"]),
            "completion_date": written(self.cleaned_data["completion_date"]),
        }


class AssessmentForm(AnswerForm):
    """``{"eca": {…}}`` of a foreign credential; null when there is no assessment."""

    has_eca = YesNoField(
        label=_("Do you have an educational credential assessment (ECA) of it?"),
        help_text=_("A report that says what a foreign credential equals in Canada."),
    )
    organization = forms.ChoiceField(
        label=_("Who made the assessment?"), choices=ORGANIZATIONS, required=False
    )
    issued_on = PastDateField(
        label=_("When was the report issued?"), help_text=_("For example 15 1 2024."), required=False
    )
    equivalency = forms.ChoiceField(
        label=_("Which Canadian level does the report state?"),
        help_text=_("If it names several for this credential, choose the highest."),
        choices=(("", _("Choose from the list")), *LEVELS),
        required=False,
    )
    asked_only_sometimes = frozenset({"organization", "issued_on", "equivalency"})
    explanations: ClassVar = {
        "has_eca": [
            Explanation(
                _("Do I need an assessment?"),
                [
                    _(
                        "A credential from outside Canada counts only with one, at the level that the "
                        "report states, for five years from its date. The Federal Skilled Worker Program "
                        "cannot do without."
                    ),
                    _("Without one, answer no: the other programs do not need it."),
                ],
            )
        ]
    }
    missing: ClassVar = {
        "organization": _("Choose who made the assessment."),
        "issued_on": _("Enter the day on which the report was issued."),
        "equivalency": _("Choose the Canadian level that the report states."),
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        part = part or {}
        eca = part.get("eca") or {}
        known = dict(ORGANIZATIONS)
        initial = {name: read(cls.base_fields[name], eca[name]) for name in cls.missing if name in eca}
        if initial.get("organization") not in known and "eca" in part and eca:
            initial["organization"] = "other"
        return {**initial, **({"has_eca": bool(eca)} if "eca" in part else {})}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if cleaned.get("has_eca") and self.is_foreign(cleaned):
            for name, message in self.missing.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    def is_foreign(self, _cleaned: Part) -> bool:
        """Say whether an assessment is asked for: always, where the form is about nothing else."""
        return True

    def answer(self) -> Part:
        if not self.cleaned_data["has_eca"]:
            return {"eca": None}
        return {"eca": {name: written(self.cleaned_data[name]) for name in self.missing}}


class CanadianStudyForm(AnswerForm):
    """``{"canadian_study": {…}}`` of a Canadian credential."""

    full_time_months = NumberField(
        label=_("How many months did you study full time?"),
        help_text=_("Count the academic terms, for example 8 for one year."),
        least=0,
        most=MOST_MONTHS,
        example=8,
        suffix=_("months"),
    )
    months_in_canada = NumberField(
        label=_("How many of these months were you in Canada?"),
        help_text=_("For example 8."),
        least=0,
        most=MOST_MONTHS,
        example=8,
        suffix=_("months"),
    )
    conditions = forms.MultipleChoiceField(
        label=_("Was any of this true of the studies?"),
        help_text=_("Tick all that apply, or leave them empty."),
        choices=tuple(STUDY_CONDITIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asked_only_sometimes = frozenset({"conditions"})
    explanations: ClassVar = {
        "full_time_months": [
            Explanation(
                _("Why do you ask how I studied?"),
                [
                    _(
                        "Study in Canada earns additional points when it took at least eight months of "
                        "full-time study on the spot."
                    )
                ],
            )
        ]
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        study = (part or {}).get("canadian_study") or {}
        conditions = [name for name in STUDY_CONDITIONS if study.get(name)]
        return {**super().initial_of(study), "conditions": conditions}

    def answer(self) -> Part:
        months = {name: self.cleaned_data[name] for name in ("full_time_months", "months_in_canada")}
        conditions = {name: name in self.cleaned_data["conditions"] for name in STUDY_CONDITIONS}
        return {"canadian_study": {**months, **conditions}}


class EducationForm(CanadianStudyForm, AssessmentForm, CredentialForm):
    """One entry of ``education``; what does not apply to its country and level may stay empty."""

    field_order: tuple[str, ...] = (
        "level",
        "country",
        "start_date",
        "completion_date",
        "unfinished",
        "has_eca",
        "organization",
        "issued_on",
        "equivalency",
    )
    asked_only_sometimes = frozenset(
        {
            "completion_date",
            "has_eca",
            "organization",
            "issued_on",
            "equivalency",
            "full_time_months",
            "months_in_canada",
            "conditions",
        }
    )
    explanations: ClassVar = {**AssessmentForm.explanations, **CanadianStudyForm.explanations}
    missing_details: ClassVar = {
        "has_eca": _("Say whether you have an assessment: the credential is not Canadian."),
        "full_time_months": _("Enter the months of full-time study: the credential is Canadian."),
        "months_in_canada": _("Enter the months in Canada: the credential is Canadian."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.missing_details:
            self.fields[name].required = False

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        parents = (CredentialForm, AssessmentForm, CanadianStudyForm)
        return {name: value for parent in parents for name, value in parent.initial_of(part).items()}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        needed = ["has_eca"] if self.is_foreign(cleaned) else []
        if has_canadian_study(cleaned):
            needed = ["full_time_months", "months_in_canada"]
        for name in needed:
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, self.missing_details[name])
        return cleaned

    def is_foreign(self, cleaned: Part) -> bool:
        return needs_assessment(cleaned)

    def answer(self) -> Part:
        credential = CredentialForm.answer(self)
        eca: Part = AssessmentForm.answer(self) if needs_assessment(credential) else {"eca": None}
        studied = has_canadian_study(credential)
        study: Part = CanadianStudyForm.answer(self) if studied else {"canadian_study": None}
        return {**credential, **eca, **study}
