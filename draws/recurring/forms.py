"""What officers fill in about a recurring plan: its name and days, why it is paused or ended."""

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.forms.officers import ReasonField
from draws.models import Category, RecurringPlan, RecurringStep
from draws.models.recurring import MOST_DAYS, MOST_WEEKS
from draws.officers.forms import InstructionForm, PlanForm
from draws.recurring.days import END, Unit
from draws.recurring.words import PLACES
from eligibility.fields import DatePartsField, Explanation, NumberField, PortalForm
from rules.category_versions import codes_from
from rules.programs import PROGRAM_BITS

NONE = ("", _("None"))
STAY, CANCEL = "stay", "cancel"


class DaysForm(PortalForm):
    """A plan's name, its rule of days, its hour, its first day and, optionally, its last."""

    name = forms.CharField(
        label=_("Name of the plan"),
        help_text=_("Such as: General, alternating with French. Name nobody in it."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name by which officers know the plan.")},
    )
    unit = forms.ChoiceField(
        label=_("How its days are found"),
        choices=[
            (Unit.WEEKS.value, _("A weekday, every week or every few weeks")),
            (Unit.MONTH.value, _("A weekday of each month, such as the second Wednesday")),
            (Unit.DAYS.value, _("Every few days, counted from the first day")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the days are found.")},
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        help_text=_("For the first two ways."),
        choices=[NONE, *((number, WEEKDAYS[number]) for number in range(7))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    every = NumberField(
        label=_("Every how many weeks, or days"),
        help_text=_("2 is every second one. Left empty, it is every one."),
        least=1,
        most=MOST_DAYS,
        step=1,
        example=2,
        required=False,
    )
    place = forms.TypedChoiceField(
        label=_("Which one of the month"),
        help_text=_("For a weekday of each month."),
        choices=[NONE, *PLACES.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    hour = PlanForm.declared_fields["hour"]
    explanations: ClassVar[dict[str, list[Explanation]]] = {
        "every": [
            Explanation(
                _("Where does counting begin?"),
                [
                    _(
                        "With the first such weekday that is not before the first day, or with the first day itself."
                    ),
                    _(
                        "Pausing a plan does not move its days: it goes on with the days that it would have had."
                    ),
                ],
            )
        ]
    }
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"weekday", "every", "place"})
    field_order = ("name", "unit", "weekday", "every", "place", "hour", "first_day", "last_day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = (kwargs.get("initial") or {}).get("first_day")
        earliest = min(first or today, today)
        self.fields["first_day"] = DatePartsField(
            label=_("First day"),
            help_text=_("From this day on. On this simulator’s clock, in UTC."),
            earliest=earliest,
            latest=END,
        )
        self.fields["last_day"] = DatePartsField(
            label=_("Last day"),
            help_text=_("No round comes after it. Left empty, the plan runs until it is paused or ended."),
            earliest=earliest,
            latest=END,
            required=False,
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_weekday(cleaned)
        self._check_place(cleaned)
        self._check_every(cleaned)
        if (
            cleaned.get("first_day")
            and cleaned.get("last_day")
            and cleaned["last_day"] < cleaned["first_day"]
        ):
            self.add_error(
                "last_day", _("The last day is before the first. Enter a later one, or leave it empty.")
            )
        return cleaned

    def _check_weekday(self, cleaned: dict[str, Any]) -> None:
        counts_days = cleaned.get("unit") == Unit.DAYS
        if counts_days and cleaned.get("weekday") is not None:
            self.add_error(
                "weekday",
                _("Days counted from the first day fall on any weekday. Clear it, or choose another way."),
            )
        elif cleaned.get("unit") and not counts_days and cleaned.get("weekday") is None:
            self.add_error("weekday", _("Choose the weekday."))

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        monthly = cleaned.get("unit") == Unit.MONTH
        if monthly and cleaned.get("place") is None:
            self.add_error("place", _("Choose which one of the month."))
        elif cleaned.get("unit") and not monthly and cleaned.get("place") is not None:
            self.add_error(
                "place", _("Only a weekday of each month needs this. Clear it, or choose that way.")
            )

    def _check_every(self, cleaned: dict[str, Any]) -> None:
        every = cleaned.get("every")
        if cleaned.get("unit") == Unit.MONTH and every not in {None, 1}:
            self.add_error("every", _("A weekday of each month comes every month. Leave this empty."))
        elif cleaned.get("unit") == Unit.WEEKS and every and every > MOST_WEEKS:
            self.add_error("every", _("A plan can wait 52 weeks at most. Enter a number from 1 to 52."))

    def told(self) -> dict[str, Any]:
        """Return what was typed, as a plan holds it."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("name", "unit", "hour", "first_day", "last_day")},
            "every": typed["every"] or 1,
            "weekday": typed["weekday"] or 0,
            "place": typed["place"] or 1,
        }


class StepForm(InstructionForm):
    """One of the rounds that take turns: an instruction without its day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, Category(code).label) for code in codes_from(today)]
        cast("forms.ChoiceField", self.fields["category"]).choices = [("", _("No category")), *named]


def typed_of(plan: RecurringPlan) -> dict[str, Any]:
    """Return a plan as its form is filled in."""
    return {
        **{name: getattr(plan, name) for name in ("name", "unit", "hour", "first_day", "last_day")},
        "weekday": None if plan.unit == Unit.DAYS else plan.weekday,
        "every": None if plan.unit == Unit.MONTH else plan.every,
        "place": plan.place if plan.unit == Unit.MONTH else None,
    }


def typed_of_step(step: RecurringStep) -> dict[str, Any]:
    """Return one of a plan's rounds as its form is filled in."""
    return {
        "round_type": step.round_type,
        "programs": [code for code, bit in PROGRAM_BITS.items() if step.programs & bit],
        "category": step.category,
        "size": step.size,
    }


class WhyForm(PortalForm):
    """Why an officer acts on a plan."""

    why = ReasonField(help_text=_("Officers and auditors read it. Name nobody in it."))

    @property
    def cancels(self) -> bool:
        """Whether the rounds that wait are to be cancelled."""
        return self.cleaned_data.get("rounds") == CANCEL


class RestForm(WhyForm):
    """Why a plan is paused or ended, and what becomes of its rounds that wait."""

    rounds = forms.ChoiceField(
        label=_("What becomes of these rounds?"),
        choices=[
            (STAY, _("They stay, and can still be confirmed one by one")),
            (CANCEL, _("They are cancelled now; nobody is invited by them")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the rounds that wait.")},
    )
    field_order = ("rounds", "why")
