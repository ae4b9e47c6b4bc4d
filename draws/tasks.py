from contextlib import ExitStack

from celery import shared_task

from draws import answers, services
from draws.candidate import reminding
from draws.correcting import carrying_out
from draws.models import Round
from draws.public import announcing
from draws.recurring import planning
from draws.running import seeing
from lifecycle import clock
from lifecycle.jobs import Run, recorded
from lifecycle.schedule import Job


@shared_task
def run_due_rounds() -> int:
    """Start the planned rounds whose time has come, and run every round that waits; return how many ran."""
    with recorded(Job.RUN_DUE_ROUNDS) as running:
        return _run_those_that_wait(running) if running else 0


def _run_those_that_wait(running: Run) -> int:
    """Run them one by one. One that cannot be run holds up none behind it: a stack goes on, and raises in the end."""
    services.queue_due(at=running.at)
    waiting = Round.objects.queued().order_by("-planned_for", "-pk").values_list("pk", flat=True)
    with ExitStack() as last_first:
        last_first.callback(seeing.compare_all)
        for round_id in waiting:
            last_first.callback(_run_one, running, round_id)
    return running.done


def _run_one(running: Run, round_id: int) -> None:
    services.run(round_id=round_id, at=running.at)
    running.add(1)


@shared_task
def run_round(round_id: int) -> int | None:
    """Run one queued round; return how many it invited."""
    issued = services.run(round_id=round_id, at=clock.now()).issued
    seeing.compare_all()
    return issued


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
