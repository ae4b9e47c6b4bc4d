"""A form over one part of a scenario: shown, and saved."""

from datetime import date
from functools import partial

from django.http import QueryDict

from draws.what_if.parts import MOST_ENTRIES, Part, changed
from eligibility.forms import AnswerForm
from eligibility.wording import error_message
from lifecycle.errors import DomainError
from profiles import scenarios
from profiles.errors import TooManyEntries
from profiles.facts import Answers
from profiles.models import Scenario
from profiles.scenarios import Basis
from rules.facts import ProfileError


def form_of(
    held: Scenario, part: Part, index: int | None, *, posted: QueryDict | None, on: date, basis: Basis | None
) -> AnswerForm:
    """Return the form of a part, or of its entry with an index, filled with what was posted or is kept."""
    options = part.options(held.facts)
    if posted is not None:
        return part.form(posted, today=on, **options)
    known = part.shown_in(held.facts) if not part.entries else None
    if part.entries and index is not None:
        known = part.listed(held.facts)[index]
    initial = part.form.initial_of(known) if known is not None else {}
    if part.slug == "applicant" and basis is not None:
        initial["birth_date"] = _partners_birth_date(held, basis)
    return part.form(initial=initial, today=on, **options)


def _partners_birth_date(held: Scenario, basis: Basis) -> date | None:
    """Return the birth date of the partner in the scenario, who is the candidate where the two were swapped."""
    own = basis.facts.birth_date
    return basis.partner_birth_date if held.facts["birth_date"] == own.isoformat() else own


def save(held: Scenario, part: Part, index: int | None, form: AnswerForm, *, on: date, seen: str) -> str:
    """Put the answer of a valid form into the scenario; return why it could not be, or nothing."""
    if part.entries and index is None and len(part.listed(held.facts)) >= MOST_ENTRIES:
        return str(TooManyEntries.message)
    by = partial(changed, part, answer=form.answer(), index=index)
    try:
        scenarios.change(scenario=held, by=by, on=on, seen=seen)
    except DomainError as refusal:
        return str(refusal.message)
    except ProfileError as error:
        return error_message(error)
    return ""


def remove(held: Scenario, part: Part, index: int, *, on: date, seen: str) -> None:
    """Take an entry out of the scenario. Raises ``ScenarioChangedElsewhere``, ``ScenarioGone``."""

    def without(document: Answers) -> Answers:
        return part.with_entry(document, index, None)

    scenarios.change(scenario=held, by=without, on=on, seen=seen)
