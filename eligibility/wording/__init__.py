"""The explanation of a result in plain sentences, in the language in use.

`verdicts` and `sections` make what the pages draw; `lines`, `failures` and `error_message` what the command
`score` prints. The facts and the rules come from `rules.explanation`.
"""

from eligibility.wording.errors import error_message
from eligibility.wording.names import LINE_TITLES, PROGRAM_NAMES, SECTION_TITLES
from eligibility.wording.shapes import Grid, GridRow, LineText, ProgramText, Reason, SectionText
from eligibility.wording.views import documents, sections, verdicts

__all__ = [
    "LINE_TITLES",
    "PROGRAM_NAMES",
    "SECTION_TITLES",
    "Grid",
    "GridRow",
    "LineText",
    "ProgramText",
    "Reason",
    "SectionText",
    "documents",
    "error_message",
    "sections",
    "verdicts",
]
