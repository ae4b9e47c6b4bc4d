"""The officers' pages that start, pause, resume and end a recurring plan, each asked once more and with its reason."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import officer_may
from accounts.desk.officer_proof import second_factor_required, typed_before
from draws.models import RecurringPlan
from draws.recurring import services
from draws.recurring.forms import RestForm, WhyForm
from draws.recurring.pages import CONFLICT, FORM_METHODS, do, plan_of, shown
from lifecycle.middleware import PortalRequest

Deed = Callable[..., RecurringPlan]


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def start(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, then let a plan run."""
    said = _("The plan runs. Its first rounds are planned within a minute; a second officer confirms each.")
    return _go(request, plan_of(request, pk), "start", services.start, said)


@officer_may("draws.change_recurringplan")
@require_http_methods(FORM_METHODS)
def resume(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, then let a paused plan go on."""
    said = _("The plan runs again. Its next rounds are planned within a minute.")
    return _go(request, plan_of(request, pk), "resume", services.resume, said)


@officer_may("draws.change_recurringplan")
@second_factor_required
@require_http_methods(FORM_METHODS)
def pause(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and what becomes of the rounds that wait, then pause a plan."""
    return _rest(request, plan_of(request, pk), "pause", services.pause, _("The plan is paused."))


@officer_may("draws.change_recurringplan")
@second_factor_required
@require_http_methods(FORM_METHODS)
def end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and what becomes of the rounds that wait, then end a plan for good."""
    return _rest(request, plan_of(request, pk), "end", services.end, _("The plan has ended."))


def _go(request: PortalRequest, plan: RecurringPlan, act: str, deed: Deed, said: str) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, plan, act, form)
    return do(request, plan, deed, said, why=form.cleaned_data["why"])


def _rest(request: PortalRequest, plan: RecurringPlan, act: str, deed: Deed, said: str) -> HttpResponse:
    waited = services.waiting_rounds(plan).count()
    may_cancel = waited and request.user.has_perm("draws.change_round")
    form = (RestForm if may_cancel else WhyForm)(request.POST or None, initial=_typed(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, plan, act, form)
    answer = do(request, plan, deed, said, why=form.cleaned_data["why"], cancel=form.cancels)
    if waited and answer.status_code != CONFLICT:
        messages.info(request, _what_became(services.waiting_rounds(plan).count(), cancelled=form.cancels))
    return answer


def _what_became(left: int, *, cancelled: bool) -> str:
    """Return what became of the rounds that waited."""
    if cancelled:
        return _("Its rounds that nobody had confirmed are cancelled.")
    words = ngettext(
        "%(count)s round of it stays planned. It can still be confirmed or cancelled on its own page.",
        "%(count)s rounds of it stay planned. Each can still be confirmed or cancelled on its own page.",
        left,
    )
    return words % {"count": left}


def _ask(request: PortalRequest, plan: RecurringPlan, act: str, form: WhyForm) -> HttpResponse:
    context = {
        "row": shown(request, plan),
        "act": act,
        "form": form,
        "waiting": services.waiting_rounds(plan),
        "asks": "rounds" in form.fields,
        "four_eyes": settings.EEPORTAL_FOUR_EYES,
    }
    return render(request, "draws/recurring/act.html", context)


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what was typed before the second factor was asked for."""
    return typed_before(request, request.path)
