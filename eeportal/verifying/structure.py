"""Whether the database's own guards stand: constraints in force and true of every row, triggers on, numbers ahead."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

GUARDS = (
    ("accounts_officeraction", "append_only"),
    ("draws_invitation", "only_its_state"),
    ("draws_invitation", "state_is_logged"),
    ("draws_plannedcorrection", "only_its_state"),
    ("draws_plannedcorrection", "state_is_logged"),
    ("draws_round", "result_stays"),
    ("draws_round", "state_is_logged"),
    ("draws_roundcorrection", "append_only"),
    ("lifecycle_clocktravel", "append_only"),
    ("lifecycle_logdigest", "append_only"),
    ("lifecycle_transition", "append_only"),
    ("pool", "state_is_logged"),
    ("profiles_assessment", "append_only"),
    ("profiles_draft", "state_is_logged"),
    ("profiles_nomination", "state_is_logged"),
    ("profiles_submission", "append_only"),
)

OURS = "connamespace = current_schema()::regnamespace"
NOT_IN_FORCE = (
    f"SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE {OURS} AND NOT convalidated"
)
BROKEN_INDEXES = """
    SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index JOIN pg_class ON oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT (indisvalid AND indisready)
"""
SWITCHED_OFF = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = current_schema()::regnamespace AND tgenabled <> 'O'
"""
TRIGGERS = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
"""
FOREIGN_KEYS = f"""
    SELECT conname, conrelid::regclass::text, confrelid::regclass::text, child.attname, parent.attname
    FROM pg_constraint
    JOIN pg_attribute AS child ON child.attrelid = conrelid AND child.attnum = conkey[1]
    JOIN pg_attribute AS parent ON parent.attrelid = confrelid AND parent.attnum = confkey[1]
    WHERE {OURS} AND contype = 'f' ORDER BY 1
"""
CHECKS = f"""
    SELECT conname, conrelid::regclass::text, pg_get_expr(conbin, conrelid) FROM pg_constraint
    WHERE {OURS} AND contype = 'c' ORDER BY 1
"""
NUMBERED = """
    SELECT pg_class.oid::regclass::text, attname, pg_get_serial_sequence(quote_ident(relname), attname)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
        AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not stand, in a sentence; ``count`` things break it."""

    name: str
    said: str
    count: int = 1


def faults() -> Iterator[Fault]:
    """Yield whatever does not stand."""
    for table, name in _rows(NOT_IN_FORCE):
        yield Fault(
            "constraint", f"The constraint {name} of {table} was never checked for the rows that were there."
        )
    for table, name in _rows(BROKEN_INDEXES):
        yield Fault("index", f"The index {name} of {table} is not whole.")
    for table, name in _rows(SWITCHED_OFF):
        yield Fault("trigger", f"The trigger {name} of {table} is switched off.")
    there = set(_rows(TRIGGERS))
    for table, name in GUARDS:
        if (table, name) not in there:
            yield Fault("trigger", f"The trigger {name} of {table} is missing.")
    yield from _broken_keys()
    yield from _broken_checks()
    yield from _numbers_behind()


def _broken_keys() -> Iterator[Fault]:
    for name, child, parent, column, key in _rows(FOREIGN_KEYS):
        (count,) = _row(
            f'SELECT count(*) FROM {child} AS c WHERE c."{column}" IS NOT NULL '
            f'AND NOT EXISTS (SELECT FROM {parent} AS p WHERE p."{key}" = c."{column}")'
        )
        if count:
            said = f"{count} rows of {child} name a {column} that is not in {parent} ({name})."
            yield Fault("foreign_key", said, count)


def _broken_checks() -> Iterator[Fault]:
    for name, table, condition in _rows(CHECKS):
        (count,) = _row(f"SELECT count(*) FROM {table} WHERE NOT ({condition})")
        if count:
            yield Fault("check", f"{count} rows of {table} break the constraint {name}.", count)


def _numbers_behind() -> Iterator[Fault]:
    """A number that was used may not be given out again, as after a restore that forgot the sequences."""
    for table, column, sequence in _rows(NUMBERED):
        highest, last, used = _row(
            f'SELECT (SELECT max("{column}") FROM {table}), last_value, is_called FROM {sequence}'
        )
        if highest is not None and (highest > last or (highest == last and not used)):
            yield Fault("sequence", f"The next number for {table} would be {last}, but {highest} is used.")


def _rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        # A name or a condition of the catalogue may hold a percent sign: there are no parameters to fill in.
        cursor.execute(sql, None)
        return list(cursor.fetchall())


def _row(sql: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, None)
        return tuple(cursor.fetchone())
