"""A whole explanation as the pages draw it, and as the command `score` prints it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.wording.grid import row
from eligibility.wording.lines import line_text
from eligibility.wording.names import PROGRAM_NAMES, SECTION_TITLES, number
from eligibility.wording.requirements import met, reason
from eligibility.wording.shapes import Grid, ProgramText, SectionText
from eligibility.wording.sources import SOURCES, source
from rules.explanation import Explanation, GridFactor, Line, Requirement, Section, to_json


def verdicts(explanation: Explanation) -> list[ProgramText]:
    """The verdict of each program, in the order CEC, FSW, FST."""
    return [_program(code, explanation) for code in explanation.requirements]


def _program(code: str, explanation: Explanation) -> ProgramText:
    failed = explanation.failed(code)
    words = {"program": PROGRAM_NAMES[code], "count": len(failed)}
    if failed:
        title = _("%(program)s: not eligible")
        sentence = ngettext(
            "%(count)s requirement is not met.", "%(count)s requirements are not met.", len(failed)
        )
    else:
        title = _("%(program)s: you may be eligible")
        sentence = _("You meet every requirement.")
    return ProgramText(
        code=code,
        eligible=not failed,
        title=title % words,
        sentence=sentence % words,
        reasons=[reason(requirement) for requirement in failed],
        met=[met(requirement) for requirement in explanation.requirements[code] if requirement.met],
        grid=_grid(explanation) if code == "FSW" else None,
    )


def _grid(explanation: Explanation) -> Grid:
    rows = [row(factor) for factor in explanation.grid]
    total = sum(factor.points for factor in explanation.grid)
    pass_mark = next(one for one in explanation.requirements["FSW"] if one.code == "points_below_pass_mark")
    return Grid(
        title=ngettext(
            "Where the %(points)s point comes from", "Where the %(points)s points come from", total
        )
        % {"points": total},
        rows=rows,
        total=total,
        most=sum(one.most for one in rows),
        pass_mark=pass_mark.rule.value,
        source=source(pass_mark.rule),
    )


def sections(explanation: Explanation) -> list[SectionText]:
    """The four sections of the Comprehensive Ranking System with their lines."""
    return [_section(section, explanation) for section in explanation.sections]


def _section(section: Section, explanation: Explanation) -> SectionText:
    lines = [line_text(line) for line in explanation.lines if line.section == section.section]
    most = section.rule.cap or 0
    together = sum(line.points for line in lines)
    words = {"together": number(together), "most": number(most)}
    note = _("The lines add up to %(together)s; the section gives %(most)s at most.") % words
    title = str(SECTION_TITLES[section.section])
    return SectionText(section.section, title, section.points, most, note if together > most else "", lines)


def documents(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON, with a text in the language in use beside the facts and rules of each part."""
    return {
        "lines": [_document(line, line_text(line).text) for line in explanation.lines],
        "requirements": {
            program: [_document(one, reason(one).text) for one in explanation.failed(program)]
            for program in explanation.requirements
        },
        "grid": [_document(factor, row(factor).answer) for factor in explanation.grid],
    }


def _document(part: Line | Requirement | GridFactor, text: str) -> dict[str, Any]:
    return {**to_json(part), "source": str(SOURCES[part.rule.source]), "text": text}
