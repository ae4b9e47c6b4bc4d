"""Choosing a sign-in partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PlainForm
from accounts.joining.partners import INSTITUTIONS, name_of


class ChooseForm(PlainForm):
    """One institution of the list, less those that are linked already."""

    institution = forms.ChoiceField(
        label=_("Choose your institution"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an institution, or use a key instead."),
            "invalid_choice": _("Choose an institution of the list."),
        },
    )

    def __init__(self, *args: Any, without: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["institution"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(slug, name_of(slug)) for slug in INSTITUTIONS if slug not in without]
