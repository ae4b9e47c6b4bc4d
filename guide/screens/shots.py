"""Which pictures there are: of which page, seen by whom, in which sizes, kept where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from guide.files import LANGUAGES

NOBODY, ASKED, ANSWERED = "nobody", "asked", "answered"
"""Who looks without an account: somebody new, in the middle of the questionnaire, or with its result."""
ENDING = "webp"


@dataclass(frozen=True, slots=True)
class Size:
    """A size of pictures in pixels of the page, each of which is ``sharpness`` pixels of the picture.

    A picture is as tall as ``height``, or as a ``whole`` page that is not taller.
    """

    name: str
    width: int
    height: int
    sharpness: int = 1
    whole: bool = False

    @property
    def picture_width(self) -> int:
        return self.width * self.sharpness

    @property
    def picture_height(self) -> int:
        return self.height * self.sharpness


@dataclass(frozen=True, slots=True)
class Screen:
    """A page as somebody sees it: ``page`` names an address, and the picture begins at ``top``, a CSS selector."""

    slug: str
    who: str
    page: str
    top: str = "body"


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures of one purpose: each screen in each size, in a folder of the checkout; ``quality`` is that of WebP."""

    name: str
    folder: Path
    screens: Sequence[Screen]
    sizes: Sequence[Size]
    quality: int

    def path_of(self, slug: str, size: Size, language: str) -> Path:
        return self.folder / f"{slug}-{size.name}-{language}.{ENDING}"

    def paths(self) -> Iterator[Path]:
        """Yield the path of every picture."""
        for screen in self.screens:
            for size in self.sizes:
                for language in LANGUAGES:
                    yield self.path_of(screen.slug, size, language)


WIDE, NARROW = Size("wide", 1120, 840), Size("narrow", 360, 640, sharpness=2)
"""The tour's sizes: for a screen, and for a phone, where the wide one could not be read."""

TOUR = Album(
    "tour",
    settings.BASE_DIR / "static" / "img" / "tour",
    (
        Screen("question", ASKED, "question", top=".progress"),
        Screen("verdict", ANSWERED, "result", top="h1"),
        Screen("account", "candidate", "account", top="h1"),
        Screen("tasks", "drafting", "tasks", top="h1"),
        Screen("errors", "drafting", "errors", top=".error-summary"),
        Screen("check", "newcomer", "dry_run", top="h1"),
        Screen("score", "candidate", "score", top="h1"),
        Screen("what-if", "candidate", "what_if", top="h1"),
        Screen("rounds", NOBODY, "rounds", top=".latest"),
        Screen("invitation", "invited", "invitation", top=".letter"),
    ),
    (WIDE, NARROW),
    quality=76,
)

PAGES = Album(
    "pages",
    settings.BASE_DIR / "docs" / "screens",
    (
        Screen("home", NOBODY, "home"),
        Screen("question", ASKED, "question"),
        Screen("verdict", ANSWERED, "result"),
        Screen("account", "candidate", "account"),
        Screen("tasks", "drafting", "tasks"),
        Screen("errors", "drafting", "errors"),
        Screen("score", "candidate", "score"),
        Screen("what-if", "candidate", "what_if"),
        Screen("invitation", "invited", "invitation"),
        Screen("officers-round", "officer", "officers_round"),
    ),
    (Size("desktop", 1280, 3_000, whole=True), Size("phone", 360, 4_000, whole=True)),
    quality=45,
)

ALBUMS = (TOUR, PAGES)
