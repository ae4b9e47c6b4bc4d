"""The documents of Express Entry: for whom, why, for how long, and how to get each. One row a document.

``situations``: whoever is in one of them needs it (``document_form`` says how each comes about). ``stage``: for the
profile, or later for the application after an invitation. In ``validity``, ``%(test_years)s`` and ``%(eca_years)s``
are the years of the rules in force. What is asked of whom follows IRCC's own words where they are known; the advice
on how to get it, and validity where IRCC gives none, are the simulator's choice.
"""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text

Stage = Literal["profile", "application"]

EVERYONE: Final = "everyone"
PROFILE_SOURCE: Final = _("IRCC video and page on submitting an Express Entry profile")
APPLICATION_SOURCE: Final = _("IRCC instructions on whether an Express Entry application is complete")
STAYS_VALID: Final = _("As long as what it says is true.")
NO_END: Final = _("It does not expire.")


@dataclass(frozen=True, slots=True)
class Document:
    """One document. ``per_country``: one for each country named, whose name follows the title."""

    key: str
    stage: Stage
    situations: tuple[str, ...]
    title: Text
    why: Text
    validity: Text
    how: Text
    source: Text = PROFILE_SOURCE
    per_country: bool = False


DOCUMENTS: Final = (
    Document(
        "passport",
        "profile",
        (EVERYONE,),
        _("Passport or travel document"),
        _("It says who you are, and the profile asks for its number."),
        _("Until the day printed in it. Renew it first if that is within a year."),
        _("From your country’s passport office or consulate."),
    ),
    Document(
        "language_results",
        "profile",
        (EVERYONE,),
        _("Report of a language test"),
        _("No program takes a profile without one, and the levels earn points."),
        _("%(test_years)s years from the day of the test, and still on the day you apply."),
        _(
            "Book IELTS General Training, CELPIP-General, PTE Core, TEF Canada or TCF Canada early: seats fill up."
        ),
    ),
    Document(
        "noc_code",
        "profile",
        ("worked_canada", "worked_abroad"),
        _("Title and NOC code of each job"),
        _("Work counts by the occupation whose main duties you did."),
        STAYS_VALID,
        _("Look each job up in the NOC finder, and compare the duties with what you did."),
    ),
    Document(
        "work_details",
        "profile",
        ("worked_canada", "worked_abroad"),
        _("Details of each job"),
        _("First and last day, hours a week, and the employer’s contact details are asked for ten years."),
        STAYS_VALID,
        _("From contracts, pay slips or letters. Write down the exact days."),
    ),
    Document(
        "eca",
        "profile",
        ("studied_abroad",),
        _("Educational credential assessment (ECA)"),
        _("A diploma from abroad counts only at the Canadian level that an assessment states."),
        _("%(eca_years)s years from the day it was issued."),
        _("From a designated organization, which asks your school for proof. It takes weeks or months."),
    ),
    Document(
        "canadian_diploma",
        "profile",
        ("studied_canada",),
        _("Canadian diploma or degree, with the dates of study"),
        _("It counts without an assessment, and may earn points of its own."),
        NO_END,
        _("From your school’s registrar, if you do not have it."),
    ),
    Document(
        "job_offer",
        "profile",
        ("job_offer",),
        _("Written job offer"),
        _("It can count for the Federal Skilled Worker and Federal Skilled Trades Programs."),
        _("As long as the employer stands by it, and the assessment or permit behind it is valid."),
        _(
            "From the employer: pay, hours, duties, how long, and the number of the assessment if there is one."
        ),
    ),
    Document(
        "nomination",
        "profile",
        ("nomination",),
        _("Letter of nomination from a province or territory"),
        _("It gives more points than anything else."),
        _("Until the day printed in it."),
        _("From the province’s or territory’s immigration office."),
    ),
    Document(
        "certificate",
        "profile",
        ("certificate",),
        _("Certificate of qualification in a trade"),
        _("It counts for the Federal Skilled Trades Program, and earns points with a language test."),
        _("Until the day printed in it, if there is one."),
        _("From the province’s or territory’s authority for trades, after its exam."),
    ),
    Document(
        "funds_amount",
        "profile",
        ("funds_needed",),
        _("Statements of your settlement funds"),
        _("The amount is asked in Canadian dollars, and must reach the table for your family."),
        _("The table changes about once a year; the amount must still be there when you apply."),
        _("Add up what you can use at once. The settlement funds tool shows how much is needed."),
    ),
    Document(
        "partner_language",
        "profile",
        ("partner_comes",),
        _("Your partner’s language test"),
        _("It is not required, but it earns points."),
        _("%(test_years)s years from the day of the test, and still on the day you apply."),
        _("The same five tests as yours."),
    ),
    Document(
        "partner_education",
        "profile",
        ("partner_comes",),
        _("Your partner’s diploma, with an assessment if it is from abroad"),
        _("It is not required, but it earns points."),
        _("An assessment counts for %(eca_years)s years from the day it was issued."),
        _("From a designated organization, as for your own."),
    ),
    Document(
        "police_certificate",
        "application",
        (EVERYONE,),
        _("Police certificate"),
        _("Asked of each adult for each country but Canada with six months or more in a row in ten years."),
        _(
            "For the country where you live: issued at most six months before you apply. For another: issued "
            "after you last lived there."
        ),
        _("From that country’s police or ministry. Some take months: ask when you expect an invitation."),
        APPLICATION_SOURCE,
        per_country=True,
    ),
    Document(
        "photo",
        "application",
        (EVERYONE,),
        _("Digital photograph of each family member"),
        _("It goes on the papers of permanent residence."),
        _("Taken in the last six months."),
        _("From a photographer who knows the measures for permanent residence."),
        APPLICATION_SOURCE,
    ),
    Document(
        "medical_exam",
        "application",
        (EVERYONE,),
        _("Medical examination of each family member"),
        _("Everybody must be admissible, also family members who do not come."),
        _("12 months from the examination."),
        _("Wait for the instructions that follow the application, then see a panel physician."),
        APPLICATION_SOURCE,
    ),
    Document(
        "reference_letters",
        "application",
        ("worked_canada", "worked_abroad"),
        _("Reference letter for each job that you claim"),
        _("It proves the work: duties, hours, pay and dates, on letterhead and signed."),
        NO_END,
        _("From each employer. Ask early, and add pay slips or contracts where a letter says too little."),
        APPLICATION_SOURCE,
    ),
    Document(
        "canadian_work_proof",
        "application",
        ("worked_canada",),
        _("T4 slips and notices of assessment of your work in Canada"),
        _("They show that the work was paid and taxed in Canada."),
        NO_END,
        _("From your employer and from your account at the Canada Revenue Agency."),
        APPLICATION_SOURCE,
    ),
    Document(
        "diplomas",
        "application",
        ("studied_canada", "studied_abroad"),
        _("Diplomas and transcripts"),
        _("They prove each credential in the profile."),
        NO_END,
        _("Scan them in colour, both sides."),
        APPLICATION_SOURCE,
    ),
    Document(
        "funds_proof",
        "application",
        ("funds_needed",),
        _("Letter of each bank about your funds"),
        _("Balances, debts, and the average of the last six months are checked."),
        _("It must be recent, and the money must be there until you become a permanent resident."),
        _("From every bank where you hold money, on its letterhead."),
        APPLICATION_SOURCE,
    ),
    Document(
        "funds_exemption",
        "application",
        ("funds_exempt",),
        _("Letter that says why you need no funds"),
        _("The checklist has a place for proof of funds for everybody, and it may not stay empty."),
        STAYS_VALID,
        _(
            "Write that you apply in the Canadian Experience Class, or may work in Canada and have a job offer."
        ),
        APPLICATION_SOURCE,
    ),
    Document(
        "marriage_certificate",
        "application",
        ("married",),
        _("Marriage certificate"),
        _("It proves the marriage, whether or not your spouse comes."),
        NO_END,
        _("From the registry where you married."),
        APPLICATION_SOURCE,
    ),
    Document(
        "common_law_proof",
        "application",
        ("common_law",),
        _("Declaration of common-law union (IMM 5409), with proof that you lived together for a year"),
        _("A common-law partner is one with whom you lived for a year or more without a break."),
        _("As long as you live together."),
        _("Fill in IMM 5409 before an official, and collect leases, bills or statements with both names."),
        APPLICATION_SOURCE,
    ),
    Document(
        "divorce_papers",
        "application",
        ("divorced", "separated", "annulled"),
        _("Divorce, annulment or separation papers"),
        _("They prove that the marriage has ended, or that you live apart."),
        NO_END,
        _("From the court that decided, or from whoever drew up the agreement."),
        APPLICATION_SOURCE,
    ),
    Document(
        "death_certificate",
        "application",
        ("widowed",),
        _("Death certificate of your spouse or partner"),
        _("It proves that you are widowed."),
        NO_END,
        _("From the registry where the death was recorded."),
        APPLICATION_SOURCE,
    ),
    Document(
        "birth_certificates",
        "application",
        ("children",),
        _("Birth certificate of each child"),
        _("It names the parents. For an adopted child the adoption papers, too."),
        NO_END,
        _("From the registry of the place of birth, in the long form with both parents."),
        APPLICATION_SOURCE,
    ),
    Document(
        "custody_papers",
        "application",
        ("children",),
        _("Custody papers, if the other parent does not come"),
        _("They show that the child may leave the country with you."),
        STAYS_VALID,
        _("From the court, or a consent that the other parent signs before an official (IMM 5604)."),
        APPLICATION_SOURCE,
    ),
    Document(
        "relationship_proof",
        "application",
        ("relative",),
        _("Proof of the relationship and of your relative’s status in Canada"),
        _("The points for a brother, sister or other relative rest on both."),
        _("The proof that the relative lives in Canada must be recent."),
        _(
            "Birth certificates that name the same parent; a citizenship or permanent resident card; a recent bill."
        ),
        APPLICATION_SOURCE,
    ),
    Document(
        "offer_proof",
        "application",
        ("job_offer",),
        _("The offer signed, with the labour market assessment or your work permit"),
        _("The officer checks the offer as it stands when you apply."),
        _("As long as the assessment or the permit is valid."),
        _("From the employer."),
        APPLICATION_SOURCE,
    ),
    Document(
        "representative_form",
        "application",
        ("representative",),
        _("Use of a representative (IMM 5476)"),
        _("Without it nobody may speak or act for you."),
        _("Until you take it back."),
        _("Fill it in with your representative; both sign."),
        APPLICATION_SOURCE,
    ),
    Document(
        "name_change",
        "application",
        ("name_changed",),
        _("Legal papers of a change of name or date of birth"),
        _("They join papers that show different names."),
        NO_END,
        _("From the court or registry that recorded the change."),
        APPLICATION_SOURCE,
    ),
    Document(
        "translations",
        "application",
        ("other_language",),
        _("Translations, with the translator’s affidavit"),
        _("A paper in another language than English or French is not read without one."),
        NO_END,
        _("From a certified translator who is no relative; add a copy of the original."),
        APPLICATION_SOURCE,
    ),
)
