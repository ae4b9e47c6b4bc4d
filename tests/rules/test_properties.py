"""What must hold for every profile, tried on random ones that sit on boundaries."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.assessment import Assessment, assess, assess_many
from rules.categories import CATEGORY_BITS
from rules.facts import dump, parse
from rules.programs import PROGRAM_BITS
from rules.results import text
from tests.rules.oracle_tables import ABILITIES
from tests.rules.strategies import credential, documents, job, occupation, profiles, strong_credential

Json = dict[str, Any]
MOST = {
    "age": 110, "education": 150, "first_language": 136, "second_language": 24, "canadian_work": 80,
    "spouse_education": 10, "spouse_language": 20, "spouse_canadian_work": 10,
    "transfer_education": 50, "transfer_foreign_work": 50, "transfer_trade_certificate": 50,
    "provincial_nomination": 600, "arranged_employment": 600, "canadian_study": 30, "french": 50,
    "sibling": 15,
}  # fmt: skip
MOST_FSW = {
    "education": 25, "language": 28, "experience": 15, "age": 12, "arranged_employment": 10,
    "adaptability": 10,
}  # fmt: skip
thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
brief = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def score(document: Json) -> Assessment:
    return assess(parse(document), next_change=False)


def assert_no_worse(
    before: Assessment, after: Assessment, programs: tuple[str, ...] = ("CEC", "FSW", "FST")
) -> None:
    assert after.total >= before.total
    assert (after.programs["FSW"].points or 0) >= (before.programs["FSW"].points or 0)
    for program in programs:
        assert set(after.programs[program].reasons) <= set(before.programs[program].reasons)


def changed(document: Json, **entries: Any) -> Json:
    return copy.deepcopy(document) | entries


# ---- caps -----------------------------------------------------------------------------------------------


@thorough
@given(profiles())
def test_every_line_section_and_total_stays_within_its_cap(document: Json) -> None:
    crs = score(document).to_json()["crs"]
    assert [line["factor"] for line in crs["lines"]] == list(MOST)
    assert all(0 <= line["points"] <= MOST[line["factor"]] for line in crs["lines"])
    assert 0 <= crs["core"] <= (500 if crs["spouse"] == 0 else 460)
    assert (crs["spouse"] <= 40, crs["transferability"] <= 100, crs["additional"] <= 600) == (
        True,
        True,
        True,
    )
    assert crs["total"] == sum(
        crs[section] for section in ("core", "spouse", "transferability", "additional")
    )
    assert crs["total"] <= 1200


@thorough
@given(profiles())
def test_the_selection_grid_stays_within_its_caps_and_sums_up(document: Json) -> None:
    verdict = score(document).programs["FSW"]
    factors = verdict.factors or {}
    assert {name: 0 <= points <= MOST_FSW[name] for name, points in factors.items()} == dict.fromkeys(
        MOST_FSW, True
    )
    assert verdict.points == sum(factors.values())


@thorough
@given(profiles())
def test_a_program_is_met_exactly_when_nothing_fails(document: Json) -> None:
    result = score(document)
    for program, verdict in result.programs.items():
        assert verdict.eligible == (not verdict.reasons)
        assert bool(result.program_bits & PROGRAM_BITS[program]) == verdict.eligible
    nominated = result.to_json()["crs"]["lines"][11]["points"] > 0
    assert bool(result.program_bits & PROGRAM_BITS["PNP"]) == nominated
    assert sum(CATEGORY_BITS[code] for code in result.categories) == result.category_bits


# ---- more never lowers ----------------------------------------------------------------------------------


@thorough
@given(profiles(), st.integers(0, 3), st.sampled_from(ABILITIES), st.integers(1, 300))
def test_a_higher_score_in_a_sitting_never_lowers_anything(
    document: Json, which: int, ability: str, by: int
) -> None:
    """Holds for scores within one sitting.

    A further sitting may lower the total: the latest valid one counts, however weak (interpretation rule 4).
    """
    better = copy.deepcopy(document)
    for holder in (better, better.get("spouse") or {}):
        for test in holder.get("language_tests", [])[which : which + 1]:
            test["scores"][ability] += by if test["test"].startswith(("tef", "tcf", "pte")) else by / 100
    assert_no_worse(score(document), score(better))


@thorough
@given(profiles(), st.randoms(use_true_random=False), st.booleans())
def test_a_further_credential_never_lowers_anything(document: Json, rng: random.Random, strong: bool) -> None:
    on = date.fromisoformat(document["as_of"])
    further = strong_credential(rng, on) if strong else credential(rng, on)
    more = changed(document, education=[*document.get("education", []), further])
    assert_no_worse(score(document), score(more))


@thorough
@given(profiles(), st.sampled_from(("two_year", "three_year", "masters", "doctoral")))
def test_a_further_credential_of_the_spouse_never_lowers_the_total(document: Json, level: str) -> None:
    spouse = document.get("spouse")
    if not spouse:
        return
    degree = {"level": level, "country": "CA", "completion_date": "2012-01-31"}
    more = changed(document, spouse=spouse | {"education": [*spouse.get("education", []), degree]})
    assert_no_worse(score(document), score(more))


@thorough
@given(profiles(), st.integers(1, 50000))
def test_more_money_never_lowers_anything(document: Json, more: int) -> None:
    richer = changed(document, settlement_funds_cad=document["settlement_funds_cad"] + more)
    before, after = score(document), score(richer)
    assert after.total == before.total
    assert_no_worse(before, after)


@thorough
@given(profiles(), st.randoms(use_true_random=False))
def test_a_further_job_never_lowers_the_total_nor_the_selection_grid(
    document: Json, rng: random.Random
) -> None:
    """Not so for CEC: more hours in an occupation of TEER 0 or 1 may raise its language level from 5 to 7.

    The law says so (s. 87.1(2)(e)); the test after this one shows it.
    """
    on = date.fromisoformat(document["as_of"])
    further = job(rng, on, occupation(rng), None)
    more = changed(document, work=[*document.get("work", []), further])
    assert_no_worse(score(document), score(more), ("FSW", "FST"))


def experienced(**entries: Any) -> Json:
    """A candidate with one year as a cook in Canada and CLB 5, who meets CEC."""
    cook = {
        "noc": "63200",
        "country": "CA",
        "start_date": "2024-01-01",
        "end_date": "2024-12-31",
        "hours_per_week": 30,
    }
    return {
        "as_of": "2026-01-01",
        "birth_date": "1990-01-01",
        "marital_status": "never_married",
        "family_size": 1,
        "settlement_funds_cad": 0,
        "first_official_language": "en",
        "primary_occupation_noc": "63200",
        "language_tests": [sitting("2025-01-01", 5)],
        "work": [cook],
    } | entries


def sitting(day: str, level: int) -> Json:
    return {"test": "celpip_general", "date_taken": day, "scores": dict.fromkeys(ABILITIES, level)}


def test_more_work_in_a_professional_occupation_may_cost_the_canadian_experience_class() -> None:
    before = experienced()
    manager = before["work"][0] | {"noc": "60030", "hours_per_week": 40, "end_date": "2025-12-31"}
    after = experienced(work=[*before["work"], manager])
    assert score(before).programs["CEC"].eligible
    assert score(after).programs["CEC"].reasons == ("language_below_minimum",)


def test_a_later_and_weaker_sitting_lowers_the_total() -> None:
    before = experienced(language_tests=[sitting("2025-01-01", 9)])
    after = experienced(language_tests=[sitting("2025-01-01", 9), sitting("2025-06-01", 7)])
    assert score(after).total < score(before).total


# ---- reading and batches --------------------------------------------------------------------------------


@thorough
@given(profiles())
def test_a_profile_written_out_and_read_again_is_the_same(document: Json) -> None:
    profile = parse(document)
    assert parse(dump(profile)) == profile


@thorough
@given(profiles())
def test_a_result_written_as_text_is_its_document(document: Json) -> None:
    result = assess(parse(document))
    assert json.loads(text(result)) == result.to_json()


@brief
@given(st.lists(profiles(), max_size=12))
def test_many_profiles_at_once_give_the_same_as_one_at_a_time(batch: list[Json]) -> None:
    found = [parse(document) for document in batch]
    assert [result.to_json() for result in assess_many(found)] == [assess(one).to_json() for one in found]


def test_a_long_table_gives_the_same_as_one_row_at_a_time() -> None:
    found = [parse(document) for document in documents(41, 400)]
    on = date(2026, 3, 1)
    assert [result.to_json() for result in assess_many(found, on)] == [
        assess(one, on).to_json() for one in found
    ]


@thorough
@given(profiles(), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_a_day_given_stands_for_the_day_in_the_profile(document: Json, on: date) -> None:
    dated = changed(document, as_of=on.isoformat())
    assert assess(parse(document), on).to_json() == assess(parse(dated)).to_json()
