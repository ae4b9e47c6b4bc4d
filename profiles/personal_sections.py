"""The sections about a person: who they are, how they are reached, who acts for them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from eligibility.forms import FamilySizeForm, MaritalStatusForm
from profiles.asking import Question, Section
from profiles.facts import DETAILS, Answers
from profiles.forms.addresses import HomeAddressForm, MailingAddressForm
from profiles.forms.contact import ContactForm
from profiles.forms.identity import BirthForm, IdentityForm, OriginForm, PartnerIdentityForm
from profiles.forms.passport import PassportForm
from profiles.forms.representative import RepresentativeForm
from profiles.forms.residence import EarlierApplicationsForm, ResidenceForm
from profiles.places import at

ABOUT = _("About you")
CONTACT_DETAILS = "contact"
CONTACT = _("Contact and representative")


def born(answers: Answers) -> dict[str, Any]:
    """The birth date, for a form that compares days with it."""
    told = answers.get("birth_date")
    return {"born": date.fromisoformat(told) if told else None}


def citizenships(answers: Answers) -> dict[str, Any]:
    return {"citizenships": at(answers, "identity.citizenships") or ()}


PERSONAL = Section(
    "personal",
    _("Personal details"),
    ABOUT,
    (
        _("The birth date decides the points for age. Names decide nothing; you sign with them."),
        _("Where you were born and whose citizen you are earns no points."),
    ),
    (
        Question(IdentityForm, ("family_name", "given_names", "other_names", "sex"), under="identity"),
        Question(BirthForm, ("birth_date",)),
        Question(OriginForm, ("birth_city", "birth_country", "citizenships"), under="identity"),
    ),
    judged_anew=True,
)
PASSPORT = Section(
    "passport",
    _("Passport"),
    ABOUT,
    (
        _("Do not enter a real number: any invented one will do."),
        _("In the real portal a copy of every page would be asked for, but only after an invitation."),
    ),
    (
        Question(
            PassportForm,
            ("number", "country", "issued_on", "expires_on"),
            options=born,
            under="identity.passport",
        ),
    ),
    judged_anew=True,
)
RESIDENCE = Section(
    "residence",
    _("Residence and earlier applications"),
    ABOUT,
    (_("The country where you live decides where an application would be examined, and no points."),),
    (
        Question(ResidenceForm, ("country", "status"), options=citizenships, under="identity.residence"),
        Question(EarlierApplicationsForm, ("applied_before", "uci"), under="identity"),
    ),
    judged_anew=True,
)
FAMILY = Section(
    "family",
    _("Marital status and family"),
    ABOUT,
    (
        _("If you are married or live in a common-law union, questions about your partner follow."),
        _("Children are counted here, not described. That is asked only after an invitation."),
    ),
    (Question(MaritalStatusForm, ("marital_status",)), Question(FamilySizeForm, ("family_size",))),
)
REACHED = (
    Section(
        CONTACT_DETAILS,
        _("Contact details"),
        CONTACT,
        (_("Everything may be invented. Messages of this portal arrive in your account."),),
        (Question(ContactForm, ("language", "email", "telephones"), under="contact"),),
    ),
    Section(
        "mailing-address",
        _("Mailing address"),
        CONTACT,
        (_("An address of the kind that your country has. It may be invented; nothing is sent there."),),
        (Question(MailingAddressForm, ("mailing",), under="contact"),),
    ),
    Section(
        "home-address",
        _("Residential address"),
        CONTACT,
        (_("Where you live now. It may be invented as well."),),
        (Question(HomeAddressForm, ("residential",), under="contact"),),
    ),
    Section(
        "representative",
        _("Representative"),
        CONTACT,
        (_("Most candidates act for themselves. You can name a representative later as well."),),
        (Question(RepresentativeForm, ("representative",)),),
    ),
)
ABOUT_THE_PERSON = (PERSONAL, PASSPORT, RESIDENCE, FAMILY, *REACHED)

PARTNER_KEYS = ("family_name", "given_names", "sex", "birth_date", "birth_country", "citizenships")
PARTNER_IDENTITY = Question(PartnerIdentityForm, PARTNER_KEYS, under=DETAILS)
