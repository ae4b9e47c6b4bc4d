"""Where the answers and the table differ."""

from tests.access.asking import address_of, ask, cell_of
from tests.access.reading import Row
from tests.access.world import ACTORS, World


def differences(row: Row, world: World, method: str, actors: tuple[str, ...] = ACTORS) -> list[str]:
    """Return in words where an address answers otherwise than the table says."""
    found = []
    for actor in actors:
        answer = ask(world.client(actor), method, address_of(row, world))
        cell = cell_of(answer, actor)
        if cell not in row.allowed(method, actor):
            said = f"{method} {row} for {actor}: the table says {row.allowed(method, actor)!r}"
            found.append(f"{said}, the answer is {cell!r} {answer.headers.get('Location', '')}")
    return found
