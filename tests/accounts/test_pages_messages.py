"""The messages of an account: a list, and each a letter."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Message
from accounts.services import post_message
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.profiles.reading import plain

pytestmark = pytest.mark.django_db
LIST = "/en/account/messages/"


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def message(**details: object) -> Message:
    return post_message(
        account_id=factories.account(AMARA).pk,
        kind="draft_lapsed",
        details={"deadline_at": "2026-10-01T07:08:09+00:00", **details},
        at=AT,
    )


def test_a_message_is_a_letter_with_its_instant_and_its_words(amara: Client) -> None:
    page = amara.get(f"{LIST}{message().pk}/").content.decode()
    assert "<h1>Your unfinished profile has lapsed</h1>" in page
    assert "by 1 October 2026 at 07:08:09 UTC" in page
    assert "24 September 2026, 09:12:40 UTC" in page
    assert "Simulated letter, not valid for any purpose" in page


def test_opening_a_message_makes_it_read_at_that_instant(amara: Client) -> None:
    sent = message()
    amara.get(f"{LIST}{sent.pk}/")
    sent.refresh_from_db()
    assert sent.read_at == AT


def test_asking_only_for_the_head_of_a_message_leaves_it_unread(amara: Client) -> None:
    sent = message()
    amara.head(f"{LIST}{sent.pk}/")
    sent.refresh_from_db()
    assert sent.read_at is None


def test_unread_messages_carry_the_word(amara: Client) -> None:
    sent = message()
    assert amara.get(LIST).content.decode().count('class="unread"') == 1
    amara.get(f"{LIST}{sent.pk}/")
    assert 'class="unread"' not in amara.get(LIST).content.decode()


def test_another_persons_message_is_the_same_as_a_missing_one(client: Client) -> None:
    sent = message()
    client.force_login(factories.account(BEN))
    other, missing = (client.get(f"{LIST}{pk}/") for pk in (sent.pk, sent.pk + 1))
    assert (other.status_code, missing.status_code) == (404, 404)
    assert plain(other, f"/{sent.pk}/") == plain(missing, f"/{sent.pk + 1}/")
    sent.refresh_from_db()
    assert sent.read_at is None


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(LIST).headers["Location"] == f"/en/account/login/?next={LIST}"


def test_the_list_costs_the_same_queries_for_one_and_twenty(amara: Client) -> None:
    message()
    queries = count_queries(amara)
    for _number in range(19):
        message()
    assert count_queries(amara) == queries


def count_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    return len(captured)


def test_a_letter_in_french_has_french_days(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    page = client.get(f"/fr/account/messages/{message().pk}/").content.decode()
    assert "1er octobre 2026" in page
