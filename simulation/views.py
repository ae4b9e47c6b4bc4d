"""The demo's mailbox, with every e-mail that the portal would have sent, and its accounts."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lifecycle.middleware import PortalRequest
from simulation import demo_accounts
from simulation.forms import RecipientForm
from simulation.models import DemoMail

MAILS_A_PAGE = 20


@require_safe
def mailbox(request: PortalRequest) -> HttpResponse:
    """Show all e-mails, newest first, or those to one address. It exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    form = RecipientForm(request.GET)
    mails = DemoMail.objects.order_by("-sent_at", "-pk")
    if form.is_valid() and form.cleaned_data["to"]:
        mails = mails.filter(recipient=form.cleaned_data["to"].lower())
    page = Paginator(mails, MAILS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "simulation/mailbox.html", {"form": form, "page": page})


@never_cache
@require_safe
def accounts(request: PortalRequest) -> HttpResponse:
    """Show the demo's accounts and all that signing in with them takes. It exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    context = {
        "accounts": demo_accounts.shown(),
        "password": demo_accounts.PASSPHRASE,
        "answer": demo_accounts.ANSWER,
    }
    return render(request, "simulation/accounts.html", context)
