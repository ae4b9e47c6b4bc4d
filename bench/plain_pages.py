"""The draft's pages drawn plainly: the same draft, the same forms, Django's own templates, a bare page around them."""

from django.forms.renderers import TemplatesSetting
from django.http import HttpResponse
from django.urls import path

from eeportal.urls import urlpatterns as portal
from lifecycle.middleware import PortalRequest
from profiles.models import Draft
from profiles.pages import Page
from profiles.sections import BY_SLUG
from profiles.views.access import with_draft

# Django's own templates for forms and fields; only the widgets that Django does not have draw themselves.
RENDERER = TemplatesSetting()


@with_draft
def page(request: PortalRequest, draft: Draft, slug: str, index: int | None = None) -> HttpResponse:
    """Draw a page's forms as Django does on its own."""
    forms = Page(BY_SLUG[slug], draft.answers, request.today, index).forms
    for form in forms:
        form.renderer = RENDERER
    drawn = "".join(form.as_div() for form in forms)
    return HttpResponse(f"<!DOCTYPE html><title>{slug}</title><form method='post'>{drawn}</form>")


urlpatterns = [
    path("plain/<slug:slug>/", page, name="plain"),
    path("plain/<slug:slug>/<int:index>/", page, name="plain_entry"),
    *portal,
]
