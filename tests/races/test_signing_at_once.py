"""Twenty signings at once by an account with security questions: one submission, and nobody is told of too many tries.

Judging an answer takes a while, as it does with a slow hash, so that all of them are judged at the same time.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.limiting.limits import SECURITY_QUESTION, give_back, judged, within
from accounts.models import Message, Tally, User
from accounts.recovering.recovery_questions import is_right, question_for, set_questions
from profiles.models import Submission
from profiles.views import sending
from tests import factories
from tests.accounts.ended import key_of, with_cookie
from tests.personas import AMARA
from tests.profiles.test_signing_question import SIGN, THREE
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20
GUESSES = 40
SECONDS = 1.5
TRIES = SECURITY_QUESTION.by_account or 0


@pytest.fixture
def amara(client: Client) -> Client:
    """Amara's browser, with a complete draft and three questions."""
    set_questions(account=User.objects.get(pk=factories.draft(AMARA).account_id), told=THREE)
    client.force_login(factories.account(AMARA))
    return client


@pytest.fixture(autouse=True)
def _answers_are_judged_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(*told: Any) -> bool:
        time.sleep(SECONDS)
        return is_right(*told)

    monkeypatch.setattr(sending, "is_right", slowly)


def signed_at_once(client: Client, answer: str) -> list[Any]:
    """Sign the same draft from copies of a browser; return the answers."""
    draft = factories.account(AMARA).drafts.get()
    typed = {"draft": draft.pk, "version": draft.version, "declared": "on", "signed_as": AMARA.signature}
    copies = [with_cookie(key_of(client)) for _copy in range(AT_ONCE)]
    return list(at_once(*[partial(copy.post, SIGN, typed | {"answer": answer}) for copy in copies]))


def right() -> str:
    asked = question_for(factories.account(AMARA))
    assert asked
    return THREE[asked.number - 1].answer


def test_of_twenty_signings_one_is_the_submission_and_all_see_its_confirmation(amara: Client) -> None:
    answers = signed_at_once(amara, right())
    places = {answer.headers.get("Location", str(answer.status_code)) for answer in answers}
    assert len(places) == 1
    assert next(iter(places)).endswith("/submitted/")
    assert amara.get(next(iter(places))).status_code == 200
    assert Submission.objects.count() == 1
    assert Message.objects.filter(kind="profile_in_pool").count() == 1


def test_right_answers_leave_the_limit_as_it_was(amara: Client) -> None:
    signed_at_once(amara, right())
    assert not any(tally.tries for tally in Tally.objects.all())


def test_of_twenty_wrong_answers_exactly_the_allowed_are_judged(amara: Client) -> None:
    answers = signed_at_once(amara, "whale")
    assert sorted(answer.status_code for answer in answers) == [200] * TRIES + [429] * (AT_ONCE - TRIES)
    assert {answer.status_code for answer in signed_at_once(amara, right())} == {429}
    assert not Submission.objects.exists()


def counted_first(request: Any, limit: Any, account: int, judge: Callable[[], bool]) -> bool | None:
    """A limit as it was before: count, judge, give back."""
    if not within(request, limit, account):
        return None
    if not judge():
        return False
    give_back(request, limit, account)
    return True


def test_counted_before_they_are_judged_right_answers_would_be_too_many(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "judged", counted_first)
    answers = signed_at_once(amara, right())
    assert 429 in {answer.status_code for answer in answers}


def test_a_right_guess_among_many_passes_only_while_a_try_is_left() -> None:
    request = RequestFactory().post("/")
    guesses = [partial(judged, request, SECURITY_QUESTION, 1, lambda: False) for _guess in range(GUESSES)]
    told = at_once(*guesses)
    assert (told.count(False), told.count(None)) == (TRIES, GUESSES - TRIES)
    assert judged(request, SECURITY_QUESTION, 1, lambda: True) is None
