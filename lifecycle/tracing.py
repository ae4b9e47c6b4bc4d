"""Which request or task the present work belongs to, so that its log lines can be found together.

A request's id goes with the tasks that it starts; a task also has a run id of its own. Neither tells who somebody is.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

REQUEST: ContextVar[str] = ContextVar("request", default="")
RUN: ContextVar[str] = ContextVar("run", default="")

FORM = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Ours, and the two forms in which proxies make them: 32 hexadecimal digits, or a UUID."""


def new_id() -> str:
    """Return a new id of 16 hexadecimal digits."""
    return secrets.token_hex(8)


def accepted(told: object) -> str:
    """Return an id that somebody else made when it has one of the forms, else an empty text."""
    return told if isinstance(told, str) and FORM.fullmatch(told) else ""


@contextmanager
def request(told: object = "") -> Iterator[str]:
    """Work for one request until the block ends; by the id that was told if it has a right form, else a new one."""
    found = accepted(told) or new_id()
    token = REQUEST.set(found)
    try:
        yield found
    finally:
        REQUEST.reset(token)


@contextmanager
def run(run_id: str, request_id: object = "") -> Iterator[None]:
    """Work for one run of a task until the block ends, and for the request that started it, if one did."""
    tokens = RUN.set(run_id), REQUEST.set(accepted(request_id))
    try:
        yield
    finally:
        RUN.reset(tokens[0])
        REQUEST.reset(tokens[1])


def told() -> dict[str, str]:
    """Return what a log line says of it: ``request``, ``run``, or nothing."""
    known = {"request": REQUEST.get(), "run": RUN.get()}
    return {name: value for name, value in known.items() if value}
