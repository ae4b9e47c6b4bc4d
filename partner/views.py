"""The partner's pages, and the addresses that the portal's server asks."""

from base64 import b64decode
from math import ceil
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import authorization, token
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partner import addresses, customers, demands, keeping
from partner.forms import CustomerForm, OpenAccountForm, SignInForm
from partner.institutions import INSTITUTIONS, name_of

exchanging = Lock()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this website is, to whoever comes here by another way than the portal's."""
    context = {"institutions": [name_of(slug) for slug in INSTITUTIONS], "portal": addresses.PORTAL[0]}
    return render(request, "partner/home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for customer name and password at the institution that the portal's request names."""
    return _ask(request, SignInForm, "partner/sign_in.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """Make a customer of that institution and go on as that one."""
    return _ask(request, OpenAccountForm, "partner/open_account.html")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Ask the customer to agree, and send them back. A sign-in here lasts for one visit.

    allauth checks the token of every form sent here itself; requests that begin a sign-in come without one, and those
    by POST are sent on as GET.
    """
    refusal = None if request.method == "POST" else demands.refusal(request.GET)
    if refusal:
        return render(request, "idp/oidc/error.html", {"refusal": refusal}, status=400)
    slug = _institution_of(request)
    if slug and customers.institution_of(request.user.get_username()) != slug:
        logout(request)
    response: HttpResponse = authorization(request)
    if response.headers.get("Location", "/").startswith(tuple(addresses.PORTAL)):
        logout(request)
    return response


@csrf_exempt
@require_POST
def exchange(request: HttpRequest) -> HttpResponse:
    """Give an id_token for a code, one request after the other: of two with the same code the second finds none.

    Who lacks the portal's secret does not come that far, so that nobody else can keep the portal waiting.
    """
    if not _is_the_portal(request):
        return JsonResponse({"error": "invalid_client"}, status=401)
    with exchanging:
        response: HttpResponse = token(request)
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether customers can be found: 200, or 503 while the database does not answer."""
    del request
    try:
        Client.objects.exists()
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse("up", content_type="text/plain")


@require_safe
def discovery(request: HttpRequest) -> HttpResponse:
    """Say how this provider works. Browsers go to its public address, servers to the one they asked here."""

    def at(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    return JsonResponse(
        {
            "issuer": addresses.PARTNER,
            "authorization_endpoint": addresses.PARTNER + reverse("idp:oidc:authorization"),
            "token_endpoint": at("idp:oidc:token"),
            "jwks_uri": at("idp:oidc:jwks"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid"],
            "claims_supported": ["sub"],
            "ui_locales_supported": [code for code, _name in settings.LANGUAGES],
        }
    )


def _ask(request: HttpRequest, form_class: type[CustomerForm], template: str) -> HttpResponse:
    """One of the two forms that end with a customer who is signed in and goes on to the portal's request."""
    onward = request.GET.get(REDIRECT_FIELD_NAME, "")
    slug = _institution_asked(onward)
    if not slug:
        return redirect("home")
    form = form_class(request.POST or None, request=request, institution=slug)
    if request.method == "POST" and form.is_valid() and form.customer:
        login(request, customers.Customer.objects.get(pk=form.customer.pk))
        return redirect(onward)
    if form.wait:
        return _too_many(request, form.wait, slug, onward)
    context = {
        "form": form,
        "onward": onward,
        "institution": name_of(slug),
        "demo_customers": customers.DEMO_CUSTOMERS,
        "demo_password": customers.DEMO_PASSWORD,
    }
    return render(request, template, context)


def _is_the_portal(request: HttpRequest) -> bool:
    """Whether a request holds the secret that the portal shares; the provider's own check is slow on purpose."""
    told = request.headers.get("Authorization", "").removeprefix("Basic ")
    try:
        _client, _colon, secret = b64decode(told).partition(b":")
    except ValueError:
        return False
    return constant_time_compare(secret, keeping.secret(keeping.CLIENT_SECRET))


def _too_many(request: HttpRequest, seconds: float, slug: str, onward: str) -> HttpResponse:
    """Say that it was tried too often and when the next try is allowed."""
    context = {"institution": name_of(slug), "minutes": ceil(seconds / 60), "onward": onward}
    response = render(request, "partner/too_many.html", context, status=429)
    response.headers["Retry-After"] = str(ceil(seconds))
    return response


def _institution_asked(onward: str) -> str:
    """The slug in the portal's request, which waits at an address of this website; nothing for any other address."""
    parts = urlsplit(onward)
    if (parts.scheme, parts.netloc, parts.path) != ("", "", reverse("idp:oidc:authorization")):
        return ""
    slug = parse_qs(parts.query).get("client_id", [""])[0]
    return slug if slug in INSTITUTIONS else ""


def _institution_of(request: HttpRequest) -> str:
    """The slug in the portal's request, or in the one that a customer agrees to; nothing when it was made up."""
    agreed = request.POST.get("request")
    if agreed is None:
        return request.GET.get("client_id", "")
    try:
        _scopes, asked = Signer().unsign_object(agreed)
    except BadSignature:
        return ""
    return str(asked["client_id"])
