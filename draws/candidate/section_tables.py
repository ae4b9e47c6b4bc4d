"""The tables behind the lines of skill transferability and of the additional points, with the candidate's own cell."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from draws.candidate.score_tables import Cell, Row, Table, span, title_of
from eligibility.wording.names import number
from rules import parameters
from rules.explanation import Line
from rules.parameters import InForce


def tables_of(line: Line, on: date) -> list[Table]:
    """Return the table of a line of the two sections as of a day; none for a line of the others."""
    make = _TABLES.get(line.factor)
    return [make(line, parameters.on(on))] if make else []


def _rule(line: Line, heads: list[str], rows: list[Row]) -> Table:
    return Table(_("%(line)s, the rule: points") % title_of(line), heads, rows)


def _one_row(line: Line, head: str, cells: list[tuple[str, int, bool]]) -> Table:
    """A table of one row: each cell with its head, its points, and whether it is the candidate's own."""
    row = Row(_("Points"), [Cell(number(points), you) for _head, points, you in cells])
    return _rule(line, [head, *(head for head, _points, _you in cells)], [row])


def _combinations(line: Line, rules: InForce, head: str, tiers: Mapping[str, str]) -> Table:
    """Rows of a tier of education or of foreign work; columns of language, then of work in Canada."""
    listed, shared = rules.value(line.rule.parameter), rules.value("crs.transferability.tiers")
    mine = line.rule.value
    language = {
        name: _("CLB or NCLC %(level)s or more") % {"level": least}
        for name, least in shared["language_min_clb"].items()
    }
    worked = {
        name: _("Years in Canada: %(years)s") % {"years": span(ends)}
        for name, ends in shared["canadian_work_years"].items()
    }
    rows = [
        Row(
            words,
            [
                *(
                    Cell(
                        number(listed["with_language"][tier][name]),
                        (tier, name) == (mine["tier"], mine["language_tier"]),
                    )
                    for name in language
                ),
                *(
                    Cell(
                        number(listed["with_canadian_work"][tier][name]),
                        (tier, name) == (mine["tier"], mine["canadian_work_tier"]),
                    )
                    for name in worked
                ),
            ],
        )
        for tier, words in tiers.items()
    ]
    return _rule(line, [head, *language.values(), *worked.values()], rows)


def _education(line: Line, rules: InForce) -> Table:
    tiers = {
        "one": _("One credential after secondary school"),
        "two": _("Two or more, one of three years or more; or a master’s, professional or doctoral degree"),
    }
    return _combinations(line, rules, _("Education"), tiers)


def _foreign_work(line: Line, rules: InForce) -> Table:
    years = rules.value("crs.transferability.tiers")["foreign_work_years"]
    return _combinations(line, rules, _("Years abroad"), {tier: span(ends) for tier, ends in years.items()})


def _trade_certificate(line: Line, _rules: InForce) -> Table:
    held, lowest = line.facts["state"] == "counts", line.facts["lowest_level"]
    reached = [row["min_clb"] for row in line.rule.value if held and lowest >= row["min_clb"]]
    cells = [
        (
            _("CLB or NCLC %(level)s or more") % {"level": row["min_clb"]},
            row["points"],
            row["min_clb"] == max(reached, default=None),
        )
        for row in line.rule.value
    ]
    return _one_row(line, _("With a certificate"), cells)


def _nomination(line: Line, _rules: InForce) -> Table:
    points, counts = line.rule.value, line.facts["state"] == "counts"
    return _one_row(
        line, _("Nomination"), [(_("None that counts"), 0, not counts), (_("Counts"), points, counts)]
    )


def _arranged_employment(line: Line, _rules: InForce) -> Table:
    read, facts = line.rule.value, line.facts
    senior = facts["state"] == "counts" and facts["noc"].startswith("00")
    counts = facts["state"] == "counts" and bool(line.points or not line.rule.cap)
    return _one_row(
        line,
        _("Job offer"),
        [
            (_("None that counts"), 0, not counts),
            (_("As a senior manager (NOC 00)"), read["major_group_00"], counts and senior),
            (_("Any other"), read["other"], counts and not senior),
        ],
    )


def _canadian_study(line: Line, rules: InForce) -> Table:
    read, conditions = line.rule.value, rules.value("crs.additional.canadian_study_conditions")
    level = line.facts.get("level")
    long, short = (level in conditions[name] for name in ("three_year_or_more", "one_or_two_year"))
    return _one_row(
        line,
        _("Credential from Canada"),
        [
            (_("None that counts"), 0, not (long or short)),
            (_("One or two years"), read["one_or_two_year"], short),
            (_("Three years or more"), read["three_year_or_more"], long),
        ],
    )


def _french(line: Line, _rules: InForce) -> Table:
    read = line.rule.value
    french, english = (line.facts[f"{name}_lowest"] or 0 for name in ("french", "english"))
    enough, both = french >= read["min_french"], english >= read["min_english"]
    words = {"french": read["min_french"], "english": read["min_english"]}
    return _one_row(
        line,
        _("Levels"),
        [
            (_("French below NCLC %(french)s") % words, 0, not enough),
            (
                _("French NCLC %(french)s or more, English below CLB %(english)s or untested") % words,
                read["english_below"],
                enough and not both,
            ),
            (
                _("French NCLC %(french)s or more, English CLB %(english)s or more") % words,
                read["english_reached"],
                enough and both,
            ),
        ],
    )


def _sibling(line: Line, _rules: InForce) -> Table:
    counts = line.facts["state"] == "counts"
    return _one_row(
        line,
        _("Brother or sister in Canada"),
        [(_("None that counts"), 0, not counts), (_("Counts"), line.rule.value["points"], counts)],
    )


_TABLES: Mapping[str, Callable[[Line, InForce], Table]] = {
    "transfer_education": _education,
    "transfer_foreign_work": _foreign_work,
    "transfer_trade_certificate": _trade_certificate,
    "provincial_nomination": _nomination,
    "arranged_employment": _arranged_employment,
    "canadian_study": _canadian_study,
    "french": _french,
    "sibling": _sibling,
}
