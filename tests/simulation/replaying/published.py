"""The published rounds as the replay's tests take them, and small ones of the tests' own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from draws.public.history import Distribution, PublishedRound, published_rounds
from simulation.replaying.choices import with_pictures

CHAIN = tuple(with_pictures(published_rounds()))


def numbered(number: str) -> PublishedRound:
    return next(held for held in CHAIN if held.number == number)


def with_cutoff(rounds: Sequence[PublishedRound], number: str, cutoff: int) -> list[PublishedRound]:
    """Return ``rounds`` as if that one had been published with another cut-off."""
    return [replace(held, cutoff=cutoff) if held.number == number else held for held in rounds]


def until(number: str) -> list[PublishedRound]:
    """Return the rounds from the first published distribution up to one of them."""
    places = [held.number for held in CHAIN]
    return list(CHAIN[: places.index(number) + 1])


def a_picture(
    number: str, day: date, *, nominees: int = 100, counts: Sequence[int] = (3_000,) * 14
) -> Distribution:
    """Return a distribution with ``counts`` from the band 501 to 600 downwards."""
    figures = (nominees, *counts)
    return Distribution(number, day, figures, sum(figures))


def a_round(
    number: str,
    day: date,
    *,
    cutoff: int = 520,
    size: int = 1_000,
    category: str = "",
    picture: Distribution | None = None,
) -> PublishedRound:
    return PublishedRound(
        number=number,
        day=day,
        round_type="category" if category else "general",
        programs=(),
        category=category,
        version="v1" if category else "",
        name_en="A round",
        name_fr="Une ronde",
        invitations=size,
        cutoff=cutoff,
        tie_break_at=None,
        ran_at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
        distribution=picture,
    )
