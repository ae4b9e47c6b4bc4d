"""Officers press Run and Cancel at the very same moment, over real HTTP: one of them does it, the others learn who."""

import random
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from django.test import Client

from accounts.models import User
from draws import services
from draws.models import Invitation, Round
from draws.running.selecting import instruction_of
from lifecycle import clock, moves
from lifecycle.models import Transition
from lifecycle.tables import RoundState
from rules.selection import select
from tests import factories
from tests.draws.desk import HOUR, page, planned_round, seen, sign_in
from tests.draws.pages import text_in
from tests.races.crowd import at_once
from tests.races.pools import candidates, make_pool
from tests.races.web import Answer, Sent, web_processes
from tests.unguarded import without_triggers

pytestmark = [pytest.mark.unguarded("clock"), pytest.mark.django_db(transaction=True)]
CLIENTS, SIZE, POOL = 8, 3, 400
RUNS, AGAINST_CANCEL = 50, 20
DID = {"queue": "Started", "cancel": "Cancelled"}


@pytest.fixture
def port() -> Iterator[int]:
    with web_processes(EEPORTAL_FOUR_EYES="0") as port:
        yield port


@pytest.fixture
def sessions() -> list[str]:
    """Eight browsers of two officers, who have just proved a second factor in each."""
    make_pool(POOL, clock.now())
    officers = [factories.officer("oscar"), factories.officer("sefton")]
    return [session_of(officers[number % 2]) for number in range(CLIENTS)]


def session_of(officer: User) -> str:
    browser = sign_in(Client(), officer, proved_at=clock.real_now())
    return str(browser.session.session_key)


def next_round() -> Round:
    return planned_round(SIZE, planned_for=clock.now() + HOUR)


def run_form(planned: Round, session: str) -> Sent:
    typed = {"number": str(SIZE), **seen(planned, clock.now())}
    return Sent(page(planned, "run"), typed, session=session)


def cancel_form(planned: Round, session: str) -> Sent:
    return Sent(page(planned, "cancel"), {"why": "The instruction was withdrawn."}, session=session)


def press_all(port: int, forms: Sequence[Sent], planned: Round) -> str:
    """Send all forms at once; return what the first of them did. The others' pages say who did it, and when."""
    told = at_once(*[partial(form.answer, port) for form in forms])
    answers = [answer for answer in told if isinstance(answer, Answer)]
    assert sorted(answer.status for answer in answers) == [302] + [409] * (len(forms) - 1)
    act = Transition.objects.select_related("actor").get(
        machine="round", thing_id=planned.pk, event__in=DID, actor__isnull=False
    )
    assert act.actor
    done = f"{DID[act.event]} {act.at.day} {act.at:%B %Y, %H:%M:%S} UTC by {act.actor.username}"
    for answer in answers:
        assert answer.status == 302 or done in text_in(answer)
    return act.event


def run_by_two_workers(planned: Round) -> None:
    """Run a started round by two workers at once: it invites whom the reference invites, and no more."""
    expected = select(candidates(), instruction_of(planned)).invited
    assert len(expected) == SIZE
    at_once(*[partial(services.run, round_id=planned.pk, at=clock.now())] * 2)
    invited = Invitation.objects.filter(round=planned).order_by("rank")
    assert list(invited.values_list("profile_id", "rank", "invited_as")) == expected


@pytest.mark.slow
def test_eight_who_press_run_at_once_start_one_round_and_the_others_are_told_who_did_and_when(
    port: int, sessions: list[str]
) -> None:
    for _time in range(RUNS):
        planned = next_round()
        forms = [run_form(planned, session) for session in sessions]
        assert press_all(port, forms, planned) == "queue"
        run_by_two_workers(planned)
    assert Invitation.objects.count() == RUNS * SIZE


@pytest.mark.slow
def test_run_against_cancel_is_one_of_them_and_the_others_are_told_which(
    port: int, sessions: list[str]
) -> None:
    came = set()
    for number in range(AGAINST_CANCEL):
        planned = next_round()
        forms = [
            (run_form, cancel_form)[place % 2](planned, session) for place, session in enumerate(sessions)
        ]
        random.Random(number).shuffle(forms)
        first = press_all(port, forms, planned)
        came.add(first)
        state = Round.objects.get(pk=planned.pk).state
        assert state == {"queue": RoundState.QUEUED, "cancel": RoundState.CANCELLED}[first]
        services.run(round_id=planned.pk, at=clock.now())
        assert Invitation.objects.filter(round=planned).count() == (SIZE if first == "queue" else 0)
    assert came == set(DID)


def test_without_the_look_at_the_state_each_press_would_start_the_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officers = [factories.officer(f"officer{number}").pk for number in range(CLIENTS)]
    planned = next_round()

    def press(officer_id: int) -> Round:
        own = Round.objects.get(pk=planned.pk)
        return services.queue(planned=own, officer_id=officer_id, at=clock.now())

    monkeypatch.setattr(services, "_still_planned", lambda planned: planned)
    monkeypatch.setattr(moves, "move", lambda *args, **rest: None)
    with without_triggers("draws_round"):
        told = at_once(*[partial(press, officer_id) for officer_id in officers])
    assert sum(isinstance(outcome, Round) for outcome in told) == CLIENTS
