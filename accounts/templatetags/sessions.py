"""Until when one is signed in, and why one no longer is."""

from typing import Any

from django import template
from django.http import HttpRequest

from accounts.signed_in import sessions
from accounts.signed_in.sessions import ENDED, Ending
from lifecycle import clock

register = template.Library()
WARN_BEFORE = 5 * 60
"""Seconds before the end at which a script says so (WCAG 2.2.1 asks for 20 at least)."""


@register.inclusion_tag("components/session_time.html", takes_context=True)
def session_time(context: dict[str, Any]) -> dict[str, Any]:
    """Draw until when the session lasts, and what a script needs to warn in time; nothing when nobody is signed in."""
    request: HttpRequest | None = context.get("request")
    row = getattr(getattr(request, "session", None), "row", None)
    if row is None or row.account_id is None:
        return {"until": None}
    now, until = clock.real_now(), sessions.until(row)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "until": until,
        "seconds": max(0, int((until - now).total_seconds())),
        "warn_before": WARN_BEFORE,
        "last": until == sessions.last_end(row),
    }


@register.inclusion_tag("accounts/session_ended.html", takes_context=True)
def session_ended(context: dict[str, Any]) -> dict[str, Any]:
    """Say at sign-in why the session ended, and what became of what was typed; nothing where none ended."""
    ended = context["request"].session.get(ENDED, {})
    why = ended.get("why")
    return {
        "why": Ending(why).label if why in Ending.values else "",
        "kept": ended.get("kept", False),
        "lost": ended.get("lost", False),
    }
