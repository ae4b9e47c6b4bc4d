"""Every public round in one list: those that IRCC published and this simulator's own, told apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from draws.models import Category, Round, RoundType
from draws.public.history import PublishedRound, published_rounds, sequence
from eligibility.wording.names import CATEGORY_NAMES
from lifecycle.tables import RoundState
from rules.programs import PROGRAM_BITS

Origin = Literal["published", "simulated"]

PROGRAMS: dict[str, Promise] = {
    "cec": _("Canadian Experience"),
    "fsw": _("Federal Skilled Worker"),
    "fst": _("Federal Skilled Trades"),
}
KINDS: dict[str, Promise] = {
    "general": _("General"),
    **PROGRAMS,
    "pnp": _("Provincial nominees"),
    **CATEGORY_NAMES,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One round in the list. ``kinds`` has one code of ``KINDS``, or several programs.

    ``took_everybody``: it had invitations left when everybody whom it could invite had one. ``withdrawn`` of its
    invitations were withdrawn by corrections since.
    """

    number: str
    origin: Origin
    day: date
    ran_at: datetime
    kinds: tuple[str, ...]
    invitations: int
    cutoff: int | None
    tie_break_at: datetime | None
    pool: int | None
    url: str
    took_everybody: bool = False
    withdrawn: int = 0

    @property
    def names(self) -> list[Promise]:
        return [KINDS[kind] for kind in self.kinds]

    @property
    def kind_names(self) -> list[tuple[str, Promise]]:
        """The codes of the round's kinds with their names."""
        return list(zip(self.kinds, self.names, strict=True))

    @property
    def simulated(self) -> bool:
        return self.origin == "simulated"


@dataclass(frozen=True, slots=True)
class Beside:
    """The public rounds just before and just after another."""

    earlier: Listed | None
    later: Listed | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest round, with the invitations and rounds so far in its year by whoever held it.

    ``published`` is the latest of IRCC's rounds where the latest is this simulator's.
    """

    held: Listed
    invitations: int
    rounds: int
    published: Listed | None


def all_rounds(on: date, *, after: date = date.min) -> list[Listed]:
    """Return every public round up to a day and after another, latest first, in one query however many there are."""
    published = Round.objects.filter(state=RoundState.PUBLISHED)
    corrected = published.annotate(withdrawn=Coalesce(Sum("corrections__withdrawn"), 0))
    ours = [listed_ours(held, vars(held)["withdrawn"]) for held in corrected]
    theirs = [listed_theirs(held) for held in published_rounds() if after < held.day <= on]
    return sorted(theirs + [held for held in ours if held.day > after], key=in_order, reverse=True)


def beside(held: Listed, on: date) -> Beside:
    """Return the neighbours of a round in the list of all up to a day; a round that is not in it has none."""
    rounds = all_rounds(on)
    places = [place for place, listed in enumerate(rounds) if listed.url == held.url]
    if not places:
        return Beside(None, None)
    later, _same, earlier = [None, *rounds, None][places[0] : places[0] + 3]
    return Beside(earlier, later)


def in_order(listed: Listed) -> tuple[date, tuple[int, str]]:
    """The order of rounds: by day, and by number on one day."""
    return listed.day, sequence(listed.number)


def chosen(
    rounds: Iterable[Listed], *, kind: str = "", year: int | None = None, origin: str = ""
) -> list[Listed]:
    """Return the rounds of a kind (or 'category' for any of them), a year and an origin; empty means any."""
    wanted = set(CATEGORY_NAMES) if kind == "category" else {kind}
    return [
        listed
        for listed in rounds
        if (not kind or wanted.intersection(listed.kinds))
        and (year is None or listed.day.year == year)
        and (not origin or listed.origin == origin)
    ]


def category_name(code: str, version: str) -> str | Promise:
    """Return a category by name, with its version where one is known."""
    if not version:
        return Category(code).label
    told = {"category": Category(code).label, "version": version}
    return format_lazy(_("{category}, version {version}"), **told)


def kinds_of(held: Round) -> tuple[str, ...]:
    """Return the kind of one of our rounds: one code of ``KINDS``, or its programs."""
    if held.round_type == RoundType.PROGRAM:
        return tuple(code for code in PROGRAMS if held.programs & PROGRAM_BITS[code.upper()])
    return (held.category or held.round_type,)


def summary(rounds: Sequence[Listed]) -> Latest:
    """Return the latest of all rounds, and what its year has brought so far. ``rounds`` is latest first."""
    held = rounds[0]
    this_year = chosen(rounds, year=held.day.year, origin=held.origin)
    theirs = next((listed for listed in rounds if not listed.simulated), None)
    return Latest(
        held=held,
        invitations=sum(listed.invitations for listed in this_year),
        rounds=len(this_year),
        published=theirs if held.simulated else None,
    )


def listed_theirs(held: PublishedRound) -> Listed:
    """Return a round that IRCC published as it stands in the list."""
    return Listed(
        number=held.number,
        origin="published",
        day=held.day,
        ran_at=held.ran_at,
        kinds=(held.kind,),
        invitations=held.invitations,
        cutoff=held.cutoff,
        tie_break_at=held.tie_break_at,
        pool=held.distribution.total if held.distribution else None,
        url=reverse("draws:published_round", args=[held.number]),
    )


def listed_ours(held: Round, withdrawn: int = 0) -> Listed:
    """Return a round of this simulator as it stands in the list. Raises ``ValueError`` before it ran."""
    if held.ran_at is None or held.issued is None:
        raise ValueError(f"round {held.number} has not run")
    return Listed(
        number=str(held.number),
        origin="simulated",
        day=held.ran_at.date(),
        ran_at=held.ran_at,
        kinds=kinds_of(held),
        invitations=held.issued,
        cutoff=held.cutoff,
        tie_break_at=held.tie_break_at,
        pool=sum(held.pool_bands) if held.pool_bands is not None else None,
        url=reverse("draws:round", args=[held.number]),
        took_everybody=held.issued < held.size,
        withdrawn=withdrawn,
    )
