"""From the answers to the submission: check them, see the verdict, sign, and what was received."""

from functools import partial

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from accounts.limiting.limits import SECURITY_QUESTION, judged
from accounts.limiting.too_many import too_many
from accounts.models import RecoveryQuestion, User
from accounts.recovering.recovery_questions import is_right, question_for
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import DraftState, ProfileState
from profiles import claims
from profiles.effects import Effect, effect_of
from profiles.errors import AnotherLiveProfile, SignatureDiffers
from profiles.facts import facts_of, missing
from profiles.forms import SignatureForm
from profiles.models import Draft
from profiles.progress import progress_of
from profiles.queries import versions_of
from profiles.readout import blocks
from profiles.services import latest_submission, submit
from profiles.states import programs_in
from profiles.verdicts import outcome_of
from profiles.views.access import draft_context, own_profile, refused, whole, with_draft


@with_draft
@require_safe
def check(request: PortalRequest, draft: Draft) -> HttpResponse:
    """Show all answers, each with a way to change it."""
    progress = progress_of(draft, request.today)
    told = blocks(draft.answers, changeable=True, today=request.today)
    context = draft_context(request, draft, progress=progress, blocks=told)
    return render(request, "profiles/check.html", context)


@with_draft
@require_safe
def result(request: PortalRequest, draft: Draft) -> HttpResponse:
    """Show what the answers would lead to if they were sent today, before they are."""
    if not progress_of(draft, request.today).ready:
        return redirect("profiles:tasks")
    effect = _effect(request, draft)
    if effect and effect.nothing:
        return _nothing_to_send(request, draft)
    answers = claims.as_accepted(draft.profile, draft.answers)
    outcome = outcome_of(facts_of(answers, request.today), request.today, changeable=True)
    return render(
        request, "profiles/result.html", draft_context(request, draft, outcome=outcome, effect=effect)
    )


def _effect(request: PortalRequest, draft: Draft) -> Effect | None:
    """Return what an update does to what was sent last; None for a new profile."""
    if draft.profile is None:
        return None
    new = claims.as_accepted(draft.profile, draft.answers)
    return effect_of(latest_submission(draft.profile), new, request.today)


def _changes_nothing(request: PortalRequest, draft: Draft) -> bool:
    """Whether a whole update tells what was sent last."""
    effect = None if missing(draft.answers) else _effect(request, draft)
    return effect is not None and effect.nothing


def _nothing_to_send(request: PortalRequest, draft: Draft) -> HttpResponse:
    return render(request, "profiles/no_change.html", draft_context(request, draft))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: PortalRequest) -> HttpResponse:
    """Ask for the declaration and the name, then send."""
    return _send(request) if request.method == "POST" else _ask_to_sign(request)


@with_draft
def _ask_to_sign(request: PortalRequest, draft: Draft, form: SignatureForm | None = None) -> HttpResponse:
    if not progress_of(draft, request.today).ready:
        flash.warning(request, _("Some sections are not complete yet. Complete them, then sign."))
        return redirect("profiles:tasks")
    if _changes_nothing(request, draft):
        return _nothing_to_send(request, draft)
    identity = draft.answers["identity"]
    name = f"{identity['given_names']} {identity['family_name']}".strip()
    context = draft_context(
        request, draft, form=form or SignatureForm(question=_question(request)), name=name
    )
    return render(request, "profiles/sign.html", context)


def _send(request: PortalRequest) -> HttpResponse:
    """Send the draft that the page showed; sending it again leads to what it became."""
    drafts = Draft.objects.visible_to(request.user).select_related("profile")
    draft = get_object_or_404(drafts, pk=whole(request.POST.get("draft")))
    changes_nothing = _changes_nothing(request, draft)
    if changes_nothing:
        # A click at the same moment may have sent these very answers since.
        draft.refresh_from_db()
    if draft.state == DraftState.SUBMITTED and draft.profile is not None:
        return redirect("profiles:submitted", draft.profile.number)
    form = SignatureForm(request.POST, question=_question(request))
    if changes_nothing or not form.is_valid() or not _is_ready(request, draft):
        return _ask_to_sign(request, form=form)
    if refusal := _refused_answer(request, form):
        return refusal
    if draft.version != whole(request.POST.get("version")):
        flash.warning(
            request,
            _(
                "The answers were changed in another window since you checked them. Check them again, then sign."
            ),
        )
        return redirect("profiles:check")
    return _submit(request, draft, form)


def _question(request: PortalRequest) -> RecoveryQuestion | None:
    """The question that the owner answers to sign: a ritual, as in the real portal, beside the session's proof."""
    return question_for(User.objects.get(pk=account_id(request)))


def _refused_answer(request: PortalRequest, form: SignatureForm) -> HttpResponse | None:
    """Return the page that refuses the answer to the security question, within its limit; None for a right one."""
    if form.question is None:
        return None
    account = account_id(request)
    right = judged(
        request, SECURITY_QUESTION, account, partial(is_right, form.question, form.cleaned_data["answer"])
    )
    if right is None:
        return too_many(
            request, SECURITY_QUESTION, account, keep=("draft", "version", "declared", "signed_as")
        )
    if right:
        return None
    form.add_error("answer", _("This is not the answer that you gave. Nothing was sent; try again."))
    return _ask_to_sign(request, form=form)


def _is_ready(request: PortalRequest, draft: Draft) -> bool:
    """Whether all sections are complete; a draft that is over is refused by the service with its reason."""
    return draft.state_at(request.at) != DraftState.OPEN or progress_of(draft, request.today).ready


def _submit(request: PortalRequest, draft: Draft, form: SignatureForm) -> HttpResponse:
    try:
        profile = submit(draft=draft, signed_as=form.cleaned_data["signed_as"], at=request.at)
    except SignatureDiffers as refusal:
        form.add_error("signed_as", str(refusal.message))
        return _ask_to_sign(request, form=form)
    except AnotherLiveProfile as refusal:
        form.add_error(None, str(refusal.message))
        return _ask_to_sign(request, form=form)
    except DomainError as refusal:
        return refused(request, refusal)
    return redirect("profiles:submitted", profile.number)


@login_required
@require_safe
def submitted(request: PortalRequest, number: str) -> HttpResponse:
    """Confirm what was received: the numbers to keep, and what comes next."""
    profile = own_profile(request, number)
    newest = versions_of(profile)[0]
    context = {
        "profile": profile,
        "submission": newest.submission,
        "eligible": newest.entered_pool,
        "in_pool": profile.entry.state_at(request.at) == ProfileState.IN_POOL,
        "programs": programs_in(newest.first_assessment.programs),
    }
    return render(request, "profiles/submitted.html", context)
