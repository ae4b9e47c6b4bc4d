"""The cut-offs of a year as one picture: which rounds stand in it, in which series, and what it shows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draws.cutoff_charts import Cutoff, CutoffChart, Series, cutoff_chart
from draws.register import KINDS, Listed, in_order

# Where a label stands in a picture there is no room for the whole name.
SHORT_KINDS: dict[str, Promise] = KINDS | {
    "healthcare": _("Health care"),
    "stem": _("Science and technology"),
    "agriculture": _("Agriculture"),
    "physicians": _("Physicians"),
    "senior_managers": _("Senior managers"),
    "researchers": _("Researchers"),
}

# How much longer than its rounds the axis of time is, so that the labels of the last ones have room.
ROOM_FOR_LABELS = 0.05


@dataclass(frozen=True, slots=True)
class CutoffPicture:
    """The drawing, and the sentence that says what it shows."""

    chart: CutoffChart
    finding: str


def cutoff_picture(rounds: Iterable[Listed], year: int) -> CutoffPicture | None:
    """Draw the cut-offs of a year; ``None`` when no round of that year has one to draw."""
    drawn = cutoffs_of(rounds, year)
    if not drawn:
        return None
    first, last = date(year, 1, 1), drawn[-1].day
    chart = cutoff_chart(cutoff_series(drawn), first=first, last=last + (last - first) * ROOM_FOR_LABELS)
    return CutoffPicture(chart, " ".join(finding_of(series) for series in chart.series))


def finding_of(series: Series) -> str:
    """Return what a series shows, as a sentence."""
    scores = [held.score for held in series.rounds]
    words = {"kind": series.name, "low": min(scores), "high": max(scores), "rounds": len(scores)}
    if len(scores) == 1:
        return gettext("%(kind)s: one round, with a cut-off of %(low)s.") % words
    return gettext("%(kind)s: %(rounds)s rounds, with cut-offs from %(low)s to %(high)s.") % words


def cutoffs_of(rounds: Iterable[Listed], year: int) -> list[Listed]:
    """Return the rounds of a year whose cut-offs stand in one picture, oldest first.

    Rounds of nominees are left out: a nomination is worth 600 points.
    """
    drawn = [
        held
        for held in rounds
        if held.day.year == year and held.kinds != ("pnp",) and held.cutoff is not None
    ]
    return sorted(drawn, key=in_order)


def cutoff_series(rounds: Sequence[Listed]) -> list[Series]:
    """Return the rounds as the picture's series: the year's main kind, French or the next, and the rest."""
    counts = Counter(held.kinds[0] for held in rounds)
    main, second = sorted(("cec", "general"), key=lambda kind: counts[kind], reverse=True)
    beside = "french" if counts["french"] else second
    rest = set(KINDS) - {main, beside}
    return [
        Series(str(KINDS[main]), "act", _marks(rounds, {main})),
        Series(str(KINDS[beside]), "ink", _marks(rounds, {beside})),
        Series(str(_("Other rounds")), "other", _marks(rounds, rest, named=True)),
    ]


def _marks(rounds: Iterable[Listed], kinds: Collection[str], *, named: bool = False) -> list[Cutoff]:
    return [
        Cutoff(held.day, held.cutoff, str(SHORT_KINDS[held.kinds[0]]) if named else "")
        for held in rounds
        if held.cutoff is not None and held.kinds[0] in kinds
    ]
