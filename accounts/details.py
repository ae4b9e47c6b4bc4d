"""What an owner changes about the account itself."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.factors import one_time_codes
from accounts.models import Purpose, User
from accounts.telling import events, notices
from lifecycle.errors import DomainError


class AddressTaken(DomainError):
    """Whoever reads the address is told, and nobody else: the code was right."""

    message = _(
        "You can read this address, but it already belongs to another account. Nothing was changed. Choose another "
        "address, or sign in to that account."
    )


@transaction.atomic
def change_details(
    *, account: User, given_names: str, family_name: str, language: str, request: HttpRequest | None = None
) -> bool:
    """Save names and language, and return whether the names changed: only then the owner is told of it."""
    before = User.objects.select_for_update().get(pk=account.pk)
    renamed = (before.given_names, before.family_name) != (given_names, family_name)
    account.given_names, account.family_name, account.language = given_names, family_name, language
    account.save(update_fields=["given_names", "family_name", "language"])
    if renamed:
        events.record(account_id=account.pk, kind=events.Kind.DETAILS_CHANGED, request=request)
        notices.tell_owner(account=account, kind="details_changed")
    return renamed


@transaction.atomic
def change_email(*, account: User, typed: str, request: HttpRequest | None = None) -> bool:
    """Put the address that the code went to in the place of the present one, if this is the code.

    Both addresses are told. Returns whether it was the code. Raises ``AddressTaken``, and then nothing has changed.
    """
    new = one_time_codes.address_of(account=account, purpose=Purpose.CHANGE_EMAIL)
    if not one_time_codes.check(account=account, purpose=Purpose.CHANGE_EMAIL, typed=typed):
        return False
    current = User.objects.select_for_update().get(pk=account.pk)
    set_email(account=current, email=new, request=request)
    account.email = new
    return True


@transaction.atomic
def set_email(*, account: User, email: str, request: HttpRequest | None = None) -> None:
    """Make a verified address the account's only one; tell it and the one before. Raises ``AddressTaken``."""
    if EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=account).exists():
        raise AddressTaken
    old = account.email
    account.email = email
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    events.record(account_id=account.pk, kind=events.Kind.EMAIL_CHANGED, request=request)
    notices.tell_owner(account=account, kind="email_changed", extra_addresses=[old] if old else [])
