"""A relative in Canada as a profile asks it: beside the facts, the name and where they live."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from eligibility.fields import ProvinceField
from eligibility.forms import RelativeForm
from eligibility.forms.base import Part
from profiles import doubts
from profiles.doubts import Doubt
from profiles.forms.details import SURE, DetailedForm
from profiles.forms.lines import LineField


class RelativeEntryForm(DetailedForm, RelativeForm):
    """One entry of ``relatives_in_canada`` with its details: name, city and province."""

    detailed = ("name", "city", "province")
    field_order: tuple[str, ...] = (
        "of",
        "relationship",
        "status",
        "birth_date",
        "name",
        "city",
        "province",
    )
    asked_only_sometimes = RelativeForm.asked_only_sometimes | {SURE}

    name = LineField(label=_("Name of the relative"), help_text=_("Invent it, for example Chidi Okafor."))
    city = LineField(label=_("City or town in Canada"), help_text=_("For example Halifax."), max_length=100)
    province = ProvinceField(
        label=_("Province or territory"),
        help_text=_("Where the relative lives, for example Manitoba."),
        required=False,
    )

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_relative(entry, self.born, self.today)
