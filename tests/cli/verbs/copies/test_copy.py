"""`db copy` as it is typed: which is which, and what a script gets."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run


def test_it_says_which_is_which(run: Run, workspace: Path) -> None:
    ended = run("db", "copy", "plantrack.db", "x.db", "--lang", "en")
    old, new = workspace / "plantrack.db", workspace / "x.db"
    assert (ended.code, ended.out) == (0, f"{new}\n")
    assert ended.err.startswith(
        f"Copied {old} to {new}: 1 command, the same data in both.\n{old} is as it was."
    )
    assert run("add", "Họp", "--area", "3", "--db", "x.db").out == "1\n"
    assert run("list", "--format", "json").out.count('"label"') == 0


def test_a_program_gets_an_object(run: Run, workspace: Path) -> None:
    told = json.loads(run("db", "copy", "plantrack.db", "x.db", "--format", "json").out)["data"]
    assert (told["source"], told["target"]) == (str(workspace / "plantrack.db"), str(workspace / "x.db"))
    digest = json.loads(run("db", "digest", "--format", "json").out)["data"]["sha256"]
    assert (told["commands"], told["sha256"], told["size"]) == (
        1,
        digest,
        (workspace / "x.db").stat().st_size,
    )


def test_names_are_read_from_where_one_works_and_no_workspace_is_needed(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    assert run("-C", "plans", "db", "copy", "../plantrack.db", "x.db").code == 0
    assert (workspace / "plans" / "x.db").is_file()
    (tmp_path / "bare").mkdir()
    assert (
        run("-C", str(tmp_path / "bare"), "du-lieu", "sao-chep", str(workspace / "plantrack.db"), "x.db").code
        == 0
    )


@pytest.mark.parametrize("args", [(), ("plantrack.db",), ("plantrack.db", ""), ("", "x.db")])
def test_both_are_needed(args: tuple[str, ...], run: Run) -> None:
    ended = run("db", "copy", *args)
    assert (ended.code, "[missing-argument]" in ended.err) == (2, True)
