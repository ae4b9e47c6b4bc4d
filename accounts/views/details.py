"""The page of the account itself: who it belongs to, how one signs in, what was asked of it, how to leave."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import account_id
from accounts.details import AddressTaken, change_details, change_email
from accounts.factors import one_time_codes
from accounts.factors.fresh_proof import fresh_proof_required
from accounts.factors.one_time_codes import CodeNotSent
from accounts.forms.details import CodeForm, DetailsForm, NewEmailForm
from accounts.limiting.limits import EMAIL, SECOND_FACTOR, within
from accounts.limiting.too_many import too_many
from accounts.models import Purpose, Recovery, User
from accounts.recovering import recovery
from lifecycle.middleware import PortalRequest

Links = tuple[tuple[str, Promise], ...]

SIGNING_IN_BY_PARTNER: Links = (("accounts:partners", _("Sign-in partners")),)
SIGNING_IN: Links = (
    ("accounts:password_change", _("Password")),
    ("accounts:second_factor", _("Second factors and recovery codes")),
    ("accounts:questions", _("Recovery questions")),
    *SIGNING_IN_BY_PARTNER,
)
WATCHING: Links = (
    ("accounts:sessions", _("Sessions that are open")),
    ("accounts:history", _("History of sign-ins and changes")),
    ("accounts:messages", _("Account messages")),
)
LEAVING: Links = (
    ("account_export", _("Export your data")),
    ("account_close", _("Close your account")),
)

FORM_METHODS = ["GET", "HEAD", "POST"]


def links(of: Links) -> list[dict[str, str | Promise]]:
    """Return pages of the account as a list shows them."""
    return [{"url": reverse(name), "words": words} for name, words in of]


def rows_of(account: User) -> list[dict[str, str]]:
    """Return what the account is known by, and where each of it is changed."""
    change = reverse("accounts:settings_change")
    name = f"{account.given_names} {account.family_name}".strip()
    return [
        {"label": _now("Username"), "value": account.username},
        {"label": _now("Name"), "value": name or _now("Not given"), "change_url": change},
        {
            "label": _now("E-mail address"),
            "value": account.email or _now("Not given"),
            "change_url": reverse("accounts:new_email"),
        },
        {
            "label": _now("Language of messages and e-mails"),
            "value": str(account.get_language_display()),
            "change_url": change,
        },
    ]


@login_required
@never_cache
@require_safe
def details(request: PortalRequest) -> HttpResponse:
    """Show the account's details and the ways to everything that can be changed."""
    account = _account(request)
    context = {
        "rows": rows_of(account),
        "ways_back": [(asked, recovery.words_of(asked)) for asked in recovery.open_ones(account)],
        "signing_in": links(SIGNING_IN if account.has_usable_password() else SIGNING_IN_BY_PARTNER),
        "watching": links(WATCHING),
        "leaving": links(LEAVING),
    }
    return render(request, "accounts/settings.html", context)


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def change(request: PortalRequest) -> HttpResponse:
    """Change names and language."""
    account = _account(request)
    present = {name: getattr(account, name) for name in ("family_name", "given_names", "language")}
    form = DetailsForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        change_details(account=account, request=request, **form.cleaned_data)
        flash.success(request, _now("Your details are saved."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings_change.html", {"form": form})


@login_required
@never_cache
@fresh_proof_required
@require_http_methods(FORM_METHODS)
def email(request: PortalRequest) -> HttpResponse:
    """Ask for the new e-mail address and send a code to it."""
    account = _account(request)
    form = NewEmailForm(request.POST or None, present=account.email)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["email"]
        if not within(request, EMAIL, new):
            return too_many(request, EMAIL, new, keep=["email"])
        try:
            one_time_codes.send(account=account, purpose=Purpose.CHANGE_EMAIL, email=new)
        except CodeNotSent as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("accounts:new_email_code")
    return render(request, "accounts/new_email.html", {"form": form, "account": account})


@login_required
@never_cache
@fresh_proof_required
@require_http_methods(FORM_METHODS)
def email_code(request: PortalRequest) -> HttpResponse:
    """Ask for the code that went to the new address, and then change to it."""
    account = _account(request)
    new = one_time_codes.address_of(account=account, purpose=Purpose.CHANGE_EMAIL)
    if not new:
        return redirect("accounts:new_email")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within(request, SECOND_FACTOR, account.pk):
            return too_many(request, SECOND_FACTOR, account.pk)
        if _changed(request, account, form):
            flash.success(request, _now("Your e-mail address is changed. We tell both addresses of it."))
            return redirect("accounts:settings")
    return render(request, "accounts/new_email_code.html", {"form": form, "new": new})


def _changed(request: PortalRequest, account: User, form: CodeForm) -> bool:
    try:
        if change_email(account=account, typed=form.cleaned_data["code"], request=request):
            return True
    except AddressTaken as refusal:
        form.add_error(None, str(refusal.message))
    else:
        form.add_error(
            "code", _now("This code is not right, or its 10 minutes are over. Ask for another one.")
        )
    return False


@login_required
@require_POST
def refuse(request: PortalRequest, pk: int) -> HttpResponse:
    """Refuse one way back that was asked for."""
    asked = get_object_or_404(Recovery.objects.filter(account_id=account_id(request)), pk=pk)
    if recovery.refuse(asked=asked, request=request):
        flash.success(request, _now("The way back was refused. Whoever asked for it gets no further."))
    else:
        flash.info(request, _now("This way back was over already. Nothing was changed."))
    return redirect("accounts:settings")


def _account(request: PortalRequest) -> User:
    return User.objects.get(pk=account_id(request))
