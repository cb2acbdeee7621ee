"""Where a file comes from, with git and without; and files that cannot be read."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from plantrack.errors import Exit, Failure
from plantrack.planfile.git_origin import Origin, origin
from plantrack.planfile.parsing.file_bytes import read_document
from plantrack.planfile.parsing.source_text import MAX_BYTES
from tests.support.check import check_file

DATA = b"format: 1\n"
SHA256 = hashlib.sha256(DATA).hexdigest()
NAME = "kế hoạch [1] *.yaml"


def git(folder: Path, *words: str) -> str:
    """Run git as somebody, without the settings of this machine."""
    who = ("-c", "user.name=Người thử", "-c", "user.email=thu@example.org")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *who, *words], cwd=folder, env=env, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with one plan, committed, and a later commit of something else."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / NAME).write_bytes(DATA)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "kế hoạch")
    (tmp_path / "khác").write_bytes(b"")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "khác")
    return tmp_path


def found(folder: Path, name: str = NAME) -> tuple[str | None, bool | None]:
    came = origin(folder / name, DATA)
    assert came.sha256 == SHA256
    return came.git_commit, came.dirty


def test_a_committed_file_has_the_commit_that_changed_it(repository: Path) -> None:
    assert found(repository) == (git(repository, "rev-parse", "HEAD~1"), False)


def test_a_changed_file_is_dirty(repository: Path) -> None:
    (repository / NAME).write_bytes(b"format: 2\n")
    assert found(repository) == (git(repository, "rev-parse", "HEAD~1"), True)
    git(repository, "add", ".")
    assert found(repository) == (git(repository, "rev-parse", "HEAD~1"), True)


@pytest.mark.parametrize("staged", [False, True])
def test_a_file_in_no_commit_has_none(repository: Path, staged: bool) -> None:
    (repository / "mới.yaml").write_bytes(DATA)
    if staged:
        git(repository, "add", ".")
    assert found(repository, "mới.yaml") == (None, True)


def test_an_ignored_file_is_as_one_outside_git(repository: Path) -> None:
    (repository / ".gitignore").write_text("mới.yaml\n", "utf-8")
    (repository / "mới.yaml").write_bytes(DATA)
    assert found(repository, "mới.yaml") == (None, None)


def test_a_file_taken_out_of_git_has_none(repository: Path) -> None:
    git(repository, "rm", "--quiet", "--cached", NAME)
    assert found(repository) == (None, True)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / NAME).write_bytes(DATA)
    assert found(tmp_path) == (None, True)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "w").mkdir()
    assert found(tmp_path / "w") == (None, None)
    assert found(tmp_path / "không-có") == (None, None)


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert found(repository) == (None, None)


def test_an_empty_environment(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        monkeypatch.delenv(name)
    assert found(repository) in [(git_head(repository), False), (None, None)]


def git_head(repository: Path) -> str:
    done = subprocess.run(
        ["/usr/bin/env", "PATH=/usr/local/bin:/usr/bin:/bin", "git", "rev-parse", "HEAD~1"],
        cwd=repository,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def test_a_hook_of_another_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "không-có"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / "không-có"))
    assert found(repository)[1] is False


def test_a_repository_of_somebody_else(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(repository))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert found(repository) == (None, None)
    assert capfd.readouterr() == ("", "")


def test_nothing_is_locked_or_written(repository: Path) -> None:
    os.utime(repository / NAME)
    index = (repository / ".git" / "index").read_bytes()
    (repository / ".git" / "index.lock").touch()
    assert found(repository)[1] is False
    assert (repository / ".git" / "index").read_bytes() == index


def test_settings_of_the_repository_run_nothing(repository: Path) -> None:
    git(repository, "config", "core.fsmonitor", "touch đã-chạy; false")
    assert found(repository)[1] is False
    assert not (repository / "đã-chạy").exists()


def test_origin_is_by_name() -> None:
    assert Origin._fields == ("sha256", "git_commit", "dirty")


def refused(path: Path) -> Failure:
    with pytest.raises(Failure) as raised:
        check_file(path)
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
