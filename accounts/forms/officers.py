"""What administrators and auditors fill in."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.desk.officer_log import Verb
from accounts.forms.fields import PlainForm
from accounts.limiting.addresses import network
from accounts.models import Role, User
from accounts.telling.provinces import PROVINCES

LONGEST_REASON = 300
QUEBEC = "QC"
"""It nominates nobody through Express Entry."""


class ReasonField(forms.CharField):
    """In which an officer says why; the log keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Reason"), "max_length": LONGEST_REASON, **kwargs}
        missing = {"required": _("Enter the reason. It is kept in the log of officers’ actions.")}
        area = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
        super().__init__(widget=area, error_messages=missing, **kwargs)


class RoleForm(PlainForm):
    """The new role of an officer, and why."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[*Role.choices, ("none", _("No role: an account like every candidate’s"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    province = forms.ChoiceField(
        label=_("Province or territory"),
        help_text=_("Of provincial staff only: whose nominations they confirm."),
        choices=lambda: [
            ("", _("None")),
            *((code, name) for code, name in PROVINCES.items() if code != QUEBEC),
        ],
        required=False,
    )
    why = ReasonField(help_text=_("For the log of officers’ actions. Name nobody in it."))
    choice_hints: ClassVar[dict[str, dict[str, object]]] = {
        "role": {
            Role.OFFICER: _("Plans and previews rounds, reads the pool and the records."),
            Role.SENIOR_OFFICER: _("All of that; confirms, runs, cancels and publishes rounds."),
            Role.AUDITOR: _("Reads everything, also the log of officers’ actions. Changes nothing."),
            Role.CONTENT_EDITOR: _("Nothing yet: there is no content to edit."),
            Role.ADMINISTRATOR: _("Reads everything, gives roles and allowances. Runs no rounds."),
            Role.PROVINCIAL_STAFF: _(
                "Confirms the nominations of one province or territory. Nothing at the desk."
            ),
        }
    }

    def clean(self) -> dict[str, Any]:
        """Provincial staff have a province, nobody else has one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("role") != Role.PROVINCIAL_STAFF:
            cleaned["province"] = ""
        elif not cleaned.get("province"):
            self.add_error("province", _("Choose the province or territory whose nominations they confirm."))
        return cleaned

    @property
    def chosen_role(self) -> str:
        """The role as accounts hold it; empty for none."""
        chosen: str = self.cleaned_data["role"]
        return "" if chosen == "none" else chosen


class GiveRoleForm(RoleForm):
    """Whom to make an officer, as what, and why."""

    username = forms.CharField(
        label=_("Username"),
        help_text=_("Of an account that exists. Its owner signs up like everybody first."),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "input--20",
            }
        ),
        error_messages={"required": _("Enter the username of the account.")},
    )
    field_order = ("username", "role", "province", "why")

    account: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=Role.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a role.")},
        )
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        found = User.objects.filter(username__iexact=username, is_active=True).first()
        if found is None:
            raise ValidationError(_("No account has this username. Check how it is spelled."))
        self.account = found
        return username


class AllowanceForm(PlainForm):
    """Which address may try how much more often, for how long, and why."""

    address = forms.CharField(
        label=_("Address of the classroom’s connection"),
        help_text=_("Such as 203.0.113.7. Of an IPv6 address, its whole /64 network gets the allowance."),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "input--20 input--code"}
        ),
        error_messages={"required": _("Enter the address.")},
    )
    factor = forms.TypedChoiceField(
        label=_("How many times the usual limits"),
        coerce=int,
        choices=[(10, "10"), (30, "30"), (100, "100")],
        help_text=_("About as many as there are people in the room."),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(2, _("2 hours")), (8, _("8 hours")), (24, _("24 hours")), (168, _("7 days"))],
        help_text=_("From now, in real time."),
    )
    why = ReasonField(help_text=_("Such as the course. Name nobody in it."), max_length=200)

    def clean_address(self) -> str:
        found = network(self.cleaned_data["address"])
        if found is None:
            raise ValidationError(
                _("This is not an internet address. Enter one like 203.0.113.7 or 2001:db8:1:2::7.")
            )
        return found

    @property
    def lasts(self) -> timedelta:
        """For how long, in real time."""
        return timedelta(hours=self.cleaned_data["hours"])


class EndAllowanceForm(PlainForm):
    """Why an allowance ends before its time."""

    why = ReasonField(help_text=_("For the log of officers’ actions. Name nobody in it."))


class LogSearch(PlainForm):
    """Which of the officers' actions to list; whatever is left empty lists all."""

    officer = forms.CharField(
        label=_("Officer’s username"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "input--10"}),
    )
    verb = forms.ChoiceField(label=_("Action"), required=False, choices=[("", _("All")), *Verb.choices])
    record = forms.CharField(
        label=_("Number of a record"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--10 input--code"}),
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"officer", "verb", "record"})

    def wanted(self) -> dict[str, str]:
        """Return what was asked for, without what was left empty."""
        self.is_valid()
        return {name: value.strip() for name, value in self.cleaned_data.items() if value.strip()}
