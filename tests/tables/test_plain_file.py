"""Files on disk: regular ones, never waited for, the same each time they are opened."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.tables import plain_file
from plantrack.tables.plain_file import find_plain_file
from tests.support.table_files import written


def code(path: Path) -> str:
    with pytest.raises(Failure) as found:
        find_plain_file(path, 1)
    assert found.value.params["file"] == str(path)
    return found.value.code


def test_what_is_no_file_of_its_own(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert [code(tmp_path / name) for name in ("none", "none/x", "x\0", "gone")] == ["table-missing"] * 4
    assert [code(path) for path in (tmp_path, tmp_path / "pipe", Path("/dev/null"))] == [
        "table-unreadable"
    ] * 3
    assert code(written(tmp_path, b"")) == "table-empty"
    assert code(written(tmp_path, bytes(1024 * 1024 + 1))) == "table-too-large"


def test_a_file_that_changes_meanwhile_is_not_read_as_if_it_were_the_same(tmp_path: Path) -> None:
    found = find_plain_file(written(tmp_path, "một"), 1)
    assert found.begins(2) == "một".encode()[:2]
    os.utime(found.path, ns=(1, 1))
    with pytest.raises(Failure) as failed:
        found.open()
    assert failed.value.code == "table-changed"
    found.path.unlink()
    with pytest.raises(Failure) as failed:
        found.open()
    assert failed.value.code == "table-missing"


@given(st.text("abc", max_size=40), st.integers(1, 9))
def test_signs_are_counted_wherever_the_pieces_end(
    tmp_path_factory: pytest.TempPathFactory, text: str, block: int
) -> None:
    signs = (b"ab", b"c", b"bca", b"abca")
    found = find_plain_file(written(tmp_path_factory.getbasetemp(), f"{text} "), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_file, "_BLOCK", block)
        counted = found.occurrences(*signs)
    for sign, n in zip(signs, counted, strict=True):
        # None of these overlaps itself but the last, whose ends may be shared.
        assert n >= text.encode().count(sign) if sign == b"abca" else n == text.encode().count(sign)
