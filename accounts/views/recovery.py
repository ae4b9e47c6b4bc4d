"""Ways back into an account, one thing a page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.details import AddressTaken
from accounts.factors import second_factors
from accounts.factors.one_time_codes import CodeNotSent
from accounts.forms.details import CodeForm
from accounts.forms.finishing import QuestionForm, ShownPasskeyForm
from accounts.forms.recovery import (
    AnswersForm,
    EmailedFactorForm,
    FactorForm,
    RecoveryCodeForm,
    SignedForm,
    UsernameForm,
    VerifiedEmailForm,
)
from accounts.forms.signing_up import PasswordForm
from accounts.limiting.same_time import same_time
from accounts.limiting.too_many import too_many
from accounts.models import Recovery, User
from accounts.recovering import recovery, way_back_proofs, ways_back
from accounts.recovering.recovery import Lost, WayBackOver
from accounts.recovering.recovery_questions import HOW_MANY
from accounts.recovering.way_back_proofs import TooOften
from accounts.recovering.ways_back import Step, Walk
from accounts.tasks import send_ways_back
from lifecycle import clock
from lifecycle.middleware import PortalRequest

FORM_METHODS = ["GET", "HEAD", "POST"]
WAYS = {
    "password": Lost.PASSWORD,
    "answers": Lost.ANSWERS,
    "second-factor": Lost.FACTOR,
    "e-mail": Lost.MAILBOX,
}
"""The last part of each way's address."""


@dataclass(frozen=True)
class Page:
    """What a step's page says, and its form."""

    title: Promise
    lead: Promise
    form: Callable[..., forms.Form]


PAGES: dict[Step, Page] = {
    Step.USERNAME: Page(
        _("Which account is it?"),
        _("If there is such an account, we send a code to its e-mail address."),
        UsernameForm,
    ),
    Step.SIGN_IN: Page(
        _("Which account is it?"),
        _("Enter its username and password, as you do when you sign in."),
        SignedForm,
    ),
    Step.CODE: Page(
        _("Type the code from the e-mail"),
        _(
            "If there is such an account, a code is on its way to its e-mail address. It is good for 10 minutes."
        ),
        CodeForm,
    ),
    Step.RECOVERY_CODE: Page(
        _("Type a recovery code"),
        _(
            "You kept five of them when you set up your second factor. One is used up now, and one after the wait."
        ),
        RecoveryCodeForm,
    ),
    Step.FACTOR: Page(_("Show your second factor"), _("As when you sign in."), FactorForm),
    Step.EMAIL: Page(
        _("Your new e-mail address"),
        _("The wait is over. Enter the address that is to take the place of the lost one."),
        VerifiedEmailForm,
    ),
}


@never_cache
@require_safe
def ways(request: PortalRequest) -> HttpResponse:
    """Show every way back, what each takes, and what cannot be recovered."""
    return render(request, "accounts/recover/ways.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(FORM_METHODS)
def way(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask for the next thing on a way back."""
    if slug not in WAYS:
        raise Http404
    if request.method == "POST" and WAYS[slug] == Lost.PASSWORD:
        with same_time():  # of the whole answer: what is looked up for an account lies all over the walk
            return _go(request, WAYS[slug])
    return _go(request, WAYS[slug])


def _go(request: PortalRequest, lost: Lost) -> HttpResponse:
    """Take the next step of a walk, wherever it stands."""
    walk = ways_back.walk_of(request, lost)
    if request.method == "POST" and "anew" in request.POST:
        ways_back.forget(request)
        return redirect(request.path)
    if walk.is_over():
        ways_back.forget(request)
        return over(request)
    try:
        return STEPS.get(ways_back.step_of(walk), _step)(request, walk)
    except TooOften as too_often:
        return too_many(request, too_often.limit, too_often.subject)
    except WayBackOver:
        ways_back.forget(request)
        return over(request)


def over(request: PortalRequest) -> HttpResponse:
    """Say that a way back was refused, used or out of time, and where to begin again."""
    return render(request, "accounts/recover/over.html", status=404)


def _step(request: PortalRequest, walk: Walk) -> HttpResponse:
    """Ask for one thing with a form, judge it, and go on."""
    step = ways_back.step_of(walk)
    if request.method == "POST" and "again" in request.POST:
        return _send_again(request, walk)
    form = _form(request, walk, step)
    if request.method == "POST" and form.is_valid():
        try:
            wrong = way_back_proofs.judge(request, walk, step, form.cleaned_data)
        except CodeNotSent as failure:
            wrong = failure.message
        if wrong is None:
            send_ways_back.delay_on_commit()
            return redirect(request.path)
        form.add_error("code" if "code" in form.fields else None, str(wrong))
    return _show(request, walk, form, PAGES[step])


def _factor(request: PortalRequest, walk: Walk) -> HttpResponse:
    """Ask for a code of a second factor, or for a passkey, which alone needs script."""
    by_passkey, by_code = ways_back.has_passkey(walk), ways_back.can_type_factor(walk)
    if not (by_passkey or by_code):
        return render(request, "accounts/recover/cannot.html")
    if request.method == "POST" and "credential" in request.POST:
        shown = ShownPasskeyForm(request.POST)
        if shown.is_valid() and (
            wrong := way_back_proofs.judge(request, walk, Step.FACTOR, shown.cleaned_data)
        ):
            flash.warning(request, str(wrong))
        return redirect(request.path)
    return _step(request, walk)


def _form(request: PortalRequest, walk: Walk, step: Step) -> forms.Form:
    account = walk.owner()
    if step == Step.FACTOR and walk.lost == Lost.ANSWERS and account is not None and account.email_codes:
        return EmailedFactorForm(request.POST or None)
    more = {"account": account} if step == Step.EMAIL else {}
    return PAGES[step].form(request.POST or None, **more)


def _send_again(request: PortalRequest, walk: Walk) -> HttpResponse:
    try:
        way_back_proofs.send_again(request, walk)
        send_ways_back.delay_on_commit()
        flash.success(
            request,
            _now("If there is such an account, another code is on its way. Earlier ones no longer work."),
        )
    except CodeNotSent as failure:
        flash.warning(request, str(failure.message))
    return redirect(request.path)


def _questions(request: PortalRequest, walk: Walk) -> HttpResponse:
    account = _owner(walk)
    questions = list(account.recovery_questions.order_by("number"))
    if not questions:
        return render(request, "accounts/recover/cannot.html")
    form = AnswersForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        wrong = way_back_proofs.judge_answers(request, walk, form.typed())
        if wrong is None:
            return redirect(request.path)
        form.add_error(None, str(wrong))
    page = Page(
        _("Answer your recovery questions"),
        _("All of them. You gave the answers when you created the account."),
        AnswersForm,
    )
    return _show(request, walk, form, page)


def _password(request: PortalRequest, walk: Walk) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=_owner(walk))
    if request.method == "POST" and form.is_valid():
        recovery.replace_password(
            asked=_asked(walk), password=form.cleaned_data["password1"], request=request
        )
        return _done(request, _now("Your new password is set, and every session has ended. Sign in with it."))
    page = Page(
        _("Choose a new password"),
        _("When it is set, every session of the account ends, and we tell you by e-mail."),
        PasswordForm,
    )
    return _show(request, walk, form, page)


def _new_answers(request: PortalRequest, walk: Walk) -> HttpResponse:
    asked = [QuestionForm(request.POST or None, prefix=f"q{number}") for number in range(1, HOW_MANY + 1)]
    valid = [form.is_valid() for form in asked]
    if request.method == "POST" and all(valid) and _all_differ(asked):
        recovery.replace_answers(asked=_asked(walk), told=[form.told() for form in asked], request=request)
        return _done(request, _now("Your new recovery questions are set. Sign in: one of them is asked."))
    return render(request, "accounts/recover/answers.html", {"forms": asked})


def _all_differ(asked: list[QuestionForm]) -> bool:
    """Whether no question is there twice; a later one that repeats an earlier one is told so."""
    seen: set[str] = set()
    for form in asked:
        question = form.told().question
        if question in seen:
            form.add_error("question", _now("You have chosen this question already. Choose another one."))
        seen.add(question)
    return all(not form.errors for form in asked)


def _wait(request: PortalRequest, walk: Walk) -> HttpResponse:
    """Begin the wait, say when it is over, and then let the loss be made good."""
    account = _owner(walk)
    asked = recovery.ask(account=account, lost=Lost(walk.lost), request=request)
    walk.asked = asked.pk
    walk.save(request)
    ripe = recovery.is_ripe(asked)
    if ripe and walk.lost == Lost.MAILBOX:
        walk.passed.append(Step.WAIT.value)
        walk.save(request)
        return _step(request, walk)
    if ripe and request.method == "POST":
        recovery.replace_factor(asked=asked, request=request)
        return _done(
            request,
            _now("Codes by e-mail are your second factor now. Sign in, and add another one if you like."),
        )
    context = {"asked": asked, "ripe": ripe, "ends_at": recovery.ends_at(asked), "now": clock.real_now()}
    return render(request, "accounts/recover/wait.html", context)


def _email_code(request: PortalRequest, walk: Walk) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            right = way_back_proofs.replace_mailbox(request, walk, _asked(walk), form.cleaned_data["code"])
        except AddressTaken as refusal:
            form.add_error(None, str(refusal.message))
        else:
            if right:
                return _done(
                    request, _now("Your new e-mail address is set, and every session has ended. Sign in.")
                )
            form.add_error("code", str(way_back_proofs.WRONG_CODE))
    page = Page(_("Type the code from the e-mail"), _("It went to the new address."), CodeForm)
    return _show(request, walk, form, page)


def _show(request: PortalRequest, walk: Walk, form: forms.Form, page: Page) -> HttpResponse:
    resendable = ways_back.step_of(walk) in (Step.CODE, Step.FACTOR) and not isinstance(
        form, RecoveryCodeForm
    )
    by_code = not isinstance(form, FactorForm) or ways_back.can_type_factor(walk)
    context: dict[str, Any] = {
        "form": form if by_code else None,
        "title": page.title,
        "lead": page.lead,
        "again": resendable and type(form) is not FactorForm,
        "begun": bool(walk.passed),
        "passkey": None,
    }
    account = walk.owner()
    if isinstance(form, FactorForm) and account is not None and ways_back.has_passkey(walk):
        context["passkey"] = ShownPasskeyForm()
        context["options_text"] = json.dumps(second_factors.ask_passkey(account))
    return render(request, "accounts/recover/step.html", context)


def _done(request: PortalRequest, words: str) -> HttpResponse:
    ways_back.forget(request)
    if request.user.is_authenticated:
        logout(request)  # whoever walked it while signed in has just ended the own session as well
    flash.success(request, words)
    return redirect("account_login")


def _owner(walk: Walk) -> User:
    account = walk.owner()
    if account is None:
        raise WayBackOver
    return account


def _asked(walk: Walk) -> Recovery:
    asked = walk.way_back()
    if asked is None:
        raise WayBackOver
    return asked


STEPS: dict[Step, Callable[[PortalRequest, Walk], HttpResponse]] = {
    Step.FACTOR: _factor,
    Step.QUESTIONS: _questions,
    Step.CHOOSE: _password,
    Step.ANSWERS: _new_answers,
    Step.WAIT: _wait,
    Step.EMAIL_CODE: _email_code,
}
"""The steps that need more than a form and its judge."""
