"""Do the jobs run? For a watchdog outside, which also finds out when beat and all workers are down."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lifecycle import clock, jobs
from lifecycle.job_words import name_of
from lifecycle.schedule import PLANS


class Command(BaseCommand):
    """Exit with 1 and a sentence for each job that is overdue."""

    help = __doc__ or ""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say which jobs are overdue."""
        late = jobs.overdue(clock.real_now())
        if late:
            raise CommandError("\n".join(_told(one) for one in late))
        self.stdout.write("Every job runs.")


def _told(late: jobs.Overdue) -> str:
    minutes = int(PLANS[late.job].overdue_after.total_seconds() // 60)
    since = f"{late.since:%Y-%m-%d %H:%M} UTC"
    return f"{late.job.slug} ({name_of(late.job)}) has not ended well since {since}; {minutes} minutes are allowed."
