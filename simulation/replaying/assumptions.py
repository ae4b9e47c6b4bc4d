"""What each block of a replay rests on, in sentences, with the fitted numbers as they came out."""

from collections.abc import Sequence

from simulation.replaying.fitting import ENOUGH, THINNINGS
from simulation.replaying.replay import Replayed


def assumed(block: str, rows: Sequence[Replayed]) -> list[str]:
    """Return the sentences for one block."""
    if block == "general":
        return _pool(rows)
    if block == "pnp":
        return _nominees(rows)
    return _group(rows)


def _pool(rows: Sequence[Replayed]) -> list[str]:
    thinning = _span([row.choice.settings.thinning for row in rows if row.choice])
    middle = THINNINGS[len(THINNINGS) // 2]
    return [
        "The pool has the published number of candidates in each band. Those above 600 go first.",
        "Above the cut-offs of earlier rounds only those are left who came since. What a band gained came since.",
        "Up to 500 points, newcomers lie along a smooth line through the first published distribution.",
        f"Above 500 they thin out exponentially, fitted without the round: at a rate of {thinning} a point.",
        f"On its eve, a round with fewer than {ENOUGH} before it takes {middle}, the middle of the rates tried.",
    ]


def _nominees(rows: Sequence[Replayed]) -> list[str]:
    chosen = [row.choice.nominees for row in rows if row.choice and row.choice.nominees]
    tops, scales = _span([one.top for one in chosen]), _span([one.scale for one in chosen])
    return [
        "The round invites every nominee who qualifies: as many are taken to qualify as were invited.",
        f"Their scores thin out downwards from a highest of {tops}, to 1/e every {scales} points, "
        "both fitted without the round.",
        "The cut-off is then the score of the lowest of some hundreds, which no picture of the pool tells.",
    ]


def _group(rows: Sequence[Replayed]) -> list[str]:
    chosen = [row.choice.settings for row in rows if row.choice]
    untold = ", ".join(f"#{row.held.number} ({row.held.kind})" for row in rows if row.choice is None)
    thinning, tilt = _span([one.thinning for one in chosen]), _span([one.tilt for one in chosen])
    turnover, weight = _span([one.turnover * 100 for one in chosen]), _span([one.weight for one in chosen])
    sentences = [
        f"Above 500, newcomers thin out at {thinning} a point, as the rounds open to all programs tell.",
        f"Each day newcomers replace {turnover} % of the pool.",
        "The share of newcomers who are in the program or category is learned from the rounds of its kind before; "
        f"each corrects it with a weight of {weight}. For the first round it is as the later ones show it.",
        f"A hundred points up, that share is exp({tilt}) times as great.",
        "Turnover, weight and that tilt are fitted without the round, on the rounds of its kind; where these are "
        f"not more than {ENOUGH}, on all categories.",
        "The shares below are what makes the rounds come out; they are not counted anywhere.",
        "Of candidates above 600, as many are in the program or category as of newcomers with 501 points.",
    ]
    return [
        *sentences,
        *([f"Not replayed, since no other round of its kind tells: {untold}."] if untold else []),
    ]


def _span(numbers: Sequence[float]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
