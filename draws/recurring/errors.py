"""Refusals of what officers do with recurring plans."""

from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class PlanRuns(DomainError):
    message = _(
        "This plan is running or has ended, so it cannot be changed. Pause it first, then change it; an ended plan "
        "stays as it is."
    )


class NoRounds(DomainError):
    message = _(
        "This plan has no round yet, so there is nothing to plan on its days. Add the first round, then start it."
    )


class NoDaysLeft(DomainError):
    message = _(
        "This plan has no day left: its last day has passed. Give it a later last day, or end it and set up a new one."
    )


class NoSuchTurn(DomainError):
    message = _(
        "This round of the plan is no longer there: it was taken out in the meantime. Look at the plan again."
    )


class TooManyRounds(DomainError):
    message = _(
        "Four rounds can take turns in a plan, and this one has four. Change one of them, or set up another plan."
    )
