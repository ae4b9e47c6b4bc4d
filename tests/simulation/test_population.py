"""A made pool: repeatable, true to the bands, and made of people whom the rules admit."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from draws.charts.bands import BANDS
from rules import deadlines
from rules.assessment import assess_many
from rules.education import LEVELS
from rules.facts import TESTS, dump, parse
from simulation.population.bands import band_of, published, quotas
from simulation.population.histories import Candidate, is_eligible
from simulation.population.levels import Level
from simulation.population.pool import Recipe, make
from simulation.population.workers import generate
from tests.simulation.conftest import RECIPE

HALF_A_POINT = 0.005


def facts_of(candidate: Candidate, version: int = -1) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(candidate.versions[version].facts)
    return facts


def as_of_today(candidates: Sequence[Candidate]) -> list[Any]:
    profiles = [parse(facts_of(candidate) | {"as_of": RECIPE.as_of.isoformat()}) for candidate in candidates]
    return assess_many(profiles, next_change=False)


def test_levels_stand_in_the_order_of_the_rules() -> None:
    assert tuple(level.word for level in Level) == LEVELS


def test_the_same_recipe_gives_the_same_candidates(candidates: Sequence[Candidate]) -> None:
    assert make(RECIPE, range(100)) == candidates[:100]


def test_a_candidate_does_not_depend_on_the_chunk_it_is_made_in(candidates: Sequence[Candidate]) -> None:
    alone = [make(RECIPE, [index])[0] for index in (7, 1_234, 1_999)]
    assert alone == [candidates[7], candidates[1_234], candidates[1_999]]


def test_chunks_come_back_in_order() -> None:
    recipe = Recipe(seed=5, as_of=RECIPE.as_of, size=90)
    chunks = list(generate(recipe, processes=1, chunk=40))
    assert [len(chunk) for chunk in chunks] == [40, 40, 10]
    assert [candidate.index for chunk in chunks for candidate in chunk] == list(range(90))


@pytest.mark.slow
def test_two_processes_make_the_pool_that_one_makes() -> None:
    recipe = Recipe(seed=5, as_of=RECIPE.as_of, size=120)
    together = [found for chunk in generate(recipe, processes=2, chunk=25) for found in chunk]
    assert together == make(recipe, range(120))


def test_another_seed_gives_other_candidates(candidates: Sequence[Candidate]) -> None:
    other = make(Recipe(seed=12, as_of=RECIPE.as_of, size=RECIPE.size), range(20))
    assert not {found.versions for found in other} & {found.versions for found in candidates[:20]}


def test_each_band_has_its_quota_to_the_candidate(candidates: Sequence[Candidate]) -> None:
    held = Counter(band_of(candidate.scored.score) for candidate in candidates)
    assert [held[band] for band in range(len(BANDS))] == list(quotas(published("447"), RECIPE.size))


def test_each_band_is_within_half_a_point_of_the_published_share(candidates: Sequence[Candidate]) -> None:
    counts = published("447").counts
    held = Counter(band_of(candidate.scored.score) for candidate in candidates)
    for band, count in enumerate(counts):
        assert abs(held[band] / len(candidates) - count / sum(counts)) <= HALF_A_POINT


def test_candidates_thin_out_above_500(candidates: Sequence[Candidate]) -> None:
    scores = [candidate.scored.score for candidate in candidates]
    tens = [sum(low <= score < low + 10 for score in scores) for low in (501, 511, 521, 531)]
    assert all(0.35 < upper / lower < 0.65 for lower, upper in pairwise(tens))


def test_no_single_score_is_a_spike(candidates: Sequence[Candidate]) -> None:
    held = Counter(candidate.scored.score for candidate in candidates)
    for score in range(402, 500):
        around = (held[score - 1] + held[score] + held[score + 1]) / 3
        assert held[score] <= 1.6 * around


def test_the_rules_give_everybody_the_score_that_the_pool_holds(candidates: Sequence[Candidate]) -> None:
    found = [result.total for result in as_of_today(candidates)]
    assert found == [candidate.scored.score for candidate in candidates]


def test_the_rules_admit_everybody_to_the_pool_today(candidates: Sequence[Candidate]) -> None:
    assert all(is_eligible(result) for result in as_of_today(candidates))


def test_nothing_is_due_before_the_next_day(candidates: Sequence[Candidate]) -> None:
    due = [candidate.scored.next_change_on for candidate in candidates]
    assert all(day is None or day > RECIPE.as_of for day in due)


def test_a_night_finds_at_most_one_percent_due(candidates: Sequence[Candidate]) -> None:
    due = Counter(candidate.scored.next_change_on for candidate in candidates)
    assert max(due.values()) <= len(candidates) / 100


def test_each_assessment_follows_from_what_had_been_sent_by_then(candidates: Sequence[Candidate]) -> None:
    for candidate in candidates[:200]:
        profiles = [
            parse(facts_of(candidate, result.version) | {"as_of": result.as_of.isoformat()})
            for result in candidate.assessments
        ]
        found = [(result.total, result.next_change_on) for result in assess_many(profiles)]
        assert found == [(result.score, result.next_change_on) for result in candidate.assessments]


def test_no_assessment_is_missing_between_submission_and_today(candidates: Sequence[Candidate]) -> None:
    for candidate in candidates:
        made = candidate.assessments
        assert made[0].at == candidate.submitted_at
        for earlier, later in pairwise(made):
            assert earlier.at < later.at
            assert later.version > earlier.version or later.as_of == earlier.next_change_on


def test_every_fact_sent_is_a_valid_profile_in_full(candidates: Sequence[Candidate]) -> None:
    for candidate in candidates[:300]:
        for version in range(len(candidate.versions)):
            facts = facts_of(candidate, version)
            assert dump(parse(facts)) == facts


def test_nothing_sent_is_younger_than_the_day_it_was_sent(candidates: Sequence[Candidate]) -> None:
    for candidate in candidates:
        for version in candidate.versions:
            facts = json.loads(version.facts)
            sent_on = version.submitted_at.date().isoformat()
            assert facts["as_of"] == sent_on
            days = [job["start_date"] for job in facts["work"]]
            days += [job["end_date"] for job in facts["work"] if job["end_date"]]
            days += [test["date_taken"] for test in facts["language_tests"]]
            days += [entry["eca"]["issued_on"] for entry in facts["education"] if entry["eca"]]
            assert max(days) <= sent_on


def test_everybody_submitted_within_the_last_twelve_months(candidates: Sequence[Candidate]) -> None:
    midnight = datetime(RECIPE.as_of.year, RECIPE.as_of.month, RECIPE.as_of.day, tzinfo=UTC)
    for candidate in candidates:
        assert candidate.submitted_at < midnight + timedelta(days=1)
        assert deadlines.profile_deadline(candidate.submitted_at) > midnight


def test_submissions_are_told_apart_by_the_microsecond_but_for_a_few(candidates: Sequence[Candidate]) -> None:
    instants = Counter(candidate.submitted_at for candidate in candidates)
    shared = sum(count for count in instants.values() if count > 1)
    assert 0 < shared < len(candidates) / 50
    assert sum(instant.microsecond > 0 for instant in instants) > 0.99 * len(instants)


def test_all_five_tests_occur_and_french_is_a_first_language_for_some(
    candidates: Sequence[Candidate],
) -> None:
    people = [facts_of(candidate) for candidate in candidates]
    assert {test["test"] for facts in people for test in facts["language_tests"]} == set(TESTS)
    share = sum(facts["first_official_language"] == "fr" for facts in people) / len(people)
    assert 0.03 < share < 0.3


def test_the_pool_is_as_mixed_as_people_are(candidates: Sequence[Candidate]) -> None:
    people = [facts_of(candidate) for candidate in candidates]
    jobs = [job for facts in people for job in facts["work"]]
    assert len({facts["primary_occupation_noc"] for facts in people}) > 120
    assert len({job["country"] for job in jobs}) > 30
    assert any(job["self_employed"] for job in jobs)
    assert any(job["full_time_student"] for job in jobs)
    assert any(not job["paid"] for job in jobs)
    assert any(job["hours_per_week"] < 30 for job in jobs)
    for paper in ("certificate_of_qualification", "job_offer", "provincial_nomination", "spouse"):
        assert 0 < sum(facts[paper] is not None for facts in people) < len(people)
    assert any(facts["relatives_in_canada"] for facts in people)
    assert {candidate.scored.programs & 7 for candidate in candidates} >= {1, 2, 3, 4}


def test_a_spouse_may_come_along_stay_behind_or_be_canadian(candidates: Sequence[Candidate]) -> None:
    spouses = [spouse for candidate in candidates if (spouse := facts_of(candidate)["spouse"])]
    kinds = {(spouse["accompanying"], spouse["canadian_citizen_or_pr"]) for spouse in spouses}
    assert kinds == {(True, False), (False, False), (True, True), (False, True)}


def test_who_was_nominated_after_submitting_sent_an_update(candidates: Sequence[Candidate]) -> None:
    nominees = [found for found in candidates if facts_of(found)["provincial_nomination"]]
    assert nominees
    for nominee in nominees:
        issued = facts_of(nominee)["provincial_nomination"]["issued_on"]
        if issued > nominee.submitted_at.date().isoformat():
            assert facts_of(nominee, 0)["provincial_nomination"] is None
            assert len(nominee.versions) == 2


@pytest.mark.parametrize("as_of", [date(2019, 3, 1), date(2024, 2, 29), date(2025, 1, 15)])
def test_a_pool_can_be_of_an_earlier_day(as_of: date) -> None:
    recipe = Recipe(seed=2, as_of=as_of, size=60)
    assert all(found.scored.as_of <= as_of for found in make(recipe, range(60)))


@pytest.mark.slow
def test_a_pool_of_25000_has_at_least_200_occupations_and_keeps_its_quotas() -> None:
    recipe = Recipe(seed=1, as_of=RECIPE.as_of, size=25_000)
    people = [found for chunk in generate(recipe) for found in chunk]
    held = Counter(band_of(found.scored.score) for found in people)
    assert [held[band] for band in range(len(BANDS))] == list(quotas(published("447"), recipe.size))
    occupations = {facts_of(found)["primary_occupation_noc"] for found in people}
    assert len(occupations) >= 200


def test_what_is_kept_of_each_is_what_a_reading_on_the_day_would_keep(
    candidates: Sequence[Candidate],
) -> None:
    for found in candidates[:100]:
        sent = parse(json.loads(found.versions[found.scored.version].facts))
        (result,) = assess_many([sent], RECIPE.as_of, keeping=True)
        assert found.scored.holding is not None
        assert result.holding is not None
        kept, expected = found.scored.holding.kept, result.holding.kept
        assert kept._replace(steady=0) == expected._replace(steady=0)
        # How long it is steady is not searched for again by whoever was read anew on the day.
        assert kept.steady in (RECIPE.as_of.toordinal(), expected.steady)
        assert found.scored.holding.basis == result.holding.basis
        assert RECIPE.as_of < found.scored.holding.until <= RECIPE.as_of + timedelta(days=366)
