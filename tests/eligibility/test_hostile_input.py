"""Whatever is sent, a page answers: the form again, another page, or 'not found'."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.questions import QUESTIONS
from eligibility.sheet import Place
from tests.personas import BEN

pytestmark = pytest.mark.django_db
HOSTILE = [
    "\x00",
    "a\x00b",
    "9" * 5000,
    "-1",
    "1e999",
    "NaN",
    "٣",
    "½",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "😀" * 100,
    "none",
    "{}",
    "[]",
    "\u202e",
    "undecided",
]


def places() -> list[Place]:
    """Return every screen there is; of a list that of its second entry."""
    found = [Place(question) for question in QUESTIONS]
    for question in QUESTIONS:
        if question.kind != "plain":
            number = 2 if question.kind == "list" else None
            found += [Place(question, step, number) for step in question.steps]
    return found


def names_of(client: Client, url: str) -> list[str]:
    page = client.get(url)
    if page.status_code != 200 or "form" not in page.context:
        return ["answered"]
    return [part for name in page.context["form"].fields for part in (name, f"{name}_day", f"{name}_year")]


@pytest.mark.parametrize("place", places(), ids=lambda place: place.question.slug)
def test_every_screen_survives_hostile_values(visitor: Callable[..., Client], place: Place) -> None:
    client = visitor(BEN)
    names = names_of(client, place.url)
    for value in HOSTILE:
        response = client.post(place.url, dict.fromkeys(names, value))
        assert response.status_code in {200, 302}, (place.url, value)


@pytest.mark.parametrize("place", places(), ids=lambda place: place.question.slug)
def test_every_screen_survives_values_sent_several_times_and_not_at_all(
    visitor: Callable[..., Client], place: Place
) -> None:
    client = visitor(BEN)
    names = names_of(client, place.url)
    for sent in ({name: ["yes", "no", "\x00"] for name in names}, {}, {"unknown": "1"}):
        assert client.post(place.url, sent).status_code in {200, 302}, (place.url, sent)


@pytest.mark.parametrize(
    "address",
    [
        "work/0/occupation/",
        "work/999999999999999999999/occupation/",
        "work/-1/occupation/",
        "work/1/remove/extra/",
        "province%00/",
        "..%2f..%2fetc/",
        "work/1/occupation/?title=%00",
        "work/1/occupation/?title=" + "x" * 4000,
        "work/1/occupation/?title=a&title=b",
    ],
)
def test_hostile_addresses_are_answered(visitor: Callable[..., Client], address: str) -> None:
    assert visitor(BEN).get(f"/en/eligibility/{address}").status_code in {200, 302, 404}


def test_nothing_typed_is_taken_for_markup(visitor: Callable[..., Client]) -> None:
    client = visitor(BEN)
    text = client.get("/en/eligibility/work/2/occupation/", {"title": "<b>x</b>"}).content.decode()
    assert "<b>x</b>" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.text(st.characters(codec="utf-8"), max_size=60),
    name=st.sampled_from(
        ["hours_per_week", "start_date_day", "start_date_year", "country", "unusual", "end_date_month"]
    ),
)
def test_a_job_survives_any_text(visitor: Callable[..., Client], name: str, value: str) -> None:
    client = visitor(BEN)
    assert client.post("/en/eligibility/work/1/details/", {name: value}).status_code in {200, 302}
