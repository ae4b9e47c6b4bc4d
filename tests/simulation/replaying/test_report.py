"""What a replay says: to people, to other programs, and of itself in docs/replay.md."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from io import StringIO
from statistics import fmean, median
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from draws.public.history import published_rounds
from simulation.replaying.choices import Choice
from simulation.replaying.ledger import Settings
from simulation.replaying.page import BEGIN, END, PAGE, with_made_part
from simulation.replaying.plain import even_cutoffs, last_cutoffs
from simulation.replaying.records import COLUMNS, records, round_record, sheet
from simulation.replaying.replay import Held, Replayed, replay
from simulation.replaying.report import TITLES, WAYS, blocks, models, summary
from simulation.replaying.rivals import compare
from simulation.replaying.summary import errors
from simulation.replaying.tables import Table
from tests.simulation.replaying.published import CHAIN, numbered, until

Line = dict[str, str]


def replayed(number: str, cutoff: int | None, *, shares: tuple[float, ...] = ()) -> Replayed:
    held = numbered(number)
    choice = Choice(held, Settings(0.05, turnover=0.01, tilt=-1.0), eve=500)
    simulated = Held(cutoff, held.invitations, 200_000)
    return Replayed(held, 590, 520, 500, simulated, choice, shares)


def tables(text: str) -> Iterator[list[Line]]:
    """Yield each Markdown table of a page as its rows by heading."""
    for found in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]
        yield [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def page_tables() -> list[list[Line]]:
    text = PAGE.read_text(encoding="utf-8")
    return list(tables(text[text.index(BEGIN) : text.index(END)]))


def page_rounds() -> list[Line]:
    return [line for table in page_tables() if "published" in table[0] for line in table]


def page_summaries() -> list[Line]:
    return [line for table in page_tables() if "said by" in table[0] for line in table]


def section(title: str) -> str:
    """Return the part of the page under a title, up to the next one."""
    return PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def in_part(part: str, row: Line) -> bool:
    """Whether a round belongs to a part such as 'all (38)', 'cut-off above 500 (23)' or 'trades (7)'."""
    if part.startswith("cut-off"):
        return (int(row["published"]) > 500) == ("above" in part)
    return part.startswith("all") or row["kind"] == part.split(" ", maxsplit=1)[0]


def test_errors_are_absolute_and_leave_out_what_could_not_be_told() -> None:
    found = errors([510, None, 495, 500], [500, 500, 500, 500])
    assert asdict(found) == {"rounds": 3, "median": 5.0, "mean": 5.0, "largest": 10}


def test_where_nothing_could_be_told_there_are_no_errors() -> None:
    assert asdict(errors([None], [500])) == {"rounds": 0, "median": None, "mean": None, "largest": None}


def test_a_summary_of_open_rounds_is_split_at_500() -> None:
    rows = [replayed("227", 540), replayed("236", 490)]
    text = "\n".join(summary(rows).text())
    assert "all (2)" in text
    assert "cut-off above 500 (1)" in text
    assert "cut-off at most 500 (1)" in text


def test_each_block_says_what_was_assumed_beside_its_rounds() -> None:
    rows = [replayed("227", 540), replayed("297", 520, shares=(0.5,) * 6)]
    shown = list(blocks(rows))
    assert [block.title for block in shown] == [TITLES["general"], TITLES["cec"]]
    assert all(block.assumed for block in shown)
    assert shown[0].shares is None
    assert shown[1].shares is not None


def test_a_block_names_the_rounds_that_could_not_be_replayed() -> None:
    alone = Replayed(numbered("430"), None, None)
    block = next(blocks([replayed("252", 470, shares=(0.1,) * 6), alone]))
    assert any("#430 (skilled_military)" in sentence for sentence in block.assumed)


def test_a_record_is_one_round_with_its_fitted_numbers() -> None:
    record = round_record(replayed("297", 520, shares=(0.5,) * 6))
    assert tuple(record) == COLUMNS
    assert (record["round"], record["published"], record["simulated"], record["error"]) == (
        "297",
        522,
        520,
        -2,
    )
    assert (record["thinning"], record["tilt"]) == (0.05, -1.0)


def test_records_can_be_written_as_json_one_a_line() -> None:
    lines = [json.dumps(record, allow_nan=False) for record in records([replayed("227", 540)], [])]
    kinds = [json.loads(line)["line"] for line in lines]
    assert kinds == ["round"] + ["summary"] * len(WAYS) * 3


def test_a_sheet_has_a_row_for_each_round_and_empty_cells_for_what_cannot_be_told() -> None:
    alone = Replayed(numbered("430"), None, None)
    head, first, last = sheet([replayed("227", 540), alone]).splitlines()
    assert head == ",".join(COLUMNS)
    assert first.startswith("227,2022-07-20,general,general,,1750,542,540,-2,500,590,520")
    assert last.startswith("430,2026-07-23,other,skilled_military,")
    assert last.endswith(",,,,")


def test_a_table_reads_the_same_as_text_and_as_markdown() -> None:
    table = Table(("name", "points", "off"), [("a", 12.0, "+3"), ("long", None, "-1"), ("b", 0.25, "+0")])
    assert table.text() == [
        "name  points  off",
        "a       12.0   +3",
        "long       –   -1",
        "b       0.25   +0",
    ]
    assert table.markdown()[1] == "| --- | ---: | ---: |"


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="not found"):
        with_made_part("no marks", "made")


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (["--size", "5"], "--size goes with --round"),
        (["--size", "0", "--round", "272"], "not a number from 1"),
        (["--processes", "many"], "not a number from 1"),
        (["--round", "272", "--json"], "leave the other options out"),
        (["--write-page", "--only", "cec"], "leave --only out"),
        (["--round", "100"], "No distribution of the pool was published with a round 100"),
        (["--round", "9999"], "No distribution of the pool was published with a round 9999"),
    ],
)
def test_the_command_says_what_it_cannot_do(arguments: list[str], because: str) -> None:
    with pytest.raises(CommandError, match=because):
        call_command("replay_rounds", *arguments)


def test_the_page_has_every_round_with_a_distribution_and_what_was_published_of_it() -> None:
    found = {line["round"].lstrip("#"): line for line in page_rounds()}
    targets = [held for held in published_rounds() if held.distribution is not None]
    assert set(found) == {held.number for held in targets}
    for held in targets:
        line = found[held.number]
        assert (line["day"], line["kind"]) == (held.day.isoformat(), held.kind)
        assert (int(line["invited"]), int(line["published"])) == (held.invitations, held.cutoff)


def test_the_page_s_baselines_are_as_computed() -> None:
    targets = [held for held in published_rounds() if held.distribution is not None]
    found = {line["round"].lstrip("#"): line for line in page_rounds()}
    plain = zip(targets, even_cutoffs(targets), last_cutoffs(published_rounds(), targets), strict=True)
    for held, even, last in plain:
        assert (found[held.number]["even"], found[held.number]["last"]) == (_cell(even), _cell(last))


@pytest.mark.parametrize("title", TITLES.values())
def test_the_page_s_errors_are_those_of_its_rounds(title: str) -> None:
    found = list(tables(section(title)))
    rounds = next(table for table in found if "published" in table[0])
    for line in next(table for table in found if "said by" in table[0]):
        column = dict(zip(WAYS, ("simulated", "on its eve", "even", "last"), strict=True))[line["said by"]]
        own = [row for row in rounds if in_part(line["rounds"], row) and row[column] != "–"]
        apart = [abs(int(row[column]) - int(row["published"])) for row in own]
        assert (int(line["told"]), int(line["largest"])) == (len(apart), max(apart))
        assert float(line["median error"]) == median(apart)
        assert float(line["mean error"]) == pytest.approx(fmean(apart), abs=0.051)


def test_the_page_meets_the_goal_of_4_points_over_the_38_open_rounds() -> None:
    line = next(line for line in page_summaries() if line["rounds"] == "all (38)")
    assert line["said by"] == "simulated"
    assert float(line["median error"]) <= 4


@pytest.mark.slow
def test_the_page_s_figures_are_what_the_replay_comes_to() -> None:
    rows = replay(published_rounds(), processes=2)
    compared = compare(CHAIN, [row.held for row in rows if row.block == "general"])
    made = [next(tables("\n".join([*table.markdown(), ""]))) for table in _made_tables(rows, compared)]
    assert made == page_tables()


@pytest.mark.slow
def test_a_replay_is_the_same_on_one_core_and_on_two() -> None:
    rounds = until("233")
    one, two = (replay(rounds, processes=processes, blocks=["general"]) for processes in (1, 2))
    assert one == two


@pytest.mark.slow
def test_the_command_answers_what_if_more_had_been_invited() -> None:
    out = StringIO()
    call_command("replay_rounds", "--round", "272", "--size", "6000", "--processes", "1", stdout=out)
    assert "invited 6,000, cut-off 52" in out.getvalue()


@pytest.mark.slow
def test_the_command_prints_an_object_a_line_for_each_of_the_38_open_rounds() -> None:
    out = StringIO()
    call_command("replay_rounds", "--only", "general", "--json", stdout=out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert sum(line["line"] == "round" for line in found) == 38
    assert {line["line"] for line in found} == {"round", "summary"}


def _made_tables(rows: list[Replayed], compared: Any) -> Iterator[Table]:
    yield models(compared)
    for block in blocks(rows):
        yield block.summary
        if block.shares:
            yield block.shares
        yield block.rounds


def _cell(cutoff: int | None) -> str:
    return "–" if cutoff is None else str(cutoff)
