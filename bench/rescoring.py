"""Scoring the whole pool anew and writing the one row in a hundred that came out different, beside rewriting all."""

from collections.abc import Callable

from django.db import connection

from bench.nights import bare_update, drop_bare
from bench.progress import say
from bench.rows import Row, row
from bench.scratch import LARGE, Scratch, rest
from bench.sizes import Sizes
from bench.turns import best, seconds
from lifecycle import clock
from profiles import ageing, rescoring

TURNS = 3
SPOIL = "UPDATE pool SET score = score + 1 WHERE profile_id %% 100 = %(place)s AND state = 'in_pool'"


def rescore(scratch: Scratch, _sizes: Sizes) -> list[Row]:
    """Before every turn a hundredth of the pool is given a point that is not theirs, as if a rule had changed."""
    scratch.use(LARGE)
    at = clock.now()
    ageing.assess_due(at=at)
    say(f"  {ageing.refresh_kept(at=at):,} read anew before the first turn")
    rescoring.rescore(at=at)
    turns, found = iter(range(TURNS)), list[rescoring.Summary]()

    def ours() -> float:
        with connection.cursor() as cursor:
            cursor.execute(SPOIL, {"place": next(turns)})
        rest("pool")
        return seconds(_keeping(found, lambda: rescoring.rescore(at=at)))

    taken, reference = best([ours, bare_update], TURNS)
    drop_bare()
    last = found[-1]
    told = f"{last.looked_at:,} rows, {last.changed:,} changed, {last.from_facts:,} from their facts"
    return [
        row("pool rescored, 1 % written / update of all", (taken, reference), ("at most", 0.30), "s", told)
    ]


def _keeping(found: list[rescoring.Summary], task: Callable[[], rescoring.Summary]) -> Callable[[], None]:
    def run() -> None:
        found.append(task())

    return run
