"""The pages of the help centre and the glossary, as they are asked for."""

import pytest
from django.test import Client

from guide.files import listed
from guide.forms import LONGEST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("en", "forgot password", "/en/help/account/#locked-out"),
        ("fr", "mot de passe oublié", "/fr/help/account/#locked-out"),
    ],
)
def test_what_is_typed_is_answered_with_links(client: Client, language: str, typed: str, shown: str) -> None:
    page = client.get(f"/{language}/help/", {"q": typed}).content.decode()
    assert shown in page


def test_what_it_is_about_chooses_and_is_not_shown_as_typed(client: Client) -> None:
    asked = {"q": "What is it used for?", "about": "Which is your primary occupation?"}
    page = client.get("/en/help/", asked).content.decode()
    assert page.index("/en/help/work/#primary-occupation") > page.index('id="found"')
    assert "Which is your primary occupation?" not in page


@pytest.mark.parametrize(
    "typed", ["", "   ", "x" * (LONGEST + 1), "<script>alert(1)</script>", "%", "é" * LONGEST]
)
def test_whatever_is_typed_the_page_is_there_with_every_theme(client: Client, typed: str) -> None:
    answer = client.get("/en/help/", {"q": typed, "about": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert all(f"/en/help/{file.slug}/" in page for file in listed("help", "en"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_theme_and_the_glossary_are_there(client: Client, language: str) -> None:
    for path in [
        f"/{language}/glossary/",
        *(f"/{language}/help/{one.slug}/" for one in listed("help", language)),
    ]:
        answer = client.get(path)
        assert answer.status_code == 200
        ids = [piece.split('"')[0] for piece in answer.content.decode().split(' id="')[1:]]
        assert len(ids) == len(set(ids)), path
