"""Every figure has its days and its source, and a folder that is not in order is refused."""

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from rules import parameters
from rules.assessment import assess
from rules.facts import parse
from rules.occupations import countries, noc2021
from rules.offers import trades
from rules.parameters import BOOK, FOLDER, SYSTEM_BEGAN, ParameterError
from rules.records import LAST_AS_OF
from tests.rules.profiles import examples

DAY = timedelta(days=1)
ROWS = [row for parameter in BOOK.values() for row in parameter.rows]

SOUND = """
a.b:
  source: A law
  values:
    - {first_day: 2015-01-01, last_day: 2015-12-31, value: 1}
    - {first_day: 2016-01-01, value: 2}
"""


def load(folder: Path, text: str) -> parameters.Book:
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    return parameters.load(folder)


def test_a_sound_file_is_loaded(tmp_path: Path) -> None:
    book = load(tmp_path, SOUND)
    assert [book.on(date(year, 6, 1)).value("a.b") for year in (2015, 2016, 2026)] == [1, 2, 2]


def test_a_value_holds_from_its_first_day_and_the_former_to_the_day_before(tmp_path: Path) -> None:
    book = load(tmp_path, SOUND)
    assert book.on(date(2015, 12, 31)).value("a.b") == 1
    assert book.on(date(2016, 1, 1)).value("a.b") == 2


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("last_day: 2015-12-31", "last_day: 2015-12-30", "gap"),
        ("last_day: 2015-12-31", "last_day: 2016-01-01", "overlap"),
        ("last_day: 2015-12-31, ", "", "overlap"),
        ("first_day: 2015-01-01", "first_day: 2015-01-02", "gap"),
        ("2016-01-01, value: 2", "2016-01-01, last_day: 2020-01-01, value: 2", "nothing holds after"),
        ("  source: A law\n", "", "without a source"),
        ("source: A law", 'source: " "', "without a source"),
        ("value: 2", "note: none", "no value"),
        ("first_day: 2016-01-01", "first_day: soon", "no date"),
        ("last_day: 2015-12-31", "last_day: 2014-12-31", "no date from"),
        ("value: 2", "values: 2", "unknown keys"),
        ("  values:", "  rows:", "unknown keys"),
        ("value: 2}", "value: 2, value: 3}", "said twice"),
        ("a.b:", "- a.b", "cannot be read"),
        ("a.b:\n", "a.b: {source: A law, values: []}\nc:\n", "at least one row"),
        ("  source: A law\n", "  source: A law\n  values: 3\n  values:\n", "cannot be read"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_with_its_name(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND
    with pytest.raises(ParameterError, match=complaint) as refusal:
        load(tmp_path, broken)
    assert "some.yaml" in str(refusal.value)


def test_the_same_parameter_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "first.yaml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(ParameterError, match="already said in another file"):
        load(tmp_path, SOUND)


def test_a_list_in_place_of_parameters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="must map names"):
        load(tmp_path, "- 1\n")


def test_a_day_before_the_first_row_has_no_value() -> None:
    with pytest.raises(LookupError, match="no value before"):
        BOOK["crs.core.age"].on(SYSTEM_BEGAN - timedelta(days=1))


@pytest.mark.parametrize("name", BOOK)
def test_each_value_holds_from_its_first_day_and_not_the_day_before(name: str) -> None:
    """The eve of each row's first day, the day itself, and the day after, as code looks a parameter up."""
    rows = BOOK[name].rows
    for former, row in pairwise(rows):
        assert parameters.on(row.first_day - DAY)[name] is former
        assert former.last_day == row.first_day - DAY
    for row in rows:
        first = max(row.first_day, SYSTEM_BEGAN)
        assert [parameters.on(day)[name] for day in (first, first + DAY)] == [row, row]
        assert parameters.on(row.last_day or LAST_AS_OF)[name] is row


def test_every_row_names_its_source_and_its_first_day() -> None:
    assert all(row.source and row.first_day <= date(2026, 12, 31) for row in ROWS)
    assert len(ROWS) > 80


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "parameters"))
    assert parameters.load(folder).version == parameters.VERSION
    with (folder / "countries.csv").open("a", encoding="utf-8") as lines:
        lines.write("XX,X,X\n")
    assert parameters.load(folder).version != parameters.VERSION


def test_a_later_dated_value_changes_no_past_score(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "parameters"))
    path = folder / "crs.yaml"
    text = path.read_text(encoding="utf-8")
    old = "- {first_day: 2015-01-01, value: 100}"
    new = "- {first_day: 2015-01-01, last_day: 2027-12-31, value: 100}\n    - {first_day: 2028-01-01, value: 10}"
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = parameters.load(folder)
    for example in examples():
        profile = parse(example["profile"])
        past, future = assess(profile, book=later), assess(profile, date(2028, 1, 1), book=later)
        assert past.to_json()["crs"] == example["expected"]["crs"]
        assert future.sections["transferability"] <= 10


def test_there_are_516_unit_groups_and_249_countries() -> None:
    assert (len(noc2021), len(countries)) == (516, 249)
    assert sum(occupation.teer <= 3 for occupation in noc2021.values()) == 376


def test_the_second_digit_of_a_code_is_its_teer() -> None:
    assert all(int(code[1]) == occupation.teer for code, occupation in noc2021.items())


def test_the_prefixes_of_the_regulations_give_the_96_listed_trades() -> None:
    listed = {code for code, occupation in noc2021.items() if occupation.trade}
    assert trades(parameters.on(date(2026, 3, 1))) == listed
    assert len(listed) == 96


def test_every_code_of_a_category_is_a_unit_group() -> None:
    for row in BOOK["categories.set"].rows:
        for category in row.value["categories"]:
            assert set(category.get("occupations", ())) <= noc2021.keys()


@pytest.mark.parametrize(("name", "codes"), [("2023", 82), ("2025", 79), ("2026", 94)])
def test_the_sets_of_categories_hold_as_many_codes_as_published(name: str, codes: int) -> None:
    (row,) = (row for row in BOOK["categories.set"].rows if row.value["name"] == name)
    assert sum(len(category.get("occupations", ())) for category in row.value["categories"]) == codes
