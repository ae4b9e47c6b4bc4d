"""Occupations of NOC 2021 in the language in use: their titles, and a search by what a job is called."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import get_language
from rapidfuzz import fuzz, process

from rules.occupations import noc2021

LONGEST_SEARCH = 80
MOST_WORDS = 8
MOST_RESULTS = 10
LITTLE_WORDS = frozenset(
    re.findall(r"\w+", "a an and au aux d de des du en et for in l la le les of or ou sur the to")
)

SAME, BEGINS, SOUNDS_LIKE = 1.0, 0.8, 0.5
LIKE_ENOUGH = 80


@dataclass(frozen=True, slots=True)
class Found:
    """A unit group that a search found."""

    code: str
    title: str


def language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


def title_of(code: str) -> str:
    """Return a unit group's title, such as 'Registered nurses and registered psychiatric nurses'."""
    occupation = noc2021[code]
    return occupation.title_fr if language() == "fr" else occupation.title_en


def search(words: str) -> list[Found]:
    """Return at most ten unit groups, best first, for a job title in words, or for a code."""
    code = words.strip()
    if code in noc2021:
        return [Found(code, title_of(code))]
    return index(language()).search(words[:LONGEST_SEARCH])


class TitleIndex:
    """The unit groups' titles by the words in them."""

    def __init__(self, titles: list[tuple[str, str]]) -> None:
        self.titles = titles
        self.lengths = [0] * len(titles)
        self.places: dict[str, set[int]] = defaultdict(set)
        for place, (_code, title) in enumerate(titles):
            found = words_in(title)
            self.lengths[place] = len(found)
            for word in found:
                self.places[word].add(place)

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted(self.places)

    def search(self, typed: str) -> list[Found]:
        """Return unit groups, best first: a title that holds all the words and little else."""
        wanted = words_in(typed)[:MOST_WORDS]
        weights: dict[int, float] = defaultdict(float)
        for word in wanted:
            for place, weight in self.places_of(word).items():
                weights[place] += weight
        scores = {
            self.titles[place]: 2 * weight / len(wanted) + weight / self.lengths[place]
            for place, weight in weights.items()
        }
        ranked = sorted(scores, key=lambda title: (-scores[title], title))
        return [Found(code, title) for code, title in ranked[:MOST_RESULTS]]

    def places_of(self, word: str) -> dict[int, float]:
        """Return where a word stands, and how surely it is that word."""
        known = {word: SAME} if word in self.places else {}
        if len(word) > 2:
            known |= {other: BEGINS for other in self.vocabulary if other.startswith(word) and other != word}
        if not known:
            alike = process.extract(
                word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=5
            )
            known = {other: SOUNDS_LIKE * likeness / 100 for other, likeness, _place in alike}
        found: dict[int, float] = {}
        for other, weight in known.items():
            for place in self.places[other]:
                found[place] = max(found.get(place, 0.0), weight)
        return found


@lru_cache(maxsize=2)
def index(language_code: str) -> TitleIndex:
    """Return the index of a language; it is made once, when somebody first searches."""
    return TitleIndex(
        [
            (code, occupation.title_fr if language_code == "fr" else occupation.title_en)
            for code, occupation in noc2021.items()
        ]
    )


def words_in(text: str) -> list[str]:
    """Return the words of a title, without accents, plurals and little words, each once."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (re.sub(r"(?<=\w{3})s$", "", word) for word in re.findall(r"[a-z0-9]+", plain))
    return list(dict.fromkeys(word for word in words if word not in LITTLE_WORDS))
