"""How a public tool answers: as a page, or as JSON to whoever asks for that."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from eligibility.fields import PortalForm

PART_OF_A_DATE = "_day"
BAD_REQUEST = 400


def wants_json(request: HttpRequest) -> bool:
    return request.GET.get("format") == "json"


def asked(request: HttpRequest, form: type[PortalForm]) -> bool:
    """Say whether the address names any field of a form; a date is named by its day."""
    return any(name in request.GET or f"{name}{PART_OF_A_DATE}" in request.GET for name in form.base_fields)


def as_json(document: Any, status: int = 200) -> HttpResponse:
    """Return a document as JSON that any site may read: it holds nothing but public rules and what was typed."""
    answer = JsonResponse(document, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def refused(form: PortalForm) -> HttpResponse:
    """Return what is wrong with a form as JSON: ``{"errors": [{"field", "message"}, …]}``, status 400."""
    errors = [
        {"field": name, "message": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return as_json({"errors": errors}, BAD_REQUEST)


def address_of_json(request: HttpRequest) -> str:
    """Return the address that gives this page's result as JSON."""
    query = request.GET.copy()
    query["format"] = "json"
    return f"{request.path}?{query.urlencode()}"
