"""What an update does: score and lines, programs and categories, the place in the pool."""

from dataclasses import dataclass
from datetime import date

from eligibility.wording import LINE_TITLES
from eligibility.wording.names import CATEGORY_NAMES
from profiles.assessing import is_eligible
from profiles.comparing import ChangedSection, changes_between
from profiles.facts import Answers, answers_of, facts_of
from profiles.models import Submission
from profiles.states import programs_in
from rules import facts
from rules.assessment import Assessment, assess
from rules.grace import in_pool
from rules.ranking import LINES


@dataclass(frozen=True)
class LineEffect:
    """A line of the score that differs."""

    title: str
    before: int
    after: int

    @property
    def gain(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """Two versions of the answers as of one day: what changed, and how each is assessed."""

    changes: list[ChangedSection]
    before: Assessment
    after: Assessment
    same_facts: bool

    @property
    def nothing(self) -> bool:
        """Whether the two tell the same, so that there is nothing to send."""
        return self.same_facts and not self.changes

    @property
    def gain(self) -> int:
        return self.after.total - self.before.total

    @property
    def lines(self) -> list[LineEffect]:
        told = zip(LINES, self.before.lines, self.after.lines, strict=True)
        return [LineEffect(str(LINE_TITLES[line]), old, new) for line, old, new in told if old != new]

    @property
    def programs_gained(self) -> list[str]:
        return programs_in(self.after.program_bits & ~self.before.program_bits)

    @property
    def programs_lost(self) -> list[str]:
        return programs_in(self.before.program_bits & ~self.after.program_bits)

    @property
    def categories_gained(self) -> list[str]:
        return _names(self.after, self.before)

    @property
    def categories_lost(self) -> list[str]:
        return _names(self.before, self.after)

    @property
    def leaves_pool(self) -> bool:
        return is_eligible(self.before) and not is_eligible(self.after)

    @property
    def enters_pool(self) -> bool:
        return is_eligible(self.after) and not is_eligible(self.before)

    @property
    def stays_in_pool(self) -> bool:
        return is_eligible(self.after) and is_eligible(self.before)


def effect_of(sent: Submission, new: Answers, on: date) -> Effect:
    """Return what sending ``new`` after what was sent last does, by the rules of a day.

    What was sent keeps the grace that a new funds table gives those in the pool; an update has none. Raises
    ``KeyError`` while answers are missing.
    """
    old = answers_of(sent.facts, sent.personal)
    before, after = facts_of(old, on), facts_of(new, on)
    held = in_pool(facts.parse(sent.facts), assess(before, on))
    return Effect(changes_between(old, new), held, assess(after, on), same_facts=before == after)


def _names(has: Assessment, has_not: Assessment) -> list[str]:
    return [str(CATEGORY_NAMES[code]) for code in has.categories if code not in has_not.categories]
