"""Every content file holds: its figures, links, blocks and words, in both languages, on old and coming days."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from guide import rendering, terms
from guide.blocks import BLOCK
from guide.errors import ContentError
from guide.figures import FIGURE
from guide.files import LANGUAGES, ContentFile, library

DAYS = (date(2018, 1, 1), date(2023, 6, 30), date(2026, 11, 23), date(2030, 2, 28))
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ .*\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)
ID = re.compile(r'\bid="([a-z0-9-]+)"')
TYPED_NUMBER = re.compile(r"(?<![\w#{./:-])\$?\d[\d,. ]*\d(?![\w}./:-])")
ALL = list(library().values())


def name_of(file: ContentFile) -> str:
    return f"{file.language}/{file.key}"


@pytest.fixture(params=ALL, ids=name_of)
def file(request: pytest.FixtureRequest) -> Iterator[ContentFile]:
    with translation.override(request.param.language):
        yield request.param


def test_every_file_can_be_shown_on_every_day(file: ContentFile) -> None:
    for on in DAYS:
        assert rendering.drawn(file, on).html


def test_a_link_within_the_site_leads_to_a_heading_that_is_there(file: ContentFile) -> None:
    for target in LINK.findall(file.text):
        key, _hash, heading = target.partition("#")
        if heading and ":" not in key:
            known = library()[file.language, key] if key else file
            assert heading in HEADING.findall(known.text), target


def test_no_heading_has_a_name_that_the_page_around_it_uses(file: ContentFile) -> None:
    around = (
        "layout",
        {
            "pages": "page",
            "topics": "topic",
            "help": "theme",
            "classroom": "classroom",
            "exercises": "exercise",
            "tour": "tour",
        }[file.kind],
    )
    folder = settings.BASE_DIR / "templates" / "guide"
    taken = {
        name for one in around for name in ID.findall((folder / f"{one}.html").read_text(encoding="utf-8"))
    }
    assert not taken.intersection(HEADING.findall(file.text))


def test_both_languages_have_the_same_headings_figures_links_blocks_and_words(file: ContentFile) -> None:
    if file.language != "en":
        return
    other = library()["fr", file.key]
    for pattern in (HEADING, LINK, BLOCK, terms.TERM):
        found, meant = (
            sorted(match[0] if isinstance(match, tuple) else match for match in pattern.findall(one.text))
            for one in (file, other)
        )
        assert found == meant, pattern.pattern
    assert sorted(match[:2] for match in FIGURE.findall(file.text)) == sorted(
        match[:2] for match in FIGURE.findall(other.text)
    )
    assert (file.front.order, file.front.see) == (other.front.order, other.front.see)


def test_no_figure_of_the_law_is_typed_into_a_page(file: ContentFile) -> None:
    """A year, a code of an occupation or a number of a form may be typed as `code`; a figure comes from the rules."""
    plain = FIGURE.sub("", re.sub(r"`[^`]*`", "", LINK.sub("", file.text)))
    assert TYPED_NUMBER.findall(plain) == []


def test_every_word_of_the_glossary_is_explained_in_both_languages() -> None:
    terms.require_same_keys()


def test_the_languages_of_the_content_are_those_of_the_site() -> None:
    assert [code for code, _name in settings.LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ funds.tabel amounts.0 }}", "names nothing that holds"),
        ("{{ funds.table amounts.99 }}", "names nothing that holds"),
        ("{{ funds.table amounts }}", "several parts"),
        ("{{ lifecycle.draft_days | moneys }}", "names nothing that holds"),
        ("[[no-such-word]]", "does not explain"),
        ("[there](pages/nowhere)", "there is no pages/nowhere.md"),
        ("[there](to:nowhere)", "no page of the portal"),
        ("<<nothing>>", "there is no block"),
        ("## No name", "give the heading"),
    ],
)
def test_what_is_gone_is_told_with_the_file_that_names_it(text: str, said: str) -> None:
    first = ALL[0]
    broken = ContentFile(first.path, first.kind, first.slug, first.language, first.front, text, 1)
    with translation.override(first.language), pytest.raises(ContentError, match=said) as told:
        rendering.drawn(broken, DAYS[-1])
    assert f"{first.language}/{first.key}.md" in str(told.value)


def test_raw_html_in_a_file_is_shown_as_text_and_never_as_html() -> None:
    first = ALL[0]
    told = ContentFile(first.path, first.kind, first.slug, "en", first.front, "a <script>x</script> b", 1)
    assert "<script>" not in rendering.drawn(told, DAYS[-1]).html


def test_a_block_stands_where_its_line_is_even_inside_an_expander() -> None:
    first = ALL[0]
    text = "::: more Opens\nBefore\n<<program-order>>\nAfter\n:::\n\nOutside"
    told = ContentFile(first.path, first.kind, first.slug, "en", first.front, text, 1)
    html = rendering.drawn(told, DAYS[-1]).html
    places = [html.index(part) for part in ("<details", "Before", "<ol>", "After", "</details>", "Outside")]
    assert places == sorted(places)
    assert ":::" not in html
    assert "<p><ol>" not in html


def test_a_file_without_its_twin_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "pages"
    folder.mkdir(parents=True)
    (folder / "lonely.md").write_text("---\ntitle: A\nsummary: B\norder: 1\nchanged: 2026-11-23\n---\nText\n")
    with pytest.raises(ContentError, match=r"pages/lonely\.md is there in en but not in fr"):
        library(tmp_path)


def test_heads_of_tables_say_what_they_are_over() -> None:
    first = ALL[0]
    text = "| | Who |\n| --- | --- |\n| What | Me |\n\n| A | B |\n| --- | ---: |\n| 1 | 2 |"
    told = ContentFile(first.path, first.kind, first.slug, "en", first.front, text, 1)
    html = re.sub(r"\s+", "", rendering.drawn(told, DAYS[-1]).html)
    assert '<td></td><thscope="col">Who</th>' in html
    assert '<thscope="row">What</th><td>Me</td>' in html
    assert '<thscope="col">B</th>' in html
    assert "<td>1</td>" in html
