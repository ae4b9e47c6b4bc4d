"""What happens around a request because sessions end: stamps, words at sign-in, and nothing typed lost."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from accounts.access import account_id
from accounts.signed_in import kept_forms, sessions
from accounts.signed_in.refilling import refill
from accounts.signed_in.session_store import SessionStore
from accounts.signed_in.sessions import ENDED
from accounts.telling import events
from lifecycle import clock

Ended = dict[str, Any]
KEPT = "kept_forms"
"""Session key: the places of which something is kept for who is signed in."""
CSRF_BEFORE = "csrf_before"
"""Session key: the secret by which forms were signed in this account's session before this one."""


class SessionsMiddleware:
    """Stamp sessions in use, and keep what is sent after a session's end.

    Stands after authentication. A request without a session's cookie costs nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        store = cast("SessionStore", request.session)
        store.device = events.device_of(request.headers.get("User-Agent", ""))
        before = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            before = store.get(SESSION_KEY)
            _arrive(store)
        response = self.get_response(request)
        store = cast("SessionStore", request.session)  # allauth puts another one in its place
        now = store.get(SESSION_KEY) if store.modified else before
        if now not in (None, before) and not _signed_in(request, store):
            _take_away_visit(response)
        if now is None and before is not None and store.ended is None:
            _take_away_visit(response)
        return _refilled(request, response)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Keep a form that was sent after the session's end, and lead to sign-in; forget one that is sent again."""
        if request.method != "POST":
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return _show_nobodys(request)
        _end_if_over(request)
        if request.user.is_authenticated:
            _forget_sent(request)
            return None
        ended: Ended | None = request.session.get(ENDED)
        if ended is None:
            return _show_nobodys(request)
        if not kept_forms.is_keepable(request.resolver_match):
            return None
        return keep_and_sign_in(request, ended)


def _show_nobodys(request: HttpRequest) -> HttpResponse | None:
    """Show what was typed for an account when nothing tells whose: it cannot be kept, but is not to be lost."""
    typed = kept_forms.typed_here(request) if kept_forms.is_keepable(request.resolver_match) else {}
    if not typed:
        return None
    response = render(request, "accounts/typed_by_nobody.html", {"typed": typed}, status=403)
    add_never_cache_headers(response)
    return response


def keep_and_sign_in(request: HttpRequest, ended: Ended) -> HttpResponse:
    """Keep what was typed for the account whose session ended, and ask it to sign in."""
    path = kept_forms.typed_on(request)
    was_kept = kept_forms.keep(account_id=ended["account"], path=path, typed=request.POST)
    request.session[ENDED] = {**ended, "kept": was_kept, "lost": not was_kept}
    return redirect_to_login(path)


def keep_signed_in(request: HttpRequest) -> HttpResponse:
    """Keep what was typed before signing in again, and show it in its page."""
    path = kept_forms.typed_on(request)
    if kept_forms.keep(account_id=account_id(request), path=path, typed=request.POST):
        remember_places(request)
    return redirect(path)


def _arrive(store: SessionStore) -> None:
    if store.row is not None and store.row.account_id is not None:
        sessions.stamp(store.row, now=clock.real_now(), device=store.device)
    _note_ended(store)


def _note_ended(store: SessionStore) -> None:
    if store.ended is not None:
        store[ENDED] = {"account": store.ended.account_id, "why": store.ended.why}


def _end_if_over(request: HttpRequest) -> None:
    """Let nobody act in a session that ended since this request loaded it: from here on nobody is signed in."""
    store = cast("SessionStore", request.session)
    row = store.row
    if row is None or row.account_id is None:
        return
    if not sessions.still_lasts(row, now=clock.real_now(), device=store.device):
        store.forget(row)
        request.user = AnonymousUser()
        _note_ended(store)


def _signed_in(request: HttpRequest, store: SessionStore) -> bool:
    """Begin a session: what its browser knows of the one before counts only if it was the same account's.

    Return whether nobody else's session was here before.
    """
    ended: Ended = store.pop(ENDED, {})
    store.pop(CSRF_BEFORE, None)
    if is_same_account(ended, account_id(request)):
        store[CSRF_BEFORE] = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    remember_places(request)
    return not ended or is_same_account(ended, account_id(request))


def _take_away_visit(response: HttpResponse) -> None:
    """Leave nothing of a visit to whoever comes to this browser next."""
    for name in settings.VISIT_COOKIES:
        response.delete_cookie(name, samesite="Lax")


def is_same_account(ended: Ended, account: int) -> bool:
    """Return whether the session that ended in this browser was of the account that signs in."""
    return ended.get("account") == account


def remember_places(request: HttpRequest) -> None:
    """Note of which pages something is kept, so that no other page has to ask the database."""
    request.session.pop(KEPT, None)
    if places := kept_forms.places(account_id(request)):
        request.session[KEPT] = places


def _forget_sent(request: HttpRequest) -> None:
    places: list[str] = request.session.get(KEPT, [])
    if kept_forms.place_of(request.path) in places:
        kept_forms.forget(account_id=account_id(request), path=request.path)
        remember_places(request)


def _refilled(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put what is kept of a page back into its form, with words before it."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return response
    if kept_forms.place_of(request.path) not in request.session.get(KEPT, []):
        return response
    typed = kept_forms.kept(account_id=account_id(request), path=request.path)
    refilled = refill(response.content.decode(), typed, request.path) if typed else None
    if refilled is not None:
        words = render_to_string("accounts/kept_form.html", {"left_over": refilled.left_over}, request)
        response.content = refilled.before + words + refilled.rest
    return response
