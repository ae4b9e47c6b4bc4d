"""What was typed into a form that was sent after its session had ended: kept for a day, shown again, never saved.

Kept are pages on which people type much: the rooms and pages named here, no others. Passwords, codes, answers to
security questions and tokens are left out by their names wherever they stand, and files by being no text. Only the
account whose session ended sees it. Whoever holds the cookie of an ended session could have something kept for its
account; it is shown as typed and unsaved, and saved only by its owner's own hand.
"""

import json
import re
from datetime import datetime, timedelta

from django.db import models, transaction
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.urls.base import get_script_prefix

from accounts.models import KeptForm
from lifecycle import clock
from lifecycle.jobs import delete_batch

KEPT_FOR = timedelta(days=1)
LARGEST = 64 * 1024
"""Bytes of one form as JSON; more is not kept."""
MOST = 20
"""Forms kept for one account at once; the oldest makes room."""

ROOMS = frozenset({"profiles", "draws", "admin"})
OPEN_ROOMS = frozenset({"eligibility"})
"""Rooms that need no session: what is typed there is not kept, but shown once more when it cannot be taken."""
BOOKKEEPING = frozenset({"draft", "version", "seen", "then"})
"""Fields that nobody types into."""
ACCOUNT_PAGES = frozenset({"accounts:settings_change"})
CREDENTIAL_PAGES = re.compile(r"password|login|logout|signup|proof|prove|code")
SECRET = re.compile(
    r"^(csrfmiddlewaretoken|pin|otp)$|passw|passphrase|secret|token|(^|[_-])codes?([_-]|$)|(^|[_-])answer[_-]?\d*$|captcha"
)
LANGUAGE = re.compile(r"^/[a-z]{2}/")

Fields = dict[str, list[str]]


def is_keepable(page: ResolverMatch | None) -> bool:
    """Return whether what is typed on a page may be kept."""
    if page is None or CREDENTIAL_PAGES.search(page.url_name or ""):
        return False
    return page.app_name in ROOMS or page.view_name in ACCOUNT_PAGES


def typed_here(request: HttpRequest) -> Fields:
    """Return what was typed into the portal's own page, to be shown once more where whose it is cannot be told.

    Nothing of a page whose forms are not kept, nor of a form from elsewhere, whose words are not the visitor's.
    """
    page, origin = request.resolver_match, request.build_absolute_uri("/").rstrip("/")
    open_room = page is not None and page.app_name in OPEN_ROOMS
    if request.headers.get("Origin") != origin or not (open_room or is_keepable(page)):
        return {}
    fields = fields_of(request.POST)
    return fields if any(any(fields[name]) for name in fields.keys() - BOOKKEEPING) else {}


def page_of(path: str) -> ResolverMatch | None:
    """Return which page an address of the portal is, None for none."""
    try:
        return resolve(path)
    except Resolver404:
        return None


def place_of(path: str) -> str:
    """Return an address without its language: what is typed on a page is the same in both."""
    return LANGUAGE.sub("/", path)


def fields_of(typed: QueryDict) -> Fields:
    """Return what may be kept of a form: lists of values by name, without secrets and without characters of no use."""
    return {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in typed.lists()
        if not SECRET.search(name.lower())
    }


@transaction.atomic
def keep(*, account_id: int, path: str, typed: QueryDict) -> bool:
    """Keep what was typed on a page for this account, in place of what was kept of it before.

    Return False, and keep nothing, when there is nothing to keep or it is larger than ``LARGEST``.
    """
    fields = fields_of(typed)
    place = place_of(path)
    if not any(map(any, fields.values())) or len(place) > 300 or len(json.dumps(fields).encode()) > LARGEST:
        return False
    KeptForm.objects.update_or_create(
        account_id=account_id, path=place, defaults={"fields": fields, "kept_at": clock.real_now()}
    )
    newest = KeptForm.objects.filter(account_id=account_id).order_by("-kept_at", "-pk")
    KeptForm.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[MOST:])).delete()
    return True


def places(account_id: int) -> list[str]:
    """Return the places of which something is kept for an account."""
    return sorted(_lasting(account_id).values_list("path", flat=True))


def kept(*, account_id: int, path: str) -> Fields | None:
    """Return what is kept of a page for this account, None for nothing; a day later it is nothing."""
    found = _lasting(account_id).filter(path=place_of(path)).first()
    return found.fields if found else None


def forget(*, account_id: int, path: str) -> None:
    """Throw away what is kept of a page."""
    KeptForm.objects.filter(account_id=account_id, path=place_of(path)).delete()


def forget_some(_at: datetime) -> int:
    """Remove some of what was kept for a day; return how many forms that were: 0 when there are no more."""
    return delete_batch(KeptForm.objects.filter(kept_at__lte=clock.real_now() - KEPT_FOR))


def typed_on(request: HttpRequest) -> str:
    """Return the path of the page on which a form was typed: the one it was sent from, if it is the portal's.

    A form can go to another address than its page's; there is nothing to type on at that one.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    sent_from = request.headers.get("Referer", "")
    path = sent_from.removeprefix(origin).partition("?")[0].partition("#")[0]
    known = sent_from.startswith(origin + get_script_prefix()) and is_keepable(page_of(path))
    return path if known else request.path


def _lasting(account_id: int) -> models.QuerySet[KeptForm]:
    since = clock.real_now() - KEPT_FOR
    return KeptForm.objects.filter(account_id=account_id, kept_at__gt=since).order_by("pk")
