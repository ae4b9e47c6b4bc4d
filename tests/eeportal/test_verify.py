"""``manage.py verify``: all holds of what the portal did itself, and each broken promise is told in a sentence."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from draws import answers
from draws.models import Round
from eeportal.verifying import structure
from eeportal.verifying.content import LEFT_OUT, content
from eeportal.verifying.promises import promises
from eeportal.verifying.verdicts import judge
from lifecycle import clock
from lifecycle.digests import digest_logs
from tests import factories
from tests.draws.corrections import corrected
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA
from tests.unguarded import without_triggers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GUARDED = tuple({table for table, _name in structure.GUARDS})


@pytest.fixture
def lived(db: None) -> Round:
    """A portal in which something of everything happened; returns the round whose invitations are still open."""
    for persona in (AMARA, BEN, DIVYA):
        factories.profile(persona, at=AT - 30 * DAY)
    first = factories.published_round(number=448, size=10)
    answers.decline(invitation=first.invitations.order_by("rank")[0], at=AT + DAY)
    corrected(first, at=AT + 2 * DAY)
    held = factories.published_round(number=449, at=AT + 3 * DAY, size=2)
    factories.draft(EMEKA, at=AT + 3 * DAY)
    return held


@contextmanager
def forged(statement: str) -> Iterator[None]:
    """Do something to the database behind the portal's back, for a while."""
    with transaction.atomic():
        with without_triggers(*GUARDED), connection.cursor() as cursor:
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def found() -> set[str]:
    return {fault.name for fault in judge().faults}


def test_everything_holds_of_what_the_portal_did(lived: Round) -> None:
    verdict = judge(rounds=True)
    assert verdict.holds, verdict.faults
    assert verdict.content.rows["draws_invitation"] == lived.invitations.count() + 3


FORGERIES = (
    ("UPDATE pool SET state = 'withdrawn' WHERE state = 'in_pool'", "replay_profile"),
    ("UPDATE draws_invitation SET state = 'lapsed' WHERE state = 'issued'", "replay_invitation"),
    ("UPDATE draws_round SET state = 'completed' WHERE number = 449", "replay_round"),
    ("UPDATE draws_plannedcorrection SET state = 'dropped'", "replay_correction"),
    ("UPDATE profiles_draft SET state = 'lapsed' WHERE state = 'open'", "replay_draft"),
    ("DELETE FROM lifecycle_transition WHERE event = 'return'", "log_chain"),
    ("UPDATE lifecycle_transition SET event = 'lapse' WHERE event = 'return'", "log_table"),
    ("UPDATE pool SET score = score + 1", "pool_as_assessed"),
    ("UPDATE pool SET categories = categories # 1", "pool_as_assessed"),
    ("UPDATE profiles_assessment SET score = 1200", "score_of_lines"),
    ("UPDATE profiles_assessment SET submission_id = 0", "assessed_as_sent"),
    ("UPDATE pool SET submitted_at = submitted_at - interval '1 second'", "first_submission"),
    ("UPDATE profiles_profile SET submitted_at = submitted_at - interval '1 second'", "first_submission"),
    ("UPDATE profiles_submission SET sequence = 2 WHERE sequence = 1", "submissions_in_order"),
    ("UPDATE pool SET programs = 8 WHERE state = 'in_pool'", "eligible_in_pool"),
    ("UPDATE draws_invitation SET state = 'declined' WHERE state = 'issued'", "invited_with_invitation"),
    ("UPDATE draws_round SET state = 'planned' WHERE number = 449", "invitations_of_rounds_that_ran"),
    ("UPDATE draws_round SET issued = issued + 1", "invitations_as_told"),
    ("UPDATE draws_invitation SET rank = rank + 1", "invitations_as_told"),
    ("UPDATE draws_round SET cutoff = cutoff + 1", "cutoff_as_invited"),
    ("UPDATE draws_roundcorrection SET withdrawn = withdrawn + 1", "corrections_as_told"),
    (
        "INSERT INTO accounts_message (account_id, kind, details, at, key, email_wanted, refusals) "
        "SELECT account_id, kind, details, at, gen_random_uuid(), email_wanted, refusals FROM accounts_message",
        "messages_once",
    ),
    ("DELETE FROM accounts_message WHERE kind = 'invitation'", "invited_are_told"),
    ("UPDATE pool SET expires_at = expires_at + interval '1 day'", "profile_ends"),
    ("DELETE FROM pool_tally", "tallies"),
    ("UPDATE draws_round SET digest = repeat('0', 64) WHERE number = 449", "round_digest"),
    ("DROP TRIGGER append_only ON profiles_assessment", "trigger"),
    ("SELECT setval(pg_get_serial_sequence('draws_invitation', 'id'), 1)", "sequence"),
    ("ALTER TABLE pool ADD CONSTRAINT added CHECK (score > 0) NOT VALID", "constraint"),
    ("ALTER TABLE pool ADD CONSTRAINT added CHECK (score > 1200) NOT VALID", "check"),
)


@pytest.mark.slow
def test_each_broken_promise_is_found(lived: Round) -> None:
    for statement, name in FORGERIES:
        with forged(statement):
            assert name in found(), statement


def test_a_guard_that_is_switched_off_is_found(lived: Round) -> None:
    with without_triggers("pool"):
        assert found() == {"trigger"}


def test_every_promise_has_a_forgery_that_breaks_it() -> None:
    broken = {name for _statement, name in FORGERIES}
    # Without a row in the pool's table a profile breaks a foreign key's other side as well: see below.
    told = {promise.name for promise in promises()} - {"pool_of_each_profile"}
    assert told - broken == {"replay_nomination", "replay_recurring_plan"}


def test_rows_that_name_what_is_not_there_are_found(lived: Round) -> None:
    """Foreign keys are guarded by triggers of the system, which only a restore or a superuser switches off."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM pool WHERE state = 'in_pool'")
            cursor.execute("DELETE FROM draws_round WHERE number = 448")
            cursor.execute("SET LOCAL session_replication_role = origin")
        assert found() >= {"foreign_key", "pool_of_each_profile", "replay_profile", "replay_round"}
        transaction.set_rollback(True)


def test_a_sealed_day_that_was_changed_is_found(lived: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.real_now() + 2 * DAY
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert digest_logs() > 0
    assert judge().holds
    with forged("UPDATE lifecycle_transition SET cause = 'another' WHERE event = 'decline'"):
        assert found() == {"seal"}


def test_the_digest_of_the_content_follows_each_row_and_no_order(lived: Round) -> None:
    before = content().digest
    with forged("UPDATE accounts_message SET read_at = at WHERE kind = 'invitation'"):
        assert content().digest != before
    with forged("DELETE FROM pool_tally"), connection.cursor() as cursor:
        cursor.execute("UPDATE pool SET score = score")
        assert content().digest == before
    assert content().digest == before


def test_the_digest_is_the_same_whatever_the_session_prefers(lived: Round) -> None:
    before = content().digest
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL DateStyle = 'German'")
        assert content().digest == before
        transaction.set_rollback(True)


def test_what_the_digest_leaves_out_are_tables_that_exist(db: None) -> None:
    assert set(connection.introspection.table_names()) >= LEFT_OUT


def run(*options: str) -> tuple[int, str]:
    """Return the exit status of the command and what it printed."""
    out = StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_ends_with_0_or_with_1_and_a_sentence_for_each_finding(lived: Round) -> None:
    status, text = run()
    assert (status, "Everything holds." in text) == (0, True)
    with forged("UPDATE draws_round SET cutoff = 1 WHERE number = 449"):
        status, text = run()
        assert status == 1
        assert "Round 449 has the cut-off 1; the lowest score of its invitations is" in text


def test_many_findings_of_one_kind_are_told_by_a_few_and_their_number(lived: Round) -> None:
    with forged("UPDATE lifecycle_transition SET event = 'nonsense'"):
        assert "more like these." in run()[1]


def test_the_command_prints_one_json_object(lived: Round) -> None:
    status, text = run("--json", "--rounds")
    told = json.loads(text)
    assert (status, told["holds"], told["faults"], len(told["content"])) == (0, True, [], 64)
