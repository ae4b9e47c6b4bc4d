"""The history of a profile: what moved its score, and what each version changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import OfficerAction
from lifecycle.tables import ProfileState
from profiles import ageing, services
from profiles.history import A_PAGE, history_of
from profiles.models import Assessment, PoolEntry, Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def address(profile: Profile, page: str = "") -> str:
    return f"/en/account/profiles/{profile.number}/history/{page}"


def updated(profile: Profile, at: datetime = AT + DAY, **changes: Any) -> None:
    draft = services.open_update(profile=profile, at=at)
    services.save_answers(draft=draft, changes=changes, at=at)
    services.submit(draft=draft, signed_as=AMARA.signature, at=at)


def causes(profile: Profile) -> list[str]:
    return [event.cause for event in history_of(profile, None).events]


def test_the_first_version_is_sent_and_has_nothing_before(amara: Client) -> None:
    profile = factories.profile(AMARA)
    assert causes(profile) == ["sent"]
    words = words_of(amara.get(address(profile)))
    assert "24 September 2026 None 469 You sent the profile From then on a program was met." in words
    assert "Version 1, sent on 24 September 2026" in words


def test_an_update_shows_its_changes_and_the_score_before_and_after(amara: Client) -> None:
    profile = factories.profile(AMARA)
    updated(profile, language_tests=[], settlement_funds_cad=33000)
    words = words_of(amara.get(address(profile)))
    assert "You updated the profile From then on no program was met." in words
    assert "25,000 CAD 33,000 CAD" in words
    assert "Removed" in words
    assert causes(profile) == ["updated", "sent"]


def test_time_and_new_rules_are_told_apart_from_what_was_sent() -> None:
    profile = factories.profile(AMARA)
    born = datetime.fromisoformat(AMARA.answers(AT.date())["birth_date"])
    thirty = AT.replace(year=born.year + 30, month=born.month, day=born.day)
    ageing.assess_due(at=thirty)
    assert causes(profile)[0] == "time"
    assert history_of(profile, None).events[0].gain < 0
    newest = Assessment.objects.latest("pk")
    newest.pk, newest.parameters = None, "others"
    newest.save(force_insert=True)
    assert causes(profile)[0] == "rules"


def test_an_accepted_nomination_is_called_so() -> None:
    profile = factories.profile(AMARA)
    first = profile.submissions.get()
    nomination = {"province": "ON", "issued_on": AT.date().isoformat(), "expires_on": None}
    second = profile.submissions.create(
        sequence=2,
        submitted_at=AT,
        facts={**first.facts, "provincial_nomination": nomination},
        personal=first.personal,
        signed_as=first.signed_as,
    )
    newest = Assessment.objects.latest("pk")
    newest.pk, newest.submission = None, second
    newest.save(force_insert=True)
    assert causes(profile) == ["nomination", "sent"]


def test_a_page_shows_so_many_events_and_each_knows_the_one_before() -> None:
    profile = factories.profile(AMARA)
    for number in range(A_PAGE + 3):
        updated(profile, settlement_funds_cad=30_000 + number)
    first, second = (history_of(profile, number) for number in ("1", "2"))
    assert [len(page.events) for page in (first, second)] == [A_PAGE, 4]
    assert all(event.before for event in first.events)
    assert len(first.versions[-1].changes) == 1
    assert second.events[-1].before is None


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "'", "\x00"])
def test_a_page_that_there_is_not_shows_the_nearest(amara: Client, page: str) -> None:
    profile = factories.profile(AMARA)
    assert "You sent the profile" in words_of(amara.get(address(profile), {"page": page}))


def test_each_version_can_be_looked_at_as_it_was_sent(amara: Client) -> None:
    profile = factories.profile(AMARA)
    updated(profile, settlement_funds_cad=33000)
    for number, funds in ((1, "25,000 CAD"), (2, "33,000 CAD")):
        assert funds in words_of(amara.get(address(profile, f"{number}/")))
    for missing in ("0/", "3/", f"{'9' * 30}/"):
        assert amara.get(address(profile, missing)).status_code == 404


def test_the_history_of_another_is_the_same_as_a_missing_one(amara: Client) -> None:
    factories.profile(AMARA)
    other = factories.profile(BEN)
    assert amara.get(address(other)).status_code == 404
    assert amara.get(address(other, "1/")).status_code == 404


def test_that_an_officer_looked_is_written_down(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    assert client.get(address(profile)).status_code == 200
    assert OfficerAction.objects.filter(verb="opened").exists()


def test_the_history_stays_when_the_profile_is_over(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    move_clock(AT + 400 * DAY)
    ageing.expire_profiles(at=AT + 400 * DAY)
    assert PoolEntry.objects.get().state == ProfileState.EXPIRED
    assert "You sent the profile" in words_of(amara.get(address(profile)))


@pytest.mark.parametrize("page", ["", "submitted/"])
def test_the_pages_of_a_profile_offer_its_file_and_say_how_to_print(amara: Client, page: str) -> None:
    profile = factories.profile(AMARA)
    shown = amara.get(f"/en/account/profiles/{profile.number}/{page}")
    export = f"/en/account/profiles/{profile.number}/export/"
    assert f'href="{export}"' in shown.content.decode()
    assert f'href="{export}?only=facts"' in shown.content.decode()
    assert "choose ‘Save as PDF’ there" in words_of(shown)


def test_the_task_list_offers_the_drafts_file(amara: Client) -> None:
    factories.empty_draft(AMARA)
    text = amara.get("/en/account/draft/").content.decode()
    assert 'href="/en/account/draft/export/"' in text
    assert 'href="/en/account/draft/export/?only=facts"' in text
