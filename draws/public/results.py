"""What is told of a round when it is over, alike for IRCC's rounds and for this simulator's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language

from draws.charts.bands import BANDS
from draws.charts.pool_charts import PoolChart, ScoreBand, pool_chart
from draws.correcting.told import corrections_of
from draws.models import InvitedAs, Round, RoundCorrection, RoundType
from draws.public.history import PublishedRound
from draws.public.register import KINDS, Listed, category_name, listed_ours, listed_theirs
from rules.programs import PROGRAM_BITS

FEDERAL = ("CEC", "FSW", "FST")


@dataclass(frozen=True, slots=True)
class Result:
    """A round's results; ``asked`` is the number of invitations that its instruction authorised.

    ``left_at_cutoff`` could have been invited and had the lowest score, ``left_at_instant`` of them the last one's
    first submission as well; ``all_tied``: several were invited, all with one score. IRCC does not tell these.
    ``pool`` draws the pool by score band as of ``pool_as_of`` (a day, an instant, or not told).
    """

    listed: Listed
    name: str | Promise
    programs: list[str | Promise]
    asked: int
    pool: PoolChart | None
    pool_as_of: date | datetime | None
    left_at_cutoff: int | None = None
    left_at_instant: int | None = None
    all_tied: bool = False
    corrections: Sequence[RoundCorrection] = ()

    @property
    def rank(self) -> int | None:
        """The rank required: that of the lowest-ranked candidate invited; ``None`` when nobody was."""
        return self.listed.invitations or None

    @property
    def fewer(self) -> bool:
        """Whether fewer candidates were eligible than the instruction asked for."""
        return self.listed.invitations < self.asked


def result_of_theirs(held: PublishedRound) -> Result:
    """Return the results that IRCC published; the name is the published one in the language in force."""
    french = (get_language() or "").startswith("fr")
    pool = held.distribution
    return Result(
        listed=listed_theirs(held),
        name=(held.name_fr or KINDS[held.kind]) if french else held.name_en,
        programs=[InvitedAs(code).label for code in held.programs],
        asked=held.invitations,
        pool=pool_chart(bands(pool.counts), cutoff=held.cutoff) if pool else None,
        pool_as_of=pool.as_of if pool else None,
    )


def result_of_ours(held: Round) -> Result:
    """Return the results of a round that this simulator ran. Raises ``ValueError`` before it ran."""
    counts: Sequence[int] = held.pool_bands or ()
    return Result(
        listed=listed_ours(held),
        name=category_name(held.category, held.category_version)
        if held.category
        else held.get_round_type_display(),
        programs=[InvitedAs(code).label for code in programs_of(held)],
        asked=held.size,
        pool=pool_chart(bands(counts), cutoff=held.cutoff) if any(counts) else None,
        pool_as_of=held.ran_at,
        left_at_cutoff=held.left_at_cutoff,
        left_at_instant=held.left_at_instant,
        all_tied=_all_tied(held),
        corrections=corrections_of(held),
    )


def _all_tied(held: Round) -> bool:
    best = held.invitations.filter(rank=1).values_list("score", flat=True).first()
    return bool(held.issued and held.issued > 1) and best == held.cutoff


def programs_of(held: Round) -> list[str]:
    """Return the codes of the programs whose candidates a round may invite."""
    if held.round_type == RoundType.NOMINATION:
        return ["PNP"]
    if held.round_type == RoundType.PROGRAM:
        return [code for code in FEDERAL if held.programs & PROGRAM_BITS[code]]
    return list(FEDERAL)


def bands(counts: Sequence[int]) -> list[ScoreBand]:
    """Return figures in the order of ``draws.charts.bands.BANDS`` as the chart's bands, lowest first."""
    pairs = zip(BANDS, counts, strict=True)
    return [ScoreBand(band.low, band.high, count) for band, count in reversed(list(pairs))]
