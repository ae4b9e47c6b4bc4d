"""Signs of life of worker and beat: a key in Redis that vanishes when its process stops renewing it."""

from functools import cached_property
from typing import Any, ClassVar

from celery import bootsteps
from celery.beat import Scheduler
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from eeportal.one_beat import Turn

EVERY = 5
LASTS = 20


def key(name: str) -> str:
    """The Redis key under which a process shows that it lives."""
    return f"eeportal:alive:{name}"


def connect() -> Redis:
    """A client that gives up after two seconds rather than keep anybody waiting."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def pulse(name: str) -> None:
    """Renew the sign of life of `name`; without Redis there is nobody to tell."""
    if settings.REDIS_URL:
        try:
            with connect() as client:
                client.set(key(name), 1, ex=LASTS)
        except RedisError:
            return


class PulsingScheduler(Scheduler):
    """Celery's scheduler in memory (the schedule is fixed), which shows that it lives, and is the only one at work."""

    @cached_property
    def turn(self) -> Turn:
        """The right to send, of which there is one."""
        return Turn()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due unless another beat does; the seconds to wait until the next look."""
        if not self.turn.is_ours():
            return float(EVERY)
        pulse("beat")
        return min(float(super().tick(*args, **kwargs)), float(EVERY))

    def close(self) -> None:
        """Stop, and let another beat take over at once."""
        super().close()
        self.turn.give_up()


class WorkerPulse(bootsteps.StartStopStep):
    """Shows that the worker takes messages, from the same loop that takes them."""

    requires: ClassVar[set[str]] = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        """Pulse at once, then regularly."""
        pulse("worker")
        self.timer = parent.timer.call_repeatedly(EVERY, pulse, ("worker",))

    def stop(self, parent: Any) -> None:
        """Stop pulsing; the key vanishes by itself."""
        super().stop(parent)
        if self.timer:
            self.timer.cancel()
            self.timer = None
