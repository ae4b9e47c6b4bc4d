from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class MailNotSent(DomainError):
    message = _(
        "The e-mail could not be sent, because the mail server does not answer or refuses the address. Check the "
        "address, and try again in a few minutes."
    )


class UsernameTaken(DomainError):
    message = _("Somebody has taken this username since you chose it. Choose another one.")


class LinkedElsewhere(DomainError):
    message = _(
        "This customer of the sign-in partner already opens another account, so it was not linked to yours. Sign in "
        "as that customer to reach the other account, or link another one."
    )


class LastCredential(DomainError):
    message = _(
        "This sign-in partner is the only way into your account, so it cannot be unlinked. Link another one first, "
        "then unlink this one."
    )
