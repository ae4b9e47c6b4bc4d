"""What officers and the worker do in the tests of the desk."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from accounts.desk import officer_proof
from accounts.models import User
from draws import services
from draws.models import Round, RoundType
from profiles.models import Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, Persona

ROUNDS = "/en/admin/draws/round/"
POOL = f"{ROUNDS}pool/"
ADD = f"{ROUNDS}add/"
HOUR = timedelta(hours=1)


def sign_in(client: Client, officer: User, *, proved_at: datetime | None = AT) -> Client:
    """Sign an officer in; the second factor was proved at an instant of real time, or not in this session."""
    client.force_login(officer)
    session = client.session
    if proved_at is not None:
        session[officer_proof.PROVED] = {"account": officer.pk, "at": proved_at.isoformat()}
    session.save()
    return client


def page(planned: Round, step: str = "change") -> str:
    return f"{ROUNDS}{planned.pk}/{step}/"


def planned_round(size: int = 2, **fields: Any) -> Round:
    told = {"planned_for": AT + HOUR, "round_type": RoundType.GENERAL, **fields}
    planned = Round(size=size, **told)
    return services.plan_next(planned=planned, officer_id=factories.officer().pk, at=AT)


def seen(planned: Round, at: datetime = AT) -> dict[str, str]:
    """Return what the page holds of the preview that it shows."""
    shown = services.preview(planned=Round.objects.get(pk=planned.pk), at=at)
    return {"token": shown.token, "packed": shown.packed}


def press_run(desk: Client, planned: Round, typed: str | None = None, **more: str) -> Any:
    """Type the number of invitations and press the button of the preview as it is; return the response."""
    return desk.post(page(planned, "run"), {"number": typed or str(planned.size), **seen(planned), **more})


def work(planned: Round) -> Round:
    """Do what the worker does."""
    return services.run(round_id=planned.pk, at=AT)


def state_of(planned: Round) -> str:
    return Round.objects.get(pk=planned.pk).state


def tied(count: int) -> list[Profile]:
    """Return profiles with one score and one instant of first submission."""
    people = [Persona(f"tied{number}", "Amara", "Okafor", AMARA.facts) for number in range(count)]
    return [factories.profile(person) for person in people]
