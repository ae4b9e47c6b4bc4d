"""The score calculator: some answers to the points of the Comprehensive Ranking System, line by line."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eligibility.tools.answering import address_of_json, as_json, asked, refused, wants_json
from eligibility.tools.score_facts import Json, document_of
from eligibility.tools.score_form import ScoreForm
from eligibility.wording import LineText, SectionText, sections, verdicts
from eligibility.wording.names import levels
from lifecycle.middleware import PortalRequest
from rules.assessment import assess
from rules.explanation import Explanation, explain
from rules.facts import parse

MOST = 1200


@require_safe
def score(request: PortalRequest) -> HttpResponse:
    """Ask, and once everything needed is answered show the score with its lines and the programs."""
    if not asked(request, ScoreForm):
        return render(request, "tools/score.html", {"form": ScoreForm()})
    form = ScoreForm(request.GET)
    if not form.is_valid():
        return refused(form) if wants_json(request) else render(request, "tools/score.html", {"form": form})
    answers = form.answers()
    document = document_of(answers, request.today)
    if wants_json(request):
        return as_json(_document(answers, document))
    context = {"form": form, **_shown(document), "json_url": address_of_json(request)}
    return render(request, "tools/score.html", context)


def _shown(document: Json) -> dict[str, Any]:
    explanation = explain(parse(document))
    listed = _without_stand_ins(explanation)
    return {
        "total": sum(section.points for section in listed),
        "most": MOST,
        "on": date.fromisoformat(document["as_of"]),
        "sections": listed,
        "programs": verdicts(explanation),
    }


def _without_stand_ins(explanation: Explanation) -> list[SectionText]:
    """Return the sections with no word of a birthday or a test that nobody told."""
    told = [
        replace(line, facts={name: fact for name, fact in line.facts.items() if name != "changes"})
        for line in explanation.lines
    ]
    reached = {
        line.factor: levels(line.facts["levels"], line.facts["language"])
        for line in told
        if line.facts.get("levels")
    }
    listed = sections(replace(explanation, lines=tuple(told)))
    return [
        replace(section, lines=[_by_levels(line, reached.get(line.factor)) for line in section.lines])
        for section in listed
    ]


def _by_levels(line: LineText, reached: str | None) -> LineText:
    """Return a line of language with its levels in place of the test."""
    if reached is None:
        return line
    words = {"levels": reached}
    return replace(line, sentences=[_("Your answer: %(levels)s.") % words, line.sentences[-1]])


def _document(answers: Json, document: Json) -> Json:
    found = assess(parse(document), next_change=False).to_json()
    return {
        "on": document["as_of"],
        "answers": answers,
        "crs": found["crs"],
        "programs": found["programs"],
        "profile": document,
    }
