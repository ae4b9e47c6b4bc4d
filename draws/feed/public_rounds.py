"""What the files tell of every public round, alike for IRCC's rounds and for this simulator's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache

from django.conf import settings
from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from draws.models import Category, InvitedAs, Round, RoundCorrection, RoundType
from draws.public.history import Distribution, PublishedRound, published_rounds, sequence
from draws.public.register import Origin, kinds_of
from draws.public.results import programs_of
from lifecycle.tables import RoundState

ENGLISH, FRENCH = "en", "fr"
LANGUAGES = (ENGLISH, FRENCH)
# The order in which IRCC names the programs of a round.
IN_IRCCS_ORDER = (InvitedAs.FSW, InvitedAs.CEC, InvitedAs.FST, InvitedAs.PNP)
NAMED_FOR_A_KIND: Mapping[str, tuple[str, ...]] = {
    RoundType.GENERAL: ("FSW", "CEC", "FST", "PNP"),
    RoundType.CATEGORY: ("FSW", "CEC", "FST"),
}


@dataclass(frozen=True, slots=True)
class Pool:
    """The pool before a round: a figure for each of ``charts.bands.BANDS``, their total, and the day where told."""

    as_of: date | None
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PublicRound:
    """One round that everybody may know of. ``names`` are in English and French; ``None`` is what is not known.

    ``programs`` are codes of ``InvitedAs``. ``since`` is when everybody could first see it, on the portal's clock. A
    round that found nobody has no cut-off. A round that was corrected
    stays as it was held: ``withdrawn`` of its invitations were taken back, the last of them at ``corrected_at``.
    """

    number: str
    origin: Origin
    day: date
    ran_at: datetime
    since: datetime
    kinds: tuple[str, ...]
    names: tuple[str, str]
    programs: tuple[str, ...]
    invitations: int
    cutoff: int | None
    tie_break_at: datetime | None
    pool: Pool | None
    withdrawn: int = 0
    corrected_at: datetime | None = None

    @property
    def simulated(self) -> bool:
        return self.origin == "simulated"

    def name(self, language: str) -> str:
        """Return what the round is called in a language."""
        return self.names[LANGUAGES.index(language)]

    def url(self, language: str) -> str:
        """Return the whole address of the round's page in a language."""
        return _address("draws:round" if self.simulated else "draws:published_round", self.number, language)

    def instruction_url(self, language: str) -> str:
        """Return where the text of its instruction is: a page of its own for our rounds, the round's for IRCC's."""
        return _address("draws:instruction", self.number, language) if self.simulated else self.url(language)


def public_rounds(on: date, *, origin: str = "") -> tuple[PublicRound, ...]:
    """Return the public rounds up to a day, latest first, in two queries; of one origin, or of any.

    They are those of ``draws.public.register.all_rounds``, in its order.
    """
    ours = [] if origin == "published" else _of_this_simulator()
    theirs = [] if origin == "simulated" else [held for held in _of_ircc() if held.day <= on]
    return tuple(sorted([*theirs, *ours], key=_place, reverse=True))


def of_theirs(held: PublishedRound) -> PublicRound:
    """Return a round that IRCC published."""
    return PublicRound(
        number=held.number,
        origin="published",
        day=held.day,
        ran_at=held.ran_at,
        since=datetime.combine(held.day, time.min, UTC),
        kinds=(held.kind,),
        names=(held.name_en, held.name_fr or _french_name(held)),
        programs=_ordered(held.programs or NAMED_FOR_A_KIND.get(held.round_type, ())),
        invitations=held.invitations,
        cutoff=held.cutoff,
        tie_break_at=held.tie_break_at,
        pool=_published_pool(held.distribution),
    )


def of_ours(held: Round) -> PublicRound:
    """Return a published round of this simulator. Raises ``ValueError`` before it ran."""
    if held.ran_at is None or held.issued is None:
        raise ValueError(f"round {held.number} has not run")
    bands = held.pool_bands
    return PublicRound(
        number=str(held.number),
        origin="simulated",
        day=held.ran_at.date(),
        ran_at=held.ran_at,
        since=held.published_at or held.ran_at,
        kinds=kinds_of(held),
        names=_names_of(held),
        programs=_ordered(programs_of(held)),
        invitations=held.issued,
        cutoff=held.cutoff,
        tie_break_at=held.tie_break_at,
        pool=Pool(held.ran_at.date(), tuple(bands), sum(bands)) if bands is not None else None,
    )


def joined(parts: Iterable[object]) -> str:
    """Return names as one, such as 'A, B and C', in the language in force."""
    *before, last = [str(part) for part in parts]
    return _("%(before)s and %(last)s") % {"before": ", ".join(before), "last": last} if before else last


def _address(page: str, number: str, language: str) -> str:
    with translation.override(language):
        return settings.EEPORTAL_BASE_URL + reverse(page, args=[number])


def _place(held: PublicRound) -> tuple[date, tuple[int, str]]:
    return held.day, sequence(held.number)


def _of_this_simulator() -> list[PublicRound]:
    taken_back = RoundCorrection.objects.values("round").annotate(withdrawn=Sum("withdrawn"), last=Max("at"))
    corrected = {row["round"]: (row["withdrawn"], row["last"]) for row in taken_back.order_by()}
    found = Round.objects.filter(state=RoundState.PUBLISHED)
    return [_corrected(of_ours(held), *corrected.get(held.pk, (0, None))) for held in found]


def _corrected(held: PublicRound, withdrawn: int, at: datetime | None) -> PublicRound:
    return replace(held, withdrawn=withdrawn, corrected_at=at)


@cache
def _of_ircc() -> tuple[PublicRound, ...]:
    return tuple(of_theirs(held) for held in published_rounds())


@cache
def _names_by_kind() -> Mapping[tuple[str, str], tuple[str, str]]:
    """IRCC's names for each kind in each version, and its latest where no version is told.

    This simulator's rounds are called the same, so that programs that sort rounds by their names know them.
    """
    named = {(held.kind, held.version): of_theirs(held).names for held in published_rounds()}
    return {(kind, ""): names for (kind, _version), names in named.items()} | named


def _french_name(held: PublishedRound) -> str:
    """The category with its version, for a round whose French name was not captured."""
    return _in(FRENCH, [_versioned(held.category, held.version)])


def _names_of(held: Round) -> tuple[str, str]:
    version = held.category_version
    named = [_names_by_kind().get((kind, version)) or _named_here(kind, version) for kind in kinds_of(held)]
    return _in(ENGLISH, [english for english, _french in named]), _in(
        FRENCH, [french for _english, french in named]
    )


def _named_here(code: str, version: str) -> tuple[str, str]:
    """What this simulator calls a category for which IRCC has held no round, or none in that version."""
    english, french = (_in(language, [_versioned(code, version)]) for language in LANGUAGES)
    return english, french


def _versioned(code: str, version: str) -> Promise:
    """A category with its version as IRCC words it: '2026-v1' is ', 2026-Version 1', 'v2' is ' (Version 2)'."""
    year, _letter, number = version.rpartition("v")
    words = f", {year}Version {number}" if year else f" (Version {number})" if number else ""
    return format_lazy("{}{}", Category(code).label, words)


def _in(language: str, parts: Iterable[object]) -> str:
    with translation.override(language):
        return joined(parts)


def _ordered(programs: Iterable[str]) -> tuple[str, ...]:
    named = set(programs)
    return tuple(program.value for program in IN_IRCCS_ORDER if program in named)


def _published_pool(told: Distribution | None) -> Pool | None:
    return Pool(told.as_of, told.counts, told.total) if told else None
