"""Taking guards off: a view without one of its decorators, and queries that ask nobody whose a thing is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CellType, FunctionType
from typing import Any

import pytest
from django.db.models import QuerySet

View = Callable[..., Any]
GUARDS = {
    "user_passes_test.<locals>.decorator.<locals>._view_wrapper",
    "officer_may.<locals>.guard.<locals>.guarded",
    "Desk.admin_view.<locals>.guarded",
    "fresh_proof_required.<locals>.guarded",
    "second_factor_required.<locals>.guarded",
}
"""The decorators that turn somebody away, by the code of what they put before a view."""

NARROWING = "_filter_or_exclude_inplace"
"""Where every filter of a query comes by."""

OWNERS = {"account", "account_id", "profile__account_id", "profile__account", "user", "user_id"}


def guards_of(view: View) -> list[View]:
    """Return the guards that stand before a view, the outermost first."""
    found = []
    while hasattr(view, "__wrapped__"):
        if getattr(getattr(view, "__code__", None), "co_qualname", "") in GUARDS:
            found.append(view)
        view = view.__wrapped__
    return found


def without(view: Any, guard: View) -> View:
    """Return a view as it would be if one of its guards had never been put on it."""
    inner: View = view.__wrapped__
    return inner if view is guard else _around(view, without(inner, guard))


def _around(wrapper: Any, inner: View) -> View:
    """Return the same wrapper around another function."""
    cells = tuple(
        CellType(inner) if cell.cell_contents is wrapper.__wrapped__ else cell for cell in wrapper.__closure__
    )
    copied = FunctionType(
        wrapper.__code__, wrapper.__globals__, wrapper.__name__, wrapper.__defaults__, cells
    )
    copied.__kwdefaults__ = wrapper.__kwdefaults__
    vars(copied).update(vars(wrapper) | {"__wrapped__": inner})
    return copied


@contextmanager
def nobody_asks_whose() -> Iterator[None]:
    """Drop the owner from every query's conditions."""
    narrow = getattr(QuerySet, NARROWING)

    def wide(self: QuerySet[Any], negate: bool, args: Any, kwargs: dict[str, Any]) -> None:
        narrow(self, negate, args, {name: value for name, value in kwargs.items() if name not in OWNERS})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QuerySet, NARROWING, wide)
        yield
