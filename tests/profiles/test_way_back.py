"""Time alone: the new funds table, what is told on the day, and the way back into the pool."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Message
from accounts.telling.letters import paragraphs_of
from lifecycle import clock
from lifecycle.tables import ProfileState
from profiles import ageing, services
from profiles.errors import ProfileOver
from profiles.models import PoolEntry, Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, DIVYA, language_test
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SENT = datetime(2025, 6, 10, 9, tzinfo=UTC)
FIRST, LAST = datetime(2025, 7, 7, 1, tzinfo=UTC), datetime(2025, 7, 28, 23, 59, 59, tzinfo=UTC)
OLD_TABLE, NEW_TABLE = 14690, 15263


def state() -> str:
    return PoolEntry.objects.get().state


def told(kind: str) -> str:
    message = Message.objects.get(kind=kind)
    return " ".join(paragraphs_of(message.kind, message.details))


def send_again(profile: Profile, at: datetime, **changes: object) -> None:
    draft = services.open_update(profile=profile, at=at)
    services.save_answers(draft=draft, changes=changes, at=at)
    services.submit(draft=draft, signed_as=AMARA.signature, at=at)


def aged(*, until: datetime) -> None:
    """Run the job on every day on which something is due, as the portal does."""
    while (due := PoolEntry.objects.get().next_change_on) and due <= until.date():
        ageing.assess_due(at=datetime(due.year, due.month, due.day, 1, tzinfo=UTC))


def test_on_the_first_day_of_a_new_table_those_below_it_are_told_the_amount_and_the_day() -> None:
    factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=FIRST)
    assert state() == ProfileState.IN_POOL
    letter = told("funds_below_table")
    assert "15,263 CAD" in letter
    assert "14,690 CAD" in letter
    assert "28 July 2025" in letter


def test_those_who_reach_the_new_table_are_not_told() -> None:
    factories.profile(AMARA, at=SENT, settlement_funds_cad=NEW_TABLE)
    aged(until=LAST)
    assert not Message.objects.filter(kind="funds_below_table").exists()


def test_grace_keeps_the_programs_of_the_pool_row_and_comes_back_the_day_after() -> None:
    factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=LAST)
    entry = PoolEntry.objects.get()
    assert entry.programs & 2
    assert entry.next_change_on == LAST.date() + DAY


def test_after_the_deadline_they_leave_the_pool_and_hear_why() -> None:
    factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=LAST)
    assert ageing.assess_due(at=LAST) == 0
    ageing.assess_due(at=LAST + SECOND)
    assert state() == ProfileState.INELIGIBLE
    assert "the last day to update your settlement funds" in told("profile_no_longer_eligible")
    assert Message.objects.filter(kind="funds_below_table").count() == 1


def test_a_portal_that_was_away_through_the_grace_tells_only_of_its_end() -> None:
    factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    ageing.assess_due(at=LAST + DAY)
    assert state() == ProfileState.INELIGIBLE
    assert not Message.objects.filter(kind="funds_below_table").exists()


def test_an_update_with_too_little_in_the_time_of_grace_gets_none() -> None:
    profile = factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=FIRST)
    send_again(profile, FIRST + DAY, settlement_funds_cad=OLD_TABLE)
    assert state() == ProfileState.INELIGIBLE


def test_an_update_with_enough_keeps_the_place() -> None:
    profile = factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=FIRST)
    send_again(profile, FIRST + DAY, settlement_funds_cad=NEW_TABLE)
    aged(until=LAST + 2 * DAY)
    entry = PoolEntry.objects.get()
    assert (entry.state, entry.submitted_at) == (ProfileState.IN_POOL, SENT)


def test_a_test_expires_and_a_new_one_leads_back_with_the_old_tie_break(client: Client) -> None:
    expiring = language_test(AT.date(), "ielts_general", 8.0, 7.0, 7.0, 7.0, years_ago=1.9)
    profile = factories.profile(AMARA, language_tests=[expiring])
    later = AT + 60 * DAY
    aged(until=later)
    assert state() == ProfileState.INELIGIBLE
    assert "a language test is two years old" in told("profile_no_longer_eligible")
    assert "The way back: update your profile" in told("profile_no_longer_eligible")
    client.force_login(factories.account(AMARA))
    page = words_of(client.get(f"/en/account/profiles/{profile.number}/"))
    assert "Why it is not in the pool" in page
    assert "Correct my answers and send them again" in page
    send_again(
        profile,
        later,
        language_tests=[language_test(later.date(), "ielts_general", 8, 7, 7, 7, years_ago=0.05)],
    )
    entry = PoolEntry.objects.get()
    assert (entry.state, entry.submitted_at, entry.expires_at) == (
        ProfileState.IN_POOL,
        AT,
        profile.expires_at,
    )


def test_the_way_back_is_closed_once_the_twelve_months_are_over() -> None:
    expiring = language_test(AT.date(), "ielts_general", 8.0, 7.0, 7.0, 7.0, years_ago=1.9)
    profile = factories.profile(AMARA, language_tests=[expiring])
    aged(until=AT + 60 * DAY)
    with pytest.raises(ProfileOver):
        services.open_update(profile=profile, at=profile.expires_at)


def test_who_meets_a_program_without_funds_stays_in_the_pool_after_the_deadline() -> None:
    factories.profile(DIVYA, at=SENT)
    aged(until=LAST + DAY)
    assert state() == ProfileState.IN_POOL


@pytest.mark.parametrize(
    ("at", "is_told"), [(SENT, False), (FIRST, True), (LAST, True), (LAST + SECOND, False)]
)
def test_the_status_page_tells_of_grace_while_it_lasts(
    client: Client, monkeypatch: pytest.MonkeyPatch, at: datetime, is_told: bool
) -> None:
    profile = factories.profile(AMARA, at=SENT, settlement_funds_cad=OLD_TABLE)
    aged(until=at)
    client.force_login(factories.account(AMARA))
    monkeypatch.setattr(clock, "now", lambda: at)
    words = words_of(client.get(f"/en/account/profiles/{profile.number}/"))
    assert ("You stay eligible until then, and that whole day." in words) is is_told
    assert ("15,263 CAD" in words) is (at > SENT)
