"""The 16 lines of the Comprehensive Ranking System in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.summaries import country, day, occupation, province
from eligibility.wording.names import EDUCATION_NAMES, LINE_TITLES, levels, number, test_name
from eligibility.wording.shapes import LineText
from eligibility.wording.sources import source
from rules.explanation import Line

Facts = Mapping[str, Any]
Sentences = list[str]


def line_text(line: Line) -> LineText:
    """One line with its sentences."""
    sentences = _SENTENCES[line.factor](line)
    return LineText(
        line.factor,
        str(LINE_TITLES[line.factor]),
        line.points,
        line.rule.cap or 0,
        sentences,
        source(line.rule),
    )


def _earned(line: Line) -> str:
    words = {"points": number(line.points), "most": number(line.rule.cap or 0)}
    return _("This line gives %(points)s of %(most)s points.") % words


def _age(line: Line) -> Sentences:
    facts = line.facts
    words = {"age": facts["age"]}
    told = ngettext("You are %(age)s year old.", "You are %(age)s years old.", facts["age"]) % words
    sentences = [told, _earned(line)]
    if changes := facts.get("changes"):
        words = {"day": day(changes["on"]), "age": changes["age"], "points": number(changes["points"])}
        sentences.append(_("On %(day)s you turn %(age)s and this becomes %(points)s.") % words)
    return sentences


def credentials(facts: Facts) -> Sentences:
    """The level that counts, and every credential that does not count, with its reason."""
    counted = any(one["state"] == "counts" for one in facts["credentials"])
    words = {"level": EDUCATION_NAMES[facts["level"]]}
    first = (
        _("The level that counts: %(level)s.") % words if counted else _("No credential counts on this day.")
    )
    return [first, *(_uncounted(one) for one in facts["credentials"] if one["state"] != "counts")]


def _uncounted(one: Facts) -> str:
    expires = one.get("assessment_expires_on")
    words = {
        "level": EDUCATION_NAMES[one["level"]],
        "country": country(one["country"]),
        "assessed": day(one["assessed_on"]) if "assessed_on" in one else "",
        "expired": day(expires) if expires else "",
    }
    texts = {
        "not_finished": _("%(level)s (%(country)s): not finished on this day, so it does not count yet."),
        "no_assessment": _(
            "%(level)s (%(country)s): does not count without an educational credential assessment."
        ),
        "assessment_expired": _(
            "%(level)s (%(country)s): does not count any more, its assessment expired on %(expired)s."
        ),
        "assessment_later": _(
            "%(level)s (%(country)s): does not count yet, its assessment is dated %(assessed)s."
        ),
    }
    return texts[one["state"]] % words


def _education(line: Line) -> Sentences:
    return [*credentials(line.facts), _earned(line)]


def language(facts: Facts, spoken: str) -> Sentences:
    """The test of one language that counts with its levels, or why none counts."""
    state = facts["state"]
    if state == "none":
        return [_("There is no French test.") if spoken == "fr" else _("There is no English test.")]
    words = {
        "test": test_name(facts),
        "taken": day(facts["date_taken"]),
        "expires": day(facts["expires_on"]),
        "until": day(facts["last_day"]),
        "levels": levels(facts["levels"], spoken) if state == "counts" else "",
    }
    if state == "expired":
        return [_("%(test)s of %(taken)s: expired on %(expires)s, so it does not count.") % words]
    if state == "later":
        return [
            _("%(test)s of %(taken)s: taken after the day of this result, so it does not count yet.") % words
        ]
    return [
        _("%(test)s of %(taken)s: %(levels)s.") % words,
        _("It counts until %(until)s.") % words,
    ]


def _language(line: Line) -> Sentences:
    return [*language(line.facts, line.facts["language"]), _earned(line)]


def worked(facts: Facts, some: str, nothing: str) -> str:
    """The sentence `some`, or `nothing` for no hours at all, with hours and days filled in."""
    words = {"hours": number(facts["hours"]), "first": day(facts["from"]), "last": day(facts["to"])}
    return (some if facts["hours"] else nothing) % words


def years(facts: Facts) -> Sentences:
    """How many full years the hours make; nothing for no hours at all."""
    if not facts["hours"]:
        return []
    if not facts["years"]:
        return [_("That is less than a full year.")]
    told = ngettext("That is %(years)s full year.", "That is %(years)s full years.", facts["years"])
    return [told % {"years": facts["years"]}]


def canadian_work(facts: Facts) -> str:
    """How much skilled work in Canada counts."""
    return worked(
        facts,
        _("%(hours)s hours of skilled work in Canada count from %(first)s to %(last)s."),
        _("No skilled work in Canada counts from %(first)s to %(last)s."),
    )


def _canadian_work(line: Line) -> Sentences:
    facts = line.facts
    sentences = [canadian_work(facts), *years(facts), _earned(line)]
    if following := facts.get("next"):
        words = {"years": following["years"], "points": number(following["points"])}
        more = ngettext(
            "%(years)s full year would earn %(points)s.",
            "%(years)s full years would earn %(points)s.",
            following["years"],
        )
        sentences.append(more % words)
    return sentences


def _no_spouse(line: Line) -> Sentences | None:
    texts = {
        "none": _(
            "You have no spouse or partner, so this line does not apply; the core lines can earn more instead."
        ),
        "not_accompanying": _(
            "Your spouse or partner does not come with you, so this line does not apply; the core lines can "
            "earn more instead."
        ),
        "citizen_or_permanent_resident": _(
            "Your spouse or partner is a citizen or permanent resident of Canada, so this line does not apply; "
            "the core lines can earn more instead."
        ),
    }
    told = texts.get(line.facts["spouse"])
    return [told] if told else None


def _spouse_education(line: Line) -> Sentences:
    return _no_spouse(line) or [*credentials(line.facts), _earned(line)]


def _spouse_language(line: Line) -> Sentences:
    if absent := _no_spouse(line):
        return absent
    spoken = line.facts["language"]
    if spoken is None:
        return [_("Your spouse’s first official language is not given."), _earned(line)]
    return [*language(line.facts, spoken), _earned(line)]


def _spouse_canadian_work(line: Line) -> Sentences:
    if absent := _no_spouse(line):
        return absent
    told = worked(
        line.facts,
        _("%(hours)s hours of your spouse’s skilled work in Canada count from %(first)s to %(last)s."),
        _("No skilled work of your spouse in Canada counts from %(first)s to %(last)s."),
    )
    return [told, *years(line.facts), _earned(line)]


def _combined(line: Line) -> Sentences:
    facts = line.facts
    words = {
        "language": number(facts["with_language"]),
        "work": number(facts["with_canadian_work"]),
        "most": number(line.rule.cap or 0),
    }
    together = _(
        "Combined with your first official language it earns %(language)s, combined with your Canadian work "
        "%(work)s; both together earn %(most)s at most."
    )
    return [together % words, _earned(line)]


def _transfer_education(line: Line) -> Sentences:
    words = {"level": EDUCATION_NAMES[line.facts["level"]]}
    if line.rule.value["tier"] is None:
        return [_("A combination needs a credential after secondary school that counts."), _earned(line)]
    return [_("The level that counts: %(level)s.") % words, *_combined(line)]


def _transfer_foreign_work(line: Line) -> Sentences:
    told = worked(
        line.facts,
        _("%(hours)s hours of skilled work outside Canada count from %(first)s to %(last)s."),
        _("No skilled work outside Canada counts from %(first)s to %(last)s."),
    )
    sentences = [told, *years(line.facts)]
    if line.rule.value["tier"] is None:
        return [*sentences, _("A combination needs at least one full year."), _earned(line)]
    return [*sentences, *_combined(line)]


def _transfer_trade_certificate(line: Line) -> Sentences:
    facts = line.facts
    if facts["state"] == "none":
        return [_("You hold no certificate of qualification in a trade."), _earned(line)]
    words = {
        "noc": occupation(facts["noc"]),
        "issued": day(facts["issued_on"]),
        "lowest": facts["lowest_level"],
    }
    texts = {
        "counts": _(
            "Your certificate of qualification in %(noc)s counts; the lowest of your four language levels is "
            "%(lowest)s."
        ),
        "later": _("Your certificate of qualification is dated %(issued)s, so it does not count yet."),
        "not_a_trade": _("%(noc)s is not a skilled trade, so the certificate does not count."),
    }
    rows = [
        _("CLB %(level)s in all four abilities earns %(points)s.")
        % {"level": row["min_clb"], "points": row["points"]}
        for row in line.rule.value
    ]
    return [texts[facts["state"]] % words, *rows, _earned(line)]


def _provincial_nomination(line: Line) -> Sentences:
    facts = line.facts
    words = {"points": number(line.rule.value)}
    if facts["state"] == "none":
        return [_("You have no provincial nomination; one earns %(points)s points.") % words]
    words |= {"province": province(facts["province"]), "issued": day(facts["issued_on"])}
    if facts["state"] == "counts":
        return [_("Your nomination by %(province)s of %(issued)s counts.") % words, _earned(line)]
    return [
        _("Your nomination by %(province)s of %(issued)s does not count on this day.") % words,
        _("A nomination counts from the day it is issued to its last day; Quebec nominates nobody here."),
        _earned(line),
    ]


def offer(facts: Facts) -> str:
    """Whether the job offer counts, and why not."""
    if facts["state"] == "none":
        return _("You have no job offer.")
    since = facts.get("employer_since")
    words = {
        "noc": occupation(facts["noc"]),
        "teer": facts["teer"],
        "since": day(since) if since else "",
        "hours": facts["min_hours_per_week"],
        "months": facts["min_months"],
    }
    texts = {
        "counts": _("Your job offer as %(noc)s counts."),
        "too_few_hours_or_months": _(
            "Your job offer as %(noc)s does not count: it must be for %(hours)s hours a week or more and for "
            "%(months)s months or more."
        ),
        "low_teer": _(
            "Your job offer as %(noc)s does not count: the occupation is in TEER %(teer)s, not 0 to 3."
        ),
        "not_supported": _(
            "Your job offer as %(noc)s does not count: it needs a labour market impact assessment, or a work "
            "permit that names the employer."
        ),
        "supported_later": _(
            "Your job offer as %(noc)s does not count yet: with a permit that needs no assessment, you must have "
            "worked for the employer for a year, and you have since %(since)s."
        ),
    }
    return texts[facts["state"]] % words


def _arranged_employment(line: Line) -> Sentences:
    read = line.rule.value
    if not line.rule.cap:
        return [
            _("Job offers have earned no points since %(day)s.")
            % {"day": day(line.rule.first_day.isoformat())}
        ]
    sentences = [offer(line.facts)]
    if read["assessed_and_indeterminate_only"]:
        sentences.append(
            _("On this day only an offer without an end date that rests on an assessment earned points.")
        )
    else:
        words = {"senior": number(read["major_group_00"]), "other": number(read["other"])}
        sentences.append(
            _("An offer as a senior manager (NOC 00) earns %(senior)s points, any other %(other)s.") % words
        )
    return [*sentences, _earned(line)]


def _canadian_study(line: Line) -> Sentences:
    facts = line.facts
    words = {
        "level": EDUCATION_NAMES[facts["level"]] if "level" in facts else "",
        "day": day(facts["completed_on"]) if "completed_on" in facts else "",
        "full_time": facts.get("min_full_time_months"),
        "there": facts.get("min_months_in_canada"),
    }
    texts = {
        "none": _("No study in Canada is given."),
        "counts": _("A credential earned in Canada counts, completed on %(day)s: %(level)s."),
        "later": _("The study in Canada ends on %(day)s, so it does not count yet."),
        "conditions_not_met": _(
            "The study in Canada does not count: it must be finished, full-time for %(full_time)s months or more "
            "with %(there)s months or more in Canada, and neither mostly a language course nor mostly at a "
            "distance."
        ),
    }
    return [texts[facts["state"]] % words, _earned(line)]


def _french(line: Line) -> Sentences:
    read, reached = line.rule.value, line.facts["french_lowest"]
    words = {
        "reached": reached,
        "needed": read["min_french"],
        "english": read["min_english"],
        "below": number(read["english_below"]),
        "both": number(read["english_reached"]),
    }
    if reached is None:
        told = _("No French test counts on this day.")
    else:
        told = _("The lowest of your four French levels is NCLC %(reached)s.") % words
    earns = _(
        "NCLC %(needed)s or more in all four French abilities earns %(below)s points, or %(both)s with CLB "
        "%(english)s or more in all four English abilities."
    )
    return [told, earns % words, _earned(line)]


def _sibling(line: Line) -> Sentences:
    facts = line.facts
    since = facts.get("counts_from")
    words = {"day": day(since) if since else "", "age": line.rule.value["min_age"]}
    if facts["state"] == "counts":
        told = _("A brother or sister in Canada counts.")
    elif facts["state"] == "none":
        told = _("No brother or sister in Canada is given.")
    elif since:
        told = _("Your brother or sister in Canada counts from %(day)s, at %(age)s years.") % words
    else:
        told = _(
            "Your brother or sister does not count: only a citizen or permanent resident of Canada does."
        )
    return [told, _earned(line)]


_SENTENCES: Mapping[str, Callable[[Line], Sentences]] = {
    "age": _age,
    "education": _education,
    "first_language": _language,
    "second_language": _language,
    "canadian_work": _canadian_work,
    "spouse_education": _spouse_education,
    "spouse_language": _spouse_language,
    "spouse_canadian_work": _spouse_canadian_work,
    "transfer_education": _transfer_education,
    "transfer_foreign_work": _transfer_foreign_work,
    "transfer_trade_certificate": _transfer_trade_certificate,
    "provincial_nomination": _provincial_nomination,
    "arranged_employment": _arranged_employment,
    "canadian_study": _canadian_study,
    "french": _french,
    "sibling": _sibling,
}
