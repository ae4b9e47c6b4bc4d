from celery import shared_task

from accounts import services
from accounts.factors import one_time_codes
from accounts.limiting import limits
from accounts.recovering import recovery
from accounts.signed_in import kept_forms, sessions
from accounts.telling import job_alerts, subscriptions
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job


@shared_task
def deliver_messages() -> int:
    """Send the e-mails that are due."""
    return services.deliver_messages()


@shared_task
def send_ways_back() -> int:
    """Send the codes and links of ways back that were asked for."""
    return recovery.send_due()


@shared_task
def tell_of_waits() -> int:
    """Tell the owners again whose way back still waits, once a day."""
    return recovery.tell_of_waits()


@shared_task
def forget_unconfirmed_subscriptions() -> int:
    """Forget the addresses that asked for updates about rounds and did not confirm."""
    return subscriptions.forget_unconfirmed()


@shared_task
def forget_old_tries() -> int:
    """Remove the tallies of limited tries that say nothing any more."""
    return limits.forget_old_tries()


@shared_task
def forget_ended_sessions() -> int:
    """End the sessions that are over, and forget after a day what was kept of ended ones."""
    return in_batches(
        Job.FORGET_ENDED_SESSIONS, sessions.end_some, sessions.forget_some, kept_forms.forget_some
    )


@shared_task
def forget_expired_codes() -> int:
    """Forget the one-time codes that nobody can use any more, and the ways back that were over long ago."""
    return in_batches(Job.FORGET_EXPIRED_CODES, one_time_codes.forget_some, recovery.forget_some)


@shared_task
def watch_jobs() -> int:
    """Tell the administrators of jobs that are overdue, and begin what was asked for."""
    return job_alerts.watch()
