"""A rule for passwords that Django has not."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

PIECE = 3


class NoPieceOfTheUsername:
    """Refuses a password that holds three or more consecutive characters of the username, as the real portal does."""

    def validate(self, password: str, user: User | None = None) -> None:
        username = (user.username if user else "").casefold()
        folded = password.casefold()
        pieces = (username[start : start + PIECE] for start in range(len(username) - PIECE + 1))
        found = next((piece for piece in pieces if piece in folded), None)
        if found:
            raise ValidationError(
                _(
                    "This password holds “%(piece)s”, which is a piece of your username. "
                    "Choose one without three characters in a row of your username."
                ),
                code="piece_of_username",
                params={"piece": found},
            )

    def get_help_text(self) -> str:
        return _("It must not hold three characters in a row of your username.")
