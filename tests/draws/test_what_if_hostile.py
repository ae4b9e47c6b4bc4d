"""Hostile input on the pages of 'What if?': no page breaks, nothing wrong is kept, nothing typed runs."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from draws.what_if.parts import PARTS
from profiles import scenarios
from profiles.models import Scenario
from profiles.scenarios import basis_of, read
from rules.facts import dump
from tests import factories
from tests.factories import AT
from tests.hostile import HOSTILE
from tests.personas import BEN
from tests.profiles.reading import filled_in

pytestmark = pytest.mark.django_db
PAGE = "/en/account/what-if/"
ON = AT.date()
SAMPLED = 10
SAME_FORMS = {"partner-languages", "partner-study", "partner-first-language"}
PLACES = [f"{part.slug}/{'add/' if part.entries else ''}" for part in PARTS if part.slug not in SAME_FORMS]


def send(client: Client, address: str, told: dict[str, Any]) -> Any:
    """Send a form as a browser would, whatever bytes stand in it."""
    body = urlencode(told, doseq=True, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


@pytest.fixture
def plan(client: Client) -> Scenario:
    """Ben's scenario, and his browser, which lets errors through."""
    account = factories.account(BEN)
    factories.profile(BEN)
    client.force_login(account)
    client.raise_request_exception = True
    basis = basis_of(account.pk, AT)
    assert basis is not None
    return scenarios.begin(account_id=account.pk, name="Plan", candidate=basis.facts, at=AT)


def names_on(client: Client, address: str) -> list[str]:
    """Return the names of all fields of a page that a person fills."""
    form = client.get(address).context["form"]
    names = []
    for bound in form:
        parts = getattr(bound.field.widget, "widgets", None)
        names += (
            [f"{bound.html_name}_{part}" for part in ("day", "month", "year")] if parts else [bound.html_name]
        )
    return names


@pytest.mark.parametrize("place", ["name/", *PLACES])
def test_no_value_in_any_field_breaks_a_page_or_is_kept_wrong(
    client: Client, plan: Scenario, place: str
) -> None:
    try_values(client, plan, place, one_in=SAMPLED)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["name/", *PLACES])
def test_none_of_all_values_in_any_field_does(client: Client, plan: Scenario, place: str) -> None:
    try_values(client, plan, place, one_in=1)


def try_values(client: Client, plan: Scenario, place: str, *, one_in: int) -> None:
    """Send every field of a page with every value, or with some of them, another choice for each field."""
    address = f"{PAGE}{plan.pk}/{place}"
    told = filled_in(client.get(address))
    for number, name in enumerate(names_on(client, address)):
        for value in HOSTILE[number % one_in :: one_in]:
            response = send(client, address, told | {name: value})
            assert response.status_code in {200, 302, 404}, (name, value[:40])
            assert b"<script>alert" not in response.content
            kept = Scenario.objects.get(pk=plan.pk).facts
            assert dump(read(kept, ON)) == {**kept, "as_of": ON.isoformat()}
            if response.status_code == 302:
                Scenario.objects.filter(pk=plan.pk).update(facts=plan.facts, name=plan.name)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_name_and_no_step_breaks_the_beginning(client: Client, plan: Scenario, value: Any) -> None:
    for told in ({"name": value}, {"step": value}):
        assert send(client, f"{PAGE}add/", told).status_code in {200, 302}
    Scenario.objects.exclude(pk=plan.pk).delete()
    query = urlencode({"beside": value[:2000]}, errors="surrogatepass")
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_a_name_is_shown_as_it_was_typed_and_never_as_markup(client: Client, plan: Scenario) -> None:
    Scenario.objects.filter(pk=plan.pk).update(name="<script>alert(1)</script>")
    for address in (PAGE, f"{PAGE}{plan.pk}/", f"{PAGE}{plan.pk}/funds/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
