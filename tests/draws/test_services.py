"""Planning, running and publishing rounds, and what becomes of invitations."""

from datetime import timedelta

import pytest

from accounts.models import Message
from draws import answers, services
from draws.errors import InvitationOver, RoundAlreadyStarted, RoundNotPlanned
from draws.models import Invitation, Round, RoundType
from draws.running.digests import Line, digest_of
from draws.running.selecting import instruction_of
from lifecycle.models import Transition
from lifecycle.tables import InvitationState, ProfileState, RoundState
from profiles import ageing
from profiles import services as profiles
from profiles.errors import ProfileLocked
from profiles.models import PoolEntry
from rules.selection import Candidate, select
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def planned_round(size: int = 10, **fields: object) -> Round:
    planned = Round(number=448, size=size, planned_for=AT, **{"round_type": RoundType.GENERAL, **fields})
    return services.plan(planned=planned, officer_id=factories.officer().pk, at=AT)


def run(planned: Round) -> Round:
    services.queue(planned=planned, officer_id=factories.officer().pk, at=AT)
    return services.run(round_id=planned.pk, at=AT)


def test_a_round_invites_whom_the_reference_selects_and_reads_cut_off_and_tie_break_off_the_last() -> None:
    factories.profile(AMARA)
    factories.profile(DIVYA)
    rows = PoolEntry.objects.values_list("profile_id", "score", "submitted_at", "programs", "categories")
    planned = planned_round(size=1)
    expected = select([Candidate(*row) for row in rows], instruction_of(planned))
    done = run(planned)
    assert list(done.invitations.values_list("profile_id", "rank", "invited_as")) == expected.invited
    assert (done.issued, done.cutoff, done.tie_break_at) == (1, expected.cutoff, expected.tie_break_at)
    (best,) = [row for row in rows if row[0] == expected.invited[0].id]
    assert done.digest == digest_of([Line(1, *best[:3], expected.invited[0].invited_as)])


def test_an_invited_profile_is_locked_logged_and_told_once() -> None:
    profile = factories.profile(AMARA)
    run(planned_round())
    invitation = Invitation.objects.get()
    assert profile.entry.__class__.objects.get(pk=profile.pk).state == ProfileState.INVITED
    assert invitation.expires_at == AT + timedelta(days=60)
    assert Message.objects.filter(kind="invitation", account=profile.account).count() == 1
    assert Transition.objects.filter(machine="profile", thing_id=profile.pk, event="invite").count() == 1
    with pytest.raises(ProfileLocked):
        profiles.withdraw(profile=profile, at=AT)


def test_a_round_with_nobody_eligible_completes_with_no_cut_off() -> None:
    done = run(planned_round())
    assert (done.state, done.issued, done.cutoff, done.tie_break_at) == (RoundState.COMPLETED, 0, None, None)


def test_a_second_press_of_run_is_told_that_the_round_started() -> None:
    planned = planned_round()
    stale = Round.objects.get(pk=planned.pk)
    services.queue(planned=planned, officer_id=None, at=AT)
    with pytest.raises(RoundAlreadyStarted):
        services.queue(planned=stale, officer_id=None, at=AT)


def test_running_a_completed_round_again_changes_nothing() -> None:
    factories.profile(AMARA)
    planned = planned_round()
    run(planned)
    again = services.run(round_id=planned.pk, at=AT + DAY)
    assert again.ran_at == AT
    assert Invitation.objects.count() == 1


def test_a_planned_round_is_started_at_its_time_and_not_before() -> None:
    planned = planned_round()
    assert services.queue_due(at=AT - timedelta(seconds=1)) == []
    assert services.queue_due(at=AT) == [planned.pk]


def test_a_started_round_cannot_be_cancelled() -> None:
    planned = planned_round()
    services.queue(planned=planned, officer_id=None, at=AT)
    with pytest.raises(RoundNotPlanned):
        services.cancel(planned=Round.objects.get(), officer_id=None, at=AT)


def test_declining_returns_to_the_pool_with_the_old_time_and_the_next_round_invites_again() -> None:
    profile = factories.profile(AMARA, at=AT - 30 * DAY)
    run(planned_round())
    assert answers.decline(invitation=Invitation.objects.get(), at=AT + DAY) == ProfileState.IN_POOL
    entry = PoolEntry.objects.get(pk=profile.pk)
    assert entry.submitted_at == AT - 30 * DAY
    second = factories.published_round(at=AT + 2 * DAY, number=449)
    assert second.invitations.get().profile_id == profile.pk


def test_declining_twice_is_once() -> None:
    factories.invitation(AMARA)
    answers.decline(invitation=Invitation.objects.get(), at=AT + DAY)
    answers.decline(invitation=Invitation.objects.get(), at=AT + DAY)
    assert Message.objects.filter(kind="invitation_declined").count() == 1


def test_declining_after_the_twelve_months_expires_the_profile() -> None:
    # Submitted 330 days before the round: the 12 months end while the invitation is open.
    profile = factories.profile(AMARA, at=AT - 330 * DAY)
    factories.published_round(at=AT, number=448)
    invitation = Invitation.objects.get()
    assert answers.decline(invitation=invitation, at=profile.expires_at) == ProfileState.EXPIRED


def test_an_unanswered_invitation_lapses_on_its_deadline_and_removes_the_profile() -> None:
    invitation = factories.invitation(AMARA)
    deadline = invitation.expires_at
    assert answers.lapse_invitations(at=deadline - timedelta(seconds=1)) == 0
    assert answers.lapse_invitations(at=deadline) == 1
    assert Invitation.objects.get().state == InvitationState.LAPSED
    assert PoolEntry.objects.get().state == ProfileState.LAPSED
    assert answers.lapse_invitations(at=deadline) == 0


def test_a_late_job_shows_no_stale_invitation_and_lets_nobody_decline_it() -> None:
    invitation = factories.invitation(AMARA)
    assert invitation.state_at(invitation.expires_at) == InvitationState.LAPSED
    with pytest.raises(InvitationOver):
        answers.decline(invitation=invitation, at=invitation.expires_at)


def test_a_profile_past_its_twelve_months_is_not_invited_even_when_its_job_is_late() -> None:
    profile = factories.profile(AMARA)
    late = factories.published_round(at=profile.expires_at, number=448)
    assert late.issued == 0


def test_what_is_due_is_assessed_before_the_selection() -> None:
    profile = factories.profile(AMARA)
    due = PoolEntry.objects.get(pk=profile.pk).next_change_on
    assert due is not None
    at = AT + (due - AT.date()) * 1
    factories.published_round(at=at, number=448)
    assert PoolEntry.objects.get(pk=profile.pk).as_of == at.date()


def test_a_job_that_assesses_finds_nobody_invited() -> None:
    factories.invitation(AMARA)
    assert ageing.assess_due(at=AT + 200 * DAY) == 0
