"""Errors that a person may read: each message says what happened, why, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal whose ``message`` is a translatable sentence fit for the user."""

    message: Promise | str = _("This could not be done. Go back and try again.")

    def __init__(self, message: Promise | str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class LostRace(DomainError):
    """Somebody or something else moved the thing first; nothing was changed by this call."""

    message = _(
        "This was already done, or changed in the meantime. Look at its present state before you go on."
    )


class NoSuchMove(DomainError):
    """The table of moves has no row for this event from the present state."""

    message = _(
        "This cannot be done any more in the present state. Look at the present state before you go on."
    )


class ClockOnlyForwards(DomainError):
    """The portal's clock was asked to go back, or not to move."""

    message = _(
        "The portal's clock moves forwards only, because what was sent on a day stays sent. "
        "To go back, restore a backup or start again with a new demo."
    )
