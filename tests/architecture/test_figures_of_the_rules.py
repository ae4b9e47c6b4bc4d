"""No figure of the law hides in code, and no parameter lies there unread."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache

from rules.parameters import BOOK
from tests.architecture.reading import Module, dotted, modules

SMALL = {0, 1, 2}
"""An empty sum, a step to the next, a pair: no figure of the law is told apart by these, and none is needed."""

NO_FIGURES_OF_THE_LAW = {
    ("rules.accrual", 3): "1 March, where a window over a leap day moves unevenly",
    ("rules.accrual", 4): "a leap day in four years",
    ("rules.checking", 4): "where a day in ISO form has its first hyphen",
    ("rules.checking", 5): "where its month begins",
    ("rules.checking", 7): "where it has its second hyphen",
    ("rules.checking", 8): "where its day begins",
    ("rules.checking", 10): "how long it is",
    ("rules.deadlines", 12): "months in a year",
    ("rules.deadlines", 28): "the last day of February in common years",
    ("rules.deadlines", 29): "29 February",
    ("rules.evidence", 10): "tenths of an hour",
    ("rules.kept", 16): "how many digits of a digest are kept",
    ("rules.language", 3): "how a language test's four levels are packed into a number; the fourth ability",
    ("rules.language", 6): "how the levels are packed",
    ("rules.language", 7): "how the levels are packed",
    ("rules.language", 9): "how the levels are packed",
    ("rules.parameters", 16): "how many digits of a digest are kept",
    ("rules.ranking", 3): "the fourth section of the score",
    ("rules.ranking", 11): "the place of a line of the score",
    ("rules.ranking", 12): "the place of a line of the score",
    ("rules.ranking", 13): "the place of a line of the score",
    ("rules.ranking", 14): "the place of a line of the score",
    ("rules.ranking", 15): "the place of a line of the score",
    ("rules.rescoring", 3): "how the levels are packed",
    ("rules.rescoring", 6): "how the levels are packed",
    ("rules.rescoring", 7): "how the levels are packed",
    ("rules.rescoring", 9): "how the levels are packed",
    ("rules.rescoring", 12): "months in a year",
    ("rules.rescoring", 1970): "the year from which numpy counts",
    ("rules.worked", 10): "tenths of an hour",
}

READ_BY_A_NAME_PUT_TOGETHER = {
    "{program}.destination": {"cec.destination", "fsw.destination", "fst.destination"},
    "language.{test}": {
        "language.ielts_general",
        "language.celpip_general",
        "language.pte_core",
        "language.tef_canada",
        "language.tcf_canada",
    },
}
READ_BY_NO_CODE = {
    "lifecycle.tie_break": "the order by first submission is the code of rules.selection; a round is held only now, so "
    "the years in which none was published are a fact that is kept with its source"
}


def figures(module: Module) -> Iterator[tuple[float, ast.Constant]]:
    """The numbers in a module, but for those of its named constants, of caches' sizes, and the small ones."""
    named = [node for node in module.tree.body if is_named(node)]
    sizes = [node for node in module.nodes() if isinstance(node, ast.keyword) and node.arg == "maxsize"]
    allowed = {id(inner) for node in (*named, *sizes) for inner in ast.walk(node)}
    for node in module.nodes():
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or id(node) in allowed:
            continue
        if isinstance(node.value, int | float) and node.value not in SMALL:
            yield node.value, node


def is_named(node: ast.stmt) -> bool:
    """Whether it gives a constant its name, such as HOURS = 30."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return all(isinstance(target, ast.Name) and target.id.strip("_").isupper() for target in targets)


def read_names(text: str) -> set[str]:
    return READ_BY_A_NAME_PUT_TOGETHER.get(text, {text} & set(BOOK))


@cache
def names_in_code() -> frozenset[str]:
    """Every parameter that code names, whole or as a name that is put together."""
    found: set[str] = set()
    for module in modules():
        for node in module.nodes():
            if isinstance(node, ast.JoinedStr):
                found |= read_names(put_together(node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= read_names(node.value)
    return frozenset(found)


def put_together(text: ast.JoinedStr) -> str:
    parts = (
        f"{{{dotted(part.value)}}}" if isinstance(part, ast.FormattedValue) else str(ast.literal_eval(part))
        for part in text.values
    )
    return "".join(parts)


def test_no_figure_of_the_law_stands_in_the_code_of_the_rules() -> None:
    found = [
        f"{module.at(node)}: {figure}"
        for module in modules("rules")
        for figure, node in figures(module)
        if (module.name, figure) not in NO_FIGURES_OF_THE_LAW
    ]
    assert found == []


def test_every_excuse_for_a_figure_is_still_needed() -> None:
    found = Counter((module.name, figure) for module in modules("rules") for figure, _node in figures(module))
    assert set(NO_FIGURES_OF_THE_LAW) <= set(found)


def test_a_figure_in_the_code_would_be_found() -> None:
    code = "HOURS = 30\ndef most(hours):\n    return min(hours, HOURS) * 1560\n"
    module = Module("rules.made", modules("rules")[0].path, ast.parse(code))
    assert [figure for figure, _node in figures(module)] == [1560]


def test_every_parameter_is_read_by_code_or_says_why_not() -> None:
    assert set(BOOK) - names_in_code() == set(READ_BY_NO_CODE)


def test_every_name_put_together_is_one_in_the_code() -> None:
    texts = {
        put_together(node)
        for module in modules("rules")
        for node in module.nodes()
        if isinstance(node, ast.JoinedStr)
    }
    assert set(READ_BY_A_NAME_PUT_TOGETHER) <= texts
