"""The field's words in plain words, for the glossary and for their first use: ``[[pool]]``, ``[[pool|pools]]``."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import yaml

from guide.errors import ContentError
from guide.files import FOLDER, LANGUAGES

TERM = re.compile(r"\[\[([\w-]+)(?:\|([^\]]+))?\]\]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: its key (the same in every language), the word itself, and what it means in a sentence."""

    key: str
    word: str
    meaning: str


@cache
def terms(language: str) -> Mapping[str, Term]:
    """Return the words of a language by key, in the order of the words.

    Raises ``ContentError`` for one without meaning.
    """
    path = FOLDER / language / "terms.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, pair in told.items():
        if not isinstance(pair, dict) or set(pair) != {"word", "meaning"}:
            raise ContentError(f"{language}/terms.yaml: {key} needs a word and a meaning, and nothing else.")
    found = [Term(key, pair["word"], pair["meaning"]) for key, pair in told.items()]
    return {term.key: term for term in sorted(found, key=lambda term: plain(term.word))}


def plain(word: str) -> str:
    """Return a word as it is sorted: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the glossary: its words, each with the word of the other language."""

    letter: str
    pairs: Sequence[tuple[Term, str]]


def letters(language: str) -> list[Letter]:
    """Return the words of a language by their first letter."""
    (other,) = (code for code in LANGUAGES if code != language)
    others = terms(other)
    grouped = groupby(terms(language).values(), key=lambda term: plain(term.word)[0].upper())
    return [Letter(letter, [(term, others[term.key].word) for term in group]) for letter, group in grouped]


def require_same_keys() -> None:
    """Raise ``ContentError`` for a word that one language explains and another does not."""
    keys = [set(terms(language)) for language in LANGUAGES]
    missing = keys[0].union(*keys) - keys[0].intersection(*keys)
    if missing:
        raise ContentError(f"terms.yaml: {', '.join(sorted(missing))} is explained in one language only.")
