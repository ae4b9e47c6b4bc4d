"""Each standing trap of tests/conftest.py bites."""

import http.client
import logging
import socket
import warnings
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import pytest
from celery import shared_task
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Engine, Origin, Template
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from lifecycle import clock
from tests.accessible.markup import read
from tests.conftest import INSTANT
from tests.launch.processes import wait_for
from tests.traps import markup, personal_data, querysets, templates

OURS = Origin(str(templates.PROJECT / "templates" / "page.html"))
THEIRS = Origin("/usr/lib/python3/site-packages/django/contrib/admin/templates/admin/base.html")


def rendered(text: str, origin: Origin) -> str:
    engine = Engine(string_if_invalid=templates.Trap("undefined"))
    return Template(text, origin=origin, engine=engine).render(Context({"known": "here"}))


def test_an_undefined_variable_in_our_template_fails() -> None:
    with pytest.raises(templates.UndefinedVariable, match="unknown"):
        rendered("{{ known }} {{ unknown }}", OURS)


def test_an_undefined_variable_in_the_admins_template_is_empty() -> None:
    assert rendered("{{ known }}{{ unknown }}", THEIRS) == "here"


def test_an_undefined_variable_may_be_asked_for_by_if() -> None:
    assert rendered("{% if unknown %}yes{% else %}no{% endif %}", OURS) == "no"


def test_a_post_form_without_its_token_fails() -> None:
    assert markup.forms_without_token(read('<form method="post" action="/a"></form>')) == ["/a"]


@pytest.mark.parametrize(
    "page",
    [
        '<form method="POST"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>',
        '<form action="/search"><input name="q"></form>',
    ],
)
def test_a_form_with_its_token_or_by_get_passes(page: str) -> None:
    assert markup.forms_without_token(read(page)) == []


def bare_form(_request: HttpRequest) -> HttpResponse:
    return HttpResponse('<form method="post"></form>')


@pytest.mark.django_db
def test_every_page_that_a_test_sees_is_searched_for_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eeportal.health.answer", lambda: bare_form(RequestFactory().get("/")))
    with pytest.raises(markup.MissingToken):
        Client().get("/healthz")


def faulty_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse('<html lang="en"><main><h1 id="a">A</h1><p id="a">B</p></main></html>')


@pytest.mark.django_db
def test_every_page_that_a_test_sees_is_searched_for_what_people_stumble_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eeportal.health.answer", lambda: faulty_page(RequestFactory().get("/")))
    with pytest.raises(markup.FaultyPage, match="the id 'a' is there 2 times"):
        Client().get("/healthz")


@pytest.mark.django_db
def test_rows_that_nobody_ordered_come_in_any_order() -> None:
    orders = {tuple(ContentType.objects.order_by().values_list("pk", flat=True)) for _ in range(20)}
    assert len(orders) > 1


@pytest.mark.django_db
def test_a_slice_of_rows_that_nobody_ordered_holds_any_of_them() -> None:
    drawn = {tuple(ContentType.objects.order_by().values_list("pk", flat=True)[:2]) for _ in range(20)}
    assert len(drawn) > 1


@pytest.mark.django_db
def test_ordered_rows_stay_in_order() -> None:
    keys = list(ContentType.objects.order_by("pk").values_list("pk", flat=True))
    assert keys == sorted(keys)


@pytest.mark.django_db
def test_locking_a_join_without_saying_of_what_fails() -> None:
    with transaction.atomic(), pytest.raises(querysets.LockWithoutOf):
        User.groups.through.objects.select_for_update().select_related("group").first()


@pytest.mark.django_db
def test_locking_a_join_that_says_of_what_passes() -> None:
    with transaction.atomic():
        assert (
            User.groups.through.objects.select_for_update(of=("self",)).select_related("group").first()
            is None
        )


@pytest.mark.django_db
def test_a_naive_instant_for_the_database_fails() -> None:
    naive = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        User.objects.filter(last_login=naive).exists()


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("anything", UserWarning, stacklevel=1)


def test_a_connection_to_another_machine_fails() -> None:
    with socket.socket() as line, pytest.raises(pytest.fail.Exception, match="over the network"):
        line.connect(("192.0.2.1", 80))


def test_looking_up_another_machine_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="over the network"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.django_db
def test_the_database_on_this_machine_can_be_reached() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.unguarded("personal data")
def test_a_personas_name_in_a_log_line_is_heard() -> None:
    with personal_data.listening() as heard:
        logging.getLogger("draws").warning("%s pressed the button", "Emeka")
    assert len(heard) == 1
    assert "Emeka" in heard[0]


@shared_task
def greet(name: str) -> str:
    return f"Good morning, {name}"


@pytest.mark.unguarded("personal data")
def test_a_personas_name_in_a_tasks_message_is_heard() -> None:
    with personal_data.listening() as heard:
        greet.delay("Okafor")
    assert len(heard) == 1
    assert heard[0].startswith("task message")


@pytest.mark.unguarded("personal data")
def test_a_personas_name_in_an_e_mail_is_heard() -> None:
    with personal_data.listening() as heard:
        send_mail("News", "Dear Emeka, there is news.", None, ["someone@example.org"])
    assert [line.partition(":")[0] for line in heard] == ["e-mail"]


@pytest.mark.django_db
@pytest.mark.unguarded("personal data")
def test_a_personas_name_in_an_address_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eeportal.health.answer", lambda: HttpResponseRedirect("/en/?name=Emeka"))
    with personal_data.listening() as heard:
        Client().get("/healthz")
    assert heard == ["address: /en/?name=Emeka"]


@pytest.mark.unguarded("personal data")
def test_an_errors_own_words_are_not_written_down() -> None:
    with personal_data.listening() as heard:
        try:
            int("Key (username)=(amara) already exists")
        except ValueError:
            logging.getLogger("draws").exception("A row was refused")
    assert heard == []


def test_the_clock_stands_still() -> None:
    assert clock.real_now() == INSTANT


@pytest.mark.unguarded("clock")
def test_the_clock_runs_where_a_test_asks_for_it() -> None:
    assert abs(clock.real_now() - timezone.now()).total_seconds() < 5


def test_the_clock_can_be_set(set_clock: Callable[[datetime], None]) -> None:
    set_clock(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.real_now().year == 2027


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_stays_connected_keeps_no_connection_to_the_database(live_server: LiveServer) -> None:
    before = others_in_the_database()
    with closing(http.client.HTTPConnection(live_server.thread.host, live_server.thread.port)) as browser:
        browser.request("GET", "/en/rounds/")
        answer = browser.getresponse()
        answer.read()
        assert (answer.status, answer.will_close) == (200, False)
        assert wait_for(lambda: others_in_the_database() <= before, 5)


def others_in_the_database() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])
