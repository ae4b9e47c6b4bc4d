from celery import shared_task

from draws import announcing, answers, reminding, services
from draws.correcting import carrying_out
from draws.models import Round
from draws.recurring import planning
from lifecycle import clock


@shared_task
def run_due_rounds() -> int:
    """Start the planned rounds whose time has come, and run every round that waits; return how many ran."""
    at = clock.now()
    services.queue_due(at=at)
    waiting = list(Round.objects.queued().order_by("planned_for", "pk").values_list("pk", flat=True))
    for round_id in waiting:
        services.run(round_id=round_id, at=at)
    return len(waiting)


@shared_task
def run_round(round_id: int) -> int | None:
    """Run one queued round; return how many it invited."""
    return services.run(round_id=round_id, at=clock.now()).issued


@shared_task
def correct_rounds() -> int:
    """Carry out the confirmed corrections; return how many."""
    return carrying_out.carry_out_confirmed(at=clock.now())


@shared_task
def plan_recurring() -> int:
    """Plan the rounds of the recurring plans whose time comes soon; return how many."""
    return planning.create_due(at=clock.now())


@shared_task
def lapse_invitations() -> int:
    """Lapse the invitations that were not answered in time."""
    return answers.lapse_invitations(at=clock.now())


@shared_task
def announce_rounds() -> int:
    """Tell the subscribers of the rounds that were published."""
    return announcing.announce_rounds(at=clock.now())


@shared_task
def remind_invited() -> int:
    """Remind the invited of the day by which to answer."""
    return reminding.remind_invited(at=clock.now())
