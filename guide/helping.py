"""The help centre: questions with their answers, by theme, and a search in them that forgives slips.

A help file is a theme; each heading of the second level in it is a question, and what follows is its answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.html import strip_tags

from eligibility.title_index import TitleIndex, words_in
from guide.files import ContentFile, listed
from guide.rendering import drawn

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question, where its answer stands, and how the answer begins."""

    theme: str
    words: str
    address: str
    beginning: str


@lru_cache(8)
def questions(language: str, on: date) -> Sequence[Question]:
    """Return every question of the help centre as of a day, theme by theme. The language must be the active one."""
    return [question for file in listed("help", language) for question in _questions_of(file, on)]


def _questions_of(file: ContentFile, on: date) -> list[Question]:
    parts = HEADING.split(drawn(file, on).html)
    asked = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return [
        Question(file.front.title, strip_tags(words), f"{file.address}#{name}", strip_tags(answer))
        for name, words, answer in asked
    ]


def search(typed: str, language: str, on: date) -> list[Question]:
    """Return the questions that fit what was typed, best first: by their words, then by the words of the answers."""
    known = questions(language, on)
    by_question = _index(language, on, False).search(typed, MOST_FOUND)
    by_answer = _index(language, on, True).search(typed, MOST_FOUND)
    numbers = dict.fromkeys(int(match.code) for match in [*by_question, *by_answer])
    return [known[number] for number in numbers][:MOST_FOUND]


@lru_cache(16)
def _index(language: str, on: date, answers: bool) -> TitleIndex:
    """The index of the questions, or of the answers; a question's number stands for its code."""
    return TitleIndex(
        [
            (str(number), " ".join(words_in(one.beginning)) if answers else one.words)
            for number, one in enumerate(questions(language, on))
        ]
    )
