"""The requirements of the three programs in sentences: the answer, the rule, and what would change it."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility.summaries import money, occupation, province
from eligibility.wording.lines import canadian_work, credentials, language, worked
from eligibility.wording.names import levels, number
from eligibility.wording.shapes import Reason
from eligibility.wording.sources import source
from rules.explanation import Requirement
from rules.records import ABILITIES

Facts = Mapping[str, Any]
Told = tuple[str, str, str]

TITLES: Mapping[tuple[str, str], Promise] = {
    ("CEC", "intends_quebec"): gettext_lazy("You intend to live in Quebec"),
    ("CEC", "work_insufficient"): gettext_lazy("Not enough work in Canada"),
    ("CEC", "language_below_minimum"): gettext_lazy("Language below the minimum"),
    ("FSW", "intends_quebec"): gettext_lazy("You intend to live in Quebec"),
    ("FSW", "work_insufficient"): gettext_lazy("Not enough continuous work in your main occupation"),
    ("FSW", "language_below_minimum"): gettext_lazy("Language below the minimum"),
    ("FSW", "education_missing"): gettext_lazy("No education that counts"),
    ("FSW", "funds_insufficient"): gettext_lazy("Not enough settlement funds"),
    ("FSW", "points_below_pass_mark"): gettext_lazy("Too few points on the selection grid"),
    ("FST", "intends_quebec"): gettext_lazy("You intend to live in Quebec"),
    ("FST", "not_a_trade_occupation"): gettext_lazy("Your occupation is not a skilled trade"),
    ("FST", "work_insufficient"): gettext_lazy("Not enough work in a trade"),
    ("FST", "language_below_minimum"): gettext_lazy("Language below the minimum"),
    ("FST", "no_offer_or_certificate"): gettext_lazy("No job offer or certificate of qualification"),
    ("FST", "funds_insufficient"): gettext_lazy("Not enough settlement funds"),
}


def reason(requirement: Requirement) -> Reason:
    """A requirement that is not met."""
    key = requirement.program, requirement.code
    answer, rule, change = _TOLD[key](requirement)
    return Reason(*key, str(TITLES[key]), answer, rule, change, source(requirement.rule))


def met(requirement: Requirement) -> str:
    """A requirement that is met: the answer and the rule."""
    answer, rule, _change = _TOLD[requirement.program, requirement.code](requirement)
    return f"{answer} {rule}"


def _quebec(requirement: Requirement) -> Told:
    words = {"province": province(requirement.facts["intended_province"])}
    return (
        _("Where you intend to live: %(province)s.") % words,
        _("This program is for people who intend to live outside Quebec, which selects its own immigrants."),
        _("Plans to live in another province or territory would change it."),
    )


def _more_work(missing: float, facts: Facts) -> str:
    weekly = facts["full_time_hours"]
    words = {"hours": number(max(0, missing)), "weeks": ceil(max(0, missing) / weekly), "weekly": weekly}
    more = _("%(hours)s more hours of such work would change it: %(weeks)s weeks at %(weekly)s hours a week.")
    return more % words


def _cec_work(requirement: Requirement) -> Told:
    facts, needed = requirement.facts, requirement.rule.value
    words = {"hours": number(needed["hours"]), "years": needed["window_years"]}
    return (
        canadian_work(facts),
        _(
            "The rule asks for %(hours)s hours (one year full time) of paid work in Canada in an occupation of "
            "TEER 0 to 3, with authorization, within the last %(years)s years. Self-employment and work beside "
            "full-time study do not count."
        )
        % words,
        _more_work(needed["hours"] - facts["hours"], facts),
    )


def _either_language(facts: Facts) -> str:
    return " ".join(sentence for spoken in ("en", "fr") for sentence in language(facts[spoken], spoken))


def _higher_levels(needed: Mapping[str, int]) -> str:
    words = {"levels": levels({ability: needed[ability] for ability in ABILITIES}, "en")}
    return _("One valid test with this or more would change it: %(levels)s.") % words


def _cec_language(requirement: Requirement) -> Told:
    needed = requirement.rule.value
    words = {
        "level": needed["listening"],
        "higher": needed["higher_min_clb"],
        "lower": needed["lower_min_clb"],
    }
    return (
        _either_language(requirement.facts),
        _(
            "The rule asks for level %(level)s in all four abilities on one valid test of English or French: "
            "%(higher)s where most of your work that counts is in TEER 0 or 1, else %(lower)s."
        )
        % words,
        _higher_levels(needed),
    )


def _fsw_work(requirement: Requirement) -> Told:
    facts, needed = requirement.facts, requirement.rule.value
    words = {"hours": number(needed["hours"]), "years": needed["window_years"]}
    return (
        _main_work(facts),
        _(
            "The rule asks for %(hours)s hours (one year full time) without a gap within the last %(years)s "
            "years, paid, in the occupation you name as your main one, and that one must be in TEER 0 to 3."
        )
        % words,
        _more_work(needed["hours"] - facts["longest_run_hours"], facts),
    )


def _main_work(facts: Facts) -> str:
    if facts["noc"] is None:
        return _("You named no main occupation.")
    words = {
        "noc": occupation(facts["noc"]),
        "teer": facts["teer"],
        "hours": number(facts["longest_run_hours"]),
    }
    if not facts["skilled"]:
        return _("Your main occupation, %(noc)s, is in TEER %(teer)s.") % words
    return _("Your longest work without a gap as %(noc)s: %(hours)s hours.") % words


def _fsw_language(requirement: Requirement) -> Told:
    facts, needed = requirement.facts, requirement.rule.value
    return (
        " ".join(language(facts, facts["language"])),
        _("The rule asks for level %(level)s or more in all four abilities of your first official language.")
        % {"level": needed["listening"]},
        _higher_levels(needed),
    )


def _fsw_education(requirement: Requirement) -> Told:
    return (
        " ".join(credentials(requirement.facts)),
        _(
            "The rule asks for a Canadian secondary credential or more, or one from abroad with an educational "
            "credential assessment of the last five years."
        ),
        _("A valid assessment of a finished credential would change it."),
    )


def _funds(requirement: Requirement) -> Told:
    facts, needed = requirement.facts, requirement.rule.value["amount_cad"]
    words = {
        "funds": money(facts["settlement_funds_cad"]),
        "needed": money(needed),
        "missing": money(max(0, needed - facts["settlement_funds_cad"])),
        "size": facts["family_size"],
    }
    if facts["waived"]:
        answer = _(
            "You work in Canada with a permit and have a job offer that counts, so no funds are asked for."
        )
    else:
        answer = _("Your settlement funds: %(funds)s.") % words
    asked = ngettext(
        "The rule asks for %(needed)s for a family of %(size)s person.",
        "The rule asks for %(needed)s for a family of %(size)s people.",
        facts["family_size"],
    )
    change = _(
        "%(missing)s more would change it, or a job offer that counts together with a Canadian work permit."
    )
    return answer, asked % words, change % words


def _pass_mark(requirement: Requirement) -> Told:
    needed, points = requirement.rule.value, requirement.facts["points"]
    words = {"points": points, "needed": needed, "missing": max(0, needed - points)}
    more = ngettext(
        "%(missing)s more point would change it; the grid shows where points are left.",
        "%(missing)s more points would change it; the grid shows where points are left.",
        max(0, needed - points),
    )
    return (
        ngettext(
            "You have %(points)s point on the selection grid.",
            "You have %(points)s points on the selection grid.",
            points,
        )
        % words,
        _("The pass mark is %(needed)s of 100 points.") % words,
        more % words,
    )


def _trade(requirement: Requirement) -> Told:
    noc, listed = requirement.facts["noc"], requirement.rule.value
    words = {
        "included": ", ".join(listed["include_prefixes"]),
        "excluded": ", ".join(listed["exclude_prefixes"]),
    }
    return (
        _("Your main occupation: %(noc)s.") % {"noc": occupation(noc)},
        _("A skilled trade has a code that begins with %(included)s, but not with %(excluded)s.") % words,
        _("Only work in a trade would change it: this program is meant for other occupations."),
    )


def _fst_work(requirement: Requirement) -> Told:
    facts, needed = requirement.facts, requirement.rule.value
    words = {"hours": number(needed["hours"]), "years": needed["window_years"]}
    if facts["trade"]:
        answer = worked(
            facts,
            _("%(hours)s hours of work in your trade count from %(first)s to %(last)s."),
            _("No work in your trade counts from %(first)s to %(last)s."),
        )
        missing = needed["hours"] - facts["hours"]
    else:
        answer, missing = _("Your main occupation is not a trade, so no work counts."), needed["hours"]
    return (
        answer,
        _(
            "The rule asks for %(hours)s hours (two years full time) of paid work in the same skilled trade "
            "within the last %(years)s years."
        )
        % words,
        _more_work(missing, facts),
    )


def _fst_language(requirement: Requirement) -> Told:
    needed = requirement.rule.value
    asked = _("listening %(listening)s, reading %(reading)s, writing %(writing)s, speaking %(speaking)s") % {
        ability: needed[ability] for ability in ABILITIES
    }
    return (
        _either_language(requirement.facts),
        _("The rule asks for these levels on one valid test of English or French: %(levels)s.")
        % {"levels": asked},
        _higher_levels(needed),
    )


def _offer_or_certificate(requirement: Requirement) -> Told:
    facts = requirement.facts
    parts = [_told_offer(facts), _told_certificate(facts)]
    return (
        " ".join(parts),
        _(
            "The rule asks for one of two things in the trade you name as your main occupation: a full-time job "
            "offer of a year or more that counts, or a Canadian certificate of qualification."
        ),
        _("A certificate of qualification or a job offer in your trade would change it."),
    )


def _told_offer(facts: Facts) -> str:
    if facts["offer_noc"] is None:
        return _("You have no job offer.")
    words = {"noc": occupation(facts["offer_noc"])}
    if facts["offer_counts"]:
        return _("Your job offer as %(noc)s counts.") % words
    return _("Your job offer as %(noc)s does not count here.") % words


def _told_certificate(facts: Facts) -> str:
    if facts["certificate_noc"] is None:
        return _("You have no certificate of qualification.")
    words = {"noc": occupation(facts["certificate_noc"])}
    if facts["certificate_counts"]:
        return _("Your certificate of qualification in %(noc)s counts.") % words
    return _("Your certificate of qualification in %(noc)s does not count here.") % words


_TOLD: Mapping[tuple[str, str], Callable[[Requirement], Told]] = {
    ("CEC", "intends_quebec"): _quebec,
    ("CEC", "work_insufficient"): _cec_work,
    ("CEC", "language_below_minimum"): _cec_language,
    ("FSW", "intends_quebec"): _quebec,
    ("FSW", "work_insufficient"): _fsw_work,
    ("FSW", "language_below_minimum"): _fsw_language,
    ("FSW", "education_missing"): _fsw_education,
    ("FSW", "funds_insufficient"): _funds,
    ("FSW", "points_below_pass_mark"): _pass_mark,
    ("FST", "intends_quebec"): _quebec,
    ("FST", "not_a_trade_occupation"): _trade,
    ("FST", "work_insufficient"): _fst_work,
    ("FST", "language_below_minimum"): _fst_language,
    ("FST", "no_offer_or_certificate"): _offer_or_certificate,
    ("FST", "funds_insufficient"): _funds,
}
