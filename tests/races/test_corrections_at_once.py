"""A correction against an answer, against time, and against itself: each invitation ends once, with one message."""

from functools import partial

import pytest
from django.db import transaction

from accounts.models import Message
from draws import answers
from draws.correcting import carrying_out, services
from draws.correcting.carrying_out import carry_out_next
from draws.correcting.errors import CorrectionSettled
from draws.models import Invitation, PlannedCorrection, Round, RoundCorrection
from lifecycle import moves
from lifecycle.models import Transition
from lifecycle.tables import InvitationState, ProfileState
from profiles.models import PoolEntry
from tests import factories
from tests.draws.corrections import confirmed, prepared
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = ("invitation_withdrawn", "invitation_declined", "invitation_lapsed")


def invited_round() -> Round:
    for persona in (AMARA, BEN, DIVYA):
        factories.profile(persona)
    return factories.published_round(number=448, size=10)


def ends_of(invitation: Invitation) -> int:
    """Return how often the log says that an invitation ended."""
    return Transition.objects.filter(machine="invitation", thing_id=invitation.pk, source="issued").count()


def test_a_correction_and_the_candidates_answers_at_once_end_each_invitation_once() -> None:
    held = invited_round()
    confirmed(prepared(held))
    declines = [partial(answers.decline, invitation=one, at=AT) for one in Invitation.objects.order_by("pk")]
    at_once(partial(carry_out_next, AT), *declines)
    assert held.issued == 3
    assert [ends_of(one) for one in Invitation.objects.order_by("pk")] == [1, 1, 1]
    assert Message.objects.filter(kind__in=TOLD).count() == held.issued
    done = RoundCorrection.objects.get()
    assert done.withdrawn + done.kept == held.issued
    assert done.withdrawn == Invitation.objects.filter(state=InvitationState.RESCINDED).count()
    assert not PoolEntry.objects.filter(state=ProfileState.INVITED).exists()


def test_a_correction_and_the_lapse_of_the_same_invitations_at_once_end_each_once() -> None:
    held = invited_round()
    confirmed(prepared(held))
    over = Invitation.objects.all()[0].expires_at
    at_once(partial(carry_out_next, AT), partial(answers.lapse_invitations, at=over))
    assert [ends_of(one) for one in Invitation.objects.order_by("pk")] == [1, 1, 1]
    assert Message.objects.filter(kind__in=TOLD).count() == held.issued
    assert not PoolEntry.objects.filter(state=ProfileState.INVITED).exists()


def test_two_workers_with_one_correction_withdraw_once() -> None:
    held = invited_round()
    confirmed(prepared(held))
    outcomes = at_once(*[partial(carry_out_next, AT)] * 4)
    assert sorted(map(str, outcomes)) == ["0", "0", "0", "1"]
    assert Message.objects.filter(kind="invitation_withdrawn").count() == held.issued


def test_a_correction_that_is_confirmed_and_dropped_at_once_is_one_of_them() -> None:
    prepared(invited_round())

    def confirm() -> PlannedCorrection:
        own = PlannedCorrection.objects.get()
        return services.confirm(planned=own, officer_id=None, at=AT)

    def drop() -> PlannedCorrection:
        own = PlannedCorrection.objects.get()
        return services.drop(planned=own, officer_id=None, at=AT)

    outcomes = at_once(*[confirm, drop] * 4)
    assert sum(isinstance(outcome, PlannedCorrection) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, CorrectionSettled) for outcome in outcomes) == 7


def test_twin_without_the_look_at_what_is_still_open_a_declined_candidate_is_told_of_a_withdrawal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = invited_round()
    planned = confirmed(prepared(held))
    answers.decline(invitation=Invitation.objects.order_by("pk")[0], at=AT)
    monkeypatch.setattr(carrying_out, "_withdraw", lambda planned, at: planned.invitations)
    carry_out_next(AT)
    assert RoundCorrection.objects.get(planned=planned).withdrawn == held.issued
    assert Message.objects.filter(kind__in=TOLD).count() == (held.issued or 0) + 1


def test_even_without_the_state_of_the_correction_nothing_is_withdrawn_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned = confirmed(prepared(invited_round()))
    carry_out_next(AT)
    monkeypatch.setattr(moves, "move", lambda *args, **rest: None)
    monkeypatch.setattr(RoundCorrection.objects, "create", lambda **values: None)
    with transaction.atomic():
        carrying_out._carry_out(planned, AT)
    assert Transition.objects.filter(machine="invitation", event="rescind").count() == 3
