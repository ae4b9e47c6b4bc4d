"""The questionnaire's pages: one question a screen, the answers, the result.

Without a questionnaire every address leads to the start; a screen that is not yet due leads to the one that is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from eligibility import presenting
from eligibility.asking import Question, Step
from eligibility.forms import AnswerForm, YesOrNoForm
from eligibility.holding import hand_over, questionnaire_of
from eligibility.models import Questionnaire, ReferenceCode
from eligibility.occupations import Found, search
from eligibility.questions import BY_SLUG
from eligibility.results import assessed, result_of
from eligibility.services import issue_code, save_answers, start_questionnaire
from eligibility.sheet import Place, Sheet
from lifecycle.middleware import PortalRequest

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[PortalRequest, Parameters], HttpResponse]
Page = Callable[Concatenate[PortalRequest, Questionnaire, Parameters], HttpResponse]


def with_questionnaire(page: Page[Parameters]) -> View[Parameters]:
    """Give a page its questionnaire; without one, lead to the start."""

    @wraps(page)
    def found(request: PortalRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        questionnaire = questionnaire_of(request)
        if questionnaire is None:
            return redirect("eligibility:start")
        return page(request, questionnaire, *args, **kwargs)

    return never_cache(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PortalRequest) -> HttpResponse:
    """Say what will be asked; begin, or go on where somebody stopped."""
    if request.method == "POST":
        response = to_next(Sheet({}, {}))
        hand_over(response, start_questionnaire(at=request.at))
        return response
    begun = questionnaire_of(request)
    return render(request, "eligibility/start.html", {"begun": begun is not None and bool(begun.answers)})


@require_http_methods(["GET", "HEAD", "POST"])
@with_questionnaire
def question(request: PortalRequest, questionnaire: Questionnaire, slug: str) -> HttpResponse:
    """Show and take one answer; of what can be told several times, list what was told."""
    asked, sheet = known(slug), sheet_of(questionnaire)
    if not sheet.is_open(asked):
        return to_next(sheet)
    if asked.kind == "plain":
        return screen(request, questionnaire, Place(asked))
    if any(sheet.value(asked) or ()) and asked.kind == "list":
        return listing(request, sheet, asked)
    return presence(request, questionnaire, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@with_questionnaire
def step(request: PortalRequest, questionnaire: Questionnaire, slug: str, step: str) -> HttpResponse:
    """Show and take one screen about a thing that is there."""
    asked = known(slug)
    return screen(request, questionnaire, Place(asked, known_step(asked, step, "thing")))


@require_http_methods(["GET", "HEAD", "POST"])
@with_questionnaire
def entry(
    request: PortalRequest, questionnaire: Questionnaire, slug: str, number: int, step: str
) -> HttpResponse:
    """Show and take one screen about an entry of a list; the number after the last begins a new one."""
    asked = known(slug)
    return screen(request, questionnaire, Place(asked, known_step(asked, step, "list"), number))


@require_http_methods(["GET", "HEAD", "POST"])
@with_questionnaire
def remove(request: PortalRequest, questionnaire: Questionnaire, slug: str, number: int) -> HttpResponse:
    """Ask whether to remove an entry, and remove it."""
    asked, sheet = known(slug), sheet_of(questionnaire)
    place = Place(asked)
    if asked.kind != "list" or not sheet.is_open(asked) or not 1 <= number <= len(sheet.entries(asked)):
        return redirect(place.url)
    if request.method == "POST":
        save(questionnaire, sheet, sheet.without(asked, number))
        return redirect(place.url)
    context = {"question": asked, "entry": presenting.entry(sheet, asked, number), "back": place.url}
    return render(request, "eligibility/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_questionnaire
def answers(request: PortalRequest, questionnaire: Questionnaire) -> HttpResponse:
    """List what was answered, with links to change it; when nothing is missing, give the verdict."""
    sheet = sheet_of(questionnaire)
    gap = sheet.first_gap()
    if request.method == "POST":
        if gap:
            return redirect(gap.url)
        verdict = assessed(sheet, request.today)
        issue_code(questionnaire=questionnaire, assessment=verdict, at=request.at)
        return redirect("eligibility:result")
    context = {"sections": presenting.sections(sheet), "gap": gap}
    return render(request, "eligibility/answers.html", context)


@require_safe
@with_questionnaire
def result(request: PortalRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the verdict a program at a time and, when one is met, the personal reference code."""
    return verdict_page(request, questionnaire, "eligibility/result.html")


@require_safe
@with_questionnaire
def printout(request: PortalRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the result and the answers on a page made for paper."""
    return verdict_page(request, questionnaire, "eligibility/print.html")


# What the pages share.


def known(slug: str) -> Question:
    """Return the question of that name, or say that there is no such page."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def known_step(question: Question, slug: str, kind: str) -> Step:
    found = question.step(slug) if question.kind == kind else None
    if found is None:
        raise Http404
    return found


def sheet_of(questionnaire: Questionnaire) -> Sheet:
    return Sheet(questionnaire.answers, questionnaire.unfinished)


def save(questionnaire: Questionnaire, before: Sheet, after: Sheet) -> None:
    changed = {
        key: value
        for key, value in after.answers.items()
        if key not in before.answers or before.answers[key] != value
    }
    if changed or before.unfinished != after.unfinished:
        save_answers(questionnaire=questionnaire, answers=changed, unfinished=after.unfinished)


def to_next(sheet: Sheet) -> HttpResponseRedirect:
    """Lead to the first screen that needs an answer, or to the list of answers."""
    return to(sheet.first_gap())


def to(place: Place | None) -> HttpResponseRedirect:
    return redirect(place.url) if place else redirect("eligibility:answers")


def onward(request: PortalRequest, place: Place | None) -> HttpResponseRedirect:
    """Lead on from an answer that was saved: to the next screen, or out when that was asked for."""
    return redirect("eligibility:start") if request.POST.get("then") == "exit" else to(place)


def screen(request: PortalRequest, questionnaire: Questionnaire, place: Place) -> HttpResponse:
    """Show a screen's form, or save what it says and go on."""
    sheet = sheet_of(questionnaire)
    if not sheet.is_open(place.question):
        return to_next(sheet)
    if elsewhere := sheet.detour(place):
        return redirect(elsewhere.url)
    form = form_of(request, sheet, place)
    if request.method == "POST" and form.is_valid():
        changed = sheet.with_answer(place, form.answer())
        save(questionnaire, sheet, changed)
        return onward(request, changed.after(place))
    return draw(request, sheet, place, form)


def form_of(request: PortalRequest, sheet: Sheet, place: Place) -> AnswerForm:
    """Return a screen's form with what was typed now, or else before."""
    asked, part = place.screen, sheet.part(place)
    options = asked.options(sheet.answers, part)
    if asked.layout == "occupation":
        options["found"] = found_for(request)
    if request.method == "POST":
        return asked.form(request.POST, today=request.today, **options)
    return asked.form.showing(part, today=request.today, **options)


def found_for(request: PortalRequest) -> list[Found]:
    """Return the occupations that match the title in the address, if one was searched."""
    return search(request.GET.get("title", ""))


def presence(request: PortalRequest, questionnaire: Questionnaire, asked: Question) -> HttpResponse:
    """Ask whether there is something to tell, yes or no."""
    sheet, place = sheet_of(questionnaire), Place(asked)
    initial = {"answered": sheet.value(asked) not in (None, [])} if sheet.has_value(asked) else {}
    typed = request.POST if request.method == "POST" else None
    form = YesOrNoForm(typed, initial=initial, today=request.today)
    form.fields["answered"].help_text = asked.hint
    if form.is_valid():
        changed = sheet.with_presence(asked, form.answer())
        save(questionnaire, sheet, changed)
        return onward(request, changed.after(place))
    return draw(request, sheet, place, form)


def draw(request: PortalRequest, sheet: Sheet, place: Place, form: AnswerForm) -> HttpResponse:
    """Draw a screen; where it has but one field, the question is that field's label."""
    context = presenting.screen(sheet, place) | {"form": form}
    if place.step is None and len(form.fields) == 1:
        next(iter(form.fields.values())).label = context["title"]
        context["layout"] = "heading"
    if context["layout"] == "occupation":
        context |= {"searched": request.GET.get("title", ""), "found": found_for(request)}
    return render(request, "eligibility/question.html", context)


def listing(request: PortalRequest, sheet: Sheet, asked: Question) -> HttpResponse:
    """Show the entries of a list, to add, change and remove; there is nothing to send."""
    if request.method == "POST":
        return to_next(sheet)
    return render(request, "eligibility/list.html", presenting.listing(sheet, asked))


def verdict_page(request: PortalRequest, questionnaire: Questionnaire, template: str) -> HttpResponse:
    """Draw the verdict of the instant at which it was asked for; without one, lead to the answers."""
    sheet = sheet_of(questionnaire)
    if questionnaire.answered_at is None or sheet.first_gap():
        return redirect("eligibility:answers")
    code = ReferenceCode.objects.filter(questionnaire=questionnaire).first()
    context = {
        "result": result_of(sheet, questionnaire.answered_at.date()),
        "ticket": presenting.ticket(code, request.at),
        "sections": presenting.sections(sheet, for_paper=True),
    }
    return render(request, template, context)
