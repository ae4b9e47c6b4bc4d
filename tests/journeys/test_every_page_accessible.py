"""The guide, the errors, and every page at which no other test looks: by axe, for their width, on paper."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from guide.files import listed
from guide.forms import LONGEST
from tests import factories
from tests.access.asking import address_of
from tests.access.reading import ROWS
from tests.access.world import World, make_world
from tests.accessible.census import WALKED
from tests.accessible.test_every_page import who_sees
from tests.journeys.looking import SEEN, glance
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def guide_pages(most: int | None = None) -> Iterator[str]:
    """The pages that gather others, the help centre in each of its states, then every content file, or a few a kind."""
    yield from ("guide/", "topics/", "tour/", "class/", "glossary/")
    yield from ("help/", "help/?q=code", "help/?q=xyzzy", f"help/?q={'x' * (LONGEST + 1)}")
    for kind, folder in {"pages": "guide", "topics": "topics", "help": "help", "exercises": "class"}.items():
        yield from (f"{folder}/{file.slug}/" for file in listed(kind, "en")[:most])


def test_the_pages_of_the_guide(page: Any, live_server: Any) -> None:
    for address in guide_pages():
        glance(page, live_server.url, address)


def test_the_guide_says_the_same_without_script(browser: Any, page: Any, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    for address in guide_pages(1):
        said = []
        for seen in (page, plain):
            seen.goto(f"{live_server.url}/en/{address}")
            said.append(seen.locator("main").inner_text())
        assert said[0] == said[1], address
    context.close()


def test_the_pages_at_which_no_other_test_looks(
    page: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.factors.fresh_proof.is_fresh", lambda _request: True)
    world = make_world()
    for row in ROWS:
        if row.name in WALKED:
            be(page, live_server.url, world, who_sees(row))
            glance(page, live_server.url, address_of(row, world).removeprefix("/en/"))
    assert not WALKED - SEEN


def be(page: Any, base: str, world: World, actor: str) -> None:
    """Let the browser have the cookies of one of the actors, and no others."""
    page.context.clear_cookies()
    cookies = {name: morsel.value for name, morsel in world.client(actor).cookies.items()}
    page.context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])


@pytest.mark.urls("tests.eeportal.test_headers")
def test_the_pages_of_what_went_wrong(page: Any, live_server: Any) -> None:
    refused = {language: refusals(language) for language in ("en", "fr")}

    def answer(route: Any) -> None:
        language, name = urlsplit(route.request.url).path.strip("/").split("/")
        found = refused[language][name]
        route.fulfill(status=found.status_code, content_type="text/html", body=found.content.decode())

    page.route("**/wrong-*/", answer)
    for name, found in refused["en"].items():
        glance(page, live_server.url, f"{name}/", status=found.status_code)
        assert page.locator("html").get_attribute("lang") == "en"


def refusals(language: str) -> dict[str, Any]:
    """The page of each error in a language, by a name for it; the live server makes them no more easily."""
    told: dict[str, Any] = {"raise_request_exception": False, "headers": {"accept-language": language}}
    client, guarded, candidate = Client(**told), Client(**told, enforce_csrf_checks=True), Client(**told)
    candidate.force_login(factories.account(AMARA))
    login = f"/{language}/account/login/"
    found = [
        client.get(login, headers={"host": "evil.example"}),
        guarded.post(login),
        candidate.get(f"/{language}/admin/"),
        client.get(f"/{language}/nowhere/"),
        client.put(f"/{language}/account/recover/"),
        client.generic("POST", login, b"x" * 3_000_000),
        client.get("/broken/"),
        client.get("/away/"),
        [client.post(login, {"login": "heron", "password": "x"}) for _try in range(11)][-1],
    ]
    assert [answer.status_code for answer in found] == [400, 403, 403, 404, 405, 413, 500, 503, 429]
    return {f"wrong-{number}": answer for number, answer in enumerate(found)}
