"""What every page must be without a browser to look at it: ids, labels, headings, language, and errors that are linked.

Each rule takes the page's elements and names in words what is wrong.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from tests.accessible.markup import Element, Markup

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "list", "headers")
GROUPED = frozenset({"radio", "checkbox"})
SUMMARY = "error-summary"

Rule = Callable[[Markup], Iterator[str]]


def faults(markup: Markup) -> list[str]:
    """Return what is wrong with a page, in words."""
    return [fault for rule in RULES for fault in rule(markup)]


def closed(markup: Markup) -> Iterator[str]:
    """Each tag is closed where it was opened."""
    yield from markup.misplaced


def whole(markup: Markup) -> Iterator[str]:
    """A language, a title, one main part, one first heading."""
    if not any(element.told.get("lang") for element in markup.of("html")):
        yield "the page names no language"
    titles = [
        element.words for element in markup.of("title") if "svg" not in [e.tag for e in element.within()]
    ]
    if len(titles) != 1 or not titles[0].strip(" –"):
        yield f"the titles are {titles}"
    for tag in ("main", "h1"):
        if len(markup.of(tag)) != 1:
            yield f"there are {len(markup.of(tag))} <{tag}>"


def ids(markup: Markup) -> Iterator[str]:
    """An id names one thing, and what is named is there."""
    counted = Counter(element.told["id"] for element in markup.elements if element.has("id"))
    yield from (f"the id {name!r} is there {times} times" for name, times in counted.items() if times > 1)
    if "" in counted:
        yield "an id is empty"
    for element in markup.elements:
        for attribute in POINTING:
            if attribute == "headers" and element.tag not in {"td", "th"}:
                continue
            for name in element.told.get(attribute, "").split():
                if name not in counted:
                    yield f"{element} points by {attribute} to {name!r}, which is not there"
        target = element.told.get("href", "")
        if target.startswith("#") and target[1:] not in counted:
            yield f"{element} leads to nothing"


def headings(markup: Markup) -> Iterator[str]:
    """No heading is empty, none skips a level after the first one."""
    before = 0
    for element in markup.of(*HEADINGS):
        level = int(element.tag[1])
        if not element.words:
            yield f"{element} is empty"
        if before and level > before + 1:
            yield f"{element} '{element.words}' follows a heading of level {before}"
        before = level if before or level == 1 else 0


def labels(markup: Markup) -> Iterator[str]:
    """Each field has a label with words, each button and link a name."""
    named = {label.told["for"] for label in markup.of("label") if label.words and label.has("for")}
    for element in markup.of("input", "select", "textarea"):
        if element.told.get("type") in UNLABELLED or element.has("hidden"):
            continue
        wrapped = any(outer.tag == "label" and outer.words for outer in element.within())
        if not (wrapped or element.told.get("id") in named or _named_by_aria(element)):
            yield f"{element} has no label"
    for element in markup.of("button", "a", "summary"):
        if element.tag == "a" and not element.has("href"):
            continue
        if not (element.words or _named_by_aria(element)):
            yield f"{element} has no name"


def _named_by_aria(element: Element) -> bool:
    return bool(element.told.get("aria-label") or element.told.get("aria-labelledby"))


def groups(markup: Markup) -> Iterator[str]:
    """Boxes and radios of one name stand in a group that says what they are about."""
    boxes = [e for e in markup.of("input") if e.told.get("type") in GROUPED and e.has("name")]
    times = Counter(box.told["name"] for box in boxes)
    legends = {id(legend.inside) for legend in markup.of("legend") if legend.words}
    for box in boxes:
        grouped = any(
            id(outer) in legends
            or (outer.told.get("role") in {"group", "radiogroup"} and _named_by_aria(outer))
            for outer in box.within()
        )
        if times[box.told["name"]] > 1 and not grouped:
            yield f"{box} stands in no named group"


def pictures(markup: Markup) -> Iterator[str]:
    """A picture says what it shows, or that it only decorates."""
    yield from (f"{element} has no alt" for element in markup.of("img") if not element.has("alt"))
    for element in markup.of("svg"):
        hidden = any(e.told.get("aria-hidden") == "true" for e in (element, *element.within()))
        if not hidden and not (element.told.get("role") == "img" and _named_by_aria(element)):
            yield f"{element} is a picture without a name"


def tables(markup: Markup) -> Iterator[str]:
    """A table has heads, each with its scope."""
    heads = markup.of("th")
    yield from (f"{head} '{head.words}' has no scope" for head in heads if not head.has("scope"))
    yield from (f"{head} says nothing" for head in heads if not head.words)
    within = {id(outer) for head in heads for outer in head.within()}
    yield from (f"{table} has no heads" for table in markup.of("table") if id(table) not in within)


def focus(markup: Markup) -> Iterator[str]:
    """Nothing is put out of the order of the page, and one thing at most takes the focus."""
    yield from (
        f"{e} has tabindex {e.told['tabindex']}"
        for e in markup.elements
        if e.told.get("tabindex", "0") not in {"0", "-1"}
    )
    takers = [element for element in markup.elements if element.has("autofocus")]
    if len(takers) > 1:
        yield f"{len(takers)} elements take the focus"


def errors(markup: Markup) -> Iterator[str]:
    """What is wrong is summed up at the top, takes the focus, and leads to each field; the field says so itself."""
    wrong = [element for element in markup.elements if element.told.get("aria-invalid") == "true"]
    summaries = [element for element in markup.elements if SUMMARY in element.classes]
    if wrong and len(summaries) != 1:
        yield f"{wrong[0]} is wrong, and there are {len(summaries)} summaries"
    if not summaries:
        return
    if not (summaries[0].has("autofocus") and summaries[0].told.get("tabindex") == "-1"):
        yield "the summary of what is wrong does not take the focus"
    title = next((element.words for element in markup.of("title")), "")
    if ":" not in title:
        yield f"the title {title!r} does not say that something is wrong"
    led_to = {
        element.told["href"][1:]
        for element in markup.of("a")
        if summaries[0] in element.within() and element.told.get("href", "").startswith("#")
    }
    yield from _unlinked(wrong, led_to)


def _unlinked(wrong: list[Element], led_to: set[str]) -> Iterator[str]:
    """Fields that are wrong without a reason, and questions to no part of which the summary leads."""
    reached = [element for element in wrong if element.told.get("id") in led_to]
    for element in wrong:
        if not _reasons(element):
            yield f"{element} is wrong and is not described by why"
        if not any(_same_question(element, other) for other in reached):
            yield f"{element} is wrong, and the summary does not lead to it"


def _reasons(element: Element) -> frozenset[str]:
    """The ids of what describes a field, or the group that it stands in."""
    groups = [outer for outer in element.within() if outer.tag == "fieldset"]
    return frozenset(name for e in (element, *groups) for name in e.told.get("aria-describedby", "").split())


def _same_question(one: Element, other: Element) -> bool:
    """Whether two fields are parts of one question, such as boxes of one name, or the day and the month of a date."""
    return one.told.get("name") == other.told.get("name") or bool(_reasons(one) & _reasons(other))


RULES: tuple[Rule, ...] = (closed, whole, ids, headings, labels, groups, pictures, tables, focus, errors)
