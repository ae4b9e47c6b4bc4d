"""A profile document is read strictly: every refusal names the place, what is wrong, what is expected."""

from datetime import date
from typing import Any

import pytest

from rules import facts
from rules.facts import ProfileError
from tests.rules.profiles import AMARA, TESTED, WORKED, amara, examples

NOMINATED: dict[str, Any] = {"province": "ON", "issued_on": "2026-02-01"}
SPOUSE: dict[str, Any] = {"accompanying": True, "canadian_citizen_or_pr": False}
OFFERED: dict[str, Any] = {
    "noc": "21232", "hours_per_week": 40, "duration_months": None, "lmia": True, "work_permit": None,
}  # fmt: skip


def refusal(document: object) -> ProfileError:
    with pytest.raises(ProfileError) as refused:
        facts.parse(document)
    return refused.value


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("text for a number", {"settlement_funds_cad": "30000"}, "settlement_funds_cad", "number_as_text"),
    ("true for a number", {"settlement_funds_cad": True}, "settlement_funds_cad", "not_a_number"),
    ("null for a number", {"settlement_funds_cad": None}, "settlement_funds_cad", "not_a_number"),
    ("NaN", {"settlement_funds_cad": float("nan")}, "settlement_funds_cad", "not_finite"),
    ("infinity", {"settlement_funds_cad": float("inf")}, "settlement_funds_cad", "not_finite"),
    ("a huge number", {"settlement_funds_cad": 10**40}, "settlement_funds_cad", "too_large"),
    ("a negative amount", {"settlement_funds_cad": -0.01}, "settlement_funds_cad", "too_small"),
    ("half a person", {"family_size": 1.5}, "family_size", "not_whole"),
    ("no family", {"family_size": 0}, "family_size", "too_small"),
    ("a day that never was", {"birth_date": "1998-02-30"}, "birth_date", "impossible_day"),
    ("29 February of a common year", {"birth_date": "1998-02-29"}, "birth_date", "impossible_day"),
    ("the year 0", {"birth_date": "0000-01-01"}, "birth_date", "impossible_day"),
    ("a month 13", {"birth_date": "1998-13-01"}, "birth_date", "impossible_day"),
    ("a day without dashes", {"birth_date": "19980615"}, "birth_date", "not_a_day"),
    ("a week date", {"birth_date": "1998-W25-1"}, "birth_date", "not_a_day"),
    ("an instant", {"birth_date": "1998-06-15T00:00"}, "birth_date", "not_a_day"),
    ("foreign digits", {"birth_date": "１９９８-06-15"}, "birth_date", "not_a_day"),
    ("a number for a day", {"birth_date": 19980615}, "birth_date", "not_a_day"),
    ("born tomorrow", {"birth_date": "2026-03-02"}, "birth_date", "born_later"),
    ("before Express Entry", {"as_of": "2014-12-31"}, "as_of", "before_the_system"),
    ("too far ahead", {"as_of": "2101-01-01"}, "as_of", "after_the_horizon"),
    ("an unknown marital status", {"marital_status": "single"}, "marital_status", "unknown_code"),
    ("an unknown province", {"intended_province": "XX"}, "intended_province", "unknown_code"),
    ("an unknown language", {"first_official_language": "de"}, "first_official_language", "unknown_code"),
    ("a list for a code", {"first_official_language": ["en"]}, "first_official_language", "unknown_code"),
    ("an unknown occupation", {"primary_occupation_noc": "00000"}, "primary_occupation_noc", "unknown_noc"),
    ("an occupation as a number", {"primary_occupation_noc": 21232}, "primary_occupation_noc", "unknown_noc"),
    ("null for a list", {"work": None}, "work", "not_a_list"),
    ("an object for a list", {"work": {}}, "work", "not_a_list"),
    ("a number in a list", {"work": [WORKED, 7]}, "work[1]", "not_an_object"),
    ("an unknown key", {"age": 27}, "age", "unknown_key"),
    ("an unknown key inside", {"work": [{**WORKED, "hours": 3}]}, "work[0].hours", "unknown_key"),
    ("an unknown country", {"work": [{**WORKED, "country": "UK"}]}, "work[0].country", "unknown_country"),
    ("a small country", {"work": [{**WORKED, "country": "ca"}]}, "work[0].country", "unknown_country"),
    ("too many hours", {"work": [{**WORKED, "hours_per_week": 112.5}]}, "work[0].hours_per_week", "above_maximum"),
    ("no hours", {"work": [{**WORKED, "hours_per_week": 0}]}, "work[0].hours_per_week", "not_above"),
    ("an end before the start", {"work": [{**WORKED, "end_date": "2020-01-05"}]}, "work[0].end_date",
     "ends_before_it_starts"),
    ("a yes for true", {"work": [{**WORKED, "paid": "yes"}]}, "work[0].paid", "not_a_boolean"),
    ("one for true", {"work": [{**WORKED, "paid": 1}]}, "work[0].paid", "not_a_boolean"),
    ("null for true", {"work": [{**WORKED, "paid": None}]}, "work[0].paid", "not_a_boolean"),
    ("an unknown test", {"language_tests": [{**TESTED, "test": "toefl"}]}, "language_tests[0].test",
     "unknown_code"),
    ("a score as text", {"language_tests": [{**TESTED, "scores": {**TESTED["scores"], "reading": "7"}}]},
     "language_tests[0].scores.reading", "number_as_text"),
    ("a missing score", {"language_tests": [{**TESTED, "scores": {"listening": 8}}]},
     "language_tests[0].scores.reading", "missing"),
    ("missing scores", {"language_tests": [{"test": "pte_core", "date_taken": "2025-01-01"}]},
     "language_tests[0].scores", "missing"),
    ("null for scores", {"language_tests": [{**TESTED, "scores": None}]}, "language_tests[0].scores",
     "not_an_object"),
    ("studies that end before they start",
     {"education": [{"level": "masters", "country": "CA", "start_date": "2020-01-02",
                     "completion_date": "2020-01-01"}]},
     "education[0].completion_date", "ends_before_it_starts"),
    ("no word on completion", {"education": [{"level": "masters", "country": "CA"}]},
     "education[0].completion_date", "missing"),
    ("a broken organization",
     {"education": [{"level": "masters", "country": "IN", "completion_date": None,
                     "eca": {"issued_on": "2025-01-01", "equivalency": "masters", "organization": "\ud800"}}]},
     "education[0].eca.organization", "broken_text"),
    ("a missing permit", {"job_offer": {k: v for k, v in OFFERED.items() if k != "work_permit"}},
     "job_offer.work_permit", "missing"),
    ("a missing duration", {"job_offer": {k: v for k, v in OFFERED.items() if k != "duration_months"}},
     "job_offer.duration_months", "missing"),
    ("a negative duration", {"job_offer": {**OFFERED, "duration_months": -1}}, "job_offer.duration_months",
     "too_small"),
    ("an unknown nomination", {"provincial_nomination": {**NOMINATED, "province": "Ontario"}},
     "provincial_nomination.province", "unknown_code"),
    ("a spouse in a list", {"spouse": [SPOUSE]}, "spouse", "not_an_object"),
    ("a spouse who may come", {"spouse": {**SPOUSE, "accompanying": None}}, "spouse.accompanying",
     "not_a_boolean"),
    ("null for the spouse's language", {"spouse": {**SPOUSE, "first_official_language": None}},
     "spouse.first_official_language", "unknown_code"),
    ("a job of the spouse", {"spouse": {**SPOUSE, "work": [{**WORKED, "noc": "21"}]}}, "spouse.work[0].noc",
     "unknown_noc"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "path", "code"), [pytest.param(*case[1:], id=case[0]) for case in REFUSED]
)
def test_what_cannot_be_read_is_refused_at_its_place(changes: dict[str, Any], path: str, code: str) -> None:
    refused = refusal({**AMARA, **changes})
    assert (refused.path, refused.code) == (path, code)
    assert refused.message.endswith((".", "]", '"')) or refused.message[-1].isalnum()


@pytest.mark.parametrize("key", sorted(AMARA))
def test_a_required_key_that_is_missing_is_named(key: str) -> None:
    refused = refusal({name: value for name, value in AMARA.items() if name != key})
    assert (refused.path, refused.code) == (key, "missing")


@pytest.mark.parametrize("document", [None, [], "profile", 3, True])
def test_only_an_object_is_a_profile(document: object) -> None:
    assert refusal(document).code == "not_an_object"


def test_the_message_says_what_was_found_and_what_is_expected() -> None:
    refused = refusal({**AMARA, "language_tests": [{**TESTED, "test": "toefl"}]})
    assert '"toefl"' in refused.message
    assert '"ielts_general"' in refused.message


def test_the_error_reads_as_place_and_message() -> None:
    assert str(refusal({**AMARA, "family_size": 0})) == "family_size: This must be 1 or more, but it is 0."


@pytest.mark.parametrize("example", [pytest.param(one, id=one["id"]) for one in examples()])
def test_what_is_dumped_parses_to_the_same_profile(example: dict[str, Any]) -> None:
    profile = facts.parse(example["profile"])
    assert facts.parse(facts.dump(profile)) == profile


def test_missing_optional_answers_take_the_defaults_of_the_format() -> None:
    profile = amara(work=[WORKED], spouse=SPOUSE)
    assert (profile.work[0].paid, profile.work[0].authorized) == (True, True)
    assert (profile.work[0].self_employed, profile.work[0].full_time_student) == (False, False)
    assert (profile.education, profile.job_offer, profile.intended_province) == ((), None, None)
    assert profile.spouse is not None
    assert profile.spouse.first_official_language is None


def test_a_dump_holds_every_key_but_those_that_cannot_be_null() -> None:
    document = facts.dump(amara(spouse=SPOUSE))
    assert len(document) == 17
    assert "first_official_language" not in document["spouse"]
    assert document["job_offer"] is None


def test_whole_numbers_may_be_written_with_a_point() -> None:
    profile = amara(family_size=2.0, settlement_funds_cad=-0.0)
    assert (profile.family_size, profile.settlement_funds_cad) == (2, 0)
    assert isinstance(profile.family_size, int)


def test_days_of_the_future_are_read() -> None:
    profile = amara(
        work=[{**WORKED, "end_date": "2030-01-01"}], language_tests=[{**TESTED, "date_taken": "9999-12-31"}]
    )
    assert profile.work[0].end_date == date(2030, 1, 1)


def test_a_nomination_that_ends_before_it_begins_is_read() -> None:
    assert amara(provincial_nomination={**NOMINATED, "expires_on": "2026-01-01"}).provincial_nomination


def test_a_spouse_is_read_only_for_the_married_and_common_law_partners() -> None:
    read = [
        status for status in facts.MARITAL_STATUSES if amara(marital_status=status, spouse=SPOUSE).partner
    ]
    assert read == ["married", "common_law"]
