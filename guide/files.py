"""Content files as they lie in ``guide/content``: front matter, then text. Files that do not hold are refused.

A file is ``content/<language>/<kind>/<slug>.md``. It begins with front matter between two lines of ``---``; the keys
of each kind are the fields of its dataclass. A file without its twin in the other language is refused too.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse

from guide.errors import ContentError

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("en", "fr")
KINDS = ("pages", "topics", "help", "classroom", "exercises", "tour")
PARTS = ("tour",)
"""Kinds whose files are the parts of one page, each at the place that its slug names."""
ONE_PAGE = ("classroom",)
"""Kinds of one file, whose address has no name of a file."""
FENCE = "---"


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the text: ``title``, one sentence of ``summary``, the place in its list, the day of the text.

    ``nav`` is the short name for lists and navigation; the title where it is empty. ``see`` names other files to read
    next, as ``kind/slug``. ``picture`` says what the picture beside a text shows, for who does not see it. An exercise
    also tells how many ``minutes`` it takes, and the ``accounts`` of the demo that the class signs in with.
    """

    title: str
    summary: str
    order: int
    changed: date
    nav: str = ""
    see: tuple[str, ...] = ()
    picture: str = ""
    minutes: int = 0
    accounts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.nav or self.title


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of content in one language; ``text`` is Markdown with figures, blocks and terms, not yet read."""

    path: Path
    kind: str
    slug: str
    language: str
    front: Front
    text: str
    first_line: int

    @property
    def key(self) -> str:
        """How other files name this one: ``kind/slug``."""
        return f"{self.kind}/{self.slug}"

    @property
    def address(self) -> str:
        """Where it is shown in the active language."""
        if self.kind in PARTS:
            return f"{reverse(f'guide:{self.kind}')}#{self.slug}"
        return reverse(f"guide:{self.kind}", args=[] if self.kind in ONE_PAGE else [self.slug])


def read(path: Path) -> ContentFile:
    """Return one file. Raises ``ContentError`` for front matter that is not in order."""
    front, text, first_line = _parted(path)
    known = {field.name for field in fields(Front)}
    needed = {field.name for field in fields(Front) if field.default is MISSING}
    if front.keys() - known:
        raise ContentError(f"{path.name}: nothing is called {', '.join(sorted(front.keys() - known))} here.")
    if needed - front.keys():
        raise ContentError(
            f"{path.name}: {', '.join(sorted(needed - front.keys()))} is missing before the text."
        )
    if not isinstance(front["changed"], date):
        raise ContentError(f"{path.name}: changed must be a day, like 2026-11-23.")
    told = front | {name: tuple(front.get(name, ())) for name in ("see", "accounts")}
    return ContentFile(
        path, path.parent.name, path.stem, path.parents[1].name, Front(**told), text, first_line
    )


def _parted(path: Path) -> tuple[dict[str, Any], str, int]:
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != FENCE or FENCE not in lines[1:]:
        raise ContentError(f"{path.name}: begin with front matter between two lines of {FENCE}.")
    end = lines.index(FENCE, 1)
    try:
        front = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: the front matter cannot be read: {error}") from error
    if not isinstance(front, dict):
        raise ContentError(f"{path.name}: the front matter must be lines of key: value.")
    return front, "\n".join(lines[end + 1 :]), end + 2


@cache
def library(folder: Path = FOLDER) -> Mapping[tuple[str, str], ContentFile]:
    """Return every file by language and key, each list in its order.

    Raises ``ContentError`` for one without its twin in the other language.
    """
    found = [read(path) for kind in KINDS for path in folder.glob(f"*/{kind}/*.md")]
    found.sort(key=lambda file: (file.language, KINDS.index(file.kind), file.front.order, file.slug))
    by_key = {(file.language, file.key): file for file in found}
    for language, key in by_key:
        for other in LANGUAGES:
            if (other, key) not in by_key:
                raise ContentError(f"{key}.md is there in {language} but not in {other}.")
    return by_key


def listed(kind: str, language: str) -> list[ContentFile]:
    """Return the files of a kind in a language, in their order."""
    return [file for file in library().values() if file.kind == kind and file.language == language]
