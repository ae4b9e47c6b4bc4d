"""English pages ask for eight years of school at most, French ones are plain, by a standard formula each."""

from datetime import date

import pytest
from django.utils import translation

from guide.files import ContentFile, library
from guide.rendering import drawn
from tests.guide.readability import ease, grade, syllables

ON = date(2026, 11, 23)
HIGHEST_GRADE = 8.0
LEAST_EASE = 60.0


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("pool", "en", 1), ("profile", "en", 2), ("invitation", "en", 4), ("table", "en", 2), ("dated", "en", 2),
        ("asked", "en", 1), ("bassin", "fr", 2), ("notes", "fr", 1), ("programme", "fr", 2), ("invité", "fr", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


def test_a_hard_text_is_told_from_a_plain_one() -> None:
    plain = "<p>You wait in the pool. Each round takes the best. You may be asked to come.</p>"
    hard = "<p>Notwithstanding preceding considerations, administrative determinations necessitate documentation.</p>"
    assert grade(plain) < HIGHEST_GRADE < grade(hard)
    facile = "<p>Vous attendez dans le bassin. Chaque ronde prend les meilleurs. On peut vous inviter.</p>"
    dur = "<p>Nonobstant les considérations préalables, la détermination administrative nécessite documentation.</p>"
    assert ease(facile) > LEAST_EASE > ease(dur)


@pytest.mark.parametrize("file", library().values(), ids=lambda file: f"{file.language}/{file.key}")
def test_a_page_is_plain_to_read(file: ContentFile) -> None:
    with translation.override(file.language):
        html = f"<p>{file.front.summary}</p>{drawn(file, ON).html}"
    if file.language == "en":
        assert grade(html) <= HIGHEST_GRADE
    else:
        assert ease(html) >= LEAST_EASE
