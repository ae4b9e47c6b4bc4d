"""Blocks in content: a line ``<<name>>`` is a table or a picture that the portal draws from its own data."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.limiting import limits
from draws.public.history import PublishedRound, published_rounds
from draws.public.register import KINDS
from eligibility.forms.education import ORGANIZATIONS
from eligibility.tools.funds import Funds
from eligibility.wording.names import CATEGORY_NAMES, PROGRAM_NAMES
from guide import topic_blocks
from guide.figures import row_of
from rules import parameters
from rules.deadlines import anniversary

BLOCK = re.compile(r"^<<([\w-]+)>>$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A template, and what it shows as of a day."""

    template: str
    context: Callable[[date], Mapping[str, Any]]

    def drawn(self, on: date) -> str:
        return render_to_string(self.template, {"on": on, **self.context(on)})


def _funds(on: date) -> Mapping[str, Any]:
    return {"funds": Funds(on, None, None, parameters.on(on)["funds.table"])}


def _fees(on: date) -> Mapping[str, Any]:
    biometrics = row_of("fees.biometrics", on).value
    return {
        "rows": [
            (_("Processing fee, principal applicant"), row_of("fees.principal", on).value),
            (_("Processing fee, spouse or partner"), row_of("fees.spouse", on).value),
            (_("Processing fee, each dependent child"), row_of("fees.child", on).value),
            (_("Right of permanent residence fee, each adult"), row_of("fees.right_of_residence", on).value),
            (_("Biometrics, one person"), biometrics["person"]),
            (_("Biometrics, a family that applies together, at most"), biometrics["family"]),
        ],
        "since": row_of("fees.principal", on).first_day,
    }


def _tests(on: date) -> Mapping[str, Any]:
    return {"tests": topic_blocks.accepted_tests(on), "years": parameters.on(on).value("test.validity_years")}


def _programs(on: date) -> Mapping[str, Any]:
    rules = parameters.on(on)
    return {
        "cec": {"work": rules.value("cec.work"), "language": rules.value("cec.language")},
        "fsw": {
            "work": rules.value("fsw.work"),
            "language": rules.value("fsw.language"),
            "pass_mark": rules.value("fsw.pass_mark"),
        },
        "fst": {"work": rules.value("fst.work"), "language": rules.value("fst.language")},
    }


def _ranking(on: date) -> Mapping[str, Any]:
    rules = parameters.on(on)
    core, spouse = rules.value("crs.core.maximum"), rules.value("crs.spouse.maximum")
    transfer, additional = rules.value("crs.transferability.maximum"), rules.value("crs.additional.maximum")
    return {
        "rows": [
            (_("You: age, education, languages, work in Canada"), core["without"], core["with"]),
            (_("Your spouse or partner who comes with you"), spouse["without"], spouse["with"]),
            (_("How your skills work together"), transfer, transfer),
            (_("More: nomination, French, study in Canada, a sibling"), additional, additional),
        ],
        "total": core["without"] + spouse["without"] + transfer + additional,
    }


def _categories(on: date) -> Mapping[str, Any]:
    row = parameters.on(on)["categories.set"]
    codes = [category["code"] for category in row.value["categories"]]
    return {"names": [CATEGORY_NAMES[code] for code in codes], "since": row.first_day}


def _organizations(_on: date) -> Mapping[str, Any]:
    return {"names": [name for code, name in ORGANIZATIONS if code not in {"", "other"}]}


def _funds_deadline(on: date) -> Mapping[str, Any]:
    row = parameters.on(on)["funds.table"]
    return {"first_day": row.first_day, "deadline": row.value.get("profile_update_deadline")}


def _program_order(on: date) -> Mapping[str, Any]:
    return {"names": [PROGRAM_NAMES[code] for code in parameters.on(on).value("lifecycle.program_order")]}


def _round_kinds(on: date) -> Mapping[str, Any]:
    since = anniversary(on, -1)
    held = [one for one in published_rounds() if since < one.day <= on]
    by_kind = {kind: [one for one in held if one.kind == kind] for kind in KINDS}
    rows = [
        (KINDS[kind], len(rounds), sum(one.invitations for one in rounds), _span(rounds))
        for kind, rounds in by_kind.items()
        if rounds
    ]
    return {"rows": sorted(rows, key=lambda row: -row[2]), "since": since}


def _span(rounds: Sequence[PublishedRound]) -> tuple[int, int]:
    """Return the lowest and the highest score of a last person invited."""
    return min(one.cutoff for one in rounds), max(one.cutoff for one in rounds)


def _limits(_on: date) -> Mapping[str, Any]:
    told = (
        (_("New accounts"), limits.SIGN_UP),
        (_("Wrong passwords"), limits.SIGN_IN),
        (_("Codes typed at sign-in"), limits.SECOND_FACTOR),
        (_("E-mails with a code"), limits.EMAIL),
        (_("Personal reference codes"), limits.REFERENCE_CODE),
    )
    return {
        "rows": [(what, one.period // limits.MINUTE, one.by_address, one.by_account) for what, one in told]
    }


def _latest_round(on: date) -> Mapping[str, Any]:
    known = [held for held in published_rounds() if held.day <= on]
    return {"held": known[-1] if known else None}


BLOCKS: Mapping[str, Block] = {
    "best-steps": Block("guide/blocks/best_steps.html", topic_blocks.best_steps),
    "couple": Block("guide/blocks/couple.html", topic_blocks.couple),
    "skill-types": Block("guide/blocks/skill_types.html", topic_blocks.skill_types),
    "teer": Block("guide/blocks/teer.html", topic_blocks.teer),
    "test-levels": Block("guide/blocks/test_levels.html", topic_blocks.test_levels),
    "categories": Block("guide/blocks/categories.html", _categories),
    "fees": Block("guide/blocks/fees.html", _fees),
    "organizations": Block("guide/blocks/organizations.html", _organizations),
    "programs": Block("guide/blocks/programs.html", _programs),
    "ranking": Block("guide/blocks/ranking.html", _ranking),
    "tests": Block("guide/blocks/tests.html", _tests),
    "funds-deadline": Block("guide/blocks/funds_deadline.html", _funds_deadline),
    "program-order": Block("guide/blocks/program_order.html", _program_order),
    "round-kinds": Block("guide/blocks/round_kinds.html", _round_kinds),
    "funds": Block("guide/blocks/funds.html", _funds),
    "limits": Block("guide/blocks/limits.html", _limits),
    "latest-round": Block("guide/blocks/latest_round.html", _latest_round),
}
