"""What administrators do: give, change and take roles, and widen the limits for a classroom."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.desk.officer_log import Verb, about_record, note
from accounts.factors.second_factors import has_second_factor
from accounts.models import Allowance, User
from accounts.signed_in.sessions import Ending, end_all
from lifecycle import clock
from lifecycle.errors import DomainError


class OwnRole(DomainError):
    message = _(
        "Nobody changes their own role, so that no officer can widen what they may do. Ask another administrator."
    )


class CommandLineRole(DomainError):
    message = _(
        "This account was made on the server's command line and may do everything. Its role is changed there as well."
    )


class NoSecondFactor(DomainError):
    message = _(
        "This account has no second factor yet, and every officer needs one. Ask its owner to add one on their account "
        "page, then give the role."
    )


class AllowanceOver(DomainError):
    message = _("This allowance has ended already. The usual limits apply.")


@transaction.atomic
def change_role(
    *, account_id: int, role: str, officer_id: int, why: str, at: datetime, province: str = ""
) -> User:
    """Give an account a role, or take it away with an empty one; its sessions end, so that a new one begins.

    ``province`` is that of provincial staff. Raises ``OwnRole``, ``CommandLineRole``, ``NoSecondFactor``. Giving the
    role that it has already, in the same province, does nothing.
    """
    account = User.objects.select_for_update().get(pk=account_id)
    if account.pk == officer_id:
        raise OwnRole
    if account.is_superuser:
        raise CommandLineRole
    if role and not has_second_factor(account):
        raise NoSecondFactor
    if (account.role, account.province) != (role, province):
        _note_role(account, f"{role} {province}".strip(), officer_id, why, at)
        account.role, account.province = role, province
        account.save(update_fields=["role", "province"])
        end_all(account_id=account.pk, why=Ending.SECURITY)
    return account


def _note_role(account: User, given: str, officer_id: int, why: str, at: datetime) -> None:
    about = about_record(account, more=f"{account.role or '-'} > {given or '-'}")
    verb = Verb.GAVE_ROLE if given else Verb.TOOK_ROLE
    note(officer_id=officer_id, verb=verb, about=about, why=why, at=at)


@transaction.atomic
def give_allowance(
    *, address: str, factor: int, lasts: timedelta, officer_id: int, why: str, at: datetime
) -> Allowance:
    """Multiply the limits by address for one address, from now for a while of real time."""
    given = Allowance.objects.create(
        address=address,
        factor=factor,
        until=clock.real_now() + lasts,
        reason=why,
        given_by_id=officer_id,
    )
    note(officer_id=officer_id, verb=Verb.GAVE_ALLOWANCE, about=about_record(given), why=why, at=at)
    return given


@transaction.atomic
def end_allowance(*, allowance: Allowance, officer_id: int, why: str, at: datetime) -> None:
    """End an allowance before its time. Raises ``AllowanceOver`` when it has ended."""
    now = clock.real_now()
    if not Allowance.objects.filter(pk=allowance.pk, until__gt=now).update(until=now):
        raise AllowanceOver
    about = about_record(allowance)
    note(officer_id=officer_id, verb=Verb.ENDED_ALLOWANCE, about=about, why=why, at=at)
