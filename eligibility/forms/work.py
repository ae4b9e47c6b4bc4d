"""Jobs held, jobs offered, and what vouches for a trade."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import in_words
from eligibility.fields import (
    CountryField,
    DatePartsField,
    Explanation,
    NocField,
    NumberField,
    ProvinceField,
    YesNoField,
)
from eligibility.forms.base import AnswerForm, Part, PastDateField, end_before_start, written
from eligibility.occupations import Found

MOST_HOURS = 112
HOURS_IN_A_WEEK = 168
NO_PERMIT = "none"

# A form asks for what is unusual about a job; the profile JSON keeps each as a yes or no of its own.
UNUSUAL = {
    "unpaid": ("paid", False),
    "self_employed": ("self_employed", True),
    "full_time_student": ("full_time_student", True),
    "unauthorized": ("authorized", False),
}


class OccupationForm(AnswerForm):
    """``{"noc": "31301"}``; with ``found`` (codes) these are chosen from instead of typed."""

    noc = NocField(
        label=_("Occupation code (NOC 2021)"),
        help_text=_("Five digits, for example 31301 for a registered nurse."),
    )
    explanations: ClassVar = {
        "noc": [
            Explanation(
                _("What is this code?"),
                [
                    _(
                        "Canada sorts all work into 516 groups, the National Occupational Classification "
                        "(NOC). The second digit is the level of training: 0 to 3 counts as skilled work."
                    ),
                    _("Choose the group whose duties are yours, even if your contract says another title."),
                ],
            )
        ]
    }

    def __init__(self, *args: Any, found: Sequence[Found] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found:
            field = self.fields["noc"]
            field.label = _("Occupations that match")
            field.help_text = _("Choose the one that fits best, or search with other words.")
            field.error_messages["required"] = _("Choose an occupation, or search with other words.")
            field.widget = forms.RadioSelect(
                choices=[(one.code, f"{one.title} ({one.code})") for one in found]
            )


class JobDetailsForm(AnswerForm):
    """An entry of ``work`` without its ``noc``; with ``country`` given, that is not asked."""

    country = CountryField(
        label=_("Country of the job"), help_text=_("Where you did the work, for example Nigeria.")
    )
    start_date = PastDateField(label=_("First day"), help_text=_("For example 7 1 2019."))
    end_date = PastDateField(
        label=_("Last day"),
        help_text=_("For example 30 6 2023. Leave it empty if the job goes on."),
        required=False,
    )
    current = forms.BooleanField(
        label=_("This job goes on"), help_text=_("Tick this instead of giving a last day."), required=False
    )
    hours_per_week = NumberField(
        label=_("Hours per week"),
        help_text=_("Paid hours in a usual week, for example 37.5. At most 30 a week count."),
        least=0.5,
        most=MOST_HOURS,
        example=37.5,
        suffix=_("hours"),
    )
    unusual = forms.MultipleChoiceField(
        label=_("Was any of this true of the job?"),
        help_text=_("Tick all that apply, or leave them empty."),
        choices=(
            ("unpaid", _("It was not paid")),
            ("self_employed", _("It was self-employment")),
            ("full_time_student", _("It was beside full-time study")),
            ("unauthorized", _("It was in Canada, without authorization to work there")),
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asked_only_sometimes = frozenset({"end_date", "unusual"})
    explanations: ClassVar = {
        "hours_per_week": [
            Explanation(
                _("My hours varied. What do I enter?"),
                [
                    _(
                        "Add up the paid hours of the whole job and divide by its weeks. Unpaid overtime "
                        "and leave without pay do not count."
                    )
                ],
            )
        ]
    }

    def __init__(self, *args: Any, country: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed_country = country
        if country:
            del self.fields["country"]
        self.fields["end_date"].error_messages["too_late"] = _(
            "%(typed)s is still to come. If the job goes on, leave the last day empty and tick the box."
        )

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        part = part or {}
        unusual = [name for name, (key, value) in UNUSUAL.items() if part.get(key) is value]
        current = "end_date" in part and part["end_date"] is None
        return {**super().initial_of(part), "current": current, "unusual": unusual}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        start, end, current = (cleaned.get(name) for name in ("start_date", "end_date", "current"))
        if "end_date" in self.errors:
            return cleaned
        if end and current:
            self.add_error(
                "current", _("You ticked this and gave a last day. Untick it, or empty the last day.")
            )
        elif not end and not current:
            self.add_error("end_date", _("Enter the last day of the job, or tick that it goes on."))
        elif start and end and end < start:
            self.add_error("end_date", end_before_start(start, end))
        return cleaned

    def answer(self) -> Part:
        cleaned = {name: written(value) for name, value in self.cleaned_data.items()}
        unusual = cleaned.pop("unusual")
        del cleaned["current"]
        flags = {key: value if name in unusual else not value for name, (key, value) in UNUSUAL.items()}
        return {"country": self.fixed_country, **cleaned, **flags}


class JobForm(JobDetailsForm, OccupationForm):
    """One entry of ``work``."""

    field_order: tuple[str, ...] = (
        "noc",
        "country",
        "start_date",
        "end_date",
        "current",
        "hours_per_week",
        "unusual",
    )
    explanations: ClassVar = {**OccupationForm.explanations, **JobDetailsForm.explanations}


class OfferDetailsForm(AnswerForm):
    """``job_offer`` without its ``noc``."""

    hours_per_week = NumberField(
        label=_("Hours per week"),
        help_text=_("As the written offer says, for example 40."),
        least=0.5,
        most=HOURS_IN_A_WEEK,
        example=40,
        suffix=_("hours"),
    )
    duration_months = NumberField(
        label=_("How long is the job?"),
        help_text=_("In months, for example 24. Leave it empty if it has no end."),
        least=0,
        most=1200,
        example=24,
        suffix=_("months"),
        required=False,
    )
    permanent = forms.BooleanField(
        label=_("The job has no end date"),
        help_text=_("Tick this instead of giving months."),
        required=False,
    )
    lmia = YesNoField(
        label=_("Does the employer have a positive labour market impact assessment (LMIA) for this offer?"),
    )
    work_permit = forms.ChoiceField(
        label=_("Which work permit for Canada do you hold today?"),
        help_text=_("The permit itself says whether it names an employer."),
        choices=(
            (NO_PERMIT, _("None")),
            ("lmia", _("A permit that names this employer, based on an LMIA")),
            ("lmia_exempt", _("A permit that names this employer, without an LMIA")),
            ("open", _("An open permit, which names no employer")),
        ),
        widget=forms.RadioSelect,
    )
    employer_since = PastDateField(
        label=_("Since when have you worked full time in Canada for this employer?"),
        help_text=_("For example 1 3 2025. Leave it empty if you do not work there yet."),
        required=False,
    )
    asked_only_sometimes = frozenset({"duration_months", "employer_since"})
    explanations: ClassVar = {
        "lmia": [
            Explanation(
                _("What is an LMIA?"),
                [
                    _(
                        "A document from Employment and Social Development Canada which says that hiring "
                        "somebody from abroad does not harm the labour market. The employer asks for it and "
                        "has a copy."
                    )
                ],
            )
        ]
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        part = part or {}
        initial = super().initial_of(part)
        if "work_permit" in part:
            initial["work_permit"] = part["work_permit"] or NO_PERMIT
        return {**initial, "permanent": "duration_months" in part and part["duration_months"] is None}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        months, permanent = cleaned.get("duration_months"), cleaned.get("permanent")
        if "duration_months" in self.errors:
            return cleaned
        if months is not None and permanent:
            self.add_error(
                "permanent", _("You ticked this and gave a number of months. Keep only one of them.")
            )
        elif months is None and not permanent:
            self.add_error(
                "duration_months", _("Enter a number of months, or tick that the job has no end date.")
            )
        return cleaned

    def answer(self) -> Part:
        cleaned = {name: written(value) for name, value in self.cleaned_data.items() if name != "permanent"}
        permit = cleaned["work_permit"]
        return {**cleaned, "work_permit": None if permit == NO_PERMIT else permit}


class JobOfferForm(OfferDetailsForm, OccupationForm):
    """``job_offer``, when there is one."""

    field_order: tuple[str, ...] = ("noc",)
    explanations: ClassVar = {**OccupationForm.explanations, **OfferDetailsForm.explanations}


class NominationForm(AnswerForm):
    """``provincial_nomination``, when there is one."""

    province = ProvinceField(label=_("Which province or territory nominated you?"))
    issued_on = PastDateField(
        label=_("When was the nomination certificate issued?"), help_text=_("For example 14 2 2026.")
    )
    expires_on = DatePartsField(
        label=_("Until when is it valid?"),
        help_text=_("For example 13 8 2026. Leave it empty if the certificate names no day."),
        required=False,
    )

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            words = {"expires": in_words(expires), "issued": in_words(issued)}
            message = _(
                "The certificate cannot end, %(expires)s, before it was issued, %(issued)s. Check both dates."
            )
            self.add_error("expires_on", message % words)
        return cleaned


class CertificateDetailsForm(AnswerForm):
    """``certificate_of_qualification`` without its ``noc``."""

    issuer = ProvinceField(
        label=_("Who issued it?"),
        help_text=_("The authority named on the certificate, for example Alberta."),
        last=(("CA", _("A federal body")),),
    )
    issued_on = PastDateField(label=_("When was it issued?"), help_text=_("For example 3 6 2024."))


class CertificateForm(CertificateDetailsForm, OccupationForm):
    """``certificate_of_qualification``, when there is one; ``noc`` is the trade."""

    field_order: tuple[str, ...] = ("noc",)
    explanations = OccupationForm.explanations
