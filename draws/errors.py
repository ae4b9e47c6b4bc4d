from django.utils.translation import gettext_lazy as _

from draws.running.changed import Change
from lifecycle.errors import DomainError


class RoundAlreadyStarted(DomainError):
    message = _(
        "This round was started already. It runs once, whoever pressed the button first; its page shows how far it is."
    )


class RoundNotPlanned(DomainError):
    message = _(
        "Only a planned round that has not started can be cancelled. This one has started, or was cancelled."
    )


class InvitationOver(DomainError):
    message = _("This invitation can no longer be answered: it was answered already, or its time is over.")


class SamePerson(DomainError):
    message = _(
        "You planned this round, so another senior officer runs it or confirms it for its time: each round takes two "
        "people. Nothing was sent. Ask a colleague to open the round's page."
    )


class CategoryNotInForce(DomainError):
    message = _(
        "The version of the category that this instruction names is not in force on that day, so nobody can be invited "
        "by it. Plan a round with the version in force."
    )


class OutsideThePeriod(DomainError):
    message = _(
        "This instruction allows invitations on its two dates only, and it is neither of them now. Nothing was sent. "
        "Wait for the first date or, when both are over, cancel the round and plan it anew."
    )


class PreviewChanged(DomainError):
    """The list is no longer the one that the officer looked at; ``change`` says what changed."""

    message = _(
        "The pool has changed since the preview that you confirmed, so nothing was started and nobody was invited. "
        "Look at the new preview below, then confirm that one."
    )

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change
