"""`facts.parse` against the published schema on broken documents, and results against theirs."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rules import facts
from rules.assessment import assess
from rules.facts import Profile, ProfileError
from tests.rules.profiles import DATA, examples

PROFILE = Draft202012Validator(json.loads((DATA / "profile.schema.json").read_text(encoding="utf-8")))
RESULT = Draft202012Validator(json.loads((DATA / "result.schema.json").read_text(encoding="utf-8")))

BEYOND_THE_SCHEMA = {
    "impossible_day", "unknown_noc", "unknown_country", "born_later", "before_the_system", "after_the_horizon",
    "ends_before_it_starts", "too_large", "not_finite", "broken_text",
}  # fmt: skip
"""What a schema cannot say: calendars, code lists, the order of two days, what a database can hold."""

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2.0, 1.5, 1e300, 10**30, "", "CA", "en", "2024-02-29", "2023-02-29", "0000-00-00",
    "9999-12-31", "0001-01-01", "21232", "99999", "\ud800", "a\0b", [], {}, [None], [[]], {"a": 1}, float("inf"),
    float("nan"), 112, 113, 0.001, "none", "masters", "lmia", "open", "ON",
]  # fmt: skip


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every container and key of a document."""
    keys = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else []
    for key in keys:
        yield part, key
        yield from places(part[key])


def broken(document: Any, chance: random.Random) -> Any:
    """The document with one to three things changed, dropped or added."""
    document = copy.deepcopy(document)
    for _ in range(chance.randrange(1, 4)):
        holder, key = chance.choice(list(places(document)))
        change = chance.random()
        if change < 0.7:
            holder[key] = chance.choice(ODD)
        elif change < 0.85:
            del holder[key]
        elif isinstance(holder, dict):
            holder[chance.choice(["a", "age", "noc", "start_date", "spouse"])] = chance.choice(ODD)
        if not list(places(document)):
            break
    return document


def is_valid(document: Any) -> bool:
    return bool(PROFILE.is_valid(document))


def read_or_refused(document: Any) -> Profile | ProfileError:
    try:
        return facts.parse(document)
    except ProfileError as error:
        return error


@pytest.mark.parametrize("seed", range(20))
def test_what_the_schema_refuses_is_refused_and_what_it_allows_is_read(seed: int) -> None:
    chance = random.Random(seed)
    documents = [one["profile"] for one in examples()]
    for _ in range(60):
        document = broken(chance.choice(documents), chance)
        read = read_or_refused(document)
        if isinstance(read, ProfileError):
            assert not is_valid(document) or read.code in BEYOND_THE_SCHEMA
            assert read.message.isprintable()
        else:
            assert is_valid(document)
            assert facts.parse(facts.dump(read)) == read
            assess(read)


@pytest.mark.parametrize("example", [pytest.param(one, id=one["id"]) for one in examples()[::5]])
def test_a_dump_and_a_result_are_valid_by_their_schemas(example: dict[str, Any]) -> None:
    profile = facts.parse(example["profile"])
    assert is_valid(facts.dump(profile))
    RESULT.validate(assess(profile).to_json())


@pytest.mark.parametrize("as_of", ["2015-01-01", "2016-02-29", "2100-02-28", "2100-12-31"])
def test_days_at_the_ends_of_the_calendar_are_borne(as_of: str) -> None:
    far, near = "9999-12-31", "0001-01-01"
    job = {"noc": "21232", "country": "CA", "hours_per_week": 0.0001}
    assessed = {"issued_on": far, "equivalency": "none"}
    document = {
        **examples()[0]["profile"],
        "as_of": as_of,
        "birth_date": near,
        "settlement_funds_cad": 10**15,
        "family_size": 10**12,
        "education": [{"level": "masters", "country": "IN", "completion_date": near, "eca": assessed}],
        "language_tests": [
            {"test": test, "date_taken": day, "scores": dict.fromkeys(facts.ABILITIES, 0)}
            for test in facts.TESTS
            for day in (near, far)
        ],
        "work": [
            {**job, "start_date": near, "end_date": None},
            {**job, "start_date": near, "end_date": far},
            {**job, "start_date": far, "end_date": None},
        ],
        "relatives_in_canada": [
            {"relationship": "sibling", "of": "applicant", "birth_date": far, "status": "citizen"}
        ],
        "provincial_nomination": {"province": "ON", "issued_on": near, "expires_on": far},
    }
    result = assess(facts.parse(document))
    assert result.lines[0] == 0
    RESULT.validate(result.to_json())
