"""What is sent after the session's end is kept, is shown to its owner again, and is never saved by itself."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import ResolverMatch, get_resolver

from accounts.models import KeptForm
from accounts.signed_in import kept_forms, session_middleware, sessions
from accounts.signed_in.refilling import pieces_of, refill
from accounts.signed_in.sessions import IDLE, LONGEST, Ending
from draws.models import Round
from tests import factories
from tests.accounts.ended import LOGIN, PAGE, age, browser, kept, sign_in, text, with_cookie
from tests.accounts.signing import emailed_code
from tests.factories import AT, PASSWORD
from tests.personas import AMARA, BEN, Persona

pytestmark = pytest.mark.django_db
NOT_SAVED = "This is what you had typed. It is not saved yet."
IDENTITY = {"family_name": "Typed-Late", "given_names": "A <b>", "birth_date_day": "7"}


@pytest.fixture
def amara() -> Client:
    """Amara's browser, with a draft, whose session has ended by not being used."""
    factories.draft(AMARA)
    client = browser()
    age(client, seen=IDLE)
    return client


def value_of(page: str, name: str) -> str | None:
    found = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page)
    assert found, name
    value = re.search(r'\bvalue="([^"]*)"', found.group())
    return value.group(1) if value else None


def test_a_form_sent_after_the_end_leads_to_sign_in_which_says_that_it_is_kept(amara: Client) -> None:
    answer = amara.post(PAGE, IDENTITY)
    assert answer.headers["Location"] == f"/en/account/login/?next={PAGE}"
    assert "What you typed is kept." in text(amara, answer.headers["Location"])


def test_after_signing_in_again_the_form_is_there_as_it_was(amara: Client) -> None:
    amara.post(PAGE, IDENTITY)
    page = text(amara, sign_in(amara, onward=PAGE))
    assert NOT_SAVED in page
    assert value_of(page, "family_name") == "Typed-Late"
    assert value_of(page, "given_names") == "A &lt;b&gt;"
    assert value_of(page, "birth_date_day") == "7"


def test_nothing_of_it_is_saved_before_the_button_is_pressed(amara: Client) -> None:
    amara.post(PAGE, IDENTITY)
    text(amara, sign_in(amara, onward=PAGE))
    assert "Typed-Late" not in str(factories.account(AMARA).drafts.get().answers)


def test_without_the_guard_what_was_typed_is_lost(amara: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_middleware.SessionsMiddleware, "process_view", lambda *_told: None)
    amara.post(PAGE, IDENTITY)
    assert NOT_SAVED not in text(amara, sign_in(amara, onward=PAGE))


def test_another_account_never_sees_it(amara: Client) -> None:
    factories.draft(BEN)
    amara.post(PAGE, IDENTITY)
    page = text(amara, sign_in(amara, BEN, PAGE))
    assert NOT_SAVED not in page
    assert "Typed-Late" not in page


def test_without_the_owner_in_the_query_another_account_would_see_it(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.draft(BEN)
    amara.post(PAGE, IDENTITY)
    monkeypatch.setattr(kept_forms, "_lasting", lambda _account_id: KeptForm.objects.order_by("pk"))
    assert "Typed-Late" in text(amara, sign_in(amara, BEN, PAGE))


def test_its_owner_still_sees_it_after_another_account_signed_in_here(amara: Client) -> None:
    factories.draft(BEN)
    amara.post(PAGE, IDENTITY)
    sign_in(amara, BEN, PAGE)
    amara.post("/en/account/logout/")
    assert NOT_SAVED in text(amara, sign_in(amara, onward=PAGE))


def test_it_is_gone_once_the_form_is_sent_again(amara: Client) -> None:
    amara.post(PAGE, IDENTITY)
    sign_in(amara, onward=PAGE)
    amara.post(PAGE, IDENTITY)
    assert kept() is None


def test_it_can_be_thrown_away_for_what_is_saved(amara: Client) -> None:
    amara.post(PAGE, IDENTITY)
    sign_in(amara, onward=PAGE)
    amara.post("/en/account/kept/throw-away/", {"path": PAGE})
    page = text(amara, PAGE)
    assert NOT_SAVED not in page
    assert "Typed-Late" not in page


def test_it_is_gone_after_a_day(amara: Client, set_clock: Callable[[datetime], None]) -> None:
    amara.post(PAGE, IDENTITY)
    set_clock(AT + timedelta(days=1))
    assert NOT_SAVED not in text(amara, sign_in(amara, onward=PAGE))
    assert kept_forms.forget_some(AT) == 1


@pytest.mark.parametrize("why", [Ending.ELSEWHERE, Ending.PASSWORD])
def test_it_is_kept_when_the_session_was_ended_from_elsewhere(why: Ending) -> None:
    factories.draft(AMARA)
    client = browser()
    sessions.end_all(account_id=factories.account(AMARA).pk, why=why)
    client.post(PAGE, IDENTITY)
    assert NOT_SAVED in text(client, sign_in(client, onward=PAGE))


def test_it_is_kept_when_the_session_had_lasted_its_twelve_hours() -> None:
    factories.draft(AMARA)
    client = browser()
    age(client, seen=timedelta(seconds=1), began=LONGEST)
    client.post(PAGE, IDENTITY)
    assert kept()


def test_it_is_kept_when_another_page_noticed_the_end_before(amara: Client) -> None:
    text(amara, "/en/account/")
    amara.post(PAGE, IDENTITY)
    assert kept()


def test_it_is_kept_when_one_signed_out_in_another_window() -> None:
    factories.draft(AMARA)
    client = browser()
    client.post("/en/account/logout/")
    client.post(PAGE, IDENTITY)
    assert NOT_SAVED in text(client, sign_in(client, onward=PAGE))


def test_somebody_who_never_was_signed_in_can_have_nothing_kept(client: Client) -> None:
    client.post(PAGE, IDENTITY)
    assert kept() is None


def test_a_made_up_cookie_can_have_nothing_kept() -> None:
    with_cookie("a" * 32).post(PAGE, IDENTITY)
    assert kept() is None


def test_what_is_typed_in_one_language_is_there_in_the_other(amara: Client) -> None:
    amara.post(PAGE, IDENTITY)
    sign_in(amara)
    assert value_of(text(amara, "/fr/account/draft/personal/"), "family_name") == "Typed-Late"


def test_passwords_codes_answers_and_tokens_are_never_kept() -> None:
    typed = QueryDict(mutable=True)
    secret = {
        "csrfmiddlewaretoken", "password", "password1", "old_password", "code", "one_time_code", "answer", "answer_2",
        "answer1", "recovery_code", "codes", "passphrase", "otp", "q1-answer", "access_token",
    }  # fmt: skip
    plain = {"answered", "family_name", "noc", "seen", "declared", "signed_as", "occupation"}
    for name in secret | plain:
        typed[name] = "typed"
    assert kept_forms.fields_of(typed).keys() == plain


def test_of_the_accounts_own_pages_only_the_details_are_kept() -> None:
    names = [key for key in get_resolver().namespace_dict["accounts"][1].reverse_dict if isinstance(key, str)]
    assert len(names) > 20
    keepable = {name for name in names if kept_forms.is_keepable(_match(name, "accounts"))}
    assert keepable == {"settings_change"}


@pytest.mark.parametrize(
    "name",
    ["password_change", "accounts_user_password_change", "login", "logout", "second_proof", "reset_code"],
)
def test_no_page_of_credentials_is_kept_in_any_room(name: str) -> None:
    assert not kept_forms.is_keepable(_match(name, "admin"))


def _match(name: str, room: str) -> ResolverMatch:
    return ResolverMatch(lambda: None, (), {}, url_name=name, app_names=[room], namespaces=[room])


def test_a_form_on_the_details_page_is_kept_without_its_code(amara: Client) -> None:
    amara.post("/en/account/settings/change/", {"family_name": "Typed-Late", "code": "123456"})
    assert kept() == {"family_name": ["Typed-Late"]}


def test_a_form_larger_than_what_is_kept_is_said_to_be_lost(amara: Client) -> None:
    answer = amara.post(PAGE, {**IDENTITY, "given_names": "x" * kept_forms.LARGEST})
    assert kept() is None
    assert "was not saved" in text(amara, answer.headers["Location"])


def test_only_the_newest_forms_of_an_account_are_kept(set_clock: Callable[[datetime], None]) -> None:
    account = factories.account(AMARA)
    for number in range(kept_forms.MOST + 2):
        set_clock(AT + timedelta(seconds=number))
        kept_forms.keep(account_id=account.pk, path=f"/en/{number}/", typed=QueryDict("name=typed"))
    paths = set(KeptForm.objects.values_list("path", flat=True))
    assert len(paths) == kept_forms.MOST
    assert not {"/0/", "/1/"} & paths


def test_characters_that_no_database_takes_are_left_out() -> None:
    assert kept_forms.fields_of(QueryDict("na%00me=ty%00ped")) == {"name": ["typed"]}


def test_a_name_that_was_signed_is_there_again_and_was_not_sent(amara: Client) -> None:
    page = "/en/account/draft/sign/"
    draft = factories.account(AMARA).drafts.get()
    amara.post(page, {"draft": draft.pk, "version": draft.version, "declared": "on", "signed_as": "Ama"})
    shown = text(amara, sign_in(amara, onward=page))
    assert NOT_SAVED in shown
    assert value_of(shown, "signed_as") == "Ama"
    assert re.search(r'<input[^>]*name="declared"[^>]* checked', shown)
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_page_that_was_saved_elsewhere_meanwhile_is_not_overwritten_unseen(amara: Client) -> None:
    amara.post(PAGE, {**IDENTITY, "seen": "as it was before"})
    page = text(amara, sign_in(amara, onward=PAGE))
    assert value_of(page, "seen") == "as it was before"


def test_a_button_that_sends_to_another_address_leads_back_to_its_page(amara: Client) -> None:
    profile = factories.profile(AMARA, at=AT) if not factories.account(AMARA).profiles.exists() else None
    assert profile
    shown = f"/en/account/profiles/{profile.number}/"
    answer = amara.post(f"{shown}update/", {}, headers={"Referer": f"http://testserver{shown}"})
    assert answer.headers["Location"].endswith(f"?next={shown}")


def test_a_plan_of_a_round_is_there_again() -> None:
    officer = factories.officer()
    client = browser(officer)
    age(client, seen=IDLE)
    page = "/en/admin/draws/round/add/"
    client.post(page, {"size": "4321"})
    shown = text(client, _signed_in_again(client, officer.username, page))
    assert NOT_SAVED in shown
    assert value_of(shown, "size") == "4321"
    assert not Round.objects.exists()


def _signed_in_again(client: Client, username: str, onward: str) -> str:
    return sign_in(client, Persona(**{**vars(AMARA), "username": username}), onward)


def test_a_form_of_before_signing_in_again_is_kept_although_its_token_is_old(amara: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = amara.cookies
    old = _token(client, PAGE)
    _sign_in_by_forms(client)
    answer = client.post(PAGE, {**IDENTITY, "csrfmiddlewaretoken": old})
    assert answer.headers["Location"] == PAGE
    assert value_of(text(client, PAGE), "family_name") == "Typed-Late"


def test_a_form_with_a_token_of_nobody_is_refused_and_nothing_kept(amara: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = amara.cookies
    _token(client, PAGE)
    _sign_in_by_forms(client)
    answer = client.post(PAGE, {**IDENTITY, "csrfmiddlewaretoken": "a" * 32})
    assert answer.status_code == 403
    assert kept() is None


def test_a_form_of_another_accounts_session_is_refused_and_nothing_kept(amara: Client) -> None:
    factories.account(BEN)
    client = Client(enforce_csrf_checks=True)
    client.cookies = amara.cookies
    old = _token(client, PAGE)
    _sign_in_by_forms(client, BEN)
    answer = client.post(PAGE, {**IDENTITY, "csrfmiddlewaretoken": old})
    assert answer.status_code == 403
    assert kept() is None


def test_without_the_comparison_another_accounts_form_would_be_kept_for_who_is_signed_in(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.account(BEN)
    client = Client(enforce_csrf_checks=True)
    client.cookies = amara.cookies
    old = _token(client, PAGE)
    monkeypatch.setattr(session_middleware, "is_same_account", lambda _ended, _account_id: True)
    _sign_in_by_forms(client, BEN)
    client.post(PAGE, {**IDENTITY, "csrfmiddlewaretoken": old})
    assert KeptForm.objects.get().account.username == BEN.username


def _token(client: Client, page: str) -> str:
    return str(value_of(text(client, page), "csrfmiddlewaretoken"))


def _sign_in_by_forms(client: Client, persona: Persona = AMARA) -> None:
    told = {"login": persona.username, "password": PASSWORD}
    client.post(LOGIN, {**told, "csrfmiddlewaretoken": _token(client, LOGIN)})
    second = "/en/account/login/second/email/"
    client.post(second, {"code": emailed_code(), "csrfmiddlewaretoken": _token(client, second)})


def filled(form: str, **typed: list[str]) -> str:
    refilled = refill(f'<p>&copy;</p><form method="post">{form}</form><!-- end -->', typed, "/page/")
    assert refilled
    return refilled.rest


def test_a_choice_is_chosen_again_and_the_one_that_stood_there_no_longer() -> None:
    form = '<select name="a"><option value="1" selected>one</option><option value="2">two</option></select>'
    assert '<option value="1">one</option><option value="2" selected>' in filled(form, a=["2"])


def test_boxes_are_ticked_as_they_were() -> None:
    boxes = '<input type="checkbox" name="a" value="1" checked><input type="checkbox" name="a" value="2">'
    form = f'{boxes}<input name="b">'
    assert 'value="1"><input type="checkbox" name="a" value="2" checked>' in filled(form, a=["2"], b=[""])


def test_a_long_text_is_there_again_as_text() -> None:
    assert '<textarea name="a">\n&lt;/textarea&gt;&amp;</textarea>' in filled(
        '<textarea name="a">\nbefore &amp; after</textarea>', a=["</textarea>&"]
    )


def test_several_fields_of_one_name_take_their_values_in_turn() -> None:
    assert 'value="x"><input name="a" value="y">' in filled('<input name="a"><input name="a">', a=["x", "y"])


@pytest.mark.parametrize("kind", ["password", "file", "submit"])
def test_what_is_no_field_to_type_in_stays_as_it_is(kind: str) -> None:
    field = f'<input type="{kind}" name="a">'
    assert field in filled(f'{field}<input name="b">', a=["typed"], b=["typed"])


def test_what_has_no_field_any_more_is_left_over() -> None:
    refilled = refill(
        '<form method="post"><input name="a"></form>', {"a": ["1"], "gone": ["typed"]}, "/page/"
    )
    assert refilled is not None
    assert refilled.left_over == {"gone": ["typed"]}


def test_a_form_that_is_sent_to_another_address_is_left_alone() -> None:
    assert (
        refill('<form method="post" action="/other/"><input name="a"></form>', {"a": ["1"]}, "/page/") is None
    )


def test_all_but_the_fields_of_a_page_stays_to_the_letter() -> None:
    page = text(browser(), "/en/account/settings/")
    assert "".join(piece.text for piece in pieces_of(page)) == page
