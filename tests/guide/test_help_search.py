"""The help centre: what people type and what stands behind a '?' leads to the answer, in both languages."""

from collections.abc import Iterator
from datetime import date
from html import unescape
from importlib import import_module
from pkgutil import walk_packages
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template
from django.utils import translation

from eligibility.fields import Explanation, PortalForm
from eligibility.forms.languages import ScoresForm
from guide.files import LANGUAGES, listed
from guide.help_index import words_of
from guide.helping import questions, search
from guide.terms import letters, terms

ON = date(2026, 11, 23)
WITHIN = 3
LEAST_QUESTIONS = 60
SEARCHED = ("eligibility", "profiles", "draws", "accounts", "guide", "simulation")

BEHIND = {
    "Do I need an assessment?": "tests-and-schooling#eca-needed",
    "Why do you ask how I studied?": "tests-and-schooling#canadian-study",
    "Which level do I choose?": "tests-and-schooling#level",
    "My organization is not in the list": "tests-and-schooling#eca-organizations",
    "The report words it differently": "tests-and-schooling#eca-words",
    "What is a full academic year?": "tests-and-schooling#full-year",
    "My test is not in the list": "tests-and-schooling#which-tests",
    "Where do I find the four scores?": "tests-and-schooling#test-number",
    "I took a test twice. Which scores count?": "tests-and-schooling#mix",
    "Why does the date matter?": "tests-and-schooling#test-validity",
    "What does the number look like?": "tests-and-schooling#test-number",
    "Why does Quebec matter?": "start#quebec",
    "Why not simply ask my age?": "score#age",
    "Who is a dependent child?": "family-and-money#dependent-child",
    "What counts as money I can bring?": "family-and-money#what-counts",
    "What is this used for?": "profile#province-of-interest",
    "Does my choice matter?": "tests-and-schooling#first-language",
    "What is full-time study?": "tests-and-schooling#full-year",
    "Why do you ask about my partner?": "family-and-money#why-partner",
    "What is it used for?": "work#primary-occupation",
    "What is this code?": "work#noc-code",
    "My hours varied. What do I enter?": "work#varied-hours",
    "Which jobs belong here?": "work#which-jobs",
    "Why do you ask this?": "work#authorized",
    "What is an LMIA?": "work#lmia",
    "I already work there": "work#valid-offer",
    "Why not my real name?": "profile#names",
    "Which other names are meant?": "profile#names",
    "Does this count for anything?": "profile#no-points",
    "What is asked here, and what not?": "profile#citizenship",
    "My country of birth no longer exists. What do I choose?": "profile#country-of-birth",
    "Does a partner’s age count?": "family-and-money#partner-test",
    "Why is my partner asked about at all?": "family-and-money#why-partner",
    "Why must it not be a real number?": "profile#passport-number",
    "What if my passport has expired, or soon will?": "profile#passport-expires",
    "Which day do I enter?": "work#qualified-since",
    "What happens when I answer yes?": "pool#nomination",
    "My address has no street. What do I enter?": "profile#address",
    "When can this stay empty?": "profile#address",
    "When do the two differ?": "profile#address",
    "Does the language count for points?": "profile#contact",
    "Who sees this address?": "profile#contact",
    "Why not my real number?": "profile#contact",
    "What is a representative, and what is form IMM 5476?": "start#representative",
    "Who may be paid?": "start#paid-representative",
    "Where would I find it?": "start#paid-representative",
    "I am only travelling. Which country is it?": "profile#residence",
    "Does my status count for anything?": "profile#residence",
    "Does an earlier refusal harm me here?": "profile#earlier-refusal",
    "What is a UCI?": "profile#earlier-refusal",
    "What do the two dates mean?": "rounds#two-dates",
    "What happens at this time?": "rounds#two-dates",
    "Where does counting begin?": "rounds#recurring",
    "Who is counted?": "family-and-money#family-size",
    "Why does it matter whether they come?": "family-and-money#why-partner",
    "What is a year of skilled work?": "work#year-of-work",
}
"""Each '?' in English, and the answer that its link must show among the first three."""

TYPED = [
    ("en", "forgot password", "account#locked-out"),
    ("en", "lost phone", "account#locked-out"),
    ("en", "2fa", "account#second-factor"),
    ("en", "delete my account", "account#leave"),
    ("en", "session timed out", "account#timed-out"),
    ("en", "ielts", "tests-and-schooling#which-tests"),
    ("en", "toefl", "tests-and-schooling#which-tests"),
    ("en", "langage test", "tests-and-schooling#which-tests"),
    ("en", "wes", "tests-and-schooling#eca-organizations"),
    ("en", "degree from abroad", "tests-and-schooling#eca-needed"),
    ("en", "noc", "work#noc-code"),
    ("en", "self employed", "work#does-not-count"),
    ("en", "part-time hours", "work#year-of-work"),
    ("en", "can my husband come with me", "family-and-money#accompanying"),
    ("en", "brother in canada", "family-and-money#relatives"),
    ("en", "how much money", "family-and-money#how-much"),
    ("en", "tie break", "score#tie"),
    ("en", "why was I not invited", "score#not-invited"),
    ("en", "pnp", "pool#nomination"),
    ("en", "why am I ineligible", "pool#suddenly"),
    ("en", "expired test", "tests-and-schooling#test-validity"),
    ("en", "eca expired", "tests-and-schooling#eca-validity"),
    ("fr", "test expiré", "tests-and-schooling#test-validity"),
    ("en", "withdraw profile", "pool#withdraw"),
    ("en", "work permit expired", "pool#work-permit"),
    ("en", "ITA deadline", "rounds#deadline"),
    ("en", "next draw", "rounds#next"),
    ("en", "pasport number", "profile#passport-number"),
    ("en", "lawyer", "start#representative"),
    ("en", "medical exam", "application#medical"),
    ("en", "police certificate", "application#police"),
    ("fr", "mot de passe oublié", "account#locked-out"),
    ("fr", "fermer mon compte", "account#leave"),
    ("fr", "tcf", "tests-and-schooling#which-tests"),
    ("fr", "test de langue", "tests-and-schooling#which-tests"),
    ("fr", "diplome etranger", "tests-and-schooling#eca-needed"),
    ("fr", "code cnp", "work#noc-code"),
    ("fr", "travailleur autonome à mon compte", "work#does-not-count"),
    ("fr", "ma femme vient avec moi", "family-and-money#accompanying"),
    ("fr", "frère au canada", "family-and-money#relatives"),
    ("fr", "combien d'argent", "family-and-money#how-much"),
    ("fr", "départager égalité", "score#tie"),
    ("fr", "pourquoi pas invité", "score#not-invited"),
    ("fr", "pcp", "pool#nomination"),
    ("fr", "retirer mon profil", "pool#withdraw"),
    ("fr", "permis de travail expiré", "pool#work-permit"),
    ("fr", "prochain tirage", "rounds#next"),
    ("fr", "passeprot", "profile#passport-number"),
    ("fr", "avocat", "start#representative"),
    ("fr", "examen médical", "application#medical"),
    ("fr", "certificat de police", "application#police"),
]

PAINS = {
    1: ["start#yes-then-no", "pool#suddenly", "profile#dry-run"],
    2: ["application#incomplete"],
    3: ["pool#what-changes", "pool#expiring"],
    4: ["application#status"],
    5: ["account#outage", "account#timed-out"],
    6: ["profile#not-complete"],
    7: ["application#histories", "work#gaps", "work#noc-code"],
    8: ["family-and-money#accompanying"],
    9: ["score#tie", "score#not-invited"],
    10: ["account#locked-out", "account#too-many"],
    11: ["application#one-file"],
    12: ["score#differs", "score#limits"],
}
"""What hurts people most in the real portal, in the order of the reference, and the answers to it."""


def key_of(address: str) -> str:
    slug, _slash, heading = address.split("/help/")[1].partition("/#")
    return f"{slug}#{heading}"


def found(typed: str, language: str, about: str = "") -> list[str]:
    with translation.override(language):
        return [key_of(question.address) for question in search(typed, about, language, ON)]


def subclasses(of: type[PortalForm]) -> Iterator[type[PortalForm]]:
    for form in of.__subclasses__():
        yield form
        yield from subclasses(form)


def behind_question_marks() -> list[tuple[object, Explanation]]:
    """Return each '?' of every form of the portal, with the label of its field untranslated."""
    for name in SEARCHED:
        for module in walk_packages(import_module(name).__path__, f"{name}."):
            if "migrations" not in module.name:
                import_module(module.name)
    forms = [form for form in subclasses(PortalForm) if form.__module__.startswith(SEARCHED)]
    about_scores: list[tuple[object, Explanation]] = [
        (ScoresForm.base_fields["listening"].label, explanation) for explanation in ScoresForm.about_scores
    ]
    return about_scores + [
        (form.base_fields[field].label, explanation)
        for form in forms
        for field, explanations in form.explanations.items()
        if field in form.base_fields
        for explanation in explanations
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_mark_of_every_form_finds_an_answer(language: str) -> None:
    for label, explanation in behind_question_marks():
        with translation.override("en"):
            asked = str(explanation.question)
        with translation.override(language):
            keys = found(str(explanation.question), language, str(label))
        assert keys, (asked, str(label))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_mark_shows_its_own_answer_among_the_first(language: str) -> None:
    """A '?' that stands on several fields must lead there from one of them at least."""
    shown: dict[str, set[str]] = {}
    for label, explanation in behind_question_marks():
        with translation.override("en"):
            asked = str(explanation.question)
        with translation.override(language):
            keys = found(str(explanation.question), language, str(label))
        shown.setdefault(asked, set()).update(keys[:WITHIN])
    assert shown.keys() == BEHIND.keys(), "say in BEHIND which answer a new '?' leads to"
    assert [asked for asked, key in BEHIND.items() if key not in shown[asked]] == []


@pytest.mark.parametrize(("language", "typed", "key"), TYPED)
def test_what_people_type_finds_the_answer(language: str, typed: str, key: str) -> None:
    assert key in found(typed, language)[:WITHIN]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_without_sense_find_nothing(language: str) -> None:
    assert found("xqzzkv", language) == []
    assert found("?!", language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_tell_nothing_alone_are_searched_as_they_are(language: str) -> None:
    assert found({"en": "how", "fr": "comment"}[language], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_questions_each_asked_as_one(language: str) -> None:
    with translation.override(language):
        known = questions(language, ON)
    assert len(known) >= LEAST_QUESTIONS
    assert 8 <= len(listed("help", language)) <= 10
    assert [question.words for question in known if not question.words.endswith("?")] == []
    assert [question.words for question in known if not question.answer] == []
    assert len({question.words for question in known}) == len(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pain_of_the_real_portal_has_its_answer(language: str) -> None:
    with translation.override(language):
        known = {key_of(question.address) for question in questions(language, ON)}
    for pain, keys in PAINS.items():
        assert set(keys) <= known, pain


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_mean_the_same_lead_somewhere(language: str) -> None:
    """A group is of use only if the help centre has one of its words."""
    for group in set(words_of(language).same.values()):
        assert any(found(word, language) for word in group), sorted(group)


def test_a_question_mark_on_the_page_links_to_its_answers_in_the_language_of_the_page() -> None:
    label, explanation = next(pair for pair in behind_question_marks() if "LMIA" in str(pair[1].question))
    source = Template('{% include "forms/explanations.html" %}')
    with translation.override("fr"):
        drawn = source.render(Context({"field": {"label": label}, "more": {"explanations": [explanation]}}))
        asked = (str(explanation.question), str(label))
    address = urlsplit(unescape(drawn.split('href="')[1].split('"')[0]))
    told = parse_qs(address.query)
    assert address.path == "/fr/help/"
    assert (told["q"], told["about"]) == ([asked[0]], [asked[1]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_goes_by_letters_without_accents_and_names_the_other_language(language: str) -> None:
    told = letters(language)
    assert [one.letter for one in told] == sorted({one.letter for one in told})
    assert all(one.letter.isascii() for one in told)
    assert sum(len(one.pairs) for one in told) == len(terms(language))
    pool = next(other for one in told for term, other in one.pairs if term.key == "pool")
    assert pool == {"en": "bassin", "fr": "pool"}[language]
