"""Officers and their roles, for administrators; auditors read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk import officers
from accounts.desk.officer_proof import second_factor_required, typed_before
from accounts.forms.officers import GiveRoleForm, RoleForm
from accounts.models import User
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest

OFFICERS_A_PAGE = 50


@officer_may("accounts.view_user")
@require_safe
def officers_and_roles(request: PortalRequest) -> HttpResponse:
    """Everybody with a role."""
    page = Paginator(_officers(), OFFICERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/officers/list.html", {"page": page})


@officer_may("accounts.change_user")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: PortalRequest) -> HttpResponse:
    """Make the owner of an account an officer."""
    form = GiveRoleForm(request.POST or None, initial=typed_before(request, request.path))
    if request.method == "POST" and form.is_valid() and _changed(request, form, form.account):
        return redirect("admin:accounts_user_changelist")
    return render(request, "accounts/officers/give_role.html", {"form": form})


@officer_may("accounts.change_user")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_role(request: PortalRequest, pk: int) -> HttpResponse:
    """Change an officer's role, or take it away."""
    officer = get_object_or_404(_officers(), pk=pk)
    typed = {"role": officer.role, "province": officer.province, **typed_before(request, request.path)}
    form = RoleForm(request.POST or None, initial=typed)
    if request.method == "POST" and form.is_valid() and _changed(request, form, officer):
        return redirect("admin:accounts_user_changelist")
    return render(request, "accounts/officers/change_role.html", {"form": form, "officer": officer})


def _officers() -> QuerySet[User]:
    return User.objects.exclude(role="").order_by("username")


def _changed(request: PortalRequest, form: RoleForm, account: User) -> bool:
    """Change the role as the form says and tell so; a refusal is told in the form."""
    try:
        officers.change_role(
            account_id=account.pk,
            role=form.chosen_role,
            province=form.cleaned_data["province"],
            officer_id=account_id(request),
            why=form.cleaned_data["why"],
            at=request.at,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal.message))
        return False
    messages.success(request, _("The role is changed. The account is signed out everywhere."))
    return True
