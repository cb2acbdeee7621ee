"""Lines of JSON: each can be written in one way only, and is read only so."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.store.exchange.fact_lines import (
    FORMAT,
    MARK,
    ExportHead,
    fact_line,
    head_line,
    read_fact,
    read_head,
)

HEAD = ExportHead("whole", 6, "", {"command": 2}, "0" * 64, {"command": 2})
#: What columns hold; no text that can be stored has half of a pair.
VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"]))
ROWS = st.dictionaries(st.text("abc_", min_size=1), VALUES)


@given(ROWS)
def test_what_is_written_is_read_to_the_letter(row: dict[str, Any]) -> None:
    line = fact_line("task", [*row], [*row.values()])
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert read_fact(line) == ("task", row)


def test_text_stays_as_it_is() -> None:
    texts = ["Kế hoạch", "Ke\u0302\u0301 hoa\u0323ch", "\u2028 \x7f\x00", '"\\/', "𝒳"]
    line = fact_line("x", ["a"], [texts[0]])
    assert line.decode() == '{"type":"x","a":"Kế hoạch"}\n'
    for text in texts:
        assert read_fact(fact_line("x", ["a"], [text])) == ("x", {"a": text})


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"null\n",
        b"[]\n",
        b'"x"\n',
        b"{}\n",
        b'{"a":1}\n',
        b'{"type":"x","a":1}',
        b'{"type":"x","a":1}\r\n',
        b'{"type":"x", "a":1}\n',
        b'{"a":1,"type":"x"}\n',
        b'{"type":"x","a":1,"a":1}\n',
        b'{"type":"x","a":NaN}\n',
        b'{"type":"x","a":"\\u1ebf"}\n',
        b'{"type":"x","a":"\\ud800"}\n',
        b'{"type":"x","a":"\xff"}\n',
        b'\xef\xbb\xbf{"type":"x","a":1}\n',
        b'{"type":"x","a":' + b"[" * 100_000 + b"\n",
        b'{"type":"x","a":' + b"9" * 5000 + b"}\n",
    ],
)
def test_what_is_written_in_another_way_is_no_line(line: bytes) -> None:
    assert read_fact(line) is None
    assert read_head(line) is None


def test_a_head_is_read_as_it_was_written() -> None:
    for head in (HEAD, HEAD._replace(kind="part", filter="org:hội", example=True), HEAD._replace(site="HN")):
        assert head_line(head).startswith(MARK)
        assert read_head(head_line(head)) == head


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "half"},
        {"schema": "6"},
        {"schema": -1},
        {"schema": True},
        {"counts": {"command": None}},
        {"counts": []},
        {"counters": {"task": 1.5}},
        {"more": 1},
    ],
)
def test_a_head_that_no_export_has_is_none(other: dict[str, Any]) -> None:
    data = json.loads(head_line(HEAD)) | other
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    assert read_head(line) is None


def test_of_another_format_only_that_is_known() -> None:
    found = read_head(b'{"type":"head","format":"plantrack-export/9","what":[]}\n')
    assert found is not None
    assert found.format not in ("", FORMAT)
