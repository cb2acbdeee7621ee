"""The file of an export is told from other files by its first line, and read without ever waiting."""

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.services.export_file import is_export, numbered_lines, open_export, open_import
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.fact_lines import ExportHead
from plantrack.store.sqlite.connection import SQLite
from tests.support.exported import exported, with_head


@pytest.fixture
def lines(db: SQLite) -> list[bytes]:
    return exported(db)


def head_of(tmp_path: Path, lines: list[bytes]) -> ExportHead:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"".join(lines))
    with open_export(file) as (head, _):
        return head


def test_it_is_told_from_other_files(tmp_path: Path, lines: list[bytes]) -> None:
    for name, data, is_one in (
        ("a", b"".join(lines), True),
        ("b", lines[0][:40], True),  # damaged: it is said what of
        ("c", b"", False),
        ("d", b"".join(lines[1:]), False),
        ("e", b"So;Ten\r\n", False),
    ):
        (tmp_path / name).write_bytes(data)
        assert is_export(tmp_path / name) == is_one


def test_what_mail_and_editors_do_to_it_is_read_through(tmp_path: Path, lines: list[bytes]) -> None:
    file, whole = tmp_path / "x", b"".join(lines)
    for data in (
        b"\xef\xbb\xbf" + whole,
        whole.replace(b"\n", b"\r\n") + b"\r\n\r\n",
        whole.rstrip(b"\n"),
        gzip.compress(whole),
    ):
        file.write_bytes(data)
        assert is_export(file)
        with open_export(file) as (_, below):
            assert [line for _, line, _ in below] == lines[1:]


def test_what_was_packed_and_cut_is_refused(tmp_path: Path, lines: list[bytes]) -> None:
    file = tmp_path / "x.gz"
    file.write_bytes(gzip.compress(b"".join(lines))[:-9])
    with pytest.raises(Failure, match="export-packing"), open_export(file) as (_, below):
        list(below)


def test_what_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = {}
    for name in ("none", "none/none", "", "pipe", "a\0b", "x" * 300):
        with pytest.raises(Failure) as caught:
            is_export(tmp_path / name)
        found[name] = caught.value.code
    assert found == {
        "none": "import-missing",
        "none/none": "import-missing",
        "": "import-unreadable",
        "pipe": "import-unreadable",
        "a\0b": "import-unreadable",
        "x" * 300: "import-unreadable",
    }


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"schema": SCHEMA_VERSION + 1}, "export-newer"),
        ({"format": "plantrack-export/2"}, "export-newer"),
        ({"schema": SCHEMA_VERSION - 1}, "export-older"),
        ({"kind": "part"}, "export-not-whole"),
        ({"kind": "public"}, "export-not-whole"),
        ({"kind": "other"}, "export-head"),
    ],
)
def test_nothing_whole_comes_from_any_other_head(
    tmp_path: Path, lines: list[bytes], other: dict[str, Any], code: str
) -> None:
    assert head_of(tmp_path, lines).kind == "whole"
    with pytest.raises(Failure) as caught:
        head_of(tmp_path, with_head(lines, **other))
    assert caught.value.code == code


def test_lines_have_the_numbers_that_an_editor_shows_and_how_far_they_are(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\nab\r\n\nc\nno end")
    with open_import(tmp_path / "x") as stream:
        numbered = [(2, b"ab\n", 5 / 14), (4, b"c\n", 8 / 14), (5, b"no end\n", 1.0)]
        assert [*numbered_lines(stream)] == numbered


def test_a_line_without_an_end_is_not_taken_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        file.write(b"head\n")
        file.truncate(200 << 20)
    with open_import(tmp_path / "x") as stream:
        stream.readline()
        number, line, _ = next(numbered_lines(stream))
    assert (number, len(line)) == (1, (1 << 25) + 1)
