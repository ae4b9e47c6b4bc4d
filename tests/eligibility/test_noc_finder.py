"""The NOC finder: titles, codes of today and before, and the titles that an installation loads."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from eligibility.models import NocTitle
from eligibility.noc_finder import answer_to, occupation_of
from eligibility.occupations import search
from rules.occupations import noc2016, noc2021
from tests.factories import AT

pytestmark = pytest.mark.django_db


def load(folder: Path, *lines: str, name: str = "titles_en.csv") -> str:
    file = folder / name
    file.write_text("\n".join(["code,title", *lines]) + "\n", encoding="utf-8")
    said = StringIO()
    call_command("load_noc_titles", file, stdout=said)
    return said.getvalue()


def test_an_old_code_leads_to_all_its_new_ones() -> None:
    answer = answer_to("2173")
    assert (answer.old, answer.old_title) == ("2173", "Software engineers and designers")
    assert [found.code for found in answer.found] == ["21211", "21231"]
    assert answer.old_skill_type is not None
    assert answer.old_skill_type.letter == "A"


@pytest.mark.parametrize(
    ("typed", "teers"),
    [("A", (1,)), ("b", (2, 3)), ("skill type 0", (0,)), ("NOC C", (4, 5, 3)), ("genre D", (5,))],
)
def test_a_skill_type_leads_to_its_teers(typed: str, teers: tuple[int, ...]) -> None:
    answer = answer_to(typed)
    assert answer.skill_type is not None
    assert answer.skill_type.teers == teers


def test_every_old_code_leads_somewhere_and_every_new_one_comes_from_somewhere() -> None:
    assert len(noc2016) == 500
    assert {code for group in noc2016.values() for code in group.codes} == set(noc2021)


def test_loaded_titles_are_searched_and_say_by_which_title(tmp_path: Path) -> None:
    assert "2 titles" in load(tmp_path, "65201,Barista", "65201,Sandwich maker")
    (found,) = search("barista")
    assert (found.code, found.matched, found.skilled) == ("65201", "Barista", False)


def test_titles_loaded_again_replace_those_of_their_language_only(tmp_path: Path) -> None:
    load(tmp_path, "65201,Barista")
    load(tmp_path, "65201,Préposé/préposée aux zarzuelas", name="titles_fr.csv")
    load(tmp_path, "63200,Short-order cook")
    assert "65201" not in [found.code for found in search("barista")]
    assert search("short order cook")[0].matched == "Short-order cook"
    with override("fr"):
        assert search("prepose zarzuela")[0].code == "65201"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("99999,Nobody", "line 3: '99999' is not a code of NOC 2021"),
        ("65201", "line 3: there must be two columns"),
        ("65201,", "line 3: a title has 1 to 200 characters"),
        ("65201," + "x" * 201, "line 3: a title has 1 to 200 characters"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_lost(tmp_path: Path, line: str, said: str) -> None:
    load(tmp_path, "65201,Barista")
    with pytest.raises(CommandError, match=said):
        load(tmp_path, "63200,Cook", line)
    assert [title.title for title in NocTitle.objects.all()] == ["Barista"]


def test_a_file_that_is_not_there_or_not_utf8_or_has_no_language_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_noc_titles", tmp_path / "none_en.csv")
    with pytest.raises(CommandError, match="--language"):
        load(tmp_path, "65201,Barista", name="titles.csv")
    (tmp_path / "odd_fr.csv").write_bytes(b"code,title\n65201,\xe9t\xe9\n")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("load_noc_titles", tmp_path / "odd_fr.csv")


def test_an_occupation_shows_its_categories_of_the_day_and_its_old_codes() -> None:
    shown = occupation_of("31301", AT.date())
    assert [str(name) for name in shown.categories] == ["Health care and social services"]
    assert "3012" in [code for code, _title in shown.old_codes]


@pytest.mark.parametrize("typed", ["", "nurse", "2173", "B", "xyzzy", "<script>", "\x00", "é" * 300])
def test_the_page_and_its_json_answer_whatever_is_typed(client: Client, typed: str) -> None:
    page = client.get(reverse("tools:noc"), {"q": typed})
    document = client.get(reverse("tools:noc"), {"q": typed, "format": "json"})
    assert page.status_code == document.status_code == 200
    assert "<script>" not in page.content.decode()
    assert document.json()["typed"] == typed.replace("\x00", "")[:80]


def test_an_occupation_has_a_page_and_json_and_an_unknown_one_has_none(client: Client) -> None:
    address = reverse("tools:occupation", args=["72200"])
    assert "Electricians" in client.get(address).content.decode()
    document = client.get(address, {"format": "json"}).json()
    assert (document["teer"], document["counts_for_express_entry"], document["skilled_trade"]) == (
        2,
        True,
        True,
    )
    assert client.get(reverse("tools:occupation", args=["99999"])).status_code == 404
