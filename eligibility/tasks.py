from celery import shared_task

from eligibility import services
from lifecycle import clock


@shared_task
def forget_abandoned() -> int:
    """Remove the questionnaires that nobody goes on with."""
    return services.forget_abandoned(at=clock.now())
