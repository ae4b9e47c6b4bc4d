"""The list of the public tools."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from eligibility.tools.answering import as_json, wants_json
from lifecycle.middleware import PortalRequest

TOOLS = (
    (
        "score",
        _("Score calculator"),
        _(
            "Your points in the Comprehensive Ranking System, line by line, from answers that you know by heart."
        ),
    ),
    (
        "language",
        _("Language converter"),
        _("The scores on a test report to CLB or NCLC levels, what they open, and until when they count."),
    ),
    ("noc", _("NOC finder"), _("A job title or an old code to the occupation that Express Entry reads.")),
    (
        "documents",
        _("Document checklist"),
        _("The papers to have at hand in your situation: why each is asked, and for how long it is valid."),
    ),
    (
        "funds",
        _("Settlement funds"),
        _("How much money a family must have to settle, on any day since 2015."),
    ),
)


@require_safe
def index(request: PortalRequest) -> HttpResponse:
    """List the tools with a sentence each."""
    tools = [
        {"name": name, "url": reverse(f"tools:{name}"), "title": title, "sentence": sentence}
        for name, title, sentence in TOOLS
    ]
    if wants_json(request):
        return as_json({"tools": [_document(tool) for tool in tools]})
    return render(request, "tools/index.html", {"tools": tools})


def _document(tool: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in tool.items()}
