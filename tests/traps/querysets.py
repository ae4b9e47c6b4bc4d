"""Rows that nobody ordered come in any order; rows locked with a join say which table is meant."""

import random
from typing import Any

from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class LockWithoutOf(AssertionError):
    """select_for_update() over a join locks rows of tables that nobody named."""


def shuffle_unordered() -> None:
    """Shuffle every fetched queryset without an order; draw a slice of one at random."""
    fetch, cut = QuerySet._fetch_all, QuerySet.__getitem__

    def fetch_shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and isinstance(self._result_cache, list):
            random.shuffle(self._result_cache)

    def cut_from_shuffled(self: QuerySet[Any], key: Any) -> Any:
        query = self.query
        loose = not (self.ordered or query.is_sliced or query.distinct or query.combinator or query.group_by)
        if self._result_cache is None and isinstance(key, slice) and loose:
            return cut(self.order_by("?"), key)
        return cut(self, key)

    setattr(QuerySet, "_fetch_all", fetch_shuffled)
    setattr(QuerySet, "__getitem__", cut_from_shuffled)


def refuse_wide_locks() -> None:
    """Raise when a query that locks joins tables without `of=`."""
    name_tables = SQLCompiler.get_from_clause

    def checked(self: SQLCompiler) -> Any:
        named = name_tables(self)
        query = self.query
        tables = [alias for alias, count in query.alias_refcount.items() if count]
        if query.select_for_update and not query.select_for_update_of and len(tables) > 1:
            raise LockWithoutOf(f"select_for_update() joins {', '.join(tables)}: say of=(…).")
        return named

    setattr(SQLCompiler, "get_from_clause", checked)


def arm() -> None:
    """Set both traps for the whole test run."""
    shuffle_unordered()
    refuse_wide_locks()
