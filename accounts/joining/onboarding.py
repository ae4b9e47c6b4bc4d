"""What an account must have before it opens anything else: a table of steps, and the middleware that asks for them.

A key is an account with a password of its own. An account of a sign-in partner has none: the partner looks after
its second factor. An officer needs one always.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.factors.second_factors import has_second_factor, unkept_recovery_codes
from accounts.models import User
from accounts.recovering.recovery_questions import HOW_MANY

ONWARD = "onward"
"""Where the session keeps the page that somebody was going to."""


@dataclass(frozen=True)
class Step:
    """Something asked once: where, and whether an account has done it. ``pages`` are those that belong to it."""

    url_name: str
    is_met: Callable[[User], bool]
    pages: frozenset[str] = frozenset()


def is_key(user: User) -> bool:
    """Return whether the account signs in with a password of its own."""
    return user.has_usable_password()


def _has_questions(user: User) -> bool:
    """Asked while signing up only: an account that went on without them, an officer's say, is not held up later."""
    return (
        not is_key(user) or user.terms_accepted_at is not None or user.recovery_questions.count() >= HOW_MANY
    )


def _has_details(user: User) -> bool:
    return user.details_at is not None or bool(user.family_name and user.email)


def _needs_no_second_factor(user: User) -> bool:
    return has_second_factor(user) or not (is_key(user) or user.is_staff)


SECOND_FACTOR_PAGES = frozenset({"accounts:add_app", "accounts:add_passkey", "accounts:add_email_codes"})
STEPS = (
    Step("accounts:first_question", _has_questions),
    Step(
        "accounts:portal_terms",
        lambda user: user.terms_accepted_at is not None,
        frozenset({"accounts:key_ready"}),
    ),
    Step("accounts:first_details", _has_details),
    Step(
        "accounts:first_email",
        lambda user: user.details_at is not None,
        frozenset({"accounts:first_details"}),
    ),
    Step("accounts:second_factor", _needs_no_second_factor, SECOND_FACTOR_PAGES),
    Step(
        "accounts:recovery_codes",
        lambda user: not unkept_recovery_codes(user),
        frozenset({"accounts:recovery_codes_file"}),
    ),
)
ALWAYS = frozenset(
    {
        "account_logout",
        "set_language",
        "accounts:not_me",
        "accounts:not_me_done",
        "accounts:stay",
        "simulation:mailbox",
    }
)
"""Pages that are open to an unfinished account as well. In the demo, the codes are read in its mailbox."""


def unmet_step(user: User) -> Step | None:
    """Return the first step that an account has not done yet."""
    return next((step for step in STEPS if not step.is_met(user)), None)


def next_step(user: User) -> str | None:
    """Return the address of the first step that an account has not done yet; None when it is complete."""
    step = unmet_step(user)
    return reverse(step.url_name) if step else None


def go_on(request: HttpRequest, user: User) -> HttpResponse:
    """Lead to the next step, or after the last one to where the person was going."""
    return redirect(next_step(user) or request.session.pop(ONWARD, "") or reverse("account_home"))


def remember_onward(request: HttpRequest, address: str) -> None:
    """Keep an address of this portal to go to when the account is complete; no other one."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    if safe and address.startswith("/"):
        request.session[ONWARD] = address


class OnboardingMiddleware:
    """Leads whoever is signed in with an unfinished account to its first unmet step, and lets nothing else happen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User):
            return None
        step = unmet_step(user)
        if step is None:
            return None
        match = request.resolver_match
        page = match.view_name if match else ""
        if page == step.url_name or page in step.pages or page in ALWAYS:
            return None
        if request.method == "GET" and page != "account_home" and page not in _onboarding_pages():
            remember_onward(request, request.get_full_path())
        return redirect(step.url_name)


def _onboarding_pages() -> frozenset[str]:
    return frozenset({step.url_name for step in STEPS}).union(*(step.pages for step in STEPS))
