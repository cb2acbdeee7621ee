"""`init` as it is typed: the folder it makes, what it says of it, and what to type next."""

from pathlib import Path

import pytest

from tests.conftest import Run, dump


@pytest.fixture
def outside(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Stand in an empty folder."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return run


def test_a_workspace_is_made_here_and_its_plan_carried_in(outside: Run) -> None:
    ended = outside("--lang", "en", "init")
    assert (ended.code, ended.out) == (0, "")
    assert sorted(p.name for p in Path().iterdir()) == [".gitignore", "plans", "plantrack.db"]
    put, made, applied, after = ended.err.splitlines()
    assert put == "Put the 2024 plan in plans/kh-468-2024.yaml."
    assert str(Path.cwd()) in made
    assert "plan kh-468-2024 as revision 1 (areas: 7, activities: 12)" in applied
    assert after.startswith("Next: plantrack plan show ")
    assert outside("list").code == 0


@pytest.mark.no_cover
def test_or_in_a_folder_that_what_follows_is_told_for(outside: Run) -> None:
    assert "plantrack -C 'công việc' plan show" in outside("init", "công việc").err
    assert outside("-C", "công việc", "list").code == 0
    Path("b").mkdir()
    assert "plantrack -C b plan show" in outside("-C", "b", "init").err


def test_what_is_there_already_is_left_as_it_is(run: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("--lang", "en", "init")
    assert ended.code == 0
    assert "it was left as it is" in ended.err
    assert "Put the" not in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_a_workspace_inside_another_is_said_to_be_one_of_its_own(run: Run, workspace: Path) -> None:
    said = run("--lang", "en", "init", "sub").err
    assert f"inside the workspace {workspace}" in said
    assert "inside the workspace" not in run("--lang", "en", "init", "sub").err, "once is enough"


@pytest.mark.no_cover
def test_the_database_may_have_another_name_or_place(outside: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside("--db", "khác.db", "init", "a").code == 0
    assert sorted(p.name for p in Path("a").iterdir()) == [".gitignore", "khác.db", "plans"]
    monkeypatch.setenv("PLANTRACK_DB", "b.db")
    assert outside("init", "b").code == 0
    assert Path("b/b.db").is_file()


def test_a_group_shares_the_database_of_the_workspace_only(outside: Run) -> None:
    ended = outside("--db", "x.db", "init", "a", "--group", "users")
    assert (ended.code, "[options-exclude]" in ended.err) == (2, True)
    assert not Path("a").exists()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        (0o755, ""),
        (0o2770, "shared with the group"),
        (0o777, "only this login can open the database"),
        (0o1777, "only this login can open the database"),
    ],
    ids=str,
)
def test_who_may_open_it_is_said_where_several_people_use_the_folder(
    outside: Run, folder: int, said: str
) -> None:
    Path().chmod(folder)
    lines = outside("--lang", "en", "init").err
    told = [line for line in lines.splitlines() if "shared with" in line or "only this login" in line]
    assert (len(told), said in lines) == (bool(said), True)
    assert "only this login" not in outside("--lang", "en", "init").err, "one that is there is left as it is"


def test_whoever_makes_it_is_its_author(outside: Run) -> None:
    outside("init", "--author", "Lê Văn A")
    assert "Lê Văn A" in outside("log").out
