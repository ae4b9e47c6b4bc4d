"""Jobs, the primary occupation, a trade certificate and a job offer as a profile asks them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import in_words
from eligibility.fields import DatePartsField, Explanation, ProvinceField
from eligibility.forms import CertificateForm, JobForm, JobOfferForm
from eligibility.forms.base import Part, PastDateField
from profiles import doubts
from profiles.doubts import Doubt
from profiles.forms.details import SURE, NumberOnPaperField, Places
from profiles.forms.lines import LineField
from profiles.forms.occupations import WORDS, FindsOccupation
from profiles.forms.own import OwnForm

CANADA = "CA"
STATUSES_AT_WORK = (
    ("employer_permit", _("A work permit for this employer")),
    ("open_permit", _("An open work permit")),
    ("student", _("A study permit")),
    ("maintained", _("Maintained status")),
    ("no_permit_needed", _("No permit was needed")),
    ("other", _("Something else")),
)


class JobEntryForm(FindsOccupation, Places, JobForm):
    """One entry of ``work`` with its details: title, employer, place, and the status while working in Canada."""

    detailed = ("title", "employer", "city", "province", "status")
    field_order: tuple[str, ...] = (
        "noc",
        "noc_words",
        "title",
        "employer",
        "city",
        "province",
        "country",
        "start_date",
        "end_date",
        "current",
        "hours_per_week",
        "status",
        "unusual",
    )
    asked_only_sometimes = JobForm.asked_only_sometimes | {SURE, WORDS, "status"}

    headings: ClassVar = {
        "start_date": _("When and how much"),
        "status": _("Anything out of the ordinary"),
    }

    title = LineField(
        label=_("Job title"), help_text=_("As in the contract, for example Senior software developer.")
    )
    employer = LineField(
        label=_("Employer"), help_text=_("Invent it, for example Lagoon Software Ltd, or ‘self-employed’.")
    )
    status = forms.ChoiceField(
        label=_("If the job was in Canada: what allowed you to work there?"),
        help_text=_("Leave it empty for a job elsewhere."),
        choices=(("", _("Choose from the list")), *STATUSES_AT_WORK),
        required=False,
    )
    explanations: ClassVar = {
        **JobForm.explanations,
        "title": [
            Explanation(
                _("Which jobs belong here?"),
                [
                    _(
                        "Those of the last ten years in TEER 0, 1, 2 or 3: only skilled work earns points or "
                        "meets a program. Other work may be stated, and counts for nothing here."
                    ),
                    _(
                        "A job with two titles, one after the other, is two entries. Everything else you "
                        "have done in these years is asked only after an invitation."
                    ),
                ],
            )
        ],
        "status": [
            Explanation(
                _("Why do you ask this?"),
                [
                    _(
                        "Work in Canada counts only when it was authorized. Work without authorization is "
                        "ticked below, and does not count."
                    )
                ],
            )
        ],
    }

    def clean(self) -> Part:
        cleaned = super().clean()
        status, country = cleaned.get("status"), cleaned.get("country")
        if status and country and country != CANADA:
            message = _("This is asked of jobs in Canada only. Leave it empty, or correct the country.")
            self.add_error("status", message)
        elif status and "unauthorized" in (cleaned.get("unusual") or []):
            message = _("Below you ticked that the work was not authorized. Empty this, or untick that box.")
            self.add_error("status", message)
        return cleaned

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_job(entry, self.born, self.today)


class PracticeForm(OwnForm):
    """``{"qualified_on": "2015-06-30"}``: since when somebody may practise the primary occupation; null if untold."""

    qualified_on = PastDateField(
        label=_("When did you first become qualified in your primary occupation?"),
        help_text=_("For example 30 6 2015. Your best guess is enough."),
        required=False,
    )
    explanations: ClassVar = {
        "qualified_on": [
            Explanation(
                _("Which day do I enter?"),
                [
                    _("In a trade: the day from which you were fully qualified to work in it on your own."),
                    _(
                        "In any other occupation: the day on which you finished the least education that "
                        "the National Occupational Classification names for it."
                    ),
                    _("No program and no point depends on this day. Provinces and employers ask for it."),
                ],
            )
        ]
    }

    def __init__(self, *args: Any, born: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        for doubt in doubts.of_practice(cleaned.get("qualified_on"), self.born):
            self.add_error(doubt.field, doubt.message)
        return cleaned


class CertificateEntryForm(FindsOccupation, CertificateForm):
    """``certificate_of_qualification`` with its details: number and last day."""

    detailed = ("number", "expires_on")
    field_order: tuple[str, ...] = ("noc", "noc_words", "issuer", "number", "issued_on", "expires_on")
    asked_only_sometimes = CertificateForm.asked_only_sometimes | {SURE, WORDS}

    number = NumberOnPaperField(
        label=_("Number of the certificate"),
        help_text=_("As printed on it, but invent it: for example AB-204518."),
    )
    expires_on = DatePartsField(
        label=_("Until when is it valid?"),
        help_text=_("For example 2 6 2029. Leave it empty if it names no day."),
        required=False,
    )

    def clean(self) -> Part:
        cleaned = super().clean()
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            words = {"expires": in_words(expires), "issued": in_words(issued)}
            message = _(
                "The certificate cannot end, %(expires)s, before it was issued, %(issued)s. Check both dates."
            )
            self.add_error("expires_on", message % words)
        return cleaned

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_certificate(entry, self.born, self.today)


class JobOfferEntryForm(FindsOccupation, JobOfferForm):
    """``job_offer`` with its details: the employer, the number of the LMIA, the first day."""

    detailed = ("title", "employer", "street", "city", "province", "starts_on", "lmia_number")
    field_order: tuple[str, ...] = (
        "noc",
        "noc_words",
        "title",
        "employer",
        "street",
        "city",
        "province",
        "starts_on",
        "hours_per_week",
        "duration_months",
        "permanent",
        "lmia",
        "lmia_number",
        "work_permit",
        "employer_since",
    )
    asked_only_sometimes = JobOfferForm.asked_only_sometimes | {SURE, WORDS, "lmia_number"}
    headings: ClassVar = {
        "starts_on": _("When and how much"),
        "lmia": _("Permission to work there"),
    }

    title = LineField(
        label=_("Job title"), help_text=_("As in the offer, for example Industrial electrician.")
    )
    employer = LineField(label=_("Employer"), help_text=_("Invent it, for example Prairie Power Inc."))
    street = LineField(
        label=_("Address of the workplace"), help_text=_("Number and street, for example 120 Main Street.")
    )
    city = LineField(label=_("City or town"), help_text=_("For example Calgary."), max_length=100)
    province = ProvinceField(label=_("Province or territory"), required=False)
    starts_on = DatePartsField(
        label=_("First day of the job"),
        help_text=_("For example 1 9 2026, also if it lies ahead."),
        required=False,
    )
    lmia_number = NumberOnPaperField(
        label=_("Number of the LMIA"),
        help_text=_("From the employer’s letter, but invent it: for example 8123456."),
    )
    explanations: ClassVar = {
        **JobOfferForm.explanations,
        "starts_on": [
            Explanation(
                _("I already work there"),
                [_("Enter the day on which you began, and further down since when it has been full time.")],
            )
        ],
    }

    def clean(self) -> Part:
        cleaned = super().clean()
        if cleaned.get("lmia_number") and cleaned.get("lmia") is False:
            message = _("You answered that there is no LMIA. Empty this number, or change that answer.")
            self.add_error("lmia_number", message)
        return cleaned
