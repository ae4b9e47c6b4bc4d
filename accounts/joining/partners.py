"""Sign-in partners: the institutions that may vouch for an account's owner, and their links to accounts.

A link holds the institution and a subject: text that only the institution can turn into a customer. Nothing else of
the partner's is kept or asked for. An account has at least one credential left: a password, or a link.
"""

import secrets
from collections.abc import Mapping

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.errors import LastCredential, LinkedElsewhere
from accounts.models import User
from accounts.telling import events, notices

INSTITUTIONS: Mapping[str, Mapping[str, str]] = {
    "maple-ridge": {
        "en": "Maple Ridge Credit Union (simulated)",
        "fr": "Coopérative de crédit Crête-aux-Érables (simulée)",
    },
    "northern-lantern": {
        "en": "Northern Lantern Bank (simulated)",
        "fr": "Banque de la Lanterne du Nord (simulée)",
    },
    "tidewater": {"en": "Tidewater Savings (simulated)", "fr": "Épargne des Marées (simulée)"},
    "prairie-oak": {"en": "Prairie Oak Trust (simulated)", "fr": "Fiducie du Chêne des Prairies (simulée)"},
    "caisse-du-harfang": {"en": "Snowy Owl Credit Union (simulated)", "fr": "Caisse du Harfang (simulée)"},
}
"""Slug -> language -> name, in the order of the list. All of them are invented."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def offered() -> bool:
    """Whether this portal works with sign-in partners at all."""
    return bool(settings.PARTNER_URL)


def name_of(slug: str) -> str:
    """The institution's name in the reader's language; its slug when it is no longer in the list."""
    return INSTITUTIONS[slug][get_language() or "en"] if slug in INSTITUTIONS else slug


def links_of(account: User) -> list[SocialAccount]:
    """The account's links, oldest first."""
    return list(SocialAccount.objects.filter(user=account).order_by("date_joined", "pk"))


def invented_username() -> str:
    """A username for an account that needs none to sign in: 'partner-' and ten random characters."""
    return "partner-" + "".join(secrets.choice(LETTERS) for _place in range(10))


@transaction.atomic
def link(*, account: User, institution: str, subject: str, request: HttpRequest) -> SocialAccount:
    """Let a customer of an institution sign in to an account; the owner is told.

    Linking what is linked to this account already changes nothing. ``LinkedElsewhere`` when another account has it.
    """
    try:
        with transaction.atomic():
            made, new = SocialAccount.objects.get_or_create(
                provider=institution, uid=subject, defaults={"user": account}
            )
    except IntegrityError:
        raise LinkedElsewhere from None
    if made.user_id != account.pk:
        raise LinkedElsewhere
    if new:
        events.record(account_id=account.pk, kind=events.Kind.PARTNER_LINKED, request=request)
        notices.tell_owner(account=account, kind=events.Kind.PARTNER_LINKED)
    return made


@transaction.atomic
def unlink(*, linked: SocialAccount, request: HttpRequest) -> None:
    """Take a link away; the owner is told. ``LastCredential`` when nothing else would open the account.

    The account's row is locked, so that of two links that go at once the second one sees the first one gone.
    """
    account = User.objects.select_for_update().get(pk=linked.user_id)
    others = SocialAccount.objects.filter(user=account).exclude(pk=linked.pk)
    if not account.has_usable_password() and not others.exists():
        raise LastCredential
    if SocialAccount.objects.filter(pk=linked.pk).delete()[0]:
        events.record(account_id=account.pk, kind=events.Kind.PARTNER_UNLINKED, request=request)
        notices.tell_owner(account=account, kind=events.Kind.PARTNER_UNLINKED)
