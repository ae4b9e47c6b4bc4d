"""The ways through the public site: from the home page to each of its pages, in few steps."""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from guide.files import LANGUAGES, library
from guide.urls import urlpatterns

pytestmark = pytest.mark.django_db
MOST_LINKS = 3
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)')


def in_the_guide(path: str) -> bool:
    try:
        return resolve(path).namespace == "guide"
    except Resolver404:
        return False


def links_needed(client: Client, home: str) -> dict[str, int]:
    """Return how many links lead from a home page to each page of the guide, through the guide alone."""
    steps, found = {home: 0}, [home]
    for path in found:
        if steps[path] == MOST_LINKS:
            continue
        for link in LINK.findall(client.get(path).content.decode()):
            if link.startswith(home) and link not in steps and in_the_guide(link):
                steps[link] = steps[path] + 1
                found.append(link)
    return steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_at_most_three_links_from_home(client: Client, language: str) -> None:
    reached = links_needed(client, f"/{language}/")
    with override(language):
        pages = {
            file.address.partition("#")[0] for (code, _key), file in library().items() if code == language
        }
        names = {resolve(path).url_name for path in reached}
    assert sorted(pages - reached.keys()) == []
    assert {pattern.name for pattern in urlpatterns if not pattern.pattern.converters} - names == set()


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/en/help/?q=language+test", "/fr/help/?q=language+test"),
        ("/fr/guide/check-your-score/", "/en/guide/check-your-score/"),
        ("/en/topics/", "/fr/topics/"),
        ("/fr/glossary/", "/en/glossary/"),
    ],
)
def test_the_other_language_shows_the_same_page(client: Client, here: str, there: str) -> None:
    page = client.get(here).content.decode()
    switch = re.search(r'class="header__lang"\s+href="([^"]+)"', page)
    assert switch is not None
    assert switch[1] == there
    assert client.get(there).status_code == 200
