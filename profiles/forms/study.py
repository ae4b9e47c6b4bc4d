"""A credential as a profile asks it: beside the facts, the school and what its papers say."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation, NumberField
from eligibility.forms import EducationForm
from eligibility.forms.base import Part
from profiles import doubts
from profiles.doubts import Doubt
from profiles.forms.details import SURE, NumberOnPaperField, Places
from profiles.forms.lines import LineField

MOST_ACADEMIC_YEARS = 15
COMPLETED = "completed"
ATTENDANCE = (("full_time", _("Full time")), ("part_time", _("Part time")), ("both", _("Some of each")))
STANDINGS = (
    (COMPLETED, _("Completed")),
    ("in_progress", _("In progress")),
    ("interrupted", _("Interrupted for now")),
    ("withdrawn", _("Left before the end")),
)


class EducationEntryForm(Places, EducationForm):
    """One entry of ``education`` with its details: school, field, attendance, standing, number of the report."""

    detailed = (
        "field_of_study",
        "attendance",
        "academic_years",
        "standing",
        "institution",
        "city",
        "province",
        "eca_number",
    )
    field_order: tuple[str, ...] = (
        "level",
        "field_of_study",
        "institution",
        "city",
        "province",
        "country",
        "start_date",
        "completion_date",
        "unfinished",
        "standing",
        "attendance",
        "academic_years",
        "has_eca",
        "organization",
        "issued_on",
        "eca_number",
        "equivalency",
        "full_time_months",
        "months_in_canada",
        "conditions",
    )
    asked_only_sometimes = EducationForm.asked_only_sometimes | {SURE, "eca_number"}

    headings: ClassVar = {
        "has_eca": _("If it is from outside Canada"),
        "full_time_months": _("If it is from Canada"),
    }

    field_of_study = LineField(label=_("Field of study"), help_text=_("For example software engineering."))
    institution = LineField(
        label=_("School, college or university"), help_text=_("For example University of Lagos.")
    )
    standing = forms.ChoiceField(
        label=_("Where do these studies stand?"),
        help_text=_("For example Completed."),
        choices=(("", _("Choose from the list")), *STANDINGS),
        required=False,
    )
    attendance = forms.ChoiceField(
        label=_("Did you study full time or part time?"),
        help_text=_("As the school counts it, for example full time from 15 hours a week."),
        choices=(("", _("Choose from the list")), *ATTENDANCE),
        required=False,
    )
    academic_years = NumberField(
        label=_("How many full academic years did you complete?"),
        help_text=_("As the program counts them, for example 4."),
        least=0,
        most=MOST_ACADEMIC_YEARS,
        step=1,
        example=4,
        suffix=_("years"),
        required=False,
    )
    eca_number = NumberOnPaperField(
        label=_("Reference number of the report"),
        help_text=_("As printed on it, but invent it here: for example 1234567IMM."),
    )
    explanations: ClassVar = {
        **EducationForm.explanations,
        "level": [
            Explanation(
                _("Which level do I choose?"),
                [
                    _(
                        "The one that was awarded, not the one you worked towards. The length of a program "
                        "is that of its rules, even if you took longer or were faster."
                    ),
                    _(
                        "A degree that opens a licensed profession, such as medicine, veterinary medicine, "
                        "dentistry, optometry, law, chiropractic or pharmacy, is a professional degree."
                    ),
                ],
            )
        ],
        "organization": [
            Explanation(
                _("My organization is not in the list"),
                [
                    _(
                        "The simulator knows these seven as designated for Express Entry. Physicians need the "
                        "Medical Council of Canada, pharmacists the Pharmacy Examining Board of Canada. The "
                        "board for architects, designated later, is not among its facts."
                    )
                ],
            )
        ],
        "equivalency": [
            Explanation(
                _("The report words it differently"),
                [
                    _(
                        "Choose the level that its words name: any wording with PhD is a doctoral degree, a "
                        "Doctor of Pharmacy a professional degree, and ‘three years of a bachelor’s "
                        "degree’ without the degree is what the report calls a diploma."
                    )
                ],
            )
        ],
        "academic_years": [
            Explanation(
                _("What is a full academic year?"),
                [_("Two terms of about four months, full time, with the courses passed.")],
            )
        ],
    }

    def clean(self) -> Part:
        cleaned = super().clean()
        standing, ended = cleaned.get("standing"), cleaned.get("completion_date")
        if standing and "completion_date" not in self.errors and "unfinished" not in self.errors:
            self.check_standing(standing == COMPLETED, ended)
        return cleaned

    def check_standing(self, completed: bool, ended: Any) -> None:
        """Say at the standing when it does not go with the day of completion."""
        if completed and not ended:
            self.add_error(
                "standing",
                _("Completed studies have a day of completion, and you gave none. Change one of them."),
            )
        elif ended and not completed:
            self.add_error(
                "standing",
                _("You gave a day of completion, so the studies are completed. Change one of them."),
            )

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_study(entry, self.born, self.today)

    def details(self) -> Part:
        told = super().details()
        if not self.cleaned_data.get("has_eca"):
            told.pop("eca_number", None)
        return told
