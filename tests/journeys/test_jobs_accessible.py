"""The pages of the jobs: nothing that axe finds, no scrolling sideways on a phone, whatever state the jobs are in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from lifecycle import clock, digests, jobs
from lifecycle.jobs import in_batches, recorded
from lifecycle.models import JobRun, Outcome
from lifecycle.schedule import Job
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT
from tests.journeys.looking import Look
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def test_the_jobs_under_way_asked_for_broken_off_and_overdue(
    look: Look, set_clock: Callable[[datetime], None]
) -> None:
    factories.profile(AMARA)
    digests.digest_logs()
    jobs.know_all()
    set_clock(INSTANT + timedelta(hours=1))
    officer = factories.officer()
    jobs.ask(job=Job.LAPSE_DRAFTS, officer_id=officer.pk)
    in_batches(Job.DELIVER_MESSAGES, lambda _at: 0, at=AT)
    for job, outcome in ((Job.ASSESS_DUE, Outcome.FAILED), (Job.LAPSE_INVITATIONS, Outcome.RUNNING)):
        JobRun.objects.create(
            job=job.slug, outcome=outcome, started_at=clock.real_now(), done=1200, error="LostRace"
        )
    with recorded(Job.EXPIRE_PROFILES, at=AT) as run:
        assert run is not None
        run.add(12_000)
        look(officer, ["admin/", "admin/lifecycle/jobstate/?still", "admin/lifecycle/jobstate/history/"])
