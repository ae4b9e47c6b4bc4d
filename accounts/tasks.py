from celery import shared_task

from accounts import services


@shared_task
def deliver_messages() -> int:
    """Send the e-mails that are due."""
    return services.deliver_messages()
