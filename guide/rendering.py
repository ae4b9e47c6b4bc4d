"""Content to HTML: Markdown without raw HTML, with expanders, notices, links by name, figures, terms and blocks.

A page is the same in its language on a day, so it is drawn once for both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape
from itertools import pairwise

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from guide.blocks import BLOCK, BLOCKS
from guide.errors import ContentError
from guide.figures import filled
from guide.files import ContentFile, library
from guide.terms import TERM, Term, terms

KEPT_PAGES = 512
HEADING = "h2"
NAME = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: the id it is linked by, the same in every language, and its words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A content file as it is shown: its HTML, its headings, and the terms that it uses, in the order of their use."""

    html: SafeString
    headings: Sequence[Heading]
    terms: Sequence[Term]


@lru_cache(KEPT_PAGES)
def drawn(file: ContentFile, on: date) -> Drawn:
    """Return a file as of a day, in its own language, which must be the active one. Raises ``ContentError``."""
    place = f"{file.language}/{file.key}.md"
    used: dict[str, Term] = {}
    text = _marked(filled(file.text, on, place), terms(file.language), used, place)
    tokens = _with_blocks(reader().parse(BLOCK.sub(r"\n\g<0>\n", text)), on, place)
    headings = list(_headings(tokens, place))
    _resolve_links(tokens, file.language, place)
    _name_heads(tokens)
    html = reader().renderer.render(tokens, reader().options, {})
    return Drawn(SafeString(html), headings, list(used.values()))


def _name_heads(tokens: Sequence[Token]) -> None:
    """Say what each head of a table is over; where the first corner is empty, the first of each row is a head too."""
    corner = first = False
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            first = True
        elif token.type == "th_open":
            empty = not tokens[number + 1].content
            corner = empty if first else corner
            _cell(tokens, number, None if empty else "col")
            first = False
        elif token.type == "td_open":
            if first and corner:
                _cell(tokens, number, "row")
            first = False


def _cell(tokens: Sequence[Token], number: int, scope: str | None) -> None:
    """Make a cell a head of a column or a row, or none."""
    tokens[number].tag = tokens[number + 2].tag = "th" if scope else "td"
    tokens[number].attrs = {"scope": scope} if scope else {}


def _with_blocks(tokens: Sequence[Token], on: date, place: str) -> list[Token]:
    """Return the tokens with each paragraph that names a block replaced by what the block draws, wherever it stands."""
    found: list[Token] = []
    following = iter(tokens)
    for token in following:
        if token.type == "inline" and (named := BLOCK.fullmatch(token.content)):
            found.pop()  # the paragraph's opening
            next(following)  # and its end
            found.append(Token("html_block", "", 0, content=_block(named[1], on, place)))
        else:
            found.append(token)
    return found


def _block(name: str, on: date, place: str) -> str:
    if name not in BLOCKS:
        raise ContentError(f"{place}: there is no block called <<{name}>>.")
    return BLOCKS[name].drawn(on)


def _marked(text: str, known: Mapping[str, Term], used: dict[str, Term], place: str) -> str:
    """Return the text with each marked term as a link to its meaning at the end of the page."""

    def link(match: re.Match[str]) -> str:
        key, words = match.groups()
        if key not in known:
            raise ContentError(f"{place}: terms.yaml does not explain {match.group()}.")
        used.setdefault(key, known[key])
        return f"[{words or known[key].word}](term:{key})"

    return TERM.sub(link, text)


def _headings(tokens: Sequence[Token], place: str) -> Iterator[Heading]:
    """Give each heading the name that stands behind its words in braces; yield those of the second level."""
    for token, following in pairwise(tokens):
        if token.type != "heading_open":
            continue
        words = (following.children or [])[-1]
        name = NAME.search(words.content)
        if name is None:
            raise ContentError(f"{place}: give the heading ‘{following.content}’ a name, like {{#name}}.")
        words.content = words.content[: name.start()]
        token.attrSet("id", name[1])
        if token.tag == HEADING:
            yield Heading(name[1], NAME.sub("", following.content))


def _resolve_links(tokens: Sequence[Token], language: str, place: str) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", address_of(str(child.attrGet("href")), language, place))


def address_of(target: str, language: str, place: str) -> str:
    """Return the address of a link's target.

    A target is ``pages/slug`` or another kind of file, with ``#heading`` if wanted; ``to:name`` for an address of the
    portal by its name, such as ``to:tools:funds``; ``term:key``; ``#heading`` of the same page; or ``https://…``.
    """
    kind, _colon, name = target.partition(":")
    if kind == "term":
        return f"#term-{name}"
    if target.startswith(("#", "https://")):
        return target
    if kind == "to":
        try:
            return reverse(name)
        except NoReverseMatch as error:
            raise ContentError(f"{place}: no page of the portal is called {name}.") from error
    key, _hash, heading = target.partition("#")
    if (found := library().get((language, key))) is None:
        raise ContentError(f"{place}: there is no {key}.md to link to.")
    return found.address + (f"#{heading}" if heading else "")


@cache
def reader() -> MarkdownIt:
    """The reader of Markdown: CommonMark without raw HTML, with tables, expanders and notices."""
    made = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    made.use(container_plugin, "more", validate=_has_words, render=_expander)
    made.use(container_plugin, "note", render=_notice)
    made.add_render_rule(
        "table_open", lambda *_rest: '<div class="table-scroll" tabindex="0"><table class="table">'
    )
    made.add_render_rule("table_close", lambda *_rest: "</table></div>")
    return made


def _has_words(told: str, *_rest: object) -> bool:
    return len(told.split(maxsplit=1)) == 2


def _expander(_renderer: RendererHTML, tokens: Sequence[Token], number: int, *_rest: object) -> str:
    """``::: more Words of the line`` until ``:::`` is a part that opens on request."""
    token = tokens[number]
    if token.nesting < 0:
        return "</div></details>\n"
    words = escape(token.info.strip().split(maxsplit=1)[1])
    return f'<details class="explain"><summary><span>{words}</span></summary><div class="explain__body">\n'


def _notice(_renderer: RendererHTML, tokens: Sequence[Token], number: int, *_rest: object) -> str:
    """``::: note`` until ``:::`` is a notice."""
    return '<div class="notice">\n' if tokens[number].nesting > 0 else "</div>\n"
