"""The guided tour: its steps, each with a text and the pictures of a screen, and how long they take to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.html import strip_tags

from guide.files import ContentFile, listed
from guide.rendering import Drawn, drawn
from guide.screens.shots import NARROW, TOUR, WIDE, Size
from guide.terms import Term

WORDS_A_MINUTE = 190
"""How fast somebody reads who looks at the pictures as well: 238 is the mean of silent reading (Brysbaert 2019)."""
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for one kind of display; ``static`` is its name among the static files."""

    size: Size
    static: str


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the tour: what is told of it, and its picture for a screen and for a phone."""

    file: ContentFile
    content: Drawn
    wide: Picture
    narrow: Picture

    @property
    def words(self) -> int:
        return len(WORD.findall(f"{self.file.front.summary} {strip_tags(self.content.html)}"))


@dataclass(frozen=True, slots=True)
class Tour:
    """The steps in their order."""

    steps: Sequence[Step]

    @property
    def minutes(self) -> float:
        """How many minutes it takes to read, to the half."""
        return round(2 * sum(step.words for step in self.steps) / WORDS_A_MINUTE) / 2

    @property
    def terms(self) -> Sequence[Term]:
        """The words that the steps explain, each once, in the order of their use."""
        return list(dict.fromkeys(term for step in self.steps for term in step.content.terms))

    @property
    def changed(self) -> date:
        return max(step.file.front.changed for step in self.steps)


def tour_on(language: str, on: date) -> Tour:
    """Return the tour in a language, which must be the active one, with the figures of a day."""
    return Tour([_step(file, on) for file in listed("tour", language)])


def _step(file: ContentFile, on: date) -> Step:
    return Step(file, drawn(file, on), _picture(file, WIDE), _picture(file, NARROW))


def _picture(file: ContentFile, size: Size) -> Picture:
    path = TOUR.path_of(file.slug, size, file.language)
    return Picture(size, path.relative_to(Path(settings.BASE_DIR) / "static").as_posix())
