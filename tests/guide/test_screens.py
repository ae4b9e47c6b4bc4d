"""The pictures of the portal's pages: those that are listed are there, and the command's parts can take them."""

import secrets
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guide.files import LANGUAGES
from guide.screens.camera import Camera, NotShown
from guide.screens.index import INDEX, WORDS, index
from guide.screens.people import Cast, make
from guide.screens.portal import INSTANT
from guide.screens.shots import ALBUMS, ENDING, NOBODY, PAGES, TOUR, Album
from guide.screens.standing import chance_from, clock_standing_at
from guide.screens.taking import Picture, in_each_language
from lifecycle import clock
from tests.guide.webp import dimensions

PICTURES_OF_PAGES = 40
RANDBELOW = secrets.randbelow
MOST_BYTES = 4_300_000


@pytest.mark.parametrize("album", ALBUMS, ids=lambda album: album.name)
def test_each_picture_that_is_listed_is_there_and_no_other(album: Album) -> None:
    assert set(album.folder.glob(f"*.{ENDING}")) == set(album.paths())


def test_there_are_ten_pages_in_both_languages_at_a_desk_and_on_a_phone() -> None:
    assert len(PAGES.screens) == len(WORDS) == 10
    assert len(list(PAGES.paths())) == PICTURES_OF_PAGES
    assert sum(path.stat().st_size for path in PAGES.paths()) <= MOST_BYTES
    for size in PAGES.sizes:
        paths = [PAGES.path_of(one.slug, size, language) for one in PAGES.screens for language in LANGUAGES]
        assert {dimensions(path)[0] for path in paths} == {size.width}


def test_the_index_lists_them() -> None:
    assert INDEX.read_text(encoding="utf-8") == index()
    assert all(path.name in index() for path in PAGES.paths())


def test_clock_and_chance_stand_still_and_go_on_afterwards() -> None:
    before = clock.real_now()
    with clock_standing_at(INSTANT):
        assert clock.real_now() == INSTANT
    assert clock.real_now() == before
    drawn = []
    for _turn in range(2):
        with chance_from(7):
            drawn.append([secrets.randbelow(10**9), secrets.choice("ABCDEFGH")])
    assert drawn[0] == drawn[1]
    assert secrets.randbelow is RANDBELOW


def test_without_a_demo_or_without_chromium_the_command_says_so_at_once(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="EEPORTAL_DEMO"):
        call_command("make_screens")
    settings.DEMO = True
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="apt-get install chromium"):
        call_command("make_screens")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_commands_parts_take_pictures_of_a_portal(browser: Any, live_server: Any, settings: Any) -> None:
    settings.DEMO = True
    taken: list[Picture] = []
    with clock_standing_at(INSTANT), chance_from(7):
        camera, cast = Camera(browser, live_server.url), make(INSTANT)
        for slug, size in (("tasks", TOUR.sizes[1]), ("score", TOUR.sizes[0])):
            screen = next(one for one in TOUR.screens if one.slug == slug)
            taken += in_each_language(TOUR, screen, size, camera, cast)
    assert [path.name for path, _picture in taken] == [
        f"{slug}-{language}.{ENDING}" for slug in ("tasks-narrow", "score-wide") for language in LANGUAGES
    ]
    assert len({picture for _path, picture in taken}) == len(taken)
    assert all(picture[8:12] == b"WEBP" for _path, picture in taken)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_that_leads_elsewhere_is_not_taken_for_another(browser: Any, live_server: Any) -> None:
    stranger = Cast({NOBODY: {}}, {"account": "account/"})
    screen = replace(PAGES.screens[0], page="account")
    with pytest.raises(NotShown, match="/login/"):
        list(in_each_language(PAGES, screen, PAGES.sizes[0], Camera(browser, live_server.url), stranger))
