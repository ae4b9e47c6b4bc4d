"""What a new account is asked once, one step a page. ``accounts.joining.onboarding`` knows which step comes next."""

from typing import Any

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from accounts.factors import one_time_codes
from accounts.forms.finishing import CodeForm, FirstDetailsForm, QuestionForm
from accounts.joining import finishing
from accounts.joining.onboarding import go_on, is_key, unmet_step
from accounts.limiting.limits import EMAIL, SECOND_FACTOR, give_back, within
from accounts.limiting.too_many import too_many
from accounts.models import Purpose, User
from accounts.recovering.recovery_questions import HOW_MANY, add_question
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest

FORM_METHODS = ["GET", "HEAD", "POST"]
STEPS_OF_A_KEY = (
    "key_terms", "username", "password", "questions", "portal_terms", "details", "email", "second_factor",
    "recovery_codes",
)  # fmt: skip
STEPS_WITH_A_PARTNER = ("portal_terms", "details", "email")


def steps_context(name: str, account: User | None = None, **more: Any) -> dict[str, Any]:
    """Return a page's context with the place of its step among those that the account goes through.

    A complete account goes through none: then ``step`` is None, and the page shows no progress.
    """
    if account is not None and unmet_step(account) is None:
        return {"step": None, **more}
    steps = STEPS_OF_A_KEY if account is None or is_key(account) else STEPS_WITH_A_PARTNER
    place = steps.index(name) + 1 if name in steps else len(steps)
    return {"step": place, "steps": len(steps), **more}


def signed_in(request: HttpRequest) -> User:
    """Return the account that is signed in, as the database has it."""
    return User.objects.get(pk=account_id(request))


@login_required
@never_cache
@sensitive_post_parameters("answer", "hint", "own")
@require_http_methods(FORM_METHODS)
def first_question(request: PortalRequest) -> HttpResponse:
    """Ask for the next recovery question, until there are three."""
    account = signed_in(request)
    others = list(account.recovery_questions.all())
    if len(others) >= HOW_MANY or not is_key(account):
        return go_on(request, account)
    form = QuestionForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        kept = add_question(account=account, told=form.told())
        return redirect("accounts:key_ready" if kept.number >= HOW_MANY else "accounts:first_question")
    context = steps_context("questions", account, form=form, number=len(others) + 1, of=HOW_MANY)
    return render(request, "account/first_question.html", context)


@login_required
@never_cache
@require_safe
def key_ready(request: PortalRequest) -> HttpResponse:
    """Say that the key is ready, and that the username is to be written down."""
    account = signed_in(request)
    if account.terms_accepted_at is not None or account.recovery_questions.count() < HOW_MANY:
        return go_on(request, account)
    return render(request, "account/key_ready.html", {"username": account.username})


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def portal_terms(request: PortalRequest) -> HttpResponse:
    """Show the portal's terms: accept them, or sign out."""
    account = signed_in(request)
    if request.method == "POST":
        finishing.accept_terms(account=account)
        return go_on(request, signed_in(request))
    if account.terms_accepted_at is not None:
        return go_on(request, account)
    return render(request, "account/portal_terms.html", steps_context("portal_terms", account))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def first_details(request: PortalRequest) -> HttpResponse:
    """Ask for names, e-mail address and language, and send the code that proves the address."""
    account = signed_in(request)
    if account.details_at is not None:
        return go_on(request, account)
    present = {name: getattr(account, name) for name in FirstDetailsForm.base_fields}
    form = FirstDetailsForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        if not within(request, EMAIL, form.cleaned_data["email"]):
            return too_many(request, EMAIL, form.cleaned_data["email"], keep=FirstDetailsForm.base_fields)
        account = finishing.give_details(account=account, **form.cleaned_data)
        _send(request, account)
        return redirect("accounts:first_email")
    return render(request, "account/first_details.html", steps_context("details", account, form=form))


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def first_email(request: PortalRequest) -> HttpResponse:
    """Ask for the code that went to the address, or send another one."""
    account = signed_in(request)
    if account.details_at is not None:
        return go_on(request, account)
    if "again" in request.POST:
        if not within(request, EMAIL, account.email):
            return too_many(request, EMAIL, account.email)
        _send(request, account, again=True)
        return redirect("accounts:first_email")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within(request, SECOND_FACTOR, account.pk):
            return too_many(request, SECOND_FACTOR, account.pk)
        if _prove(account, form):
            give_back(request, SECOND_FACTOR, account.pk)
            return go_on(request, signed_in(request))
    context = steps_context("email", account, form=form, email=account.email, demo=settings.DEMO)
    return render(request, "account/first_email.html", context)


def _send(request: HttpRequest, account: User, *, again: bool = False) -> None:
    try:
        one_time_codes.send(account=account, purpose=Purpose.VERIFY_EMAIL, email=account.email)
    except one_time_codes.CodeNotSent as refusal:
        flash.error(request, str(refusal))
    else:
        if again:
            flash.success(request, _("Another code is on its way. The earlier one no longer works."))


def _prove(account: User, form: CodeForm) -> bool:
    try:
        if finishing.prove_address(account=account, typed=form.cleaned_data["code"]):
            return True
        form.add_error("code", _("This code is not right, or its 10 minutes are over. Ask for another one."))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return False
