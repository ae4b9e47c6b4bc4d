"""How everybody filters the list of rounds."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from draws.public.register import KINDS
from eligibility.fields import PortalForm
from eligibility.wording.names import CATEGORY_NAMES


class RoundsFilter(PortalForm):
    """Which rounds of the list to show; whatever is left empty, or makes no sense, shows all."""

    kind = forms.ChoiceField(
        label=_("Kind of round"),
        required=False,
        choices=[
            ("", _("All kinds")),
            *((code, name) for code, name in KINDS.items() if code not in CATEGORY_NAMES),
            (_("Categories"), [("category", _("All categories")), *CATEGORY_NAMES.items()]),
        ],
    )
    origin = forms.ChoiceField(
        label=_("Held by"),
        required=False,
        choices=[
            ("", _("All")),
            ("published", _("IRCC")),
            ("simulated", _("This simulator")),
        ],
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"kind", "year", "origin"})
    field_order = ("kind", "year", "origin")

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("All years")), *((year, str(year)) for year in years)],
        )
        self.order_fields(self.field_order)

    def wanted(self) -> dict[str, Any]:
        """Return the arguments of ``register.chosen``."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    def words(self) -> list[str]:
        """Return what is chosen, as the lists name it."""
        return [
            _label_of(cast("forms.ChoiceField", self.fields[name]), value)
            for name, value in self.wanted().items()
        ]


def _label_of(field: forms.ChoiceField, value: object) -> str:
    """Return how a list names one of its choices, those in groups too."""
    choices: Any = field.choices
    groups = [label if isinstance(label, list | tuple) else [(code, label)] for code, label in choices]
    return next(str(label) for group in groups for code, label in group if str(code) == str(value))
