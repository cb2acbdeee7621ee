"""The bytes of a plan file: from plain files only, never waited for, never without end."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Exit, Failure
from plantrack.planfile.parsing.file_bytes import read_bytes, read_document
from plantrack.planfile.parsing.source_text import MAX_BYTES


def refused(path: Path) -> Failure:
    with pytest.raises(Failure) as raised:
        read_document(path)
    assert raised.value.exit_code == Exit.FILE
    assert raised.value.params["file"] == str(path)
    return raised.value


@pytest.mark.parametrize("name", ["không-có.yaml", "tệp/không-có.yaml", "\0"])
def test_a_missing_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    assert refused(tmp_path / name).code == "plan-missing"


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống")
    for path in (tmp_path, tmp_path / "ống", Path("/dev/zero")):
        failure = refused(path)
        assert failure.code == "plan-unreadable"
        assert failure.params["reason"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").touch(mode=0)
    assert refused(tmp_path / "x.yaml").code == "plan-unreadable"


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"#" * (MAX_BYTES + 100))
    assert len(read_document(tmp_path / "x.yaml")) == MAX_BYTES + 1


@given(st.binary(max_size=200))
def test_a_plain_file_is_read_to_the_byte(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    assert read_document(path) == read_bytes(path) == data
