"""Blocks in content: a line ``<<name>>`` is a table or a picture that the portal draws from its own data."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from draws.history import published_rounds
from eligibility.tools.funds import Funds
from rules import parameters

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


def _latest_round(on: date) -> Mapping[str, Any]:
    known = [held for held in published_rounds() if held.day <= on]
    return {"held": known[-1] if known else None}


BLOCKS: Mapping[str, Block] = {
    "funds": Block("guide/blocks/funds.html", _funds),
    "latest-round": Block("guide/blocks/latest_round.html", _latest_round),
}
