"""``docs/replay.md``: its words are written by hand, its figures by a replay."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from simulation.replaying.replay import Replayed
from simulation.replaying.report import COLUMNS, Block, blocks, models
from simulation.replaying.rivals import Compared

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "replay.md"
BEGIN: Final = "<!-- made by ./run manage replay_rounds --write-page: not to be changed by hand -->"
END: Final = "<!-- end of the made part -->"


def made_part(rows: Sequence[Replayed], compared: Sequence[Compared]) -> str:
    """Return the figures in Markdown between the marks."""
    lines = [BEGIN, "", "## The ways compared", "", *models(compared).markdown(), ""]
    for block in blocks(rows):
        lines += _block(block)
    return "\n".join([*lines, END])


def with_made_part(text: str, made: str) -> str:
    """Return the page with its made part replaced. Raises ``ValueError`` when a mark is missing."""
    before, rest = text[: text.index(BEGIN)], text[text.index(END) + len(END) :]
    return before + made + rest


def _block(block: Block) -> Iterator[str]:
    yield from (f"## {block.title}", "", *block.summary.markdown(), "", "What was assumed:", "")
    yield from (f"- {sentence}" for sentence in block.assumed)
    if block.shares:
        yield from ("", *block.shares.markdown())
    yield from ("", *block.rounds.markdown(), "", *_legend(), "")


def _legend() -> list[str]:
    return ["; ".join(COLUMNS).capitalize() + "."]
