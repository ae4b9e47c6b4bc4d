"""A profile as a file: the profile JSON out of a draft or a submission, and in again.

The file is a profile JSON that ``manage.py score`` reads. What was told beside the facts stands under one further key,
``portal``, which no rule looks at; without it the file holds facts only, and no name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from eligibility.fields import Text
from eligibility.forms import AnswerForm
from eligibility.wording.errors import error_message
from profiles.asking import Section
from profiles.errors import NotAProfile
from profiles.facts import DETAILS, PARTNERED, Answers, answers_of, facts_in, personal_in, with_claim
from profiles.forms.details import SURE, SureField
from profiles.listings import MOST_ENTRIES
from profiles.pages import Page, problems_of, sent, typed_on
from profiles.progress import page_title
from profiles.sections import shown
from rules import facts
from rules.checking import require_object
from rules.facts import EXTENSION, ProfileError
from rules.reading import load

LARGEST = 512 * 1024
NEEDLESS: Answers = {
    "as_of": "2015-01-01",
    "birth_date": "1900-01-01",
    "marital_status": "never_married",
    "family_size": 1,
    "settlement_funds_cad": 0,
    "first_official_language": "en",
    "primary_occupation_noc": None,
}
NEEDLESS_OF_PARTNER: Answers = {
    "accompanying": True,
    "canadian_citizen_or_pr": False,
    "first_official_language": "en",
}
"""What ``rules`` needs to check the form of a file that does not answer everything yet; none of it is taken over."""

UNREADABLE = (TypeError, ValueError, AttributeError, KeyError)
"""What a form raises when a file holds a list for a text, a text for a date: whatever people write into files."""


def exported(answers: Answers, on: date, *, facts_only: bool = False) -> Answers:
    """Return answers as the document of a file, as of a day."""
    known = facts_in(answers)
    if known.get("marital_status") not in PARTNERED:
        known.pop("spouse", None)
    document = {"as_of": on.isoformat(), **known}
    return document if facts_only else {**document, EXTENSION: personal_in(answers)}


@dataclass(frozen=True)
class Refusal:
    """What cannot be taken over: on which page, in which field, and why."""

    page: Text
    field: Text
    message: Text


@dataclass
class Import:
    """The answers that a file or an earlier profile holds, and what today's forms refuse of them.

    ``typed`` is what a browser would send for each page that is refused, by place; its answers stay as they were.
    What cannot be read at all is left out, and is a refusal without a place.
    """

    answers: Answers = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    typed: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    unread: list[Refusal] = field(default_factory=list)


def read_file(content: bytes) -> Answers:
    """Return the answers in a file, their form checked but not what they say. A nomination in it is told, not accepted.

    Raises ``NotAProfile`` with the place and the reason.
    """
    if len(content) > LARGEST:
        raise NotAProfile(
            _("The file is larger than 512 kB. A profile is much smaller: choose another file.")
        )
    try:
        document = require_object(load(content))
        known = {key: value for key, value in document.items() if key not in (EXTENSION, "as_of")}
        facts.parse(_padded(known))
        answers = answers_of(known, document.get(EXTENSION) or {})
        return answers if "nomination" in answers else with_claim(answers)
    except ProfileError as error:
        raise NotAProfile(_where(error)) from error
    except UNREADABLE as error:
        raise NotAProfile(
            _(
                "The part ‘portal’ of the file cannot be read. Export the profile again, or leave that part out."
            )
        ) from error


def import_answers(source: Answers, today: date) -> Import:
    """Judge answers as if somebody typed them on the pages of a draft; return what they tell, and what cannot be."""
    result = Import()
    for section in shown(source):
        for told in _told(section, source, today, result):
            result.answers |= section.merged(result.answers, told)
    return result


def _padded(known: Answers) -> Answers:
    spouse = known.get("spouse")
    partner = {"spouse": {**NEEDLESS_OF_PARTNER, **spouse}} if isinstance(spouse, dict) else {}
    return {**NEEDLESS, **known, **partner, "as_of": facts.LAST_AS_OF.isoformat()}


def _where(error: ProfileError) -> str:
    if not error.path:
        return error_message(error)
    return _("At ‘%(path)s’: %(message)s") % {"path": error.path, "message": error_message(error)}


def _told(section: Section, source: Answers, today: date, result: Import) -> Iterator[Answers]:
    """Yield what a section's pages tell, by where it lies in the section's part; note what they refuse."""
    part = section.part(source)
    try:
        page = _typed(Page(section, source, today))
        for question, form in page.asked():
            known = question.known(part)
            if known and (_only_gaps(form) or not _is_valid(page, form, result)):
                yield question.told(known)
            elif known:
                yield question.told(form.answer())
    except UNREADABLE:
        _note_unread(str(section.title), result)
    if section.entries and section.entries.key in part:
        yield section.entries.changed(_entries(section, source, today, result))


def _entries(section: Section, source: Answers, today: date, result: Import) -> list[Answers]:
    held = section.listing.of(section.part(source))
    if len(held) > MOST_ENTRIES:
        message = _("A list holds at most %(most)s entries here, and the file has %(count)s. Remove some.")
        words = {"most": MOST_ENTRIES, "count": len(held)}
        result.refusals.append(Refusal(section.title, "", message % words))
    kept: list[Answers] = []
    for number, entry in enumerate(held[:MOST_ENTRIES], start=1):
        try:
            page = _sure(_typed(Page(section, source, today, number)))
            place = f"{section.slug}/{len(kept) + 1}"
            valid = _is_valid(page, page.forms[0], result, place)
            kept.append(_as_sure_as(entry, page.forms[0].answer()) if valid else entry)
        except UNREADABLE:
            _note_unread(str(section.listing.numbered % {"number": number}), result)
    return kept


def _only_gaps(form: AnswerForm) -> bool:
    """Whether nothing is wrong with a form but that fields are still to be answered, which the draft asks for."""
    problems = problems_of(form)
    return bool(problems) and not form.non_field_errors() and all(problem.blank for problem in problems)


def _sure(page: Page) -> Page:
    """Return an entry's page with every 'Yes, this is right' ticked that it asks for: a file cannot be asked."""
    form = page.forms[0]
    boxes = form.fields.get(SURE)
    if form.is_valid() or page.typed is None or not isinstance(boxes, SureField):
        return page
    typed = page.typed.copy()
    typed.setlist(SURE, [key for key, _claim in boxes.widget.choices])
    return Page(page.section, page.answers, page.today, page.index, typed)


def _as_sure_as(entry: Answers, told: Answers) -> Answers:
    """Return what an entry told, confirmed as far as the file was: the draft asks about the rest."""
    kept = {key: value for key, value in told.get(DETAILS, {}).items() if key != SURE}
    sure = (entry.get(DETAILS) or {}).get(SURE)
    details = {**kept, SURE: sure} if sure else kept
    facts_told = {key: value for key, value in told.items() if key != DETAILS}
    return {**facts_told, DETAILS: details} if details else facts_told


def _typed(page: Page) -> Page:
    return Page(page.section, page.answers, page.today, page.index, sent(page))


def _is_valid(page: Page, form: AnswerForm, result: Import, place: str = "") -> bool:
    if form.is_valid():
        return True
    title = page_title(page)
    result.refusals += [Refusal(title, problem.label, problem.message) for problem in problems_of(form)]
    result.refusals += [Refusal(title, "", str(message)) for message in form.non_field_errors()]
    result.typed[place or page.place] = typed_on(page, page.typed or QueryDict())
    return False


def _note_unread(page: str, result: Import) -> None:
    refusal = Refusal(page, "", _("What the file holds here cannot be read. Export the profile again."))
    result.refusals.append(refusal)
    result.unread.append(refusal)
