"""The seals on the logs: a removed, altered or added row of a past day is found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.desk.officer_log import Verb, note
from accounts.models import OfficerAction
from lifecycle import digests
from lifecycle.digests import Fault
from lifecycle.models import LogDigest, Transition
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LOG = "lifecycle.Transition"
ACTIONS = "accounts.OfficerAction"


def moved(things: int = 3) -> None:
    """Write some rows to the log of moves."""
    for number in range(things):
        Transition.objects.create(
            machine="draft", thing_id=number, event="start", target="open", at=AT, real_at=INSTANT
        )


@pytest.fixture
def three_days(set_clock: Callable[[datetime], None]) -> None:
    """Three sealed days with three moves and one action of an officer each; 24 September is the third."""
    officer = factories.officer()
    for days in (-1, 0, 1):
        set_clock(INSTANT + days * DAY)
        moved()
        note(officer_id=officer.pk, verb=Verb.OPENED, about="profiles.submission 1", at=AT)
        digests.digest_logs()


@contextmanager
def forging() -> Iterator[None]:
    """Work without triggers, as whoever owns the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def faults(log: str = LOG) -> dict[date, Fault]:
    return {checked.sealed.day: checked.fault for checked in digests.check(log) if checked.fault}


FIRST, SECOND, THIRD = date(2026, 9, 22), date(2026, 9, 23), date(2026, 9, 24)


def row_of(day: date) -> Transition:
    sealed = LogDigest.objects.get(log=LOG, day=day)
    return Transition.objects.filter(pk__gt=sealed.after_id).order_by("pk")[0]


@pytest.mark.usefixtures("three_days")
def test_each_row_belongs_to_one_day_and_the_days_hold() -> None:
    sealed = list(LogDigest.objects.filter(log=LOG).order_by("id"))
    assert [one.day for one in sealed] == [FIRST, SECOND, THIRD]
    assert sum(one.rows for one in sealed) == Transition.objects.count()
    assert [one.after_id for one in sealed] == [0, sealed[0].last_id, sealed[1].last_id]
    assert faults(LOG) == faults(ACTIONS) == {}


@pytest.mark.usefixtures("three_days")
def test_an_altered_row_is_found_on_its_day() -> None:
    row = row_of(SECOND)
    with forging():
        Transition.objects.filter(pk=row.pk).update(cause="something else")
    assert faults() == {SECOND: Fault.CONTENT}


@pytest.mark.usefixtures("three_days")
def test_a_removed_row_is_found_on_its_day() -> None:
    row = row_of(SECOND)
    with forging():
        row.delete()
    assert faults() == {SECOND: Fault.COUNT}


@pytest.mark.usefixtures("three_days")
def test_a_row_that_was_put_in_between_is_found() -> None:
    row = row_of(SECOND)
    number = row.pk
    with forging():
        row.delete()
        row.pk, row.cause = number, "another one under the same number"
        row.save(force_insert=True)
    assert faults() == {SECOND: Fault.CONTENT}


@pytest.mark.usefixtures("three_days")
def test_a_forged_action_of_an_officer_is_found() -> None:
    action = OfficerAction.objects.filter(verb=Verb.OPENED).order_by("pk")[1]
    with forging():
        OfficerAction.objects.filter(pk=action.pk).update(about="profiles.submission 2")
    assert faults(ACTIONS) == {SECOND: Fault.CONTENT}


@pytest.mark.usefixtures("three_days")
def test_a_day_sealed_anew_breaks_the_day_after_it() -> None:
    row = row_of(SECOND)
    with forging():
        Transition.objects.filter(pk=row.pk).update(cause="something else")
        sealed = LogDigest.objects.get(log=LOG, day=SECOND)
        before = LogDigest.objects.get(log=LOG, day=FIRST).digest
        _rows, digest = digests._digest(sealed, before)
        LogDigest.objects.filter(pk=sealed.pk).update(digest=digest)
    assert faults() == {THIRD: Fault.CONTENT}


@pytest.mark.usefixtures("three_days")
def test_a_missing_day_of_the_chain_is_found() -> None:
    with forging():
        LogDigest.objects.filter(log=LOG, day=SECOND).delete()
    assert faults() == {THIRD: Fault.CHAIN}


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    "change", ["UPDATE lifecycle_logdigest SET rows = 0", "DELETE FROM lifecycle_logdigest"]
)
def test_the_database_refuses_to_change_a_digest(change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_day_is_sealed_once_however_often_the_job_runs() -> None:
    moved()
    assert [digests.digest_logs() > 0 for _run in range(3)] == [True, False, False]
    assert LogDigest.objects.filter(log=LOG).count() == 1


def test_a_quiet_day_is_sealed_too(set_clock: Callable[[datetime], None]) -> None:
    digests.digest_logs()
    set_clock(INSTANT + DAY)
    digests.digest_logs()
    assert list(LogDigest.objects.filter(log=LOG).values_list("rows", flat=True)) == [0, 0]
    assert faults() == {}


def test_rows_of_today_wait_for_tomorrow(set_clock: Callable[[datetime], None]) -> None:
    digests.digest_logs()
    moved()
    assert digests.digest_logs() == 0
    set_clock(INSTANT + DAY)
    assert digests.digest_logs() == 3


def test_the_statements_grow_by_pages_and_not_by_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PAGE", 10)
    moved(30)
    with CaptureQueriesContext(connection) as captured:
        digests.digest_logs()
    assert sum('FROM "lifecycle_transition"' in query["sql"] for query in captured) == 4


@pytest.mark.usefixtures("three_days")
def test_the_command_says_from_which_day_a_log_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_log")
    told = capsys.readouterr().out
    assert "lifecycle.Transition holds up to 2026-09-24" in told
    row = row_of(SECOND)
    with forging():
        row.delete()
    with pytest.raises(
        CommandError, match="does not hold from 2026-09-23 on: it was sealed with 3 rows and has 2"
    ):
        call_command("verify_log")


@pytest.mark.usefixtures("three_days")
def test_a_digest_that_was_written_down_elsewhere_must_still_be_there() -> None:
    kept = LogDigest.objects.get(log=LOG, day=THIRD).digest
    call_command("verify_log", known=[kept])
    with forging():
        LogDigest.objects.filter(day=THIRD).delete()
    with pytest.raises(CommandError, match=f"The digest {kept} is not there"):
        call_command("verify_log", known=[kept])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_a_row_still_being_written_is_waited_for_and_without_the_lock_breaks_its_day(
    monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """The writer takes a number, waits, and commits after a later row is there: the case that the lock is for."""
    numbered, looked = Event(), Event()

    def writes_slowly() -> None:
        with transaction.atomic():
            moved(1)
            numbered.set()
            assert looked.wait(20)

    def seals() -> int:
        assert numbered.wait(20)
        moved(1)
        sealed = digests.digest_logs()
        looked.set()
        return sealed

    if not guarded:
        monkeypatch.setattr(
            digests,
            "_settled_id",
            lambda model: model.objects.order_by("-pk").values_list("pk", flat=True).first(),
        )
    assert at_once(writes_slowly, seals) == [None, 0 if guarded else 1]
    assert bool(faults()) is not guarded
    if guarded:
        assert digests.digest_logs() == 2
        assert faults() == {}
