"""One scenario as its page shows it: points beside today's, and each part with what it holds."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from draws.what_if.parts import APPLICANT, Part, in_words, parts_of
from eligibility.fields import Text
from eligibility.summaries import Summary
from profiles.facts import Answers
from profiles.models import Scenario
from profiles.scenarios import Basis, read
from rules import facts
from rules.assessment import Assessment, assess_many


@dataclass(frozen=True, slots=True)
class ListShown:
    """A part that is a list: its entries in words; ``differs`` from the profile as it is."""

    part: Part
    entries: list[Summary]
    differs: bool


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A part that is one answer, as the list of answers draws it."""

    label: Text
    value: str
    note: str
    change_url: str


@dataclass(frozen=True, slots=True)
class ScenarioShown:
    """A scenario with its result; ``gain`` is None where there is no profile to compare with."""

    scenario: Scenario
    result: Assessment
    gain: int | None
    lists: list[ListShown]
    answers: list[AnswerShown]
    swapped: bool


def scenario_shown(scenario: Scenario, basis: Basis | None, at: datetime) -> ScenarioShown:
    """Return what the page of a scenario shows at an instant."""
    on = at.date()
    candidates = [read(scenario.facts, on), *([basis.facts] if basis else [])]
    results = assess_many(candidates, on, next_change=False)
    own = facts.dump(basis.facts) if basis else None
    parts = parts_of(scenario.facts)
    return ScenarioShown(
        scenario=scenario,
        result=results[0],
        gain=results[0].total - results[1].total if basis else None,
        lists=[_list(part, scenario.facts, own) for part in parts if part.entries],
        answers=[_answer(part, scenario, own) for part in parts if not part.entries],
        swapped=_is_swapped(scenario.facts, own),
    )


def _list(part: Part, document: Answers, own: Answers | None) -> ListShown:
    return ListShown(part, part.summaries(document), _differs(part, document, own))


def _answer(part: Part, scenario: Scenario, own: Answers | None) -> AnswerShown:
    if part.slug == APPLICANT:
        other = _is_swapped(scenario.facts, own)
        value = _("Your partner applies.") if other else _("You apply.")
    else:
        value = in_words(part, scenario.facts)
    note = _("Differs from your profile.") if _differs(part, scenario.facts, own) else ""
    return AnswerShown(part.title, value, note, reverse("draws:scenario_part", args=[scenario.pk, part.slug]))


def _differs(part: Part, document: Answers, own: Answers | None) -> bool:
    return own is not None and part.held_in(document) != part.held_in(own)


def _is_swapped(document: Answers, own: Answers | None) -> bool:
    """Return whether the one who applies is not the one of the profile."""
    return own is not None and document["birth_date"] != own["birth_date"]
