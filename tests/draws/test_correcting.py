"""Correcting a round that was wrong: what is withdrawn, what becomes of the profiles, and what stays."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.models import Message, OfficerAction, Role
from accounts.telling.letters import paragraphs_of, subject_of
from draws import answers
from draws.correcting import services
from draws.correcting.carrying_out import carry_out_next, digest_of
from draws.correcting.choosing import NOT_A_NUMBER, NOT_INVITED, TWICE, Asked, chosen, listed
from draws.correcting.errors import (
    CorrectionSettled,
    CorrectionWaits,
    NothingToWithdraw,
    RoundHasNotRun,
    SamePersonCorrects,
)
from draws.errors import InvitationOver
from draws.models import Invitation, PlannedCorrection, Round, RoundCorrection
from draws.services import plan
from lifecycle.models import Transition
from lifecycle.tables import CorrectionState, InvitationState, ProfileState
from profiles.models import Assessment, PoolEntry, Submission
from tests import factories
from tests.draws.corrections import REASON_EN, REASON_FR, confirmed, corrected, prepared
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def held() -> Round:
    """A published round that invited Amara and Divya."""
    factories.profile(AMARA, at=AT - 30 * DAY)
    factories.profile(DIVYA, at=AT - 20 * DAY)
    return factories.published_round(number=448, size=10)


def test_a_corrected_rounds_candidates_are_back_in_the_pool_with_their_old_time(held: Round) -> None:
    done = corrected(held)
    assert (done.withdrawn, done.returned, done.ineligible, done.expired, done.kept) == (2, 2, 0, 0, 0)
    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.RESCINDED}
    entry = PoolEntry.objects.get(profile__account__username=AMARA.username)
    assert (entry.state, entry.submitted_at) == (ProfileState.IN_POOL, AT - 30 * DAY)


def test_the_profiles_are_assessed_as_of_the_day_of_the_correction(held: Round) -> None:
    corrected(held, at=AT + DAY)
    assert set(PoolEntry.objects.values_list("as_of", flat=True)) == {(AT + DAY).date()}
    assert Assessment.objects.filter(at=AT + DAY).count() == 2


def test_each_candidate_gets_one_message_with_the_reason_in_the_language_of_the_reader(held: Round) -> None:
    corrected(held)
    told = Message.objects.filter(kind="invitation_withdrawn")
    assert told.count() == 2
    message = told[0]
    assert "Your invitation of round 448 was withdrawn" in subject_of(message.kind, message.details)
    assert REASON_EN in paragraphs_of(message.kind, message.details)[0]
    with translation.override("fr"):
        assert REASON_FR in paragraphs_of(message.kind, message.details)[0]


def test_a_reason_with_braces_is_shown_as_it_was_typed(held: Round) -> None:
    corrected(held, reason_en="A wrong {table} of {0} codes, %s.")
    message = Message.objects.filter(kind="invitation_withdrawn")[0]
    assert "A wrong {table} of {0} codes, %s." in paragraphs_of(message.kind, message.details)[0]


def test_who_no_longer_meets_a_program_returns_as_not_eligible_and_is_told_so() -> None:
    tests = [{**test, "date_taken": "2024-10-01"} for test in DIVYA.facts(AT.date())["language_tests"]]
    factories.profile(DIVYA, language_tests=tests)
    done = corrected(factories.published_round(number=448, size=10), at=AT + 30 * DAY)
    assert (done.withdrawn, done.ineligible) == (1, 1)
    assert Message.objects.get(kind__startswith="invitation_withdrawn").kind == (
        "invitation_withdrawn_ineligible"
    )
    assert PoolEntry.objects.get().state == ProfileState.INELIGIBLE


def test_a_profile_past_its_twelve_months_expires_and_its_candidate_is_told_so(held: Round) -> None:
    at = AT + 59 * DAY
    PoolEntry.objects.filter(profile__account__username=DIVYA.username).update(expires_at=at)
    done = corrected(held, at=at)
    assert (done.returned + done.ineligible, done.expired) == (1, 1)
    assert Message.objects.filter(kind="invitation_withdrawn_expired").count() == 1
    assert PoolEntry.objects.filter(state=ProfileState.EXPIRED).count() == 1


def test_what_was_declined_stays_declined_and_is_said_so(held: Round) -> None:
    planned = prepared(held)
    answers.decline(invitation=Invitation.objects.order_by("rank")[0], at=AT)
    confirmed(planned)
    assert carry_out_next(AT) == 1
    done = RoundCorrection.objects.get()
    assert (done.withdrawn, done.kept) == (1, 1)
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["declined", "rescinded"]
    assert Message.objects.filter(kind__startswith="invitation_withdrawn").count() == 1


def test_an_invitation_past_its_time_is_not_withdrawn_even_when_its_job_is_late(held: Round) -> None:
    over = AT + 60 * DAY
    with pytest.raises(NothingToWithdraw):
        prepared(held, at=over)
    planned = prepared(held)
    confirmed(planned)
    carry_out_next(over)
    assert RoundCorrection.objects.get().withdrawn == 0
    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.ISSUED}


def test_a_withdrawn_invitation_can_no_longer_be_declined(held: Round) -> None:
    corrected(held)
    with pytest.raises(InvitationOver):
        answers.decline(invitation=Invitation.objects.all()[0], at=AT + DAY)


def test_the_original_result_stays(held: Round) -> None:
    before = Round.objects.values().get()
    corrected(held)
    assert Round.objects.values().get() == before


def test_a_correction_moves_by_the_table_and_each_move_is_logged(held: Round) -> None:
    corrected(held)
    events = Transition.objects.filter(machine="correction").order_by("id").values_list("event", flat=True)
    assert list(events) == ["prepare", "confirm", "carry_out"]
    assert Transition.objects.filter(machine="invitation", event="rescind").count() == 2
    assert Transition.objects.filter(machine="profile", event="return").count() == 2


def test_carrying_out_twice_is_once(held: Round) -> None:
    corrected(held)
    assert carry_out_next(AT) == 0
    assert Message.objects.filter(kind="invitation_withdrawn").count() == 2


def test_nothing_is_withdrawn_before_the_second_officer_confirmed(held: Round) -> None:
    prepared(held)
    assert carry_out_next(AT) == 0
    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.ISSUED}


def test_a_dropped_correction_withdraws_nothing_and_lets_another_be_prepared(held: Round) -> None:
    planned = prepared(held)
    services.drop(planned=planned, officer_id=factories.officer().pk, at=AT, why="Not needed")
    assert carry_out_next(AT) == 0
    with pytest.raises(CorrectionSettled):
        confirmed(PlannedCorrection.objects.get())
    assert prepared(held).state == CorrectionState.PREPARED


def test_a_round_has_one_waiting_correction_at_a_time(held: Round) -> None:
    prepared(held)
    with pytest.raises(CorrectionWaits):
        prepared(held)


def test_after_a_correction_what_is_still_open_can_be_corrected_again(held: Round) -> None:
    first, second = Invitation.objects.order_by("rank").values_list("pk", flat=True)
    corrected(held, invitations=[first])
    corrected(held, invitations=[first, second])
    assert list(RoundCorrection.objects.values_list("withdrawn", "kept")) == [(1, 0), (1, 0)]


def test_a_round_that_has_not_run_is_cancelled_instead() -> None:
    planned = Round(number=1, size=1, round_type="general", planned_for=AT)
    plan(planned=planned, officer_id=None, at=AT)
    with pytest.raises(RoundHasNotRun):
        prepared(planned, invitations=[1])


def test_who_prepared_a_correction_cannot_confirm_it(held: Round, settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    senior = factories.officer("sefton", Role.SENIOR_OFFICER)
    planned = prepared(held, officer_id=senior.pk)
    planned.prepared_by_id = None
    with pytest.raises(SamePersonCorrects):
        services.confirm(planned=planned, officer_id=senior.pk, at=AT)
    other = factories.officer("corinne", Role.SENIOR_OFFICER)
    assert services.confirm(planned=planned, officer_id=other.pk, at=AT).state == CorrectionState.CONFIRMED


def test_twin_without_the_check_one_person_does_both(
    held: Round, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    senior = factories.officer("sefton", Role.SENIOR_OFFICER)
    planned = prepared(held, officer_id=senior.pk)
    monkeypatch.setattr(services, "_preparer_of", lambda _planned: None)
    assert services.confirm(planned=planned, officer_id=senior.pk, at=AT).state == CorrectionState.CONFIRMED


def test_both_officers_acts_are_in_their_log(held: Round) -> None:
    corrected(held)
    verbs = OfficerAction.objects.filter(about__startswith="draws.plannedcorrection").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["prepared", "confirmed_correction"]


def test_the_correction_keeps_a_digest_of_what_was_withdrawn(held: Round) -> None:
    by_rank = list(Invitation.objects.order_by("rank").values_list("pk", flat=True))
    assert corrected(held).digest == digest_of(by_rank)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE draws_roundcorrection SET withdrawn = 0",
        "DELETE FROM draws_roundcorrection",
        "UPDATE draws_plannedcorrection SET reason_en = 'another'",
        "DELETE FROM draws_plannedcorrection",
        "UPDATE draws_invitation SET score = score + 1",
        "DELETE FROM draws_invitation",
        "UPDATE draws_round SET cutoff = 1",
        "DELETE FROM draws_round",
    ],
)
def test_the_database_refuses_to_change_what_was_done(held: Round, statement: str) -> None:
    corrected(held)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_list_of_profile_numbers_names_each_line_that_is_wrong(held: Round) -> None:
    first, second = Invitation.objects.order_by("rank").values_list("profile__number", flat=True)
    text = f"{second}\n\n  {first.lower()} \nE12\n{second}\nE000000000\n=1+1\n\u0665"
    found = listed(held, text, AT)
    assert found.invitations == list(Invitation.objects.order_by("rank").values_list("pk", flat=True))
    assert [(doubt.line, doubt.said) for doubt in found.doubts] == [
        (4, NOT_A_NUMBER),
        (5, TWICE),
        (6, NOT_INVITED),
        (7, NOT_A_NUMBER),
        (8, NOT_A_NUMBER),
    ]


def test_a_list_says_how_many_of_it_were_answered_already(held: Round) -> None:
    numbers = "\n".join(Invitation.objects.values_list("profile__number", flat=True))
    answers.decline(invitation=Invitation.objects.order_by("rank")[0], at=AT)
    found = listed(held, numbers, AT)
    assert (len(found.invitations), found.settled) == (1, {"declined": 1})
    assert listed(held, numbers, AT + 60 * DAY).settled == {"declined": 1, "lapsed": 1}


def test_a_criterion_chooses_by_class_and_by_score(held: Round) -> None:
    best, last = Invitation.objects.order_by("rank")
    assert chosen(held, Asked("criterion", programs=[best.invited_as]), AT)[0] == best.pk
    assert chosen(held, Asked("criterion", below=best.score), AT) == [last.pk]
    assert chosen(held, Asked("criterion", programs=["PNP"]), AT) == []
    assert chosen(held, Asked("criterion", provinces=["ON"]), AT) == []
    assert chosen(held, Asked(), AT) == [best.pk, last.pk]


def test_a_criterion_chooses_those_whom_a_province_nominated() -> None:
    nomination = {"province": "ON", "issued_on": "2026-08-01", "expires_on": None}
    factories.profile(AMARA)
    sent = Submission.objects.get(profile=factories.profile(DIVYA))
    sent.pk, sent.sequence = None, 2
    sent.facts = {**sent.facts, "provincial_nomination": nomination}
    sent.save(force_insert=True)
    held = factories.published_round(number=448, size=10)
    (found,) = chosen(held, Asked("criterion", provinces=["ON", "BC"]), AT)
    assert Invitation.objects.get(pk=found).profile.account.username == DIVYA.username


def test_the_forecast_says_what_each_profile_would_become(held: Round) -> None:
    assert prepared(held).forecast == {"in_pool": 2}
