"""From bytes to text: encodings, line ends, signs that YAML refuses, conflicts of git."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.parsing.nodes import SourceFile
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.source_text import MAX_BYTES, MAX_LINES, character, decode
from tests.support.plan_cases import Case, check, write


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = write(Case("", 'format: 1\nid: "x"\nyear: 2024\ntitle: no\nareas: []\n'), tmp_path)
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(data)
    _, problems = check(Case("", "\ufeff" + data[3:].decode()), tmp_path)
    assert [(p.line, p.column, p.code) for p in problems] == [(4, 8, "P120"), (5, 8, "P114")]


def decoded(data: bytes) -> tuple[SourceFile, str | None, list[tuple[int, int, str]]]:
    report = ProblemCollector()
    source, text = decode(data, "x.yaml", 0, report)
    return source, text, [(p.line, p.column, p.code) for p in report.problems()]


plain = st.text(
    st.characters(
        min_codepoint=32, max_codepoint=0x2000, exclude_categories=("Cc", "Cs"), exclude_characters="<=>|\xad"
    )
)


@given(st.lists(plain, min_size=1, max_size=5), st.sampled_from(("\n", "\r\n", "\r")), st.booleans())
def test_lines_are_those_of_an_editor_however_they_end(lines: list[str], end: str, mark: bool) -> None:
    text = end.join(lines)
    data = (b"\xef\xbb\xbf" if mark and not text.startswith("\ufeff") else b"") + text.encode()
    source, found, problems = decoded(data)
    assert source.lines == lines
    assert found == text
    assert problems == []


@given(plain, plain, st.sampled_from("\0\x07\x85\u2028\u2029\ufffe\ufffd"))
def test_a_sign_that_yaml_refuses_is_reported_where_it_stands_and_moves_nothing(
    before: str, after: str, sign: str
) -> None:
    source, found, problems = decoded(f"{'x' * 80}\n{before}{sign}{after}".encode())
    assert problems == [(2, len(before) + 1, "P004")]
    assert found == f"{'x' * 80}\n{before}\ufffd{after}"
    assert source.lines[1] == f"{before}\ufffd{after}"


@given(plain, st.sampled_from((b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\x80")))
def test_the_first_byte_that_is_not_utf8_is_named(before: str, byte: bytes) -> None:
    source, found, problems = decoded(b"a: 1\n" + before.encode() + byte)
    assert (found, problems) == (None, [(2, len(before) + 1, "P003")])
    assert source.lines[0] == "a: 1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_of_two_bytes_a_letter_is_no_plan(encoding: str) -> None:
    _, found, problems = decoded('format: 1\nid: "kh-1"\n'.encode(encoding))
    assert found is None
    assert [code for *_, code in problems] == ["P003"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd", [2]),
        ("<<<<<<< A\n=======\n>>>>>>> B\n<<<<<<< A\n=======\n>>>>>>> B", [1, 4]),
        ("<<<<<<< A\na\n||||||| base\nb\n=======\nc\n>>>>>>> B", [1]),
        ("a\n=======\nb\n>>>>>>> x", [2]),
        ("a\n>>>>>>> x", [2]),
        ("a: '=======x'\nb: ========\n  =======", []),
    ],
)
def test_each_conflict_of_git_is_one_problem_where_it_begins(text: str, lines: list[int]) -> None:
    _, found, problems = decoded(text.encode())
    assert problems == [(line, 1, "P018") for line in lines]
    assert (found is None) == bool(lines)


def test_what_is_too_long_is_not_read() -> None:
    assert decoded(b"#" * MAX_BYTES)[1] is not None
    assert decoded(b"#" * (MAX_BYTES + 1))[1:] == (None, [(0, 0, "P001")])
    assert decoded(b"\n" * MAX_LINES)[1] is not None
    assert decoded(b"\r" * (MAX_LINES + 1))[1:] == (None, [(0, 0, "P005")])


def test_a_sign_is_named_by_its_number() -> None:
    assert [character(c) for c in "\0\u200b\U0001f600"] == ["U+0000", "U+200B", "U+1F600"]
