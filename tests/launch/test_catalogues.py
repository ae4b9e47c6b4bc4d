"""Texts are found wherever they are marked, translations are kept, and a poor one is told."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from eeportal import catalogues
from eeportal.catalogues import verify, write
from eeportal.catalogues.collect import texts

TEMPLATE = """
{% load i18n %}
  <p title="{% translate "A title" %}">{{ _("In a variable") }}</p>
    {% blocktranslate trimmed with name=who %}
      Good morning,
      {{ name }}.
    {% endblocktranslate %}
{% blocktranslate count days=n trimmed %}{{ days }} day{% plural %}{{ days }} days{% endblocktranslate %}
{% translate "May" context "month" %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext
A = _("One sentence "
      "in two pieces.")
B = ngettext("%(n)s round", "%(n)s rounds", 2)
"""


def found(path: Path, text: str) -> list[object]:
    path.write_text(text)
    return [(context, message) if context else message for _line, message, _notes, context in texts(path)]


def test_texts_of_a_template_are_found(tmp_path: Path) -> None:
    assert found(tmp_path / "page.html", TEMPLATE) == [
        "A title",
        "In a variable",
        "Good morning, %(name)s.",
        ("%(days)s day", "%(days)s days"),
        ("month", "May"),
    ]


def test_texts_of_code_are_found(tmp_path: Path) -> None:
    assert found(tmp_path / "code.py", CODE) == [
        "One sentence in two pieces.",
        ("%(n)s round", "%(n)s rounds"),
    ]


def catalog(*entries: tuple[str, str]) -> Catalog:
    made = Catalog(locale="fr", charset="utf-8")
    for text, translation in entries:
        made.add(text, translation)
    return made


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of catalogues."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    monkeypatch.setattr(verify, "ALLOWED", tmp_path / "identical.yaml")
    return tmp_path


def test_a_translation_is_kept_and_an_unused_one_goes(files: Path) -> None:
    write.save("fr", catalog(("Yes", "Oui"), ("Gone", "Parti")))
    merged = write.merge("fr", catalog(("Yes", ""), ("No", "")))
    assert {message.id: message.string for message in merged if message.id} == {"Yes": "Oui", "No": ""}


def test_the_same_texts_make_the_same_bytes(files: Path) -> None:
    entries = [("Yes", "Oui"), ("No", "Non"), ("%(n)s days", "%(n)s jours")]
    write.save("fr", catalog(*entries))
    first = (catalogues.po("fr").read_bytes(), catalogues.mo("fr").read_bytes())
    write.save("fr", catalog(*reversed(entries)))
    assert (catalogues.po("fr").read_bytes(), catalogues.mo("fr").read_bytes()) == first
    assert b"Creation-Date" not in first[0]


def problems(check: Callable[..., Iterable[verify.Finding]], *arguments: Catalog) -> str:
    return " ".join(finding.problem for finding in check("fr", *arguments))


@pytest.mark.parametrize(
    ("text", "translation", "problem"),
    [
        ("Yes", "", "no translation"),
        ("Portal", "Portal", "same as in English"),
        ("%(n)s of %(all)s", "%(n)s de %(total)s", "other places"),
        ("{name} is here", "Quelqu'un est ici", "other places"),
        ("A <strong>word</strong>", "Un mot", "other places or tags"),
    ],
)
def test_a_poor_translation_is_told(files: Path, text: str, translation: str, problem: str) -> None:
    assert problem in problems(verify.fitness, catalog((text, translation)))


def test_a_fit_translation_passes(files: Path) -> None:
    assert problems(verify.fitness, catalog(("%(n)s of %(all)s", "%(n)s sur %(all)s"), ("Yes", "Oui"))) == ""


def test_a_text_that_must_be_the_same_is_allowed_with_a_reason(files: Path) -> None:
    (files / "identical.yaml").write_text("- text: Portal\n  why: a name\n")
    assert problems(verify.fitness, catalog(("Portal", "Portal"))) == ""


def test_an_allowance_that_nothing_uses_is_told(files: Path) -> None:
    (files / "identical.yaml").write_text("- text: Portal\n  why: a name\n")
    assert "nothing uses it" in problems(verify.fitness, catalog(("Yes", "Oui")))


def test_missing_and_unused_texts_are_told(files: Path) -> None:
    told = problems(verify.completeness, catalog(("Yes", "")), catalog(("No", "Non")))
    assert "is not in the file" in told
    assert "nothing uses it" in told
