from django.utils.translation import gettext_lazy as _

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
