"""Making an account."""

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from accounts.errors import UsernameTaken
from accounts.models import User


def username_is_taken(username: str) -> bool:
    """Return whether an account has this username, whatever the case of its letters."""
    wanted = Lower(Value(User.normalize_username(username)))
    return User.objects.alias(folded=Lower("username")).filter(folded=wanted).exists()


def open_account(*, username: str, password: str, language: str) -> User:
    """Make a candidate's account, unfinished: ``accounts.joining.onboarding`` knows what it still needs.

    Raises ``UsernameTaken`` when somebody else took the username in the meantime.
    """
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password=password, language=language)
    except IntegrityError:
        raise UsernameTaken from None
