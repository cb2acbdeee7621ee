"""Lines of text: the encoding a file shows or a person names, and nothing that is no text."""

import contextlib
import encodings.aliases
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.tables import text_lines as module
from plantrack.tables.plain_file import find_plain_file
from plantrack.tables.text_lines import LONGEST_LINE, text_lines
from tests.support.table_files import written

TEXT = "Nội dung\tHội LHPN\r\nviệc ơ̆ ƀ\ncuối"


def lines(folder: Path, data: bytes, encoding: str | None = None) -> list[str]:
    return list(text_lines(find_plain_file(written(folder, data), 200), encoding).read())


def failure(folder: Path, data: bytes, encoding: str | None = None) -> tuple[str, object]:
    with pytest.raises(Failure) as found:
        lines(folder, data, encoding)
    return found.value.code, found.value.params.get("line")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_known_by_its_first_bytes(encoding: str, tmp_path: Path) -> None:
    assert lines(tmp_path, TEXT.encode(encoding)) == TEXT.splitlines()


def test_utf_16_of_either_order(tmp_path: Path) -> None:
    for mark, order in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert lines(tmp_path, mark + TEXT.encode(order)) == TEXT.splitlines()
    assert failure(tmp_path, TEXT.encode("utf-16-le")) == ("table-not-utf8", 1)


def test_other_encodings_only_when_told(tmp_path: Path) -> None:
    marks = str.maketrans({c: unicodedata.normalize("NFD", c) for c in "ệộ"})
    data = (
        "a\nViệt Nam hội".translate(marks)
        .replace("e\u0323\u0302", "ê\u0323")
        .replace("o\u0323\u0302", "ô\u0323")
    )
    old = data.encode("cp1258")
    assert failure(tmp_path, old) == ("table-not-utf8", 2)
    assert unicodedata.normalize("NFC", lines(tmp_path, old, "cp1258")[1]) == "Việt Nam hội"
    assert failure(tmp_path, old, "utf-8") == ("table-wrong-encoding", 2)
    assert lines(tmp_path, b"\xef\xbb\xbfa", "UTF8") == ["a"]


@pytest.mark.parametrize("name", ["không có", "hex", "rot13", "base64"])
def test_what_is_no_encoding_of_text(name: str, tmp_path: Path) -> None:
    assert failure(tmp_path, b"a", name)[0] == "table-unknown-encoding"


def test_utf_16_without_its_mark_is_refused_when_told(tmp_path: Path) -> None:
    """Python has another error for it than for any other bytes."""
    assert failure(tmp_path, "việc\n".encode("cp1258", "ignore"), "utf-16") == ("table-wrong-encoding", 1)
    assert lines(tmp_path, TEXT.encode("utf-16-le"), "utf-16-le") == TEXT.splitlines()


ENCODINGS = sorted(
    {*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "idna", "unicode_escape"}
)


@pytest.mark.filterwarnings("ignore:invalid escape")
@pytest.mark.parametrize("name", ENCODINGS)
def test_any_codec_reads_any_bytes_or_refuses_them(name: str, tmp_path: Path) -> None:
    for data in (bytes(range(256)) * 3, b"\xff" * 9, "Nội dung\n".encode() * 3, b"+AC\\x1\\N{a}~{\x1b$)"):
        with contextlib.suppress(Failure):
            lines(tmp_path, data, name)


@pytest.mark.parametrize("name", ["", "a\0b", "ü", "\ud800", "x" * 9999, "../utf_8", "aliases", "undefined"])
def test_a_name_that_is_none(name: str, tmp_path: Path) -> None:
    with pytest.raises(Failure, match="table-(unknown-encoding|not-utf8)"):
        lines(tmp_path, b"\xff", name)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for block in (1, 2, 7, 64):
        monkeypatch.setattr(module, "_BLOCK", block)
        assert lines(tmp_path, f"a{end}việc{end}{end}c".encode()) == ["a", "việc", "", "c"]
    for block in (9, 64):
        monkeypatch.setattr(module, "_BLOCK", block)
        assert failure(tmp_path, f"a{end}b{end}".encode() + b"\xff") == ("table-not-utf8", 3)
        assert failure(tmp_path, f"a{end}b{end}\0".encode()) == ("table-not-text", 3)


def test_what_is_no_text_of_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure(tmp_path, b"a\nb\0c\n") == ("table-not-text", 2)
    assert failure(tmp_path, b"a\n" + b"x" * LONGEST_LINE) == ("table-line-too-long", 2)
    monkeypatch.setattr(module, "MAX_LINES", 3)
    assert len(lines(tmp_path, b"a\nb\nc\n")) == 3
    assert failure(tmp_path, b"a\nb\nc\nd\n")[0] == "table-too-many-lines"


@given(st.binary(max_size=60))
def test_any_bytes_are_lines_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        found = lines(folder, data or b"a")
    except Failure as failed:
        assert failed.code in ("table-not-utf8", "table-not-text")
    else:
        assert "\0" not in "".join(found)
