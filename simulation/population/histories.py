"""How a candidate came to be in the pool: what was sent when, and every assessment since, as the portal makes them.

The first submission is assessed on its day, an update on its own, and in between and after whenever the last
assessment said that something could change. The last one is what the pool holds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from rules import parameters
from rules.assessment import Assessment, assess_many
from rules.facts import Profile, parse
from rules.kept import Holding, basis
from rules.programs import PROGRAM_BITS
from simulation.population import names
from simulation.population.candidates import Proposal
from simulation.population.versions import known_on, newest_fact

FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]


class Version(NamedTuple):
    """A profile as it was sent on an instant; ``facts`` is its JSON text."""

    submitted_at: datetime
    facts: str


class Scored(NamedTuple):
    """What remains of an assessment made on an instant; ``version`` is the position of what was assessed."""

    at: datetime
    version: int
    as_of: date
    score: int
    lines: tuple[int, ...]
    programs: int
    categories: int
    next_change_on: date | None
    holding: Holding | None

    def holds(self, day: date, basis: str) -> bool:
        """Whether what is kept is still true on a day whose facts are read by a basis."""
        return self.holding is not None and self.holding.basis == basis and day < self.holding.until


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate in the pool: everything sent and every assessment, oldest first."""

    index: int
    identity: dict[str, str]
    versions: tuple[Version, ...]
    assessments: tuple[Scored, ...]

    @property
    def submitted_at(self) -> datetime:
        """The first submission, which breaks ties."""
        return self.versions[0].submitted_at

    @property
    def scored(self) -> Scored:
        """What the pool holds."""
        return self.assessments[-1]


@dataclass(slots=True)
class History:
    """A candidate's way through the pool, as far as it is told."""

    index: int
    identity: dict[str, str]
    sent: list[tuple[Version, Profile]]
    assessments: list[Scored] = field(default_factory=list)
    always_eligible: bool = True

    def finished(self) -> Candidate:
        versions = tuple(version for version, _profile in self.sent)
        return Candidate(self.index, self.identity, versions, tuple(self.assessments))


class _Step(NamedTuple):
    """An assessment to be made: when, and of which version."""

    at: datetime
    version: int


def is_eligible(result: Assessment) -> bool:
    """Return whether a result admits to the pool: at least one of the three federal programs."""
    return bool(result.program_bits & FEDERAL)


def begin(index: int, proposal: Proposal, stream: Random) -> History:
    """Return the history of a proposed candidate before any assessment.

    One submission, and an update where some facts are younger than it.
    """
    first, profile = proposal.submitted_at, parse(proposal.profile)
    day, newest = first.date().isoformat(), newest_fact(proposal.profile)
    identity = names.identity(proposal.origin, stream)
    if newest <= day:
        sent = [(_version(first, proposal.profile | {"as_of": day}), profile)]
        return History(index, identity, sent)
    before, updated = known_on(proposal.profile, day), _update_instant(newest, stream)
    sent = [
        (_version(first, before), parse(before)),
        (_version(updated, proposal.profile | {"as_of": newest}), profile),
    ]
    return History(index, identity, sent)


def live(histories: Sequence[History], until: date) -> list[Candidate]:
    """Let the candidates live in the pool until a day; return those who were eligible all the time."""
    alive = list(histories)
    while waiting := [(history, step) for history in alive if (step := _next_step(history, until))]:
        profiles = [replace(history.sent[step.version][1], as_of=step.at.date()) for history, step in waiting]
        assessed = assess_many(profiles, keeping=True, keep_for=until)
        for (history, step), result in zip(waiting, assessed, strict=True):
            held = _as_sent(history, step.version, result.holding)
            history.assessments.append(_scored(step, result, held))
            history.always_eligible = is_eligible(result)
        alive = [history for history in alive if history.always_eligible]
    _keep_anew(alive, until)
    return [history.finished() for history in alive]


def _keep_anew(histories: Sequence[History], day: date) -> None:
    """Read anew on a day what is kept of those of whom it no longer holds."""
    now = basis(parameters.on(day))
    over = [history for history in histories if not history.assessments[-1].holds(day, now)]
    profiles = [history.sent[history.assessments[-1].version][1] for history in over]
    for history, result in zip(
        over, assess_many(profiles, day, next_change=False, keeping=True), strict=True
    ):
        last = history.assessments[-1]
        history.assessments[-1] = last._replace(holding=_as_sent(history, last.version, result.holding))


def _as_sent(history: History, version: int, held: Holding | None) -> Holding | None:
    """Return what is kept with the day on which the version was sent, whatever day its copy was assessed as of."""
    day = history.sent[version][0].submitted_at.date().toordinal()
    return held and held._replace(kept=held.kept._replace(sent=day))


def _next_step(history: History, until: date) -> _Step | None:
    """Return what comes first up to a day: the update, or the day on which the last assessment may change."""
    if not history.assessments:
        return _Step(history.sent[0][0].submitted_at, 0)
    last = history.assessments[-1]
    later = enumerate(history.sent[last.version + 1 :], start=last.version + 1)
    due = [_Step(version.submitted_at, place) for place, (version, _profile) in later]
    if last.next_change_on is not None and last.next_change_on <= until:
        due.append(_Step(datetime.combine(last.next_change_on, time(), tzinfo=UTC), last.version))
    return min(due, default=None)


def _scored(step: _Step, result: Assessment, held: Holding | None) -> Scored:
    return Scored(
        step.at,
        step.version,
        result.as_of,
        result.total,
        tuple(result.lines),
        result.program_bits,
        result.category_bits,
        result.next_change_on,
        held,
    )


def _version(at: datetime, facts: dict[str, object]) -> Version:
    return Version(at, json.dumps(facts, separators=(",", ":")))


def _update_instant(day: str, stream: Random) -> datetime:
    """Return an instant of the day on which the newest fact came to be known, in UTC."""
    midnight = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)
    return midnight + timedelta(seconds=86_399 * stream.random())
