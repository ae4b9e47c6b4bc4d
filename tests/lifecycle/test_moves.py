"""States change only along the tables, are logged, and the database itself holds to it."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from lifecycle import moves
from lifecycle.errors import LostRace, NoSuchMove
from lifecycle.models import Transition
from lifecycle.tables import MACHINES, NOTHING, DraftState, ProfileState
from profiles.models import Draft, PoolEntry
from tests.races.pools import make_pool

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)


@pytest.fixture
def draft(db: None) -> Draft:
    account = User.objects.create_user("amara")
    draft = Draft(account=account, started_at=AT)
    moves.begin(draft, "start", at=AT, actor_id=account.pk)
    return draft


def test_a_new_thing_is_logged_from_nothing(draft: Draft) -> None:
    row = Transition.objects.get(machine="draft", thing_id=draft.pk)
    assert (row.source, row.event, row.target, row.at, row.actor_id) == (
        NOTHING,
        "start",
        "open",
        AT,
        draft.account_id,
    )


def test_a_move_changes_the_state_and_logs_it_with_its_cause(draft: Draft) -> None:
    moves.move(draft, "discard", at=AT, actor_id=draft.account_id, cause="wish")
    assert Draft.objects.get().state == DraftState.DISCARDED
    row = Transition.objects.filter(thing_id=draft.pk, machine="draft").latest("id")
    assert (row.source, row.target, row.cause) == ("open", "discarded", "wish")


def test_a_move_that_the_table_does_not_know_is_refused(draft: Draft) -> None:
    with pytest.raises(NoSuchMove):
        moves.move(draft, "publish", at=AT)


def test_who_read_an_old_state_loses_the_race(draft: Draft) -> None:
    stale = Draft.objects.get()
    moves.move(draft, "submit", at=AT)
    with pytest.raises(LostRace):
        moves.move(stale, "lapse", at=AT)
    assert Transition.objects.filter(machine="draft").count() == 2


def test_a_set_moves_only_those_in_a_state_with_that_event(draft: Draft) -> None:
    other = Draft(account=User.objects.create_user("ben"), started_at=AT)
    moves.begin(other, "start", at=AT)
    moves.move(other, "submit", at=AT)
    assert moves.move_many(Draft, [draft.pk, other.pk], "lapse", at=AT, cause="60 days") == [draft.pk]
    assert Draft.objects.get(pk=other.pk).state == DraftState.SUBMITTED
    assert Transition.objects.filter(event="lapse").values_list("thing_id", "cause").get() == (
        draft.pk,
        "60 days",
    )


@pytest.mark.parametrize(
    "change", ["UPDATE lifecycle_transition SET cause = 'x'", "DELETE FROM lifecycle_transition"]
)
def test_the_database_refuses_to_change_the_log(draft: Draft, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_database_refuses_a_new_state_without_its_log_row(draft: Draft) -> None:
    change = "UPDATE profiles_draft SET state = 'submitted'; SET CONSTRAINTS ALL IMMEDIATE"
    with (
        pytest.raises(DatabaseError, match="without a row"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.django_db
def test_moves_one_after_the_other_in_one_transaction_are_let_through_with_their_log_rows() -> None:
    make_pool(1)
    entry = PoolEntry.objects.get()
    with transaction.atomic(), connection.cursor() as cursor:
        for event in ("become_ineligible", "become_eligible", "withdraw"):
            moves.move(entry, event, at=AT)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert PoolEntry.objects.get().state == ProfileState.WITHDRAWN


@pytest.mark.usefixtures("draft")
def test_a_move_with_its_log_row_does_not_cover_for_a_later_one_without() -> None:
    with transaction.atomic():
        moves.move(Draft.objects.get(), "submit", at=AT)
        change = "UPDATE profiles_draft SET state = 'lapsed'; SET CONSTRAINTS ALL IMMEDIATE"
        with (
            pytest.raises(DatabaseError, match="without a row"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_every_state_of_a_table_can_be_reached_and_events_are_unambiguous() -> None:
    for machine in MACHINES.values():
        reached = {NOTHING}
        for _round in machine.rows:
            reached |= {target for source, _event, target in machine.rows if source in reached}
        assert {source for source, _event, _target in machine.rows} <= reached
        pairs = [(source, event) for source, event, _target in machine.rows]
        assert len(pairs) == len(set(pairs))
