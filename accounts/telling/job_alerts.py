"""Telling the administrators of jobs that are overdue: by e-mail, once an outage.

This is a job itself: it finds the one that hangs or fails while beat and a worker run. That nothing runs at all is
found by the pages that ask at read time, and by ``manage.py check_jobs`` from outside.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.telling.letters import instant_in_words
from lifecycle import clock, jobs
from lifecycle.job_words import name_of
from lifecycle.jobs import Overdue, recorded
from lifecycle.models import JobRun, JobState, Outcome
from lifecycle.schedule import PLANS, Job

logger = logging.getLogger(__name__)


def watch() -> int:
    """Tell the administrators of the overdue jobs of which they were not told yet; return how many jobs.

    At least once: a crash between sending and noting tells again. When the mail server takes nothing, or there is no
    administrator with an address, the next run tries again. A watch that was away itself tells of nothing yet: beat
    counts from its start, so it begins what is overdue, and looks again.

    It also rings again for the runs that officers asked for and that have not begun within a minute.
    """
    was_away = _was_away(clock.real_now())
    with recorded(Job.WATCH_JOBS) as running:
        if running is None:
            return 0
        jobs.know_all()
        late = [one for one in jobs.overdue(clock.real_now()) if not one.told]
        _begin(_asked_for())
        if was_away:
            _begin([one.job for one in late])
        elif late and _tell(late):
            slugs = [one.job.slug for one in late]
            JobState.objects.filter(job__in=slugs).update(alerted_at=clock.real_now())
            running.add(len(late))
        return running.done


def _was_away(real_now: datetime) -> bool:
    """Return whether no watch ended well for longer than two of its periods."""
    lately = real_now - 2 * PLANS[Job.WATCH_JOBS].every
    return not JobState.objects.filter(job=Job.WATCH_JOBS.slug, well_at__gt=lately).exists()


def _asked_for() -> list[Job]:
    """Return the jobs of which an officer asked for a run when the broker was away, or whose bell was not heard."""
    heard_by = clock.real_now() - PLANS[Job.WATCH_JOBS].every
    asked = JobRun.objects.filter(outcome=Outcome.WAITING, asked_at__lte=heard_by)
    slugs = set(asked.values_list("job", flat=True))
    return [job for job in PLANS if job.slug in slugs]


def _begin(late: Sequence[Job]) -> None:
    for job in late:
        current_app.tasks[PLANS[job].task].ring()


def _tell(late: Sequence[Overdue]) -> bool:
    """Send each administrator an e-mail; return whether one was taken."""
    administrators = (
        User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(email="").order_by("pk")
    )
    taken = 0
    for administrator in administrators:
        try:
            taken += get_connection().send_messages([_email(administrator, late)]) or 0
        except (SMTPException, OSError):
            continue
    if not taken:
        logger.warning("No administrator could be told of overdue jobs.", extra={"count": len(late)})
    return taken > 0


def _email(administrator: User, late: Sequence[Overdue]) -> EmailMessage:
    with translation.override(administrator.language):
        body = _(
            "These jobs of the Express Entry simulator have not ended well for too long:\n\n"
            "{jobs}\n\n"
            "How they are now: {address}\n\n"
            "You get one e-mail an outage. When a job runs again, its page says so.\n\n"
            "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
            "here reaches any government.\n"
        ).format(
            jobs="\n".join(_line(one) for one in late),
            address=settings.EEPORTAL_BASE_URL + reverse("admin:lifecycle_jobstate_changelist"),
        )
        return EmailMessage(subject=_("Jobs are overdue (simulation)"), body=body, to=[administrator.email])


def _line(late: Overdue) -> str:
    return _("{job}: since {since}").format(job=name_of(late.job), since=instant_in_words(late.since))
