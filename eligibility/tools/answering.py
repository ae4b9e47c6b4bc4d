"""How a public tool answers: as a page, or as JSON to whoever asks for that."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse


def wants_json(request: HttpRequest) -> bool:
    return request.GET.get("format") == "json"


def as_json(document: Any, status: int = 200) -> HttpResponse:
    """Return a document as JSON that any site may read: it holds nothing but public rules and what was typed."""
    answer = JsonResponse(document, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
