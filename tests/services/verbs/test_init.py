"""Making a workspace: whole or not at all, and never over what is there."""

import os
import sqlite3
from pathlib import Path

import pytest

from plantrack.model.problem import ProblemsFound
from plantrack.planfile.shipped import PLACES
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs import init as service
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.db import status
from plantrack.services.verbs.init import Initialised, init
from plantrack.services.workspace import plan_files
from plantrack.store.sqlite.connection import connect, create
from tests.conftest import Hands
from tests.support.folders import files
from tests.support.steps import PLAN, PLAN_FILE, refused

LISTS = [f"plans/{name}" for name in PLACES]


SHIPPED = [PLAN_FILE, "plans/plan.schema.json", *LISTS]


SMALL = 'format: 1\nid: "nho"\nyear: 2025\ntitle: "Kế hoạch nhỏ"\nareas:\n  - code: "A1"\n    title: "Một"\n'


def made(folder: Path, database: Path | None = None) -> Initialised:
    """Make a workspace on 25/3/2024."""
    return init(folder, database, "Người thử", Hands("2024-03-25"))


# --- a new workspace ---


def test_a_workspace_has_the_2024_plan_a_database_and_lines_for_git(tmp_path: Path) -> None:
    done = made(tmp_path / "a" / "b")
    assert (done.made_database, done.plan_file) == (True, tmp_path / "a" / "b" / PLAN_FILE)
    assert [(a.plan, a.revision, a.areas, a.activities) for a in done.applying.applied] == [(PLAN, 1, 7, 12)]
    assert set(files(tmp_path / "a" / "b")) == {*SHIPPED, "plantrack.db", ".gitignore"}
    assert (tmp_path / "a" / "b" / ".gitignore").read_text() == "plantrack.db\nplantrack.db-*\nbackups/\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_what_the_project_has_to_the_letter(tmp_path: Path, name: str) -> None:
    made(tmp_path)
    shipped = Path(__file__).parents[3] / name
    assert (tmp_path / name).read_bytes() == shipped.read_bytes()


def test_lists_that_plans_include_are_no_plans(tmp_path: Path) -> None:
    made(tmp_path)
    assert [p.name for p in plan_files(tmp_path)] == [f"{PLAN}.yaml"]


def test_a_new_database_is_whole_and_without_tasks(tmp_path: Path) -> None:
    made(tmp_path)
    db = connect(tmp_path / "plantrack.db")
    told = status(db)
    db.close()
    assert (told.plans, told.tasks, told.updates, told.commands) == (((PLAN, 2024, 1),), 0, 0, 1)
    assert (told.journal, told.first_moment) == ("wal", "2024-03-25T02:00:00.000Z")


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    before = files(tmp_path)
    again = made(tmp_path)
    assert (again.made_database, again.plan_file, again.applying.applied) == (False, None, ())
    assert files(tmp_path) == before


def test_a_second_time_keeps_the_work(tmp_path: Path) -> None:
    made(tmp_path)
    db = connect(tmp_path / "plantrack.db")
    add_from_plan(open_context(db, ContextRequest(author="A"), Hands("2024-04-01")))
    db.close()
    made(tmp_path)
    db = connect(tmp_path / "plantrack.db")
    assert status(db).tasks == 12
    db.close()


# --- in a folder that has something ---


def test_plans_that_are_there_are_used_and_none_is_added(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "nho.yaml").write_text(SMALL, "utf-8")
    done = made(tmp_path)
    assert (done.plan_file, [a.plan for a in done.applying.applied]) == (None, ["nho"])
    assert [p.name for p in (tmp_path / "plans").iterdir()] == ["nho.yaml"]


def test_several_plans_that_are_there_are_all_carried_in(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    for name in ("a", "b"):
        (tmp_path / "plans" / f"{name}.yaml").write_text(SMALL.replace("nho", name), "utf-8")
    assert [a.plan for a in made(tmp_path).applying.applied] == ["a", "b"]


def test_a_plan_with_errors_leaves_no_files(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "nho.yaml").write_text("format: 1\n", "utf-8")
    before = files(tmp_path)
    with pytest.raises(ProblemsFound):
        made(tmp_path)
    assert files(tmp_path) == before


def test_a_list_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / LISTS[0]
    own.parent.mkdir(parents=True)
    own.write_text("places: []\n", "utf-8")
    made(tmp_path)
    assert own.read_text("utf-8") == "places: []\n"
    assert (tmp_path / LISTS[1]).exists()


def test_lines_for_git_are_added_to_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\nplantrack.db", "utf-8")
    made(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "*.bak\nplantrack.db\nplantrack.db-*\nbackups/\n"


def test_a_gitignore_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe")
    assert made(tmp_path).made_database
    assert (tmp_path / ".gitignore").read_bytes() == b"\xff\xfe"


def test_the_database_can_be_elsewhere(tmp_path: Path) -> None:
    made(tmp_path / "w", tmp_path / "rows.db")
    assert set(files(tmp_path)) == {*(f"w/{name}" for name in SHIPPED), "w/.gitignore", "rows.db"}
    assert not made(tmp_path / "w", tmp_path / "rows.db").made_database


# --- what cannot be made ---


@pytest.mark.parametrize("inside", ["plantrack.db", "elsewhere.db"])
def test_a_foreign_database_is_refused_and_no_file_is_left(tmp_path: Path, inside: str) -> None:
    target = tmp_path / inside
    with sqlite3.connect(target) as driver:
        driver.execute("CREATE TABLE nhat_ky (x)")
    driver.close()
    before = files(tmp_path)
    with refused("database-foreign") as caught:
        made(tmp_path / "w" if inside == "elsewhere.db" else tmp_path, target)
    assert caught.value.exit_code == 6
    assert files(tmp_path) == before
    assert not (tmp_path / "w").exists()
    assert not (tmp_path / "plans").exists()


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "plantrack.db").write_bytes("không phải cơ sở dữ liệu ".encode() * 100)
    before = files(tmp_path)
    with refused("database-foreign"):
        made(tmp_path)
    assert files(tmp_path) == before


def test_a_failure_half_way_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(service, "apply", full)
    with refused("folder-not-writable") as caught:
        made(tmp_path / "a" / "b")
    assert caught.value.params["reason"] == "No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("x")
    for folder in (tmp_path / "w", tmp_path / "w" / "sâu"):
        with refused("folder-not-writable") as caught:
            made(folder)
        assert caught.value.exit_code == 5
    assert files(tmp_path) == {"w": b"x"}


def test_an_author_is_needed_before_anything_is_made(tmp_path: Path) -> None:
    with refused("no-author"):
        init(tmp_path / "w", None, "")
    assert list(tmp_path.iterdir()) == []


# --- an init that was killed ---


@pytest.mark.parametrize("kind", ["empty", "header"])
def test_an_init_that_was_killed_is_taken_up_again(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "plantrack.db"
    if kind == "empty":
        target.touch()
    else:
        create(target).close()
    with refused("database-unfinished") as caught:
        connect(target)
    assert caught.value.exit_code == 6
    done = made(tmp_path)
    assert (done.made_database, [a.plan for a in done.applying.applied]) == (True, [PLAN])


def test_the_plan_of_a_killed_init_is_used(tmp_path: Path) -> None:
    made(tmp_path)
    os.unlink(tmp_path / "plantrack.db")
    assert (made(tmp_path).plan_file, made(tmp_path).made_database) == (None, False)
