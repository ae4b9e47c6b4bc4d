"""The published rounds and pictures of the pool, as the product reads them."""

import csv
from collections.abc import MutableMapping
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from draws.charts.bands import BANDS
from draws.public import history


def published(number: str) -> history.PublishedRound:
    found = history.published_round(number)
    assert found is not None
    return found


def changed(tmp_path: Path, name: str, line: int, **cells: str) -> Path:
    """Return a copy of a data file in which one row has other cells."""
    with (history.DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[line - 2].update(cells)
    copy = tmp_path / name
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return copy


def test_there_are_448_rounds_because_91_was_published_as_91a_and_91b() -> None:
    rounds = history.published_rounds()
    assert len(rounds) == 448
    assert {held.number for held in rounds} >= {"91a", "91b"}
    assert history.published_round("91") is None


def test_the_first_round_invited_779_candidates_at_886() -> None:
    first = history.published_rounds()[0]
    assert (first.number, first.day, first.kind) == ("1", date(2015, 1, 31), "general")
    assert (first.invitations, first.cutoff, first.tie_break_at) == (779, 886, None)
    assert first.programs == ("CEC", "FSW", "FST", "PNP")


def test_round_176_was_the_largest_and_the_lowest_of_the_canadian_experience_class() -> None:
    largest = max(history.published_rounds(), key=lambda held: held.invitations)
    assert (largest.number, largest.invitations, largest.cutoff, largest.kind) == ("176", 27332, 75, "cec")
    assert largest.tie_break_at == datetime(2020, 9, 12, 15, 31, 40, tzinfo=UTC)


def test_the_last_round_is_447_with_the_pool_of_27_september_2026() -> None:
    last = history.published_rounds()[-1]
    assert (last.number, last.kind, last.invitations, last.cutoff) == ("447", "trades", 3500, 476)
    assert last.distribution is not None
    assert last.distribution.as_of == date(2026, 9, 27)
    assert last.distribution.total == sum(last.distribution.counts) == 229_904
    assert last.distribution.counts[0] == 728
    assert history.last_number() == 447


def test_round_208_has_the_number_that_the_news_of_the_day_gave() -> None:
    assert published("208").invitations == 888


def test_the_invitations_of_a_year_add_up_to_the_published_total() -> None:
    totals = {2015: 31_063, 2017: 86_023, 2020: 107_350, 2023: 110_266, 2025: 113_998, 2026: 135_215}
    for year, total in totals.items():
        assert sum(held.invitations for held in history.published_rounds() if held.day.year == year) == total


def test_names_are_known_in_english_and_french() -> None:
    french = published("437")
    assert french.name_en == "French-Language proficiency 2026-Version 2"
    assert french.name_fr == "Compétence linguistique en français 2026-Version 2"
    assert [held.number for held in history.published_rounds() if not held.name_fr] == ["434"]


def test_the_military_category_has_the_code_that_the_rules_use() -> None:
    assert published("430").kind == "skilled_military"


def test_distributions_have_one_figure_for_each_band() -> None:
    distributions = history.published_distributions()
    assert len(distributions) == 225
    assert all(len(distribution.counts) == len(BANDS) for distribution in distributions.values())


def test_one_distribution_differs_from_its_sum_as_published() -> None:
    odd = [row for row in history.published_distributions().values() if sum(row.counts) != row.total]
    assert [row.round_number for row in odd] == ["247"]


def test_a_round_before_2022_has_no_distribution() -> None:
    assert published("100").distribution is None


def test_nothing_read_can_be_changed() -> None:
    change = {"cutoff": 1}
    with pytest.raises(FrozenInstanceError):
        published("447").__setattr__(*change.popitem())
    assert not isinstance(history.published_distributions(), MutableMapping)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"number": "five"}, "not the number of a round"),
        ({"date": "2015-02-30"}, "day"),
        ({"round_type": "lottery"}, "lottery"),
        ({"category_code": "french"}, "a category goes with a category round only"),
        ({"invitations": "0"}, "0 is not between 1"),
        ({"invitations": "1,000"}, "invalid literal"),
        ({"crs_cutoff": "1201"}, "1201 is not between 0 and 1200"),
        ({"round_time_utc": "2015-03-27T11:59:48"}, "does not name UTC"),
        ({"programs": "FSW, XYZ"}, "unknown program"),
        ({"name_en": ""}, "English name"),
    ],
)
def test_a_wrong_cell_is_told_with_file_and_line(
    tmp_path: Path, cells: dict[str, str], complaint: str
) -> None:
    wrong = changed(tmp_path, "rounds.csv", 6, **cells)
    with pytest.raises(history.HistoryError, match=f"rounds.csv, line 6: .*{complaint}"):
        history.read_rounds(wrong, {})


@pytest.mark.parametrize("cells", [{"number": "3"}, {"number": "4"}, {"date": "2015-01-31"}])
def test_a_round_out_of_order_is_refused(tmp_path: Path, cells: dict[str, str]) -> None:
    wrong = changed(tmp_path, "rounds.csv", 6, **cells)
    with pytest.raises(history.HistoryError, match="out of order"):
        history.read_rounds(wrong, {})


def test_a_distribution_whose_parts_do_not_make_its_total_is_refused(tmp_path: Path) -> None:
    wrong = changed(tmp_path, "pool_distributions.csv", 3, crs_601_1200="1")
    with pytest.raises(history.HistoryError, match="line 3: the parts make"):
        history.read_distributions(wrong)


def test_two_distributions_of_one_round_are_refused(tmp_path: Path) -> None:
    wrong = changed(tmp_path, "pool_distributions.csv", 3, round_number="214")
    with pytest.raises(history.HistoryError, match="two distributions"):
        history.read_distributions(wrong)


def test_a_distribution_of_an_unknown_round_is_refused(tmp_path: Path) -> None:
    wrong = changed(tmp_path, "pool_distributions.csv", 3, round_number="9999")
    with pytest.raises(history.HistoryError, match="unknown rounds: 9999"):
        history.read_rounds(history.DATA / "rounds.csv", history.read_distributions(wrong))
