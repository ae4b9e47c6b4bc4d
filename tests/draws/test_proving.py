"""The proof of a round holds for what ran, and fails for what was changed behind its back."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from draws import answers
from draws.models import Round, RoundType
from draws.proving.proofs import Proof, verify
from draws.services import plan
from lifecycle.models import Transition
from profiles import ageing
from profiles import services as profiles
from profiles.models import Assessment, PoolEntry
from tests import factories
from tests.draws.corrections import corrected
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA
from tests.unguarded import without_triggers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FORGED = (
    "pool",
    "draws_invitation",
    "draws_round",
    "profiles_assessment",
    "profiles_submission",
    "lifecycle_transition",
)


def sql(statement: str, *values: int | datetime) -> None:
    """Do something to the database behind the portal's back."""
    with without_triggers(*FORGED), connection.cursor() as cursor:
        cursor.execute(statement, values)


def proof_of(held: Round) -> Proof:
    return verify(Round.objects.get(pk=held.pk))


def kinds(held: Round) -> set[str]:
    return {doubt.kind for doubt in proof_of(held).doubts}


def last_in_pool() -> PoolEntry:
    """Return the worst placed of the pool."""
    return PoolEntry.objects.order_by("score", "-submitted_at")[0]


@pytest.fixture
def people() -> None:
    for persona in (AMARA, BEN, DIVYA):
        factories.profile(persona, at=AT - 30 * DAY)


@pytest.fixture
def held(people: None) -> Round:
    """A round that invited two of three."""
    return factories.published_round(number=448, size=2)


def test_a_round_that_ran_holds(held: Round) -> None:
    proof = proof_of(held)
    assert proof.holds, proof.doubts
    assert (proof.pool, len(proof.expected), proof.digest) == (3, 2, held.digest)
    assert proof.same_parameters


TYPES: tuple[dict[str, Any], ...] = (
    {"round_type": RoundType.PROGRAM, "programs": 2},
    {"round_type": RoundType.NOMINATION},
    {"round_type": RoundType.CATEGORY, "category": "french"},
    {"size": 100_000},
)


def test_a_round_of_every_type_holds(
    people: None, rolled_back: Callable[[], AbstractContextManager[None]]
) -> None:
    for fields in TYPES:
        with rolled_back():
            assert proof_of(factories.published_round(number=448, **fields)).holds


def test_it_still_holds_after_all_that_may_happen_since(held: Round) -> None:
    answers.decline(invitation=held.invitations.order_by("rank")[0], at=AT + DAY)
    corrected(held, at=AT + 2 * DAY)
    second = factories.published_round(number=449, at=AT + 3 * DAY, size=1)
    ageing.expire_profiles(at=AT + 400 * DAY)
    assert proof_of(held).holds
    assert proof_of(second).holds


def test_a_second_round_sees_who_returned_and_who_left(held: Round) -> None:
    invited = held.invitations.order_by("rank")[0]
    answers.decline(invitation=invited, at=AT + DAY)
    profiles.withdraw(profile=last_in_pool().profile, at=AT + DAY)
    second = factories.published_round(number=449, at=AT + DAY, size=10)
    assert [line.profile_id for line in proof_of(second).expected] == [invited.profile_id]
    assert proof_of(second).holds


def test_a_profile_past_its_twelve_months_was_not_in_the_pool_of_a_late_job(people: None) -> None:
    late = factories.published_round(number=448, at=AT + 400 * DAY, size=10)
    proof = proof_of(late)
    assert (proof.pool, proof.holds) == (0, True)


def test_a_loser_whose_score_was_raised_in_the_pool_only_makes_it_fail(people: None) -> None:
    loser = last_in_pool()
    sql("UPDATE pool SET score = 1200 WHERE profile_id = %s", loser.pk)
    held = factories.published_round(number=448, size=2)
    proof = proof_of(held)
    extra = [doubt for doubt in proof.doubts if doubt.kind == "extra"]
    assert [doubt.profile_id for doubt in extra] == [loser.pk]
    assert kinds(held) >= {"extra", "missing", "digest", "cutoff"}


def test_a_winner_whose_score_was_raised_but_who_would_have_won_anyway_makes_it_fail(people: None) -> None:
    winner = PoolEntry.objects.order_by("-score")[0]
    sql("UPDATE pool SET score = score + 1 WHERE profile_id = %s", winner.pk)
    assert kinds(factories.published_round(number=448, size=2)) == {"score", "digest"}


def test_a_loser_who_was_submitted_earlier_in_the_pool_only_makes_it_fail(people: None) -> None:
    loser = last_in_pool()
    sql("UPDATE pool SET submitted_at = submitted_at - interval '1 day' WHERE profile_id = %s", loser.pk)
    assert "tie_break" in kinds(factories.published_round(number=448, size=3))


def test_a_class_that_was_changed_in_the_pool_only_makes_it_fail(people: None) -> None:
    sql("UPDATE pool SET programs = programs | 8")
    assert {"program", "digest"} <= kinds(factories.published_round(number=448, size=2))


def test_a_score_raised_in_pool_and_history_makes_it_fail_by_what_was_sent(people: None) -> None:
    loser = last_in_pool()
    sql("UPDATE pool SET score = 1200 WHERE profile_id = %s", loser.pk)
    sql("UPDATE profiles_assessment SET score = 1200 WHERE profile_id = %s", loser.pk)
    assert kinds(factories.published_round(number=448, size=2)) == {"facts"}


def test_a_removed_invitation_makes_it_fail(held: Round) -> None:
    sql("DELETE FROM draws_invitation WHERE rank = 1")
    assert kinds(held) == {"missing", "invite"}


def test_an_added_invitation_makes_it_fail(held: Round) -> None:
    sql(
        "INSERT INTO draws_invitation (round_id, profile_id, rank, score, invited_as, state, issued_at, expires_at) "
        "SELECT round_id, %s, 3, 1200, 'CEC', state, issued_at, expires_at FROM draws_invitation WHERE rank = 1",
        PoolEntry.objects.get(state="in_pool").pk,
    )
    assert kinds(held) == {"extra", "invite"}


FORGERIES = (
    ("UPDATE draws_invitation SET score = score + 1 WHERE rank = 1", "score"),
    ("UPDATE draws_invitation SET invited_as = 'PNP' WHERE rank = 1", "program"),
    ("UPDATE draws_invitation SET rank = 3 - rank", "rank"),
    ("UPDATE draws_round SET cutoff = cutoff - 1", "cutoff"),
    ("UPDATE draws_round SET tie_break_at = tie_break_at + interval '1 second'", "tie_break"),
    ("UPDATE draws_round SET issued = 3", "issued"),
    ("UPDATE draws_round SET digest = repeat('0', 64)", "digest"),
    ("UPDATE draws_round SET size = 1", "extra"),
    ("UPDATE lifecycle_transition SET target = 'withdrawn' WHERE machine = 'profile'", "extra"),
    ("UPDATE lifecycle_transition SET event = 'refuse' WHERE machine = 'profile'", "table"),
    ("UPDATE lifecycle_transition SET source = 'invited' WHERE event = 'enter'", "chain"),
    ("DELETE FROM lifecycle_transition WHERE event = 'enter'", "extra"),
    ("DELETE FROM lifecycle_transition WHERE event = 'invite'", "invite"),
    ("DELETE FROM lifecycle_transition WHERE event = 'issue'", "invite"),
    ("UPDATE profiles_assessment SET score = score - 100", "score"),
    ("DELETE FROM profiles_assessment", "extra"),
    ("UPDATE profiles_submission SET submitted_at = submitted_at + interval '1 day'", "tie_break"),
)


def test_whatever_is_forged_after_the_round_makes_it_fail(
    held: Round, rolled_back: Callable[[], AbstractContextManager[None]]
) -> None:
    for statement, kind in FORGERIES:
        with rolled_back():
            sql(statement)
            assert kind in kinds(held), statement


def test_a_backdated_withdrawal_of_a_winner_makes_it_fail(held: Round) -> None:
    """A row of the log is put into a gap of its numbers, as if it had been there before the round."""
    winner = held.invitations.get(rank=1)
    entered = Transition.objects.get(machine="profile", thing_id=winner.profile_id, event="enter")
    gap = Transition.objects.order_by("pk").filter(machine="draft", pk__gt=entered.pk).first()
    assert gap is not None
    sql("DELETE FROM lifecycle_transition WHERE id = %s", gap.pk)
    sql(
        "INSERT INTO lifecycle_transition (id, machine, thing_id, source, event, target, at, real_at, cause) "
        "VALUES (%s, 'profile', %s, 'in_pool', 'withdraw', 'withdrawn', %s, %s, '')",
        gap.pk,
        winner.profile_id,
        AT,
        AT,
    )
    assert "extra" in kinds(held)


def test_an_assessment_that_comes_later_changes_no_past_round(held: Round) -> None:
    newest = Assessment.objects.get(profile=last_in_pool().pk)
    newest.pk, newest.score = None, 1200
    newest.save(force_insert=True)
    assert proof_of(held).holds


def test_the_proof_holds_whatever_the_clock_of_the_history_says(held: Round) -> None:
    """Rows of one instant, or of a backdated one, are parted by their order, not by their time."""
    sql("UPDATE lifecycle_transition SET at = at - interval '5 years'")
    assert proof_of(held).holds


def run(number: int | str, *options: str) -> tuple[int, str]:
    """Return the exit status of the command and what it printed."""
    out = StringIO()
    try:
        call_command("verify_round", number, *options, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_that_a_round_holds_and_ends_with_0(held: Round) -> None:
    status, text = run(448)
    assert status == 0
    assert "Round 448 holds." in text
    assert held.digest in text


def test_the_command_names_what_does_not_hold_and_ends_with_1(held: Round) -> None:
    number = held.invitations.get(rank=1).profile.number
    sql("DELETE FROM draws_invitation WHERE rank = 1")
    status, text = run(448)
    assert status == 1
    assert f"{number} had to be invited, rank 1" in text
    assert "Round 448 DOES NOT HOLD." in text


def test_the_command_prints_one_json_object(held: Round) -> None:
    status, text = run(448, "--json")
    told = json.loads(text)
    assert (status, told["holds"], told["digest"], told["doubts"]) == (0, True, held.digest, [])
    sql("UPDATE draws_round SET cutoff = 1")
    status, text = run(448, "--json")
    assert (status, json.loads(text)["doubts"][0]["kind"]) == (1, "cutoff")


def test_a_round_that_has_not_run_or_does_not_exist_is_said_so() -> None:
    plan(planned=Round(number=7, size=1, round_type="general", planned_for=AT), officer_id=None, at=AT)
    with pytest.raises(CommandError, match="has not run"):
        call_command("verify_round", 7)
    with pytest.raises(CommandError, match="no round 8"):
        call_command("verify_round", 8)
    with pytest.raises(CommandError, match="not the number of a round"):
        call_command("verify_round", "٣")


def test_other_parameters_than_the_installed_are_said(held: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.parameters.VERSION", "another")
    assert "not the installed ones (another)" in run(448)[1]
