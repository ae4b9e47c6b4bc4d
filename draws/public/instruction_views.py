"""The public page with the full text of a round's instruction."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from draws.models import Round
from draws.public import instructions, results
from lifecycle.middleware import PortalRequest
from lifecycle.tables import RoundState


@require_safe
def instruction(request: PortalRequest, number: int) -> HttpResponse:
    """The full text of the instruction of a published round of this simulator."""
    public = Round.objects.visible_to(request.user).filter(state=RoundState.PUBLISHED)
    held = get_object_or_404(public, number=number)
    context = {"result": results.result_of_ours(held), "text": instructions.text(held)}
    return render(request, "draws/instruction.html", context)
