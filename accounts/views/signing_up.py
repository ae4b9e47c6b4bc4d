"""Signing up by key, one step a page: terms, username, password. Then the account exists, and is finished."""

from allauth.account.utils import perform_login
from django.contrib import messages as flash
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import UsernameTaken
from accounts.forms.signing_up import PasswordForm, UsernameForm
from accounts.joining.onboarding import remember_onward
from accounts.joining.signing_up import open_account
from accounts.limiting.limits import SIGN_UP as NEW_ACCOUNTS
from accounts.limiting.limits import USERNAME, within
from accounts.limiting.too_many import too_many
from accounts.models import User
from accounts.telling import events
from accounts.views.finishing import steps_context

SIGN_UP = "sign_up"
"""Where the session keeps what the earlier steps were told. A password is never kept."""


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the two ways in: a key, or a sign-in partner."""
    if request.user.is_authenticated:
        return redirect("account_home")
    if onward := request.GET.get(REDIRECT_FIELD_NAME, ""):
        remember_onward(request, onward)
    return render(request, "account/sign_up_choose.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms of the key: accept them, or leave."""
    if request.user.is_authenticated:
        return redirect("account_home")
    if request.method == "POST":
        request.session[SIGN_UP] = {}
        return redirect("accounts:username")
    return render(request, "account/sign_up_terms.html", steps_context("key_terms"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def username(request: HttpRequest) -> HttpResponse:
    """Ask for the username."""
    told = request.session.get(SIGN_UP)
    if told is None or request.user.is_authenticated:
        return redirect("account_signup")
    if request.method == "POST" and not within(request, USERNAME):
        return too_many(request, USERNAME, keep=("username",))
    form = UsernameForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        request.session[SIGN_UP] = form.cleaned_data
        return redirect("accounts:password")
    context = steps_context("username", form=form, field=form["username"])
    return render(request, "account/sign_up_username.html", context)


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the password and make the account, so that no password has to be kept for a later step."""
    told = request.session.get(SIGN_UP) or {}
    if "username" not in told or request.user.is_authenticated:
        return redirect("account_signup")
    form = PasswordForm(request.POST or None, user=User(username=told["username"]))
    if request.method == "POST" and form.is_valid():
        if not within(request, NEW_ACCOUNTS):
            return too_many(request, NEW_ACCOUNTS)
        return _open(request, told["username"], form.cleaned_data["password1"])
    context = steps_context("password", form=form, username=told["username"])
    return render(request, "account/sign_up_password.html", context)


def _open(request: HttpRequest, name: str, chosen: str) -> HttpResponse:
    try:
        user = open_account(username=name, password=chosen, language=get_language() or "en")
    except UsernameTaken as refusal:
        flash.error(request, str(refusal))
        return redirect("accounts:username")
    del request.session[SIGN_UP]
    events.record(account_id=user.pk, kind=events.Kind.SIGNED_UP, request=request)
    signed_in: HttpResponse = perform_login(request, user, redirect_url="/", signup=True)
    return redirect("accounts:first_question") if signed_in.status_code == 302 else signed_in
