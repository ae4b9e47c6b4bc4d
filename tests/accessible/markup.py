"""A page as its elements: what stands in what, with which attributes and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

NEVER_CLOSED = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(NEVER_CLOSED.split())
Attributes = list[tuple[str, str | None]]


@dataclass
class Element:
    """A tag with its attributes; ``words`` are its own and those of everything in it, once it is closed."""

    tag: str
    told: dict[str, str]
    inside: "Element | None"
    words: str = ""

    def within(self) -> Iterator["Element"]:
        """What it stands in, from the nearest."""
        outer = self.inside
        while outer:
            yield outer
            outer = outer.inside

    def has(self, name: str) -> bool:
        return name in self.told

    @property
    def classes(self) -> list[str]:
        return self.told.get("class", "").split()

    def __str__(self) -> str:
        shown = [
            f'{name}="{self.told[name]}"' for name in ("id", "name", "class", "href") if name in self.told
        ]
        return f"<{' '.join([self.tag, *shown])}>"


@dataclass
class Markup:
    """The elements of a page in their order, and the tags that are closed wrongly."""

    elements: list[Element] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)

    def of(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def by_id(self) -> dict[str, Element]:
        return {element.told["id"]: element for element in self.elements if element.has("id")}


class Reader(HTMLParser):
    """Reads a page into ``markup``."""

    def __init__(self) -> None:
        super().__init__()
        self.markup = Markup()
        self.open: list[tuple[Element, int]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        element = self.add(tag, attrs)
        if tag not in VOID:
            self.open.append((element, len(self.said)))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0].tag != tag:
            inside = self.open[-1][0] if self.open else "nothing"
            self.markup.misplaced.append(f"</{tag}> in {inside}")
            return
        element, begun = self.open.pop()
        element.words = " ".join("".join(self.said[begun:]).split())

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def add(self, tag: str, attrs: Attributes) -> Element:
        told = {name: value or "" for name, value in attrs}
        element = Element(tag, told, self.open[-1][0] if self.open else None)
        self.markup.elements.append(element)
        if told.get("alt") or (told.get("aria-label") and tag != "main"):
            self.said.append(f" {told.get('alt') or told['aria-label']} ")
        return element


def read(page: str) -> Markup:
    """Return a page's elements; what is never closed is misplaced too."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    reader.markup.misplaced += [f"{element} is never closed" for element, _begun in reader.open]
    return reader.markup
