"""A workspace that a group of the machine shares: its rights, and whom it is refused to."""

import os
import stat
from pathlib import Path

import pytest

from plantrack.services.verbs.init import init
from plantrack.services.workspace import DATABASE
from tests.conftest import Hands
from tests.support.steps import PLAN_FILE, refused

grp = pytest.importorskip("grp")


@pytest.fixture
def group() -> str:
    """The group that this login is in."""
    return str(grp.getgrgid(os.getegid()).gr_name)


def made(folder: Path, group: str | None, database: Path | None = None) -> None:
    init(folder, database, "Người thử", Hands("2024-03-25"), group=group)


def rights(path: Path) -> tuple[int, int]:
    """Return the group of a file and what it may do; of a folder, also whether new files in it are the group's."""
    found = path.stat()
    return found.st_gid, stat.S_IMODE(found.st_mode) & 0o2070


def test_a_group_may_read_and_write_all_of_it_in_whatever_umask(tmp_path: Path, group: str) -> None:
    before = os.umask(0o077)
    try:
        made(tmp_path / "w", group)
    finally:
        os.umask(before)
    folder, file = (os.getegid(), 0o2070), (os.getegid(), 0o060)
    assert [rights(tmp_path / "w" / name) for name in (".", "plans")] == [folder] * 2
    assert [rights(tmp_path / "w" / name) for name in (DATABASE, ".gitignore", PLAN_FILE)] == [file] * 3


def test_a_workspace_that_is_there_is_shared_later_and_keeps_its_content(tmp_path: Path, group: str) -> None:
    made(tmp_path, None)
    elsewhere = tmp_path.with_name("elsewhere.yaml")
    elsewhere.touch(0o600)
    (tmp_path / "plans" / "lối.yaml").symlink_to(elsewhere)
    for path in (tmp_path, tmp_path / "plans", tmp_path / DATABASE):
        path.chmod(0o700)
    data = (tmp_path / DATABASE).read_bytes()
    made(tmp_path, group)
    assert [rights(p)[1] for p in (tmp_path, tmp_path / "plans", tmp_path / DATABASE)] == [
        0o2070,
        0o2070,
        0o060,
    ]
    assert (tmp_path / DATABASE).read_bytes() == data
    assert rights(elsewhere)[1] == 0, "a link leads elsewhere and stays as it is"


def test_a_group_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with refused("unknown-group") as caught:
        made(tmp_path / "w", "khong-co-nhom-nay")
    assert caught.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_who_is_not_in_it_shares_nothing(tmp_path: Path, group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(os, "getegid", lambda: 12345)
    monkeypatch.setattr(os, "getgroups", lambda: [12346])
    with refused("group-not-member") as caught:
        made(tmp_path / "w", group)
    assert caught.value.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_what_belongs_to_another_is_not_shared(
    tmp_path: Path, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, None)
    (tmp_path / DATABASE).chmod(0o600)
    before = [rights(p) for p in sorted(tmp_path.rglob("*"))]
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with refused("group-not-owner") as caught:
        made(tmp_path, group)
    assert caught.value.exit_code == 4
    assert [rights(p) for p in sorted(tmp_path.rglob("*"))] == before
