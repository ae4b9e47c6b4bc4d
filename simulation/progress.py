"""How far something has come: a bar on a terminal, a plain line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINES = 10


@contextmanager
def shown(
    label: str, total: int, write: Callable[[str], object], *, bar: bool
) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with how many more of ``total`` are done.

    Shows a bar on the terminal, or gives ``write`` a line of text for each tenth.
    """
    if not bar:
        yield _Lines(label, total, write).add
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console()) as display:
        task = display.add_task(label, total=total)
        yield lambda more: display.advance(task, more)


class _Lines:
    def __init__(self, label: str, total: int, write: Callable[[str], object]) -> None:
        self.label, self.total, self.write = label, total, write
        self.done = 0

    def add(self, more: int) -> None:
        before, self.done = self.done, self.done + more
        if before * LINES // self.total != self.done * LINES // self.total:
            self.write(f"{self.label}: {self.done:,} of {self.total:,}")
