"""What a new account's owner tells once: the portal's terms, the details, an address that is proved by a code."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.factors import one_time_codes
from accounts.models import Purpose, User
from lifecycle import clock
from lifecycle.errors import DomainError


class AddressElsewhere(DomainError):
    """Another account has proved the same address before."""

    message = _(
        "You can read this address, but it already belongs to another account. Enter another address, or sign in to "
        "that account."
    )


def accept_terms(*, account: User) -> None:
    """Note that the portal's terms were accepted; the first time counts."""
    User.objects.filter(pk=account.pk, terms_accepted_at=None).update(terms_accepted_at=clock.real_now())


@transaction.atomic
def give_details(*, account: User, family_name: str, given_names: str, email: str, language: str) -> User:
    """Keep the details of a new account and return it; its address is not proved yet."""
    account.family_name, account.given_names = family_name, given_names
    account.email, account.language = email, language
    account.save(update_fields=["family_name", "given_names", "email", "language"])
    EmailAddress.objects.filter(user=account, verified=False).delete()
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=False)
    return account


@transaction.atomic
def prove_address(*, account: User, typed: str) -> bool:
    """Return whether this is the code that was sent to a new account's address, which then is complete in details.

    Raises ``AddressElsewhere`` when the code is right and another account has the address.
    """
    if not one_time_codes.check(account=account, purpose=Purpose.VERIFY_EMAIL, typed=typed):
        return False
    if EmailAddress.objects.filter(email__iexact=account.email, verified=True).exclude(user=account).exists():
        raise AddressElsewhere
    EmailAddress.objects.filter(user=account, email=account.email).update(verified=True)
    User.objects.filter(pk=account.pk, details_at=None).update(details_at=clock.real_now())
    return True
