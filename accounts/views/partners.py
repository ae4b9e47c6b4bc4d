"""Signing in with a sign-in partner, linking one to an account, unlinking."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from requests import RequestException

from accounts.errors import LastCredential
from accounts.factors.fresh_proof import fresh_proof_required
from accounts.forms.partners import ChooseForm
from accounts.joining import partners
from accounts.joining.openid import ASKED_FOR, InstitutionAdapter, Trouble, trouble_page
from accounts.models import User

View = Callable[[HttpRequest], HttpResponse]


def leads_to_a_partner(view: View) -> View:
    """Let the page's form be answered with the way to the partner; 404 on a portal without partners.

    Chromium holds ``form-action`` against every redirect that follows a form.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not partners.offered():
            raise Http404
        response = view(request)
        csp_update({"form-action": [settings.PARTNER_URL]})(lambda _request: response)(request)
        return response

    return guarded


@never_cache
@leads_to_a_partner
@require_http_methods(["GET", "HEAD", "POST"])
def partner_choose(request: HttpRequest) -> HttpResponse:
    """Choose the institution to sign in or up with, then go there."""
    if request.user.is_authenticated:
        return redirect("account_home")
    typed = request.POST if request.method == "POST" else request.GET
    onward = _local(request, typed.get(REDIRECT_FIELD_NAME, ""))
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _go(request, form.cleaned_data["institution"], process=AuthProcess.LOGIN, onward=onward)
    return render(request, "accounts/partner_choose.html", {"form": form, "next": onward})


@never_cache
@require_GET
def partner_return(request: HttpRequest, institution: str) -> HttpResponse:
    """Take whoever comes back from an institution: sign in, sign up or link; or say what went wrong."""
    if not partners.offered() or institution not in partners.INSTITUTIONS:
        raise Http404
    come_back = OAuth2CallbackView.adapter_view(InstitutionAdapter(request, institution))
    try:
        response: HttpResponse = come_back(request)
    except (RequestException, OAuth2Error) as error:
        return trouble_page(request, institution, Trouble.behind(error))
    except IntegrityError:
        # The same customer signed up in another window at the same moment; the next try finds that account.
        return trouble_page(request, institution, Trouble.LOST)
    return response


@login_required
@never_cache
@require_safe
def partners_page(request: HttpRequest) -> HttpResponse:
    """List the account's sign-in partners."""
    linked = partners.links_of(_owner(request))
    context = {
        "links": [{"link": one, "name": partners.name_of(one.provider)} for one in linked],
        "can_link": partners.offered() and len(linked) < len(partners.INSTITUTIONS),
        "can_unlink": _owner(request).has_usable_password() or len(linked) > 1,
    }
    return render(request, "accounts/partners.html", context)


@login_required
@never_cache
@fresh_proof_required
@leads_to_a_partner
@require_http_methods(["GET", "HEAD", "POST"])
def partner_link(request: HttpRequest) -> HttpResponse:
    """Choose an institution, then go there; the owner has proved anew who asks."""
    owner = _owner(request)
    linked = frozenset(one.provider for one in partners.links_of(owner))
    form = ChooseForm(request.POST or None, without=linked)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["institution"]
        return _go(request, chosen, process=AuthProcess.CONNECT, data={"account": owner.pk})
    return render(request, "accounts/partner_link.html", {"form": form})


@login_required
@never_cache
@fresh_proof_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then unlink."""
    linked = get_object_or_404(SocialAccount.objects.filter(user=_owner(request)), pk=pk)
    name = partners.name_of(linked.provider)
    if request.method == "POST":
        try:
            partners.unlink(linked=linked, request=request)
        except LastCredential as refusal:
            flash.error(request, refusal.message)
        else:
            flash.success(request, _("Unlinked: %(institution)s.") % {"institution": name})
        return redirect("accounts:partners")
    return render(request, "accounts/partner_unlink.html", {"link": linked, "name": name})


def _go(
    request: HttpRequest,
    institution: str,
    *,
    process: str,
    onward: str = "",
    data: dict[str, int] | None = None,
) -> HttpResponse:
    """Begin a sign-in at an institution; the session keeps what belongs to it until the return."""
    request.session[ASKED_FOR] = onward
    provider = get_adapter(request).get_provider(request, institution)
    arrive_at = onward or reverse("account_home")
    try:
        response: HttpResponse = provider.redirect(request, process=process, next_url=arrive_at, data=data)
    except (RequestException, OAuth2Error) as error:
        return trouble_page(request, institution, Trouble.behind(error))
    return response


def _owner(request: HttpRequest) -> User:
    """The signed-in account."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _local(request: HttpRequest, address: str) -> str:
    """An address of this portal as it is, and nothing for any other."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else ""
