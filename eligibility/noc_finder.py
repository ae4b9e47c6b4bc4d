"""What the NOC finder says: to a title, a code of today, a code or a skill type of before, and of one occupation."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text
from eligibility.models import NocTitle
from eligibility.occupations import LONGEST_SEARCH, Found, language, search
from eligibility.wording.names import CATEGORY_NAMES
from rules import parameters
from rules.categories import category_set
from rules.occupations import noc2016, noc2021

MOST_EXAMPLES = 60

TEER_MEANINGS: Mapping[int, Text] = {
    0: _("Management"),
    1: _("Work that usually needs a university degree"),
    2: _("Work that usually needs a college diploma, an apprenticeship of two years or more, or supervises"),
    3: _(
        "Work that usually needs a shorter college program or apprenticeship, or training of over six months"
    ),
    4: _("Work that usually needs secondary school, or some weeks of training at work"),
    5: _("Work that usually needs a short demonstration and no formal education"),
}


@dataclass(frozen=True, slots=True)
class SkillType:
    """A skill type or level of NOC 2016."""

    letter: str
    meaning: Text

    @property
    def teers(self) -> tuple[int, ...]:
        """The TEER categories of at least a tenth of the occupations that it went to, the usual ones first."""
        return _teers_by_letter()[self.letter]


SKILL_TYPES: Mapping[str, SkillType] = {
    kind.letter: kind
    for kind in (
        SkillType("0", _("management jobs")),
        SkillType("A", _("professional jobs, usually with a university degree")),
        SkillType("B", _("technical jobs and skilled trades, usually with a college diploma")),
        SkillType("C", _("intermediate jobs, usually with secondary school")),
        SkillType("D", _("labouring jobs, usually with training at work")),
    )
}
LETTERED = re.compile(
    r"(?:skill\s+(?:type|level)|genre|niveau|type|level|noc|cnp)?\s*([0abcd])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed, what was found, and with ``old`` or ``skill_type`` what the typed thing was before 2022."""

    typed: str
    found: list[Found]
    old: str = ""
    skill_type: SkillType | None = None

    @property
    def old_title(self) -> str:
        """The English title of the old code; Statistics Canada's concordance has no French one."""
        return noc2016[self.old].title_en if self.old else ""

    @property
    def old_skill_type(self) -> SkillType | None:
        return SKILL_TYPES[skill_letter(self.old)] if self.old else None


def answer_to(typed: str) -> Answer:
    """Return what the finder says to whatever somebody typed, cut to 80 characters."""
    typed = typed.replace("\x00", "").strip()[:LONGEST_SEARCH]
    if lettered := LETTERED.fullmatch(typed):
        return Answer(typed, [], skill_type=SKILL_TYPES[lettered[1].upper()])
    return Answer(typed, search(typed), old=typed if typed in noc2016 else "")


def words_of_before(answer: Answer) -> list[str]:
    """Return what is to be said where something of before 2022 was typed, an old code or a skill type; else nothing."""
    if answer.skill_type:
        kind = answer.skill_type
        teers = ", ".join(f"TEER {teer}" for teer in kind.teers)
        return [
            _now(
                "Skill type %(letter)s belongs to the classification used until 15 November 2022: %(meaning)s. "
                "Since then each occupation has a TEER category instead."
            )
            % {"letter": kind.letter, "meaning": kind.meaning},
            _now(
                "Occupations of this type are today mostly %(teers)s; TEER 0 to 3 counts as skilled work. "
                "Search for yours by its title."
            )
            % {"teers": teers},
        ]
    if answer.old and answer.old_skill_type:
        before = answer.old_skill_type
        words = {
            "code": answer.old,
            "title": answer.old_title,
            "letter": before.letter,
            "meaning": before.meaning,
        }
        sentence = _now(
            "%(code)s is a code of NOC 2016: %(title)s, skill type %(letter)s (%(meaning)s). "
            "Its jobs went to the occupations offered here."
        )
        return [sentence % words]
    return []


def skill_letter(old_code: str) -> str:
    """Return the skill type or level of a code of NOC 2016: managers by their first digit, others by their second."""
    return "0" if old_code[0] == "0" else "AABBCCDD"[int(old_code[1])]


@cache
def _teers_by_letter() -> dict[str, tuple[int, ...]]:
    went: dict[str, Counter[int]] = {}
    for old, group in noc2016.items():
        went.setdefault(skill_letter(old), Counter()).update(noc2021[code].teer for code in group.codes)
    return {
        letter: tuple(teer for teer, count in counts.most_common() if count >= counts.total() / 10)
        for letter, counts in went.items()
    }


@dataclass(frozen=True, slots=True)
class Occupation:
    """One unit group with all that the finder knows of it."""

    found: Found
    title_other: str
    categories: list[Promise]
    old_codes: list[tuple[str, str]]
    examples: list[str]
    more_examples: int

    @property
    def meaning(self) -> Text:
        return TEER_MEANINGS[self.found.teer]


def occupation_of(code: str, on: date) -> Occupation:
    """Return a unit group as of a day. Raises ``KeyError`` for a code that NOC 2021 does not have."""
    titles = noc2021[code]
    french = language() == "fr"
    listed = category_set(parameters.on(on)).experience.get(code, [])
    loaded = NocTitle.objects.filter(code=code, language=language()).order_by("title")
    examples = list(loaded.values_list("title", flat=True))
    return Occupation(
        found=Found(code, titles.title_fr if french else titles.title_en),
        title_other=titles.title_en if french else titles.title_fr,
        categories=[CATEGORY_NAMES[wanted.category] for wanted in listed],
        old_codes=[(old, group.title_en) for old, group in noc2016.items() if code in group.codes],
        examples=examples[:MOST_EXAMPLES],
        more_examples=max(0, len(examples) - MOST_EXAMPLES),
    )
