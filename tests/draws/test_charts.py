"""The charts' geometry: bars start at zero, lines stand where the score is, no language puts commas in."""

from datetime import date

import pytest
from django.utils.translation import override

from draws.charts.cutoff_charts import Cutoff, Series, cutoff_chart, months_between
from draws.charts.pool_charts import ScoreBand, grid_step, pool_chart, ten_point_bands

BANDS = [ScoreBand(0, 300, 100), ScoreBand(301, 400, 200), ScoreBand(401, 500, 400), ScoreBand(501, 1200, 50)]


def test_the_pool_is_cut_into_bands_of_ten_with_open_ends() -> None:
    bands = ten_point_bands({0: 1, 300: 2, 301: 4, 310: 8, 600: 16, 601: 32, 1200: 64})
    assert [(band.low, band.high, band.count) for band in bands[:2]] == [(0, 300, 3), (301, 310, 12)]
    assert [(band.low, band.high, band.count) for band in bands[-2:]] == [(591, 600, 16), (601, 1200, 96)]


def test_bands_leave_nobody_out() -> None:
    assert sum(band.count for band in ten_point_bands(dict.fromkeys(range(1201), 1))) == 1201


def test_bars_are_as_high_as_their_counts() -> None:
    heights = [float(bar.height) for bar in pool_chart(BANDS).wide.bars]
    assert heights[2] == pytest.approx(2 * heights[1], abs=0.1)


def test_a_band_five_times_as_wide_has_bars_a_fifth_as_high() -> None:
    narrow, wide = pool_chart([ScoreBand(401, 410, 100), ScoreBand(411, 460, 100)]).wide.bars
    assert float(wide.height) == pytest.approx(float(narrow.height) / 5, abs=0.1)
    assert float(wide.width) > 4.9 * float(narrow.width)


def test_bars_stand_on_the_axis() -> None:
    drawing = pool_chart(BANDS).narrow
    assert all(
        float(bar.y) + float(bar.height) == pytest.approx(drawing.frame.base, abs=0.1) for bar in drawing.bars
    )


def test_only_the_own_bar_is_painted_as_own() -> None:
    assert [bar.paint for bar in pool_chart(BANDS, you=444).wide.bars] == ["quiet", "quiet", "you", "quiet"]


def test_a_cut_off_inside_a_band_splits_its_bar() -> None:
    bars = pool_chart(BANDS, cutoff=451, invites=True).wide.bars
    assert [bar.paint for bar in bars] == ["quiet", "quiet", "quiet", "act", "act"]
    assert float(bars[3].width) == pytest.approx(float(bars[2].width) / 2, abs=0.1)


def test_a_cut_off_to_compare_with_paints_nobody_as_invited() -> None:
    assert {bar.paint for bar in pool_chart(BANDS, cutoff=451).wide.bars} == {"quiet"}


@pytest.mark.parametrize(("cutoff", "fits"), [(310, False), (401, True), (700, False)])
def test_the_second_label_of_the_cut_off_is_left_out_where_it_would_run_into_the_first_or_off_the_picture(
    cutoff: int, fits: bool
) -> None:
    line = pool_chart(ten_point_bands({cutoff: 10}), cutoff=cutoff, invites=True).narrow.cutoff
    assert line
    assert line.room is fits


def test_ahead_and_behind_follow_from_the_rank() -> None:
    chart = pool_chart(BANDS, you=444, rank=51)
    assert (chart.ahead, chart.behind) == (50, 699)


def test_an_empty_pool_can_be_drawn() -> None:
    chart = pool_chart(ten_point_bands({}))
    assert {bar.height for bar in chart.wide.bars} == {"0"}


def test_labels_of_two_near_lines_stand_apart() -> None:
    drawing = pool_chart(ten_point_bands({444: 10}), you=444, cutoff=475).wide
    assert drawing.you is not None
    assert drawing.cutoff is not None
    assert drawing.you.anchor == "end"
    assert float(drawing.you.label_y) - float(drawing.cutoff.label_y) >= 20


def test_no_language_puts_a_comma_into_a_coordinate() -> None:
    with override("fr"):
        assert "," not in pool_chart(BANDS, you=444).wide.bars[1].x


@pytest.mark.parametrize(("highest", "step"), [(16465, 5000), (3, 1), (0, 1), (400, 100), (90_000, 50_000)])
def test_the_grid_has_few_round_lines(highest: int, step: int) -> None:
    assert grid_step(highest, lines=4) == step


def rounds(*scores: int) -> list[Cutoff]:
    return [Cutoff(date(2026, month, 1), score) for month, score in enumerate(scores, start=1)]


def test_a_series_without_a_round_is_left_out() -> None:
    chart = cutoff_chart(
        [Series("CEC", "act", rounds(500, 510)), Series("French", "ink", [])],
        first=date(2026, 1, 1),
        last=date(2026, 10, 14),
    )
    assert [series.name for series in chart.wide.series] == ["CEC"]


def test_a_higher_cut_off_stands_higher() -> None:
    chart = cutoff_chart(
        [Series("CEC", "act", rounds(500, 510))], first=date(2026, 1, 1), last=date(2026, 3, 1)
    )
    lower, higher = chart.wide.series[0].points
    assert float(higher.y) < float(lower.y)


def test_the_last_round_of_all_is_marked() -> None:
    chart = cutoff_chart(
        [Series("Other", "other", rounds(500, 510))], first=date(2026, 1, 1), last=date(2026, 3, 1)
    )
    assert [point.latest for point in chart.wide.series[0].points] == [False, True]


def test_a_mark_names_the_year_only_where_it_is_new() -> None:
    chart = cutoff_chart([Series("CEC", "act", rounds(500))], first=date(2025, 11, 1), last=date(2026, 4, 1))
    assert [month.names_year for month in chart.wide.months] == [True, False, True, False, False, False]


def test_years_without_a_round_can_be_drawn() -> None:
    chart = cutoff_chart([], first=date(2026, 1, 1), last=date(2026, 1, 1))
    assert chart.wide.series == []


def test_an_axis_of_many_years_is_marked_at_their_beginnings() -> None:
    months = months_between(lambda _day: 0.0, date(2015, 1, 31), date(2026, 10, 1))
    assert [month.first_day.month for month in months] == [1] * len(months)
    assert [month.first_day.year for month in months] == [2016, 2018, 2020, 2022, 2024, 2026]
    assert all(month.names_year for month in months)
