"""The language converter: a test's four scores to levels, what they open, what they earn, and until when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from eligibility.forms.languages import TEST_NAMES, TESTS, LanguageTestForm
from eligibility.tools.answering import BAD_REQUEST, address_of_json, as_json, asked, refused, wants_json
from eligibility.tools.conversion import Converted, Points, Scale, converted, scales_of
from lifecycle.middleware import PortalRequest
from rules.records import ABILITIES

NOT_A_TEST = _("This is not one of the tests. Choose one of them.")


@require_safe
def language(request: PortalRequest) -> HttpResponse:
    """Convert four scores; with ``table`` and no scores, show the whole conversion table of a test."""
    if not asked(request, LanguageTestForm):
        return _tables(request)
    form = LanguageTestForm(request.GET, today=request.today)
    valid = form.is_valid()
    if wants_json(request):
        return as_json(_document(converted(form.answer(), request.today))) if valid else refused(form)
    found = converted(form.answer(), request.today) if valid else None
    return _page(request, form, str(form.cleaned_data.get("test") or ""), found)


def _tables(request: PortalRequest) -> HttpResponse:
    test = request.GET.get("table", "")
    if not wants_json(request):
        return _page(request, LanguageTestForm(today=request.today, initial={"test": test}), test)
    if test and test not in TEST_NAMES:
        return as_json({"errors": [{"field": "table", "message": str(NOT_A_TEST)}]}, BAD_REQUEST)
    tables = [scale for name in TEST_NAMES if test in {"", name} for scale in scales_of(name)]
    return as_json({"tables": [_table_document(scale) for scale in tables]})


def _page(
    request: PortalRequest, form: LanguageTestForm, test: str, found: Converted | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "scales": scales_of(test) if test in TEST_NAMES else [],
        "tests": TESTS,
        "json_url": address_of_json(request),
    }
    return render(request, "tools/language.html", context)


def _document(found: Converted) -> dict[str, Any]:
    return {
        "test": found.test.test,
        "date_taken": found.test.date_taken.isoformat(),
        "scores": {ability: getattr(found.test.scores, ability) for ability in ABILITIES},
        "on": found.on.isoformat(),
        "language": found.language,
        "accepted": found.sitting is not None,
        "levels": found.levels or None,
        "counts": found.counts,
        "expires_on": found.expires_on.isoformat() if found.expires_on else None,
        "opens": {
            opening.key: {
                "minimum": opening.least,
                "reached": not opening.missing,
                "missing": list(opening.missing),
            }
            for opening in found.openings
        },
        "points": {
            "first_language": _points_document(found.first_points),
            "second_language": _points_document(found.second_points),
        },
    }


def _points_document(points: Points) -> dict[str, int]:
    return {"without_spouse": points.without, "with_spouse": points.with_spouse}


def _table_document(scale: Scale) -> dict[str, Any]:
    last = scale.row.last_day
    return {
        "test": scale.test,
        "first_day": scale.row.first_day.isoformat(),
        "last_day": last.isoformat() if last else None,
        "lowest_scores": [
            {"level": level, **dict(zip(ABILITIES, scores, strict=True))} for level, scores in scale.levels
        ],
        "source": scale.source,
    }
