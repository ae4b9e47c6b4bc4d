"""The NOC finder: a job's title, or a code of today or before, to the occupation that Express Entry reads."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.noc_finder import SKILL_TYPES, TEER_MEANINGS, Answer, Occupation, answer_to, occupation_of
from eligibility.occupations import Found
from eligibility.tools.answering import as_json, wants_json
from lifecycle.middleware import PortalRequest
from rules.occupations import noc2021


@require_safe
def finder(request: PortalRequest) -> HttpResponse:
    """Search an occupation, and say of each whether it counts for Express Entry."""
    answer = answer_to(request.GET.get("q", ""))
    if wants_json(request):
        return as_json(_answer_document(answer))
    context = {"answer": answer, "teers": TEER_MEANINGS.items(), "skill_types": SKILL_TYPES.values()}
    return render(request, "tools/noc.html", context)


@require_safe
def occupation(request: PortalRequest, code: str) -> HttpResponse:
    """Show one occupation: its level, what it counts for today, and the titles that belong to it."""
    if code not in noc2021:
        raise Http404
    shown = occupation_of(code, request.today)
    if wants_json(request):
        return as_json(_occupation_document(shown))
    return render(request, "tools/occupation.html", {"shown": shown})


def _answer_document(answer: Answer) -> dict[str, Any]:
    return {
        "typed": answer.typed,
        "old_code": answer.old or None,
        "skill_type": answer.skill_type.letter if answer.skill_type else None,
        "found": [_found_document(found) for found in answer.found],
    }


def _found_document(found: Found) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "matched": found.matched or None,
        "teer": found.teer,
        "counts_for_express_entry": found.skilled,
        "skilled_trade": found.trade,
    }


def _occupation_document(shown: Occupation) -> dict[str, Any]:
    return _found_document(shown.found) | {
        "title_other_language": shown.title_other,
        "categories": [str(name) for name in shown.categories],
        "noc_2016": [code for code, _title in shown.old_codes],
        "example_titles": shown.examples,
    }
