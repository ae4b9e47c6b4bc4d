"""Clock and chance stand still while pictures are made, so that the same portal gives the same pictures."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from lifecycle import clock


@contextmanager
def clock_standing_at(instant: datetime) -> Iterator[None]:
    """Let the real clock show one instant, for every thread of this process, until the block ends."""
    with _replaced(clock, "real_now", lambda: instant):
        yield


@contextmanager
def chance_from(seed: int) -> Iterator[None]:
    """Draw profile numbers and codes from a seed until the block ends; all can guess them, so for invented people."""
    drawn = Random(seed)
    with _replaced(secrets, "randbelow", drawn.randrange), _replaced(secrets, "choice", drawn.choice):
        yield


@contextmanager
def _replaced(module: Any, name: str, substitute: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, substitute)
    try:
        yield
    finally:
        setattr(module, name, before)
