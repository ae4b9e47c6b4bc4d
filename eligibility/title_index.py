"""A search in titles: accents, plurals, little words and slips of the finger are forgiven. Knows no database."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

MOST_WORDS = 8
LITTLE_WORDS = frozenset(
    re.findall(r"\w+", "a an and au aux d de des du en et for in l la le les of or ou sur the to")
)
WORD = re.compile(r"[a-z0-9]+")
BUT_NOT = re.compile(r"\((?:except|sauf) [^)]*\)")
SAME, BEGINS, SOUNDS_LIKE = 1.0, 0.8, 0.5
LIKE_ENOUGH = 80
MOST_ALIKE = 5


class Match(NamedTuple):
    """A code, the title by which it was found, and how well that title fits."""

    code: str
    title: str
    fit: float


class TitleIndex:
    """Titles by the words in them; several titles may lead to one code."""

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        """Take (code, title) pairs. What a title excepts is no part of it: 'Electricians (except industrial)'."""
        self.titles = titles
        self.lengths: list[int] = []
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, (_code, title) in enumerate(titles):
            found = words_in(BUT_NOT.sub("", title))
            self.lengths.append(len(found))
            for word in found:
                self.places[word].append(place)

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted(self.places)

    def search(self, typed: str, most: int) -> list[Match]:
        """Return the best title of each of at most ``most`` codes: one that holds all the words and little else."""
        wanted = words_in(typed)[:MOST_WORDS]
        weights: dict[int, float] = defaultdict(float)
        for word in wanted:
            for place, weight in self._places_of(word).items():
                weights[place] += weight
        matches = (
            Match(*self.titles[place], 2 * weight / len(wanted) + weight / self.lengths[place])
            for place, weight in weights.items()
        )
        return _best_of_each(matches, most)

    def _places_of(self, word: str) -> dict[int, float]:
        """Return where a word stands, and how surely it is that word."""
        known = {word: SAME} if word in self.places else {}
        if len(word) > 2:
            known |= dict.fromkeys(self._longer(word), BEGINS)
        if not known:
            alike = process.extract(
                word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=MOST_ALIKE
            )
            known = {other: SOUNDS_LIKE * likeness / 100 for other, likeness, _place in alike}
        found: dict[int, float] = {}
        for other, weight in known.items():
            for place in self.places[other]:
                found[place] = max(found.get(place, 0.0), weight)
        return found

    def _longer(self, beginning: str) -> list[str]:
        """Return the words that begin so and go on."""
        start = bisect_left(self.vocabulary, beginning)
        stop = bisect_left(self.vocabulary, beginning + "\U0010ffff")
        return [word for word in self.vocabulary[start:stop] if word != beginning]


def _best_of_each(matches: Iterable[Match], most: int) -> list[Match]:
    best: dict[str, Match] = {}
    for match in matches:
        held = best.get(match.code)
        if held is None or (match.fit, held.title) > (held.fit, match.title):
            best[match.code] = match
    return sorted(best.values(), key=lambda match: (-match.fit, match.code))[:most]


def words_in(text: str) -> list[str]:
    """Return the words of a title, without accents, plurals and little words, each once."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = (word[:-1] if len(word) > 3 and word[-1] == "s" else word for word in WORD.findall(plain))
    return list(dict.fromkeys(word for word in words if word not in LITTLE_WORDS))
