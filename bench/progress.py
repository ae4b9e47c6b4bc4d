"""What the benchmark is doing, for people, beside its results."""

import sys
import time

BEGUN = time.perf_counter()


def say(text: str) -> None:
    """Write a line with the minutes since the beginning."""
    minutes, rest = divmod(int(time.perf_counter() - BEGUN), 60)
    print(f"{minutes:3}:{rest:02}  {text}", file=sys.stderr, flush=True)
