"""Weighted choices that cost one random number each."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Weighted(Generic[Item]):
    """Items with weights; ``pick`` returns one of them, as often as its share of the weights.

    Takes (item, weight) pairs; a weight of 0 is never picked. ``ValueError`` when nothing has a weight.
    """

    __slots__ = ("edges", "items", "total")

    def __init__(self, pairs: Iterable[tuple[Item, float]]) -> None:
        chosen = [(item, weight) for item, weight in pairs if weight > 0]
        if not chosen:
            raise ValueError("nothing to choose from")
        self.items = tuple(item for item, _ in chosen)
        self.edges = tuple(accumulate(weight for _, weight in chosen))
        self.total = self.edges[-1]

    def pick(self, stream: Random) -> Item:
        return self.items[bisect_right(self.edges, stream.random() * self.total)]


def between(stream: Random, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``, both included, each as likely; ``low`` when high < low."""
    return low + int(stream.random() * (high - low + 1)) if high > low else low


def chance(stream: Random, probability: float) -> bool:
    """Return True with the given probability."""
    return stream.random() < probability
