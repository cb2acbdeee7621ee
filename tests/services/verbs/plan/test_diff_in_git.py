"""Plan files compared with what they were in git; no database is asked."""

from pathlib import Path

import pytest

from plantrack.model.problem import ProblemsFound
from plantrack.services.verbs.plan.diff import diff_in_git
from tests.support.repository import commit, git, in_git
from tests.support.steps import PLAN_FILE, refused, rewritten

SHORT = ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"')


@pytest.fixture
def repository(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace in git, without its database."""
    (workspace / "plantrack.db").unlink()
    return in_git(workspace, monkeypatch)


def changes(file: Path, root: Path, revision: str = "HEAD") -> list[tuple[object, object]]:
    """Return what changed since a revision: old and new."""
    (view,) = diff_in_git([file], root, revision)
    assert (view.against.kind, view.against.name) == ("git", revision)
    return [(f.old, f.new) for part in view.parts for f in part.change.fields]


def test_a_file_is_compared_with_itself_then(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    file = rewritten(repository, SHORT)
    assert changes(file, repository) == [("Hội thảo và khuyến nghị", "Hội thảo")]
    commit(repository, "ngắn")
    assert changes(file, repository) == []
    assert changes(file, repository, first) == changes(file, repository, "HEAD~1") != []
    (view,) = diff_in_git([file], repository, "HEAD~1")
    assert (view.against.git_commit, view.tasks, view.file) == (first, (), PLAN_FILE)


def test_a_file_with_another_name_then_is_found_by_its_plan(repository: Path) -> None:
    file = rewritten(repository, SHORT).rename(repository / "plans" / "khác.yaml")
    assert changes(file, repository) == [("Hội thảo và khuyến nghị", "Hội thảo")]


def test_a_plan_that_was_not_there_is_all_new(repository: Path) -> None:
    file = rewritten(repository, ('id: "kh-468-2024"', 'id: "kh-moi"'))
    file = file.rename(repository / "plans" / "mới.yaml")
    (view,) = diff_in_git([file], repository, "HEAD")
    assert (view.against.kind, {p.change.kind for p in view.parts}) == ("nothing", {"added"})


def test_what_was_included_then_is_read_from_then(repository: Path) -> None:
    shared = repository / "chung.yml"
    shared.write_text('places: [{id: "kt", name: "Kon Tum"}]\n', "utf-8")
    file = rewritten(repository, ("\norganisations:\n", '\ninclude: ["chung.yml"]\norganisations:\n'))
    commit(repository, "địa bàn")
    shared.write_text('places: [{id: "kt", name: "Tỉnh Kon Tum"}]\n', "utf-8")
    assert changes(file, repository) == [("Kon Tum", "Tỉnh Kon Tum")]


def test_a_plan_with_mistakes_then_is_refused_with_its_place(repository: Path) -> None:
    file = rewritten(repository, ("year: 2024", "year: hai"))
    commit(repository, "lỗi")
    rewritten(repository, ("year: hai", "year: 2024"))
    with pytest.raises(ProblemsFound) as caught:
        diff_in_git([file], repository, "HEAD")
    assert (caught.value.code, caught.value.exit_code) == ("past-plan-has-problems", 5)
    assert caught.value.params["file"] == "HEAD:kh-468-2024.yaml"


def test_a_plan_with_mistakes_now_is_refused_before_git_is_asked(workspace: Path) -> None:
    with refused("plan-has-problems"):
        diff_in_git([rewritten(workspace, ("year: 2024", "year: hai"))], workspace, "HEAD")


@pytest.mark.parametrize("revision", ["khong-co", "--all", "HEAD~99", ""])
def test_a_revision_that_is_not_there_is_refused(repository: Path, revision: str) -> None:
    with refused("revision-not-in-git") as caught:
        diff_in_git([repository / PLAN_FILE], repository, revision)
    assert caught.value.exit_code == 3


def test_outside_git_no_revision_is_there(workspace: Path) -> None:
    with refused("revision-not-in-git"):
        diff_in_git([workspace / PLAN_FILE], workspace, "main")
