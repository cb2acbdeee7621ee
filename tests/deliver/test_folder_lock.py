"""The lock of a folder: one at a time, for as long as one waits, with nothing left behind."""

from pathlib import Path

import pytest

from plantrack.deliver.folder_lock import folder_lock
from plantrack.errors import Failure


def test_a_second_one_waits_and_gives_up(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path),
        pytest.raises(Failure, match="mail-busy") as failed,
        folder_lock(tmp_path, patience=0.01),
    ):
        pass
    assert failed.value.params["folder"] == str(tmp_path)


def test_it_ends_whatever_happens_inside_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), folder_lock(tmp_path):
        raise KeyError
    with folder_lock(tmp_path, patience=0):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="folder-not-readable"), folder_lock(tmp_path / "gone"):
        pass
