"""Three hundred candidates withdraw, send changes, let expire and decline while rounds run; nothing is lost."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import islice
from threading import Event
from typing import Any

import pytest
from django.db import transaction

from draws import answers, services
from draws.models import Invitation, Round, RoundType
from draws.proving.proofs import verify
from eeportal.verifying.verdicts import judge
from lifecycle.errors import DomainError
from lifecycle.tables import InvitationState, ProfileState
from profiles import ageing, assessing, pool_lock, tallying
from profiles import services as profiles
from profiles.facts import answers_of
from profiles.models import PoolEntry, Profile, Submission
from simulation import demo
from simulation.population.pool import Recipe
from tests.factories import AT
from tests.races.crowd import at_once, somebody_waits_for_a_lock
from tests.races.test_killed_worker import execute

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
POOL, SIZE, PHASES, AT_ONCE = 500, 30, 6, 22
WITHDRAW, RAISE, LOWER, DECLINE, EXPIRE = 12, 12, 12, 8, 6
"""How many do what in each phase: fifty, so three hundred in all."""
SIBLING = {
    "relationship": "sibling", "of": "applicant", "birth_date": "1990-02-03", "status": "permanent_resident"
}  # fmt: skip
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
Deed = Callable[[], object]


@pytest.fixture
def instants() -> list[datetime]:
    """A pool, and the instants of the phases: at each of them the time of six more candidates is over."""
    demo.make_pool(recipe=Recipe(5, AT.date(), POOL), on_progress=lambda _more: None)
    demo.analyze()
    ends = PoolEntry.objects.order_by("expires_at").values_list("expires_at", flat=True)
    return [ends[EXPIRE * (phase + 1) - 1] for phase in range(PHASES)]


def queued(at: datetime, size: int = SIZE) -> Round:
    planned = Round(size=size, round_type=RoundType.GENERAL, planned_for=at)
    planned = services.plan_next(planned=planned, officer_id=None, at=at)
    return services.queue(planned=planned, officer_id=None, at=at)


def send_changes(
    profile: Profile, at: datetime, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Profile:
    """Begin an update of what was sent last, change it and send it, as the pages do."""
    last = profiles.latest_submission(profile)
    told = answers_of(last.facts, last.personal)
    draft = profiles.open_update(profile=profile, at=at, answers={**told, **change(told)})
    return profiles.submit(draft=draft, signed_as=last.signed_as, at=at)


def with_relatives(told: dict[str, Any]) -> dict[str, Any]:
    """Fifteen points more, for whoever had not told of a brother or sister in Canada."""
    return {"relatives_in_canada": [*told["relatives_in_canada"], SIBLING]}


def older(told: dict[str, Any]) -> dict[str, Any]:
    """Fewer points for age, for whoever is past thirty or becomes so."""
    born = date.fromisoformat(told["birth_date"])
    return {"birth_date": born.replace(year=born.year - 9, day=min(born.day, 28)).isoformat()}


def deeds(at: datetime, chance: random.Random) -> dict[Deed, int]:
    """Who does what in a phase: each deed with the profile that it is about, the best of the pool among them."""
    contested = PoolEntry.objects.filter(state="in_pool", expires_at__gt=at).order_by(
        "-score", "submitted_at"
    )
    chosen = list(contested.values_list("pk", flat=True)[: 3 * (WITHDRAW + RAISE + LOWER)])
    chance.shuffle(chosen)
    some = iter([Profile.objects.get(pk=key) for key in chosen])
    doing: dict[Deed, int] = {}
    for count, does in (
        (WITHDRAW, lambda one: partial(profiles.withdraw, profile=one, at=at)),
        (RAISE, lambda one: partial(send_changes, one, at, with_relatives)),
        (LOWER, lambda one: partial(send_changes, one, at, older)),
    ):
        doing |= {does(one): one.pk for one in islice(some, count)}
    for invitation in Invitation.objects.filter(state="issued").order_by("pk")[:DECLINE]:
        doing[partial(answers.decline, invitation=invitation, at=at)] = invitation.profile_id
    return doing


def one_after_the_other(mine: Sequence[Deed]) -> list[object]:
    """Do what some candidates do; return what each got, or the refusal that they were shown."""
    return [done_or_refused(deed) for deed in mine]


def done_or_refused(deed: Deed) -> object:
    try:
        return deed()
    except DomainError as refusal:
        return refusal


def in_a_crowd(doing: Sequence[Deed], *others: Deed) -> list[object]:
    """Let twenty-two work through the deeds at once, with the others beside them; return what came of each deed."""
    shares = [partial(one_after_the_other, doing[start::AT_ONCE]) for start in range(AT_ONCE)]
    told = at_once(*shares, *others)
    failed = [outcome for outcome in told if isinstance(outcome, Exception)]
    assert not failed
    came: list[object] = [None] * len(doing)
    for start, share in enumerate(told[:AT_ONCE]):
        assert isinstance(share, list)
        came[start::AT_ONCE] = share
    return came


def check_nothing_lost(doing: dict[Deed, int], came: list[object]) -> None:
    """What was accepted stands in the tables: gone from the pool, declined, or the answers as they were sent."""
    for (deed, key), outcome in zip(doing.items(), came, strict=True):
        if not isinstance(outcome, DomainError):
            assert stands(deed, PoolEntry.objects.get(pk=key)), (deed, key)


def stands(deed: Deed, entry: PoolEntry) -> bool:
    assert isinstance(deed, partial)
    if deed.func is profiles.withdraw:
        return entry.state == ProfileState.WITHDRAWN
    if deed.func is answers.decline:
        ended = Invitation.objects.filter(pk=deed.keywords["invitation"].pk, state=InvitationState.DECLINED)
        return ended.exists()
    sent = profiles.latest_submission(entry.profile)
    held = Submission.objects.get(profile=entry.pk, sequence=sent.sequence - 1)
    return {**held.facts, **deed.args[2](held.facts)} == {**sent.facts, "as_of": held.facts["as_of"]}


def wrong() -> list[int]:
    """Who in the pool holds another score than what they sent last gives."""
    entries = list(PoolEntry.objects.filter(state__in=("in_pool", "ineligible")).order_by("pk"))
    results = [
        assessing.results([sent], entry.as_of)[0]
        for entry, sent in zip(entries, ageing.latest_of(entries), strict=True)
    ]
    return [entry.pk for entry, result in zip(entries, results, strict=True) if entry.score != result.total]


def check_the_round(held: Round) -> None:
    held.refresh_from_db()
    assert held.issued == SIZE
    assert verify(held).doubts == []
    open_ones = Invitation.objects.filter(state=InvitationState.ISSUED)
    assert not open_ones.exclude(profile__entry__state=ProfileState.INVITED).exists()
    assert open_ones.count() == PoolEntry.objects.filter(state=ProfileState.INVITED).count()


def test_three_hundred_candidates_act_while_rounds_run_and_nothing_is_lost(instants: list[datetime]) -> None:
    before = execute(DEADLOCKS)
    services.run(round_id=queued(instants[0]).pk, at=instants[0])
    accepted = refused = 0
    for phase, at in enumerate(instants):
        held = queued(at)
        doing = deeds(at, random.Random(phase))
        run = partial(services.run, round_id=held.pk, at=at)
        came = in_a_crowd(list(doing), run, run, partial(ageing.expire_profiles, at=at))
        refusals = [outcome for outcome in came if isinstance(outcome, DomainError)]
        accepted, refused = accepted + len(came) - len(refusals), refused + len(refusals)
        check_nothing_lost(doing, came)
        check_the_round(held)
    assert (accepted > PHASES * 10, refused > 0) == (True, True), (accepted, refused)
    assert PoolEntry.objects.filter(state=ProfileState.EXPIRED).count() > 0
    assert wrong() == []
    assert tallying.differences() == []
    assert [fault.said for fault in judge(rounds=True).faults] == []
    assert execute(DEADLOCKS) == before


def change_the_best_while_a_round_comes(at: datetime) -> Invitation | None:
    """Hold the best candidate's changes open, begin a round of one, and let both go on once the round waits."""
    held = queued(at, size=1)
    best = PoolEntry.objects.filter(state="in_pool", expires_at__gt=at).order_by(
        "-score", "submitted_at", "pk"
    )[0]
    changed = Event()

    def change() -> None:
        with transaction.atomic():
            send_changes(best.profile, at, older)
            changed.set()
            assert somebody_waits_for_a_lock()

    def run() -> None:
        assert changed.wait(20)
        services.run(round_id=held.pk, at=at)

    assert at_once(change, run) == [None, None]
    return Invitation.objects.filter(profile=best.pk).first()


def test_a_round_that_comes_while_the_best_sends_changes_waits_and_takes_the_new_score(
    instants: list[datetime],
) -> None:
    found = change_the_best_while_a_round_comes(instants[0])
    assert found is None or found.score == PoolEntry.objects.get(pk=found.profile_id).score


def test_without_the_pools_lock_somebody_would_be_invited_with_a_score_that_they_no_longer_have(
    instants: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_lock, "share", lambda: None)
    found = change_the_best_while_a_round_comes(instants[0])
    assert found
    assert found.score > PoolEntry.objects.get(pk=found.profile_id).score
