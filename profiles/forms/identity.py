"""Who the candidate is: the names that sign."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation
from eligibility.forms import AnswerForm
from profiles.forms.names import NameField


class IdentityForm(AnswerForm):
    """``{"identity": {"family_name": …, "given_names": …}}``; somebody with one name has no given names."""

    family_name = NameField(
        label=_("Family name"),
        help_text=_(
            "As in a passport, but invent it: for example Okafor. With one name only, enter it here."
        ),
        error_messages={"required": _("Enter a family name.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )
    given_names = NameField(
        label=_("Given names"),
        help_text=_("All of them, in the passport’s order: for example Amara Grace."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    explanations = {
        "family_name": [
            Explanation(
                _("Why not my real name?"),
                [
                    _(
                        "This is a rehearsal, and your real name is not needed for it. You will sign with the "
                        "names that you invent here."
                    )
                ],
            )
        ]
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> dict[str, Any]:
        return super().initial_of((part or {}).get("identity"))

    def answer(self) -> dict[str, Any]:
        return {"identity": {name: self.cleaned_data[name] for name in ("family_name", "given_names")}}
