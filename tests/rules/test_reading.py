"""One line of text becomes a document, or an error that says what is wrong with the line."""

import json

import pytest

from rules import facts
from rules.facts import ProfileError
from rules.reading import load
from tests.rules.profiles import AMARA


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "empty_line"),
        (b" \t ", "empty_line"),
        (b"{", "not_json"),
        (b"{'a': 1}", "not_json"),
        (b'{"a": 1} {"b": 2}', "not_json"),
        (b"\xff\xfe", "not_utf8"),
        (b'{"a": "\xc3("}', "not_utf8"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "too_deep"),
        (b'{"a": 1, "a": 1}', "repeated_key"),
    ],
)
def test_a_line_that_is_no_document_is_refused(line: bytes, code: str) -> None:
    with pytest.raises(ProfileError) as refused:
        load(line)
    assert refused.value.code == code
    assert refused.value.message


def test_a_repeated_key_is_named_with_its_place() -> None:
    with pytest.raises(ProfileError) as refused:
        load(b'{"spouse": {"work": [{"noc": "1"}, {"noc": "1", "noc": "2"}]}}')
    assert refused.value.path == "spouse.work[1].noc"


def test_a_colon_inside_a_text_is_no_key() -> None:
    assert load(b'{"a": "b: c, \\"d\\": e"}') == {"a": 'b: c, "d": e'}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert load(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "9" * 5000, "9" * 20])
def test_a_number_without_measure_is_refused_where_it_stands(number: str) -> None:
    line = json.dumps({**AMARA, "settlement_funds_cad": 12345}).replace("12345", number)
    with pytest.raises(ProfileError) as refused:
        facts.parse(load(line.encode()))
    assert refused.value.path == "settlement_funds_cad"


def test_an_error_after_a_huge_number_is_still_an_error() -> None:
    with pytest.raises(ProfileError) as refused:
        load(b'{"a": ' + b"9" * 5000 + b", b}")
    assert refused.value.code == "not_json"
