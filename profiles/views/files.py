"""A profile as a file: out of the draft or what was sent, and into a new draft."""

import json

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from lifecycle.errors import DomainError
from lifecycle.middleware import PortalRequest
from profiles.beginning import begin_with_answers
from profiles.facts import Answers, answers_of
from profiles.forms.files import ImportForm
from profiles.models import Draft
from profiles.portable import LARGEST, Import, exported, import_answers, read_file
from profiles.services import latest_submission
from profiles.views.access import own_profile, with_draft


@with_draft
@require_safe
def export_draft(request: PortalRequest, draft: Draft) -> HttpResponse:
    """Give the answers of the open draft as a file, finished or not."""
    return _file(request, draft.answers)


@login_required
@require_safe
def export_profile(request: PortalRequest, number: str) -> HttpResponse:
    """Give what was sent last as a file, as of today."""
    sent = latest_submission(own_profile(request, number))
    return _file(request, answers_of(sent.facts, sent.personal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_profile(request: PortalRequest) -> HttpResponse:
    """Begin a draft, or an update of the live profile, from a file; say what of it cannot be taken over, and why."""
    form = ImportForm(request.POST or None, request.FILES or None)
    found = Import()
    if request.method == "POST" and form.is_valid():
        try:
            found = import_answers(read_file(_content(form.cleaned_data["file"])), request.today)
            if not found.refusals:
                begin_with_answers(account_id=account_id(request), answers=found.answers, at=request.at)
                flash.success(request, _("The answers of the file are in your draft. Check each section."))
                return redirect("profiles:tasks")
        except DomainError as refusal:
            form.add_error("file", str(refusal.message))
    return render(request, "profiles/import.html", {"form": form, "refusals": found.refusals})


def _content(file: "UploadedFile[bytes]") -> bytes:
    """Return at most one byte more than a profile may have: enough to tell that there is too much."""
    content: bytes = file.read(LARGEST + 1)
    return content


def _file(request: PortalRequest, answers: Answers) -> HttpResponse:
    document = exported(answers, request.today, facts_only=request.GET.get("only") == "facts")
    answer = HttpResponse(
        json.dumps(document, ensure_ascii=False) + "\n", content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="express-entry-profile.json"'
    return answer
