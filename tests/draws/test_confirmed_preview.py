"""An officer confirms what they saw: nothing runs on a list that has changed since, and differences are kept."""

import base64
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import Role
from draws import services
from draws.errors import PreviewChanged, RoundAlreadyStarted
from draws.models import Round, Seen
from draws.running import seeing
from draws.running.previewing import Confirmed, pack, preview, unpack, what_changed
from draws.tasks import run_due_rounds
from lifecycle.tables import RoundState
from profiles import services as profiles
from profiles.models import PoolEntry, Profile
from tests import factories
from tests.draws.desk import HOUR, page, planned_round, press_run, seen, sign_in, state_of, tied, work
from tests.draws.pages import text_in, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, factories.officer("corinne", Role.SENIOR_OFFICER))


def looked_at(planned: Round) -> Confirmed:
    shown = preview(planned=planned, at=AT)
    return Confirmed(shown.token, shown.packed)


def withdraw_the_best() -> Profile:
    best = PoolEntry.objects.filter(state="in_pool").order_by("-score", "submitted_at", "pk").first()
    assert best is not None
    profiles.withdraw(profile=best.profile, at=AT)
    return best.profile


# The token


def test_the_same_list_has_the_same_token() -> None:
    factories.profile(AMARA)
    planned = planned_round()
    assert preview(planned=planned, at=AT).token == preview(planned=Round.objects.get(), at=AT + MINUTE).token


def test_another_order_another_score_or_another_instruction_has_another_token() -> None:
    first, second = tied(2)
    planned = planned_round()
    tokens = {preview(planned=planned, at=AT).token}
    PoolEntry.objects.filter(pk=first.pk).update(submitted_at=AT + MINUTE)
    tokens.add(preview(planned=planned, at=AT).token)
    PoolEntry.objects.filter(pk__in=(first.pk, second.pk)).update(score=700)
    tokens.add(preview(planned=planned, at=AT).token)
    planned.size = 3
    tokens.add(preview(planned=planned, at=AT).token)
    assert len(tokens) == 4


def test_who_is_behind_the_line_does_not_change_the_token() -> None:
    tied(2)
    planned = planned_round(size=1)
    before = preview(planned=planned, at=AT).token
    factories.profile(AMARA, at=AT + MINUTE)
    assert preview(planned=planned, at=AT).token == before


def test_what_is_packed_is_unpacked() -> None:
    assert unpack(pack("digest", [700_001, 3, 12], 481)) == ("digest", [3, 12, 700_001], 481)
    assert unpack(pack("digest", [], None)) == ("digest", [], None)


def test_a_list_of_five_thousand_of_a_large_pool_packs_into_a_few_kilobytes() -> None:
    assert len(pack("d" * 64, range(1, 250_001, 50), 500)) < 10_000
    assert len(pack("d" * 64, (number * 7919 % 250_000 for number in range(5000)), 500)) < 16_000


def zipped(told: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(told)).decode()


NONSENSE = {
    "nothing": "",
    "a letter": "x",
    "signs": "%%%",
    "no ascii": "é",
    "too few": zipped(b"[1]"),
    "no numbers": zipped(b'["a",["b"],1]'),
    "endless numbers": zipped(b'["a",[1e999],1]'),
    "no number at all": zipped(b'["a",[NaN],1]'),
    "deep": zipped(b"[" * 4000),
    "long": zipped(b"1" * 5_000_000),
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_packed_preview_that_cannot_be_read_is_compared_with_nothing(nonsense: str) -> None:
    factories.profile(AMARA)
    change = what_changed(nonsense, preview(planned=planned_round(), at=AT))
    assert not change.known


# Running now


def test_nothing_runs_when_the_pool_changed_and_the_officer_is_told_what_changed(desk: Client) -> None:
    for person in (AMARA, BEN, DIVYA):
        factories.profile(person)
    planned = planned_round(size=2)
    old = seen(planned)
    before = preview(planned=planned, at=AT)
    withdraw_the_best()
    now = preview(planned=planned, at=AT)
    response = press_run(desk, planned, **old)
    text = text_in(response)
    assert state_of(planned) == RoundState.PLANNED
    assert "The pool has changed since the preview that you confirmed, so nothing was started" in text
    assert "1 candidate came on the list." in text
    assert "1 candidate went from the list." in text
    assert f"The cut-off was {before.cutoff}; it is {now.cutoff} now." in text
    assert f'value="{now.token}"' in response.content.decode()
    assert not Seen.objects.exists()


def test_the_new_preview_can_be_confirmed_then(desk: Client) -> None:
    tied(3)
    planned = planned_round(size=2)
    old = seen(planned)
    withdraw_the_best()
    press_run(desk, planned, **old)
    assert press_run(desk, planned).status_code == 302
    assert state_of(planned) == RoundState.QUEUED


def test_a_press_without_the_preview_runs_nothing(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    response = desk.post(page(planned, "run"), {"number": "2"})
    assert "so the two cannot be compared" in text_in(response)
    assert state_of(planned) == RoundState.PLANNED


def test_a_new_score_of_one_on_the_list_is_a_change_without_comings_and_goings(desk: Client) -> None:
    first, _second = tied(2)
    planned = planned_round(size=2)
    old = seen(planned)
    PoolEntry.objects.filter(pk=first.pk).update(score=900)
    text = text_in(press_run(desk, planned, **old))
    assert "The same candidates are on the list, with other scores or in another order." in text
    assert "as it was." in text


def test_an_emptied_pool_is_told_as_such(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    old = seen(planned)
    withdraw_the_best()
    text = text_in(press_run(desk, planned, **old))
    assert "now nobody would be invited." in text


def test_another_instruction_is_told_as_such(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    old = seen(planned)
    Round.objects.filter(pk=planned.pk).update(size=7)
    text = text_in(press_run(desk, Round.objects.get(), **old))
    assert "The instruction itself says something else than it did." in text
    assert state_of(planned) == RoundState.PLANNED


def test_the_second_officer_reads_who_was_first_not_that_the_pool_changed(desk: Client) -> None:
    tied(3)
    planned = planned_round(size=2)
    old = seen(planned)
    press_run(desk, planned)
    work(planned)
    sign_in(desk, factories.officer("oscar"))
    response = press_run(desk, planned, **old)
    assert response.status_code == 409
    assert "Started 24 September 2026, 09:12:40 UTC by corinne" in text_in(response)


def test_twin_without_the_look_a_round_runs_on_another_list(monkeypatch: pytest.MonkeyPatch) -> None:
    tied(3)
    planned = planned_round(size=2)
    old = looked_at(planned)
    gone = withdraw_the_best()
    monkeypatch.setattr(services, "_look_again", lambda *_told: None)
    services.queue(planned=planned, officer_id=factories.officer("oscar").pk, at=AT, confirmed=old)
    done = work(planned)
    assert done.issued == 2
    assert not done.invitations.filter(profile=gone).exists()


# Confirmed for its time


@pytest.fixture
def _four_eyes(settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True


@pytest.mark.usefixtures("_four_eyes")
def test_a_confirmation_holds_for_the_list_that_was_seen(desk: Client) -> None:
    tied(3)
    planned = planned_round(size=2)
    old = seen(planned)
    withdraw_the_best()
    text = text_in(press_run(desk, planned, at_its_time="1", **old))
    assert "1 candidate came on the list." in text
    assert Round.objects.get().confirmed_by is None
    press_run(desk, planned, at_its_time="1")
    assert Round.objects.get().confirmed_by == factories.officer("corinne")


@pytest.mark.usefixtures("_four_eyes")
def test_a_changed_instruction_needs_a_new_confirmation(desk: Client) -> None:
    tied(3)
    planned = planned_round(size=2)
    press_run(desk, planned, at_its_time="1")
    Round.objects.filter(pk=planned.pk).update(size=3)
    assert services.queue_due(at=AT + HOUR) == []
    assert "but its instruction says something else now" in text_of(desk, page(planned))
    press_run(desk, Round.objects.get(), at_its_time="1")
    assert services.queue_due(at=AT + HOUR) == [planned.pk]
    assert Seen.objects.count() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"size": 3},
        {"planned_for": AT + 2 * HOUR},
        {"round_type": "pnp"},
        {"period_from": AT.date()},
        {"programs": 1},
        {"authority": "10.3(1)(k)"},
    ],
)
@pytest.mark.usefixtures("_four_eyes")
def test_whatever_is_changed_of_an_instruction_undoes_its_confirmation(changed: dict[str, object]) -> None:
    planned = planned_round(size=2)
    services.confirm(planned=planned, officer_id=factories.officer("oscar").pk, at=AT)
    Round.objects.filter(pk=planned.pk).update(**changed)
    assert services.queue_due(at=AT + 3 * HOUR) == []


@pytest.mark.usefixtures("_four_eyes")
def test_twin_without_the_digest_a_round_runs_on_an_instruction_that_nobody_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned = planned_round(size=2)
    services.confirm(planned=planned, officer_id=factories.officer("oscar").pk, at=AT)
    Round.objects.filter(pk=planned.pk).update(size=2000)
    monkeypatch.setattr(services, "is_confirmed", lambda held: held.confirmed_by_id is not None)
    assert services.queue_due(at=AT + HOUR) == [planned.pk]


@pytest.mark.usefixtures("_four_eyes")
def test_what_differs_from_the_confirmed_preview_is_kept_and_shown(
    desk: Client, set_clock: Callable[[datetime], None]
) -> None:
    for person in (AMARA, BEN, DIVYA):
        factories.profile(person)
    planned = planned_round(size=2)
    before = preview(planned=planned, at=AT)
    press_run(desk, planned, at_its_time="1")
    withdraw_the_best()
    set_clock(AT + HOUR)
    assert run_due_rounds() == 1
    kept = Seen.objects.get()
    done = Round.objects.get()
    assert (kept.profiles, kept.cutoff, kept.token) == (before.profiles, before.cutoff, before.token)
    assert (kept.entered, kept.left) == (1, 1)
    sign_in(desk, factories.officer("corinne"))
    text = text_of(desk, page(planned))
    assert "corinne confirmed a preview of this round on 24 September 2026, 09:12:40 UTC." in text
    assert "1 candidate was invited who was not on the preview." in text
    assert "1 candidate of the preview was not invited." in text
    assert f"The cut-off of the preview was {before.cutoff}; that of the round was {done.cutoff}." in text


def test_a_round_that_came_as_previewed_says_so(desk: Client) -> None:
    tied(3)
    planned = planned_round(size=2)
    press_run(desk, planned)
    work(planned)
    assert seeing.compare_all() == 1
    assert seeing.compare_all() == 0
    assert "The round invited exactly those who were on it." in text_of(desk, page(planned))


def test_a_round_that_nobody_previewed_compares_nothing(desk: Client) -> None:
    tied(2)
    planned = planned_round(size=2)
    services.queue_due(at=AT + HOUR)
    work(planned)
    assert seeing.compare_all() == 0
    assert "What was previewed, and what came" not in text_of(desk, page(planned))


def test_of_two_who_press_with_the_same_preview_one_is_kept() -> None:
    tied(2)
    planned = planned_round(size=2)
    told = looked_at(planned)
    services.queue(
        planned=Round.objects.get(), officer_id=factories.officer("oscar").pk, at=AT, confirmed=told
    )
    with pytest.raises(RoundAlreadyStarted):
        services.queue(planned=planned, officer_id=factories.officer("otis").pk, at=AT, confirmed=told)
    assert Seen.objects.get().officer == factories.officer("oscar")


def test_what_was_seen_is_never_changed_or_deleted_and_compared_once() -> None:
    tied(2)
    planned = planned_round(size=2)
    services.queue(
        planned=planned, officer_id=factories.officer("oscar").pk, at=AT, confirmed=looked_at(planned)
    )
    kept = Seen.objects.all()
    kept.update(entered=0, left=0)
    changes: tuple[dict[str, Any], ...] = (
        {"profiles": []},
        {"officer": factories.officer()},
        {"cutoff": 1},
        {"left": 7},
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            kept.update(**change)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        kept.delete()


def test_where_one_may_do_both_another_can_still_confirm_for_the_time(desk: Client) -> None:
    tied(2)
    planned = planned_round(size=2)
    assert "Let it run at its time" in text_of(desk, page(planned))
    press_run(desk, planned, at_its_time="1")
    assert Round.objects.get().confirmed_by == factories.officer("corinne")
    assert state_of(planned) == RoundState.PLANNED


def test_a_refused_press_leaves_no_trace() -> None:
    tied(2)
    planned = planned_round(size=2)
    with pytest.raises(PreviewChanged):
        services.queue(
            planned=planned, officer_id=factories.officer("oscar").pk, at=AT, confirmed=Confirmed("another")
        )
    assert state_of(planned) == RoundState.PLANNED
    assert not Seen.objects.exists()
