"""An answer that takes as long whether or not there was something to do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 0.25


@contextmanager
def same_time() -> Iterator[None]:
    """Let the block take a quarter of a second, longer than what it does for an account that exists.

    The limits by address keep the waiting from holding up the web server.
    """
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, SECONDS - (time.monotonic() - began)))
