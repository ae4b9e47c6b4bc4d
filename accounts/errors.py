from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class UsernameTaken(DomainError):
    message = _("Somebody has taken this username since you chose it. Choose another one.")
