from celery import shared_task

from accounts import services
from accounts.limiting import limits
from accounts.recovering import recovery
from accounts.signed_in import kept_forms, sessions
from accounts.telling import subscriptions


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
    return sessions.forget_ended() + kept_forms.forget_old()
