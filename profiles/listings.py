"""What a profile lists, one entry a page: studies, tests, jobs, relatives, and what there is at most one of."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from profiles import doubts
from profiles.asking import Entries
from profiles.facts import DETAILS, PARTNERED, Answers
from profiles.forms.languages import LanguageTestEntryForm
from profiles.forms.relatives import RelativeEntryForm
from profiles.forms.study import EducationEntryForm
from profiles.forms.work import CertificateEntryForm, JobEntryForm, JobOfferEntryForm

MOST_ENTRIES = 40


def partnered(answers: Answers) -> bool:
    """Whether the law reads a spouse or partner."""
    return answers.get("marital_status") in PARTNERED


def own_birth(answers: Answers) -> dict[str, Any]:
    """The candidate's birth date, against which the days of an entry are checked."""
    return {"born": day_or_none(answers.get("birth_date"))}


def partners_birth(answers: Answers) -> dict[str, Any]:
    """The partner's birth date, where it was told."""
    details = (answers.get("spouse") or {}).get(DETAILS) or {}
    return {"born": day_or_none(details.get("birth_date"))}


def day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


EDUCATION = Entries(
    "education",
    EducationEntryForm,
    question=_("Do you have a diploma or degree to state, finished or not?"),
    hint=_("From secondary school up, in any country. Each has a page of its own."),
    add=_("Add a credential"),
    add_another=_("Save and add another credential"),
    numbered=_("Credential %(number)s"),
    counted=ngettext_lazy("%(count)s credential", "%(count)s credentials", "count"),
    options=own_birth,
    doubts=doubts.of_study,
)
TESTS = Entries(
    "language_tests",
    LanguageTestEntryForm,
    question=_("Have you taken a language test that is accepted for Express Entry?"),
    hint=_("IELTS General Training, CELPIP-General, PTE Core, TEF Canada or TCF Canada."),
    add=_("Add a language test"),
    add_another=_("Save and add another test"),
    numbered=_("Language test %(number)s"),
    counted=ngettext_lazy("%(count)s language test", "%(count)s language tests", "count"),
    options=own_birth,
    doubts=doubts.of_test,
)
JOBS = Entries(
    "work",
    JobEntryForm,
    question=_("Have you had a job in the last ten years?"),
    hint=_(
        "In any country, employed or self-employed. Only skilled work counts, of TEER 0 to 3; other work may be "
        "stated. Each job has a page of its own."
    ),
    add=_("Add a job"),
    add_another=_("Save and add another job"),
    numbered=_("Job %(number)s"),
    counted=ngettext_lazy("%(count)s job", "%(count)s jobs", "count"),
    options=own_birth,
    doubts=doubts.of_job,
)
CERTIFICATE = Entries(
    "certificate_of_qualification",
    CertificateEntryForm,
    question=_("Do you have a Canadian certificate of qualification in a skilled trade?"),
    hint=_("Issued by a province, a territory or a federal body, such as a Red Seal."),
    add=_("Add the certificate"),
    add_another="",
    numbered=_("Trade certificate"),
    counted=ngettext_lazy("%(count)s certificate", "%(count)s certificates", "count"),
    options=own_birth,
    single=True,
    doubts=doubts.of_certificate,
)
OFFER = Entries(
    "job_offer",
    JobOfferEntryForm,
    question=_("Do you have a written job offer from an employer in Canada?"),
    hint=_("A signed offer or contract. A job you already hold there counts as well."),
    add=_("Add the job offer"),
    add_another="",
    numbered=_("Job offer"),
    counted=ngettext_lazy("%(count)s job offer", "%(count)s job offers", "count"),
    single=True,
)
RELATIVES = Entries(
    "relatives_in_canada",
    RelativeEntryForm,
    question=_("Do you, or does your partner, have a relative who lives in Canada?"),
    hint=_("A brother or sister of 18 or older who is a citizen or permanent resident can earn points."),
    add=_("Add a relative"),
    add_another=_("Save and add another relative"),
    numbered=_("Relative %(number)s"),
    counted=ngettext_lazy("%(count)s relative", "%(count)s relatives", "count"),
    options=lambda answers: {"partnered": partnered(answers), **own_birth(answers)},
    doubts=doubts.of_relative,
)
PARTNER_EDUCATION = replace(
    EDUCATION, question=_("Does your partner have a diploma or degree to state, finished or not?")
)
PARTNER_TESTS = replace(
    TESTS,
    question=_("Has your partner taken a language test that is accepted for Express Entry?"),
    options=partners_birth,
)
PARTNER_JOBS = replace(
    JOBS,
    question=_("Has your partner had a job in the last ten years?"),
    hint=_("Only work in Canada can earn points for a partner. Each job has a page of its own."),
    options=partners_birth,
)
