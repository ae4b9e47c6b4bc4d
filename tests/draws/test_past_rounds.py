"""Which past rounds would have invited a candidate: as the rounds themselves decide it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from draws.candidate import past_rounds
from draws.candidate.past_rounds import (
    JOB_OFFERS_LOST_POINTS,
    Outcome,
    Standpoint,
    judged,
    past_year,
    rounds_of_the_year,
)
from draws.models import Category, Invitation, Round, RoundType
from draws.public import register
from draws.public.history import published_rounds
from draws.public.register import Listed
from profiles.models import PoolEntry
from profiles.services import latest_submission
from rules import facts
from rules.assessment import assess
from rules.membership import categories_under
from rules.programs import PROGRAM_BITS
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona

ON = AT.date()
TIE = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def held(kind: str = "general", cutoff: int | None = 500, **differences: Any) -> Listed:
    made = Listed(
        number="400",
        origin="published",
        day=date(2026, 9, 2),
        ran_at=datetime(2026, 9, 2, 14, tzinfo=UTC),
        kinds=(kind,),
        invitations=1000,
        cutoff=cutoff,
        tie_break_at=TIE,
        pool=None,
        url="/",
    )
    return replace(made, **differences)


def standpoint(persona: Persona = DIVYA, **differences: Any) -> Standpoint:
    """Return where a persona stands; the score is 500 unless told."""
    candidate = facts.parse(persona.document(ON))
    programs = assess(candidate, next_change=False).program_bits
    return replace(Standpoint(500, programs, candidate, TIE - timedelta(days=1), ON), **differences)


def outcome(listed: Listed, **differences: Any) -> Outcome:
    (past,) = judged(standpoint(**differences), [listed])
    return past.outcome


@pytest.mark.parametrize(("score", "expected"), [(501, Outcome.ABOVE), (499, Outcome.SHORT)])
def test_a_score_above_the_cut_off_was_invited_and_one_below_was_not(score: int, expected: Outcome) -> None:
    assert outcome(held(), score=score) == expected


def test_a_round_tells_how_many_points_were_missing() -> None:
    (past,) = judged(standpoint(score=488), [held()])
    assert (past.short, past.invited, past.open) == (12, False, True)


@pytest.mark.parametrize(
    ("submitted_at", "expected"),
    [
        (TIE - timedelta(seconds=1), Outcome.BEFORE_TIE),
        (TIE, Outcome.BEFORE_TIE),
        (TIE + timedelta(seconds=1), Outcome.AFTER_TIE),
    ],
)
def test_at_the_cut_off_s_own_score_the_time_of_submission_decides(
    submitted_at: datetime, expected: Outcome
) -> None:
    assert outcome(held(), submitted_at=submitted_at) == expected


def test_without_a_recorded_tie_break_nobody_knows_and_it_does_not_count_as_invited() -> None:
    (past,) = judged(standpoint(), [held(tie_break_at=None)])
    assert (past.outcome, past.invited) == (Outcome.TIE_UNKNOWN, False)


@pytest.mark.parametrize(
    ("persona", "kind", "is_open"),
    [
        (DIVYA, "general", True),
        (DIVYA, "cec", True),
        (DIVYA, "fsw", False),
        (DIVYA, "healthcare", True),
        (DIVYA, "trades", False),
        (DIVYA, "pnp", False),
        (BEN, "fst", True),
        (BEN, "trades", True),
        (EMEKA, "general", False),
    ],
)
def test_a_round_is_open_to_the_programs_and_categories_of_the_candidate(
    persona: Persona, kind: str, is_open: bool
) -> None:
    assert (outcome(held(kind, 100), persona=persona) != Outcome.NOT_OPEN) is is_open


def test_a_round_for_nominees_is_open_with_a_nomination_to_who_is_in_the_pool() -> None:
    with_nomination = standpoint().programs | PROGRAM_BITS["PNP"]
    assert outcome(held("pnp", 100), programs=with_nomination) == Outcome.ABOVE
    assert outcome(held("pnp", 100), programs=PROGRAM_BITS["PNP"]) == Outcome.NOT_OPEN


def test_a_round_for_two_programs_is_open_to_either() -> None:
    assert outcome(held(kinds=("fsw", "cec"))) == Outcome.BEFORE_TIE


def test_a_round_that_had_invitations_left_would_have_taken_a_lower_score_too() -> None:
    assert outcome(held(took_everybody=True), score=1) == Outcome.EVERYBODY


@pytest.mark.parametrize(("day", "is_open"), [(date(2024, 6, 1), True), (date(2026, 6, 1), False)])
def test_a_category_is_read_from_the_list_of_the_round_s_own_day(day: date, is_open: bool) -> None:
    (past,) = judged(standpoint(AMARA, score=1200), [held("stem", day=day)])
    assert past.open is is_open


def test_before_categories_began_none_finds_anybody() -> None:
    assert categories_under(facts.parse(DIVYA.document(ON)), ON, date(2023, 1, 1)) == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "instruction",
    [
        {"size": 1},
        {"size": 2},
        {"size": 9},
        {"size": 1, "round_type": RoundType.PROGRAM, "programs": PROGRAM_BITS["FSW"]},
        {"size": 9, "round_type": RoundType.PROGRAM, "programs": PROGRAM_BITS["FSW"] | PROGRAM_BITS["CEC"]},
        {"size": 1, "round_type": RoundType.CATEGORY, "category": Category.TRADES},
        {"size": 2, "round_type": RoundType.CATEGORY, "category": Category.FRENCH},
        {"size": 3, "round_type": RoundType.NOMINATION},
    ],
    ids=str,
)
def test_what_a_round_of_ours_did_is_what_it_would_have_done(instruction: dict[str, Any]) -> None:
    twin = Persona("twin", "Amara", "Okafor", AMARA.facts)
    people = [factories.profile(person, at=AT) for person in (AMARA, BEN, DIVYA, EMEKA)]
    people.append(factories.profile(twin, at=AT + timedelta(seconds=1)))
    entries = {entry.pk: entry for entry in PoolEntry.objects.all()}
    factories.published_round(at=AT + timedelta(seconds=2), number=448, **instruction)
    ours = register.listed_ours(Round.objects.get())
    invited = set(Invitation.objects.values_list("profile_id", flat=True))
    for profile in people:
        entry = entries[profile.pk]
        sent = facts.parse(latest_submission(profile).facts)
        where = Standpoint(entry.score, entry.programs, sent, entry.submitted_at, entry.as_of)
        (past,) = judged(where, [ours])
        assert past.invited is (profile.pk in invited), (profile.number, past)


@pytest.mark.django_db
def test_the_past_year_is_the_twelve_months_up_to_the_day() -> None:
    rounds = rounds_of_the_year(ON)
    assert min(one.day for one in rounds) > date(2025, 9, 24)
    assert max(one.day for one in rounds) <= ON
    theirs = [one for one in published_rounds() if date(2025, 9, 24) < one.day <= ON]
    assert len(rounds) == len(theirs)


@pytest.mark.django_db
def test_every_round_since_the_beginning_is_judged_with_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        rounds = register.all_rounds(ON)
        past = past_year(standpoint(score=1200), rounds)
    assert len(past.rounds) == len(rounds) > 400
    assert all(one.invited for one in past.open)
    assert len(past.open) + len(past.closed) == len(rounds)


def test_each_list_of_categories_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []

    def noted(candidate: facts.Profile, on: date, listed_on: date) -> tuple[str, ...]:
        asked.append(listed_on)
        return categories_under(candidate, on, listed_on)

    monkeypatch.setattr(past_rounds, "categories_under", noted)
    days = [date(2025, 3, 1) + timedelta(days=days) for days in range(0, 560, 7)]
    judged(standpoint(), [held("healthcare", day=day) for day in days])
    assert asked == [date(2025, 2, 27), date(2026, 2, 18)]


def test_job_offers_lost_their_points_on_the_day_that_the_rules_say() -> None:
    offer = {
        "noc": "31301",
        "hours_per_week": 40,
        "duration_months": None,
        "lmia": True,
        "work_permit": None,
        "employer_since": None,
    }
    candidate = facts.parse({**DIVYA.document(ON), "job_offer": offer})
    before = assess(candidate, JOB_OFFERS_LOST_POINTS - timedelta(days=1), next_change=False)
    assert (before.lines[12], assess(candidate, JOB_OFFERS_LOST_POINTS, next_change=False).lines[12]) == (
        50,
        0,
    )
