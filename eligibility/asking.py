"""What a question of the questionnaire is: its screens, and where its answer stands among the answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from eligibility import forms
from eligibility.fields import Text

Answers = Mapping[str, Any]
Part = dict[str, Any]


def always(_part: Answers) -> bool:
    return True


def no_options(_answers: Answers, _part: Answers) -> Part:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One screen: its heading, its form, and the keys of the answer without which it is not done.

    ``asked`` and ``fits`` look at the part of the answers that the screen belongs to; ``options`` gives
    the form's keyword arguments from all answers and that part.
    """

    title: Text
    form: type[forms.AnswerForm]
    keys: tuple[str, ...]
    slug: str = ""
    asked: Callable[[Answers], bool] = always
    fits: Callable[[Answers], bool] = always
    options: Callable[[Answers, Answers], Part] = no_options
    layout: Literal["fields", "scores", "occupation"] = "fields"

    def done(self, part: Answers) -> bool:
        return all(key in part for key in self.keys) and self.fits(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and where its answer stands: ``key``, of the candidate or (``of``) of the partner.

    A *plain* one is one screen. A *thing* is there or not: yes opens its steps, no answers null. A *list*
    holds such things one by one, and no answers the empty list; ``listed``, ``another`` and ``advice`` are
    the words of its page.
    """

    slug: str
    section: Text
    title: Text
    steps: tuple[Step, ...]
    key: str = ""
    kind: Literal["plain", "thing", "list"] = "plain"
    of: str = ""
    asked: Callable[[Answers], bool] = always
    hint: Text = ""
    listed: Text = ""
    another: Text = ""
    advice: Text = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the answers that this question gives."""
        return (self.key,) if self.key else self.steps[0].keys

    def step(self, slug: str) -> Step | None:
        return next((step for step in self.steps if step.slug == slug), None)


def plain(
    slug: str, section: Text, title: Text, form: type[forms.AnswerForm], *keys: str, **more: Any
) -> Question:
    step_options = {name: more.pop(name) for name in ("options", "fits") if name in more}
    step = Step(title=title, form=form, keys=keys, **step_options)
    return Question(slug=slug, section=section, title=title, steps=(step,), **more)
