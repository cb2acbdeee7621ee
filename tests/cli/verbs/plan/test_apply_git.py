"""What git knows of a plan file, and what it will not say: the commit is a fact that is added, the reason is passed on."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Hands, Run, dump
from tests.support.plan_edits import PLAN, SHORT, swap
from tests.support.repository import commit, git, in_git

ANOTHER_OWNER = "GIT_TEST_ASSUME_DIFFERENT_OWNER"


@pytest.fixture
def repository(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace as a git repository with the shipped plan committed on `main`."""
    return in_git(workspace, monkeypatch)


def revisions(run: Run) -> list[tuple[int, str | None, bool | None]]:
    told = json.loads(run("plan", "log", "--format", "json").out)["data"]
    return [(r["revision"], r["git_commit"], r["dirty"]) for r in told]


# --- git refuses ---


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_reason_of_git_is_passed_on(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv(ANOTHER_OWNER, "1")
    ended = run("--lang", language, "plan", "diff", "--against", "main")
    assert (ended.code, ended.out) == (3, "")
    assert "[git-refused]" in ended.err
    assert "dubious ownership" in ended.err
    assert re.findall(r"safe\.directory (\S+?)[`).,]", ended.err) == [str(repository)], (
        "git takes no folder in it"
    )


def test_without_a_commit_apply_says_so_and_why(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap(repository, *SHORT)
    made = commit(repository, "tên ngắn")
    monkeypatch.setenv(ANOTHER_OWNER, "1")
    ended = run("plan", "apply", "--lang", "en")
    assert ended.code == 0
    assert "No commit of the plan file was recorded: git refuses (" in ended.err
    assert "dubious ownership" in ended.err
    assert revisions(run)[0] == (2, None, None)
    assert "dubious ownership" in run("plan", "apply").err, "as long as there is none"
    told = json.loads(run("plan", "apply", "--format", "json").out)["data"][0]
    assert (told["changed"], told["revision"]) == (False, 2)
    assert "dubious ownership" in told["git_refusal"]
    monkeypatch.delenv(ANOTHER_OWNER)
    assert "the git commit of its file was added, as revision 3" in run("plan", "apply", "--lang", "en").err
    assert revisions(run)[0] == (3, made, False)


def test_outside_git_nothing_is_said_of_it(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    assert "git" not in run("plan", "apply").err


# --- a commit that comes later ---


def test_a_commit_made_after_apply_is_added_when_the_same_is_applied_again(
    repository: Path, run: Run, clock: Hands
) -> None:
    swap(repository, *SHORT)
    ended = run("plan", "apply", "--lang", "en")
    assert "After `git commit`, run `plantrack plan apply` again" in ended.err
    sent = run("weekly", "--week", "this").out
    made = commit(repository, "tên ngắn")
    assert run("weekly", "--week", "this").out == sent, "reporting adds nothing"
    known = json.loads(run("plan", "log", "--format", "json").out)["data"][0]["recorded_at"]
    ended = run("plan", "apply", "--format", "json")
    told = json.loads(ended.out)["data"][0]
    assert (told["changed"], told["commit_added"], told["revision"], told["git_commit"]) == (
        False,
        True,
        3,
        made,
    )
    assert "đã ghi thêm mã commit của tệp" in ended.err
    assert revisions(run)[0] == (3, made, False)
    assert run("weekly", "--week", "this", "--known-at", known).out == sent
    before = dump(repository / "plantrack.db")
    assert "git" not in run("plan", "apply").err
    assert dump(repository / "plantrack.db") == before


def test_what_git_does_not_have_as_it_is_adds_no_commit(repository: Path, run: Run) -> None:
    run("plan", "apply")
    assert len(revisions(run)) == 2
    swap(repository, *SHORT)
    run("plan", "apply")
    git(repository, "commit", "--allow-empty", "-qm", "khác")
    assert run("plan", "apply", "--format", "json").code == 0
    assert revisions(run)[0][0] == 3


# --- the ends of lines ---


def with_line_ends(file: Path, ends: bytes) -> None:
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ends))


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_the_ends_of_lines_are_no_change_of_a_plan(repository: Path, run: Run, ends: bytes) -> None:
    run("plan", "apply")
    before = dump(repository / "plantrack.db")
    with_line_ends(repository / PLAN, ends)
    assert run("plan", "diff", "--exit-code").code == 0
    told = json.loads(run("plan", "diff", "--against", "main", "--format", "json").out)["data"][0]
    assert (told["differs"], told["same_document"]) == (False, True)
    ended = run("plan", "apply", "--format", "json")
    assert not json.loads(ended.out)["data"][0]["changed"]
    assert dump(repository / "plantrack.db") == before
    assert (
        json.loads(run("weekly", "--week", "this", "--format", "json").out)["data"]["provenance"][
            "newer_file"
        ]
        is None
    )


def test_a_file_that_differs_from_its_commit_in_the_ends_of_lines_only_is_committed(
    repository: Path, run: Run
) -> None:
    swap(repository, *SHORT)
    made = commit(repository, "tên ngắn")
    with_line_ends(repository / PLAN, b"\r\n")
    run("plan", "apply")
    assert revisions(run)[0] == (2, made, False)


def test_included_lists_too(workspace: Path, run: Run) -> None:
    named = "dia-ban.yaml"
    (workspace / named).write_text('places:\n  - id: "x"\n    name: "Ví dụ"\n', "utf-8")
    swap(workspace, "\nareas:", f'\ninclude: ["{named}"]\nareas:')
    run("plan", "apply")
    with_line_ends(workspace / named, b"\r\n")
    told = json.loads(run("plan", "diff", "--format", "json").out)["data"][0]
    assert (told["differs"], told["same_document"]) == (False, True)
