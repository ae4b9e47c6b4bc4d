"""Every field of every page of a profile, with forty hostile values: refused at the field, or saved as it may be."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.encoding import force_str

from profiles.pages import Page, as_sent, sent_as
from profiles.sections import shown
from tests.factories import AT
from tests.hostile import HOSTILE
from tests.personas import Answers
from tests.profiles.whole import ben_with_all

ON = AT.date()
MOST_SAMPLED = 4
LONGEST_MESSAGE = 400
ANSWERS = ben_with_all()


def pages() -> list[tuple[str, int | None]]:
    """Return every page of a draft that has fields: sections, entries, and a new entry."""
    found: list[tuple[str, int | None]] = []
    for section in shown(ANSWERS):
        entries = section.entries.of(section.part(ANSWERS)) if section.entries else []
        places = [None, *range(1, len(entries) + 1), *([0] if section.entries else [])]
        found += [(section.slug, index) for index in places if list(page(section.slug, index))]
    return found


def page(slug: str, index: int | None, typed: QueryDict | None = None, answers: Answers = ANSWERS) -> Page:
    section = next(section for section in shown(answers) if section.slug == slug)
    return Page(section, answers, ON, index, typed)


def sent(shown_page: Page) -> dict[str, list[str]]:
    """Return what a browser sends for a page as it stands."""
    return {name: values for bound in shown_page for name, values in as_sent(bound).items()}


def names(shown_page: Page) -> list[str]:
    return [name for bound in shown_page for name in sent_as(bound)]


def check(slug: str, index: int | None, name: str, values: list[str]) -> None:
    """Send a page with these values in one field: wrong is said at a field, right is what the page then shows."""
    told = sent(page(slug, index)) | {name: values}
    judged = page(slug, index, as_query(told))
    if not judged.is_valid():
        problems = judged.problems()
        assert problems or judged.non_field_errors(), (name, values[0][:40])
        for problem in problems:
            assert problem.label
            assert 10 < len(problem.message) < LONGEST_MESSAGE, problem.message
            assert "\x00" not in problem.message
        return
    answer = judged.told() if index is None else judged.forms[0].answer()
    # What a database takes: no NUL, no half of a pair, no number without end.
    stored = force_str(json.dumps(answer, ensure_ascii=False, allow_nan=False).encode())
    assert "\\u0000" not in stored
    assert all(text.isprintable() for text in texts(answer)), answer


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def as_query(told: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in told.items():
        query.setlist(name, values)
    return query


@pytest.mark.parametrize(("slug", "index"), pages())
def test_each_field_meets_some_of_the_values(slug: str, index: int | None) -> None:
    for place, name in enumerate(names(page(slug, index))):
        for turn in range(MOST_SAMPLED):
            value = HOSTILE[(place + turn * (len(HOSTILE) // MOST_SAMPLED)) % len(HOSTILE)]
            check(slug, index, name, [value])


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "index"), pages())
def test_each_field_meets_every_value_alone_and_as_one_of_several(slug: str, index: int | None) -> None:
    for name in names(page(slug, index)):
        for value in HOSTILE:
            check(slug, index, name, [value])
        check(slug, index, name, [*HOSTILE[:5], *HOSTILE[-5:]])
        check(slug, index, name, [])


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value[:12]))
def test_a_page_meets_a_value_in_all_its_fields_at_once(value: str) -> None:
    for slug, index in pages():
        judged = page(slug, index, as_query({name: [value] for name in names(page(slug, index))}))
        if judged.is_valid():
            answer = judged.told() if index is None else judged.forms[0].answer()
            assert all(text.isprintable() for text in texts(answer)), answer
