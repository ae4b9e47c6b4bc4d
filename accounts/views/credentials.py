"""Changing what one knows: the password, the recovery questions."""

from django.contrib import messages as flash
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.factors.fresh_proof import fresh_proof_required
from accounts.forms.finishing import QuestionForm
from accounts.forms.signing_up import PasswordForm
from accounts.recovering.recovery_questions import HOW_MANY, in_language, replace_question
from accounts.signed_in.sessions import Ending, end_all
from accounts.telling import events, notices
from accounts.views.finishing import signed_in
from lifecycle.middleware import PortalRequest

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_required
@never_cache
@fresh_proof_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(FORM_METHODS)
def password(request: PortalRequest) -> HttpResponse:
    """Change the password; every other session ends."""
    account = signed_in(request)
    if not account.has_usable_password():
        raise Http404
    form = PasswordForm(request.POST or None, user=account)
    if request.method == "POST" and form.is_valid():
        account.set_password(form.cleaned_data["password1"])
        account.save(update_fields=["password"])
        end_all(account_id=account.pk, why=Ending.PASSWORD, but=request.session.session_key)
        update_session_auth_hash(request, account)
        events.record(account_id=account.pk, kind=events.Kind.PASSWORD_CHANGED, request=request)
        notices.tell_owner(account=account, kind="password_changed")
        flash.success(request, _("Your password is changed. Every other session of the account has ended."))
        return redirect("account_home")
    return render(request, "account/password_change.html", {"form": form, "username": account.username})


@login_required
@never_cache
@require_safe
def questions(request: PortalRequest) -> HttpResponse:
    """List the account's recovery questions and hints, never an answer."""
    account = signed_in(request)
    if not account.has_usable_password():
        raise Http404
    known = {one.number: one for one in account.recovery_questions.all()}
    words = {number: in_language(one) for number, one in known.items()}
    listed = [(number, words.get(number), known.get(number)) for number in range(1, HOW_MANY + 1)]
    return render(request, "account/questions.html", {"listed": listed})


@login_required
@never_cache
@fresh_proof_required
@sensitive_post_parameters("answer", "hint", "own")
@require_http_methods(FORM_METHODS)
def question(request: PortalRequest, number: int) -> HttpResponse:
    """Replace one recovery question, its hint and its answer."""
    account = signed_in(request)
    if not account.has_usable_password() or not 1 <= number <= HOW_MANY:
        raise Http404
    others = list(account.recovery_questions.exclude(number=number))
    form = QuestionForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        replace_question(account=account, number=number, told=form.told())
        events.record(account_id=account.pk, kind=events.Kind.QUESTIONS_CHANGED, request=request)
        notices.tell_owner(account=account, kind="questions_changed")
        flash.success(request, _("Your recovery question is changed."))
        return redirect("accounts:questions")
    return render(request, "account/question_change.html", {"form": form, "number": number, "of": HOW_MANY})
