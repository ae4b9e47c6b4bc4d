"""The log of what officers do and open: ``note`` is the only way in, and the database refuses to change a row."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficerAction

LONGEST_ABOUT = 80


class Verb(models.TextChoices):
    """What an officer can do."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed for its time")
    STARTED = "started", _("Started")
    CANCELLED = "cancelled", _("Cancelled")
    PREPARED = "prepared", _("Prepared a correction")
    CONFIRMED_CORRECTION = "confirmed_correction", _("Confirmed a correction")
    DROPPED = "dropped", _("Dropped a correction")
    PUBLISHED = "published", _("Published")
    OPENED = "opened", _("Opened a record")
    LISTED = "listed", _("Listed records")
    GAVE_ROLE = "gave_role", _("Gave a role")
    TOOK_ROLE = "took_role", _("Took a role away")
    GAVE_ALLOWANCE = "gave_allowance", _("Gave an allowance")
    ENDED_ALLOWANCE = "ended_allowance", _("Ended an allowance")
    EXPORTED = "exported", _("Exported data")
    SET_UP = "set_up", _("Set up")
    CHANGED = "changed", _("Changed")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    ENDED = "ended", _("Ended")
    RAN_JOB = "ran_job", _("Asked for a run of a job")
    NOMINATED = "nominated", _("Confirmed a nomination")


def note(*, officer_id: int, verb: Verb, at: datetime, about: str = "", why: str = "") -> OfficerAction:
    """Write down what an officer did, in the transaction that did it.

    ``about`` comes from ``about_record`` or ``about_list``: a kind of record and its number, never a name.
    """
    return OfficerAction.objects.create(
        officer_id=officer_id, verb=verb.value, about=about[:LONGEST_ABOUT], why=why, at=at
    )


def about_record(record: models.Model, number: object = None, more: str = "") -> str:
    """Return a record as the log names it, such as ``profiles.submission 12 E123456789``."""
    return " ".join(filter(None, [record._meta.label_lower, str(number or record.pk), more]))


def about_list(model: type[models.Model], **search: str) -> str:
    """Return a list of records as the log names it, such as ``profiles.poolentry number=E12 page=2``."""
    return " ".join(
        [model._meta.label_lower, *(f"{name}={value}" for name, value in search.items() if value)]
    )


def about_words(about: str) -> str:
    """Return what the log names in the reader's language, such as ``Submission 12 E123456789``."""
    label, _space, rest = about.partition(" ")
    try:
        kind = apps.get_model(label)._meta.verbose_name
    except (LookupError, ValueError):
        return about
    return f"{capfirst(kind)} {rest}".strip()
