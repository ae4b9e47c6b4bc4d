"""manage.py score: order, errors in place, chunk borders, exit status, no traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eligibility import scoring
from eligibility.scoring import LONGEST_LINE, Options, blocks, score
from tests.rules.profiles import AMARA, examples

ROOT = Path(__file__).parents[2]
PROFILES = [json.dumps(one["profile"]) for one in examples()]


class Dribble(io.BytesIO):
    """A source that gives a few bytes at a time, as a slow pipe does."""

    def __init__(self, text: bytes, step: int) -> None:
        super().__init__(text)
        self.step = step

    def read1(self, _size: int | None = -1) -> bytes:
        return super().read1(self.step)


def scored(text: bytes, step: int = 1 << 20, options: Options | None = None) -> list[dict[str, Any]]:
    sink = io.BytesIO()
    score(Dribble(text, step), sink, options or Options(next_change=False))
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def run(text: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "manage.py", "score", *options]
    return subprocess.run(command, input=text, capture_output=True, cwd=ROOT, check=False)


def test_results_come_in_the_order_of_the_lines() -> None:
    totals = [result["crs"]["total"] for result in scored("\n".join(PROFILES).encode())]
    assert totals == [one["expected"]["crs"]["total"] for one in examples()]


@pytest.mark.parametrize("step", [1, 7, 1000, 4096])
def test_where_a_block_ends_makes_no_difference(step: int) -> None:
    text = "\n".join([*PROFILES[:5], "{", *PROFILES[5:8]]).encode()
    assert scored(text, step) == scored(text)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_the_last_line_needs_no_newline(end: bytes) -> None:
    assert len(scored(b"\n".join([PROFILES[0].encode(), PROFILES[1].encode()]) + end)) == 2


def test_an_invalid_line_gives_an_error_in_its_place_and_the_rest_goes_on() -> None:
    bad = json.dumps({**AMARA, "family_size": "one"})
    results = scored("\n".join([PROFILES[0], bad, "", PROFILES[1]]).encode())
    assert [result.get("error", {}).get("line") for result in results] == [None, 2, 3, None]
    assert results[1]["error"]["path"] == "family_size"
    assert results[1]["error"]["message"].startswith("This must be a number")


def test_a_line_that_is_too_long_is_passed_over_without_being_kept() -> None:
    long = b'{"a": "' + b"x" * LONGEST_LINE + b'"}'
    source = Dribble(b"\n".join([long, PROFILES[0].encode(), long]), 1 << 18)
    read = [line for lines in blocks(source) for line in lines]
    assert [isinstance(line, scoring.TooLong) for line in read] == [True, False, True]
    results = scored(b"\n".join([long, PROFILES[0].encode(), long]), 1 << 18)
    assert [("error" in result) for result in results] == [True, False, True]
    assert "longer than" in results[0]["error"]["message"]


def test_a_line_of_just_the_longest_length_is_read() -> None:
    padded = PROFILES[0].encode().ljust(LONGEST_LINE)
    assert "crs" in scored(padded, 1 << 18)[0]


def test_nothing_in_gives_nothing_out() -> None:
    assert scored(b"") == []


def test_next_change_on_is_there_only_when_asked_for() -> None:
    text = PROFILES[0].encode()
    assert "next_change_on" not in scored(text)[0]
    assert scored(text, options=Options())[0]["next_change_on"] == "2027-09-22"


def test_the_command_exits_with_0_when_every_line_is_a_profile() -> None:
    done = run(PROFILES[0].encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["crs"]["total"] == 429


def test_the_command_exits_with_1_and_without_traceback_when_a_line_is_none() -> None:
    deep, broken, huge = b"[" * 200_000, b"\xff\xfe", b'{"as_of": ' + b"9" * 5000 + b"}"
    done = run(b"\n".join([deep, broken, huge, b'{"a": NaN}', b"\x00", PROFILES[0].encode()]))
    assert done.returncode == 1
    assert b"5 of 6 lines are not valid profiles" in done.stderr
    assert b"Traceback" not in done.stderr
    assert ["error" in json.loads(line) for line in done.stdout.splitlines()] == [True] * 5 + [False]


def test_explanations_come_in_the_language_that_is_asked_for() -> None:
    done = run(PROFILES[0].encode(), "--explain", "--lang", "fr", "--no-next-change")
    explanation = json.loads(done.stdout)["explanation"]
    assert [len(explanation[part]) for part in ("lines", "requirements", "grid")] == [16, 3, 6]
    assert [one["code"] for one in explanation["requirements"]["CEC"]] == ["work_insufficient"]
    assert "octobre" in explanation["lines"][0]["text"]


def test_a_reader_that_goes_away_ends_the_command_quietly(tmp_path: Path) -> None:
    profiles = tmp_path / "profiles.jsonl"
    profiles.write_text(("\n".join(PROFILES) + "\n") * 60, encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "manage.py", "score", "--no-next-change"]
    with profiles.open("rb") as source:
        done = subprocess.run(
            command, stdin=source, stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_said_in_one_line() -> None:
    command = [sys.executable, "manage.py", "score"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, input=PROFILES[0].encode(), stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"CommandError: The stream broke off: No space left on device.")
    assert b"Traceback" not in done.stderr
