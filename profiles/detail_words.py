"""In words: what a profile tells of an entry beside its facts."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from eligibility.fields import Text
from profiles.facts import Answers
from profiles.forms.details import DetailedForm
from profiles.forms.languages import LanguageTestEntryForm
from profiles.forms.relatives import RelativeEntryForm
from profiles.forms.study import EducationEntryForm
from profiles.forms.work import CertificateEntryForm, JobEntryForm, JobOfferEntryForm

FORMS: Mapping[str, type[DetailedForm]] = {
    "education": EducationEntryForm,
    "language_tests": LanguageTestEntryForm,
    "work": JobEntryForm,
    "relatives_in_canada": RelativeEntryForm,
    "certificate_of_qualification": CertificateEntryForm,
    "job_offer": JobOfferEntryForm,
}


def details_of(key: str, entry: Answers) -> list[tuple[Text, str]]:
    """Return the details of an entry of ``key``, each as its field's label and the answer."""
    return FORMS[key].detail_rows(entry) if key in FORMS else []


def detail_lines(key: str, entry: Answers) -> list[str]:
    """Return an entry's details, a line each."""
    return [line(str(label), answer) for label, answer in details_of(key, entry)]


def line(label: str, answer: str) -> str:
    """Return a label with its answer; a question needs no colon."""
    return (
        f"{label} {answer}"
        if label.endswith("?")
        else _("%(label)s: %(answer)s") % {"label": label, "answer": answer}
    )
