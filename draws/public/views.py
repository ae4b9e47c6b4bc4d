"""The public pages of the rounds, and a candidate's score and invitations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from draws import answers
from draws.candidate import scorecards
from draws.candidate.invitation_letters import letter_of
from draws.candidate.past_rounds import JOB_OFFERS_LOST_POINTS, judged
from draws.models import Invitation, Round
from draws.officers import looked
from draws.public import history, register, results
from draws.public.cutoffs import CutoffPicture, cutoff_picture, cutoffs_of_kind
from draws.public.filter import RoundsFilter
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from lifecycle.tables import InvitationState, RoundState
from profiles.models import Profile
from profiles.scenarios import basis_of_profile

ROUNDS_A_PAGE = 20


@require_safe
def rounds(request: PortalRequest) -> HttpResponse:
    """Every public round: the latest, the cut-offs of a year, and the list."""
    everything = register.all_rounds(request.today)
    years = sorted({held.day.year for held in everything}, reverse=True)
    form = RoundsFilter(request.GET, years=years)
    wanted = form.wanted()
    year = wanted.get("year", years[0])
    page = Paginator(register.chosen(everything, **wanted), ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chosen": ", ".join(form.words()),
        "latest": register.summary(everything),
        "year": year,
        "years": years,
        "kind_name": register.KINDS.get(wanted.get("kind", "")),
        **_cutoffs(everything, year, wanted.get("kind", "")),
    }
    return render(request, "draws/rounds.html", context)


@require_safe
def round_page(request: PortalRequest, number: int) -> HttpResponse:
    """A published round of this simulator."""
    public = Round.objects.visible_to(request.user).filter(state=RoundState.PUBLISHED)
    return _result(request, results.result_of_ours(get_object_or_404(public, number=number)))


@require_safe
def published_round(request: PortalRequest, number: str) -> HttpResponse:
    """A round that IRCC published."""
    held = history.published_round(number)
    if held is None:
        raise Http404
    return _result(request, results.result_of_theirs(held))


@login_required
@require_safe
def score(request: PortalRequest, number: str) -> HttpResponse:
    """A profile's score, its place in the pool, and the 16 lines explained."""
    profiles = Profile.objects.visible_to(request.user).select_related("entry")
    profile = get_object_or_404(profiles, number=number)
    owned = profile.account_id == request.user.pk
    if not owned:
        looked.opened(request, profile.entry)
    context = {"card": scorecards.scorecard(profile, request.at), "owned": owned}
    return render(request, "draws/score.html", context)


@login_required
@require_safe
def past_rounds(request: PortalRequest, number: str) -> HttpResponse:
    """Every past round, and what it would have meant for a profile with its present score."""
    profiles = Profile.objects.visible_to(request.user).select_related("entry")
    profile = get_object_or_404(profiles, number=number)
    if profile.account_id != request.user.pk:
        looked.opened(request, profile.entry)
    basis = basis_of_profile(profile, profile.entry.as_of)
    page = Paginator(register.all_rounds(request.today), ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    standpoint = scorecards.standpoint_of(profile.entry, basis)
    context = {
        "profile": profile,
        "page": page,
        "past": judged(standpoint, page.object_list),
        "job_offers_until": JOB_OFFERS_LOST_POINTS,
    }
    return render(request, "draws/past_rounds.html", context)


@login_required
@require_safe
def invitation(request: PortalRequest, pk: int) -> HttpResponse:
    """An invitation as a letter, with the choice that it leaves."""
    held = _invitation(request, pk)
    owned = held.profile.account_id == request.user.pk
    if not owned:
        looked.opened(request, held)
    return render(request, "draws/invitation.html", {"letter": letter_of(held, request.at), "owned": owned})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, then decline an invitation; only its owner can, and twice is once."""
    held = _invitation(request, pk)
    if held.profile.account_id != request.user.pk:
        raise Http404
    if request.method != "POST":
        letter = letter_of(held, request.at)
        if letter.state != InvitationState.ISSUED:
            return redirect("draws:invitation", pk=pk)
        return render(request, "draws/decline.html", {"letter": letter})
    try:
        answers.decline(invitation=held, at=request.at)
    except DomainError as error:
        context = {"letter": letter_of(held, request.at), "owned": True, "refusal": error.message}
        return render(request, "draws/invitation.html", context, status=409)
    messages.success(request, _("You have declined the invitation."))
    return redirect("draws:invitation", pk=pk)


def _cutoffs(everything: list[register.Listed], year: int, kind: str) -> dict[str, CutoffPicture | None]:
    """Return the pictures of a kind over the years, or else of all kinds in a year."""
    of_a_kind = kind in register.KINDS
    pictures = {
        f"{origin}_cutoffs": None
        if of_a_kind
        else cutoff_picture(register.chosen(everything, origin=origin), year)
        for origin in ("published", "simulated")
    }
    drawn = cutoffs_of_kind(register.chosen(everything, kind=kind)) if of_a_kind else None
    return {**pictures, "kind_cutoffs": drawn}


def _result(request: PortalRequest, result: results.Result) -> HttpResponse:
    context = {"result": result, "beside": register.beside(result.listed, request.today)}
    return render(request, "draws/round.html", context)


def _invitation(request: PortalRequest, pk: int) -> Invitation:
    visible = Invitation.objects.visible_to(request.user).select_related("round", "profile__entry")
    return get_object_or_404(visible, pk=pk)
