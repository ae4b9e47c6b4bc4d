"""Second factors: an authenticator app, passkeys, a code by e-mail, and recovery codes for when they are lost.

allauth keeps and understands the credentials. What is decided here: each code is good once, exactly, however many
processes are asked at the same time, and the time is the portal's real clock.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.factors.one_time_codes import check as check_emailed
from accounts.models import Purpose, User
from lifecycle import clock
from lifecycle.errors import DomainError

PERIOD = 30
DRIFT = 1
"""By how many periods of 30 seconds an app's clock may be off, either way."""

Type = Authenticator.Type

NO_PASSKEY = (ValidationError, ValueError, TypeError, KeyError, AttributeError)
"""What fido2 and allauth raise for things that are no answer to what the browser was asked."""


class Way(models.TextChoices):
    """A way to pass the second step. The order is that in which they are offered."""

    APP = "app", _("Authenticator app")
    PASSKEY = "passkey", _("Passkey")
    EMAIL = "email", _("Code by e-mail")
    RECOVERY = "recovery", _("Recovery code")


class LastSecondFactor(DomainError):
    """The only second factor was to be removed."""

    message = _(
        "This is the only second factor of your account, so it cannot be removed. Add another one first, then remove "
        "this one."
    )


def has_second_factor(user: User) -> bool:
    """Return whether an account has a second factor; recovery codes alone are none."""
    return user.email_codes or _authenticators(user).exclude(type=Type.RECOVERY_CODES).exists()


def ways_of(user: User) -> list[Way]:
    """Return the ways in which an account can pass the second step, recovery codes last."""
    types = set(_authenticators(user).values_list("type", flat=True))
    has = {
        Way.APP: Type.TOTP in types,
        Way.PASSKEY: Type.WEBAUTHN in types,
        Way.EMAIL: user.email_codes,
        Way.RECOVERY: Type.RECOVERY_CODES in types,
    }
    return [way for way in Way if has[way]]


def check(*, account: User, way: Way, typed: str) -> bool:
    """Return whether a typed code is right for a way, and use it up. A passkey is no code."""
    if way == Way.EMAIL:
        return account.email_codes and check_emailed(account=account, purpose=Purpose.SIGN_IN, typed=typed)
    if way == Way.APP:
        return check_app_code(account=account, typed=typed)
    return way == Way.RECOVERY and check_recovery_code(account=account, typed=typed)


# Authenticator app


def new_app_secret() -> str:
    """Return a new key for an authenticator app, in base 32."""
    return str(totp.generate_totp_secret())


def matching_counter(secret: str, typed: str, *, after: int = -1) -> int | None:
    """Return the period whose code was typed, within the drift and later than ``after``; None when none is."""
    now = int(clock.real_now().timestamp()) // PERIOD
    for counter in range(now - DRIFT, now + DRIFT + 1):
        code = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > after and totp.compare_user_code(actual=typed, expected=code):
            return counter
    return None


@transaction.atomic
def add_app(*, account: User, secret: str, counter: int) -> None:
    """Make an app the account's authenticator, in place of an earlier one; the code that showed it is used up."""
    _lock(account)
    _authenticators(account).filter(type=Type.TOTP).delete()
    made = totp.TOTP.activate(account, secret).instance
    made.data["last_counter"] = counter
    made.save(update_fields=["data"])


@transaction.atomic
def check_app_code(*, account: User, typed: str) -> bool:
    """Return whether this is a code of the account's app that was not used before, nor a later one, and use it up."""
    found = _authenticators(account).select_for_update().filter(type=Type.TOTP).first()
    if found is None:
        return False
    counter = matching_counter(
        decrypt(found.data["secret"]), typed, after=int(found.data.get("last_counter", -1))
    )
    if counter is None:
        return False
    found.data["last_counter"] = counter
    found.last_used_at = clock.real_now()
    found.save(update_fields=["data", "last_used_at"])
    return True


# Passkeys


def begin_passkey(account: User) -> dict[str, Any]:
    """Return what the browser needs to make a passkey. Needs allauth's request."""
    return dict(webauthn.begin_registration(account, passwordless=False))


def add_passkey(*, account: User, name: str, credential: Any) -> bool:
    """Keep the passkey that the browser made; False when it is not the answer to what it was asked."""
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except NO_PASSKEY:
        return False
    webauthn.WebAuthn.add(account, name, credential)
    return True


def ask_passkey(account: User) -> dict[str, Any]:
    """Return what the browser needs to show one of the account's passkeys. Needs allauth's request."""
    return dict(webauthn.begin_authentication(account))


def check_passkey(*, account: User, credential: Any) -> bool:
    """Return whether the browser showed one of the account's passkeys, for what it was asked just now."""
    try:
        webauthn.parse_authentication_response(credential)
        found = webauthn.complete_authentication(account, credential)
    except NO_PASSKEY:
        return False
    found.last_used_at = clock.real_now()
    found.save(update_fields=["last_used_at"])
    return True


# Names


def app_of(account: User) -> Authenticator | None:
    """Return the account's authenticator app, if it has one."""
    return _authenticators(account).filter(type=Type.TOTP).first()


def passkeys_of(account: User) -> list[Authenticator]:
    """Return the account's passkeys, the oldest first."""
    return list(_authenticators(account).filter(type=Type.WEBAUTHN).order_by("pk"))


def nameable(account: User, pk: int) -> Authenticator | None:
    """Return one of the account's passkeys, or its authenticator app, by its number."""
    return _nameable(account).filter(pk=pk).first()


def name_of(factor: Authenticator) -> str:
    """Return what the owner called a passkey or an authenticator app; empty if it has no name yet."""
    return str(factor.data.get("name", ""))


@transaction.atomic
def rename(*, account: User, pk: int, name: str) -> bool:
    """Give one of the account's passkeys, or its authenticator app, a name; return whether there is such a one."""
    found = _nameable(account).select_for_update().filter(pk=pk).first()
    if found is not None:
        found.data["name"] = name
        found.save(update_fields=["data"])
    return found is not None


# Codes by e-mail


def use_email_codes(account: User) -> None:
    """Let codes by e-mail be a second factor of the account."""
    account.email_codes = True
    account.save(update_fields=["email_codes"])


# Recovery codes


@transaction.atomic
def make_recovery_codes(account: User) -> list[str]:
    """Make new recovery codes in place of the old ones and return them. They are shown until they are kept."""
    _lock(account)
    _authenticators(account).filter(type=Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(account).generate_codes())


def unkept_recovery_codes(account: User) -> list[str]:
    """Return recovery codes whose owner has not said yet that they are kept; none afterwards."""
    found = _authenticators(account).filter(type=Type.RECOVERY_CODES).first()
    return [] if found is None or found.wrap().did_view else list(found.wrap().get_unused_codes())


def keep_recovery_codes(account: User) -> None:
    """Note that the owner has the codes; they are never shown again."""
    for found in _authenticators(account).filter(type=Type.RECOVERY_CODES):
        found.data["viewed_at"] = clock.real_now().timestamp()
        found.save(update_fields=["data"])


def recovery_codes_left(account: User) -> int:
    """Return how many recovery codes are unused."""
    return len(unused_recovery_codes(account))


def unused_recovery_codes(account: User) -> list[str]:
    """Return the unused recovery codes. No page shows them but the demo's, of its own accounts."""
    found = _authenticators(account).filter(type=Type.RECOVERY_CODES).first()
    return [] if found is None else list(found.wrap().get_unused_codes())


def check_recovery_code(*, account: User, typed: str) -> bool:
    """Return whether this is an unused recovery code of the account, and use it up."""
    found = _authenticators(account).filter(type=Type.RECOVERY_CODES).first()
    return found is not None and bool(found.wrap().validate_code(typed))


# Taking away


@transaction.atomic
def remove(*, account: User, way: Way, passkey: int | None = None) -> bool:
    """Remove a second factor, one passkey by its number; return whether there was one. Raises ``LastSecondFactor``."""
    owner = _lock(account)
    found = _authenticators(account).filter(type=Type.TOTP if way == Way.APP else Type.WEBAUTHN)
    if way == Way.PASSKEY:
        found = found.filter(pk=passkey)
    if not (owner.email_codes if way == Way.EMAIL else found.exists()):
        return False
    others = _authenticators(account).exclude(type=Type.RECOVERY_CODES)
    if way != Way.EMAIL:
        others = others.exclude(pk__in=list(found.values_list("pk", flat=True)))
    if not (others.exists() or (owner.email_codes and way != Way.EMAIL)):
        raise LastSecondFactor
    if way == Way.EMAIL:
        account.email_codes = False
        account.save(update_fields=["email_codes"])
    else:
        found.delete()
    return True


def _authenticators(account: User) -> "models.QuerySet[Authenticator]":
    found: models.QuerySet[Authenticator] = Authenticator.objects.filter(user_id=account.pk)
    return found


def _nameable(account: User) -> "models.QuerySet[Authenticator]":
    return _authenticators(account).filter(type__in=[Type.TOTP, Type.WEBAUTHN])


def _lock(account: User) -> User:
    return User.objects.select_for_update().get(pk=account.pk)
