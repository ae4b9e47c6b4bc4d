"""What changed between two previews of a round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since a preview: how many came on the list and went from it, and both cut-offs.

    ``instruction``: it says something else than it did. ``known`` is false when the old list cannot be read.
    """

    came: int = 0
    went: int = 0
    before: int | None = None
    now: int | None = None
    instruction: bool = False
    known: bool = True
