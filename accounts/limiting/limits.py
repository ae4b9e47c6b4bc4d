"""Exact limits: at most N tries in any period of real time, however many come at once.

One row a key holds the instants of its tries. One statement drops those that are over, refuses to pass the limit
and notes the new one, so parallel tries over any number of processes are counted exactly. Keys are keyed hashes:
no address and no name is kept.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from accounts.limiting.addresses import address_of, same_network
from accounts.models import Allowance, Tally
from lifecycle import clock
from lifecycle.jobs import delete_batch, in_batches
from lifecycle.schedule import Job

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """In any ``period`` at most so many tries from one address, and so many for one account. None: uncounted."""

    name: str
    period: timedelta
    by_address: int | None = None
    by_account: int | None = None


SIGN_IN = Limit("sign_in", 15 * MINUTE, by_address=30, by_account=10)
"""A password, at sign-in or asked for again. One that was right is given back: only wrong ones count."""
SECOND_FACTOR = Limit("second_factor", 15 * MINUTE, by_address=30, by_account=10)
"""A code of an authenticator or from an e-mail, a recovery code, a passkey."""
SECURITY_QUESTION = Limit("security_question", HOUR, by_address=30, by_account=10)
"""The answer to a security question. At sign-in and at signing only wrong ones count."""
RECOVERY = Limit("recovery", HOUR, by_address=20, by_account=5)
"""A way back that was asked for. The account is what was typed: a username or an e-mail address."""
USERNAME = Limit("username", HOUR, by_address=60)
"""A username at sign-up, which must say that one is taken."""
SIGN_UP = Limit("sign_up", HOUR, by_address=20)
"""A new account."""
EMAIL = Limit("email", HOUR, by_address=60, by_account=10)
"""An e-mail that a visitor has sent: a code, a reminder. The account is the e-mail address that it goes to."""
REFERENCE_CODE = Limit("reference_code", HOUR, by_address=10, by_account=10)
"""A personal reference code."""
NOMINATION = Limit("nomination", HOUR, by_address=60, by_account=10)
"""A profile number with its validation code, at a province's desk. Only wrong pairs count."""

LIMITS = (
    SIGN_IN, SECOND_FACTOR, SECURITY_QUESTION, RECOVERY, USERNAME, SIGN_UP, EMAIL, REFERENCE_CODE, NOMINATION
)  # fmt: skip


@dataclass(frozen=True)
class Share:
    """What one subject may still take of a limit: so many tries in a period."""

    key: str
    tries: int
    period: timedelta


def within(request: HttpRequest, limit: Limit, account: int | str | None = None) -> bool:
    """Count one try and return whether it is within the limit; both the address and the account must have one left.

    ``account`` is an account's id, or what was typed for one: a username or an e-mail address, whether it exists or
    not. A refused try counts against nobody. Call it outside a transaction that may be rolled back.
    """
    return take_each(shares(request, limit, account))


@transaction.atomic
def take_each(wanted: Iterable[Share]) -> bool:
    """Count one try against each of several shares when all of them have one left, and against none otherwise."""
    allowed = all(take(share) for share in sorted(wanted, key=lambda share: share.key))
    if not allowed:
        transaction.set_rollback(True)
    return allowed


def take(share: Share) -> bool:
    """Count one try and return whether it is within the share. A refused try is not counted."""
    now = clock.real_now()
    table = Tally._meta.db_table
    counting = "ARRAY(SELECT at FROM unnest(tally.tries) AS at WHERE at > %(since)s ORDER BY at)"
    sql = f"""
        INSERT INTO {table} AS tally (key, tries, over_at) VALUES (%(key)s, ARRAY[%(now)s], %(over_at)s)
        ON CONFLICT (key) DO UPDATE SET tries = {counting} || excluded.tries, over_at = excluded.over_at
        WHERE cardinality({counting}) < %(tries)s
        RETURNING key
    """
    values: dict[str, str | int | datetime] = {
        "key": share.key, "tries": share.tries, "now": now, "since": now - share.period, "over_at": now + share.period,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() is not None


def give_back(request: HttpRequest, limit: Limit, account: int | str | None = None) -> None:
    """Uncount the newest try of the address and of the account: it was none that the limit is there for."""
    keys = sorted(share.key for share in shares(request, limit, account))
    sql = f"UPDATE {Tally._meta.db_table} SET tries = trim_array(tries, 1) WHERE key = %s AND cardinality(tries) > 0"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, [[key] for key in keys])


def judged(
    request: HttpRequest, limit: Limit, account: int | str | None, is_right: Callable[[], bool]
) -> bool | None:
    """Return whether a try is right, and count it only if it is wrong; None when the limit is used up.

    Exact however many come at once: a wrong one is answered only if it could be counted, a right one only while
    there is one left. So right ones at the same moment never use the limit up among themselves, as they would if
    each were counted first and given back.
    """
    if _is_used_up(request, limit, account):
        return None
    if is_right():
        return None if _is_used_up(request, limit, account) else True
    return False if within(request, limit, account) else None


def _is_used_up(request: HttpRequest, limit: Limit, account: int | str | None) -> bool:
    return free_at(request, limit, account) > clock.real_now()


def free_at(request: HttpRequest, limit: Limit, account: int | str | None = None) -> datetime:
    """Return when the next try is allowed: now, or when enough of the earlier ones are over."""
    now = clock.real_now()
    wanted = {share.key: share for share in shares(request, limit, account)}
    instants = [now]
    for tally in Tally.objects.filter(key__in=wanted):
        share = wanted[tally.key]
        counting = sorted(at for at in tally.tries if at > now - share.period)
        if len(counting) >= share.tries:
            instants.append(counting[-share.tries] + share.period)
    return max(instants)


def forget_old_tries() -> int:
    """Remove the tallies that say nothing any more, and return how many."""
    return in_batches(Job.FORGET_OLD_TRIES, _forget_some)


def _forget_some(_at: datetime) -> int:
    return delete_batch(Tally.objects.filter(over_at__lte=clock.real_now()))


def shares(request: HttpRequest, limit: Limit, account: int | str | None = None) -> list[Share]:
    """Return what the request's address and the account may take of a limit."""
    found = []
    if limit.by_address is not None:
        address = address_of(request)
        tries = limit.by_address * allowance_of(address)
        found.append(Share(_key(limit, "address", address), tries, limit.period))
    if limit.by_account is not None and account is not None:
        found.append(Share(_key(limit, "account", folded(account)), limit.by_account, limit.period))
    return found


def allowance_of(address: str) -> int:
    """Return by how much an officer has multiplied the limits for an address; 1 unless an allowance is live."""
    live = Allowance.objects.filter(until__gt=clock.real_now()).values_list("address", "factor")
    return max([1, *(factor for network, factor in live if same_network(network, address))])


def folded(account: int | str) -> str:
    """Return what was typed for an account so that all spellings that the sign-in takes for one are one.

    It may take more for one than the sign-in does, never less: 'ı' is 'I' to the database, as is 'i'.
    """
    if isinstance(account, int):
        return f"#{account}"
    plain = unicodedata.normalize("NFKC", account).strip()
    return unicodedata.normalize("NFKC", plain.upper().casefold())


def _key(limit: Limit, kind: str, subject: str) -> str:
    text = f"{limit.name}|{kind}|{subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
