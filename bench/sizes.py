"""How large everything is that one run of the benchmark measures."""

from dataclasses import dataclass

TIMES = 4
"""The large pool is so many times the small one."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that follow from that of the large pool."""

    large: int

    @property
    def small(self) -> int:
        return self.large // TIMES

    @property
    def invited(self) -> int:
        """How many a round invites: 5,000, and fewer where the pool would not last for all the rounds."""
        return min(5_000, self.large // 200)

    @property
    def few(self) -> int:
        """How many a small round invites: a hundredth of that."""
        return self.invited // 100
