"""Quotes of CSV: those around a cell, and those that are part of its text."""

from pathlib import Path

import pytest

from tests.support.table_files import only_texts, refused, written


@pytest.mark.parametrize(
    "below",
    ["", "ND1;b1\nND1;b2", 'ND1;"b1"', 'ND1;b1\nND1;"b 2" c', 'ND1;"b1', 'ND1;b "1" x\n;', '"a";"b"'],
)
def test_a_quote_that_nobody_closes_takes_no_rows(below: str, tmp_path: Path) -> None:
    path = written(tmp_path, f'Nội dung;Việc\nND1;a\nND1;"mở mà không đóng\n{below}')
    assert refused(path, "table-open-quote").params == {"file": str(path), "line": 3}


def test_a_quoted_cell_without_end_is_not_held(tmp_path: Path) -> None:
    path = written(tmp_path, 'a;b\n1;2\n3;"bắt đầu\n' + "thêm;dòng\n" * 20_000)
    assert refused(path, "table-cell-too-long").params["line"] == 3


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('"Ví dụ" mở đầu', '"Ví dụ" mở đầu'),
        ('Hội thảo "Ví dụ" lần 2', 'Hội thảo "Ví dụ" lần 2'),
        ('Hội thảo "Ví dụ"', 'Hội thảo "Ví dụ"'),
        ('"Ví dụ" và "Thí dụ"', '"Ví dụ" và "Thí dụ"'),
        ('"Hội thảo "Ví dụ" lần 2"', '"Hội thảo "Ví dụ" lần 2"'),
        ('"một; hai" ba', '"một; hai" ba'),
        ('màn hình 24"', 'màn hình 24"'),
        ('"quoted" ', "quoted"),
        ('"nói ""được"" rồi"', 'nói "được" rồi'),
        ('"một\nhai; ""ba"""', 'một\nhai; "ba"'),
        ('""', ""),
        ('""""', '"'),
    ],
)
def test_a_quote_that_stands_for_itself_stays(raw: str, text: str, tmp_path: Path) -> None:
    rows = only_texts(written(tmp_path, f"a;b;c\nx;{raw};y\n{raw};x;y\nx;y;{raw}\n"), separator=";")
    assert [[*row, ""][:3] for row in rows[1:]] == [["x", text, "y"], [text, "x", "y"], ["x", "y", text]]
