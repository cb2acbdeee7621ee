"""Where the work is: the nearest folder upwards with a database or a plan, and what its answers are made from."""

import os
from pathlib import Path

import pytest

from plantrack.services.workspace import (
    DATABASE,
    Workspace,
    find_workspace,
    is_source,
    place_for_workspace,
    plan_files,
    workspace_around,
)
from tests.support.steps import refused


def made(folder: Path, *names: str) -> Path:
    """Put empty files into a folder."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


# --- where it is ---


def test_where_there_is_none_one_can_be_made_in_the_folder_itself(tmp_path: Path) -> None:
    assert place_for_workspace(tmp_path) == Workspace(tmp_path, tmp_path / DATABASE)
    assert place_for_workspace(tmp_path, "x.db") == Workspace(tmp_path, tmp_path / "x.db")
    made(tmp_path / "w", DATABASE)
    (tmp_path / "w" / "a").mkdir()
    assert place_for_workspace(tmp_path / "w" / "a") == find_workspace(tmp_path / "w" / "a")
    with refused("no-folder"):
        place_for_workspace(tmp_path / "none")


@pytest.mark.parametrize("mark", [DATABASE, "plans/a.yaml"])
def test_a_workspace_is_the_nearest_folder_upwards_with_a_database_or_a_plan(
    tmp_path: Path, mark: str
) -> None:
    deep = tmp_path / "w" / "a" / "b"
    deep.mkdir(parents=True)
    made(tmp_path / "w", mark)
    assert find_workspace(deep) == Workspace(tmp_path / "w", tmp_path / "w" / DATABASE)
    made(tmp_path / "w" / "a", mark)
    assert find_workspace(deep).root == tmp_path / "w" / "a"


def test_a_named_database_is_relative_to_where_one_stands_and_needs_no_workspace(tmp_path: Path) -> None:
    deep = made(tmp_path / "w", DATABASE) / "a"
    deep.mkdir()
    assert find_workspace(deep, "../rows.db") == Workspace(tmp_path / "w", deep / "../rows.db")
    (tmp_path / "trống").mkdir()
    assert find_workspace(tmp_path / "trống", "rows.db").root == tmp_path / "trống"
    assert find_workspace(deep, "/somewhere/rows.db").database == Path("/somewhere/rows.db")


def test_a_mistyped_address_is_no_file_and_shows_no_password(tmp_path: Path) -> None:
    with refused("address-form") as failure:
        find_workspace(tmp_path, "postgresql//an:bi-mat@may/kh")
    told = failure.value.params
    assert (told["file"], told["right"]) == ("postgresql…", "postgresql://an:***@may/kh")


def test_where_there_is_no_workspace_it_says_so(tmp_path: Path) -> None:
    with refused("no-workspace") as caught:
        find_workspace(tmp_path)
    assert caught.value.exit_code == 3
    with refused("no-folder"):
        find_workspace(tmp_path / "không-có")
    with refused("no-folder"):
        find_workspace(made(tmp_path, "tệp") / "tệp")
    with refused("database-address") as caught:
        find_workspace(tmp_path, "mysql://somebody:secret@host/db")
    assert caught.value.params == {"address": "mysql://"}


def test_what_cannot_be_looked_at_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused("folder-not-readable") as caught:
        find_workspace(tmp_path / ("x" * 5000))
    assert caught.value.exit_code == 3
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with refused("folder-gone"):
        find_workspace(Path())


def test_a_workspace_is_inside_another_one_only_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = made(tmp_path / "w", "plans/a.yaml")
    assert workspace_around(outer / "x" / "y") == outer
    assert workspace_around(outer) is None
    monkeypatch.setattr("plantrack.services.workspace.is_workspace", lambda _: os.listdir("/không/có"))
    assert workspace_around(outer / "x") is None, "what cannot be looked at is no reason to stop"


# --- what is in it ---


def test_its_plans_are_the_files_of_one_folder_by_name(tmp_path: Path) -> None:
    assert plan_files(tmp_path) == []
    made(
        tmp_path, "plans/b.yaml", "plans/a.yml", "plans/c.txt", "plans/.d.yaml", "plans/sâu/e.yaml", "f.yaml"
    )
    (tmp_path / "plans" / "g.yaml").mkdir()
    assert [p.name for p in plan_files(tmp_path)] == ["a.yml", "b.yaml"]


def test_its_answers_are_made_from_its_database_and_its_plans(tmp_path: Path) -> None:
    made(tmp_path, DATABASE, "plans/a.yaml", "plans/ghi-chú.txt", "khác.db")
    here = Workspace(tmp_path, tmp_path / DATABASE)
    (tmp_path / "lối-khác").symlink_to(tmp_path)
    os.link(tmp_path / DATABASE, tmp_path / "tên-khác.db")
    own = [DATABASE, "plans/a.yaml", f"lối-khác/{DATABASE}", "plans/../plans/a.yaml", "tên-khác.db"]
    assert all(is_source(tmp_path / name, here) for name in own)
    others = ["plans/ghi-chú.txt", "khác.db", "plans/mới.yaml", f"{DATABASE}-wal", "\0"]
    assert not any(is_source(tmp_path / name, here) for name in others)
    made(tmp_path, *(f"{DATABASE}{end}" for end in ("-wal", "-shm", "-journal")))
    assert all(is_source(tmp_path / f"{DATABASE}{end}", here) for end in ("-wal", "-shm", "-journal"))
