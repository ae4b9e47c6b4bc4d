"""'What if?': scenarios side by side, begun, changed and deleted. Nothing here changes the profile."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from draws.what_if import editing, steps_shown
from draws.what_if.comparison import MOST_BESIDE, compare, is_in_pool
from draws.what_if.forms import CompareForm, NameForm
from draws.what_if.parts import BY_SLUG, Part, parts_of
from draws.what_if.scenario_page import scenario_shown
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from profiles import scenarios
from profiles.models import Scenario
from profiles.scenarios import MOST_SCENARIOS, Basis, basis_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def what_if(request: PortalRequest) -> HttpResponse:
    """The profile and up to three scenarios side by side, and the steps that would gain most."""
    basis = basis_of(account_id(request), request.at)
    if basis is None:
        return render(request, "draws/what_if/nothing.html")
    kept = list(Scenario.objects.visible_to(request.user))
    form = CompareForm(request.GET if "beside" in request.GET else None, scenarios=kept)
    chosen = _chosen(form, kept)
    context = {
        "basis": basis,
        "in_pool": is_in_pool(basis, request.at),
        "comparison": compare(basis, chosen, request.at),
        "kept": kept,
        "full": len(kept) >= MOST_SCENARIOS,
        "form": CompareForm(initial={"beside": [str(one.pk) for one in chosen]}, scenarios=kept),
        "too_many": form.is_bound and form.is_valid() and len(form.cleaned_data["beside"]) > MOST_BESIDE,
        "chosen_some": form.is_bound and len(chosen) < len(kept),
        "steps": steps_shown.all_steps(basis, request.today),
    }
    return render(request, "draws/what_if/page.html", context)


def _chosen(form: CompareForm, kept: list[Scenario]) -> list[Scenario]:
    """Return the scenarios that were ticked, else the last three."""
    if form.is_bound and form.is_valid():
        wanted = set(form.cleaned_data["beside"])
        return [scenario for scenario in kept if str(scenario.pk) in wanted][:MOST_BESIDE]
    return kept[-MOST_BESIDE:]


@login_required
@require_http_methods(FORM_METHODS)
def add(request: PortalRequest) -> HttpResponse:
    """Begin a scenario: a copy of the profile under a name, or one of the best steps tried on it."""
    basis = basis_of(account_id(request), request.at)
    if basis is None:
        return redirect("draws:what_if")
    if request.method == "POST" and "step" in request.POST:
        return _try_step(request, basis, request.POST["step"])
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = scenarios.begin(
                account_id=account_id(request),
                name=form.cleaned_data["name"],
                candidate=basis.facts,
                at=request.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("draws:scenario", pk=made.pk)
    return render(request, "draws/what_if/add.html", {"form": form})


def _try_step(request: PortalRequest, basis: Basis, key: str) -> HttpResponse:
    step = steps_shown.step_of(basis, request.today, key)
    if step is None:
        messages.info(request, _("This step is not among the best any more. Here are those of today."))
        return redirect("draws:what_if")
    try:
        made = scenarios.begin(
            account_id=account_id(request),
            name=steps_shown.name_of(step),
            candidate=step.changed,
            at=request.at,
        )
    except DomainError as refusal:
        messages.info(request, str(refusal.message))
        return redirect("draws:what_if")
    others = Scenario.objects.visible_to(request.user).exclude(pk=made.pk).values_list("pk", flat=True)
    beside = [*list(others)[1 - MOST_BESIDE :], made.pk]
    query = urlencode({"beside": beside}, doseq=True)
    return redirect(f"{reverse('draws:what_if')}?{query}")


@login_required
@require_safe
def scenario(request: PortalRequest, pk: int) -> HttpResponse:
    """One scenario: its score, and everything in it that can be changed."""
    held = _own(request, pk)
    basis = basis_of(account_id(request), request.at)
    return render(request, "draws/what_if/scenario.html", {"shown": scenario_shown(held, basis, request.at)})


@login_required
@require_http_methods(FORM_METHODS)
def rename(request: PortalRequest, pk: int) -> HttpResponse:
    """Give a scenario another name."""
    held = _own(request, pk)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": held.name})
    if form.is_bound and form.is_valid():
        try:
            scenarios.rename(scenario=held, name=form.cleaned_data["name"], seen=request.POST.get("seen", ""))
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("draws:scenario", pk=pk)
    return render(request, "draws/what_if/name.html", _shown(request, pk, form=form))


@login_required
@require_http_methods(FORM_METHODS)
def delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then throw a scenario away. Twice is once."""
    held = Scenario.objects.visible_to(request.user).filter(pk=pk).first()
    if request.method == "POST":
        if held is not None:
            scenarios.delete(scenario=held)
            messages.success(request, _("The scenario is deleted. Your profile is as it was."))
        return redirect("draws:what_if")
    if held is None:
        raise Http404
    return render(request, "draws/what_if/delete.html", {"scenario": held})


@login_required
@require_http_methods(FORM_METHODS)
def part(request: PortalRequest, pk: int, slug: str) -> HttpResponse:
    """Change a part of a scenario that is no list."""
    return _edit(request, pk, _part(_own(request, pk), slug, entries=False), None)


@login_required
@require_http_methods(FORM_METHODS)
def add_entry(request: PortalRequest, pk: int, slug: str) -> HttpResponse:
    """Add an entry to a list of a scenario."""
    return _edit(request, pk, _part(_own(request, pk), slug, entries=True), None)


@login_required
@require_http_methods(FORM_METHODS)
def entry(request: PortalRequest, pk: int, slug: str, index: int) -> HttpResponse:
    """Change an entry of a list of a scenario."""
    held = _own(request, pk)
    found = _part(held, slug, entries=True)
    _require_entry(held, found, index)
    return _edit(request, pk, found, index - 1)


@login_required
@require_http_methods(FORM_METHODS)
def remove_entry(request: PortalRequest, pk: int, slug: str, index: int) -> HttpResponse:
    """Ask once, then take an entry out of a list of a scenario."""
    held = _own(request, pk)
    found = _part(held, slug, entries=True)
    _require_entry(held, found, index)
    refusal = ""
    if request.method == "POST":
        try:
            editing.remove(held, found, index - 1, on=request.today, seen=request.POST.get("seen", ""))
        except DomainError as refused:
            refusal = str(refused.message)
        else:
            return redirect("draws:scenario", pk=pk)
    held = _own(request, pk)
    _require_entry(held, found, index)
    context = {"part": found, "summary": found.summaries(held.facts)[index - 1], "refusal": refusal}
    return render(request, "draws/what_if/remove.html", _shown(request, pk, **context))


def _edit(request: PortalRequest, pk: int, found: Part, index: int | None) -> HttpResponse:
    """Show the form of a part and save what it brings; a refusal keeps what was typed."""
    held = _own(request, pk)
    basis = basis_of(account_id(request), request.at)
    posted = request.POST if request.method == "POST" else None
    form = editing.form_of(held, found, index, posted=posted, on=request.today, basis=basis)
    if posted is not None and form.is_valid():
        refusal = editing.save(held, found, index, form, on=request.today, seen=posted.get("seen", ""))
        if not refusal:
            return redirect("draws:scenario", pk=pk)
        form.add_error(None, refusal)
    return render(request, "draws/what_if/part.html", _shown(request, pk, form=form, part=found, index=index))


def _own(request: PortalRequest, pk: int) -> Scenario:
    return get_object_or_404(Scenario.objects.visible_to(request.user), pk=pk)


def _part(held: Scenario, slug: str, *, entries: bool) -> Part:
    found = BY_SLUG.get(slug)
    if found is None or found not in parts_of(held.facts) or bool(found.entries) is not entries:
        raise Http404
    return found


def _require_entry(held: Scenario, found: Part, index: int) -> None:
    if not 1 <= index <= len(found.listed(held.facts)):
        raise Http404


def _shown(request: PortalRequest, pk: int, **more: object) -> dict[str, object]:
    """Return what the pages of a scenario share; ``seen`` is what a save compares with."""
    held = _own(request, pk)
    return {"scenario": held, "seen": scenarios.digest(held), **more}
