"""How far simulated cut-offs are from the published ones, in a few figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median


@dataclass(frozen=True, slots=True)
class Errors:
    """Absolute errors in points; ``rounds`` counts those that could be said. None if there are none."""

    rounds: int
    median: float | None
    mean: float | None
    largest: int | None


def errors(simulated: Sequence[int | None], real: Sequence[int]) -> Errors:
    """Return the errors of ``simulated`` against ``real``; what could not be said is left out."""
    pairs = zip(simulated, real, strict=True)
    apart = [abs(said - published) for said, published in pairs if said is not None]
    if not apart:
        return Errors(0, None, None, None)
    return Errors(len(apart), float(median(apart)), round(fmean(apart), 1), max(apart))
