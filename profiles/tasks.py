from celery import shared_task

from lifecycle import clock
from lifecycle.jobs import recorded
from lifecycle.schedule import Job
from profiles import ageing, nominating, reminding, tallying


@shared_task
def lapse_drafts() -> int:
    """Lapse the drafts whose 60 days are over."""
    return ageing.lapse_drafts(at=clock.now())


@shared_task
def expire_profiles() -> int:
    """Expire the profiles whose 12 months are over."""
    return ageing.expire_profiles(at=clock.now())


@shared_task
def assess_due() -> int:
    """Assess anew the profiles whose result may have changed with time."""
    return ageing.assess_due(at=clock.now())


@shared_task
def lapse_nominations() -> int:
    """Lapse the nominations that were not answered in time."""
    return nominating.lapse_nominations(at=clock.now())


@shared_task
def remind_candidates() -> int:
    """Remind candidates of deadlines, and of what time will change."""
    return reminding.remind_candidates(at=clock.now())


@shared_task
def fold_tallies() -> int:
    """Sum up the changes in how many are in the pool at each score."""
    with recorded(Job.FOLD_TALLIES) as running:
        return running.add(tallying.fold()) if running else 0


@shared_task
def refresh_kept() -> int:
    """Read anew the facts of all whose kept factors hold no longer or are of earlier parameters."""
    return ageing.refresh_kept(at=clock.now())
