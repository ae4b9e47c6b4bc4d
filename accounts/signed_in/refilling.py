"""Put what was typed back into the form of a page: the page as the portal makes it, the values as they were sent.

One way for every page, whatever made its form. Nothing is judged and nothing saved: that is for the button.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Typed = Mapping[str, Sequence[str]]
UNSEEN = frozenset({"hidden", "submit", "button", "image", "reset", "password", "file"})
UNTOUCHED = UNSEEN - {"hidden"}
CHOSEN = frozenset({"checkbox", "radio"})
ASKING = frozenset({"input", "select", "textarea"})
FIELD_OF_DJANGO = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Piece:
    """A piece of a page as it stands there; ``tag`` is empty for text, and ``/tag`` where an element ends."""

    text: str
    tag: str = ""
    attributes: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag

    @property
    def is_seen(self) -> bool:
        """Whether somebody can type or choose something here."""
        return self.tag in ASKING and self.kind not in UNSEEN


@dataclass(frozen=True)
class Refilled:
    """A page up to its form, the rest of it with the values in their fields, and what found no field."""

    before: str
    rest: str
    left_over: dict[str, list[str]]


def refill(page: str, typed: Typed, path: str) -> Refilled | None:
    """Return a page with what was typed in that of its forms which asks for most of it; None if none asks for any.

    ``path`` is the page's own, to which a form without an ``action`` is sent.
    """
    pieces = list(pieces_of(page))
    forms = [(form, pieces[form]) for form in forms_of(pieces, path)]
    found, inside = max(forms, key=lambda form: _asked(form[1], typed), default=(slice(0), []))
    if not _asked(inside, typed):
        return None
    known = {piece.name for piece in inside}
    left_over = {name: [*values] for name, values in typed.items() if name not in known and any(values)}
    filled = "".join(fill(inside, typed))
    return Refilled(_text(pieces[: found.start]), filled + _text(pieces[found.stop :]), left_over)


def forms_of(pieces: Sequence[Piece], path: str) -> Iterator[slice]:
    """Return where the forms of a page stand that are sent by POST to the page itself."""
    begun: int | None = None
    for place, piece in enumerate(pieces):
        if piece.tag == "form":
            own = (piece.attributes.get("action") or path) == path
            posts = (piece.attributes.get("method") or "").lower() == "post"
            begun = place if own and posts else None
        elif piece.tag == "/form" and begun is not None:
            yield slice(begun, place)
            begun = None


def fill(pieces: Sequence[Piece], typed: Typed) -> Iterator[str]:
    """Return the pieces of a form with the values in its fields; several fields of one name take them in turn."""
    waiting = {name: list(values) for name, values in typed.items()}
    select = textarea = ""
    for piece in pieces:
        if piece.tag == "select":
            select = piece.name
        elif piece.tag == "/select":
            select = ""
        elif piece.tag == "/textarea":
            textarea = ""
        if piece.tag == "input":
            yield _input(piece, typed, waiting)
        elif piece.tag == "option" and select in typed:
            yield _marked(piece, "selected", piece.attributes.get("value") in typed[select])
        elif piece.tag == "textarea" and waiting.get(piece.name):
            textarea = piece.name
            yield piece.text + "\n" + escape(waiting[textarea].pop(0))
        elif not textarea:
            yield piece.text


def _input(piece: Piece, typed: Typed, waiting: dict[str, list[str]]) -> str:
    if piece.kind in CHOSEN:
        chosen = (piece.attributes.get("value") or "on") in typed.get(piece.name, ())
        return _marked(piece, "checked", chosen)
    if piece.kind in UNTOUCHED or piece.name == FIELD_OF_DJANGO or not waiting.get(piece.name):
        return piece.text
    return _tag(piece, {**piece.attributes, "value": waiting[piece.name].pop(0)})


def _marked(piece: Piece, mark: str, wanted: bool) -> str:
    others = {name: value for name, value in piece.attributes.items() if name != mark}
    return _tag(piece, {**others, mark: None} if wanted else others)


def _tag(piece: Piece, attributes: Mapping[str, str | None]) -> str:
    told = (name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{' '.join([piece.tag, *told])}>"


def _asked(pieces: Sequence[Piece], typed: Typed) -> int:
    return len({piece.name for piece in pieces if piece.is_seen} & typed.keys())


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def pieces_of(page: str) -> list[Piece]:
    """Return a page cut into its pieces; joined, they are the page."""
    cutter = Cutter()
    cutter.feed(page)
    cutter.close()
    return cutter.pieces


class Cutter(HTMLParser):
    """Cuts a page into its pieces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(Piece(self.get_starttag_text() or "", tag, dict(attrs)))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(Piece(f"</{tag}>", f"/{tag}"))

    def handle_data(self, data: str) -> None:
        self.pieces.append(Piece(data))

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(Piece(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.pieces.append(Piece(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece(f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(Piece(f"<!{decl}>"))
