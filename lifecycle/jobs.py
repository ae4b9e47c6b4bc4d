"""One run of a job at a time: a second one, from a late or doubled message, leaves at once and takes no worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Job(IntEnum):
    """Jobs that go through the whole pool; the number is the key of the lock."""

    LAPSE_DRAFTS = 7_201
    EXPIRE_PROFILES = 7_202
    ASSESS_DUE = 7_203
    LAPSE_INVITATIONS = 7_204
    DELIVER_MESSAGES = 7_205
    ANNOUNCE_ROUNDS = 7_206
    LAPSE_NOMINATIONS = 7_207
    REMIND_CANDIDATES = 7_208
    REMIND_INVITED = 7_209


@contextmanager
def only_one(job: Job) -> Iterator[bool]:
    """Say whether this is the only run of the job. The lock belongs to the session and dies with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [job.value])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [job.value])
