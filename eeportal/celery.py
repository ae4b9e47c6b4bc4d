"""The jobs: one Celery app, a fixed schedule, and a doorbell that may fail without harm.

PostgreSQL is the list of what is to be done; Redis only rings the bell. Beat asks the database every few
seconds what is due, so a lost or doubled message loses or doubles nothing.
"""

import functools
import logging
import os
from typing import Any

from celery import Celery
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from eeportal import heartbeats, metrics_port
from eeportal.tracing import TracedTask

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")

logger = logging.getLogger(__name__)

SECONDS = {
    "draws.tasks.run_due_rounds": 10,
    "accounts.tasks.deliver_messages": 10,
    "accounts.tasks.send_ways_back": 10,
    "profiles.tasks.lapse_drafts": 60,
    "profiles.tasks.expire_profiles": 60,
    "profiles.tasks.assess_due": 60,
    "profiles.tasks.fold_tallies": 60,
    "profiles.tasks.lapse_nominations": 60,
    "profiles.tasks.remind_candidates": 600,
    "draws.tasks.lapse_invitations": 60,
    "draws.tasks.remind_invited": 600,
    "draws.tasks.announce_rounds": 10,
    "accounts.tasks.tell_of_waits": 600,
    "accounts.tasks.forget_unconfirmed_subscriptions": 3600,
    "eligibility.tasks.forget_abandoned": 3600,
    "accounts.tasks.forget_old_tries": 3600,
    "accounts.tasks.forget_ended_sessions": 600,
}

AWAY = (OperationalError, RedisError, OSError)
"""Redis not reached, or reached and refusing: kombu passes on as it is what it does not know, as 'out of memory'."""


class DoorbellTask(TracedTask):
    """A task whose message, sent after the commit, may get lost: the schedule finds the work anyway."""

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Send the task's message once the transaction is committed; an absent broker is only logged."""
        transaction.on_commit(functools.partial(self._ring, args, kwargs))

    def _ring(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            self.delay(*args, **kwargs)
        except AWAY:
            logger.warning("The broker is away; the schedule will find the work.", extra={"task": self.name})


app = Celery("eeportal", task_cls=DoorbellTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in SECONDS.items()
}
app.conf.beat_scheduler = "eeportal.heartbeats:PulsingScheduler"
app.steps["consumer"].add(heartbeats.WorkerPulse)
app.steps["worker"].add(metrics_port.MetricsPort)
