"""Beginning a profile: with a personal reference code, without one, or from earlier answers."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import account_id
from accounts.limiting.limits import REFERENCE_CODE, within
from accounts.limiting.too_many import too_many
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from profiles.beginning import BegunAgain, begin_again, begin_with_code, earlier_answers, workable_draft
from profiles.forms import ReferenceCodeForm
from profiles.queries import live_profile
from profiles.services import lock_account, open_draft


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PortalRequest) -> HttpResponse:
    """The personal checklist: begin with a reference code, without one, or from earlier answers."""
    account = account_id(request)
    if workable_draft(account, request.at) is not None:
        flash.info(request, _("You have a profile in progress. Here it is; nothing was changed."))
        return redirect("profiles:tasks")
    if request.method == "POST":
        return _begin(request, account)
    return _checklist(request, ReferenceCodeForm())


def _begin(request: PortalRequest, account: int) -> HttpResponse:
    way = request.POST.get("way")
    form = ReferenceCodeForm(request.POST if way == "code" else None)
    if way == "code":
        return _begin_with_code(request, account, form) if form.is_valid() else _checklist(request, form)
    try:
        if way == "earlier":
            _tell_what_was_not_taken(request, begin_again(account_id=account, at=request.at))
        else:
            open_draft(account_id=account, at=request.at)
    except DomainError as refusal:
        flash.error(request, str(refusal.message))
        return _checklist(request, form)
    return redirect("profiles:tasks")


def _tell_what_was_not_taken(request: PortalRequest, begun: BegunAgain) -> None:
    if begun.draft.unfinished:
        flash.warning(
            request,
            _(
                "Today’s forms do not take all of the earlier answers. What needs another look is marked below."
            ),
        )
    if begun.unread:
        flash.warning(
            request,
            _("These earlier answers could not be taken over, so please give them anew: %(pages)s.")
            % {"pages": ", ".join(begun.unread)},
        )


@transaction.atomic
def _begin_with_code(request: PortalRequest, account: int, form: ReferenceCodeForm) -> HttpResponse:
    """One after the other, so that of many clicks at once only the first counts: the others find its draft."""
    lock_account(account)
    if workable_draft(account, request.at) is not None:
        return redirect("profiles:tasks")
    if not within(request, REFERENCE_CODE, account):
        return too_many(request, REFERENCE_CODE, account, template="profiles/too_many_codes.html")
    try:
        begin_with_code(account_id=account, typed=form.cleaned_data["code"], at=request.at)
    except DomainError as refusal:
        form.add_error("code", str(refusal.message))
        return _checklist(request, form)
    return redirect("profiles:tasks")


def _checklist(request: PortalRequest, form: ReferenceCodeForm) -> HttpResponse:
    account = account_id(request)
    context = {
        "form": form,
        "profile": live_profile(account, request.at),
        "has_earlier": earlier_answers(account, request.at) is not None,
    }
    return render(request, "profiles/start.html", context)
