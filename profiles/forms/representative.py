"""Who acts for a candidate, if anybody does."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import CHOOSE, Explanation, Text
from eligibility.forms.base import Part
from profiles.forms.lines import LineField
from profiles.forms.names import NameField
from profiles.forms.own import OwnForm, Told

NOBODY, UNPAID, PAID = "none", "unpaid", "paid"
KINDS = (
    (NOBODY, _("No, I act for myself")),
    (UNPAID, _("Yes, somebody who is not paid")),
    (PAID, _("Yes, somebody who is paid")),
)
PROFESSIONS = (
    ("lawyer", _("Lawyer, or paralegal of Ontario")),
    ("notary", _("Notary of Quebec")),
    ("rcic", _("Regulated Canadian immigration consultant (RCIC)")),
)
OF_BOTH = ("family_name", "given_names")
OF_KIND = {
    NOBODY: (),
    UNPAID: (*OF_BOTH, "relation"),
    PAID: (*OF_BOTH, "profession", "organization", "membership_id"),
}
FIELDS = (*OF_BOTH, "relation", "profession", "organization", "membership_id")
ASKED: dict[str, Text] = {
    "family_name": _("Enter the representative’s family name."),
    "relation": _("Enter who the representative is to you, for example a sister or a friend."),
    "profession": _("Choose the representative’s profession."),
    "membership_id": _("Enter the representative’s membership ID."),
}


class RepresentativeForm(OwnForm):
    """``{"representative": {"kind": "none" | "unpaid" | "paid", …}}`` with what the kind asks; '' for what is empty."""

    kind = forms.ChoiceField(
        label=_("Does somebody act for you in this profile?"),
        help_text=_(
            "Somebody who writes and decides in your name, not somebody who only helps you to fill it in."
        ),
        choices=KINDS,
        widget=forms.RadioSelect,
    )
    family_name = NameField(
        label=_("Family name of the representative"),
        help_text=_("Invent it: for example Lindqvist."),
        required=False,
    )
    given_names = NameField(
        label=_("Given names of the representative"),
        help_text=_("For example Johan."),
        required=False,
    )
    relation = LineField(
        label=_("Who is the representative to you?"),
        help_text=_("For example a sister, a friend, or a member of a church."),
        max_length=100,
    )
    profession = forms.ChoiceField(
        label=_("Profession of the representative"),
        help_text=_("Only these may take money for it, for example a lawyer."),
        choices=(CHOOSE, *PROFESSIONS),
        required=False,
    )
    organization = LineField(
        label=_("Firm or organization"), help_text=_("For example Lindqvist Immigration Law.")
    )
    membership_id = LineField(
        label=_("Membership ID"),
        help_text=_(
            "In the law society, the chamber of notaries or the college. Invent it: for example R000000."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input--10 input--code", "autocomplete": "off"}),
    )
    headings: ClassVar = {
        "family_name": _("If somebody acts for you"),
        "relation": _("If the representative is not paid"),
        "profession": _("If the representative is paid"),
    }
    asked_only_sometimes = frozenset(ASKED)
    explanations: ClassVar = {
        "kind": [
            Explanation(
                _("What is a representative, and what is form IMM 5476?"),
                [
                    _(
                        "A representative acts in your name: the immigration department then writes to them. "
                        "You appoint one by the form IMM 5476, Use of a Representative, which both of you sign. "
                        "It would be attached to the application after an invitation."
                    ),
                    _(
                        "Nobody needs one, and one earns no points and no faster answer. "
                        "You answer for what they state."
                    ),
                ],
            )
        ],
        "profession": [
            Explanation(
                _("Who may be paid?"),
                [
                    _(
                        "Lawyers and paralegals in good standing with a Canadian law society, notaries of the "
                        "Chambre des notaires du Québec, and consultants of the College of Immigration and "
                        "Citizenship Consultants. An application by anybody else who is paid can be refused."
                    )
                ],
            )
        ],
        "membership_id": [
            Explanation(
                _("Where would I find it?"),
                [_("In the public register of the representative’s law society, chamber or college.")],
            )
        ],
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        return super().initial_of((part or {}).get("representative"))

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        return super().rows(told.get("representative") or {})

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        for name in OF_KIND.get(cleaned.get("kind", NOBODY), ()):
            if name in ASKED and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ASKED[name])
        return cleaned

    def answer(self) -> Part:
        told = self.cleaned_data
        asked = {name: told.get(name, "") for name in OF_KIND[told["kind"]]}
        return {"representative": {"kind": told["kind"], **asked}}
