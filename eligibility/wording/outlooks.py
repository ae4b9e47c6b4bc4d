"""What time alone changes, in words: what happens on a day, what follows from it, and what would prevent it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eligibility.summaries import money, occupation
from eligibility.wording.names import (
    CATEGORY_NAMES,
    EDUCATION_NAMES,
    LINE_TITLES,
    PROGRAM_NAMES,
    day,
    number,
    test_name,
)
from rules.happenings import SPOUSE, Cause
from rules.outlook import Change

About = Mapping[str, Any]
Said = Callable[[About], str]


def happens(cause: Cause) -> str:
    """What happens on the day, as a sentence."""
    return _HAPPENS[cause.kind](cause.about)


def opens(change: Change) -> list[str]:
    """Which programs and categories the day opens or closes, a sentence each."""
    return [*_programs(change), *_categories(change)]


def counts(change: Change) -> list[str]:
    """Which lines and points of the grid the day changes, a sentence each.

    Requirements of programs that stay out of reach are told only where nothing else is to be told.
    """
    told = [*_lines(change), *_grid(change)]
    return told if told or opens(change) else [*_requirements(change)]


def prevents(cause: Cause, change: Change) -> str:
    """What would prevent it, or make it come; empty where there is nothing to say."""
    said = _PREVENTS.get(cause.kind)
    if said is None or (cause.kind == "birthday" and change.delta >= 0):
        return ""
    return said(cause.about)


def in_calendar(cause: Cause) -> str:
    """A few words for a calendar that others may see: no name, no age, no test, no amount."""
    return str(_IN_CALENDAR[cause.kind])


# ---- what happens ---------------------------------------------------------------------------------------


def _birthday(about: About) -> str:
    return gettext("You turn %(age)s.") % about


def _test(about: About, of_applicant: str, of_spouse: str) -> str:
    words = {"test": test_name(about), "day": day(about["date_taken"])}
    return (of_spouse if about["whose"] == SPOUSE else of_applicant) % words


def _test_expires(about: About) -> str:
    return _test(
        about,
        gettext("Your language test expires: %(test)s of %(day)s."),
        gettext("The language test of your spouse or partner expires: %(test)s of %(day)s."),
    )


def _test_counts(about: About) -> str:
    return _test(
        about,
        gettext("Your language test counts from this day: %(test)s of %(day)s."),
        gettext("The language test of your spouse or partner counts from this day: %(test)s of %(day)s."),
    )


def _credential(about: About, of_applicant: str, of_spouse: str) -> str:
    return (of_spouse if about["whose"] == SPOUSE else of_applicant) % {
        "level": EDUCATION_NAMES[about["level"]]
    }


def _eca_expires(about: About) -> str:
    return _credential(
        about,
        gettext("The assessment of your education expires: %(level)s."),
        gettext("The assessment of your spouse’s or partner’s education expires: %(level)s."),
    )


def _credential_counts(about: About) -> str:
    return _credential(
        about,
        gettext("Your education counts from this day: %(level)s."),
        gettext("Your spouse’s or partner’s education counts from this day: %(level)s."),
    )


def _relative_adult(about: About) -> str:
    if about["relationships"] == ["sibling"]:
        return gettext("Your brother or sister in Canada turns 18.")
    return gettext("A relative of yours in Canada turns 18.")


def _funds_table(about: About) -> str:
    words = {key: money(about[key]) for key in ("before", "after", "has")} | {"people": about["family_size"]}
    return (
        gettext(
            "A new table of settlement funds begins. Family of %(people)s: %(after)s instead of %(before)s. "
            "You stated %(has)s."
        )
        % words
    )


def _work_gained(about: About) -> str:
    return _GAINED[about["measure"]](about)


def _work_lost(about: About) -> str:
    return _LOST[about["measure"]](about)


def _years_gained(text: Promise) -> Said:
    def said(about: About) -> str:
        years = gettext("Completed years go from %(before)s to %(after)s.") % about
        return f"{text} {years}"

    return said


def _years_lost(text: Promise) -> Said:
    return lambda about: str(text) % about


def _plain(text: Promise) -> Said:
    return lambda _about: str(text)


def _of_program(text: Promise) -> Said:
    return lambda about: (
        str(text) % {"program": PROGRAM_NAMES[about["program"]], "years": about["window_years"]}
    )


def _of_category(text: Promise) -> Said:
    def said(about: About) -> str:
        words = {"category": CATEGORY_NAMES[about["category"]], "years": about["window_years"]}
        return str(text) % {**words, "occupation": occupation(about["noc"])}

    return said


_GAINED: Mapping[str, Said] = {
    "canadian_years": _years_gained(_("Another year of your work in Canada is complete.")),
    "foreign_years": _years_gained(_("Another year of your work outside Canada is complete.")),
    "spouse_canadian_years": _years_gained(
        _("Another year of your spouse’s or partner’s work in Canada is complete.")
    ),
    "skilled_years": _years_gained(_("Another year of all your skilled work is complete.")),
    "program": _of_program(_("Your work reaches what the %(program)s asks for.")),
    "category": _of_category(
        _("Your work is now long enough for the category %(category)s: %(occupation)s.")
    ),
    "cec_language": _plain(
        _(
            "Most of your hours in Canada are now in another occupation, and the Canadian Experience Class "
            "asks for a lower language level for it."
        )
    ),
    "applicant_work": _plain(_("A year of full-time work in Canada is complete.")),
    "spouse_work": _plain(_("Your spouse or partner completes a year of full-time work in Canada.")),
}
_LOST: Mapping[str, Said] = {
    "canadian_years": _years_lost(
        _(
            "Older work in Canada slides out of the last %(window_years)s years. "
            "Completed years go from %(before)s to %(after)s."
        )
    ),
    "foreign_years": _years_lost(
        _(
            "Older work outside Canada slides out of the last %(window_years)s years. "
            "Completed years go from %(before)s to %(after)s."
        )
    ),
    "spouse_canadian_years": _years_lost(
        _(
            "Older work of your spouse or partner in Canada slides out of the last %(window_years)s years. "
            "Completed years go from %(before)s to %(after)s."
        )
    ),
    "skilled_years": _years_lost(
        _(
            "Older skilled work slides out of the last %(window_years)s years. "
            "Completed years go from %(before)s to %(after)s."
        )
    ),
    "program": _of_program(
        _(
            "Older work slides out of the last %(years)s years, and the rest is too little for the %(program)s."
        )
    ),
    "category": _of_category(
        _(
            "Older work slides out of the last %(years)s years, and the rest is too little for the category "
            "%(category)s: %(occupation)s."
        )
    ),
    "cec_language": _plain(
        _(
            "Most of your hours in Canada are now in another occupation, and the Canadian Experience Class "
            "asks for a higher language level for it."
        )
    ),
}
_HAPPENS: Mapping[str, Said] = {
    "birthday": _birthday,
    "test_counts": _test_counts,
    "test_expires": _test_expires,
    "credential_counts": _credential_counts,
    "eca_expires": _eca_expires,
    "work_gained": _work_gained,
    "work_lost": _work_lost,
    "offer_counts": _plain(
        _("Your job offer counts from this day: you have worked for the employer for a year.")
    ),
    "certificate_counts": _plain(_("Your certificate of qualification counts from this day.")),
    "relative_adult": _relative_adult,
    "nomination_starts": _plain(_("Your provincial nomination counts from this day.")),
    "nomination_ends": _plain(_("Your provincial nomination has expired.")),
    "funds_table": _funds_table,
    "funds_deadline": _plain(_("Last day to update your profile to the new table of settlement funds.")),
    "categories_set": _plain(_("Another set of categories for rounds begins.")),
    "rule_changes": _plain(_("A rule of the law changes.")),
    "profile_expires": _plain(_("Your profile’s 12 months end, and it leaves the pool.")),
    "several": _plain(_("Several facts change the result on this day together; none of them does so alone.")),
}


# ---- what follows ----------------------------------------------------------------------------------------


def _lines(change: Change) -> Iterator[str]:
    for line, before, after in change.lines:
        words = {"line": LINE_TITLES[line], "before": before, "after": after}
        yield gettext("%(line)s goes from %(before)s to %(after)s.") % words


def _programs(change: Change) -> Iterator[str]:
    federal = [name for name, verdict in change.after.programs.items() if verdict.eligible]
    for name in change.programs_gained:
        if name != "PNP":
            yield gettext("From then on you meet the %(program)s.") % {"program": PROGRAM_NAMES[name]}
    for name in change.programs_lost:
        if name != "PNP":
            yield gettext("From then on you no longer meet the %(program)s.") % {
                "program": PROGRAM_NAMES[name]
            }
    if not federal and {*change.programs_lost} - {"PNP"}:
        yield gettext("You then meet no program, and your profile cannot stay in the pool.")


def _grid(change: Change) -> Iterator[str]:
    before, after = change.before.programs["FSW"], change.after.programs["FSW"]
    if before.points is not None and after.points is not None and before.points != after.points:
        yield gettext("On the grid of the %(program)s you go from %(before)s to %(after)s points.") % {
            "program": PROGRAM_NAMES["FSW"],
            "before": number(before.points),
            "after": number(after.points),
        }


def _requirements(change: Change) -> Iterator[str]:
    for name, after in change.after.programs.items():
        before, words = change.before.programs[name], {"program": PROGRAM_NAMES[name]}
        if {*before.reasons} - {*after.reasons}:
            yield gettext("One more requirement of the %(program)s is met, but not yet all.") % words
        if {*after.reasons} - {*before.reasons}:
            yield gettext("One requirement more of the %(program)s is not met.") % words


def _categories(change: Change) -> Iterator[str]:
    for code in change.categories_gained:
        yield gettext("Rounds for the category %(category)s can invite you from then on.") % {
            "category": CATEGORY_NAMES[code]
        }
    for code in change.categories_lost:
        yield gettext("Rounds for the category %(category)s can no longer invite you.") % {
            "category": CATEGORY_NAMES[code]
        }


# ---- what would prevent it ---------------------------------------------------------------------------------


def _update_funds(about: About) -> str:
    if about["has"] >= about["after"]:
        return gettext("What you stated is enough for the new table too.")
    if about["deadline"]:
        return gettext("If you have the new amount, update your profile by %(day)s.") % {
            "day": day(about["deadline"])
        }
    return gettext("If you have the new amount, update your profile.")


_PREVENTS: Mapping[str, Said] = {
    "birthday": _plain(_("Nothing prevents this. Points elsewhere can make up for it.")),
    "test_expires": _plain(
        _("A new test prevents this. Book it a few months before, and update your profile with its result.")
    ),
    "eca_expires": _plain(_("A new assessment prevents this. Update your profile with it before this day.")),
    "work_gained": _plain(_("It comes if this work goes on as you described it.")),
    "work_lost": _plain(_("More work of the same kind would prevent this.")),
    "nomination_ends": _plain(_("Only the province can extend a nomination: ask it before this day.")),
    "funds_table": _update_funds,
    "funds_deadline": _update_funds,
    "categories_set": _plain(_("Nothing prevents this: it is a rule for everybody.")),
    "rule_changes": _plain(_("Nothing prevents this: it is a rule for everybody.")),
    "profile_expires": _plain(
        _("Submit a new profile to stay in the pool. Its time for breaking ties starts again.")
    ),
}
_IN_CALENDAR: Mapping[str, Promise] = {
    "birthday": _("The points for age change"),
    "test_counts": _("A language test begins to count"),
    "test_expires": _("A language test expires"),
    "credential_counts": _("A credential begins to count"),
    "eca_expires": _("An educational credential assessment expires"),
    "work_gained": _("More work experience counts"),
    "work_lost": _("Older work experience no longer counts"),
    "offer_counts": _("A job offer begins to count"),
    "certificate_counts": _("A certificate of qualification begins to count"),
    "relative_adult": _("A relative in Canada begins to count"),
    "nomination_starts": _("A provincial nomination begins to count"),
    "nomination_ends": _("A provincial nomination expires"),
    "funds_table": _("The table of settlement funds changes"),
    "funds_deadline": _("Last day to update settlement funds"),
    "categories_set": _("The categories for rounds change"),
    "rule_changes": _("A rule changes"),
    "profile_expires": _("The profile expires"),
    "several": _("The result changes"),
}
