"""The tables of moves as pictures: Mermaid state diagrams for ``docs/flow.md``."""

from pathlib import Path

from lifecycle.tables import MACHINES, Machine

FLOW = Path(__file__).resolve().parent.parent / "docs" / "flow.md"
BEGIN = "<!-- made by ./run manage draw_flow: change lifecycle/tables.py, not this part -->"
END = "<!-- end of the made part -->"


def diagram(machine: Machine) -> str:
    """Return one machine as a Mermaid state diagram."""
    final = {target for _s, _e, target in machine.rows} - {source for source, _e, _t in machine.rows}
    rows = [f"    {source or '[*]'} --> {target}: {event}" for source, event, target in machine.rows]
    ends = [f"    {state} --> [*]" for state in sorted(final)]
    return "\n".join(
        [f"### {machine.name.capitalize()}", "", "```mermaid", "stateDiagram-v2", *rows, *ends, "```"]
    )


def made_part() -> str:
    """Return all machines' diagrams between the marks."""
    pictures = "\n\n".join(diagram(machine) for machine in MACHINES.values())
    return f"{BEGIN}\n\n{pictures}\n\n{END}"


def with_made_part(text: str) -> str:
    """Return the page with its made part replaced. Raises ``ValueError`` when a mark is missing."""
    before, rest = text[: text.index(BEGIN)], text[text.index(END) + len(END) :]
    return before + made_part() + rest
