"""The way back to a forgotten username: an e-mail with a link, a proof, and then the username."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.details import PasswordProofForm
from accounts.forms.recovery import AddressForm, AnswersForm
from accounts.limiting.limits import RECOVERY, SECURITY_QUESTION, SIGN_IN, within
from accounts.limiting.same_time import same_time
from accounts.limiting.too_many import too_many
from accounts.models import Recovery, RecoveryQuestion
from accounts.recovering import recovery, recovery_mail
from accounts.recovering.recovery import Lost, WayBackOver
from accounts.recovering.recovery_questions import is_right, question_for
from accounts.recovering.ways_back import accounts_at
from accounts.tasks import send_ways_back
from accounts.views.recovery import over
from lifecycle.middleware import PortalRequest

FORM_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(FORM_METHODS)
def username(request: PortalRequest) -> HttpResponse:
    """Ask for the e-mail address; the answer is the same whether or not an account has it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not within(request, RECOVERY, email):
            return too_many(request, RECOVERY, email, keep=["email"])
        with same_time():
            for account in accounts_at(email):
                recovery.ask(account=account, lost=Lost.USERNAME, request=request)
            send_ways_back.delay_on_commit()
        return redirect("accounts:username_sent")
    return render(request, "accounts/recover/username.html", {"form": form})


@never_cache
@require_safe
def username_sent(request: PortalRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "accounts/recover/username_sent.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(FORM_METHODS)
def username_shown(request: PortalRequest, token: str) -> HttpResponse:
    """Behind the link of the e-mail: ask what only the owner knows, then show the username, once."""
    asked = recovery_mail.behind(token, seconds=int(recovery.HOUR.total_seconds()))
    if asked is None or not recovery.is_open(asked) or asked.lost != Lost.USERNAME:
        return over(request)
    question = question_for(asked.account)
    if question is not None:
        return _by_question(request, asked, question)
    if asked.account.has_usable_password():
        return _by_password(request, asked)
    return render(request, "accounts/recover/username_partner.html")


def _by_question(request: PortalRequest, asked: Recovery, question: RecoveryQuestion) -> HttpResponse:
    form = AnswersForm(request.POST or None, questions=[question])
    if request.method == "POST" and form.is_valid():
        if not within(request, SECURITY_QUESTION, asked.account_id):
            return too_many(request, SECURITY_QUESTION, asked.account_id)
        ((_question, typed),) = form.typed()
        if is_right(question, typed):
            return _show(request, asked)
        form.add_error(
            f"answer_{question.number}", _("This is not the answer. Capital letters do not matter.")
        )
    return render(request, "accounts/recover/username_proof.html", {"form": form})


def _by_password(request: PortalRequest, asked: Recovery) -> HttpResponse:
    form = PasswordProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within(request, SIGN_IN, asked.account.username):
            return too_many(request, SIGN_IN, asked.account_id)
        if asked.account.check_password(form.cleaned_data["password"]):
            return _show(request, asked)
        form.add_error("password", _("This is not the password. Small and capital letters differ."))
    return render(request, "accounts/recover/username_proof.html", {"form": form})


def _show(request: PortalRequest, asked: Recovery) -> HttpResponse:
    try:
        username = recovery.show_username(asked=asked, request=request)
    except WayBackOver:
        return over(request)
    return render(request, "accounts/recover/username_shown.html", {"username": username})
