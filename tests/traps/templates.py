"""A variable that a template names and its view does not give is an error, not an empty place."""

import sys
from pathlib import Path
from types import FrameType

from django.template import engines
from django.template.base import Node

PROJECT = Path(__file__).resolve().parents[2]


class UndefinedVariable(AssertionError):
    """A template of the project names something that is not there."""


class Trap(str):
    """Stands for an undefined variable: raises in the project's templates, is empty in the admin's."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> str:
        origin = template_in(sys._getframe(1))
        if origin and is_ours(Path(origin)):
            raise UndefinedVariable(f"{origin} names {variable!r}, which is not defined.")
        return ""

    def __bool__(self) -> bool:
        return True


def is_ours(path: Path) -> bool:
    """Whether a template belongs to the project and not to a package installed inside it."""
    return PROJECT in path.parents and "site-packages" not in path.parts


def template_in(frame: FrameType | None) -> str | None:
    """The file of the template whose node is being rendered in or above this frame."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin)
        frame = frame.f_back
    return None


def arm() -> None:
    """Set the trap for the whole test run."""
    for engine in engines.all():
        if hasattr(engine, "engine"):
            engine.engine.string_if_invalid = Trap("undefined")
