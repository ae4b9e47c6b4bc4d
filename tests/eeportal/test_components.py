"""The components: what they show, and that no language or optional value breaks them."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from draws.charts.cutoff_charts import Cutoff, Series, cutoff_chart
from draws.charts.pool_charts import ScoreBand, pool_chart

AT = datetime(2027, 5, 10, 14, 2, 16, tzinfo=UTC)
BANDS = [ScoreBand(0, 300, 1000), ScoreBand(301, 400, 2000), ScoreBand(401, 1200, 500)]


def draw(source: str, **context: Any) -> str:
    drawn = Template("{% load portal components %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", drawn)


def test_a_status_has_a_shape_and_a_word() -> None:
    drawn = draw('{% status "attention" "Needs attention" %}')
    assert "<svg" in drawn
    assert "Needs attention" in drawn


def test_a_task_may_have_no_address_and_no_note() -> None:
    drawn = draw(
        "{% task_list tasks %}",
        tasks=[{"title": "Check and sign", "kind": "wait", "word": "Cannot start yet"}],
    )
    assert "<a " not in drawn
    assert "Check and sign" in drawn


def test_a_link_to_change_an_answer_says_which() -> None:
    drawn = draw(
        "{% summary_list rows %}",
        rows=[{"label": "Date of birth", "value": "17 May 1994", "change_url": "/x"}],
    )
    assert 'Change<span class="visually-hidden"> Date of birth</span>' in drawn


def test_a_copied_reference_code_is_bare() -> None:
    drawn = draw("{% reference_code code at 60 %}", code="JM1234567890", at=AT)
    code = re.search(r'<p class="code">(.*?)</p>', drawn)
    assert code is not None
    assert re.sub(r"<[^>]+>", "", code[1]) == "JM1234567890"


def test_the_strip_has_a_tick_for_each_day() -> None:
    drawn = draw("{% day_strip 41 60 %}")
    spent, left = re.findall(r'd="([^"]*)"', drawn)
    assert (spent.count("M"), left.count("M")) == (19, 41)


def test_a_deadline_names_the_instant_and_the_days_left() -> None:
    drawn = draw('{% deadline "Apply or decline by" at 41 60 %}', at=AT)
    assert "10 May 2027, 14:02:16 UTC" in drawn
    assert "41 of 60 days left" in drawn


def test_a_refusal_shows_answer_rule_and_what_would_change_it() -> None:
    reason = {"title": "Too little work", "answer": "None.", "rule": "One year.", "change": "A year of work."}
    program = {
        "eligible": False,
        "title": "CEC: not eligible",
        "sentence": "One is not met.",
        "reasons": [reason],
    }
    drawn = draw("{% verdict program %}", program=program)
    assert all(reason[part] in drawn for part in reason)


def test_every_line_of_points_opens_to_its_source() -> None:
    line = {"title": "Age", "points": 110, "most": 110, "sentences": ["You are 29."], "source": "Section 9."}
    drawn = draw(
        "{% points section 1 %}", section={"title": "Core", "points": 110, "most": 500, "lines": [line]}
    )
    assert re.search(r"<details class=\"line\">.*You are 29\..*Section 9\.", drawn)


def test_a_line_that_can_earn_nothing_has_no_bar() -> None:
    line = {"title": "Arranged employment", "points": 0, "most": 0, "sentences": [], "source": "Section 29."}
    drawn = draw(
        "{% points section 1 %}", section={"title": "Additional", "points": 0, "most": 600, "lines": [line]}
    )
    assert "line--zero" in drawn
    assert "line__bar" not in drawn


def test_pages_keep_what_the_address_asks_for() -> None:
    request = RequestFactory().get("/rounds/?year=2026&page=2")
    drawn = draw('{% pagination page "Pages" %}', request=request, page=Paginator(range(100), 20).page(2))
    assert 'href="?year=2026&amp;page=3"' in drawn
    assert 'aria-current="page">2<' in drawn
    assert "21 to 40 of 100" in drawn


def test_the_pool_is_drawn_wide_and_narrow_with_its_figures_in_a_table() -> None:
    drawn = draw(
        '{% pool_chart chart "pool" "You are behind 50." "The pool" "Each bar is a band." %}',
        chart=pool_chart(BANDS, you=350, rank=51, cutoff=None),
    )
    assert drawn.count('role="img"') == 2
    assert drawn.count("<desc") == 2
    assert "50 ahead of you" in drawn
    assert '<td class="n">2,000</td>' in drawn


def test_what_a_round_would_take_is_named() -> None:
    chart = pool_chart(BANDS, cutoff=350, invites=True)
    drawn = draw('{% pool_chart chart "pool" "Finding." "The pool" "Caption." %}', chart=chart)
    assert "Cut-off 350" in drawn
    assert "Invited →" in drawn


def test_it_is_not_named_where_its_word_would_stand_outside_the_picture() -> None:
    chart = pool_chart(BANDS, cutoff=401, invites=True)
    drawn = draw('{% pool_chart chart "pool" "Finding." "The pool" "Caption." %}', chart=chart)
    assert "Cut-off 401" in drawn
    assert "Invited →" not in drawn


def test_no_drawing_has_a_comma_between_its_numbers_in_french() -> None:
    series = [Series("Métiers", "other", [Cutoff(date(2026, 3, 4), 476), Cutoff(date(2026, 5, 6), 470)])]
    chart = cutoff_chart(series, first=date(2026, 1, 1), last=date(2026, 10, 14))
    with override("fr"):
        drawn = draw('{% cutoff_chart chart "cut" "Constat." "Rondes" "Chaque marque." %}', chart=chart)
    geometry = re.findall(r'\s(?:x|y|cx|cy|d|width|height|viewBox)="([^"]*)"', drawn)
    assert geometry
    assert not any("," in numbers for numbers in geometry)


def test_the_cut_offs_are_also_a_table() -> None:
    series = [Series("Trades", "other", [Cutoff(date(2026, 10, 1), 476)])]
    chart = cutoff_chart(series, first=date(2026, 1, 1), last=date(2026, 10, 14))
    drawn = draw('{% cutoff_chart chart "cut" "Finding." "Rounds" "Caption." %}', chart=chart)
    assert re.search(r"1 Oct 2026</time></th>\s*<td>Trades</td>\s*<td class=\"n\">476</td>", drawn)
