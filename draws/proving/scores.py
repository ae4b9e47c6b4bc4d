"""Whether the invited have the points of what they had sent, by the rules that are installed."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from draws.models import Round
from draws.proving.doubts import Doubt
from draws.running.digests import Line
from profiles.models import Assessment
from rules import facts, parameters
from rules.assessment import assess_many

AT_ONCE = 1_000


def of_scores(held: Round, expected: Sequence[Line]) -> Iterator[Doubt]:
    """Yield the invited whose score, where these rules made it, does not follow from what they had sent."""
    if held.assessments_to is None:
        return
    for start in range(0, len(expected), AT_ONCE):
        profiles = [line.profile_id for line in expected[start : start + AT_ONCE]]
        yield from _of_assessments(_latest(profiles, held.assessments_to))


def _latest(profiles: Sequence[int], newest: int) -> list[Assessment]:
    found = Assessment.objects.filter(
        profile__in=profiles, pk__lte=newest, parameters=parameters.VERSION
    ).select_related("submission")
    return list(found.order_by("profile_id", "-pk").distinct("profile_id"))


def _of_assessments(assessments: Sequence[Assessment]) -> Iterator[Doubt]:
    def day(assessment: Assessment) -> date:
        return assessment.as_of

    for on, group in groupby(sorted(assessments, key=day), key=day):
        held = list(group)
        again = assess_many([facts.parse(one.submission.facts) for one in held], on, next_change=False)
        for one, result in zip(held, again, strict=True):
            if one.score != result.total:
                yield Doubt("facts", one.profile_id, one.score, result.total)
