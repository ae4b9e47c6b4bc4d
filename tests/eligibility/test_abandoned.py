"""A questionnaire that leads nowhere is not kept for ever."""

from datetime import timedelta

import pytest

from eligibility.models import Questionnaire, ReferenceCode
from eligibility.services import ABANDONED_AFTER, forget_abandoned, redeem_code, start_questionnaire
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)


def test_answers_without_a_code_go_after_sixty_days_and_no_moment_sooner() -> None:
    start_questionnaire(at=AT)
    factories.questionnaire(at=AT)
    assert forget_abandoned(at=AT + ABANDONED_AFTER - MOMENT) == 0
    assert forget_abandoned(at=AT + ABANDONED_AFTER) == 2
    assert not Questionnaire.objects.exists()


def test_answers_go_with_their_code_once_it_can_no_longer_be_used() -> None:
    factories.reference_code(at=AT)
    Questionnaire.objects.update(started_at=AT - 30 * DAY)
    over = ReferenceCode.objects.get().expires_at
    assert forget_abandoned(at=over - MOMENT) == 0
    assert forget_abandoned(at=over) == 1
    assert not ReferenceCode.objects.exists()


def test_answers_that_moved_into_an_account_stay_with_it() -> None:
    code = factories.reference_code(at=AT)
    redeem_code(typed=code, account_id=factories.account().pk, at=AT + DAY)
    assert forget_abandoned(at=AT + 400 * DAY) == 0
    assert ReferenceCode.objects.get().redeemed_at == AT + DAY


def test_the_job_can_run_twice() -> None:
    start_questionnaire(at=AT - ABANDONED_AFTER)
    assert [forget_abandoned(at=AT), forget_abandoned(at=AT)] == [1, 0]
