"""Where a file comes from, with git and without; and files that cannot be read."""

import os
import subprocess
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.views.plan import GitState
from plantrack.planfile.git_origin import Past, git_state

DATA = b"format: 1\n"
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
    state = git_state(folder / name)
    return state.git_commit, state.dirty


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


def test_nothing_is_fetched_that_a_partial_clone_has_left_elsewhere(repository: Path, tmp_path: Path) -> None:
    (repository / NAME).write_bytes(DATA + DATA)
    git(repository, "commit", "--quiet", "--all", "-m", "sửa")
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "bản sao"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", repository.as_uri(), str(clone))
    lacking = git(clone, "rev-list", "--objects", "--all", "--missing=print")
    assert "?" in lacking
    assert Past(clone, "HEAD").read(clone / NAME) == DATA + DATA
    with pytest.raises(Failure) as caught:
        Past(clone, "HEAD~1").has(clone / NAME)
    assert caught.value.code == "git-not-here"
    assert git(clone, "rev-list", "--objects", "--all", "--missing=print") == lacking


def test_the_state_is_by_name() -> None:
    assert GitState._fields == ("git_commit", "dirty", "git_refusal")
