"""The customers of the institutions: Django's users, called ``name@institution``."""

from collections.abc import Iterable

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest

Customer = get_user_model()
DEMO_CUSTOMERS = ("aspen", "birch")
DEMO_PASSWORD = "only-a-rehearsal"


def institution_of(username: str) -> str:
    """The slug of the institution whose customer this is; nothing for nobody."""
    return username.rpartition("@")[2]


def username(institution: str, name: str) -> str:
    """What the customer of that name is called here; capital letters make no difference."""
    return f"{name.lower()}@{institution}"


def find(request: HttpRequest, *, username: str, password: str) -> AbstractBaseUser | None:
    """The customer with that password, or None. It takes as long when there is no such customer."""
    return authenticate(request, username=username, password=password)


def open_account(*, username: str, password: str) -> AbstractBaseUser | None:
    """Make a customer; None when the institution has one of that name."""
    try:
        with transaction.atomic():
            return Customer.objects.create_user(username, password=password)
    except IntegrityError:
        return None


def make_demo_customers(institutions: Iterable[str]) -> None:
    """Make the customers that the sign-in page offers, unless they are there."""
    wanted = {username(slug, name) for slug in institutions for name in DEMO_CUSTOMERS}
    for missing in sorted(wanted - set(Customer.objects.values_list("username", flat=True))):
        open_account(username=missing, password=DEMO_PASSWORD)
