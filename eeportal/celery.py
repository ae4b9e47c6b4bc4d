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
from lifecycle.schedule import PLANS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")

logger = logging.getLogger(__name__)

SECONDS = {plan.task: int(plan.every.total_seconds()) for plan in PLANS.values()}
"""How often beat starts each task, in seconds. A new one is a line in ``lifecycle.schedule``."""

AWAY = (OperationalError, RedisError, OSError)
"""Redis not reached, or reached and refusing: kombu passes on as it is what it does not know, as 'out of memory'."""


class DoorbellTask(TracedTask):
    """A task whose message, sent after the commit, may get lost: the schedule finds the work anyway."""

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Send the task's message once the transaction is committed; an absent broker is only logged."""
        transaction.on_commit(functools.partial(self.ring, *args, **kwargs))

    def ring(self, *args: Any, **kwargs: Any) -> bool:
        """Send the task's message now; return whether the broker took it. An absent one is only logged."""
        try:
            self.delay(*args, **kwargs)
        except AWAY:
            logger.warning("The broker is away; the schedule will find the work.", extra={"task": self.name})
            return False
        return True


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


def ring_for(name: str) -> bool:
    """Ring for a task by its name, also where no worker has loaded the tasks; return whether the broker took it."""
    app.loader.import_default_modules()
    return bool(app.tasks[name].ring())
