"""Imports point back along the candidate's path, and nowhere in a circle."""

from collections.abc import Collection, Mapping

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.reading import LAYERS, PROJECT, imports, modules

DEPTH = {room: depth for depth, layer in enumerate(LAYERS) for room in layer}

# Inside a room: what may be imported by what comes after it.
SHELVES = {
    "models": 0,
    "queries": 1,
    "services": 2,
    "forms": 3,
    "tasks": 4,
    "views": 4,
    "admin": 4,
    "urls": 5,
}


def circles(graph: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The groups of modules that import each other in a circle (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in graph:
        if name not in order:
            visit(name)
    return found


def test_the_import_contract_holds() -> None:
    assert lint_imports(str(PROJECT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_rooms_import_only_rooms_before_them() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in imports(module)
        if (room := name.split(".")[0]) != module.room and DEPTH[room] >= DEPTH[module.room]
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles({module.name: imports(module) for module in modules()}) == []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_inside_a_room_imports_go_from_views_to_models() -> None:
    wrong = []
    for module in modules():
        mine = SHELVES.get(module.name.removeprefix(f"{module.room}.").split(".")[0])
        for name in imports(module):
            room, _, rest = name.partition(".")
            other = SHELVES.get(rest.split(".")[0])
            if room == module.room and mine is not None and other is not None and mine < other:
                wrong.append(f"{module.name} imports {name}")
    assert wrong == []


def test_tasks_and_views_never_import_each_other() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in imports(module)
        if {module.name.split(".")[-1], name.split(".")[-1]} == {"tasks", "views"}
    ]
    assert wrong == []


def test_the_rules_import_no_framework() -> None:
    foreign = {"django", "celery", "psycopg", "redis", "allauth", "requests", "socket"}
    text = "\n".join(module.path.read_text() for module in modules("rules"))
    assert not [name for name in foreign if f"import {name}" in text or f"from {name}" in text]
