"""What officers take away: the list of those whom a round invited."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.access import account_id, officer_may
from accounts.desk.officer_log import Verb, about_record, note
from accounts.desk.officer_proof import second_factor_required
from draws.models import Round
from draws.officers.exporting import invitation_lines
from lifecycle.middleware import PortalRequest


@officer_may("draws.export_invitation")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Stream the invitations of a round that ran as CSV; the log says who took them away."""
    if request.method != "POST":
        return redirect("admin:draws_round_change", pk)
    held = get_object_or_404(Round.objects.exclude(ran_at=None), pk=pk)
    about = about_record(held, held.number)
    note(officer_id=account_id(request), verb=Verb.EXPORTED, about=about, at=request.at)
    response = StreamingHttpResponse(
        invitation_lines(held, request.at), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="round-{held.number}-invitations.csv"'
    return response
