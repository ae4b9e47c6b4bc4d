"""Score a stream of profiles: JSON lines in, JSON lines out, in order, a block at a time, without a database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from typing import Any

from eligibility.wording import documents, error_message
from rules import facts
from rules.assessment import Assessment, assess_many
from rules.explanation import explain
from rules.facts import Profile, ProfileError
from rules.reading import load

LONGEST_LINE = 1 << 20
BLOCK = 1 << 18
NEWLINE = b"\n"


@dataclass(frozen=True, slots=True)
class Options:
    """What a result carries besides points, programs and categories."""

    next_change: bool = True
    explanation: bool = False


@dataclass(slots=True)
class Summary:
    """How many lines were read, and how many of them were no valid profile."""

    lines: int = 0
    errors: int = 0


class TooLong:
    """Stands for a line that is longer than `LONGEST_LINE`; its text is not kept."""


Line = bytes | TooLong


def score(source: BufferedIOBase, sink: BufferedIOBase, options: Options) -> Summary:
    """Write one result, or one error, for each line of `source`, and flush after each block.

    Lines go through in blocks as they arrive, so that memory stays the same however long the stream is.
    """
    summary = Summary()
    for lines in blocks(source):
        results = score_block(lines, summary.lines + 1, options)
        summary.lines += len(lines)
        summary.errors += sum("error" in result for result in results)
        sink.write(b"".join([written(result) for result in results]))
        sink.flush()
    return summary


def written(result: dict[str, Any]) -> bytes:
    """One line of output in UTF-8."""
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode() + NEWLINE


def blocks(source: BufferedIOBase) -> Iterator[list[Line]]:
    """The lines of `source`, as many at once as one block holds; the last one needs no newline."""
    rest: list[bytes] = []
    length = 0
    while block := source.read1(BLOCK):
        pieces = block.split(NEWLINE)
        lines: list[Line] = []
        for piece in pieces[:-1]:
            lines.append(_joined(rest, length, piece))
            rest, length = [], 0
        length += len(pieces[-1])
        rest = [*rest, pieces[-1]] if length <= LONGEST_LINE else []
        if lines:
            yield lines
    if length:
        yield [_joined(rest, length, b"")]


def _joined(rest: list[bytes], length: int, piece: bytes) -> Line:
    return TooLong() if length + len(piece) > LONGEST_LINE else b"".join([*rest, piece])


def score_block(lines: list[Line], first: int, options: Options) -> list[dict[str, Any]]:
    """The result or the error of each line; `first` is the number of the first one."""
    read = [_read(line) for line in lines]
    profiles = [profile for profile in read if isinstance(profile, Profile)]
    assessments = iter(assess_many(profiles, next_change=options.next_change))
    results = []
    for number, profile in enumerate(read, start=first):
        if isinstance(profile, ProfileError):
            results.append(refused(profile, number))
        else:
            results.append(_result(profile, next(assessments), options))
    return results


def _result(profile: Profile, assessment: Assessment, options: Options) -> dict[str, Any]:
    result = assessment.to_json()
    if not options.next_change:
        del result["next_change_on"]
    if options.explanation:
        result["explanation"] = documents(explain(profile))
    return result


def _read(line: Line) -> Profile | ProfileError:
    if isinstance(line, TooLong):
        return ProfileError("", "line_too_long", limit=str(LONGEST_LINE))
    try:
        return facts.parse(load(line))
    except ProfileError as error:
        return error


def refused(error: ProfileError, number: int) -> dict[str, Any]:
    """The error that stands in place of a result."""
    return {"error": {"line": number, "path": error.path, "message": error_message(error)}}
