"""A language test: which, when, and four scores on the test's own scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation, NumberField, in_digits
from eligibility.forms.base import AnswerForm, Part, PastDateField, read, written

ABILITIES = ("listening", "reading", "writing", "speaking")
TESTS = (
    ("ielts_general", "IELTS General Training"),
    ("celpip_general", "CELPIP-General"),
    ("pte_core", "PTE Core"),
    ("tef_canada", "TEF Canada"),
    ("tcf_canada", "TCF Canada"),
)
TEST_NAMES = dict(TESTS)
LANGUAGE_OF = {
    "ielts_general": "en",
    "celpip_general": "en",
    "pte_core": "en",
    "tef_canada": "fr",
    "tcf_canada": "fr",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The scores that a test's report can show."""

    least: float
    most: float
    step: float = 1

    def holds(self, score: float) -> bool:
        return self.least <= score <= self.most and (score / self.step).is_integer()


# As the test makers print them on the reports. On 2019-10-01 TEF Canada took one scale for all abilities.
SCALES: dict[str, tuple[Scale, Scale, Scale, Scale]] = {
    "ielts_general": (Scale(0, 9, 0.5),) * 4,
    "celpip_general": (Scale(0, 12),) * 4,
    "pte_core": (Scale(10, 90),) * 4,
    "tef_canada": (Scale(0, 699),) * 4,
    "tcf_canada": (Scale(0, 699), Scale(0, 699), Scale(0, 20), Scale(0, 20)),
}
TEF_CHANGED_ON = date(2019, 10, 1)
TEF_BEFORE = (Scale(0, 360), Scale(0, 300), Scale(0, 450), Scale(0, 450))
EXAMPLES = {
    "ielts_general": 6.5,
    "celpip_general": 9,
    "pte_core": 68,
    "tef_canada": 456,
    "tcf_canada": 458,
}


def scale_of(test: str, taken: date, ability: str) -> Scale:
    """Return the scale of one ability in a test taken on a day."""
    old_tef = test == "tef_canada" and taken < TEF_CHANGED_ON
    return (TEF_BEFORE if old_tef else SCALES[test])[ABILITIES.index(ability)]


def scores_fit(part: Mapping[str, Any]) -> bool:
    """Say whether the scores of an entry of ``language_tests`` can stand on a report of its test."""
    taken = date.fromisoformat(part["date_taken"])
    return all(scale_of(part["test"], taken, ability).holds(part["scores"][ability]) for ability in ABILITIES)


def score_field(label: Any) -> NumberField:
    return NumberField(label=label, least=0, example=6.5)


class TestForm(AnswerForm):
    """``{"test": "ielts_general", "date_taken": "2025-09-22"}``"""

    test = forms.ChoiceField(label=_("Which test?"), choices=TESTS, widget=forms.RadioSelect)
    date_taken = PastDateField(
        label=_("When was the test taken?"),
        help_text=_("The day printed on the test report. For example 22 9 2025."),
    )
    choice_hints: ClassVar = {
        "test": {
            test: _("English") if language == "en" else _("French") for test, language in LANGUAGE_OF.items()
        }
    }
    explanations: ClassVar = {
        "test": [
            Explanation(
                _("My test is not in the list"),
                [
                    _(
                        "Only these five are accepted for Express Entry. IELTS Academic, CELPIP-General LS "
                        "and TOEFL, for example, are not: leave them out."
                    )
                ],
            )
        ],
        "date_taken": [
            Explanation(
                _("Why does the date matter?"),
                [
                    _(
                        "A result counts for two years from the day of the test. On the second anniversary "
                        "it is over."
                    )
                ],
            )
        ],
    }


class ScoresForm(AnswerForm):
    """``{"scores": {"listening": 8.0, …}}`` of a ``test`` taken on a day; see eligibility/scores.html."""

    listening = score_field(_("Listening"))
    reading = score_field(_("Reading"))
    writing = score_field(_("Writing"))
    speaking = score_field(_("Speaking"))
    about_scores: ClassVar[Sequence[Explanation]] = (
        Explanation(
            _("Where do I find the four scores?"),
            [
                _(
                    "On the report you received after the test. You do not need the overall score: each "
                    "ability is judged on its own."
                )
            ],
        ),
        Explanation(
            _("I took a test twice. Which scores count?"),
            [_("Those of one sitting. You may choose the better one, but you cannot mix two.")],
        ),
    )

    def __init__(self, *args: Any, test: str = "", taken: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_test, self.taken_on = test, taken

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        flat = {**(part or {}), **(part or {}).get("scores", {})}
        return {
            name: read(cls.base_fields[name], value)
            for name, value in flat.items()
            if name in cls.base_fields
        }

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        test, taken = cleaned.get("test", self.of_test), cleaned.get("date_taken", self.taken_on)
        if test and taken:
            for ability in ABILITIES:
                self.check_score(ability, cleaned.get(ability), scale_of(test, taken, ability), test)
        return cleaned

    def check_score(self, ability: str, score: float | None, scale: Scale, test: str) -> None:
        """Say at the field when a score cannot stand on a report of this test."""
        if score is None or scale.holds(score):
            return
        words = {
            "score": in_digits(score),
            "test": TEST_NAMES[test],
            "least": in_digits(scale.least),
            "most": in_digits(scale.most),
            "step": in_digits(scale.step),
        }
        if scale.step == 1:
            message = _("%(score)s is no score of %(test)s. Enter a whole number from %(least)s to %(most)s.")
        else:
            message = _(
                "%(score)s is no score of %(test)s. Enter a number from %(least)s to %(most)s in steps of "
                "%(step)s."
            )
        self.add_error(ability, message % words)

    def answer(self) -> Part:
        rest = {name: written(value) for name, value in self.cleaned_data.items() if name not in ABILITIES}
        return {**rest, "scores": {ability: self.cleaned_data[ability] for ability in ABILITIES}}


class LanguageTestForm(ScoresForm, TestForm):
    """One entry of ``language_tests``: test, day and scores at once."""

    field_order: tuple[str, ...] = ("test", "date_taken", *ABILITIES)
    explanations = TestForm.explanations
    choice_hints: ClassVar = TestForm.choice_hints
