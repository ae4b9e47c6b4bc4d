"""What touches an account's security, written down for its owner: ``record`` is the only way in.

Rows are added and never changed. A row says what happened, when in real time, and with what kind of device; it
holds no address, nothing typed and no credential.
"""

import re
from collections.abc import Sequence

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountEvent
from lifecycle import clock


class Kind(models.TextChoices):
    """What can happen, with the sentence that its owner reads in the account's history."""

    SIGNED_IN = "signed_in", _("You signed in.")
    SIGN_IN_REFUSED = "sign_in_refused", _("A sign-in was refused: something that was typed was not right.")
    SIGNED_OUT = "signed_out", _("You signed out.")
    SESSION_ENDED = "session_ended", _("A session was ended.")
    SIGNED_UP = "signed_up", _("The account was created.")
    PASSWORD_CHANGED = "password_changed", _("The password was changed.")
    EMAIL_CHANGED = "email_changed", _("The e-mail address was changed.")
    DETAILS_CHANGED = "details_changed", _("The account details were changed.")
    QUESTIONS_CHANGED = "questions_changed", _("The recovery questions were changed.")
    FACTOR_ADDED = "factor_added", _("A second factor was added.")
    FACTOR_REMOVED = "factor_removed", _("A second factor was removed.")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("New recovery codes were made.")
    RECOVERY_CODE_USED = "recovery_code_used", _("A recovery code was used.")
    RECOVERY_ASKED = "recovery_asked", _("A way back into the account was asked for.")
    RECOVERY_REFUSED = "recovery_refused", _("A way back into the account was refused by its owner.")
    RECOVERY_DONE = "recovery_done", _("The way back into the account was completed.")
    CHANGE_REPORTED = "change_reported", _("A change was reported as not made by the owner.")
    PARTNER_LINKED = "partner_linked", _("A sign-in partner was linked.")
    PARTNER_UNLINKED = "partner_unlinked", _("A sign-in partner was unlinked.")
    DATA_EXPORTED = "data_exported", _("The account's data was exported.")


def record(
    *, account_id: int, kind: Kind, request: HttpRequest | None = None, device: str = ""
) -> AccountEvent:
    """Write down that ``kind`` happened to this account now, in real time, on the request's device if given.

    ``device`` says it, as it is stored, where it is not the one that the request came from.
    """
    device = device or (device_of(request.headers.get("User-Agent", "")) if request else "")
    return AccountEvent.objects.create(
        account_id=account_id, kind=kind.value, device=device, at=clock.real_now()
    )


def record_ends(devices: Sequence[tuple[int, str]]) -> None:
    """Write down that sessions were ended now, in one statement: of which accounts, on which devices."""
    now = clock.real_now()
    AccountEvent.objects.bulk_create(
        AccountEvent(account_id=account_id, kind=Kind.SESSION_ENDED.value, device=device, at=now)
        for account_id, device in devices
    )


# The first that is found counts: others name Chrome and Safari too, as they did before them.
BROWSERS = (
    ("Edge", r"Edge?A?/|EdgiOS/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|Chromium/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def device_of(user_agent: str) -> str:
    """Browser and system as they are stored, such as ``Firefox on Windows``; empty if neither is known.

    Nothing of what the browser sent is kept but these names from the two tables, in the tables' own spelling.
    """
    browser = next((name for name, mark in BROWSERS if re.search(mark, user_agent)), "")
    system = next((name for name, mark in SYSTEMS if re.search(mark, user_agent)), "")
    return f"{browser} on {system}" if browser and system else browser or system


def device_words(device: str) -> str:
    """A stored device in the reader's language."""
    browser, _on, system = device.partition(" on ")
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or gettext("Unknown device")
