"""The search of the help centre: what people type finds a question by its words, by words alike, or by its answer.

``content/<language>/search.yaml`` says which words tell nothing (``little``) and which mean the same here (``same``). A
content editor adds there what visitors type and the pages do not say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import takewhile
from math import log
from typing import NamedTuple

import yaml
from rapidfuzz import fuzz, process

from eligibility.title_index import words_in
from guide.errors import ContentError
from guide.files import FOLDER

EXACT, SAME, SAME_BESIDE_EXACT, ALIKE, SLIP = 1.0, 0.75, 0.4, 0.6, 0.8
IN_QUESTION, IN_ANSWER = 3.0, 1.2
ABOUT = 0.6
"""How much a word counts that tells what the question is about, and was not typed."""
SHORTEST_ALIKE = 4
LIKE_ENOUGH = 74
FIT_ENOUGH = 0.3
"""What fits less than this part of the best is left out."""
FULL_QUESTION = 0.5
"""How much more a question counts all of whose words were typed."""


class Words(NamedTuple):
    """A language's words that tell nothing, and for each word those that mean the same here."""

    little: frozenset[str]
    same: Mapping[str, frozenset[str]]


@cache
def words_of(language: str) -> Words:
    """Return what ``search.yaml`` of a language says. Raises ``ContentError``."""
    told = yaml.safe_load((FOLDER / language / "search.yaml").read_text(encoding="utf-8"))
    if not isinstance(told, dict) or set(told) != {"little", "same"}:
        raise ContentError(f"{language}/search.yaml needs the lists little and same, and nothing else.")
    same: dict[str, frozenset[str]] = {}
    for line in told["same"]:
        group = frozenset(words_in(str(line)))
        for word in group:
            same[word] = same.get(word, frozenset()) | group
    return Words(frozenset(words_in(" ".join(told["little"]))), same)


class HelpIndex:
    """Questions with their answers, by the words in them."""

    def __init__(self, texts: Sequence[tuple[str, str]], language: str) -> None:
        """Take the words of each question and those of its answer."""
        self.words = words_of(language)
        self.weights: dict[str, dict[int, float]] = defaultdict(dict)
        self.questions = [frozenset(self._telling(question)) for question, _answer in texts]
        for place, (question, answer) in enumerate(texts):
            for word in words_in(answer):
                self.weights[word][place] = IN_ANSWER
            for word in words_in(question):
                self.weights[word][place] = IN_QUESTION
        self.vocabulary = sorted({*self.weights, *self.words.same})

    def search(self, typed: str, about: str, most: int) -> list[int]:
        """Return the numbers of the questions that fit what was typed, best first.

        ``about`` names what it was asked about. It counts less, and alone if what was typed tells nothing.
        """
        wanted = dict.fromkeys(self._telling(about), ABOUT) | dict.fromkeys(self._telling(typed), 1.0)
        wanted = wanted or dict.fromkeys(words_in(typed), 1.0)
        fits: dict[int, float] = defaultdict(float)
        asked: dict[int, set[str]] = defaultdict(set)
        answered: dict[int, float] = defaultdict(float)
        for word, worth in wanted.items():
            for place, (weight, found) in self._places_of(word).items():
                fits[place] += worth * weight
                asked[place].add(found)
                answered[place] += worth
        for place, found_words in asked.items():
            full = len(found_words & self.questions[place]) / (len(self.questions[place]) or 1)
            fits[place] *= (1 + FULL_QUESTION * full) * (1 + answered[place] / sum(wanted.values()))
        best = sorted(fits, key=lambda place: (-fits[place], place))
        enough = FIT_ENOUGH * fits[best[0]] if best else 0
        return list(takewhile(lambda place: fits[place] >= enough, best))[:most]

    def _telling(self, text: str) -> list[str]:
        return [word for word in words_in(text) if word not in self.words.little]

    def _places_of(self, word: str) -> dict[int, tuple[float, str]]:
        """Return where a word stands, how much that counts, and by which word it was found there."""
        found: dict[int, tuple[float, str]] = {}
        for other, certainty in self._meant(word).items():
            places = self.weights.get(other, {})
            rare = log(1 + len(self.questions) / (len(places) or 1))
            for place, weight in places.items():
                found[place] = max(found.get(place, (0.0, "")), (certainty * weight * rare, other))
        return found

    def _meant(self, word: str) -> dict[str, float]:
        """Return the words that somebody may mean by one, and how surely."""
        known = word in self.weights
        same = dict.fromkeys(self.words.same.get(word, ()), SAME_BESIDE_EXACT if known else SAME)
        alike = {
            other: ALIKE * _shared(word, other) / max(len(word), len(other)) for other in self._alike(word)
        }
        return alike | (same or ({} if known else self._slips(word))) | ({word: EXACT} if known else {})

    def _slips(self, word: str) -> dict[str, float]:
        """Return the words that one may be a slip of the finger for, and those that mean the same."""
        found = process.extract(word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=3)
        meant: dict[str, float] = {}
        for other, likeness, _place in reversed(found):
            meant |= dict.fromkeys(self.words.same.get(other, ()), SLIP * SAME * likeness / 100)
            meant[other] = SLIP * likeness / 100
        return meant

    def _alike(self, word: str) -> Iterable[str]:
        """Return the words that begin as this one does, for most of their length: expire, expired, expiry."""
        return [
            other
            for other in self.weights
            if other != word
            and _shared(word, other) >= max(SHORTEST_ALIKE, int(0.6 * max(len(word), len(other))))
        ]


def _shared(one: str, other: str) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
