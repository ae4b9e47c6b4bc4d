"""The form of each kind of fact: profile JSON in, profile JSON out, and errors that say what to do."""

from datetime import date
from typing import Any

import pytest

from eligibility import forms
from eligibility.forms.base import AnswerForm
from tests.eligibility.walking import typed
from tests.factories import AT
from tests.personas import EVERYBODY

TODAY = AT.date()
ENTRIES: dict[str, type[AnswerForm]] = {
    "education": forms.EducationForm,
    "language_tests": forms.LanguageTestForm,
    "work": forms.JobForm,
    "relatives_in_canada": forms.RelativeForm,
}
SCALARS = (
    forms.ProvinceForm,
    forms.PersonalForm,
    forms.FamilySizeForm,
    forms.FundsForm,
    forms.FirstLanguageForm,
    forms.StudiedTwoYearsForm,
)
OFFER = {
    "noc": "21232",
    "hours_per_week": 37.5,
    "duration_months": None,
    "lmia": False,
    "work_permit": "lmia_exempt",
    "employer_since": "2025-03-01",
}
NOMINATION = {"province": "AB", "issued_on": "2026-03-01", "expires_on": None}
CERTIFICATE = {"noc": "72200", "issuer": "CA", "issued_on": "2024-06-03"}
JOB = {
    "noc": "31301",
    "country": "CA",
    "start_date": "2020-01-06",
    "end_date": "2023-06-30",
    "hours_per_week": 30,
    "paid": False,
    "authorized": False,
    "self_employed": True,
    "full_time_student": True,
}


def again(form: type[AnswerForm], part: Any, **options: Any) -> Any:
    """Return the answer of a form that is shown with a part and sent back as it is."""
    sent = form(typed(form.showing(part, today=TODAY, **options)), today=TODAY, **options)
    assert sent.is_valid(), sent.errors
    return sent.answer()


def refused(form: type[AnswerForm], part: Any, **typed_instead: str) -> dict[str, list[str]]:
    """Return the errors of a form that is shown with a part, changed, and sent."""
    sent = form({**typed(form.showing(part, today=TODAY)), **typed_instead}, today=TODAY)
    assert not sent.is_valid()
    return {name: [str(error) for error in errors] for name, errors in sent.errors.items()}


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_every_answer_of_a_persona_comes_back_unchanged(persona: Any) -> None:
    facts = persona.facts(TODAY)
    for key, form in ENTRIES.items():
        for part in facts[key]:
            assert again(form, part) == part
    for form in SCALARS:
        told = again(form, facts)
        assert told == {key: facts[key] for key in told}


@pytest.mark.parametrize(
    ("form", "part"),
    [
        (forms.JobOfferForm, OFFER),
        (forms.JobOfferForm, {**OFFER, "duration_months": 24, "work_permit": None, "employer_since": None}),
        (forms.NominationForm, NOMINATION),
        (forms.NominationForm, {**NOMINATION, "expires_on": "2027-02-28"}),
        (forms.CertificateForm, CERTIFICATE),
        (forms.JobForm, JOB),
        (forms.JobForm, {**JOB, "end_date": None, "paid": True}),
    ],
)
def test_every_thing_comes_back_unchanged(form: type[AnswerForm], part: Any) -> None:
    assert again(form, part) == part


@pytest.mark.parametrize("undecided", [None, "QC"])
def test_a_province_or_none_comes_back_unchanged(undecided: str | None) -> None:
    assert again(forms.ProvinceForm, {"intended_province": undecided}) == {"intended_province": undecided}


def test_an_unanswered_form_is_shown_empty() -> None:
    assert not any(typed(forms.PersonalForm.showing({}, today=TODAY)).values())
    assert not any(typed(forms.JobForm.showing(None, today=TODAY)).values())


def test_work_of_a_partner_is_in_canada_without_being_asked() -> None:
    assert again(forms.JobForm, JOB, country="CA") == JOB


def test_a_primary_occupation_is_one_of_the_jobs_or_none() -> None:
    options = {"occupations": ["21232", "31301", "21232"]}
    for code in ("21232", None):
        part = {"primary_occupation_noc": code}
        assert again(forms.PrimaryOccupationForm, part, **options) == part
    other = forms.PrimaryOccupationForm({"primary_occupation_noc": "72200"}, today=TODAY, **options)
    assert not other.is_valid()


def test_a_single_person_is_not_asked_whose_relative_it_is() -> None:
    relative = {"relationship": "sibling", "of": "applicant", "birth_date": "1990-02-03", "status": "citizen"}
    assert "of" not in forms.RelativeForm(today=TODAY, partnered=False).fields
    assert again(forms.RelativeForm, relative, partnered=False) == relative


def test_a_day_to_come_is_refused_as_a_birth_date() -> None:
    errors = refused(forms.BirthDateForm, {"birth_date": "1994-05-17"}, birth_date_year="2027")
    assert errors["birth_date"] == [
        "17 May 2027 is still to come. Enter today’s date, 24 September 2026, or an earlier day."
    ]


def test_a_job_that_ends_before_it_starts_is_refused_with_both_days() -> None:
    errors = refused(forms.JobForm, JOB, end_date_year="2019")
    assert errors["end_date"] == [
        "The last day, 30 June 2019, is before the first day, 6 January 2020. Check the month and the year."
    ]


def test_a_job_needs_a_last_day_or_the_tick() -> None:
    errors = refused(forms.JobForm, JOB, end_date_day="", end_date_month="", end_date_year="")
    assert errors["end_date"] == ["Enter the last day of the job, or tick that it goes on."]


def test_a_job_cannot_both_have_ended_and_go_on() -> None:
    assert "current" in refused(forms.JobForm, JOB, current="on")


def test_a_job_that_ends_in_the_future_goes_on() -> None:
    errors = refused(forms.JobForm, JOB, end_date_year="2027")
    assert errors["end_date"] == [
        "30 June 2027 is still to come. If the job goes on, leave the last day empty and tick the box."
    ]


def test_an_impossible_date_is_refused_once() -> None:
    errors = refused(forms.JobForm, JOB, end_date_day="31", end_date_month="6")
    assert errors == {"end_date": ["31 June 2023 is not a day. June has 30 days."]}


def test_an_unknown_occupation_is_refused() -> None:
    assert "12345 is not a code of NOC 2021." in refused(forms.JobForm, JOB, noc="12345")["noc"][0]


def test_an_offer_needs_a_length_or_the_tick() -> None:
    offer = {**OFFER, "duration_months": 24}
    assert "duration_months" in refused(forms.JobOfferForm, offer, duration_months="")
    assert "permanent" in refused(forms.JobOfferForm, offer, permanent="on")


def test_a_nomination_cannot_end_before_it_was_issued() -> None:
    errors = refused(forms.NominationForm, {**NOMINATION, "expires_on": "2026-09-01"}, expires_on_year="2025")
    assert errors["expires_on"] == [
        "The certificate cannot end, 1 September 2025, before it was issued, 1 March 2026. Check both dates."
    ]


CREDENTIAL = {
    "level": "masters",
    "country": "IN",
    "start_date": None,
    "completion_date": "2020-05-31",
    "eca": {"organization": "WES", "issued_on": "2024-01-15", "equivalency": "masters"},
    "canadian_study": None,
}


def test_an_assessment_needs_all_its_details() -> None:
    errors = refused(forms.EducationForm, CREDENTIAL, organization="", issued_on_day="", equivalency="")
    assert set(errors) == {"organization", "issued_on", "equivalency"}


def test_a_foreign_credential_asks_whether_it_was_assessed() -> None:
    assert set(refused(forms.EducationForm, {**CREDENTIAL, "eca": None}, has_eca="")) == {"has_eca"}


def test_a_canadian_credential_asks_for_the_study_and_forgets_an_assessment() -> None:
    assert set(refused(forms.EducationForm, CREDENTIAL, country="CA")) == {
        "full_time_months",
        "months_in_canada",
    }
    sent = typed(forms.EducationForm.showing(CREDENTIAL, today=TODAY))
    sent |= {"country": "CA", "full_time_months": "16", "months_in_canada": "16"}
    form = forms.EducationForm(sent, today=TODAY)
    assert form.is_valid()
    assert form.answer()["eca"] is None
    assert form.answer()["canadian_study"]["full_time_months"] == 16


def test_an_unfinished_credential_asks_for_neither() -> None:
    unfinished = {**CREDENTIAL, "completion_date": None, "eca": None}
    assert again(forms.EducationForm, unfinished) == unfinished


def test_a_canadian_secondary_diploma_asks_for_neither() -> None:
    diploma = {**CREDENTIAL, "country": "CA", "level": "secondary", "eca": None}
    assert again(forms.EducationForm, diploma) == diploma


def test_an_assessor_who_is_not_listed_is_another_organization() -> None:
    eca = {"organization": "Some university", "issued_on": "2024-01-15", "equivalency": "masters"}
    assert forms.AssessmentForm.initial_of({"eca": eca})["organization"] == "other"


@pytest.mark.parametrize(
    ("test", "day", "good", "bad"),
    [
        ("ielts_general", "2026-03-01", ("9", "0", "6.5", "7,5"), ("9.5", "-1", "6.25", "x")),
        ("celpip_general", "2026-03-01", ("12", "3", "9", "10"), ("13", "7.5", "-1", "x")),
        ("pte_core", "2026-03-01", ("90", "10", "68", "42"), ("91", "9", "60.5", "x")),
        ("tef_canada", "2026-03-01", ("699", "0", "500", "456"), ("700", "300.5", "-1", "x")),
        ("tef_canada", "2019-09-30", ("360", "300", "450", "450"), ("361", "301", "451", "500")),
        ("tef_canada", "2019-10-01", ("361", "301", "451", "500"), ("700", "700", "700", "700")),
        ("tcf_canada", "2026-03-01", ("699", "331", "20", "4"), ("700", "0.5", "21", "458")),
    ],
)
def test_scores_are_checked_on_the_scale_of_their_test(
    test: str, day: str, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    taken = date.fromisoformat(day)
    abilities = ("listening", "reading", "writing", "speaking")
    fits = forms.ScoresForm(dict(zip(abilities, good, strict=True)), today=TODAY, test=test, taken=taken)
    assert fits.is_valid(), fits.errors
    misfits = forms.ScoresForm(dict(zip(abilities, bad, strict=True)), today=TODAY, test=test, taken=taken)
    assert set(misfits.errors) == set(abilities)


def test_a_whole_number_scale_says_so() -> None:
    part = {
        "test": "tcf_canada",
        "date_taken": "2026-03-01",
        "scores": dict.fromkeys(("listening", "reading", "writing", "speaking"), 10),
    }
    errors = refused(forms.LanguageTestForm, part, speaking="12,5")
    assert errors["speaking"] == ["12.5 is no score of TCF Canada. Enter a whole number from 0 to 20."]


def test_yes_or_no_must_be_answered() -> None:
    form = forms.YesOrNoForm({}, today=TODAY)
    assert [str(error) for error in form.errors["answered"]] == ["Choose an answer."]
