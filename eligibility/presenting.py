"""What the questionnaire's templates show, drawn from a sheet: headings, progress, answers in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eligibility.asking import Part, Question
from eligibility.codes import code_from
from eligibility.fields import Text, french
from eligibility.forms.languages import ABILITIES, LANGUAGE_OF, TEST_NAMES
from eligibility.models import ReferenceCode
from eligibility.sheet import MOST_ENTRIES, Place, Sheet, to_do
from eligibility.summaries import ENTRIES, PLAIN, Summary, occupation
from eligibility.wording.sources import CONVERSION_SOURCES
from rules.parameters import BOOK

Context = dict[str, Any]
LINE_BREAK = SafeString("<br>")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in a list of answers."""

    label: Text
    value: Text
    change_url: str


@dataclass(frozen=True, slots=True)
class Section:
    """Answers that belong together."""

    title: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, with what can be done with it."""

    number: int
    summary: Summary
    finished: bool
    change_url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A personal reference code as its owner may see it again; ``state`` is valid, used or expired."""

    code: str
    expires_at: datetime
    state: str


def screen(sheet: Sheet, place: Place) -> Context:
    """Return what stands around a screen's form."""
    before = sheet.before(place)
    return {
        "question": place.question,
        "title": place.screen.title if place.step or place.question.kind == "plain" else place.question.title,
        "layout": place.screen.layout if place.step else "fields",
        "conversion": conversion(sheet.part(place))
        if place.step and place.screen.layout == "scores"
        else None,
        "occupation": occupation_of(sheet, place),
        "so_far": so_far(sheet, place),
        "back": before.url if before else reverse("eligibility:start"),
        **progress(sheet, place.question),
    }


def conversion(part: Part) -> Context | None:
    """Return the lowest scores of each level on the scale of a test, for the margin; None before the first scale."""
    scales, taken = BOOK[f"language.{part['test']}"], date.fromisoformat(part["date_taken"])
    if taken < scales.rows[0].first_day:
        return None
    row = scales.on(taken)
    scores = row.value["min_scores"] or {}
    levels = sorted(scores.get(ABILITIES[0], ()), reverse=True)
    return {
        "test": TEST_NAMES[part["test"]],
        "scale": _("CLB") if LANGUAGE_OF[part["test"]] == "en" else _("NCLC"),
        "rows": [
            {
                "level": f"{level}+" if level == levels[0] else str(level),
                "scores": [number(scores[ability][level]) for ability in ABILITIES],
            }
            for level in levels
        ],
        "first_day": row.first_day,
        "source": CONVERSION_SOURCES[row.source],
    }


def number(score: float) -> str:
    """Return a score as a report prints it: with a decimal where its scale has halves."""
    return str(score).replace(".", ",") if french() else str(score)


def occupation_of(sheet: Sheet, place: Place) -> str:
    """Return the occupation that was entered on this screen before, in words; empty if none was."""
    if not place.step or place.screen.layout != "occupation":
        return ""
    code = sheet.part(place).get("noc")
    return occupation(code) if code else ""


def listing(sheet: Sheet, question: Question) -> Context:
    """Return what the page of a list shows."""
    entries = [entry(sheet, question, number + 1) for number in range(len(sheet.entries(question)))]
    following = sheet.first_gap()
    new = Place(question, question.steps[0], len(entries) + 1)
    before = sheet.before(Place(question))
    return {
        "question": question,
        "entries": entries,
        "new_url": new.url if len(entries) < MOST_ENTRIES else "",
        "next_url": following.url if following else reverse("eligibility:answers"),
        "back": before.url if before else reverse("eligibility:start"),
        **progress(sheet, question),
    }


def entry(sheet: Sheet, question: Question, number: int) -> Entry:
    """Return one entry of a list, in words."""
    part = sheet.entries(question)[number - 1]
    missing = to_do(question, part)
    place = Place(question, missing[0] if missing else question.steps[0], number)
    remove = reverse("eligibility:remove", kwargs={"slug": question.slug, "number": number})
    return Entry(number, ENTRIES[question.key](part), not missing, place.url, remove)


def so_far(sheet: Sheet, place: Place) -> Context | None:
    """Return what the screens before this one told of the same thing, and where to change it."""
    steps = place.question.steps
    if place.step is None or place.step == steps[0]:
        return None
    first = Place(place.question, steps[0], place.number)
    return {"summary": ENTRIES[place.question.key](sheet.part(place)).title, "change_url": first.url}


def progress(sheet: Sheet, question: Question) -> Context:
    """Return how many questions have been reached, of how many that are asked as far as is known."""
    asked = sheet.asked()
    position = asked.index(question) + 1
    answered = sum(sheet.gap(one) is None for one in asked)
    return {"position": position, "total": len(asked), "answered": answered}


def sections(sheet: Sheet, *, for_paper: bool = False) -> list[Section]:
    """Return all answers in words, in the order of the questions, those of a section together.

    On paper there is nothing to change.
    """
    by_title: dict[str, tuple[Text, list[Row]]] = {}
    for question in sheet.asked():
        rows = [replace(row, change_url="") if for_paper else row for row in rows_of(sheet, question)]
        if rows:
            by_title.setdefault(str(question.section), (question.section, []))[1].extend(rows)
    return [Section(title, tuple(rows)) for title, rows in by_title.values()]


def rows_of(sheet: Sheet, question: Question) -> Iterator[Row]:
    url = Place(question).url
    if question.kind == "plain":
        if sheet.gap(question) is None:
            holder = sheet.holder(question)
            words = [PLAIN[key](holder[key]) for key in question.keys]
            yield Row(question.title, lines(words), url)
    elif sheet.has_value(question):
        yield Row(question.title, told(sheet, question), url)


def told(sheet: Sheet, question: Question) -> Text:
    """Return a list or a thing in words."""
    value = sheet.value(question)
    parts = value if question.kind == "list" else [] if value is None else [value]
    if not parts:
        return _("No")
    return format_html_join("", "<p>{}</p>", ((lines(words_of(question, part)),) for part in parts))


def words_of(question: Question, part: Part) -> list[str]:
    """Return an entry or a thing line by line, and whether something is missing."""
    summary = ENTRIES[question.key](part)
    missing = [_("Something is still missing here.")] if to_do(question, part) else []
    return [summary.title, *summary.lines, *missing]


def lines(texts: list[str]) -> SafeString:
    return format_html_join(LINE_BREAK, "{}", ((text,) for text in texts))


def ticket(code: ReferenceCode | None, at: datetime) -> Ticket | None:
    """Return the code in clear for the person who earned it; worked out anew each time."""
    if code is None:
        return None
    state = "used" if code.redeemed_at else "expired" if at >= code.expires_at else "valid"
    return Ticket(code_from(code.seed), code.expires_at, state)
