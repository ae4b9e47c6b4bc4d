"""The officers' desk: who is an officer, wider limits for classrooms, and the log of what officers do."""

from django.contrib import admin
from django.urls import URLPattern, path

from accounts.desk.desk_site import DeskAdmin
from accounts.models import Allowance, OfficerAction, User
from accounts.views import allowances, officer_log, officers


@admin.register(User)
class OfficersAdmin(DeskAdmin):
    """Officers and their roles."""

    def get_urls(self) -> list[URLPattern]:
        """Return the list, the giving of a role and its change."""
        return [
            path("", self.page(officers.officers_and_roles), name="accounts_user_changelist"),
            path("add/", self.page(officers.give_role), name="accounts_user_add"),
            path("<int:pk>/change/", self.page(officers.change_role), name="accounts_user_change"),
        ]


@admin.register(Allowance)
class AllowanceAdmin(DeskAdmin):
    """Allowances for classrooms."""

    def get_urls(self) -> list[URLPattern]:
        """Return the list, the giving and the early end."""
        return [
            path("", self.page(allowances.allowances), name="accounts_allowance_changelist"),
            path("add/", self.page(allowances.give_allowance), name="accounts_allowance_add"),
            path("<int:pk>/end/", self.page(allowances.end_allowance), name="accounts_allowance_end"),
        ]


@admin.register(OfficerAction)
class OfficerActionAdmin(DeskAdmin):
    """The log of officers' actions."""

    def get_urls(self) -> list[URLPattern]:
        """Return the log and its export."""
        return [
            path("", self.page(officer_log.log), name="accounts_officeraction_changelist"),
            path("export/", self.page(officer_log.export), name="accounts_officeraction_export"),
        ]
