"""The cut-offs of a year as one picture: which rounds stand in it, in which series, and what it shows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draws.charts.cutoff_charts import Cutoff, CutoffChart, Series, cutoff_chart
from draws.public.register import KINDS, Listed, in_order
from eligibility.wording.names import number

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
    return _picture(cutoff_series(drawn), date(year, 1, 1), drawn[-1].day) if drawn else None


def cutoffs_of_kind(rounds: Iterable[Listed]) -> CutoffPicture | None:
    """Draw the cut-offs of rounds of one kind over the years, by who held them; ``None`` when there is none to draw."""
    drawn = sorted((held for held in rounds if held.cutoff is not None), key=in_order)
    series = [
        Series(str(_("Published by IRCC")), "act", _of(drawn, "published")),
        Series(str(_("Held in this simulator")), "ink", _of(drawn, "simulated")),
    ]
    return _picture(series, drawn[0].day.replace(month=1, day=1), drawn[-1].day) if drawn else None


def _picture(series: Sequence[Series], first: date, last: date) -> CutoffPicture:
    chart = cutoff_chart(series, first=first, last=last + (last - first) * ROOM_FOR_LABELS)
    return CutoffPicture(chart, " ".join(finding_of(one) for one in chart.series))


def finding_of(series: Series) -> str:
    """Return what a series shows, as a sentence."""
    scores = [held.score for held in series.rounds]
    low, high = number(min(scores)), number(max(scores))
    words = {"kind": series.name, "low": low, "high": high, "rounds": len(scores)}
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


def _of(rounds: Iterable[Listed], origin: str) -> list[Cutoff]:
    return [
        Cutoff(held.day, held.cutoff) for held in rounds if held.cutoff is not None and held.origin == origin
    ]


def _marks(rounds: Iterable[Listed], kinds: Collection[str], *, named: bool = False) -> list[Cutoff]:
    return [
        Cutoff(held.day, held.cutoff, str(SHORT_KINDS[held.kinds[0]]) if named else "")
        for held in rounds
        if held.cutoff is not None and held.kinds[0] in kinds
    ]
