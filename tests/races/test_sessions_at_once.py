"""Requests at the same moment at a session's end: none acts as signed in after it, what was typed is kept once.

Each request is on a connection of its own. A request that had loaded the session before its end is held there until
the end is done.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import AccountEvent, EndedSession, KeptForm, Session
from accounts.signed_in import sessions
from accounts.signed_in.session_store import SessionStore
from accounts.signed_in.sessions import IDLE, LONGEST, Ending
from accounts.tasks import forget_ended_sessions
from tests import factories
from tests.accounts.ended import PAGE, age, browser, key_of, with_cookie
from tests.factories import PASSWORD
from tests.personas import AMARA
from tests.profiles.reading import filled_in
from tests.races.crowd import at_once, somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
LATE = "Typed-Late"
LED_TO_SIGN_IN = f"/en/account/login/?next={PAGE}"


@pytest.fixture
def amara() -> Client:
    """Amara's browser, signed in, with a draft."""
    factories.draft(AMARA)
    return browser()


def senders(client: Client, how_many: int = 2) -> list[Callable[[], Any]]:
    """Send the same form from copies of a browser, each when it is called."""
    told = filled_in(client.get(PAGE)) | {"family_name": LATE}
    copies = [with_cookie(key_of(client)) for _copy in range(how_many)]
    return [partial(copy.post, PAGE, told) for copy in copies]


def is_saved() -> bool:
    return LATE in str(factories.account(AMARA).drafts.get().answers)


def check_kept_once(answers: Sequence[Any]) -> None:
    assert {answer.headers["Location"] for answer in answers} == {LED_TO_SIGN_IN}
    assert not is_saved()
    assert KeptForm.objects.get().fields["family_name"] == [LATE]
    assert EndedSession.objects.count() == 1
    assert AccountEvent.objects.filter(kind="session_ended").count() == 1


@pytest.mark.parametrize(
    ("seen", "began"), [(IDLE, IDLE), (timedelta(seconds=1), LONGEST)], ids=["idle", "twelve hours"]
)
def test_two_forms_as_the_time_is_over_are_kept_once_and_saved_by_neither(
    amara: Client, seen: timedelta, began: timedelta
) -> None:
    sending = senders(amara)
    age(amara, seen=seen, began=began)
    check_kept_once(at_once(*sending))


def test_twenty_forms_and_the_job_that_ends_sessions_keep_it_once(amara: Client) -> None:
    sending = senders(amara, 20)
    age(amara, seen=IDLE)
    *answers, _forgotten = at_once(*sending, forget_ended_sessions)
    check_kept_once(answers)


def end_the_others(other: Client) -> None:
    other.post("/en/account/sessions/others/end/")


def change_the_password(other: Client) -> None:
    other.post("/en/account/prove/", {"password": PASSWORD})
    new = "a better garden path"
    other.post("/en/account/password/", {"password1": new, "password2": new})
    assert factories.account(AMARA).check_password(new)


def end_it_alone(other: Client) -> None:
    number = Session.objects.exclude(pk=key_of(other)).exclude(account=None).get().number
    other.post(f"/en/account/sessions/{number}/end/")


ENDS = pytest.mark.parametrize(
    "end", [end_the_others, change_the_password, end_it_alone], ids=lambda end: end.__name__
)


def sent_across_the_end(
    client: Client, end: Callable[[Client], None], monkeypatch: pytest.MonkeyPatch
) -> Sequence[Any]:
    """Let two requests load the session, end it from another one, and only then let them go on."""
    other = browser()
    sending = senders(client)
    key, loaded, ended = key_of(client), Barrier(len(sending) + 1), Event()
    load = SessionStore.load

    def held(store: SessionStore) -> dict[str, Any]:
        asked = store.session_key
        data = load(store)
        if asked == key:
            loaded.wait(timeout=20)
            assert ended.wait(timeout=20)
        return data

    def end_between() -> None:
        loaded.wait(timeout=20)
        try:
            end(other)
        finally:
            ended.set()

    monkeypatch.setattr(SessionStore, "load", held)
    *answers, nothing = at_once(*sending, end_between)
    assert nothing is None
    return answers


@ENDS
def test_two_forms_whose_session_ends_from_elsewhere_meanwhile_are_kept_once(
    amara: Client, end: Callable[[Client], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    check_kept_once(sent_across_the_end(amara, end, monkeypatch))


def test_without_the_guard_a_form_would_be_saved_after_its_sessions_end(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "still_lasts", lambda *_row, **_now: True)
    sent_across_the_end(amara, end_the_others, monkeypatch)
    assert is_saved()


def test_without_the_guard_a_form_would_be_lost_when_the_password_was_changed(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "still_lasts", lambda *_row, **_now: True)
    sent_across_the_end(amara, change_the_password, monkeypatch)
    assert not is_saved()
    assert not KeptForm.objects.exists()


def test_an_end_that_is_under_way_is_waited_for(amara: Client) -> None:
    sending = senders(amara)
    begun, waited_for = Event(), Event()

    def end_slowly() -> None:
        with transaction.atomic():
            sessions.end_all(account_id=factories.account(AMARA).pk, why=Ending.ELSEWHERE)
            begun.set()
            assert waited_for.wait(timeout=20)

    def send(one: Callable[[], Any]) -> Any:
        assert begun.wait(timeout=20)
        return one()

    def watch() -> bool:
        try:
            return begun.wait(timeout=20) and somebody_waits_for_a_lock(seconds=2)
        finally:
            waited_for.set()

    *answers, ended, waits = at_once(*[partial(send, one) for one in sending], end_slowly, watch)
    assert (ended, waits) == (None, True)
    check_kept_once(answers)
