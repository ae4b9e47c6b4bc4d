"""Closing an account at its owner's wish: what can be removed is removed, what must stay no longer names anybody.

Stay: the account's row under a made-up username, the log of every move, what was submitted without its names, its
scores, its invitations. Published rounds could not be checked without them.
"""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    NOTICE,
    AccountEvent,
    EndedSession,
    KeptForm,
    Message,
    OneTimeCode,
    Recovery,
    RecoveryQuestion,
    Subscription,
    User,
)
from accounts.recovering.recovery import end_sessions
from accounts.telling import notices
from draws.answers import decline
from draws.queries import open_invitation
from eligibility.models import Questionnaire
from lifecycle import clock
from lifecycle.errors import DomainError
from lifecycle.tables import AGEING_PROFILE, InvitationState, ProfileState
from profiles import pool_lock
from profiles.models import Draft, Profile, Scenario, Submission
from profiles.services import discard_draft, withdraw


class HasRole(DomainError):
    message = _(
        "This account has an officer's role, so it cannot be closed by itself. Ask an administrator to take the role "
        "away; then close it."
    )


OWN_ROWS: tuple[tuple[type[Model], str], ...] = (
    (EmailAddress, "user"),
    (Authenticator, "user"),
    (SocialAccount, "user"),
    (RecoveryQuestion, "account"),
    (OneTimeCode, "account"),
    (Recovery, "account"),
    (KeptForm, "account"),
    (EndedSession, "account"),
    (AccountEvent, "account"),
)
"""The rows that go as they are, with the key that leads to the account."""


@transaction.atomic
def close(*, account_id: int, at: datetime) -> bool:
    """Close an account; return whether it was this call that did. Closing twice is once.

    An open invitation is declined, a live profile withdrawn, an open draft discarded, each by its own service.
    ``at`` is the portal's time. Raises ``HasRole``, and then nothing has changed.
    """
    pool_lock.share()
    account = User.objects.select_for_update().get(pk=account_id)
    if account.closed_at is not None:
        return False
    if account.role or account.is_superuser:
        raise HasRole
    _leave_the_pool(account, at)
    _forget_answers(account, at)
    _forget_credentials(account)
    _forget_the_person(account)
    return True


def _leave_the_pool(account: User, at: datetime) -> None:
    """Decline, then withdraw. What is over already, the jobs that end it have only not got to yet."""
    for profile in Profile.objects.live().filter(account=account).order_by("pk"):
        invitation = open_invitation(profile.pk)
        if invitation is not None and invitation.state_at(at) == InvitationState.ISSUED:
            decline(invitation=invitation, at=at)
        profile.entry.refresh_from_db()
        state = profile.entry.state_at(at)
        if ProfileState(state) in AGEING_PROFILE:
            withdraw(profile=profile, at=at)


def _forget_answers(account: User, at: datetime) -> None:
    for draft in Draft.objects.open().filter(account=account):
        discard_draft(draft=draft, at=at)
    Draft.objects.filter(account=account).update(answers={}, unfinished={})
    Scenario.objects.filter(account=account).delete()
    Questionnaire.objects.filter(code__redeemed_by=account).delete()


def _forget_credentials(account: User) -> None:
    end_sessions(account=account)
    for model, key in OWN_ROWS:
        model._base_manager.filter(**{key: account}).delete()


def _forget_the_person(account: User) -> None:
    address = account.email
    _forget_messages(account)
    if address:
        Subscription.objects.filter(email__iexact=address).delete()
    account.username = f"closed-{secrets.token_hex(8)}"
    account.email = account.given_names = account.family_name = ""
    account.set_unusable_password()
    account.email_codes = account.is_active = False
    account.last_login = None
    account.closed_at = clock.real_now()
    account.save()
    Submission.objects.filter(profile__account=account).update(personal={}, signed_as="")
    Profile.objects.filter(account=account).update(person="")
    notices.tell_owner(account=account, kind="account_closed", extra_addresses=[address] if address else [])


def _forget_messages(account: User) -> None:
    """Every message goes, but a notice whose e-mail is still to come: its addresses must hear of it."""
    messages = Message.objects.filter(account=account)
    unheard = messages.filter(kind__startswith=NOTICE).untold()
    messages.exclude(pk__in=unheard.values("pk")).delete()
    for notice in unheard:
        own = account.email if notice.emailed_at is None else ""
        notice.also_to = [address for address in (own, *(notice.also_to or [])) if address]
        notice.save(update_fields=["also_to"])
