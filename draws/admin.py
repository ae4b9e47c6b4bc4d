"""The officers' desk in Django's admin: rounds, and records that can be looked up but not changed."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import officer_may
from accounts.desk.desk_site import DeskAdmin
from draws.correcting import officers as correcting
from draws.models import Invitation, RecurringPlan, Round
from draws.officers import export_views, looked
from draws.officers import pages as officers
from draws.officers.forms import RecordSearch
from draws.officers.records import Column, categories_in, field_rows, list_row, programs_in
from draws.recurring import moving_views
from draws.recurring import views as recurring
from lifecycle.middleware import PortalRequest
from lifecycle.models import Transition
from lifecycle.tables import DRAFT, INVITATION, MACHINES, PROFILE, InvitationState, ProfileState
from lifecycle.words import thing_word
from profiles.models import Assessment, Draft, PoolEntry, Profile, Submission

RECORDS_A_PAGE = 50


@admin.register(Round)
class RoundAdmin(DeskAdmin):
    """Rounds, from the plan to the publication, and the pool."""

    def get_urls(self) -> list[URLPattern]:
        """Return the officers' pages; Django's own forms are not among them."""
        return [
            path("", self.page(officers.rounds), name="draws_round_changelist"),
            path("pool/", self.page(officers.pool), name="draws_pool"),
            path("calendar/", self.page(recurring.calendar), name="draws_round_calendar"),
            path("add/", self.page(officers.plan), name="draws_round_add"),
            path("<int:pk>/change/", self.page(officers.round_page), name="draws_round_change"),
            path("<int:pk>/run/", self.page(officers.run), name="draws_round_run"),
            path("<int:pk>/cancel/", self.page(officers.cancel), name="draws_round_cancel"),
            path("<int:pk>/publish/", self.page(officers.publish), name="draws_round_publish"),
            path("<int:pk>/correct/", self.page(correcting.correct), name="draws_round_correct"),
            path("corrections/<int:pk>/", self.page(correcting.correction), name="draws_correction"),
            path(
                "corrections/<int:pk>/confirm/",
                self.page(correcting.confirm),
                name="draws_correction_confirm",
            ),
            path("corrections/<int:pk>/drop/", self.page(correcting.drop), name="draws_correction_drop"),
            path("<int:pk>/export/", self.page(export_views.invitations), name="draws_round_export"),
        ]

    def has_delete_permission(self, _request: HttpRequest, _record: models.Model | None = None) -> bool:
        return False


@admin.register(RecurringPlan)
class RecurringPlanAdmin(DeskAdmin):
    """Recurring plans, from the first rule to the end."""

    def get_urls(self) -> list[URLPattern]:
        """Return the officers' pages; Django's own forms are not among them."""
        pages: dict[str, Callable[..., HttpResponseBase]] = {
            "change": recurring.plan_page,
            "days": recurring.days,
            "step_add": recurring.step_add,
            "start": moving_views.start,
            "pause": moving_views.pause,
            "resume": moving_views.resume,
            "end": moving_views.end,
        }
        return [
            path("", self.page(recurring.plans), name=f"{self.name}_changelist"),
            path("add/", self.page(recurring.add), name=f"{self.name}_add"),
            *(
                path(f"<int:pk>/{page}/", self.page(view), name=f"{self.name}_{page}")
                for page, view in pages.items()
            ),
            path("<int:pk>/step/<int:position>/", self.page(recurring.step), name=f"{self.name}_step"),
            path(
                "<int:pk>/step/<int:position>/remove/",
                self.page(recurring.step_remove),
                name=f"{self.name}_step_remove",
            ),
        ]

    def has_delete_permission(self, _request: HttpRequest, _record: models.Model | None = None) -> bool:
        return False


class RecordAdmin(DeskAdmin):
    """Records with a search by profile number, each to be read. Nothing can be added, changed or deleted."""

    is_record = True
    ordering = ("-pk",)
    columns: ClassVar[tuple[Column, ...]]
    related: ClassVar[tuple[str, ...]] = ("profile",)
    kind_field: ClassVar[str] = ""
    kinds: ClassVar[Sequence[tuple[str, Any]]] = ()

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the page of one record."""
        return [
            path("", self.reading(self.records), name=f"{self.name}_changelist"),
            path("<int:pk>/change/", self.reading(self.record), name=f"{self.name}_change"),
        ]

    def reading(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        """Return a page for the officers who may see these records."""
        may = officer_may(f"{self.opts.app_label}.view_{self.opts.model_name}")
        return self.page(may(require_safe(view)))

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _record: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _record: models.Model | None = None) -> bool:
        return False

    def records(self, request: PortalRequest) -> HttpResponse:
        """The records that match a search, a page at a time."""
        form = RecordSearch(request.GET, kinds=self.kinds)
        wanted = form.wanted()
        found = self.matching(request, **wanted).select_related(*self.related)
        page = Paginator(found, RECORDS_A_PAGE).get_page(request.GET.get("page"))
        looked.listed(request, self.model, number=wanted.get("number", ""), page=page.number)
        context = {
            "form": form,
            "page": page,
            "title": capfirst(self.opts.verbose_name_plural),
            "record_url": f"admin:{self.name}_change",
            "headings": [column.heading for column in self.columns],
            "rows": [list_row(record, self.columns) for record in page.object_list],
        }
        return render(request, "admin/records.html", context)

    def record(self, request: PortalRequest, pk: int) -> HttpResponse:
        """One record, field by field."""
        record = get_object_or_404(self.get_queryset(request).select_related(*self.related), pk=pk)
        looked.opened(request, record)
        list_url = reverse(f"admin:{self.name}_changelist")
        context = {"opts": self.opts, "rows": field_rows(record), "list_url": list_url}
        return render(request, "admin/record.html", context)

    def matching(self, request: HttpRequest, *, number: str = "", kind: str = "") -> models.QuerySet[Any]:
        """Return the records of the profiles whose number begins so, and of a kind; empty means any."""
        found: models.QuerySet[Any] = self.get_queryset(request)
        if number:
            found = found.filter(self.of_profiles(number))
        return found.filter(**{self.kind_field: kind}) if kind else found

    def of_profiles(self, number: str) -> Q:
        """Return the condition on a record that its profile's number begins so."""
        return Q(profile__number__startswith=number)


@admin.register(PoolEntry)
class PoolEntryAdmin(RecordAdmin):
    kind_field = "state"
    kinds = ProfileState.choices
    columns = (
        Column(_("Profile"), lambda entry: entry.profile.number),
        Column(_("State"), lambda entry: entry.get_state_display()),
        Column(_("Score"), lambda entry: entry.score),
        Column(_("First submitted"), lambda entry: entry.submitted_at),
        Column(_("Programs"), lambda entry: programs_in(entry.programs)),
        Column(_("Categories"), lambda entry: categories_in(entry.categories)),
        Column(_("As of"), lambda entry: entry.as_of),
    )


@admin.register(Submission)
class SubmissionAdmin(RecordAdmin):
    columns = (
        Column(_("Profile"), lambda sent: sent.profile.number),
        Column(_("Version"), lambda sent: sent.sequence),
        Column(_("Received"), lambda sent: sent.submitted_at),
    )


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    related = ("profile", "submission")
    columns = (
        Column(_("Profile"), lambda result: result.profile.number),
        Column(_("As of"), lambda result: result.as_of),
        Column(_("Score"), lambda result: result.score),
        Column(_("Programs"), lambda result: programs_in(result.programs)),
        Column(_("Categories"), lambda result: categories_in(result.categories)),
        Column(_("Next change"), lambda result: result.next_change_on),
    )


@admin.register(Invitation)
class InvitationAdmin(RecordAdmin):
    related = ("profile", "round")
    kind_field = "state"
    kinds = InvitationState.choices
    columns = (
        Column(_("Profile"), lambda held: held.profile.number),
        Column(_("Round"), lambda held: held.round.number),
        Column(_("Rank"), lambda held: held.rank),
        Column(_("Score"), lambda held: held.score),
        Column(_("Program"), lambda held: held.invited_as),
        Column(_("State"), lambda held: held.get_state_display()),
        Column(_("Deadline"), lambda held: held.expires_at),
    )


@admin.register(Transition)
class TransitionAdmin(RecordAdmin):
    """The log of every move of every thing."""

    related = ("actor",)
    kind_field = "machine"
    kinds = tuple((machine.name, thing_word(machine.name)) for machine in MACHINES.values())
    columns = (
        Column(_("Number"), lambda move: move.pk),
        Column(_("Thing"), lambda move: f"{move.machine_words} {move.thing_id}"),
        Column(_("From"), lambda move: move.source_words),
        Column(_("Move"), lambda move: move.event_words),
        Column(_("To"), lambda move: move.target_words),
        Column(_("When"), lambda move: move.at),
        Column(_("By"), lambda move: move.actor and move.actor.get_username()),
        Column(_("Cause"), lambda move: move.cause),
    )

    def of_profiles(self, number: str) -> Q:
        """Return the condition that a move is one of a profile, its drafts or its invitations."""
        profiles = Profile.objects.filter(number__startswith=number)
        return (
            Q(machine=PROFILE.name, thing_id__in=profiles.values("pk"))
            | Q(machine=DRAFT.name, thing_id__in=Draft.objects.filter(profile__in=profiles).values("pk"))
            | Q(
                machine=INVITATION.name,
                thing_id__in=Invitation.objects.filter(profile__in=profiles).values("pk"),
            )
        )
