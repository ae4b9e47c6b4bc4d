"""The rounds for other programs: public files without a session, read by whoever wants to and from wherever."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from draws.feed import atom, ircc, table
from draws.feed.freshness import changed_at
from draws.feed.public_rounds import LANGUAGES, PublicRound, public_rounds
from lifecycle.middleware import PortalRequest

SECONDS_KEPT = 60
KEPT_FILES = 12
Rounds = tuple[PublicRound, ...]
Writer = Callable[[Rounds, str], bytes]


@require_safe
def ircc_file(request: PortalRequest, language: str, origin: str = "") -> HttpResponseBase:
    """Every round in the shape of IRCC's file, or only those of this simulator."""
    rounds = public_rounds(request.today, origin=origin)
    return _answer(request, rounds, ircc.document, language, "application/json")


@require_safe
def csv_file(request: PortalRequest) -> HttpResponseBase:
    """Every round as CSV."""
    rounds = public_rounds(request.today)
    response = _answer(request, rounds, _both_languages, "", "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="express-entry-rounds.csv"'
    return response


@require_safe
def atom_file(request: PortalRequest, language: str) -> HttpResponseBase:
    """The latest rounds as a web feed."""
    rounds = public_rounds(request.today)
    return _answer(request, rounds, atom.document, language, "application/atom+xml; charset=utf-8")


def _answer(
    request: PortalRequest, rounds: Rounds, writer: Writer, language: str, kind: str
) -> HttpResponseBase:
    """Return a file, or that it has not changed since the reader's copy."""
    content, etag = _written(writer, rounds, language, settings.EEPORTAL_BASE_URL)
    changed = changed_at(rounds)
    response = HttpResponse(content, content_type=kind)
    response.headers["ETag"] = etag
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Content-Language"] = language or ", ".join(LANGUAGES)
    seconds = int(changed.timestamp()) if changed else None
    answer = (
        get_conditional_response(request, etag=etag, last_modified=seconds, response=response) or response
    )
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    # Trackers that run in a browser, on sites of their own, may read these files and nothing else of the portal: they
    # hold only what is public, and are the same for everybody, for no cookie is looked at.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@lru_cache(maxsize=KEPT_FILES)
def _written(writer: Writer, rounds: Rounds, language: str, _base_url: str) -> tuple[bytes, str]:
    """Return a file and its tag; what was written last is kept, until a round or an address differs."""
    content = writer(rounds, language)
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _both_languages(rounds: Rounds, _language: str) -> bytes:
    return table.document(rounds)
