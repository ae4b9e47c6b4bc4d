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


def find(request: HttpRequest, *, institution: str, name: str, password: str) -> AbstractBaseUser | None:
    """The customer with that name and password, or None."""
    return authenticate(request, username=f"{name.lower()}@{institution}", password=password)


def open_account(*, institution: str, name: str, password: str) -> AbstractBaseUser | None:
    """Make a customer; None when the institution has one of that name."""
    try:
        with transaction.atomic():
            return Customer.objects.create_user(f"{name.lower()}@{institution}", password=password)
    except IntegrityError:
        return None


def make_demo_customers(institutions: Iterable[str]) -> None:
    """Make the customers that the sign-in page offers, unless they are there."""
    wanted = {f"{name}@{slug}" for slug in institutions for name in DEMO_CUSTOMERS}
    for username in sorted(wanted - set(Customer.objects.values_list("username", flat=True))):
        name, _, slug = username.rpartition("@")
        open_account(institution=slug, name=name, password=DEMO_PASSWORD)
