"""Output that is whole before its first byte goes out."""

import io
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.deliver import spool
from plantrack.deliver.spool import spooled
from plantrack.errors import Failure


class Full(io.BytesIO):
    """A file on a disk without room."""

    def write(self, data: object) -> int:
        raise OSError(28, "No space left on device")


@given(st.lists(st.binary(max_size=30)), st.integers(0, 200))
def test_what_comes_out_is_what_went_in(pieces: list[bytes], held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_IN_MEMORY", held)
        patch.setattr(spool, "_AT_ONCE", 7)
        assert b"".join(spooled(iter(pieces))) == b"".join(pieces)


@pytest.mark.parametrize("held", [0, 1000])
def test_what_fails_on_the_way_fails_before_anything_comes_out(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", held)

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise Failure("database-damaged")

    with pytest.raises(Failure, match="database-damaged"):
        spooled(pieces())


def test_what_is_small_needs_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    assert [*spooled([b"a", b"b"])] == [b"ab"]


@pytest.mark.parametrize("made", [Full, None])
def test_a_full_disk_is_a_failure(made: type[Full] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file() -> Full:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setenv("TMPDIR", "/nơi/khác")
    monkeypatch.setattr(tempfile, "TemporaryFile", made or no_file)
    with pytest.raises(Failure) as caught:
        spooled([b"x" * 1_100_000])
    assert caught.value.code == "output-failed"
    assert caught.value.params["file"] == "/nơi/khác"
