"""Signing up, one step a page."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages as flash
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.errors import UsernameTaken
from accounts.forms.signing_up import EmailForm, PasswordForm, UsernameForm
from accounts.limits import SIGN_UP as NEW_ACCOUNTS
from accounts.limits import USERNAME, within
from accounts.models import User
from accounts.signing_up import open_account
from accounts.too_many import too_many

SIGN_UP = "sign_up"
"""Where the session keeps what the earlier steps were told. A password is never kept."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms of the simulator: accept them, or leave."""
    if request.user.is_authenticated:
        return redirect("account_home")
    if request.method == "POST":
        request.session[SIGN_UP] = {"next": _local(request, request.POST.get(REDIRECT_FIELD_NAME, ""))}
        return redirect("accounts:username")
    onward = _local(request, request.GET.get(REDIRECT_FIELD_NAME, ""))
    return render(request, "account/sign_up_terms.html", {"step": 1, "next": onward})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def username(request: HttpRequest) -> HttpResponse:
    """Ask for the username."""
    told = request.session.get(SIGN_UP)
    if told is None:
        return redirect("account_signup")
    if request.method == "POST" and not within(request, USERNAME):
        return too_many(request, USERNAME, keep=("username",))
    form = UsernameForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        request.session[SIGN_UP] = told | form.cleaned_data
        return redirect("accounts:email")
    return render(request, "account/sign_up_step.html", {"step": 2, "form": form, "field": form["username"]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Ask for the e-mail address."""
    told = request.session.get(SIGN_UP) or {}
    if "username" not in told:
        return redirect("account_signup")
    form = EmailForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        request.session[SIGN_UP] = told | form.cleaned_data
        return redirect("accounts:password")
    return render(request, "account/sign_up_step.html", {"step": 3, "form": form, "field": form["email"]})


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the password and make the account."""
    told = request.session.get(SIGN_UP) or {}
    if "email" not in told:
        return redirect("account_signup")
    form = PasswordForm(request.POST or None, user=User(username=told["username"], email=told["email"]))
    if request.method == "POST" and form.is_valid():
        if not within(request, NEW_ACCOUNTS):
            return too_many(request, NEW_ACCOUNTS)
        return _finish(request, told, form.cleaned_data["password1"])
    return render(
        request, "account/sign_up_password.html", {"step": 4, "form": form, "username": told["username"]}
    )


def _finish(request: HttpRequest, told: dict[str, Any], chosen: str) -> HttpResponse:
    try:
        user = open_account(
            username=told["username"], email=told["email"], password=chosen, language=get_language() or "en"
        )
    except UsernameTaken as refusal:
        flash.error(request, str(refusal))
        return redirect("accounts:username")
    del request.session[SIGN_UP]
    onward = told["next"] or reverse("account_home")
    flash.success(
        request,
        _(
            "Your account is ready, and you are signed in. Write your username down: you need it to come back."
        ),
    )
    signed_in: HttpResponse = perform_login(
        request, user, email_verification="none", redirect_url=onward, signup=True
    )
    return signed_in


def _local(request: HttpRequest, address: str) -> str:
    """Return an address of this portal as it is, and nothing for any other."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""
