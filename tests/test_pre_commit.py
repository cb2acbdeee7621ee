"""The hook for pre-commit, under the real pre-commit in a real repository: a bad plan is not committed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pre_commit", reason="pre-commit is not installed: pip install -e '.[test]'")

HOOKS = ".pre-commit-hooks.yaml"
PLAN = "plans/kh-468-2024.yaml"
LISTS = "plans/places/chung.yaml"
#: The program of these tests in place of one that pre-commit would install, which takes half a minute.
CONFIG = "repos: [{{repo: '{repo}', rev: {rev}, hooks: [{{id: plantrack-check, language: system}}]}}]\n"

Git = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow


@pytest.fixture
def git(tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository of the workspace with the hook installed; `git(*args)` runs git in it."""
    settings = {
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "vi-du@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def run(*args: str, at: Path = workspace) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *args], cwd=at, capture_output=True, text=True, check=False)

    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / HOOKS).write_bytes((Path(__file__).parents[1] / HOOKS).read_bytes())
    for folder in (hook, workspace):
        run("init", "--quiet", at=folder)
    run("add", ".", at=hook)
    run("commit", "--quiet", "--message", "hook", at=hook)
    rev = run("rev-parse", "HEAD", at=hook).stdout.strip()
    (workspace / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=hook, rev=rev), "utf-8")
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=workspace, check=True)
    return run


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def commits(git: Git) -> int:
    return len(git("log", "--oneline").stdout.splitlines())


def test_a_plan_is_committed_when_it_is_right(git: Git, workspace: Path) -> None:
    git("add", ".")
    done = git("commit", "--message", "Kế hoạch")
    assert done.returncode == 0, done.stderr
    assert "plantrack plan check" in done.stderr + done.stdout
    assert commits(git) == 1

    change(workspace / PLAN, "\nyear: 2024\n", "\nyeer: 2024\n")
    done = git("commit", "--all", "--message", "Sai")
    assert done.returncode == 1
    said = done.stderr + done.stdout
    assert f"{PLAN}:8:1: lỗi[P101]" in said
    assert "exit code: 5" in said
    assert commits(git) == 1

    change(workspace / PLAN, "\nyeer: 2024\n", "\nyear: 2024\n")
    change(workspace / PLAN, '- code: "ND3.1"\n', '- code: "ND3.1"\n        due: "2024-Q3"\n')
    assert git("commit", "--all", "--message", "Thời hạn").returncode == 0
    assert commits(git) == 2


def test_a_list_that_a_plan_includes_is_checked_with_it(git: Git, workspace: Path) -> None:
    (workspace / LISTS).parent.mkdir(exist_ok=True)
    (workspace / LISTS).write_text('places: [{id: "kon-tum", name: "Kon Tum"}]\n', "utf-8")
    with (workspace / PLAN).open("a", encoding="utf-8") as plan:
        plan.write(f'include: ["{LISTS}"]\n')
    git("add", ".")
    assert git("commit", "--message", "Danh sách").returncode == 0

    change(workspace / LISTS, '"kon-tum"', '"Kon Tum"')
    done = git("commit", "--all", "--message", "Sai")
    assert done.returncode == 1
    assert f"{LISTS}:1:15: lỗi[P111]" in done.stderr + done.stdout
    assert commits(git) == 1


def test_what_is_no_plan_is_left_alone(git: Git, workspace: Path) -> None:
    change(workspace / PLAN, "\nyear: 2024\n", "\nyeer: 2024\n")  # not committed, and none of this commit's
    (workspace / "ghi-chu.yaml").write_text("a: [\n", "utf-8")
    git("add", "ghi-chu.yaml", ".pre-commit-config.yaml")
    assert git("commit", "--message", "Ghi chú").returncode == 0
