"""Score a stream of profiles: JSON lines in, JSON lines out, in order, a block at a time, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from typing import NamedTuple

from eligibility.wording import documents, error_message
from rules import facts
from rules.assessment import Assessment, assess_many
from rules.explanation import explain
from rules.facts import Profile, ProfileError
from rules.reading import load
from rules.results import dumps, text

LONGEST_LINE = 1 << 20
BLOCK = 1 << 18
NEWLINE = b"\n"
ENVELOPE = frozenset({"profile", "score", "submitted_at", "profile_number"})
"""What a line of export_pool holds: the profile, and beside it what the pool says of it."""


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


class Result(NamedTuple):
    """One line of output, and whether it is an error."""

    text: str
    refused: bool = False


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
        summary.errors += sum(result.refused for result in results)
        sink.write("".join([result.text for result in results]).encode())
        sink.flush()
    return summary


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


def score_block(lines: list[Line], first: int, options: Options) -> list[Result]:
    """The result or the error of each line; `first` is the number of the first one."""
    read = [_read(line) for line in lines]
    profiles = [profile for profile in read if isinstance(profile, Profile)]
    assessments = iter(assess_many(profiles, next_change=options.next_change))
    return [
        _refusal(profile, number)
        if isinstance(profile, ProfileError)
        else Result(_text(profile, next(assessments), options))
        for number, profile in enumerate(read, start=first)
    ]


def _read(line: Line) -> Profile | ProfileError:
    if isinstance(line, TooLong):
        return ProfileError("", "line_too_long", limit=str(LONGEST_LINE))
    try:
        return _profile(load(line))
    except ProfileError as error:
        return error


def _profile(document: object) -> Profile:
    """The profile that a line is, or that it holds beside what the pool says of it, as a line of export_pool does."""
    if (
        isinstance(document, dict)
        and isinstance(document.get("profile"), dict)
        and document.keys() <= ENVELOPE
    ):
        try:
            return facts.parse(document["profile"])
        except ProfileError as error:
            raise error.under("profile") from None
    return facts.parse(document)


def _refusal(error: ProfileError, number: int) -> Result:
    told = {"line": number, "path": error.path, "message": error_message(error)}
    return Result(dumps({"error": told}) + "\n", refused=True)


def _text(profile: Profile, assessment: Assessment, options: Options) -> str:
    result = text(assessment, next_change=options.next_change)
    if options.explanation:
        explained = dumps(documents(explain(profile, assessment.as_of)))
        result = f'{result[:-1]},"explanation":{explained}}}'
    return result + "\n"
