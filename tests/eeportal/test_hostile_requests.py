"""What no browser sends: a clear answer that looks like ours, never an error of ours, and nothing changed."""

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from profiles.models import Draft
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/account/login/"
PAGES = (
    "/en/",
    "/fr/",
    "/en/account/logout/",
    "/en/account/",
    "/en/account/start/",
    "/en/account/draft/",
    "/en/account/draft/personal/",
    "/en/account/messages/",
    "/en/eligibility/",
    "/en/rounds/",
    "/en/mailbox/",
    "/en/admin/",
)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    return client


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found, page
    return " ".join(found[1].split())


@pytest.mark.parametrize("path", ["/\x00", "/en/\x00/", "/en/account/profiles/E\x00/", "/fr/admin/\x00"])
def test_an_address_with_nul_is_not_found(amara: Client, path: str) -> None:
    answer = amara.get(path.replace("\x00", "%00"))
    assert answer.status_code == 404
    assert ("introuvable" in title_of(answer.content.decode())) == path.startswith("/fr/")


@pytest.mark.parametrize("where", PAGES)
def test_addresses_with_nul_or_broken_letters_in_the_query_are_answered(amara: Client, where: str) -> None:
    for query in (
        "next=%00",
        "page=%00",
        "to=%00",
        "q=%ff%fe",
        "title=%ed%a0%80",
        "next=//evil.example%00",
        "%00=%00",
    ):
        answer = amara.get(f"{where}?{query}")
        assert answer.status_code < 500, query
        assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("where", PAGES)
def test_forms_with_nul_and_broken_letters_are_answered(amara: Client, where: str) -> None:
    names = ("login", "password", "username", "code", "way", "next", "email", "family_name", "draft", "seen")
    for value in ("%00", "a%00b", "%ff", "%ed%a0%80", "%E2%80%AE", "9" * 400, "%7B%7B7*7%7D%7D"):
        body = "&".join(f"{name}={value}" for name in names)
        assert amara.post(where, body, content_type=FORM).status_code < 500, value


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "utf-32", "idna", "punycode", "rot13", "zlib", "no-such", '"']
)
def test_a_form_in_another_charset_is_refused(amara: Client, charset: str) -> None:
    before = Draft.objects.get().answers
    for kind in (FORM, "multipart/form-data; boundary=x"):
        answer = amara.generic(
            "POST", "/en/account/draft/personal/", b"a=+AAA-", f"{kind}; charset={charset}"
        )
        assert answer.status_code == 400
        assert "could not be read" in title_of(answer.content.decode())
    assert Draft.objects.get().answers == before


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_form_in_a_charset_that_browsers_send_is_read(client: Client, charset: str) -> None:
    assert client.generic("POST", SIGN_IN, b"login=amara", f"{FORM}; charset={charset}").status_code == 200


@pytest.mark.parametrize(
    "key", ["", " ", "a" * 5000, "'; DROP TABLE", '"a\\000b"', "../../etc", "Ã©", "%00", "A" * 32]
)
def test_a_made_up_session_is_none(client: Client, key: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    client.cookies[settings.SESSION_COOKIE_NAME].set(settings.SESSION_COOKIE_NAME, key, key)
    assert client.get("/en/rounds/").status_code == 200
    assert client.get("/en/account/").headers["Location"].startswith(SIGN_IN)


def test_a_session_that_looks_real_but_was_never_given_is_not_taken_over(client: Client) -> None:
    factories.account(AMARA)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.post(SIGN_IN, {"login": "amara", "password": factories.PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_a_value_sent_many_times_is_read_as_one(amara: Client) -> None:
    told = {"login": ["amara", "ben"], "password": ["x", "y"], "login[]": ["z"], "login[a]": "b"}
    assert Client().post(SIGN_IN, told).status_code == 200
    assert amara.post("/en/account/start/", {"way": ["code", "none"], "code": ["a"] * 50}).status_code < 500


def test_no_field_outside_the_form_is_taken(amara: Client) -> None:
    hostile = {
        "is_staff": "on",
        "is_superuser": "on",
        "role": "administrator",
        "user": "1",
        "state": "submitted",
    }
    for page in PAGES:
        amara.post(page, hostile)
    account = User.objects.get(username=AMARA.username)
    assert (account.role, account.is_superuser) == ("", False)
    assert Draft.objects.get().state == "open"


def test_a_field_of_a_megabyte_is_answered(amara: Client) -> None:
    for page in PAGES:
        assert amara.post(page, {"login": "x" * 1_000_000, "family_name": "y" * 1_000_000}).status_code < 500


@pytest.mark.parametrize("multipart", [True, False])
def test_a_form_larger_than_any_of_ours_is_refused_with_a_page(amara: Client, multipart: bool) -> None:
    body = {"family_name": "x" * 3_000_000}
    address = "/en/account/draft/personal/"
    if multipart:
        answer = amara.post(address, body)
    else:
        answer = amara.post(address, b"family_name=" + b"x" * 3_000_000, content_type=FORM)
    assert answer.status_code == 413
    assert "too much at once" in title_of(answer.content.decode())


def test_very_many_fields_are_refused_with_a_page(amara: Client) -> None:
    for told in ({f"field{number}": "x" for number in range(2_000)}, {"field": ["x"] * 2_000}):
        answer = amara.post("/en/account/draft/personal/", told)
        assert answer.status_code == 413
        assert "too much at once" in title_of(answer.content.decode())


def test_a_query_with_very_many_or_very_deep_names_is_answered(amara: Client) -> None:
    assert amara.get("/en/rounds/?" + "&".join(f"a{n}=1" for n in range(2_000))).status_code in {200, 413}
    assert amara.get("/en/rounds/?year" + "[a]" * 5_000 + "=1").status_code == 200
    assert amara.get("/en/rounds/?" + "year=2024&" * 900).status_code == 200


@pytest.mark.parametrize("length", ["-1", "x", "9" * 40, "1e9", "٣"])
def test_a_made_up_length_is_answered(client: Client, length: str) -> None:
    answer = client.post("/en/eligibility/", b"login=a", content_type=FORM, CONTENT_LENGTH=length)
    assert answer.status_code in {302, 413}


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "application/json", "x"]
)
def test_a_broken_kind_of_form_is_answered(client: Client, kind: str) -> None:
    assert client.post(SIGN_IN, b"--x\r\n\r\n", content_type=kind).status_code in {200, 400}


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("where", PAGES)
def test_a_wrong_method_has_a_page_that_names_the_right_ones(amara: Client, method: str, where: str) -> None:
    answer = getattr(amara, method)(where)
    assert answer.status_code in {405, 403}
    if answer.status_code == 405:
        assert "GET" in answer.headers["Allow"]
        words = "ne s’utilise pas ainsi" if where.startswith("/fr/") else "cannot be used that way"
        assert words in title_of(answer.content.decode())


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost@evil.example", "localhost:80:80", "' OR 1=1", "[::1", ""]
)
def test_another_host_is_refused_and_never_repeated(client: Client, host: str) -> None:
    answer = client.get("/en/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
    assert "could not be read" in title_of(answer.content.decode())


def test_a_forwarded_host_is_not_believed(client: Client) -> None:
    answer = client.get(
        "/en/account/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    )
    assert "evil" not in answer.headers["Location"]
    assert "evil" not in client.get("/en/", headers={"x-forwarded-host": "evil.example"}).content.decode()


def test_twin_without_the_doorman_nul_in_an_address_is_an_error_of_ours(
    client: Client, without_the_doorman: None
) -> None:
    client.raise_request_exception = False
    client.force_login(factories.account(AMARA))
    assert client.get("/en/account/profiles/E%00/").status_code == 500


@pytest.fixture
def without_the_doorman(settings: Settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "doorman" not in name]
