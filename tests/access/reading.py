"""The table of expectations, line by line."""

from dataclasses import dataclass

from tests.access.expectations import TABLE
from tests.access.world import ACTORS

OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
TURNED_AWAY = frozenset("sopx4>")


@dataclass(frozen=True)
class Row:
    """What one address answers to each actor."""

    name: str
    of: dict[str, str]
    get: str
    post: str
    remarks: str

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{name}={value}" for name, value in self.of.items())])

    @property
    def by_machines(self) -> bool:
        """Whether other programs send here, which have no token."""
        return "by machines" in self.remarks

    @property
    def is_anothers(self) -> bool:
        """Whether it shows a thing of the owner's that is not there for another candidate."""
        pairs = [cells[1] + cells[2] for cells in (self.get, self.post)]
        return bool(self.of) and any(pair[0] != "4" and pair[1] == "4" for pair in pairs)

    @property
    def is_guarded(self) -> bool:
        """Whether it turns anybody away."""
        return bool(set("sx4p") & set(self.get + self.post))

    def allowed(self, method: str, actor: str) -> str:
        """Return the cells that an answer may be."""
        number = ACTORS.index(actor)
        if f"{method} too" in self.remarks:
            return "+" + "".join(TURNED_AWAY & {self.get[number]})
        if method in {"GET", "HEAD"}:
            unused = "m" + "".join(TURNED_AWAY & {self.get[number]})
            return unused if f"no {method}" in self.remarks else self.get[number]
        if method == "POST":
            return self.post[number]
        turned = self.get[number] + self.post[number]
        return "m" + "".join(TURNED_AWAY & set(turned))


def row_of(line: str) -> Row:
    """Read one line: name and arguments | GET | POST | remarks."""
    address, get, post, *remarks = [part.strip() for part in line.split("|")]
    name, *arguments = address.split()
    get, post = get.replace(" ", ""), post.replace(" ", "")
    assert {len(get), len(post)} == {len(ACTORS)}, f"{name}: a cell for each of {ACTORS}, please."
    return Row(name, dict(part.split("=") for part in arguments), get, post, " ".join(remarks))


ROWS = [row_of(line) for line in TABLE.strip().splitlines() if line.strip() and not line.startswith("#")]
