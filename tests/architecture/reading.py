"""Read the project's own code as trees: its modules, what each imports, and what its strings say."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LAYERS = (
    ("rules",),
    ("lifecycle",),
    ("accounts", "eligibility"),
    ("profiles",),
    ("draws",),
    ("simulation",),
    ("guide",),
    ("eeportal",),
    ("partner",),
)
ROOMS = tuple(room for layer in LAYERS for room in layer)


@dataclass(frozen=True)
class Module:
    """One file of code."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def is_migration(self) -> bool:
        return ".migrations" in self.name

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and text of every string, also of the pieces of an f-string."""
        for node in self.nodes():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value

    def at(self, node: ast.AST) -> str:
        """Where a node is, as an editor understands it."""
        return f"{self.path.relative_to(PROJECT)}:{getattr(node, 'lineno', 0)}"


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """The modules of the rooms (all of them unless told), in the order of their names."""
    found = []
    for room in rooms or ROOMS:
        for path in sorted((PROJECT / room).rglob("*.py")):
            name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(name, path, ast.parse(path.read_text(), str(path))))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    """The names of all modules."""
    return frozenset(module.name for module in modules())


@cache
def imports(module: Module) -> frozenset[str]:
    """The project's modules that a module imports, anywhere in it."""
    found = set()
    for node in module.nodes():
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in names() else node.module)
    return names() & found - {module.name}


def dotted(node: ast.AST) -> str:
    """A name with its dots, such as timezone.now; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""
