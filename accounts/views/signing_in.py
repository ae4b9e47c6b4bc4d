"""Signing in and out: username and password, the second step, a security question."""

import json
from functools import partial
from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.desk.officer_proof import note_second_factor
from accounts.factors import one_time_codes, second_factors
from accounts.factors.second_factors import Way
from accounts.forms.finishing import AnswerForm, CodeForm, ShownPasskeyForm
from accounts.forms.signing_in import SignInForm
from accounts.joining.stages import QuestionStage, SecondFactorStage, owner_of, send_code
from accounts.limiting.limits import (
    EMAIL,
    SECOND_FACTOR,
    SECURITY_QUESTION,
    free_at,
    give_back,
    judged,
    within,
)
from accounts.limiting.too_many import too_many
from accounts.models import Purpose, User
from accounts.recovering.recovery_questions import is_right, question_for
from accounts.telling import events, notices
from lifecycle import clock

FORM_METHODS = ["GET", "HEAD", "POST"]


class SignIn(LoginView):
    """Sign in with username and password; afterwards the page that was asked for, or the account's home."""

    template_name = "account/login.html"
    form_class: type[LoginForm] = SignInForm
    http_method_names = ("get", "head", "post", "options")  # a view of forms would take PUT for POST

    def get_default_success_url(self) -> str:
        return reverse("account_home")


class SignOut(LogoutView):
    """Ask once, then end the session."""

    template_name = "account/logout.html"


class Inactive(AccountInactiveView):
    """Where somebody arrives whose account was closed by an officer."""

    template_name = "account/inactive.html"


@login_stage_required(stage=SecondFactorStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD"])
def sign_in_second(request: HttpRequest) -> HttpResponse:
    """Lead to the first of the account's ways to pass the second step."""
    return redirect("accounts:sign_in_way", second_factors.ways_of(owner_of(_stage(request).login))[0])


@login_stage_required(stage=SecondFactorStage.key, redirect_urlname="account_login")
@sensitive_post_parameters("code")
@require_http_methods(FORM_METHODS)
def sign_in_way(request: HttpRequest, way: str) -> HttpResponse:
    """Ask for a code, or for a passkey, and offer the account's other ways."""
    stage = _stage(request)
    account = owner_of(stage.login)
    ways = second_factors.ways_of(account)
    if way not in ways:
        raise Http404
    if "cancel" in request.POST:
        return _abort(stage)
    if "again" in request.POST and way == Way.EMAIL:
        return _send_again(request, account)
    form = _form(request, Way(way))
    if request.method == "POST" and form.is_valid():
        if not within(request, SECOND_FACTOR, account.pk):
            return too_many(request, SECOND_FACTOR, account.pk)
        if _passes(account, Way(way), form.cleaned_data):
            give_back(request, SECOND_FACTOR, account.pk)
            return _passed(request, stage, account, Way(way))
        events.record(account_id=account.pk, kind=events.Kind.SIGN_IN_REFUSED, request=request)
        form.add_error(None if way == Way.PASSKEY else "code", REFUSALS[Way(way)]())
    context: dict[str, Any] = {
        "form": form,
        "way": way,
        "others": [other for other in ways if other != way],
        "demo": settings.DEMO,
        "sent": bool(one_time_codes.address_of(account=account, purpose=Purpose.SIGN_IN)),
    }
    if way == Way.PASSKEY:
        context["options_text"] = json.dumps(second_factors.ask_passkey(account))
    return render(request, "account/sign_in_way.html", context)


@login_stage_required(stage=QuestionStage.key, redirect_urlname="account_login")
@sensitive_post_parameters("answer")
@require_http_methods(FORM_METHODS)
def sign_in_question(request: HttpRequest) -> HttpResponse:
    """Ask one of the account's security questions: a ritual, after everything that proves something."""
    stage = _stage(request)
    account = owner_of(stage.login)
    question = question_for(account)
    if "cancel" in request.POST:
        return _abort(stage)
    if question is None:
        return _exit(stage)
    form = AnswerForm(request.POST or None, question=question)
    if request.method == "POST" and form.is_valid():
        answer = partial(is_right, question, form.cleaned_data["answer"])
        right = judged(request, SECURITY_QUESTION, account.pk, answer)
        if right is None:
            return too_many(request, SECURITY_QUESTION, account.pk)
        if right:
            return _exit(stage)
        events.record(account_id=account.pk, kind=events.Kind.SIGN_IN_REFUSED, request=request)
        form.add_error(
            "answer", _("This is not the answer that you gave. Capital letters do not matter; spelling does.")
        )
    context = {"form": form, "field": form["answer"]}
    return render(request, "account/sign_in_question.html", context)


REFUSALS = {
    Way.APP: lambda: _(
        "This code is not right, or was used already. Wait for the next one that the app shows, and check the clock "
        "of your device."
    ),
    Way.PASSKEY: lambda: _("This passkey was not accepted. Try again, or use another way."),
    Way.EMAIL: lambda: _("This code is not right, or its 10 minutes are over. Ask for another one."),
    Way.RECOVERY: lambda: _("This is none of your unused recovery codes. Each is good once."),
}


def _form(request: HttpRequest, way: Way) -> CodeForm | ShownPasskeyForm:
    return ShownPasskeyForm(request.POST or None) if way == Way.PASSKEY else CodeForm(request.POST or None)


def _passes(account: User, way: Way, typed: dict[str, Any]) -> bool:
    if way == Way.PASSKEY:
        return second_factors.check_passkey(account=account, credential=typed["credential"])
    return second_factors.check(account=account, way=way, typed=typed["code"])


def _passed(request: HttpRequest, stage: LoginStage, account: User, way: Way) -> HttpResponse:
    record_authentication(request, account, "mfa", type=str(way))
    note_second_factor(request, account.pk)
    if way == Way.RECOVERY:
        events.record(account_id=account.pk, kind=events.Kind.RECOVERY_CODE_USED, request=request)
        notices.tell_owner(account=account, kind="recovery_code_used")
    return _exit(stage)


def _send_again(request: HttpRequest, account: User) -> HttpResponse:
    if free_at(request, EMAIL, account.email) > clock.real_now():
        return too_many(request, EMAIL, account.email)
    if send_code(request, account):
        flash.success(
            request, _("A code is on its way to your e-mail address. An earlier one no longer works.")
        )
    else:
        flash.error(request, _("The e-mail could not be sent. Wait a minute, then ask for another code."))
    return redirect("accounts:sign_in_way", Way.EMAIL)


def _stage(request: HttpRequest) -> LoginStage:
    stage: LoginStage = vars(request)["_login_stage"]
    return stage


def _exit(stage: LoginStage) -> HttpResponse:
    response: HttpResponse = stage.exit()
    return response


def _abort(stage: LoginStage) -> HttpResponse:
    response: HttpResponse = stage.abort()
    return response
