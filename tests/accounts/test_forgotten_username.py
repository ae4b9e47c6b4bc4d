"""The way back to a forgotten username: a link, an answer, and the username once."""

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.recovering import recovery, recovery_mail
from accounts.recovering.recovery import Lost, send_due
from accounts.recovering.recovery_questions import question_for
from tests.accounts.ways import (
    ANSWERS,
    WAYS,
    bare,
    owner,
    told_of,
)
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]


def test_a_username_is_shown_behind_the_link_after_the_answer_once(
    client: Client, mailoutbox: Outbox
) -> None:
    account = owner()
    link = _username_link(client, mailoutbox)
    assert account.username not in client.get(link).content.decode()
    question = question_for(account)
    assert question is not None
    right = ANSWERS[f"answer_{question.number}"]
    wrong = client.post(link, {f"answer_{question.number}": "wrong"}).content.decode()
    assert "This is not the answer" in wrong
    assert account.username not in wrong
    shown = client.post(link, {f"answer_{question.number}": right}).content.decode()
    assert account.username in shown
    assert client.post(link, {f"answer_{question.number}": right}).status_code == 404
    assert told_of("recovery_done")


def test_the_email_names_nobody_and_says_how_many(client: Client, mailoutbox: Outbox) -> None:
    account = owner()
    _username_link(client, mailoutbox)
    body = str(mailoutbox[-1].body)
    assert "There is 1 account" in body
    for personal in (account.username, AMARA.given_names, AMARA.family_name):
        assert personal not in body


def test_an_unknown_address_gets_the_same_page_and_no_email(client: Client, mailoutbox: Outbox) -> None:
    owner()
    known = client.post(f"{WAYS}username/", {"email": "amara@example.org"}, follow=True)
    unknown = Client().post(f"{WAYS}username/", {"email": "nobody@example.org"}, follow=True)
    assert bare(known.content.decode()) == bare(unknown.content.decode())
    send_due()
    assert [mail.to for mail in mailoutbox] == [["amara@example.org"]]


def test_tampered_and_expired_links_to_a_username_show_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, mailoutbox: Outbox
) -> None:
    owner()
    link = _username_link(client, mailoutbox)
    for forged in (link[:-2] + "x/", link.replace(":", ";", 1), f"{WAYS}username/1:abc:def/"):
        assert client.get(forged).status_code == 404
    monkeypatch.setattr(recovery, "HOUR", timedelta(seconds=-1))
    assert client.get(link).status_code == 404


def test_a_link_to_a_username_opens_no_other_way_back(client: Client) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    assert client.get(f"{WAYS}username/{recovery_mail.token_of(asked)}/").status_code == 404


def test_an_unknown_way_back_is_a_page_that_does_not_exist(client: Client) -> None:
    assert client.get(f"{WAYS}nothing/").status_code == 404
    page = client.get(WAYS).content.decode()
    assert "What cannot be recovered" in page


def _username_link(client: Client, mailoutbox: Outbox) -> str:
    client.post(f"{WAYS}username/", {"email": "amara@example.org"})
    send_due()
    found = re.search(r"http://[^/]+(/\S+)", str(mailoutbox[-1].body))
    assert found
    return found[1]
