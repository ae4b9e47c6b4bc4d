"""The job that runs the rounds that wait."""

import pytest
from django.db import IntegrityError, connection

from draws.models import Round
from draws.tasks import run_due_rounds
from lifecycle.models import JobRun, Outcome
from lifecycle.tables import RoundState
from tests import factories
from tests.personas import AMARA, BEN
from tests.races.pools import queued_round

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_round_that_cannot_be_run_holds_up_none_behind_it() -> None:
    for person in (AMARA, BEN):
        factories.profile(person)
    broken, sound = queued_round(1, 1), queued_round(1, 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE draws_invitation ADD CONSTRAINT out_of_order CHECK (round_id <> %s)", [broken.pk]
        )
    try:
        with pytest.raises(IntegrityError, match="out_of_order"):
            run_due_rounds()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE draws_invitation DROP CONSTRAINT out_of_order")
    states = dict(Round.objects.values_list("pk", "state"))
    assert states == {broken.pk: RoundState.QUEUED, sound.pk: RoundState.COMPLETED}
    assert JobRun.objects.values_list("outcome", "error", "done").get() == (
        Outcome.FAILED,
        "IntegrityError",
        1,
    )
    assert run_due_rounds() == 1
