"""A large pool out of a small one, inside the database: each copy is the same people again under new keys.

Whoever is copied has the same facts, score and dates, but an own account, profile, number and history, and came a few
seconds later, so that nobody ties with the original. Nothing passes through this process, so any size will do.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction

from accounts.models import User
from lifecycle.models import Transition
from lifecycle.tables import PROFILE
from profiles.models import Assessment, KeptFactors, PoolEntry, Profile, Submission

KEYED = (User, Profile, Submission, Assessment, Transition)
Changes = dict[str, str]

ACCOUNTS: Changes = {"id": "id + %(users)s", "username": "'copy-%(copy)s-' || username"}
PROFILES: Changes = {
    "id": "id + %(profiles)s",
    "account_id": "account_id + %(users)s",
    "number": "'C' || lpad((id + %(profiles)s)::text, 9, '0')",
    "validation_code": "'-' || lpad(to_hex(id + %(profiles)s), 7, '0')",
    "submitted_at": "submitted_at + %(copy)s * interval '1 second'",
}
SUBMISSIONS: Changes = {"id": "id + %(submissions)s", "profile_id": "profile_id + %(profiles)s"}
ASSESSMENTS: Changes = {
    "id": "id + %(assessments)s",
    "profile_id": "profile_id + %(profiles)s",
    "submission_id": "submission_id + %(submissions)s",
}
POOL: Changes = {
    "profile_id": "profile_id + %(profiles)s",
    "submitted_at": "submitted_at + %(copy)s * interval '1 second'",
}
LOG: Changes = {
    "id": "id + %(transitions)s",
    "thing_id": "thing_id + %(profiles)s",
    "actor_id": "actor_id + %(users)s",
}


def grow(times: int, *, on_progress: Callable[[str], None]) -> None:
    """Make the pool so many times as large. It must hold nothing but a pool just made."""
    tops = {f"{model._meta.model_name}s": _top(model) for model in KEYED}
    for copy in range(1, times):
        shifts = {name: top * copy for name, top in tops.items()} | {"copy": copy}
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in _copies(tops):
                cursor.execute(sql % shifts)
        on_progress(f"the pool is {copy + 1} times as large")
    with connection.cursor() as cursor:
        for model in KEYED:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute("VACUUM ANALYZE")


def _copies(tops: dict[str, int]) -> list[str]:
    return [
        _copy(User, ACCOUNTS, f"id <= {tops['users']}"),
        _copy(Profile, PROFILES, f"id <= {tops['profiles']}"),
        _copy(Submission, SUBMISSIONS, f"id <= {tops['submissions']}"),
        _copy(Assessment, ASSESSMENTS, f"id <= {tops['assessments']}"),
        _copy(PoolEntry, POOL, f"profile_id <= {tops['profiles']}"),
        _copy(KeptFactors, {"profile_id": "profile_id + %(profiles)s"}, f"profile_id <= {tops['profiles']}"),
        _copy(Transition, LOG, f"machine = '{PROFILE.name}' AND id <= {tops['transitions']}"),
    ]


def _copy(model: type[models.Model], changes: Changes, originals: str) -> str:
    """Return the statement that copies the original rows of a table with some columns changed."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    named, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    return f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} WHERE {originals}"


def _top(model: type[models.Model]) -> int:
    found: dict[str, Any] = model._base_manager.aggregate(top=models.Max("pk"))
    return int(found["top"] or 0)
