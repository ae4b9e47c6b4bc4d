"""The officers' desk: the preview of a round, running it, following it, cancelling and publishing it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Message
from accounts.services import deliver_messages
from draws import services
from draws.models import Category, Invitation, Round, RoundType
from lifecycle.tables import ProfileState, RoundState
from profiles.models import PoolEntry
from tests import factories
from tests.draws.desk import HOUR, ROUNDS, page, planned_round, press_run, sign_in, state_of, tied, work
from tests.draws.pages import text_in, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA

pytestmark = pytest.mark.django_db
WHY = {"why": "The instruction was withdrawn."}
Clock = Callable[[datetime], None]


@pytest.fixture
def desk(client: Client) -> Client:
    """A client that is signed in as an officer."""
    return sign_in(client, factories.officer())


# The preview


def test_the_preview_is_what_the_round_then_does(desk: Client) -> None:
    for person in (AMARA, BEN, DIVYA, EMEKA):
        factories.profile(person)
    planned = planned_round(size=2)
    preview = services.preview(planned=planned, at=AT)
    text = text_of(desk, page(planned))
    press_run(desk, planned)
    done = work(planned)
    invited = done.invitations.order_by("rank").values_list("profile_id", "rank", "score", "invited_as")
    assert [(row.profile_id, row.rank, row.score, row.invited_as) for row in preview.invited] == list(invited)
    assert (done.cutoff, done.tie_break_at) == (preview.cutoff, preview.tie_break_at)
    assert "If you ran it now, 2 of 3 candidates would be invited. Nothing has been sent." in text
    assert f"Cut-off {done.cutoff} lowest score invited" in text
    assert "Rank required 2nd or above" in text
    assert "At the cut-off 1 of 1 everybody with that score" in text
    for invitation in done.invitations.select_related("profile"):
        assert invitation.profile.number in text
        assert invitation.get_invited_as_display() in text


def test_the_preview_of_all_tied_says_how_many_the_tie_break_lets_in(desk: Client) -> None:
    profiles = tied(3)
    planned = planned_round(size=2)
    text = text_of(desk, page(planned))
    assert "At the cut-off 2 of 3 decided by the tie-break" in text
    assert "The 2 who first submitted a profile at this instant or before it" in text
    assert "24 September 2026, 09:12:40 UTC" in text
    press_run(desk, planned)
    work(planned)
    assert list(Invitation.objects.order_by("rank").values_list("profile_id", flat=True)) == [
        profiles[0].pk,
        profiles[1].pk,
    ]


def test_the_preview_of_fewer_eligible_than_asked_says_so(desk: Client) -> None:
    factories.profile(AMARA)
    text = text_of(desk, page(planned_round(size=5000)))
    assert "The number of eligible candidates is 1, so all of them would be invited." in text


def test_the_preview_on_an_empty_pool_says_so_and_the_round_can_still_run(desk: Client) -> None:
    planned = planned_round()
    assert "nobody would be invited: the pool is empty." in text_of(desk, page(planned))
    press_run(desk, planned)
    done = work(planned)
    assert (done.state, done.issued, done.cutoff) == (RoundState.COMPLETED, 0, None)
    assert "nobody was eligible" in text_of(desk, page(planned))


def test_the_preview_of_a_category_nobody_is_in_says_so(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round(round_type=RoundType.CATEGORY, category=Category.FRENCH)
    assert "no candidate in the pool meets this instruction" in text_of(desk, page(planned))


def test_a_preview_changes_nothing(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    desk.get(page(planned))
    assert state_of(planned) == RoundState.PLANNED
    assert not Invitation.objects.exists()
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL


def test_the_preview_warns_of_profiles_that_are_due_and_of_a_round_about_to_run(desk: Client) -> None:
    profile = factories.profile(AMARA)
    PoolEntry.objects.filter(pk=profile.pk).update(next_change_on=AT.date())
    first, second = planned_round(), planned_round(size=3)
    press_run(desk, first)
    text = text_of(desk, page(second))
    assert "1 profile is due to be assessed anew." in text
    assert f"Round {first.number} is about to run." in text


def test_the_list_of_candidates_is_paginated(desk: Client) -> None:
    profiles = tied(12)
    planned = planned_round(size=12)
    first, second = text_of(desk, page(planned)), text_of(desk, f"{page(planned)}?page=2")
    assert "1 to 10 of 12" in first
    assert profiles[0].number in first
    assert profiles[11].number not in first
    assert profiles[11].number in second


# Running


def test_a_round_runs_only_after_its_number_was_typed(desk: Client) -> None:
    planned = planned_round(size=5000)
    for wrong in ("", "500", "5001", "five thousand", "5000.0", "-5000"):
        response = desk.post(page(planned, "run"), {"number": wrong})
        assert response.status_code == 200
        assert "One thing to fix on this page" in text_in(response)
    assert state_of(planned) == RoundState.PLANNED


@pytest.mark.parametrize("typed", ["5000", "5,000", "5 000", " 5000 "])
def test_the_number_may_be_typed_as_people_write_it(desk: Client, typed: str) -> None:
    planned = planned_round(size=5000)
    assert press_run(desk, planned, typed).status_code == 302
    assert state_of(planned) == RoundState.QUEUED


def test_the_second_officer_is_told_who_started_the_round_and_when(desk: Client) -> None:
    planned = planned_round()
    assert press_run(desk, planned).headers["Location"] == page(planned)
    sign_in(desk, factories.officer("oscar"))
    response = press_run(desk, planned)
    text = text_in(response)
    assert response.status_code == 409
    assert "This round was started already." in text
    assert "Started 24 September 2026, 09:12:40 UTC by olivia" in text
    assert Round.objects.get().queued_by == factories.officer()


def test_a_round_whose_time_has_come_is_taken_by_the_clock_and_the_officer_is_told(
    desk: Client, set_clock: Clock
) -> None:
    planned = planned_round()
    set_clock(AT + HOUR)
    sign_in(desk, factories.officer(), proved_at=AT + HOUR)
    assert "The round’s time has come: it starts by itself within seconds" in text_of(desk, page(planned))
    services.queue_due(at=AT + HOUR)
    response = press_run(desk, planned)
    assert response.status_code == 409
    assert "Started 24 September 2026, 10:12:40 UTC by itself" in text_in(response)


def test_starting_twice_gives_one_round(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    press_run(desk, planned)
    press_run(desk, planned)
    work(planned)
    work(planned)
    assert Invitation.objects.count() == 1


def test_looking_at_the_address_of_the_button_only_leads_back(desk: Client) -> None:
    planned = planned_round()
    for step in ("run", "publish"):
        assert desk.get(page(planned, step)).headers["Location"] == page(planned)
    assert state_of(planned) == RoundState.PLANNED


def test_a_missing_round_is_a_missing_page(desk: Client) -> None:
    for step in ("change", "cancel"):
        assert desk.get(f"{ROUNDS}999/{step}/").status_code == 404
    for step in ("run", "cancel", "publish"):
        assert desk.post(f"{ROUNDS}999/{step}/").status_code == 404


# Following it


def test_the_page_follows_the_round_until_every_message_is_out(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    press_run(desk, planned)
    waiting = desk.get(page(planned))
    assert waiting.headers["Refresh"] == "3"
    assert "Waiting for a worker" in text_in(waiting)
    Round.objects.filter(pk=planned.pk).update(started_at=AT, assessed=7)
    assert "7 assessed, 0 left" in text_in(desk.get(page(planned)))
    work(planned)
    running = desk.get(page(planned))
    assert running.headers["Refresh"] == "3"
    assert "1 invited" in text_in(running)
    assert "0 of 1 sent" in text_in(running)
    deliver_messages()
    done = desk.get(page(planned))
    assert "Refresh" not in done.headers
    assert "1 of 1 sent" in text_in(done)


def test_the_looking_again_can_be_stopped(desk: Client) -> None:
    planned = planned_round()
    press_run(desk, planned)
    response = desk.get(f"{page(planned)}?still=1")
    assert "Refresh" not in response.headers
    assert "This page stands still." in text_in(response)


def test_messages_of_other_rounds_are_not_counted(desk: Client) -> None:
    factories.profile(AMARA)
    first = planned_round(size=1)
    press_run(desk, first)
    work(first)
    deliver_messages()
    factories.profile(DIVYA)
    second = planned_round(size=1)
    press_run(desk, second)
    work(second)
    assert Message.objects.filter(kind="invitation").count() == 2
    assert "0 of 1 sent" in text_of(desk, page(second))


# Cancelling and publishing


def test_a_planned_round_is_cancelled_after_one_more_question(desk: Client) -> None:
    planned = planned_round()
    assert "Cancel round 448?" in text_of(desk, page(planned, "cancel"))
    assert state_of(planned) == RoundState.PLANNED
    response = desk.post(page(planned, "cancel"), WHY, follow=True)
    text = text_in(response)
    assert state_of(planned) == RoundState.CANCELLED
    assert "This round was cancelled before it ran." in text
    assert "Cancelled 24 September 2026, 09:12:40 UTC by olivia" in text


def test_a_started_round_cannot_be_cancelled(desk: Client) -> None:
    planned = planned_round()
    press_run(desk, planned)
    response = desk.post(page(planned, "cancel"), WHY)
    assert response.status_code == 409
    assert "Only a planned round that has not started can be cancelled." in text_in(response)
    assert desk.get(page(planned, "cancel")).status_code == 409
    assert state_of(planned) == RoundState.QUEUED


def test_a_cancelled_round_cannot_be_run(desk: Client) -> None:
    planned = planned_round()
    desk.post(page(planned, "cancel"), WHY)
    response = press_run(desk, planned)
    assert response.status_code == 409
    assert "This round was cancelled. Nobody is invited by it." in text_in(response)
    assert state_of(planned) == RoundState.CANCELLED


def test_publishing_shows_the_round_to_everybody(desk: Client) -> None:
    factories.profile(AMARA)
    planned = planned_round()
    press_run(desk, planned)
    work(planned)
    assert "Only officers can see this round." in text_of(desk, page(planned))
    assert Client().get("/en/rounds/448/").status_code == 404
    desk.post(page(planned, "publish"))
    assert state_of(planned) == RoundState.PUBLISHED
    assert "Everybody can see this round since 24 September 2026, 09:12 UTC" in text_of(desk, page(planned))
    assert Client().get("/en/rounds/448/").status_code == 200


def test_a_round_that_has_not_run_cannot_be_published_and_none_twice(desk: Client) -> None:
    planned = planned_round()
    assert desk.post(page(planned, "publish")).status_code == 409
    press_run(desk, planned)
    work(planned)
    desk.post(page(planned, "publish"))
    assert desk.post(page(planned, "publish")).status_code == 409
    assert state_of(planned) == RoundState.PUBLISHED
