"""The page docs/screens/README.md, which lists the pictures beside it."""

from guide.files import LANGUAGES
from guide.screens.shots import PAGES

INDEX = PAGES.folder / "README.md"
HEAD = """# Ten pages of the portal

Each in both official languages, at a desk (1280 pixels) and on a phone (360), as a browser without script shows it.
A page that is very long is cut off.

`./run manage make_screens` makes the pictures anew, these and those of the guided tour (`static/img/tour/`). It takes
two minutes or so, and wants the demo's settings and Chromium; `--only tour` and `--only pages` make one set.

The pictures are taken of a portal of their own, in a database that is dropped afterwards: a pool of a few thousand
invented candidates, the demo's accounts, a clock that stands still and codes that come out the same, so that the same
portal gives the same pictures. `guide/screens/shots.py` says which there are; a test fails while one is missing, or
lies here without being in the list.

| Page | English | Français |
| --- | --- | --- |
"""
WORDS = {
    "home": "Home page",
    "question": "A question of the questionnaire",
    "verdict": "Verdict and personal reference code",
    "account": "Account",
    "tasks": "Task list of a profile",
    "errors": "Form with errors",
    "score": "Score, line by line",
    "what-if": "What if",
    "invitation": "Invitation to apply",
    "officers-round": "An officer’s preview of a round",
}


def index() -> str:
    """Return the page."""
    return HEAD + "".join(_line(screen.slug) for screen in PAGES.screens)


def _line(slug: str) -> str:
    cells = [_links(slug, language) for language in LANGUAGES]
    return f"| {' | '.join([WORDS[slug], *cells])} |\n"


def _links(slug: str, language: str) -> str:
    return ", ".join(f"[{size.name}]({PAGES.path_of(slug, size, language).name})" for size in PAGES.sizes)
