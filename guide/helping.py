"""The help centre: questions with their answers, by theme, and a search in them that forgives slips.

A help file is a theme; each heading of the second level in it is a question, and what follows is its answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import unescape

from django.utils.html import strip_tags

from guide.files import ContentFile, listed
from guide.help_index import HelpIndex
from guide.rendering import drawn

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
PIECE_END = re.compile(r"</(?:li|p|t[dh]|caption|summary)>")
BLANKS = re.compile(r"[ \t\n]+")  # no-break spaces stay
MOST_FOUND = 10
WORDS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Question:
    """A question, where its answer stands, and the answer without its form."""

    theme: str
    words: str
    address: str
    answer: str

    @property
    def shortly(self) -> str:
        """How the answer begins."""
        words = self.answer.split(" ")
        return " ".join(words[:WORDS_SHOWN]) + (" …" if len(words) > WORDS_SHOWN else "")


@lru_cache(8)
def questions(language: str, on: date) -> Sequence[Question]:
    """Return every question of the help centre as of a day, theme by theme. The language must be the active one."""
    return [question for file in listed("help", language) for question in _questions_of(file, on)]


def _questions_of(file: ContentFile, on: date) -> list[Question]:
    parts = HEADING.split(drawn(file, on).html)
    asked = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return [
        Question(file.front.title, _plain(words), f"{file.address}#{name}", _plain(answer))
        for name, words, answer in asked
    ]


def _plain(html: str) -> str:
    return BLANKS.sub(" ", unescape(strip_tags(PIECE_END.sub(" ", html)))).strip()


def search(typed: str, about: str, language: str, on: date) -> list[Question]:
    """Return the questions that fit what was typed, best first. ``about`` names the field that the visitor stood at."""
    known = questions(language, on)
    return [known[number] for number in _index(language, on).search(typed, about, MOST_FOUND)]


@lru_cache(8)
def _index(language: str, on: date) -> HelpIndex:
    return HelpIndex([(one.words, one.answer) for one in questions(language, on)], language)
