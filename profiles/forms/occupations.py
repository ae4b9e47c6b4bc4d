"""An occupation's code in a profile's forms, with a search by what the job is called right below it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.occupations import LONGEST_SEARCH, Found
from profiles.forms.details import DetailedForm
from profiles.forms.lines import LineField

WORDS = "noc_words"


class FindInput(forms.TextInput):
    """A text input with the button that searches by it; the button sends the page's form as ``find``."""

    template_name = "forms/widgets/find.html"


class FindsOccupation(DetailedForm):
    """A form that asks for an occupation; with ``found`` these are offered, each with whether it is skilled work."""

    unkept: ClassVar[tuple[str, ...]] = (WORDS,)

    noc_words = LineField(
        label=gettext_lazy("You do not know the code? Search by job title"),
        help_text=gettext_lazy("For example nurse, truck driver, or an old code such as 2173."),
        max_length=LONGEST_SEARCH,
        widget=FindInput(attrs={"autocomplete": "off", "class": "input--20"}),
    )

    def __init__(self, *args: Any, found: Sequence[Found] = (), **kwargs: Any) -> None:
        super().__init__(*args, found=found, **kwargs)
        if found:
            offered = [(one.code, in_words(one)) for one in found]
            self.fields["noc"].widget = forms.RadioSelect(choices=offered)


def in_words(found: Found) -> str:
    """Return an occupation's title, code and level, and whether work in it counts."""
    words = {"title": found.title, "code": found.code, "teer": found.teer}
    if found.skilled:
        return _("%(title)s (%(code)s), TEER %(teer)s: counts as skilled work") % words
    return _("%(title)s (%(code)s), TEER %(teer)s: does not count as skilled work") % words
