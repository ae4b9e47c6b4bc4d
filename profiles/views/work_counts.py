"""The page that shows what the work told so far counts for: as tables, and as a picture."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lifecycle.middleware import PortalRequest
from profiles.models import Draft
from profiles.views.access import draft_context, section_of, with_draft
from profiles.work_picture import WORK, work_picture


@with_draft
@require_safe
def work_counts(request: PortalRequest, draft: Draft, slug: str) -> HttpResponse:
    """Show gaps, overlaps, and the time that counts for each program; without a job, lead back to the list."""
    section = section_of(draft, slug, listing=True)
    if section.listing.key != WORK:
        raise Http404
    picture = work_picture(section.part(draft.answers), request.today, of_partner=section.of_partner)
    if picture is None:
        return redirect("profiles:section", slug)
    context = draft_context(request, draft, section=section, picture=picture)
    return render(request, "profiles/work_counts.html", context)
