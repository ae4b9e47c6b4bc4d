"""The jobs at the officers' desk."""

from django.contrib import admin
from django.urls import URLPattern, path

from accounts.desk.desk_site import DeskAdmin
from eeportal.jobs_desk import views
from lifecycle.models import JobState


@admin.register(JobState)
class JobAdmin(DeskAdmin):
    """How the jobs are, what is due, and what they did."""

    def get_urls(self) -> list[URLPattern]:
        """Return the list, the history and the way to run one now."""
        return [
            path("", self.page(views.all_jobs), name="lifecycle_jobstate_changelist"),
            path("history/", self.page(views.history), name="lifecycle_jobstate_history"),
            path("<slug:slug>/run/", self.page(views.run), name="lifecycle_jobstate_run"),
        ]
