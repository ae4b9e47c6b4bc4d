"""Find every text marked for translation in the project's Python files and templates."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = (
    "lifecycle", "accounts", "eligibility", "profiles", "draws", "simulation", "guide", "eeportal", "partner",
    "templates",
)  # fmt: skip
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect() -> Catalog:
    """A catalogue of all texts, each with the files it comes from, in their order."""
    catalog = Catalog(charset="utf-8")
    for path in files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, comments, context in texts(path):
            catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def files() -> Iterator[Path]:
    """The files that may hold texts, in alphabetical order."""
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def texts(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Line, text (or its singular and plural), translator's comments and context of each text in a file."""
    code = path.read_text()
    if path.suffix != ".py":
        if not any(word in code for word in ("trans", "_(")):
            return
        code = "\n".join(line.strip() for line in templatize(code, origin=str(path)).splitlines())
    yield from extract(
        "python", io.BytesIO(code.encode()), KEYWORDS, ("Translators:",), {"encoding": "utf-8"}
    )
