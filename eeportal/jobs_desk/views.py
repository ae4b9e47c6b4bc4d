"""The officers' pages of the jobs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id, officer_may
from accounts.desk.officer_log import Verb, about_record, note
from eeportal.celery import ring_for
from eeportal.jobs_desk import shown
from eeportal.jobs_desk.due import due
from eeportal.jobs_desk.forms import RunSearch
from eeportal.jobs_desk.picture import days_chart
from lifecycle import clock, digests, jobs
from lifecycle.job_status import statuses
from lifecycle.job_words import name_of
from lifecycle.middleware import PortalRequest
from lifecycle.models import JobRun
from lifecycle.schedule import PLANS, Job

RUNS_A_PAGE = 50
SECONDS_BETWEEN_LOOKS = 5


@officer_may("lifecycle.view_jobstate")
@require_safe
def all_jobs(request: PortalRequest) -> HttpResponse:
    """How every job is, and what is due; while one is under way the page looks again by itself."""
    real_now = clock.real_now()
    found = statuses(real_now)
    counted = due(at=request.at, real_now=real_now)
    days = shown.day_rows(counted, request.today)
    busy = any(status.waiting or status.running for status in found)
    context = {
        "rows": shown.job_rows(found),
        "overdue": [name_of(status.job) for status in found if status.overdue],
        "due": counted,
        "days": days,
        "busiest": shown.busiest(days),
        "chart": days_chart([day.total for day in days]),
        "seals": [sealed for sealed in map(digests.newest, digests.LOGS) if sealed],
        "refreshes": busy and "still" not in request.GET,
        "real_now": real_now,
    }
    response = render(request, "jobs/jobs.html", context)
    if context["refreshes"]:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@officer_may("lifecycle.view_jobstate")
@require_safe
def history(request: PortalRequest) -> HttpResponse:
    """The runs that did something, failed, broke off or were asked for, the newest first."""
    form = RunSearch(request.GET)
    found = JobRun.objects.filter(**form.wanted()).select_related("asked_by").order_by("-pk")
    page = Paginator(found, RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("History of the jobs"),
        "form": form,
        "page": page,
        "headings": (_("Began"), _("Job"), _("How it went"), _("Done"), _("Ended"), _("Asked for by")),
        "rows": shown.run_rows(list(page.object_list)),
    }
    return render(request, "jobs/history.html", context)


@officer_may("lifecycle.change_jobstate")
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask for a run of a job now, once however often it is pressed, and ring for it."""
    job = next((job for job in PLANS if job.slug == slug), None)
    if job is None:
        raise Http404
    if request.method == "POST":
        with transaction.atomic():
            asked, is_new = jobs.ask(job=job, officer_id=account_id(request))
            if is_new:
                about = about_record(asked, more=job.slug)
                note(officer_id=account_id(request), verb=Verb.RAN_JOB, about=about, at=request.at)
        _ring(request, job, is_new)
    return redirect("admin:lifecycle_jobstate_changelist")


def _ring(request: PortalRequest, job: Job, is_new: bool) -> None:
    """Start the task, and say honestly what will come of it."""
    name = name_of(job)
    if not ring_for(PLANS[job].task):
        told = _(
            "The broker is away, so the job “{job}” cannot begin now. What you asked for is kept: the job begins "
            "within two minutes once the broker is back."
        )
        messages.warning(request, told.format(job=name))
    elif is_new:
        messages.success(request, _("The job “{job}” was asked for and begins in a moment.").format(job=name))
    else:
        told = _("A run of the job “{job}” was asked for before and has not begun yet. It runs once.")
        messages.info(request, told.format(job=name))
