"""The second way into an account, for the pages where somebody signs in or up."""

from typing import Any

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest

from accounts.joining import partners

register = template.Library()


@register.inclusion_tag("accounts/partner_way.html", takes_context=True)
def partner_way(context: dict[str, Any]) -> dict[str, Any]:
    """Draw the way to the sign-in partners, keeping the page that was asked for; nothing on a portal without them."""
    request: HttpRequest = context["request"]
    typed = request.POST if request.method == "POST" else request.GET
    return {"offered": partners.offered(), "next": typed.get(REDIRECT_FIELD_NAME, "")}
