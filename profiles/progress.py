"""How far a draft has come: the task list, with what needs attention named by its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.fields import Text
from profiles.asking import Section
from profiles.facts import Answers, facts_of
from profiles.models import Draft
from profiles.pages import ADD, Page, Problem, as_typed, doubted, judged, notes_of
from profiles.places import has, root
from profiles.sections import shown
from rules.facts import ProfileError

DONE, PART, TODO, ATTENTION, WAIT = "done", "part", "todo", "attention", "wait"
WORDS: dict[str, Text] = {
    DONE: gettext_lazy("Complete"),
    PART: gettext_lazy("In progress"),
    TODO: gettext_lazy("Not started"),
    ATTENTION: gettext_lazy("Needs attention"),
    WAIT: gettext_lazy("Not needed"),
}


@dataclass(frozen=True)
class Task:
    """A section's row in the task list; ``kind`` is the shape of its status."""

    section: Section
    kind: str
    url: str
    note: str | SafeString = ""
    fix: str = ""

    @property
    def title(self) -> Text:
        return self.section.title

    @property
    def word(self) -> Text:
        return WORDS[self.kind]

    @property
    def settled(self) -> bool:
        """Whether this section keeps nothing from being sent."""
        return self.kind in (DONE, WAIT)


@dataclass(frozen=True)
class Progress:
    """All tasks of a draft in order."""

    tasks: list[Task]

    @property
    def groups(self) -> list[tuple[Text, list[Task]]]:
        """The tasks under the headings of their groups."""
        found: dict[Text, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.section.group, []).append(task)
        return list(found.items())

    @property
    def needed(self) -> int:
        return sum(task.kind != WAIT for task in self.tasks)

    @property
    def complete(self) -> int:
        return sum(task.kind == DONE for task in self.tasks)

    @property
    def to_fix(self) -> int:
        return sum(task.kind == ATTENTION for task in self.tasks)

    @property
    def ready(self) -> bool:
        """Whether the answers can be checked and sent."""
        return all(task.settled for task in self.tasks)

    @property
    def next(self) -> Task | None:
        """What to do next: mend what is wrong, go on with what was begun, begin what is not."""
        for kind in (ATTENTION, PART, TODO):
            found = next((task for task in self.tasks if task.kind == kind), None)
            if found:
                return found
        return None


def progress_of(draft: Draft, today: date) -> Progress:
    """Return the draft's tasks as of a day."""
    tasks = [_task(section, draft, today) for section in shown(draft.answers)]
    if all(task.settled for task in tasks) and (impossible := _impossible(draft.answers, today)):
        tasks = [_blamed(task, impossible) for task in tasks]
    return Progress(tasks)


def days_left(until: datetime, at: datetime) -> int:
    """Return how many days are left until an instant, a begun day as a whole one; 0 once it is over."""
    return max(0, -((at - until) // timedelta(days=1)))


def _task(section: Section, draft: Draft, today: date) -> Task:
    url = reverse("profiles:section", args=[section.slug])
    pages = list(_unfinished(section, draft, today))
    for page in pages:
        wrong = next((problem for problem in page.problems() if not problem.blank), None)
        if wrong:
            return Task(section, ATTENTION, url, _to_mend(page, wrong), page_url(page))
    missing = _missing(section, draft.answers)
    begun = bool(pages) or _begun(section, draft.answers)
    if not missing and not pages:
        return _told(section, draft.answers, today, url)
    if not section.needed(draft.answers):
        return Task(
            section,
            WAIT,
            url,
            _(
                "Counts only if your partner comes with you and is no citizen or permanent resident of Canada."
            ),
        )
    if not begun:
        return Task(section, TODO, url)
    return Task(section, PART, url, _to_answer(missing, pages))


def _told(section: Section, answers: Answers, today: date, url: str) -> Task:
    """Return the task of a section whose questions are all answered: complete, if the answers still can be right."""
    page = judged(section, answers, today)
    wrong = page.problems() if page else []
    if page and wrong:
        return Task(section, ATTENTION, url, _to_mend(page, wrong[0]), page_url(page))
    if found := doubted(section, answers, today):
        number, doubt = found
        entry = Page(section, answers, today, number)
        label = str(entry.forms[0].fields[doubt.field].label)
        problem = Problem(label, doubt.message, f"id_{doubt.field}", blank=False)
        return Task(section, ATTENTION, url, _to_mend(entry, problem), page_url(entry))
    notes = [_counted(section, answers), *notes_of(section, answers, today)]
    return Task(section, DONE, url, " ".join(filter(None, notes)))


def page_url(page: Page) -> str:
    """Return the address of a page's page."""
    slug = page.section.slug
    if page.index is None:
        return reverse("profiles:section", args=[slug])
    if page.index == 0:
        return reverse("profiles:add", args=[slug])
    return reverse("profiles:entry", args=[slug, page.index])


def page_title(page: Page) -> str:
    """Return what a page's page is called: 'Work history', 'Job 2'."""
    entries = page.section.entries
    if page.index is None or entries is None:
        return str(page.section.title)
    return str(entries.numbered) % {"number": page.index or len(page.entries()) + 1}


def _unfinished(section: Section, draft: Draft, today: date) -> Iterator[Page]:
    """Yield the section's pages on which something was typed that could not be saved."""
    for place, kept in sorted(draft.unfinished.items()):
        slug, _slash, number = place.partition("/")
        if slug == section.slug:
            index = None if not number else 0 if number == ADD else int(number)
            page = Page(section, draft.answers, today, index, as_typed(kept))
            if not index or page.saved() is not None:
                yield page


def _missing(section: Section, answers: Answers) -> list[Text]:
    """Return the section's questions without an answer."""
    part = section.part(answers)
    missing = [
        question.first_open(part) for question in section.asked(answers) if not question.answered(part)
    ]
    if section.entries and section.entries.key not in part:
        missing.append(section.entries.question)
    return missing


def _begun(section: Section, answers: Answers) -> bool:
    part = section.part(answers)
    places = [place for question in section.questions for place in question.places]
    return any(has(part, place) for place in [*places, *([section.entries.key] if section.entries else [])])


def _counted(section: Section, answers: Answers) -> str:
    if section.entries is None or section.entries.single:
        return ""
    count = len(section.entries.of(section.part(answers)))
    return str(section.entries.counted % {"count": count}) if count else ""


def _to_mend(page: Page, problem: Problem) -> SafeString:
    link = problem.label
    if page.index is not None:
        link = _("%(page)s, %(field)s") % {"page": page_title(page), "field": problem.label}
    anchor = format_html('<a href="{}">{}</a>', f"{page_url(page)}#{problem.target}", link)
    if link.endswith("?"):
        return format_html("{} {}", anchor, problem.message)
    return format_html(_("{link}: {message}"), link=anchor, message=problem.message)


def _to_answer(missing: list[Text], pages: list[Page]) -> str:
    if pages:
        return _("Begun and not finished: %(page)s") % {"page": page_title(pages[0])}
    return _("Still to answer: %(question)s") % {"question": missing[0]}


def _impossible(answers: Answers, today: date) -> ProfileError | None:
    """Return why whole answers cannot be a profile all the same: a last guard behind the forms."""
    try:
        facts_of(answers, today)
    except ProfileError as refusal:
        return refusal
    return None


def _blamed(task: Task, refusal: ProfileError) -> Task:
    key = refusal.path.partition(".")[0].partition("[")[0]
    section = task.section
    keys = [root(place) for question in section.questions for place in question.places]
    owned = ["spouse"] if section.of_partner else [*keys, *([section.entries.key] if section.entries else [])]
    note = _("An answer here cannot be right. Correct it, or remove the entry that holds it.")
    return Task(section, ATTENTION, task.url, note) if key in owned else task
