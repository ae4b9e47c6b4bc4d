"""The only writer of a state: look the row up, change the state if it is still the old one, log it.

All of it happens in the caller's transaction. ``begin`` and ``move`` take one thing, ``move_many`` a set in one
statement, and ``move_chosen_sql`` and ``begin_chosen_sql`` give a larger statement (a round) the same two writes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from lifecycle import clock
from lifecycle.errors import LostRace, NoSuchMove
from lifecycle.models import Transition
from lifecycle.tables import MACHINES, NOTHING, Machine

LOG_COLUMNS = "machine, thing_id, source, event, target, at, real_at, actor_id, cause"


def machine_of(model: type[models.Model]) -> Machine:
    """Return the machine whose states the model holds; ``KeyError`` when it has none."""
    return MACHINES[model._meta.label]


@transaction.atomic
def begin(
    thing: models.Model, event: str, *, at: datetime, actor_id: int | None = None, cause: str = ""
) -> None:
    """Save a new thing in the first state that the event gives it, and log that."""
    machine = machine_of(type(thing))
    target = _target(machine, event, NOTHING)
    vars(thing)["state"] = target
    thing.save(force_insert=True)
    _log(machine, thing, (NOTHING, event, target), at=at, actor_id=actor_id, cause=cause)


@transaction.atomic
def move(
    thing: models.Model, event: str, *, at: datetime, actor_id: int | None = None, cause: str = ""
) -> None:
    """Move one thing from the state it was read in, and log that.

    Raises ``NoSuchMove`` when the table has no such row, ``LostRace`` when the state changed since it was read.
    """
    machine = machine_of(type(thing))
    source = vars(thing)["state"]
    target = _target(machine, event, source)
    rows = type(thing)._base_manager.filter(pk=thing.pk, state=source).update(state=target)
    if rows != 1:
        raise LostRace
    vars(thing)["state"] = target
    _log(machine, thing, (source, event, target), at=at, actor_id=actor_id, cause=cause)


def move_many(
    model: type[models.Model], ids: Iterable[int], event: str, *, at: datetime, cause: str = ""
) -> list[int]:
    """Move all of the given things that are in a state with this event, in one statement; return their ids."""
    machine = machine_of(model)
    targets = machine.targets(event)
    if not targets:
        raise NoSuchMove
    table, key = model._meta.db_table, _key(model)
    cases = ", ".join(["(%s, %s)"] * len(targets))
    sql = f"""
        WITH rows(source, target) AS (VALUES {cases}),
        moved AS (
            UPDATE {table} SET state = rows.target FROM rows
            WHERE {table}.{key} = ANY(%s) AND {table}.state = rows.source
            RETURNING {table}.{key} AS id, rows.source, rows.target
        )
        INSERT INTO {Transition._meta.db_table} ({LOG_COLUMNS})
        SELECT %s, id, source, %s, target, %s, %s, NULL::bigint, %s FROM moved RETURNING thing_id
    """
    cells = [cell for row in targets.items() for cell in row]
    parameters: list[Any] = [*cells, list(ids), machine.name, event, at, clock.real_now(), cause]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def move_chosen_sql(label: str, event: str, chosen: str, chosen_key: str) -> str:
    """Return CTEs ``moved`` and ``moved_log`` that move every row named in the CTE ``chosen``.

    The statement must be run with the parameters of ``log_parameters``. ``moved`` returns the ids as ``id``.

    The rows are looked up by their keys, whatever the database believes of the table: told that it is almost empty, as
    after a large load that was counted too early, it would compare every row of one with every row of the other.
    """
    # 'IS NOT DISTINCT FROM' means the same for a state, which is never null, and keeps an index on states out of it.
    model, machine = apps.get_model(label), MACHINES[label]
    ((source, target),) = machine.targets(event).items()
    table, key = model._meta.db_table, _key(model)
    return f"""
        moved AS (
            UPDATE {table} SET state = '{target}'
            WHERE {key} = ANY(ARRAY(SELECT {chosen_key} FROM {chosen})) AND state IS NOT DISTINCT FROM '{source}'
            RETURNING {key} AS id
        ),
        moved_log AS ({_log_chosen(machine.name, source, event, target, "moved")})"""


def begin_chosen_sql(label: str, event: str, created: str) -> tuple[str, str]:
    """Return the first state and a CTE body that logs every row of the CTE ``created`` (with a column ``id``)."""
    machine = MACHINES[label]
    target = _target(machine, event, NOTHING)
    return target, _log_chosen(machine.name, NOTHING, event, target, created)


def log_parameters(*, at: datetime, actor_id: int | None, cause: str) -> dict[str, Any]:
    """Return the named parameters that the ``*_chosen_sql`` fragments use."""
    return {"log_at": at, "log_real_at": clock.real_now(), "log_actor": actor_id, "log_cause": cause}


def _log_chosen(machine: str, source: str, event: str, target: str, cte: str) -> str:
    return (
        f"INSERT INTO {Transition._meta.db_table} ({LOG_COLUMNS}) SELECT '{machine}', id, '{source}', '{event}', "
        f"'{target}', %(log_at)s, %(log_real_at)s, %(log_actor)s::bigint, %(log_cause)s FROM {cte}"
    )


def _target(machine: Machine, event: str, source: str) -> str:
    try:
        return machine.targets(event)[source]
    except KeyError:
        raise NoSuchMove from None


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _log(
    machine: Machine,
    thing: models.Model,
    row: tuple[str, str, str],
    *,
    at: datetime,
    actor_id: int | None,
    cause: str,
) -> None:
    source, event, target = row
    Transition.objects.create(
        machine=machine.name,
        thing_id=thing.pk,
        source=source,
        event=event,
        target=target,
        at=at,
        real_at=clock.real_now(),
        actor_id=actor_id,
        cause=cause,
    )
