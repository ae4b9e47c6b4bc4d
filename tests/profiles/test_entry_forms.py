"""Entries of a profile: what they keep beside the facts, and what is asked about before it is saved."""

from typing import Any

import pytest

from profiles.facts import facts_in
from profiles.forms.details import DetailedForm
from profiles.forms.languages import LanguageTestEntryForm
from profiles.forms.relatives import RelativeEntryForm
from profiles.forms.study import EducationEntryForm
from profiles.forms.work import CertificateEntryForm, JobEntryForm, JobOfferEntryForm
from tests.profiles.entry_forms import (
    CERTIFICATE,
    CREDENTIAL,
    ENTRIES,
    JOB,
    OFFER,
    ON,
    RELATIVE,
    TEST,
    boxes,
    filled,
    judged,
    moved,
)

NAMES = [form.__name__ for form, _entry in ENTRIES]
SECONDARY = {**CREDENTIAL, "level": "secondary", "details": {}}
PARENT = {**RELATIVE, "relationship": "parent"}
DOUBTS: list[tuple[str, type[DetailedForm], dict[str, Any], str, str]] = [
    ("a master's degree at 15", EducationEntryForm, CREDENTIAL, "completion_date", "2009-12-31"),
    ("secondary school at four", EducationEntryForm, SECONDARY, "completion_date", "1998-06-30"),
    ("a report from before any was designated", EducationEntryForm, CREDENTIAL, "issued_on", "2013-04-16"),
    ("a report older than the degree", EducationEntryForm, CREDENTIAL, "issued_on", "2015-01-01"),
    ("work at fifteen", JobEntryForm, JOB, "start_date", "2009-12-31"),
    ("a parent born after the child", RelativeEntryForm, PARENT, "birth_date", "1995-01-01"),
]
EARLIER = {"completion_date": moved("start_date", "1997-01-01")}


@pytest.mark.parametrize(("form", "entry"), ENTRIES, ids=NAMES)
def test_what_an_entry_tells_is_kept_and_shown_again(form: type[DetailedForm], entry: dict[str, Any]) -> None:
    assert judged(form, entry).answer() == entry


@pytest.mark.parametrize(("form", "entry"), ENTRIES, ids=NAMES)
def test_without_details_an_entry_is_the_facts_alone(form: type[DetailedForm], entry: dict[str, Any]) -> None:
    bare = facts_in(entry)
    assert judged(form, bare).answer() == bare


@pytest.mark.parametrize(("form", "entry"), ENTRIES, ids=NAMES)
def test_every_detail_is_said_in_words(form: type[DetailedForm], entry: dict[str, Any]) -> None:
    rows = form.detail_rows(entry)
    assert len(rows) == len(entry["details"])
    assert all(label and answer for label, answer in rows)


@pytest.mark.parametrize(
    ("what", "form", "entry", "field", "day"), DOUBTS, ids=[doubt[0] for doubt in DOUBTS]
)
def test_what_cannot_well_be_is_asked_about_with_a_box_and_then_kept(
    what: str, form: type[DetailedForm], entry: dict[str, Any], field: str, day: str
) -> None:
    told = {**EARLIER.get(field, {}), **moved(field, day)}
    asked = judged(form, entry, **told)
    assert list(asked.errors) == [field], what
    assert "tick the box below" in asked.errors[field][0]
    names = list(asked.fields)
    assert names[names.index(field) + 1] == "sure"
    keys = boxes(asked)
    confirmed = judged(form, entry, **told, sure=keys)
    assert not confirmed.errors
    assert confirmed.answer()["details"]["sure"] == keys
    assert judged(form, confirmed.answer()).answer() == confirmed.answer()


def test_a_report_of_another_organization_is_asked_about_and_can_be_meant() -> None:
    asked = judged(EducationEntryForm, CREDENTIAL, organization="other")
    assert list(asked.errors) == ["organization"]
    meant = judged(EducationEntryForm, CREDENTIAL, organization="other", sure=boxes(asked))
    assert meant.answer()["eca"]["organization"] == "other"


def test_another_odd_date_is_asked_about_anew() -> None:
    sure = {**JOB, "details": {"sure": ["young_worker:2009-12-31"]}}
    assert not judged(JobEntryForm, sure, **moved("start_date", "2009-12-31")).errors
    assert list(judged(JobEntryForm, sure, **moved("start_date", "2009-11-30")).errors) == ["start_date"]


def test_a_job_of_more_than_sixty_years_is_asked_about() -> None:
    asked = judged(JobEntryForm, JOB, **moved("start_date", "1994-05-18"))
    assert boxes(asked) == ["young_worker:1994-05-18"]
    old = JobEntryForm(filled(JobEntryForm, JOB, **moved("start_date", "1960-01-01")), today=ON)
    old.is_valid()
    assert "more than 60 years" in old.errors["start_date"][0]


@pytest.mark.parametrize(
    ("form", "entry", "field"),
    [
        (EducationEntryForm, SECONDARY, "start_date"),
        (JobEntryForm, JOB, "start_date"),
        (CertificateEntryForm, CERTIFICATE, "issued_on"),
    ],
)
def test_what_lies_before_the_birth_is_refused_without_a_box(
    form: type[DetailedForm], entry: dict[str, Any], field: str
) -> None:
    refused = judged(form, entry, **moved(field, "1994-05-17"))
    assert "not after the birth date" in refused.errors[field][0]
    assert "sure" not in refused.fields


@pytest.mark.parametrize(
    ("form", "entry", "field"),
    [(LanguageTestEntryForm, TEST, "date_taken"), (RelativeEntryForm, RELATIVE, "birth_date")],
)
def test_a_day_still_to_come_is_refused(form: type[DetailedForm], entry: dict[str, Any], field: str) -> None:
    assert "still to come" in judged(form, entry, **moved(field, "2026-09-25")).errors[field][0]


def test_studies_that_end_before_they_start_are_refused() -> None:
    wrong = judged(EducationEntryForm, CREDENTIAL, **moved("completion_date", "2014-08-31"))
    assert "is before the first day" in wrong.errors["completion_date"][0]


@pytest.mark.parametrize(
    ("form", "entry", "field", "differences"),
    [
        (EducationEntryForm, CREDENTIAL, "standing", {"standing": "in_progress"}),
        (EducationEntryForm, CREDENTIAL, "academic_years", {"academic_years": "2.5"}),
        (LanguageTestEntryForm, TEST, "number", {"number": "12"}),
        (LanguageTestEntryForm, TEST, "number", {"number": "25NG—001234OKOA"}),
        (LanguageTestEntryForm, TEST, "reading", {"reading": "6.3"}),
        (JobEntryForm, JOB, "status", {"country": "NG"}),
        (JobEntryForm, JOB, "status", {"unusual": ["unauthorized"]}),
        (JobEntryForm, JOB, "title", {"title": "x" * 151}),
        (JobEntryForm, JOB, "employer", {"employer": "evil\u202eeman"}),
        (CertificateEntryForm, CERTIFICATE, "expires_on", moved("expires_on", "2024-06-02")),
        (JobOfferEntryForm, OFFER, "lmia_number", {"lmia": "no"}),
    ],
)
def test_what_does_not_go_together_is_said_at_the_field(
    form: type[DetailedForm], entry: dict[str, Any], field: str, differences: dict[str, Any]
) -> None:
    assert list(judged(form, entry, **differences).errors) == [field]
