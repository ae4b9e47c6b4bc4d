"""The messages of an account."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Message
from accounts.services import mark_read
from accounts.telling.inbox import lines_of
from accounts.telling.letters import WITH_JOB_BANK, paragraphs_of, subject_of
from lifecycle.middleware import PortalRequest

MESSAGES_A_PAGE = 20


@login_required
@require_safe
def messages(request: PortalRequest) -> HttpResponse:
    """List the account's messages, newest first."""
    found = Message.objects.visible_to(request.user)
    page = Paginator(found, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "letters": lines_of(page), "unread": found.unread().count()}
    return render(request, "accounts/messages.html", context)


@login_required
@require_safe
def message(request: PortalRequest, pk: int) -> HttpResponse:
    """Show one message as a letter to print. Opening it is what makes it read."""
    found = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":  # a mark that hides and costs nothing needs no button; a HEAD shows no letter
        mark_read(message=found, at=request.at)
    context = {
        "message": found,
        "subject": subject_of(found.kind, found.details),
        "paragraphs": paragraphs_of(found.kind, found.details),
        "with_job_bank": found.kind in WITH_JOB_BANK,
    }
    return render(request, "accounts/message.html", context)
