"""A file that is written again: whole, with the rights it had, and nothing left of commands that were killed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.deliver.files import fill_new, fill_whole, make_private, write_new, write_whole
from plantrack.errors import Failure
from tests.support.logins import AN, BINH, GROUP, as_root

KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.deliver.files import write_whole
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
write_whole(Path(sys.argv[1]), b"half")
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a command leaves that is killed while it writes."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a.md")], check=False)
    assert done.returncode == -signal.SIGKILL
    (file,) = tmp_path.iterdir()
    return file


@pytest.mark.parametrize("write", [write_whole, write_new])
def test_what_a_killed_command_left_goes_an_hour_later(left: Path, write: object) -> None:
    folder = left.parent
    write_whole(folder / "b.md", b"x")
    assert left.exists(), "somebody may be at it"
    os.utime(left, (left.stat().st_atime, left.stat().st_mtime - 3700))
    write(folder / "c.md", b"x")  # type: ignore[operator]
    assert sorted(p.name for p in folder.iterdir()) == ["b.md", "c.md"]


@as_root
def test_files_of_others_stay(left: Path) -> None:
    others = [left.with_name(name) for name in (".plantrack-cua-an.tmp", ".a.md.x1y2z3", "plantrack-1.tmp")]
    for file in others:
        file.write_bytes(b"")
        os.utime(file, (0, 0))
    os.chown(others[0], AN, AN)
    link = left.with_name(".plantrack-link.tmp")
    link.symlink_to(others[1])
    os.utime(left, (0, 0))
    write_whole(left.parent / "a.md", b"x")
    assert not left.exists()
    assert all(file.exists() for file in others)


@as_root
def test_another_owner_s_file_keeps_its_owner_its_group_and_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    os.chown(file, AN, GROUP)
    file.chmod(0o640)
    write_whole(file, b"new")
    found = file.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (AN, GROUP, 0o640)
    assert file.read_bytes() == b"new"


AS_ANOTHER = f"""
import os, sys
from pathlib import Path
from plantrack.deliver.files import write_whole
os.setgroups([int(g) for g in sys.argv[2:]]); os.setgid({BINH}); os.setuid({BINH})
write_whole(Path(sys.argv[1]), b"new")
"""


@as_root
@pytest.mark.parametrize(("groups", "kept"), [([GROUP], GROUP), ([], BINH)])
def test_who_is_not_root_keeps_the_group_where_it_is_in_it(groups: list[int], kept: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "a.md"
        folder.chmod(0o777)
        file.write_bytes(b"old")
        os.chown(file, AN, GROUP)
        file.chmod(0o640)
        command = [sys.executable, "-c", AS_ANOTHER, str(file), *map(str, groups)]
        subprocess.run(command, check=True)
        found = file.stat()
        assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (BINH, kept, 0o640)
        assert file.read_bytes() == b"new"


def test_a_folder_shared_by_a_group_gives_it_new_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    write_whole(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mode & 0o060 == 0o060


def test_a_long_name_and_a_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / ("ă" * 127), b"x")
    with pytest.raises(Failure) as caught:
        write_whole(tmp_path, b"x")
    assert caught.value.code == "output-failed"


def test_a_defect_on_the_way_is_not_told_as_one_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(tmp_path / "a", pieces())
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]


def test_links_that_lead_to_one_another_are_no_place_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(Failure) as caught:
        write_whole(tmp_path / "a", b"x")
    assert caught.value.code == "output-failed"


@pytest.mark.parametrize("to_end", [False, True])
def test_a_reader_of_a_pipe_who_goes_away_fails_only_what_is_needed_whole(
    tmp_path: Path, to_end: bool
) -> None:
    pipe, failed = tmp_path / "pipe", None
    os.mkfifo(pipe)
    with subprocess.Popen(["head", "-c", "1", str(pipe)], stdout=subprocess.DEVNULL):
        try:
            write_whole(pipe, b"x" * (1 << 20), to_end=to_end)
        except Failure as failure:
            failed = failure.code
    assert failed == ("output-failed" if to_end else None)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run with each usual mask of rights, and with none."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_an_answer_follows_the_umask(tmp_path: Path, umask: None) -> None:
    before = os.umask(0)
    os.umask(before)
    write_whole(tmp_path / "a.md", b"x")
    write_new(tmp_path / "b.md", b"x")
    assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {0o666 & ~before}


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(
    ("folder", "file"),
    [(0o755, 0o600), (0o777, 0o600), (0o2770, 0o660), (0o2775, 0o660), (0o2750, 0o640), (0o2700, 0o600)],
    ids=oct,
)
def test_a_private_file_is_its_owner_s_and_that_of_a_folder_s_group(
    tmp_path: Path, folder: int, file: int
) -> None:
    tmp_path.chmod(folder)
    make_private(tmp_path / "a.db")
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == file


@as_root
def test_a_private_file_in_a_folder_of_a_group_has_its_group(tmp_path: Path) -> None:
    os.chown(tmp_path, -1, GROUP)
    tmp_path.chmod(0o2770)
    make_private(tmp_path / "a.db")
    found = (tmp_path / "a.db").stat()
    assert (found.st_gid, found.st_mode & 0o777) == (GROUP, 0o660)


def test_a_private_file_takes_the_place_of_none(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"x")
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == b"x"


# --- files that are filled by others ---


@pytest.fixture
def like(tmp_path: Path) -> Path:
    """A file whose rights a new one is to have."""
    (tmp_path / "from").mkdir()
    file = tmp_path / "from" / "a.db"
    file.write_bytes(b"")
    file.chmod(0o640)
    return file


def filled(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600, "nobody else reads what is half done"
    file.write_bytes(b"new")


def failing(file: Path) -> None:
    file.write_bytes(b"half")
    raise OSError(28, "No space left on device")


def test_a_filled_file_takes_its_place_whole_with_the_rights_of_another(tmp_path: Path, like: Path) -> None:
    fill_whole(tmp_path / "b.db", filled, like)
    assert ((tmp_path / "b.db").read_bytes(), (tmp_path / "b.db").stat().st_mode & 0o777) == (b"new", 0o640)


def test_the_one_that_it_replaces_keeps_its_own_rights(tmp_path: Path, like: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"old")
    (tmp_path / "b.db").chmod(0o604)
    (tmp_path / "link.db").symlink_to("b.db")
    fill_whole(tmp_path / "link.db", filled, like)
    assert ((tmp_path / "b.db").read_bytes(), (tmp_path / "b.db").stat().st_mode & 0o777) == (b"new", 0o604)
    assert (tmp_path / "link.db").is_symlink()


@as_root
def test_the_rights_of_a_group_go_to_no_other(tmp_path: Path, like: Path) -> None:
    os.chown(like, -1, GROUP)
    fill_whole(tmp_path / "b.db", filled, like)
    found = (tmp_path / "b.db").stat()
    assert (found.st_gid, found.st_mode & 0o777) == (GROUP, 0o640)
    with tempfile.TemporaryDirectory() as place:  # another login may go there
        os.chmod(place, 0o777)
        done = subprocess.run([sys.executable, "-c", FILLED_AS_ANOTHER, place], check=False)
        found = Path(place, "b.db").stat()
    assert (done.returncode, found.st_gid, found.st_mode & 0o777) == (0, BINH, 0o600)


FILLED_AS_ANOTHER = f"""
import os, sys
from pathlib import Path
from plantrack.deliver.files import fill_whole
like = Path(sys.argv[1], "a.db")
like.write_bytes(b"")
os.chown(like, -1, {GROUP})
like.chmod(0o644)
os.setgroups([]); os.setgid({BINH}); os.setuid({BINH})
fill_whole(Path(sys.argv[1], "b.db"), lambda file: file.write_bytes(b"new"), like)
"""


def test_what_cannot_be_filled_leaves_all_as_it_was(tmp_path: Path, like: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"old")
    for name in ("b.db", "c.db"):
        with pytest.raises(Failure) as caught:
            fill_whole(tmp_path / name, failing, like)
        assert (caught.value.code, caught.value.params["reason"]) == (
            "output-failed",
            "No space left on device",
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.db", "from"]
    assert (tmp_path / "b.db").read_bytes() == b"old"


def test_a_new_one_gets_the_first_name_that_is_free(tmp_path: Path, like: Path) -> None:
    names = [tmp_path / f"{n}.db" for n in range(3)]
    (tmp_path / "0.db").write_bytes(b"old")
    (tmp_path / "1.db").symlink_to("nowhere")
    assert fill_new(names, filled, like) == tmp_path / "2.db"
    assert ((tmp_path / "0.db").read_bytes(), (tmp_path / "2.db").read_bytes()) == (b"old", b"new")
    with pytest.raises(Failure) as caught:
        fill_new(names, filled, like)
    assert caught.value.code == "file-exists"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.db", "1.db", "2.db", "from"]


def test_a_file_system_without_rights_gets_files_all_the_same(
    tmp_path: Path, like: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    fill_whole(tmp_path / "b.db", filled, like)
    write_whole(tmp_path / "c.md", b"new")
    assert (tmp_path / "b.db").read_bytes() == (tmp_path / "c.md").read_bytes() == b"new"
