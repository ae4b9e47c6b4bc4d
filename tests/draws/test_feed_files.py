"""The rounds as files for other programs: caches, other sites' scripts, the CSV and the web feed."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as told
from django.test import Client
from django.utils.http import http_date, parse_http_date

from draws.feed import table
from draws.feed.public_rounds import public_rounds
from tests import factories
from tests.conftest import INSTANT
from tests.draws.corrections import corrected
from tests.factories import AT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
FILES = [
    "/feeds/ee_rounds_123_en.json",
    "/feeds/ee_rounds_123_fr.json",
    "/feeds/simulated/ee_rounds_123_en.json",
    "/feeds/simulated/ee_rounds_123_fr.json",
    "/feeds/rounds.csv",
    "/feeds/rounds-en.atom",
    "/feeds/rounds-fr.atom",
]
ALL = pytest.mark.parametrize("path", FILES)
ATOM = "{http://www.w3.org/2005/Atom}"
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@ALL
def test_a_file_may_be_kept_by_caches_and_read_by_scripts_of_other_sites(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "public, max-age=60"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Vary" not in headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_no_page_of_the_portal_may_be_read_by_scripts_of_other_sites(client: Client) -> None:
    for path in ("/en/", "/en/rounds/", "/en/account/login/", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_a_file_is_in_its_own_languages_whatever_the_reader_asks_for(client: Client) -> None:
    told = {
        path: client.get(path, headers={"accept-language": "fr"}).headers["Content-Language"]
        for path in FILES
    }
    assert list(told.values()) == ["en", "fr", "en", "fr", "en, fr", "en", "fr"]


@ALL
def test_whoever_is_signed_in_gets_the_same_file_and_no_session(client: Client, path: str) -> None:
    nobodys = client.get(path)
    client.force_login(factories.account(AMARA))
    answer = client.get(path)
    assert answer.content == nobodys.content
    assert answer.headers["Cache-Control"] == nobodys.headers["Cache-Control"]
    assert not answer.cookies


@ALL
def test_a_readers_copy_that_still_holds_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    conditions = [{"if-none-match": first.headers["ETag"]}]
    if "simulated" not in path:  # an empty file never changed
        conditions.append({"if-modified-since": first.headers["Last-Modified"]})
    for condition in conditions:
        again = client.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "public, max-age=60"


@ALL
def test_a_new_round_is_seen_at_once(client: Client, path: str) -> None:
    before = client.get(path)
    factories.profile(AMARA)
    factories.published_round(number=448)
    for condition in (
        {"if-none-match": before.headers["ETag"]},
        {"if-modified-since": http_date((INSTANT - DAY).timestamp())},
    ):
        answer = client.get(path, headers=condition)
        assert answer.status_code == 200
        assert answer.content != before.content


def test_the_last_change_is_when_the_round_was_published_in_real_time(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    factories.published_round(number=448)
    set_clock(INSTANT + DAY)
    assert changed(client) == INSTANT.replace(microsecond=0)


def test_the_last_change_is_when_the_portals_clock_was_moved_over_rounds_of_ircc(
    client: Client, move_clock: Callable[[datetime], None]
) -> None:
    move_clock(LATER)
    assert changed(client) == INSTANT.replace(microsecond=0)


def test_else_it_is_the_day_of_the_latest_round(client: Client) -> None:
    assert changed(client) == datetime(2026, 9, 16, tzinfo=UTC)


def changed(client: Client) -> datetime:
    """When the file changed last, which is never in the future for whoever asks."""
    stamp = parse_http_date(client.get(FILES[0]).headers["Last-Modified"])
    return datetime.fromtimestamp(stamp, UTC)


@ALL
def test_a_file_is_only_read(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["/feeds/", "/feeds/ee_rounds_123_de.json", "/feeds/rounds-en.json", "/en/feeds/rounds.csv"]
)
def test_another_name_is_a_missing_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_links_in_the_files_begin_with_the_portals_public_address(client: Client, settings: Any) -> None:
    before = client.get(FILES[0]).content
    settings.EEPORTAL_BASE_URL = "https://rounds.example"
    for path in FILES:
        assert b"localhost" not in client.get(path).content
    assert b"https://rounds.example/en/rounds/published/444/" in client.get(FILES[0]).content
    assert before != client.get(FILES[0]).content


def test_a_corrected_round_stays_and_the_files_say_how_many_invitations_were_withdrawn(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    factories.profile(AMARA)
    held = factories.published_round(number=448)
    before = client.get(FILES[0]).json()["rounds"][0]
    set_clock(INSTANT + DAY)
    corrected(held, at=INSTANT + DAY)
    row = rows(client)[0]
    assert (row["number"], row["invitations"], row["withdrawn"]) == ("448", "1", "1")
    entry = feed_of(client).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}summary", "").endswith(
        "The round was corrected: 1 invitation was withdrawn."
    )
    assert entry.findtext(f"{ATOM}updated") == "2026-09-25T09:12:40+00:00"
    assert client.get(FILES[0]).json()["rounds"][0] == before
    assert changed(client) == (INSTANT + DAY).replace(microsecond=0)


# The CSV -----------------------------------------------------------------------------------------------


def rows(client: Client) -> list[dict[str, str]]:
    response = client.get("/feeds/rounds.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_csv_has_a_row_a_round_and_its_documented_columns(client: Client) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448)
    found = rows(client)
    assert [row["number"] for row in found] == [held.number for held in public_rounds(AT.date())]
    assert tuple(found[0]) == table.COLUMNS
    assert [row["number"] for row in found if row["held_by"] == "simulator"] == ["448"]


def test_the_csv_tells_of_a_round_what_is_known(client: Client) -> None:
    row = next(row for row in rows(client) if row["number"] == "434")
    assert {name: row[name] for name in table.COLUMNS[:15]} == {
        "number": "434",
        "held_by": "IRCC",
        "date": "2026-08-07",
        "kind": "transport",
        "name_en": "Transport Occupations, 2026-Version 2",
        "name_fr": row["name_fr"],
        "programs": "FSW CEC FST",
        "invitations": "300",
        "withdrawn": "",
        "crs_cutoff": "470",
        "tie_break_utc": "2025-10-11T14:55:49Z",
        "round_time_utc": "2026-08-07T10:08:20Z",
        "pool_as_of": "2026-08-03",
        "pool_601_1200": "500",
        "pool_501_600": "19705",
    }
    assert row["pool_total"] == "229100"


def test_what_is_not_known_is_an_empty_cell(client: Client) -> None:
    row = rows(client)[-1]
    assert row["number"] == "1"
    assert {row[name] for name in ("tie_break_utc", "pool_as_of", "pool_601_1200", "pool_total")} == {""}


# The web feed ------------------------------------------------------------------------------------------


def feed_of(client: Client, language: str = "en") -> ET.Element:
    response = client.get(f"/feeds/rounds-{language}.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["Content-Language"] == language
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(["end"])
    parser.feed(response.content)
    events: list[Any] = list(parser.read_events())
    return cast("ET.Element", events[-1][1])


def entries(client: Client, language: str = "en") -> dict[str, str]:
    """The ids of the entries by their titles."""
    return {
        entry.findtext(f"{ATOM}title", ""): entry.findtext(f"{ATOM}id", "")
        for entry in feed_of(client, language).findall(f"{ATOM}entry")
    }


def test_the_web_feed_says_in_its_subtitle_that_it_is_a_simulation(client: Client) -> None:
    assert "not a Government of Canada service" in feed_of(client).findtext(f"{ATOM}subtitle", "")


def test_the_web_feed_has_the_latest_50_rounds(client: Client) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448)
    found = list(entries(client))
    assert len(found) == 50
    assert found[0] == "Round 448: General"
    assert found[1] == "Round 444: Senior managers with Canadian Work Experience, 2026-Version 1"


def test_an_entry_keeps_its_id_when_the_portal_moves_and_new_rounds_come(
    client: Client, settings: Any
) -> None:
    before = entries(client)
    settings.EEPORTAL_BASE_URL = "https://rounds.example"
    factories.published_round(number=448)
    after = entries(client)
    assert set(before.values()) - set(after.values()) == {list(before.values())[-1]}
    assert all(after[title] == id_ for title, id_ in before.items() if title in after)


def test_every_id_is_a_uuid_and_there_once_in_both_languages(client: Client) -> None:
    ids = [*entries(client).values(), *entries(client, "fr").values()]
    assert len(set(ids)) == len(ids) == 100
    assert all(id_.startswith("urn:uuid:") for id_ in ids)


def test_an_entry_says_who_held_the_round_and_what_came_of_it(client: Client) -> None:
    factories.profile(AMARA)
    held = factories.published_round(number=448)
    first, second = feed_of(client).findall(f"{ATOM}entry")[:2]
    assert first.findtext(f"{ATOM}summary") == (
        "Held in this simulator on September 24, 2026 at 09:12:40 UTC. "
        f"1 invitation was issued; the lowest score invited was {held.cutoff}."
    )
    assert "Published by IRCC" in second.findtext(f"{ATOM}summary", "")
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == f"{told.EEPORTAL_BASE_URL}/en/rounds/448/"


def test_a_round_that_found_nobody_says_so_in_the_web_feed(client: Client) -> None:
    factories.published_round(number=448)
    entry = feed_of(client).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}summary", "").endswith("Nobody was eligible.")
