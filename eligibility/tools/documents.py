"""The document checklist: a few questions about a situation to the papers it takes, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from eligibility.fields import CountryField, PortalForm, YesNoField, country_names, french
from eligibility.forms.person import MARITAL_STATUSES
from eligibility.tools.answering import address_of_json, as_json, asked, refused, wants_json
from eligibility.tools.document_table import DOCUMENTS, EVERYONE, Document
from lifecycle.middleware import PortalRequest
from rules import parameters
from rules.records import CANADA, PARTNERED

PLACES = (("canada", _("In Canada")), ("abroad", _("Outside Canada")))
COUNTRY_FIELDS = ("country_1", "country_2", "country_3", "country_4", "country_5")
STAGES = (
    ("profile", _("To have at hand for the profile")),
    ("application", _("For the application, after an invitation")),
)


def country_field(label: Any) -> CountryField:
    return CountryField(label=label, required=False)


class DocumentsForm(PortalForm):
    """13 fields; only the marital status must be answered, what is left out is 'no'."""

    marital_status = forms.ChoiceField(
        label=_("What is your marital status?"), choices=MARITAL_STATUSES, widget=forms.RadioSelect
    )
    partner_comes = YesNoField(
        label=_("Does your spouse or partner come to Canada with you?"),
        help_text=_("Only if you have one."),
        required=False,
    )
    children = YesNoField(label=_("Have you dependent children?"), required=False)
    studied = forms.MultipleChoiceField(
        label=_("Where did you finish school or studies?"),
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    worked = forms.MultipleChoiceField(
        label=_("Where did you work in the last ten years?"),
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    exempt = YesNoField(
        label=_("Do you need no settlement funds?"),
        help_text=_(
            "That is so in the Canadian Experience Class, and for whoever may work in Canada and has a valid job "
            "offer."
        ),
        required=False,
    )
    have = forms.MultipleChoiceField(
        label=_("Which of these have you?"),
        choices=(
            ("job_offer", _("A job offer in Canada")),
            ("nomination", _("A nomination of a province or territory")),
            ("certificate", _("A Canadian certificate of qualification in a trade")),
            ("relative", _("A relative who lives in Canada")),
            ("representative", _("A representative who acts for you")),
            ("name_changed", _("A name or date of birth that was changed")),
            ("other_language", _("Papers in other languages than English or French")),
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    country_1 = country_field(_("First country"))
    country_2 = country_field(_("Second country"))
    country_3 = country_field(_("Third country"))
    country_4 = country_field(_("Fourth country"))
    country_5 = country_field(_("Fifth country"))
    asked_only_sometimes: ClassVar = frozenset(
        {"partner_comes", "children", "studied", "worked", "exempt", "have", *COUNTRY_FIELDS}
    )

    def situations(self) -> frozenset[str]:
        """Return the situations of ``document_table`` that a valid form stands for."""
        answers = self.cleaned_data
        partnered = answers["marital_status"] in PARTNERED
        told = {EVERYONE, answers["marital_status"], *answers["have"]}
        told |= {f"studied_{place}" for place in answers["studied"]}
        told |= {f"worked_{place}" for place in answers["worked"]}
        told.add("funds_exempt" if answers["exempt"] else "funds_needed")
        told |= {"partner_comes"} if partnered and answers["partner_comes"] else set()
        return frozenset(told | ({"children"} if answers["children"] else set()))

    def countries(self) -> list[str]:
        """Return the countries that ask for a police certificate, each once; one without a name if none was told.

        Canada asks for none.
        """
        named = [self.cleaned_data[name] for name in COUNTRY_FIELDS if self.cleaned_data[name]]
        return [code for code in dict.fromkeys(named or [""]) if code != CANADA]

    @property
    def country_fields(self) -> list[BoundField]:
        return [self[name] for name in COUNTRY_FIELDS]


@dataclass(frozen=True, slots=True)
class Needed:
    """A document that a situation takes, with the years in force filled in; ``country`` where it is of one."""

    document: Document
    validity: str
    country: str = ""

    @property
    def country_name(self) -> str:
        return str(dict(country_names("fr" if french() else "en"))[self.country]) if self.country else ""


@require_safe
def documents(request: PortalRequest) -> HttpResponse:
    """Ask about the situation, and once it is told list the documents by stage."""
    if not asked(request, DocumentsForm):
        return render(request, "tools/documents.html", {"form": DocumentsForm()})
    form = DocumentsForm(request.GET)
    if not form.is_valid():
        return (
            refused(form) if wants_json(request) else render(request, "tools/documents.html", {"form": form})
        )
    listed = list(_needed(form, request))
    if wants_json(request):
        return as_json(_document(form, listed))
    stages = [_stage(key, title, listed) for key, title in STAGES]
    context = {"form": form, "stages": stages, "json_url": address_of_json(request)}
    return render(request, "tools/documents.html", context)


def _stage(key: str, title: Any, listed: list[Needed]) -> dict[str, Any]:
    needed = [one for one in listed if one.document.stage == key]
    sources = dict.fromkeys(str(one.document.source) for one in needed)
    return {"key": key, "title": title, "needed": needed, "sources": "; ".join(sources)}


def _needed(form: DocumentsForm, request: PortalRequest) -> Iterator[Needed]:
    rules, situations = parameters.on(request.today), form.situations()
    years = {
        "test_years": rules.value("test.validity_years"),
        "eca_years": rules.value("eca.validity_years"),
    }
    for document in DOCUMENTS:
        if situations.isdisjoint(document.situations):
            continue
        validity = str(document.validity) % years
        for country in form.countries() if document.per_country else [""]:
            yield Needed(document, validity, country)


def _document(form: DocumentsForm, listed: list[Needed]) -> dict[str, Any]:
    return {
        "situations": sorted(form.situations()),
        "documents": [
            {
                "key": one.document.key,
                "stage": one.document.stage,
                "country": one.country or None,
                **{
                    name: str(text)
                    for name, text in (
                        ("title", one.document.title),
                        ("why", one.document.why),
                        ("validity", one.validity),
                        ("how", one.document.how),
                        ("source", one.document.source),
                    )
                },
            }
            for one in listed
        ],
    }
