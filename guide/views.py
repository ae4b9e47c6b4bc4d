"""The pages of the public site."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from guide.classroom import samples
from guide.files import ContentFile, library, listed
from guide.forms import LONGEST, HelpSearch
from guide.helping import questions, search
from guide.rendering import Drawn, drawn
from guide.terms import letters
from guide.touring import tour_on
from lifecycle.middleware import PortalRequest


@require_safe
def index(request: PortalRequest) -> HttpResponse:
    """All there is to read: the seven pages in their order, and the ways to the rest."""
    return render(request, "guide/index.html", {"listed": listed("pages", language())})


@require_safe
def page(request: PortalRequest, slug: str) -> HttpResponse:
    """One of the seven pages, with the way to the next."""
    return _shown(request, "pages", slug, "guide/page.html")


@require_safe
def topic(request: PortalRequest, slug: str) -> HttpResponse:
    """A subject that several pages lead to."""
    return _shown(request, "topics", slug, "guide/topic.html")


@require_safe
def theme(request: PortalRequest, slug: str) -> HttpResponse:
    """The questions and answers of a theme."""
    return _shown(request, "help", slug, "guide/theme.html")


@require_safe
def classroom(request: PortalRequest) -> HttpResponse:
    """For teachers: the exercises, the people to sign in as where this is a demo, and how to prepare a lesson."""
    exercises = listed("exercises", language())
    context = _context(library()[language(), "classroom/guide"], request.today)
    people = samples(exercises, request.at) if settings.DEMO else []
    return render(
        request,
        "guide/classroom.html",
        context | {"exercises": exercises, "samples": people},
    )


@require_safe
def exercise(request: PortalRequest, slug: str) -> HttpResponse:
    """An exercise for a class."""
    return _shown(request, "exercises", slug, "guide/exercise.html")


@require_safe
def tour(request: PortalRequest) -> HttpResponse:
    """The portal in ten pictures of its own screens, each with what it shows."""
    return render(request, "guide/tour.html", {"tour": tour_on(language(), request.today)})


@require_safe
def topics(request: PortalRequest) -> HttpResponse:
    """Every subject."""
    return render(request, "guide/topics.html", {"listed": listed("topics", language())})


@require_safe
def help_centre(request: PortalRequest) -> HttpResponse:
    """Search the questions and answers, or go through their themes."""
    form = HelpSearch(request.GET)
    typed = form.typed()
    about = request.GET.get("about", "")[:LONGEST]
    found = search(typed, about, language(), request.today) if typed else []
    context = {"form": form, "typed": typed, "found": found, "listed": listed("help", language())}
    return render(
        request, "guide/help_centre.html", context | {"count": len(questions(language(), request.today))}
    )


@require_safe
def glossary(request: PortalRequest) -> HttpResponse:
    """The words of the field, each in plain words."""
    return render(request, "guide/glossary.html", {"letters": letters(language()), "other": other_language()})


def language() -> str:
    """Return the language of the content: that of the page."""
    return "fr" if (get_language() or "").startswith("fr") else "en"


def other_language() -> str:
    """Return the language of the content that the page is not in."""
    return "en" if language() == "fr" else "fr"


def _shown(request: PortalRequest, kind: str, slug: str, template: str) -> HttpResponse:
    found = library().get((language(), f"{kind}/{slug}"))
    if found is None:
        raise Http404
    return render(request, template, _context(found, request.today))


def _context(found: ContentFile, on: date) -> dict[str, object]:
    neighbours = listed(found.kind, found.language)
    place = neighbours.index(found)
    content: Drawn = drawn(found, on)
    return {
        "file": found,
        "content": content,
        "neighbours": neighbours,
        "following": neighbours[place + 1] if place + 1 < len(neighbours) else None,
        "demo": settings.DEMO,
        "see": [library()[found.language, key] for key in found.front.see],
    }
