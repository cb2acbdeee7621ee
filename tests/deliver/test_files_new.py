"""A new file: whole, or not at all, and never in the place of another."""

import os
import threading
from pathlib import Path

import pytest

from plantrack.deliver.files import write_new
from plantrack.errors import Failure


def refused(path: Path, data: bytes = b"mine") -> str:
    with pytest.raises(Failure) as caught:
        write_new(path, data)
    return caught.value.code


def no_links(*_: object, **__: object) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems that have hard links, and those that have none."""
    if not request.param:
        monkeypatch.setattr(os, "link", no_links)


@pytest.mark.usefixtures("links")
def test_a_new_file_is_written_with_ordinary_rights(tmp_path: Path) -> None:
    write_new(tmp_path / "a", b"x")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"x")]
    (tmp_path / "other").write_bytes(b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("kind", ["file", "folder", "link", "broken link"])
def test_what_is_there_stays(kind: str, tmp_path: Path) -> None:
    path, target = tmp_path / "a", tmp_path / "target"
    if kind == "folder":
        path.mkdir()
    elif kind == "file":
        path.write_bytes(b"theirs")
    else:
        path.symlink_to(target)
        if kind == "link":
            target.write_bytes(b"theirs")
    assert refused(path) == "file-exists"
    assert (target.exists(), path.is_symlink()) == (kind == "link", "link" in kind)
    if path.is_file():
        assert path.read_bytes() == b"theirs"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".a")]


@pytest.mark.usefixtures("links")
def test_of_several_at_once_one_is_written(tmp_path: Path) -> None:
    ended: list[str] = []
    start = threading.Barrier(8)

    def go(n: int) -> None:
        start.wait()
        try:
            write_new(tmp_path / "a", str(n).encode())
            ended.append(str(n))
        except Failure as failure:
            ended.append(failure.code)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [e for e in ended if e != "file-exists"]
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a", winner)]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(tmp_path / "a") == "output-failed"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert refused(tmp_path / "b" / "a") == "output-failed"
    assert list(tmp_path.iterdir()) == []


def test_what_must_be_done_before_a_file_is_seen_is_done_once_it_is_whole(tmp_path: Path) -> None:
    seen = list[bool]()
    write_new(tmp_path / "a", b"whole", lambda: seen.append((tmp_path / "a").exists()))
    with pytest.raises(Failure):
        write_new(tmp_path / "a", b"other", lambda: seen.append(True))
    assert (seen, (tmp_path / "a").read_bytes()) == ([False], b"whole")


def test_a_second_name_that_stays_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise InterruptedError(4, "Interrupted system call")

    with monkeypatch.context() as while_writing:
        while_writing.setattr(os, "unlink", interrupted)
        write_new(tmp_path / "a", b"whole")
    assert (tmp_path / "a").read_bytes() == b"whole"
