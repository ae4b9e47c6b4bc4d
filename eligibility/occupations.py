"""Occupations of NOC 2021 in the language in use: their titles, and a search by what a job is called.

The 516 titles of the unit groups are always searched. Where an installation has loaded the titles that people use for
their jobs (``manage.py load_noc_titles``), these are searched as well.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from django.db import DatabaseError
from django.db.models import Max
from django.utils.translation import get_language, override

from eligibility.models import NocTitle
from eligibility.title_index import TitleIndex
from rules.occupations import noc2016, noc2021

LONGEST_SEARCH = 80
MOST_RESULTS = 10
MOST_SKILLED_TEER = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A unit group that a search found; ``matched`` is the title that led to it where that is another one."""

    code: str
    title: str
    matched: str = ""

    @property
    def teer(self) -> int:
        return noc2021[self.code].teer

    @property
    def skilled(self) -> bool:
        """Whether work in it counts as skilled work for Express Entry."""
        return is_skilled(self.code)

    @property
    def trade(self) -> bool:
        """Whether it is a trade of the Federal Skilled Trades Program."""
        return noc2021[self.code].trade


def language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


def is_skilled(code: str) -> bool:
    """Whether an occupation is of TEER 0, 1, 2 or 3."""
    return noc2021[code].teer <= MOST_SKILLED_TEER


def title_of(code: str) -> str:
    """Return a unit group's title, such as 'Registered nurses and registered psychiatric nurses'."""
    occupation = noc2021[code]
    return occupation.title_fr if language() == "fr" else occupation.title_en


def search(words: str) -> list[Found]:
    """Return at most ten unit groups, best first, for a job title in words, or for a code, new or old."""
    typed = words.strip()
    if typed in noc2021:
        return [Found(typed, title_of(typed))]
    if typed in noc2016:
        return [Found(code, title_of(code)) for code in noc2016[typed].codes]
    matches = _current_index().search(words[:LONGEST_SEARCH], MOST_RESULTS)
    return [
        Found(match.code, title, match.title if match.title != title else "")
        for match in matches
        for title in [title_of(match.code)]
    ]


def prepare() -> None:
    """Make the indexes of both languages, so that a web process's first search is as fast as any other.

    Without a database nothing is prepared: the first search does it then.
    """
    with suppress(DatabaseError):
        for code in ("en", "fr"):
            with override(code):
                _current_index()


def _current_index() -> TitleIndex:
    """Return the index of the language in use, made anew after other titles were loaded."""
    newest = NocTitle.objects.filter(language=language()).aggregate(newest=Max("pk"))["newest"]
    return _index(language(), newest)


@lru_cache(maxsize=4)
def _index(language_code: str, newest: int | None) -> TitleIndex:
    loaded = NocTitle.objects.filter(language=language_code, pk__lte=newest or 0)
    return TitleIndex([*_unit_groups(language_code), *loaded.values_list("code", "title")])


def _unit_groups(language_code: str) -> list[tuple[str, str]]:
    return [
        (code, occupation.title_fr if language_code == "fr" else occupation.title_en)
        for code, occupation in noc2021.items()
    ]
