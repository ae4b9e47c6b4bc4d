"""The log read along: what state it leads each thing to, move by move, and whether the tables agree."""

from collections import Counter

from django.apps import apps
from django.db import connection

from lifecycle.models import Transition
from lifecycle.tables import MACHINES, NOTHING

Move = tuple[str, str, str]


class Replay:
    """Reads the rows of the log that are new, in their order; ``happened`` counts the moves of each machine."""

    def __init__(self) -> None:
        self.happened = Counter[tuple[str, Move]]()
        self._last = Transition.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        self._states: dict[str, dict[int, str]] = {machine.name: {} for machine in MACHINES.values()}

    def read_on(self) -> None:
        """Follow the new rows. Each must be a row of its machine's table and begin where the thing was."""
        allowed = {machine.name: set(machine.rows) for machine in MACHINES.values()}
        new = Transition.objects.filter(pk__gt=self._last).order_by("pk")
        for pk, machine, thing, *told in new.values_list(
            "pk", "machine", "thing_id", "source", "event", "target"
        ):
            source, event, target = told
            move = (source, event, target)
            assert move in allowed[machine], f"The table of the {machine} has no move {move}"
            assert source == self._states[machine].get(thing, NOTHING), (
                f"The {machine} {thing} was not {source}"
            )
            self._states[machine][thing] = target
            self.happened[machine, move] += 1
            self._last = pk

    def compare(self) -> None:
        """Say whether every thing is in the state to which the log leads; the database's own checks are asked too."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for label, machine in MACHINES.items():
            held = dict(apps.get_model(label)._base_manager.values_list("pk", "state"))
            assert held == self._states[machine.name], f"The {machine.name}s are not as their log says"
