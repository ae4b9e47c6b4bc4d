"""Language tests: one ability better, all four better, an expired test taken again, a first test of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from rules.conceivable.ladders import APPLICANT, SPOUSE, AsItStands, Ladder, Rung, Whose, with_spouse
from rules.language import STEPS, Sitting, counting, level, report, step, steps
from rules.records import ABILITIES, LANGUAGES, LanguageTest, Profile, Scores

USUAL_TEST: Final = {"en": "ielts_general", "fr": "tef_canada"}
FIRST_LEVELS: Final = (5, 7, 9, 10)
OTHER_LEVELS: Final = (5, 7, 9)
SPOUSE_LEVELS: Final = (4, 5, 7, 9)


class _Tested(NamedTuple):
    """One language of one person: the sittings so far, and how a new one enters the profile."""

    whose: Whose
    language: str
    listed: list[Sitting]
    levels: tuple[int, ...]
    enter: Callable[[LanguageTest], Profile]


def ladders(now: AsItStands) -> Iterator[Ladder]:
    """Every better, renewed or new test of the candidate, and of a scored spouse in their first language."""
    for tested in _everybody(now):
        sitting = counting(tested.listed, now.found.day.number)
        if sitting is None:
            yield from _renewed(now, tested)
            yield _new(now, tested)
        else:
            yield from _one_ability(now, tested, sitting)
            yield _all_abilities(now, tested, sitting)
    yield _other_first(now)


def _everybody(now: AsItStands) -> Iterator[_Tested]:
    profile, known = now.profile, now.known

    def enter(test: LanguageTest) -> Profile:
        return replace(profile, language_tests=(test, *profile.language_tests))

    for language in LANGUAGES:
        first = language == profile.first_official_language
        listed, levels = (known.first, FIRST_LEVELS) if first else (known.second, OTHER_LEVELS)
        yield _Tested(APPLICANT, language, listed, levels, enter)
    spouse = profile.scored_spouse
    if spouse is not None and known.spouse is not None:
        language = spouse.first_official_language or "en"
        tests = spouse.language_tests

        def enter_spouse(test: LanguageTest) -> Profile:
            return with_spouse(profile, first_official_language=language, language_tests=(test, *tests))

        yield _Tested(SPOUSE, language, known.spouse.first, SPOUSE_LEVELS, enter_spouse)


def _one_ability(now: AsItStands, tested: _Tested, sitting: Sitting) -> Iterator[Ladder]:
    reached = steps(sitting.code)
    for place, ability in enumerate(ABILITIES):
        rungs = []
        for higher in range(reached[place] + 1, STEPS):
            wanted = (*reached[:place], higher, *reached[place + 1 :])
            needs = {"ability": ability, "from_level": level(reached[place]), "level": level(higher)}
            rungs += _sat(now, tested, "one_ability", wanted, needs, before=sitting)
        yield Ladder(tuple(rungs), only_next=True)


def _all_abilities(now: AsItStands, tested: _Tested, sitting: Sitting) -> Ladder:
    rungs = []
    for least in tested.levels:
        if sitting.lowest < step(least):
            wanted = tuple(max(one, step(least)) for one in steps(sitting.code))
            needs = {"level": least, "lowest": level(sitting.lowest)}
            rungs += _sat(now, tested, "all_abilities", wanted, needs, before=sitting)
    return Ladder(tuple(rungs))


def _renewed(now: AsItStands, tested: _Tested) -> Iterator[Ladder]:
    past = next((one for one in tested.listed if one.taken <= now.found.day.number), None)
    if past is not None:
        needs = {"date_taken": past.test.date_taken.isoformat()}
        again = _sat(now, tested, "renew_test", steps(past.code), needs, before=past)
        yield Ladder(tuple(again))


def _new(now: AsItStands, tested: _Tested) -> Ladder:
    rungs = []
    for least in tested.levels:
        wanted = (step(least),) * len(ABILITIES)
        rungs += _sat(now, tested, "new_test", wanted, {"level": least})
    return Ladder(tuple(rungs))


def _sat(
    now: AsItStands,
    tested: _Tested,
    kind: str,
    wanted: tuple[int, ...],
    needs: Mapping[str, object],
    *,
    before: Sitting | None = None,
) -> list[Rung]:
    """The step of a test taken on the day with the lowest scores that reach the steps; none if not accepted.

    It is the test of the sitting `before`, of which abilities that stay keep their scores, unless the test's
    scale has changed since; without one it is the usual test of the language.
    """
    test = before.test.test if before else USUAL_TEST[tested.language]
    scores = report(test, now.on, wanted, now.rules)
    if scores is None:
        return []
    if before is not None:
        scores = _kept(before, wanted, scores, now)
    taken = LanguageTest(test, now.on, scores)
    told = {"whose": tested.whose, "language": tested.language, "test": test, **needs}
    return [Rung(kind, told, tested.enter(taken))]


def _kept(before: Sitting, wanted: tuple[int, ...], lowest: Scores, now: AsItStands) -> Scores:
    reached, old = steps(before.code), before.test.scores
    same_scale = report(before.test.test, before.test.date_taken, wanted, now.rules) == lowest
    return Scores(
        *(
            getattr(old if same_scale and reached[place] == wanted[place] else lowest, ability)
            for place, ability in enumerate(ABILITIES)
        )
    )


def _other_first(now: AsItStands) -> Ladder:
    """The other official language named as the first."""
    other = "fr" if now.profile.first_official_language == "en" else "en"
    changed = replace(now.profile, first_official_language=other)
    return Ladder((Rung("first_language", {"language": other}, changed),))
