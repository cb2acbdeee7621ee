"""The characters of texts: what is not what it seems, and where YAML sees a remark."""

import unicodedata
from pathlib import Path

import pytest

from plantrack.planfile.checks.characters import check_characters
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.nodes import Node, SourceFile, Unread
from plantrack.planfile.parsing.problem_collector import LIMIT, ProblemCollector
from plantrack.planfile.parsing.reader import read_tree
from tests.support.plan_cases import AREAS, HEAD


def tree(text: str) -> Node:
    """Read YAML without any other check."""
    source = SourceFile("x.yaml", 0, text.split("\n"))
    read = read_tree(text, source, ProblemCollector())
    assert read.root is not None
    return read.root


def checked(text: str) -> ProblemCollector:
    """Check the characters of what is written, and nothing else."""
    report = ProblemCollector()
    check_characters(tree(text), report)
    return report


def found(text: str, code: str = "") -> list[tuple[int | str, ...]]:
    """Return the places of a problem; without a code, with the codes of all."""
    return [
        (p.line, p.column) if code else (p.line, p.column, p.code)
        for p in checked(text).problems()
        if code in ("", p.code)
    ]


def problems(line: str) -> list[tuple[int, str]]:
    """Check a plan with a number as it is written; return columns and codes."""
    _, found = check_document(Path("x.yaml"), (HEAD + f"number: {line}\n" + AREAS).encode())
    return [(p.column, p.code) for p in found]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Kế hoạch #468", [(18, "P911")]),
        ("Kế hoạch  #4 #5", [(19, "P911")]),
        ("Kế hoạch # 468", []),
        ('"Kế hoạch" #468', []),
        ("Kế hoạch#468", []),
        ("'Kế hoạch #468'", []),
    ],
)
def test_a_text_that_ends_where_yaml_sees_a_remark(line: str, found: list[tuple[int, str]]) -> None:
    assert problems(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"a\u200bb"', [(11, "P004")]),
        ('"a\u00adb"', [(11, "P004")]),
        ('"a\u00a0b"', [(11, "P909")]),
        ('"a\u3000b"', [(11, "P909")]),
        ('"\u00a0ab"', [(9, "P115")]),
        ('"x Ðà"', [(12, "P915")]),
        ('"e\u0301"', [(10, "P124")]),
        ('"ơ̆ ư̆ Ê Đê"', []),
        ('"{{x}}"', [(9, "P019")]),
        ("“x”", [(9, "P125")]),
        ('"“x”"', []),
    ],
)
def test_signs_that_are_not_what_they_seem(line: str, found: list[tuple[int, str]]) -> None:
    assert problems(line) == found


@pytest.mark.parametrize("space", ["\u00a0", "\u3000"])
def test_an_odd_space_is_seen_in_a_text_and_not_in_a_key(space: str) -> None:
    assert found(f'"a{space}b": "x"\n', "P004") == [(1, 3)]
    assert found(f'x: "a{space}b"\n', "P909") == [(1, 6)]


def test_every_text_is_looked_at_wherever_it_stands() -> None:
    assert found('a:\n  - {b: "x\u200by"}\n  - "\u202ex"\n', "P004") == [(2, 11), (3, 6)]


@pytest.mark.parametrize("text", ["Kế hoạch", "a\u0306", "\U0001f600", "dòng\\nhai\\tba", "{x}"])
def test_a_text_as_people_write_it_is_nobodys_business(text: str) -> None:
    assert found(f'x: "{unicodedata.normalize("NFC", text)}"\n') == []


def test_letters_of_another_encoding_are_named_with_what_was_meant() -> None:
    (problem,) = checked('x: "Káº¿ hoáº¡ch"\n').problems()
    assert (problem.code, problem.column, problem.near) == ("P009", 5, ("Kế hoạch",))


def test_a_letter_that_only_looks_like_another_is_named_with_its_word() -> None:
    (problem,) = checked('x: "Kế hoạch \u00d0ánh giá"\n').problems()
    assert (problem.code, problem.severity, problem.near) == ("P915", "warning", ("Đánh",))


def test_nothing_more_is_said_of_a_text_that_is_wrong() -> None:
    report = checked('x: "e\u0301 a\u200bb \u00d0"\n')
    assert [p.code for p in report.problems()] == ["P004"]
    report = checked('x: "e\u0301 \u00a0"\n')
    assert [p.code for p in report.problems()] == ["P124"]


def test_a_lost_letter_is_told_only_where_nothing_else_was() -> None:
    assert found('x: "a\ufffd"\n') == [(1, 4, "P004")]
    report = ProblemCollector()
    report.add(Unread(SourceFile("x.yaml", 0, ["x"]), 1, 1), "P001")
    check_characters(tree('x: "a\ufffd"\n'), report)
    assert [p.code for p in report.problems()] == ["P001"]


def test_a_sign_that_is_written_in_a_later_line_is_reported_where_the_text_begins() -> None:
    assert found('x: "a\n  b\u200bc"\n', "P004") == [(1, 4)]


def test_no_more_is_looked_for_once_there_is_enough() -> None:
    report = checked("".join(f'- "a\u200b{n}"\n' for n in range(LIMIT + 50)))
    assert report.full
    assert len(report.problems()) <= LIMIT + 1
