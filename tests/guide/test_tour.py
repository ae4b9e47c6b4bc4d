"""The guided tour tells each of its screens, with a picture in each language that is there and small."""

import re
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from guide.files import LANGUAGES, library, listed
from guide.screens.shots import TOUR
from guide.touring import tour_on
from tests.guide.webp import dimensions

ON = date(2026, 11, 23)
PROMISED_MINUTES = 4.5
IMAGE = re.compile(
    r'<(?:img|source)\b[^>]*\b(?:src|srcset)="/static/([^"]+)"[^>]*?width="(\d+)"[^>]*?height="(\d+)"',
    re.DOTALL,
)
ALT = re.compile(r'<img\b[^>]*?\balt="([^"]*)"', re.DOTALL)
MOST_BYTES_OF_ONE, MOST_BYTES_OF_ALL = 90_000, 2_500_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_are_the_screens_that_the_command_takes(language: str) -> None:
    assert [file.slug for file in listed("tour", language)] == [screen.slug for screen in TOUR.screens]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_in_the_time_of_the_founding_video(language: str) -> None:
    with translation.override(language):
        assert tour_on(language, ON).minutes == PROMISED_MINUTES


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_on_the_page_is_there_in_the_size_told_and_with_a_text(
    client: Client, language: str
) -> None:
    page = client.get(f"/{language}/tour/").content.decode()
    pictures = IMAGE.findall(page)
    assert len(pictures) == len(TOUR.screens) * len(TOUR.sizes)
    for static, width, height in pictures:
        assert f"-{language}." in static
        found = finders.find(static)
        assert found, static
        assert dimensions(found) == (int(width), int(height))
    told = ALT.findall(page)
    assert len(set(told)) == len(TOUR.screens)
    assert all(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_step_leads_to_its_place_on_the_page(language: str) -> None:
    with translation.override(language):
        assert library()[language, "tour/score"].address == f"/{language}/tour/#score"


def test_the_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in TOUR.paths()]
    assert max(sizes) <= MOST_BYTES_OF_ONE
    assert sum(sizes) <= MOST_BYTES_OF_ALL
