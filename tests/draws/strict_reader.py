"""A reader of IRCC's rounds files that takes nothing but the documented shape: docs/feeds.md, to the letter."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

TEXTS = (
    "drawNumber", "drawNumberURL", "drawDate", "drawDateFull", "drawName", "drawSize", "drawCRS", "mitext",
    "DrawText1", "drawText2", "drawDateTime", "drawCutOff", "drawDistributionAsOn",
)  # fmt: skip
BANDS = tuple(f"dd{place}" for place in range(1, 19))
THOUSANDS = {"en": ",", "fr": " "}
MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
    "fr": [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
}  # fmt: skip
DAY = {
    "en": r"(?P<month>\w+) (?P<day>\d{1,2}), (?P<year>\d{4})",
    "fr": r"(?P<day>1er|\d{1,2}) (?P<month>\w+) (?P<year>\d{4})",
}
TIME = {"en": r" at (?P<time>\d\d:\d\d:\d\d) UTC", "fr": r" à (?P<time>\d\d:\d\d:\d\d) UTC"}
LINK = re.compile(r"<a href='(?P<address>https?://[^'<> ]+)'>(?P<text>[^<>]+)</a>")


@dataclass(frozen=True)
class Read:
    """One round as it was read."""

    number: str
    day: date
    name: str
    size: int
    crs: int
    programs: str
    ran_at: datetime
    tie_break_at: datetime | None
    pool_day: date
    pool: tuple[int, ...]
    address: str
    instruction: str


def read(content: bytes, language: str) -> list[Read]:
    """Return the rounds in the file's order. Raises ``AssertionError`` for whatever is not as documented."""
    document = json.loads(content.decode("ascii"))
    assert list(document)[:2] == ["classes", "rounds"]
    assert document["classes"] == "wb-tables"
    return [_round(record, language) for record in document["rounds"]]


def _round(record: dict[str, str], language: str) -> Read:
    assert tuple(record) == TEXTS + BANDS
    assert all(type(value) is str for value in record.values())
    day = date.fromisoformat(record["drawDate"])
    assert _day(record["drawDateFull"], language) == day
    address, text = _link(record["drawNumberURL"])
    assert text == record["drawNumber"]
    assert _link(record["mitext"])[0] == address
    assert _link(record["mitext"])[1].endswith(text)
    pool = tuple(_number(record[band], language) for band in BANDS)
    assert record["drawNumber"] == "247" or _adds_up(pool)
    return Read(
        number=record["drawNumber"],
        day=day,
        name=record["drawName"],
        size=_number(record["drawSize"], language),
        crs=_score(record["drawCRS"]),
        programs=record["drawText2"],
        ran_at=_instant(record["drawDateTime"], language),
        tie_break_at=_instant(record["drawCutOff"], language) if record["drawCutOff"] else None,
        pool_day=_day(record["drawDistributionAsOn"], language),
        pool=pool,
        address=address,
        instruction=_link(record["DrawText1"])[0],
    )


def _adds_up(pool: tuple[int, ...]) -> bool:
    """dd3 is dd4 to dd8, dd9 is dd10 to dd14, and dd18 is all but those parts."""
    dd = (0, *pool)
    parts = [dd[3] == sum(dd[4:9]), dd[9] == sum(dd[10:15])]
    return all(parts) and dd[18] == dd[1] + dd[2] + dd[3] + dd[9] + dd[15] + dd[16] + dd[17]


def _number(text: str, language: str) -> int:
    mark = THOUSANDS[language]
    assert re.fullmatch(rf"\d{{1,3}}({mark}\d{{3}})*", text), text
    return int(text.replace(mark, ""))


def _score(text: str) -> int:
    assert re.fullmatch(r"\d{1,4}", text), text
    return int(text)


def _day(text: str, language: str) -> date:
    return _matched(re.fullmatch(DAY[language], text), text, language).date()


def _instant(text: str, language: str) -> datetime:
    return _matched(re.fullmatch(DAY[language] + TIME[language], text), text, language)


def _matched(found: re.Match[str] | None, text: str, language: str) -> datetime:
    assert found, text
    parts = found.groupdict()
    month = MONTHS[language].index(parts["month"]) + 1
    day = date(int(parts["year"]), month, int(parts["day"].removesuffix("er")))
    return datetime.combine(day, time.fromisoformat(parts.get("time", "00:00:00")), UTC)


def _link(text: str) -> tuple[str, str]:
    found = LINK.fullmatch(text)
    assert found, text
    return found["address"], found["text"]
