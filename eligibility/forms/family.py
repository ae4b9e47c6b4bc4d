"""Relatives who live in Canada."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.forms.base import AnswerForm, Part, PastDateField

APPLICANT = "applicant"
RELATIONSHIPS = (
    ("sibling", _("Brother or sister")),
    ("parent", _("Parent")),
    ("child", _("Child")),
    ("grandparent", _("Grandparent")),
    ("grandchild", _("Grandchild")),
    ("aunt_or_uncle", _("Aunt or uncle")),
    ("niece_or_nephew", _("Niece or nephew")),
    ("cousin", _("Cousin")),
    ("other", _("Another relative")),
)
STATUSES = (
    ("citizen", _("Citizen of Canada")),
    ("permanent_resident", _("Permanent resident of Canada")),
    ("temporary_resident", _("Temporary resident: visitor, student or worker")),
    ("other", _("Something else")),
)


class RelativeForm(AnswerForm):
    """One entry of ``relatives_in_canada``; only couples (``partnered``) are asked whose relative it is."""

    of = forms.ChoiceField(
        label=_("Whose relative is it?"),
        help_text=_("A relative of a partner counts as well, if the partner comes with you."),
        choices=((APPLICANT, _("Mine")), ("spouse", _("My spouse or partner’s"))),
        widget=forms.RadioSelect,
    )
    relationship = forms.ChoiceField(
        label=_("How are you related?"),
        help_text=_("By blood, marriage, common-law partnership or adoption."),
        choices=RELATIONSHIPS,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label=_("What is the relative’s status in Canada?"),
        help_text=_("Only a citizen or a permanent resident can earn points. Choose what is true."),
        choices=STATUSES,
        widget=forms.RadioSelect,
    )
    birth_date = PastDateField(
        label=_("When was the relative born?"),
        help_text=_("For example 3 2 1990. Only relatives of 18 years or older count."),
    )

    def __init__(self, *args: Any, partnered: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not partnered:
            del self.fields["of"]

    def answer(self) -> Part:
        return {"of": APPLICANT, **super().answer()}
