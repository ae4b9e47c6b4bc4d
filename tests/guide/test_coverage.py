"""The page that says where each row of the real site's features is, is complete, and what it names is there."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from guide.files import KINDS, LANGUAGES, library

PAGE = Path(settings.BASE_DIR) / "docs" / "coverage.md"
ROWS = [*range(1, 25), *range(52, 57), 66]
ROW = re.compile(r"^\| (\d+) \| (.+) \| (.+) \|$", re.MULTILINE)
ADDRESS = re.compile(r"`(/[^`#]*)(?:#([a-z0-9-]+))?`")
TOLD = {int(number): where for number, _what, where in ROW.findall(PAGE.read_text(encoding="utf-8"))}
ADDRESSES = sorted(set(chain.from_iterable(ADDRESS.findall(where) for where in TOLD.values())))


def test_each_row_has_its_page() -> None:
    assert list(TOLD) == ROWS
    assert [number for number, where in TOLD.items() if not ADDRESS.search(where)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("address", "heading"), ADDRESSES)
def test_each_address_is_there_in_both_languages(address: str, heading: str, language: str) -> None:
    path = re.sub(r"^/en/", f"/{language}/", address)
    with translation.override(language):
        try:
            found = resolve(path)
        except Resolver404:
            pytest.fail(f"{path} leads nowhere.")
    kind = found.url_name
    if found.namespace == "guide" and kind in KINDS and found.kwargs:
        file = library()[language, f"{kind}/{found.kwargs['slug']}"]
        assert not heading or f"{{#{heading}}}" in file.text
