"""What officers fill in to correct a round: which invitations, and why, in both languages."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.officers import QUEBEC, ReasonField
from accounts.telling.provinces import PROVINCES
from draws.correcting.choosing import Asked, Doubt, chosen, listed
from draws.models import InvitedAs, Round
from draws.models.corrections import LONGEST_REASON
from eligibility.fields import NumberField, PortalForm

CRITERIA = ("programs", "province", "below")
DOUBTS_SHOWN = 20
HIGHEST_SCORE = 1200
LONGEST_LIST = 1_400_000
"""Characters: the largest round, a profile number a line, with room for spaces."""


class PublicReason(forms.CharField):
    """A reason that candidates and everybody read."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(max_length=LONGEST_REASON, widget=area, **kwargs)

    def clean(self, value: Any) -> str:
        """Return it on one line."""
        return " ".join(str(super().clean(value)).split())


class CorrectForm(PortalForm):
    """Which of a round's invitations are to be withdrawn, and why."""

    by = forms.ChoiceField(
        label=_("Which invitations were wrong?"),
        choices=[
            ("all", _("All of the round that are still open")),
            ("numbers", _("Those of a list of profile numbers")),
            ("criterion", _("Those that meet a criterion")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which invitations were wrong.")},
    )
    numbers = forms.CharField(
        label=_("Profile numbers"),
        help_text=_("For a list: one a line, such as E000123456."),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(
            attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false", "class": "input--20 input--code"}
        ),
    )
    programs = forms.MultipleChoiceField(
        label=_("Invited under"),
        help_text=_("For a criterion: one or more."),
        choices=InvitedAs.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    province = forms.ChoiceField(
        label=_("Nominated by"),
        help_text=_("For a criterion: the province or territory of the nomination."),
        choices=lambda: [
            ("", _("Any, or none")),
            *((code, name) for code, name in PROVINCES.items() if code != QUEBEC),
        ],
        required=False,
    )
    below = NumberField(
        label=_("Score below"),
        help_text=_("For a criterion: the invitations whose score was lower than this."),
        least=1,
        most=HIGHEST_SCORE,
        step=1,
        example=480,
        required=False,
    )
    reason_en = PublicReason(
        label=_("Reason in English"),
        help_text=_("Candidates and the public read it. Say what was wrong, in full sentences. Name nobody."),
        error_messages={"required": _("Enter the reason in English. The candidates are told it.")},
    )
    reason_fr = PublicReason(
        label=_("Reason in French"),
        help_text=_("The same in French, for those who read the portal in French."),
        error_messages={"required": _("Enter the reason in French. The candidates are told it.")},
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"numbers", "programs", "province", "below"})
    choice_hints: ClassVar[dict[str, dict[str, Any]]] = {
        "by": {
            "all": _("What was declined, has lapsed or was withdrawn before stays as it is."),
            "criterion": _("All parts of the criterion that you fill in must hold."),
        }
    }

    def __init__(self, *args: Any, held: Round, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.at = held, at
        self.asked = Asked()
        self.invitations: list[int] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_what_is_not_asked(cleaned)
        choose = {"all": self._all, "numbers": self._numbers, "criterion": self._criterion}
        if cleaned.get("by") and not self.errors:
            choose[cleaned["by"]](cleaned)
        return cleaned

    def _refuse_what_is_not_asked(self, cleaned: dict[str, Any]) -> None:
        """What was filled in for another choice may be what was meant: nobody loses an invitation by a slip."""
        by = cleaned.get("by")
        if by and by != "numbers" and cleaned.get("numbers", "").strip():
            self.add_error(
                "numbers",
                _("Profile numbers are only read for a list. Clear them, or choose the list above."),
            )
        for name in CRITERIA:
            if by and by != "criterion" and cleaned.get(name):
                self.add_error(
                    name, _("This is only read for a criterion. Clear it, or choose the criterion above.")
                )

    def _all(self, _cleaned: dict[str, Any]) -> None:
        self.invitations = chosen(self.held, self.asked, self.at)
        if not self.invitations:
            self.add_error(
                "by", _("None of this round's invitations is still open, so none can be withdrawn.")
            )

    def _numbers(self, cleaned: dict[str, Any]) -> None:
        found = listed(self.held, cleaned["numbers"], self.at)
        for doubt in found.doubts[:DOUBTS_SHOWN]:
            self.add_error("numbers", _said(doubt))
        if more := len(found.doubts) - DOUBTS_SHOWN:
            self._more(more)
        if not found.doubts and not found.invitations:
            self.add_error(
                "numbers",
                _("No open invitation of this round is on the list. Paste profile numbers, one a line."),
            )
        self.asked, self.invitations = Asked("numbers", settled=found.settled), found.invitations

    def _more(self, more: int) -> None:
        if more > 0:
            self.add_error(
                "numbers", ValidationError(_("%(more)d more lines are wrong as well."), params={"more": more})
            )

    def _criterion(self, cleaned: dict[str, Any]) -> None:
        provinces = [cleaned["province"]] if cleaned["province"] else []
        self.asked = Asked("criterion", cleaned["programs"], provinces, cleaned["below"])
        if not (cleaned["programs"] or provinces or cleaned["below"]):
            self.add_error("by", _("A criterion needs at least one part: a class, a province or a score."))
            return
        self.invitations = chosen(self.held, self.asked, self.at)
        if not self.invitations:
            self.add_error("by", _("No open invitation of this round meets this criterion. Change it."))


class ConfirmCorrectionForm(PortalForm):
    """The last step before invitations are withdrawn: their number, typed once more."""

    number = forms.CharField(
        label=_("To confirm, type the number of invitations to be withdrawn"),
        help_text=_("In digits"),
        widget=forms.TextInput(attrs={"class": "input--5", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the number of invitations to confirm. Nothing was withdrawn yet.")
        },
    )
    why = ReasonField(
        label=_("Note for the log"),
        help_text=_("Officers and auditors read it. Name nobody in it."),
        required=False,
    )

    def __init__(self, *args: Any, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_number(self) -> int:
        """Return the number; spaces and commas between the thousands may be typed."""
        typed = str(self.cleaned_data["number"])
        if re.sub(r"[\s,\u202f\u00a0]", "", typed) != str(self.expected):
            raise ValidationError(
                _(
                    "‘%(typed)s’ is not the number of invitations of this correction. Nothing was withdrawn. Look at "
                    "the list again, then type its number."
                ),
                params={"typed": typed},
            )
        return self.expected


class DropForm(PortalForm):
    """Why a prepared correction is dropped."""

    why = ReasonField(help_text=_("Officers and auditors read it. Name nobody in it."))


def _said(doubt: Doubt) -> ValidationError:
    return ValidationError(
        _("Line %(line)d, ‘%(typed)s’: %(said)s"),
        params={"line": doubt.line, "typed": doubt.typed[:40], "said": doubt.said},
    )
