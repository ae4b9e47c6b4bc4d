"""Where somebody wants to live, with whom this is shared, the money, and whether a province has nominated them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PROVINCES, Explanation, ProvinceField, Text, YesNoField, provinces
from eligibility.forms import FundsForm
from eligibility.forms.base import Part, written
from eligibility.summaries import PLAIN, day, word
from profiles import doubts
from profiles.doubts import Doubt
from profiles.facts import ALL_PROVINCES, QUEBEC, intended_province
from profiles.forms.details import SURE, DetailedForm
from profiles.forms.own import OwnForm, Told

ALL = (ALL_PROVINCES, _("All of them, outside Quebec"))
SHARED_WITH = (
    ("provinces", _("The provinces and territories that I ticked, so that they can find me")),
    ("employers", _("Employers in Canada, through the job bank")),
    ("esdc", _("Employment and Social Development Canada, for research on how immigration works")),
)


class PlansForm(DetailedForm, FundsForm):
    """``{"plans": {"provinces": ["ON"], "shared_with": []}, "intended_province": "ON", "settlement_funds_cad": …}``"""

    detailed = ("provinces", "shared_with")
    field_order: tuple[str, ...] = ("provinces", "shared_with", "settlement_funds_cad")
    asked_only_sometimes: ClassVar = frozenset({SURE, "shared_with"})

    provinces = forms.MultipleChoiceField(
        label=_("Which provinces or territories interest you?"),
        help_text=_("Tick one, several or all. Only those that you tick can see your profile."),
        choices=lambda: [ALL, *provinces()],
        widget=forms.CheckboxSelectMultiple,
    )
    shared_with = forms.MultipleChoiceField(
        label=_("With whom may your profile be shared?"),
        help_text=_("Tick whom you agree to. It changes no points, and you can change it later."),
        choices=SHARED_WITH,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    choice_hints: ClassVar = {
        "provinces": {
            QUEBEC: _("Makes the profile not eligible: Quebec selects its own skilled workers."),
        }
    }
    explanations: ClassVar = {
        **FundsForm.explanations,
        "provinces": [
            Explanation(
                _("What is this used for?"),
                [
                    _(
                        "Provinces and territories search the pool for candidates to nominate, and see only "
                        "those who ticked them. A nomination earns 600 points."
                    ),
                    _("You are not bound to it: with permanent residence you may live anywhere in Canada."),
                ],
            )
        ],
    }

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        fields, plans = cls.base_fields, told.get("plans") or {}
        rows: list[tuple[Text, str]] = []
        if "provinces" in plans:
            rows.append((fields["provinces"].label or "", in_words(plans["provinces"])))
            chosen = [str(words) for name, words in SHARED_WITH if name in plans.get("shared_with", [])]
            rows.append((fields["shared_with"].label or "", "; ".join(chosen) or gettext("Nobody")))
        elif "intended_province" in told:
            planned = PLAIN["intended_province"](told["intended_province"])
            rows.append((fields["provinces"].label or "", planned))
        if "settlement_funds_cad" in told:
            funds = PLAIN["settlement_funds_cad"](told["settlement_funds_cad"])
            rows.append((fields["settlement_funds_cad"].label or "", funds))
        return rows

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provinces"].error_messages["required"] = _("Tick at least one, or ‘All of them’.")

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        told = part or {}
        plans = told.get("plans") or {}
        named = [told["intended_province"]] if told.get("intended_province") else []
        kept = {SURE: plans[SURE]} if plans.get(SURE) else {}
        return {
            **FundsForm.initial_of(told),
            "provinces": plans.get("provinces", named),
            "shared_with": plans.get("shared_with", []),
            **kept,
        }

    def clean(self) -> Part:
        cleaned = super().clean()
        ticked = cleaned.get("provinces") or []
        if ALL_PROVINCES in ticked and QUEBEC in ticked:
            message = _(
                "‘All of them’ leaves Quebec out, and you ticked Quebec as well. Untick one of the two."
            )
            self.add_error("provinces", message)
        return cleaned

    def answer(self) -> Part:
        ticked = self.cleaned_data["provinces"]
        wanted = [ALL_PROVINCES] if ALL_PROVINCES in ticked else sorted(ticked)
        shared = self.cleaned_data["shared_with"]
        sure = {SURE: self.confirmed} if self.confirmed else {}
        return {
            "plans": {"provinces": wanted, "shared_with": shared, **sure},
            "intended_province": intended_province(wanted),
            "settlement_funds_cad": written(self.cleaned_data["settlement_funds_cad"]),
        }

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_plans(entry["plans"]["provinces"], entry["settlement_funds_cad"])


def in_words(provinces: Iterable[str]) -> str:
    """Return provinces of interest by name."""
    return ", ".join(str(ALL[1]) if code == ALL_PROVINCES else word(PROVINCES, code) for code in provinces)


class NominationClaimForm(OwnForm):
    """``{"nomination": {"nominated": true, "province": "ON"}, "provincial_nomination": …}``

    ``accepted`` is the nomination that the facts hold; it stays only while the claim is about the same province.
    """

    nominated = YesNoField(
        label=_("Has a province or territory nominated you?"),
        help_text=_("Under one of its Express Entry streams."),
    )
    province = ProvinceField(label=_("Which one?"), help_text=_("Only if you answered yes."), required=False)
    asked_only_sometimes: ClassVar = frozenset({"province"})
    explanations: ClassVar = {
        "nominated": [
            Explanation(
                _("What happens when I answer yes?"),
                [
                    _(
                        "The province has to confirm it, with your profile number and your validation code. "
                        "Then you have 30 days to accept. From the day you accept, it earns 600 points."
                    ),
                    _("Until then nothing changes: the answer alone earns no points."),
                ],
            )
        ]
    }

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        if not told:
            return []
        claim, accepted = told.get("nomination") or {}, told.get("provincial_nomination") or {}
        province = claim.get("province") or accepted.get("province")
        answer = word(PROVINCES, province) if province else gettext("No")
        rows: list[tuple[Text, str]] = [(cls.base_fields["nominated"].label or "", answer)]
        if accepted:
            words = {"province": word(PROVINCES, accepted["province"]), "day": day(accepted["issued_on"])}
            rows.append(
                (_("Nomination that you accepted"), gettext("%(province)s, issued on %(day)s") % words)
            )
        return rows

    def __init__(self, *args: Any, accepted: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted = accepted

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        told = part or {}
        accepted = told.get("provincial_nomination")
        if claim := told.get("nomination"):
            return {"nominated": claim["nominated"], "province": claim["province"]}
        return {"nominated": bool(accepted), "province": accepted["province"] if accepted else None}

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        nominated, province = cleaned.get("nominated"), cleaned.get("province")
        if nominated and not province and "province" not in self.errors:
            self.add_error("province", _("Choose the province or territory that nominated you."))
        elif province == QUEBEC and nominated:
            message = _("Quebec does not nominate through Express Entry. Choose another one, or answer no.")
            self.add_error("province", message)
        return cleaned

    def answer(self) -> Part:
        nominated = self.cleaned_data["nominated"]
        province = self.cleaned_data["province"] if nominated else None
        stays = self.accepted is not None and self.accepted["province"] == province
        return {
            "nomination": {"nominated": nominated, "province": province},
            "provincial_nomination": dict(self.accepted) if stays and self.accepted else None,
        }
