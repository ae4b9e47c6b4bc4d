"""The log of officers' actions, to read and to export."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk import spreadsheets
from accounts.desk.officer_log import Verb, about_list, about_words, note
from accounts.desk.officer_proof import second_factor_required
from accounts.forms.officers import LogSearch
from accounts.models import OfficerAction
from lifecycle.middleware import PortalRequest

ACTIONS_A_PAGE = 50
ROWS_AT_ONCE = 2000
HEADINGS = (_("Real time"), _("Portal’s time"), _("Officer"), _("Action"), _("About"), _("Reason"))
HEADINGS_OF_A_FILE = ("number", "real time", "portal's time", "officer", "action", "about", "reason")
FIELDS = ("pk", "real_at", "at", "officer__username", "verb", "about", "why")


@officer_may("accounts.view_officeraction")
@require_safe
def log(request: PortalRequest) -> HttpResponse:
    """What officers did and opened, the newest first."""
    form = LogSearch(request.GET)
    found = matching(**form.wanted()).select_related("officer")
    page = Paginator(found, ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"action": action, "verb": Verb(action.verb).label, "about": about_words(action.about)}
        for action in page.object_list
    ]
    context = {
        "title": _("Log of officers’ actions"),
        "form": form,
        "page": page,
        "headings": HEADINGS,
        "rows": rows,
    }
    return render(request, "accounts/officers/log.html", context)


@officer_may("accounts.export_officeraction")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PortalRequest) -> HttpResponseBase:
    """Stream the whole log as CSV, the oldest first; that it was exported is its last row."""
    if request.method != "POST":
        return redirect("admin:accounts_officeraction_changelist")
    about = about_list(OfficerAction)
    last = note(officer_id=account_id(request), verb=Verb.EXPORTED, about=about, at=request.at)
    response = StreamingHttpResponse(_csv(last), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="officers-log.csv"'
    return response


def matching(*, officer: str = "", verb: str = "", record: str = "") -> QuerySet[OfficerAction]:
    """Return the actions of an officer, of a kind, about a record whose number is given; empty means any."""
    found = OfficerAction.objects.all()
    if officer:
        found = found.filter(officer__username__iexact=officer)
    if verb:
        found = found.filter(verb=verb)
    return found.filter(about__icontains=record) if record else found


def _csv(last: OfficerAction) -> Iterator[str]:
    rows = OfficerAction.objects.filter(pk__lte=last.pk).order_by("pk").values_list(*FIELDS)
    yield from spreadsheets.lines([HEADINGS_OF_A_FILE])
    yield from spreadsheets.lines(rows.iterator(chunk_size=ROWS_AT_ONCE))
