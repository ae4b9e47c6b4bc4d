"""The forms of 'What if?' that a profile does not have: a name, what is compared, and a few short questions."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PortalForm, ProvinceField, YesNoField
from eligibility.forms import AnswerForm, BirthDateForm, FirstLanguageForm
from eligibility.forms.base import Part, written
from profiles.models import Scenario
from profiles.scenarios import LONGEST_NAME
from rules.records import QUEBEC


class NameForm(PortalForm):
    """A scenario's name."""

    name = forms.CharField(
        label=_("Name of the scenario"),
        help_text=_("For example: French at NCLC 7. It heads the column."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter a name, so that you can tell this scenario from the others."),
            "max_length": _("Use at most %(limit_value)d characters; these are %(show_value)d."),
        },
    )


class CompareForm(PortalForm):
    """Which scenarios stand beside the profile: ``beside`` is a list of their ids, as texts."""

    beside = forms.MultipleChoiceField(
        label=_("Which scenarios stand beside your profile?"),
        help_text=_("Choose up to three."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asked_only_sometimes = frozenset({"beside"})

    def __init__(self, *args: Any, scenarios: Sequence[Scenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["beside"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(scenario.pk), scenario.name) for scenario in scenarios]


class NominatedForm(AnswerForm):
    """``{"provincial_nomination": {…}}`` as if it were issued on the day; null without one."""

    nominated = YesNoField(label=_("Does a province or territory nominate you?"))
    province = ProvinceField(label=_("Which one?"), required=False)
    asked_only_sometimes = frozenset({"province"})

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        held = (part or {}).get("provincial_nomination")
        return {"nominated": bool(held), "province": held["province"] if held else ""}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if cleaned.get("nominated") and "province" not in self.errors:
            if not cleaned.get("province"):
                self.add_error("province", _("Choose the province or territory that nominates you."))
            elif cleaned["province"] == QUEBEC:
                self.add_error(
                    "province",
                    _("Quebec nominates nobody for Express Entry. Choose another province or territory."),
                )
        return cleaned

    def answer(self) -> Part:
        if not self.cleaned_data["nominated"]:
            return {"provincial_nomination": None}
        nomination = {
            "province": self.cleaned_data["province"],
            "issued_on": written(self.today),
            "expires_on": None,
        }
        return {"provincial_nomination": nomination}


class SwapForm(BirthDateForm, FirstLanguageForm):
    """What the profile may not know of the partner who would be the principal applicant."""

    field_order = ("birth_date", "first_official_language")
    explanations: ClassVar = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].label = _("When was your partner born?")
        self.fields["first_official_language"].label = _("Which is your partner’s first official language?")

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        spouse = (part or {}).get("spouse") or {}
        language = spouse.get("first_official_language")
        return {"first_official_language": language} if language else {}
