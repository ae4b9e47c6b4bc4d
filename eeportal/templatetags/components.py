"""The portal's components, drawn from plain values by templates/components."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext

register = template.Library()

TICK, TICK_WIDTH = 10, 4


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*labels_and_addresses: str) -> dict[str, Any]:
    """Draw the pages above this one, given as label, address, label, address …"""
    pairs = zip(labels_and_addresses[::2], labels_and_addresses[1::2], strict=True)
    return {"crumbs": [{"label": label, "url": url} for label, url in pairs]}


@register.inclusion_tag("components/status.html")
def status(kind: str, word: str) -> dict[str, str]:
    """Draw a shape and a word; ``kind`` is done, part, todo, wait, attention or live."""
    return {"kind": kind, "word": word}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, Any]:
    """Draw a list of tasks, each with title, kind and word of its status and, optionally, url and note."""
    return {"tasks": tasks}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """Draw answers, each with label, value and, optionally, note, code (in the code font), change_url."""
    return {"rows": rows}


@register.inclusion_tag("components/figures.html")
def figures(*items: Any) -> dict[str, Any]:
    """Draw two to four numbers in a row, each made by ``figure``."""
    return {"items": items}


@register.simple_tag
def figure(label: str, value: str, note: str = "", *, you: bool = False) -> dict[str, Any]:
    """Return a number for ``figures``; ``you`` paints it as the candidate's own."""
    return {"label": label, "value": value, "note": note, "you": you}


@register.inclusion_tag("components/progress.html")
def progress(words: str, done: int, total: int, section: str = "") -> dict[str, Any]:
    """Draw how far the questionnaire has come: a line, and the words above it."""
    return {"words": words, "done": done, "total": total, "section": section}


@register.inclusion_tag("components/bar.html")
def bar(
    points: int, most: int, kind: Literal["you", "act"] = "you", mark: int | None = None
) -> dict[str, Any]:
    """Draw points out of the most possible; ``mark`` sets an upright line, such as a pass mark."""
    line = None if mark is None else f"{mark - most * 0.004:.1f}"
    return {"points": points, "most": most, "kind": kind, "mark": line, "mark_width": f"{most * 0.008:.1f}"}


@register.inclusion_tag("components/day_strip.html")
def day_strip(left: int, total: int = 60) -> dict[str, Any]:
    """Draw one tick a day: those spent are quiet, those left are the candidate's."""
    spent = max(total - left, 0)
    return {"spent": ticks(0, spent), "left": ticks(spent, total), "width": total * TICK - TICK + TICK_WIDTH}


def ticks(first: int, last: int) -> str:
    """Return the path of the ticks from one day to another."""
    return "".join(f"M{day * TICK} 0h{TICK_WIDTH}v24h-{TICK_WIDTH}z" for day in range(first, last))


@register.inclusion_tag("components/deadline.html")
def deadline(label: str, at: datetime, left: int, total: int = 60, note: str = "") -> dict[str, Any]:
    """Draw an instant by which something must be done, with the days that are left of all."""
    return {"label": label, "at": at, "left": left, "total": total, "note": note}


@register.inclusion_tag("components/reference_code.html")
def reference_code(code: str, expires_at: datetime, days: int = 60) -> dict[str, Any]:
    """Draw a personal reference code as a ticket; copied, it gives the bare code."""
    return {"groups": (code[:2], code[2:7], code[7:]), "expires_at": expires_at, "days": days}


@register.inclusion_tag("components/verdict.html")
def verdict(program: Any) -> dict[str, Any]:
    """Draw a program's verdict and its reasons; templates/components/verdict.html lists the fields."""
    return {"program": program}


@register.inclusion_tag("components/points.html")
def points(section: Any, number: int) -> dict[str, Any]:
    """Draw a section of the score, line by line; templates/components/points.html lists the fields."""
    return {"section": section, "number": number}


@register.inclusion_tag("components/table.html")
def table(content: Any) -> dict[str, Any]:
    """Draw a table of texts; the fields are listed in templates/components/table.html."""
    return {"table": content}


@register.inclusion_tag("components/message_list.html")
def message_list(letters: Iterable[Any]) -> dict[str, Any]:
    """Draw the account's messages, each with title, url, at (an instant) and unread."""
    return {"letters": letters}


@register.inclusion_tag("components/notice.html")
def notice(text: str, title: str = "", *, you: bool = False) -> dict[str, Any]:
    """Draw what must not be missed; one a page at most. ``you`` is for what needs the candidate."""
    return {"text": text, "title": title, "you": you}


@dataclass(frozen=True, slots=True)
class PageLink:
    """One place in the list of pages; no address where it is the present page or a gap."""

    label: str
    url: str
    current: bool


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any], label: str) -> dict[str, Any]:
    """Draw links to the pages of a list; what else the address asks for stays in it."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [PageLink(str(number), address_of(context, number), number == page.number) for number in numbers]
    return {
        "page": page,
        "label": label,
        "links": links,
        "previous": address_of(context, page.number - 1) if page.has_previous() else "",
        "next": address_of(context, page.number + 1) if page.has_next() else "",
    }


def address_of(context: RequestContext, number: int | str) -> str:
    """Return the address of a page of the list; empty for the gap between two pages."""
    if not isinstance(number, int):
        return ""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pool_chart.html")
def pool_chart(chart: Any, name: str, finding: str, title: str, caption: str) -> dict[str, Any]:
    """Draw the pool by score, made by ``draws.charts.pool_charts.pool_chart``; ``name`` is unique on the page."""
    return {"chart": chart, "name": name, "finding": finding, "title": title, "caption": caption}


@register.inclusion_tag("components/cutoff_chart.html")
def cutoff_chart(chart: Any, name: str, finding: str, title: str, caption: str) -> dict[str, Any]:
    """Draw cut-offs over time, made by ``draws.charts.cutoff_charts``; ``name`` is unique on the page."""
    rounds: Sequence[Any] = sorted(
        ((held, kind) for kind in chart.series for held in kind.rounds), key=lambda pair: pair[0].day
    )
    return {
        "chart": chart,
        "rounds": rounds,
        "name": name,
        "finding": finding,
        "title": title,
        "caption": caption,
    }
