"""A language test as a profile asks it: beside the facts, the number of its report."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation, Text
from eligibility.forms import LanguageTestForm
from eligibility.forms.base import Part
from eligibility.forms.languages import ABILITIES, TEST_NAMES
from profiles import doubts
from profiles.doubts import Doubt
from profiles.forms.details import SURE, DetailedForm, NumberOnPaperField


@dataclass(frozen=True)
class Pattern:
    """What a test's number looks like, as a pattern and in words."""

    pattern: str
    words: Text

    def fits(self, number: str) -> bool:
        return bool(re.fullmatch(self.pattern, re.sub(r"[ ./-]", "", number), re.ASCII | re.IGNORECASE))


# The makers print them; how long they may be is the simulator's choice, wide enough for every known one.
PATTERNS: Mapping[str, Pattern] = {
    "ielts_general": Pattern(
        r"[A-Z0-9]{12,20}",
        _("Test report form (TRF) number: 12 to 20 letters and digits, like 25NG001234OKOA123G"),
    ),
    "celpip_general": Pattern(
        r"[A-Z0-9]{8,14}", _("Registration number: 8 to 14 letters and digits, like M7K291834756")
    ),
    "pte_core": Pattern(
        r"[A-Z0-9]{8,16}", _("Score report code: 8 to 16 letters and digits, like 8A5B6C7D9E")
    ),
    "tef_canada": Pattern(
        r"[A-Z0-9]{8,20}", _("Attestation number: 8 to 20 letters and digits, like CCI2026012345")
    ),
    "tcf_canada": Pattern(
        r"[A-Z0-9]{8,20}", _("Attestation number: 8 to 20 letters and digits, like FEI2026012345")
    ),
}


def pattern_words(test: str) -> str:
    """Return what the number of a test looks like, in a sentence that names the test."""
    return gettext("%(test)s: %(pattern)s.") % {"test": TEST_NAMES[test], "pattern": PATTERNS[test].words}


lazy_words = lazy(pattern_words, str)


class LanguageTestEntryForm(DetailedForm, LanguageTestForm):
    """One entry of ``language_tests`` with its details: the number on the report."""

    detailed = ("number",)
    field_order: tuple[str, ...] = ("test", "date_taken", "number", *ABILITIES)
    asked_only_sometimes = LanguageTestForm.asked_only_sometimes | {SURE}

    number = NumberOnPaperField(
        label=_("Number on the report"),
        help_text=_("As printed on it, but invent it here. What it looks like depends on the test."),
    )
    explanations: ClassVar = {
        **LanguageTestForm.explanations,
        "number": [
            Explanation(_("What does the number look like?"), [lazy_words(test) for test in PATTERNS]),
        ],
    }

    def clean(self) -> Part:
        cleaned = super().clean()
        test, number = cleaned.get("test"), cleaned.get("number")
        if test and number and not PATTERNS[test].fits(number):
            words = {"number": number, "test": TEST_NAMES[test], "pattern": PATTERNS[test].words}
            message = _("%(number)s is no number of %(test)s. Correct it, or leave it empty. %(pattern)s.")
            self.add_error("number", message % words)
        return cleaned

    def doubts(self, entry: Part) -> Iterator[Doubt]:
        return doubts.of_test(entry, self.born, self.today)
