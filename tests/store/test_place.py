"""Where a database lies, as it is found out of a path."""

from pathlib import Path

import pytest

from plantrack.model.views.workspace import StoragePlace
from plantrack.store.place import mounts, place_of


def test_a_link_leads_to_where_the_rows_are(tmp_path: Path) -> None:
    real = tmp_path / "Dropbox" / "kh"
    real.mkdir(parents=True)
    (tmp_path / "kh").symlink_to(real)
    found = StoragePlace("synced", "Dropbox", str(tmp_path / "Dropbox"))
    assert place_of(tmp_path / "kh" / "plantrack.db") == found
    assert place_of(tmp_path / "plantrack.db") is None


def test_a_network_comes_first_and_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "_own_table", lambda: f"1 0 0:1 / {tmp_path} rw - nfs a:/b rw")
    found = StoragePlace("network", "NFS", str(tmp_path))
    assert place_of(tmp_path / "Dropbox" / "chưa có" / "plantrack.db") == found
