"""The real partner, as a process of its own: sign up, sign out, sign in elsewhere, link to a key, find it down."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client

from accounts.factors.fresh_proof import PROVED_AT
from accounts.models import User
from lifecycle import clock
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.looking import clean, fits
from tests.partner.process import Partner, running_partner
from tests.personas import AMARA, DIVYA

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("partner"),
]
NAME = "Maple Ridge Credit Union (simulated)"
CUSTOMER, CUSTOMER_PASSWORD = "aspen", "only-a-rehearsal"


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, live_server: Any
) -> Iterator[Partner]:
    """One partner for this module, with a database of its own beside the tests'."""
    with running_partner(tmp_path_factory.mktemp("partner"), live_server.url) as found:
        yield found


@pytest.fixture
def partner(running: Partner, settings: Any) -> Partner:
    """The partner, known to the portal, and up."""
    settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = running.url
    settings.PARTNER_STATE = str(running.state)
    if running.ended():
        running.start()
    return running


class Visitor:
    """Somebody in a browser who knows the way through the partner."""

    def __init__(self, page: Any, base: str, language: str = "en") -> None:
        self.page, self.base, self.language = page, base, language

    def open(self, address: str) -> None:
        self.page.goto(f"{self.base}/{self.language}{address}")

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def choose(self) -> None:
        """From the sign-in page to Maple Ridge."""
        self.page.get_by_role("link", name="Continue with a sign-in partner").click()
        self.page.get_by_label(NAME).check()
        self.press("Continue")

    def sign_in_there(self, name: str = CUSTOMER, password: str = CUSTOMER_PASSWORD) -> None:
        assert NAME in self.page.inner_text("h1")
        self.page.get_by_label("Customer name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")

    def by_partner(self) -> None:
        """The whole way, from a page of the portal that leads to the sign-in page."""
        self.choose()
        self.sign_in_there()
        self.press("I agree")

    def reads(self, words: str) -> bool:
        return words in self.page.inner_text("main")


@pytest.fixture
def second_device(new_context: Any, live_server: Any) -> Visitor:
    """The same person at another device."""
    return Visitor(new_context().new_page(), live_server.url)


def test_sign_up_sign_out_and_sign_in_on_a_second_device(
    page: Any, live_server: Any, partner: Partner, second_device: Visitor
) -> None:
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/sessions/")
    visitor.by_partner()
    assert urlsplit(page.url).path == "/en/account/begin/terms/"
    visitor.page.locator("main form button.button:visible").first.click()
    page.goto(f"{live_server.url}/en/account/")
    assert "/account/begin/details/" in page.url

    account = User.objects.get()
    assert not account.has_usable_password()
    complete(account)
    visitor.open("/account/sessions/")
    assert urlsplit(page.url).path == "/en/account/sessions/"

    visitor.open("/account/logout/")
    visitor.press("Sign out")
    visitor.open("/account/sessions/")
    assert "/account/login/" in page.url

    second_device.open("/account/sessions/")
    second_device.by_partner()
    assert urlsplit(second_device.page.url).path == "/en/account/sessions/"
    assert User.objects.count() == 1


def complete(account: User) -> None:
    """Everything that the portal asks of a new account was given."""
    account.terms_accepted_at = account.details_at = clock.now()
    account.family_name, account.email = AMARA.family_name, "someone@example.org"
    account.save()


def test_the_partner_forgets_who_was_there_as_soon_as_they_left(
    page: Any, live_server: Any, partner: Partner
) -> None:
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/login/")
    visitor.by_partner()
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    visitor.open("/account/login/")
    visitor.choose()
    assert NAME in page.inner_text("h1")
    assert page.get_by_label("Password").count() == 1


def test_a_key_account_links_the_partner_and_is_opened_by_it(
    page: Any, live_server: Any, partner: Partner, second_device: Visitor
) -> None:
    account = factories.account(DIVYA)
    client = Client()
    client.force_login(account)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/partners/")
    page.get_by_role("link", name="Link a sign-in partner").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button.button:visible").first.click()
    page.get_by_label(NAME).check()
    visitor.press("Continue")
    visitor.sign_in_there("birch")
    visitor.press("I agree")
    assert visitor.reads(NAME)
    assert "Linked." in page.inner_text("body")

    second_device.open("/account/login/")
    second_device.choose()
    second_device.sign_in_there("birch")
    second_device.press("I agree")
    assert User.objects.get().pk == account.pk
    assert (
        "/account/login/second/" in second_device.page.url
    )  # the key's second factor is asked for on this way too


def test_in_french_the_partner_speaks_french(page: Any, live_server: Any, partner: Partner) -> None:
    visitor = Visitor(page, live_server.url, "fr")
    visitor.open("/account/partners/choose/")
    page.get_by_label("Caisse du Harfang (simulée)").check()
    page.locator("main form button.button:visible").first.click()
    assert page.url.startswith(partner.url)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert "Caisse du Harfang (simulée)" in page.inner_text("h1")


def test_somebody_opens_an_account_at_the_partner_on_the_way(
    page: Any, live_server: Any, partner: Partner
) -> None:
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/login/")
    visitor.choose()
    visitor.sign_in_there("cedar-7", "no-such-customer")
    assert visitor.reads("The customer name or the password is not right.")
    page.get_by_role("link", name="Open an account").click()
    page.get_by_label("Customer name").fill("cedar-7")
    page.get_by_label("Password").fill("short")
    visitor.press("Open an account")
    assert page.get_by_label("Customer name").input_value() == "cedar-7"
    page.get_by_label("Password").fill("long-enough-now")
    visitor.press("Open an account")
    visitor.press("I agree")
    assert page.url.startswith(live_server.url)
    assert User.objects.count() == 1


def test_cancelling_at_the_partner_leads_to_a_page_that_offers_the_key(
    page: Any, live_server: Any, partner: Partner
) -> None:
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/messages/")
    visitor.choose()
    visitor.sign_in_there()
    visitor.press("Cancel")
    assert visitor.reads("You cancelled the sign-in")
    page.get_by_role("link", name="Sign in with a key").click()
    assert "next=%2Fen%2Faccount%2Fmessages%2F" in page.url
    assert not User.objects.exists()


def test_a_partner_that_is_down_leads_to_a_page_that_offers_the_key(
    page: Any, live_server: Any, partner: Partner
) -> None:
    visitor = Visitor(page, live_server.url)
    visitor.open("/account/messages/")
    partner.stop()
    visitor.choose()
    assert visitor.reads("does not answer")
    assert page.get_by_role("link", name="Sign in with a key").count() == 1
    partner.start()
    page.get_by_role("link", name="Try a sign-in partner again").click()
    page.get_by_label(NAME).check()
    visitor.press("Continue")
    visitor.sign_in_there()
    visitor.press("I agree")
    assert User.objects.count() == 1


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "fr")])
def test_axe_finds_nothing_on_the_way(
    browser: Any, live_server: Any, partner: Partner, width: int, language: str
) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": 900})) as context:
        walk_with_axe(context.new_page(), live_server.url, partner, language)


def walk_with_axe(seen: Any, base: str, partner: Partner, language: str) -> None:
    """Look at every page between the list and the return, right and wrong ones; words are of no account."""

    def look() -> None:
        assert seen.locator("html").get_attribute("lang") == language
        fits(seen)
        clean(seen)

    def send(choice: str = "") -> None:
        seen.locator(f"main form button{choice}").first.click()
        look()

    def sign_in(name: str) -> None:
        seen.locator("#id_name").fill(name)
        seen.locator("#id_password").fill(CUSTOMER_PASSWORD)
        send()

    seen.goto(f"{base}/{language}/account/partners/choose/")
    look()
    send()
    seen.locator("main input[type=radio]").first.check()
    send()
    send()
    seen.locator("main .actions a").click()
    look()
    seen.locator("main .actions a").click()
    sign_in(nobody := f"nobody-{language}-{seen.viewport_size['width']}")
    while seen.locator("form input[type=password]").count():
        seen.locator("#id_name").fill(nobody)
        seen.locator("#id_password").fill(CUSTOMER_PASSWORD)
        # Between two pages there is nothing to count: the loop would end on the wrong one.
        with seen.expect_navigation():
            seen.locator("main form button").first.click()
    look()
    seen.locator("main a").click()
    sign_in(CUSTOMER)
    send("[value=cancel]")
    for address in ("/", "/nowhere/", "/authorize/?client_id=unknown"):
        seen.goto(partner.url + address)
        look()
    partner.stop()
    seen.goto(f"{base}/{language}/account/partners/choose/")
    seen.locator("main input[type=radio]").first.check()
    send()


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "fr")])
def test_axe_finds_nothing_on_the_accounts_own_pages(
    browser: Any, live_server: Any, partner: Partner, width: int, language: str
) -> None:
    account = factories.account(DIVYA)
    link = SocialAccount.objects.create(user=account, provider="tidewater", uid="a subject")
    client = Client()
    client.force_login(account)
    session = client.session
    session[PROVED_AT] = clock.real_now().isoformat()
    session.save()
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}
    with closing(browser.new_context(viewport={"width": width, "height": 900})) as context:
        context.add_cookies([{**cookie, "url": live_server.url}])
        seen = context.new_page()
        for address in ("", "link/", f"{link.pk}/unlink/"):
            seen.goto(f"{live_server.url}/{language}/account/partners/{address}")
            assert urlsplit(seen.url).path == f"/{language}/account/partners/{address}"
            fits(seen)
            clean(seen)
