"""Making an account."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower

from accounts.errors import UsernameTaken
from accounts.models import User


def username_is_taken(username: str) -> bool:
    """Return whether an account has this username, whatever the case of its letters."""
    wanted = Lower(Value(User.normalize_username(username)))
    return User.objects.alias(folded=Lower("username")).filter(folded=wanted).exists()


def open_account(*, username: str, email: str, password: str, language: str) -> User:
    """Make a candidate's account; its language is that of every message and e-mail to come.

    Raises ``UsernameTaken`` when somebody else took the username in the meantime.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, email, password, language=language)
            EmailAddress.objects.create(user=user, email=user.email, primary=True)
    except IntegrityError:
        raise UsernameTaken from None
    return user
