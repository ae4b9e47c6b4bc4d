"""A whole demo pool made, scored and loaded, beside COPY of the very same rows alone."""

import tempfile
from pathlib import Path

from django.db import connection, transaction

from bench.progress import say
from bench.rows import Row, row
from bench.scratch import COPIED, SMALL, Scratch
from bench.turns import seconds
from lifecycle import clock
from simulation import demo
from simulation.population.pool import Recipe

PIECE = 1 << 20
SEED = 2026


def load_pool(scratch: Scratch, size: int) -> Row:
    """Make the small pool, which stays, and copy its rows into tables of the same make, which do not.

    The copy is held to the same keys, indexes and triggers: only making and scoring are left out.
    """
    scratch.make(SMALL)
    say(f"making, scoring and loading {size:,} candidates")
    made = seconds(lambda: _make(size))
    with tempfile.TemporaryDirectory() as folder:
        tables = [model._meta.db_table for model in demo.LOADED]
        for table in tables:
            _out(table, Path(folder) / table)
        scratch.make(COPIED)
        say("copying the same rows alone")
        copied = seconds(lambda: _all_in(tables, Path(folder)))
    scratch.drop(COPIED)
    scratch.use(SMALL)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return row(
        "demo pool made, scored, loaded / COPY alone", (made, copied), ("at most", 8), "s", f"{size:,}"
    )


def _make(size: int) -> None:
    recipe = Recipe(SEED, clock.today(), size)
    done = 0

    def on_progress(more: int) -> None:
        nonlocal done
        done += more
        if done * 10 // size != (done - more) * 10 // size:
            say(f"  {done:,} of {size:,}")

    demo.make_pool(recipe=recipe, on_progress=on_progress)


def _out(table: str, path: Path) -> None:
    with (
        path.open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} TO STDOUT") as copy,
    ):
        for piece in copy:
            file.write(piece)


@transaction.atomic
def _all_in(tables: list[str], folder: Path) -> None:
    for table in tables:
        with (
            (folder / table).open("rb") as file,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN") as copy,
        ):
            while piece := file.read(PIECE):
                copy.write(piece)
