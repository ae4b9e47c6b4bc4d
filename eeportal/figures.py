"""How the portal stands, read from the database for Prometheus: the same figures whichever web process is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q, Sum
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from accounts.models import Message
from draws.models import Invitation, Round
from draws.queries import pool_by_score
from lifecycle import clock, jobs
from lifecycle.models import JobState
from lifecycle.schedule import PLANS
from lifecycle.tables import InvitationState, RoundState

LIMIT = "5s"


class Figures(Collector):
    """Reads the figures anew each time that it is asked, in seconds at most; without the database it says only that."""

    def collect(self) -> Iterator[Metric]:
        """Yield ``eeportal_database_up``, and where it is 1 everything else."""
        try:
            with quickly():
                found = [*rounds(), *waiting(), *job_ages(), pool()]
        except DatabaseError:
            found = []
        yield GaugeMetricFamily("eeportal_database_up", "Whether the database answers.", value=bool(found))
        yield from found


@contextmanager
def quickly() -> Iterator[None]:
    """Give each statement a few seconds: who asks every few seconds must not pile up."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LIMIT])
        yield


def rounds() -> Iterator[Metric]:
    """How many rounds ran and what they issued; how many wait, and how long the first of them does already."""
    told = Round.objects.aggregate(ran=Count("pk", filter=~Q(ran_at=None)), issued=Sum("issued"))
    yield CounterMetricFamily("eeportal_rounds_run", "Rounds that ran.", value=told["ran"])
    yield CounterMetricFamily(
        "eeportal_invitations_issued", "Invitations that rounds issued.", value=told["issued"] or 0
    )
    states = dict(Round.objects.order_by().values_list("state").annotate(Count("pk")))
    by_state = GaugeMetricFamily("eeportal_rounds", "Rounds by state.", labels=["state"])
    for state in RoundState:
        by_state.add_metric([state.value], states.get(state.value, 0))
    yield by_state
    began = Round.objects.queued().order_by("queued_at").values_list("queued_at", flat=True).first()
    waits = max((clock.now() - began).total_seconds(), 0) if began else 0
    yield GaugeMetricFamily(
        "eeportal_round_waiting_seconds", "How long the first queued round waits to run.", value=waits
    )


def waiting() -> Iterator[Metric]:
    """What waits for somebody: messages for the mail server, invitations for their answer."""
    yield GaugeMetricFamily(
        "eeportal_messages_waiting",
        "Messages whose e-mail is still to be sent.",
        value=Message.objects.untold().count(),
    )
    yield GaugeMetricFamily(
        "eeportal_invitations_open",
        "Invitations that wait for an answer.",
        value=Invitation.objects.filter(state=InvitationState.ISSUED).count(),
    )


def job_ages() -> Iterator[Metric]:
    """How long ago each job last ended well, or became known if it never did; and which are overdue."""
    now = clock.real_now()
    states, late = JobState.objects.in_bulk(), {found.job for found in jobs.overdue(now)}
    ages = GaugeMetricFamily(
        "eeportal_job_seconds_since_good", "Seconds since each job last ended well.", labels=["job"]
    )
    overdue = GaugeMetricFamily(
        "eeportal_job_overdue", "1 for a job that did not end well for too long.", labels=["job"]
    )
    for job in PLANS:
        if state := states.get(job.slug):
            ages.add_metric([job.slug], (now - (state.well_at or state.known_since)).total_seconds())
        overdue.add_metric([job.slug], job in late)
    yield from (ages, overdue)


def pool() -> Metric:
    """How many are in the pool."""
    size = sum(pool_by_score(clock.now()).values())
    return GaugeMetricFamily("eeportal_pool_profiles", "Profiles in the pool.", value=size)
