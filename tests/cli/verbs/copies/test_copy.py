"""`db copy` as it is typed: which is which, and what a script gets."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from plantrack.model.typed.database_address import DatabaseAddress
from tests.conftest import Run
from tests.support.postgres_server import PostgresServer


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


def test_a_copy_to_read_says_where_people_work(run: Run, workspace: Path) -> None:
    ended = run("db", "copy", "plantrack.db", "x.db", "--keep-source", "--lang", "en")
    assert "is a copy to read: nothing can be recorded in it" in ended.err
    refused = run("add", "Họp", "--area", "3", "--db", "x.db", "--lang", "en")
    assert (refused.code, "[database-to-read]" in refused.err) == (6, True)
    assert f"--db '{workspace / 'plantrack.db'}'" in refused.err
    assert run("list", "--db", "x.db").code == 0
    assert run("add", "Họp", "--area", "3").out == "1\n"


def test_a_database_moves_to_a_server_and_back(
    run: Run, workspace: Path, postgres_server: PostgresServer
) -> None:
    with postgres_server.database() as address:
        ended = run("db", "copy", "plantrack.db", address, "--lang", "en")
        assert (ended.code, ended.out) == (0, f"{address}\n")
        assert ended.err.startswith(f"Moved {workspace / 'plantrack.db'} to {address}: 1 command")
        again = run("add", "Họp", "--area", "3", "--lang", "en")
        place = f"--db '{DatabaseAddress(address).without_login}'"
        assert (again.code, "[database-moved]" in again.err, place in again.err) == (6, True, True)
        assert run("add", "Họp", "--area", "3", "--db", address).out == "1\n"
        used = run("db", "copy", "plantrack.db", address, "--keep-source", "--lang", "en")
        assert (used.code, "[copy-target-used]" in used.err) == (4, True)
        told = json.loads(run("db", "copy", address, "back.db", "--format", "json").out)["data"]
        assert (told["moved"], told["to_read"], told["commands"]) == (True, False, 2)
        assert run("add", "Họp", "--area", "3", "--db", "back.db").out == "2\n"


def test_who_may_make_no_groups_gets_the_sql_for_the_keeper(
    run: Run, workspace: Path, postgres_server: PostgresServer
) -> None:
    before = (workspace / "plantrack.db").read_bytes()
    with closing(postgres_server.admin()) as admin, postgres_server.database() as address:
        admin.execute("CREATE ROLE thu LOGIN")
        try:
            own = postgres_server.address(address.rpartition("/")[2], "thu")
            told = run("db", "copy", "plantrack.db", own, "--lang", "en")
        finally:
            admin.execute("DROP ROLE thu")
    assert (told.code, "[server-groups]" in told.err) == (4, True)
    assert told.out.endswith(
        "GRANT plantrack_viewer, plantrack_reporter, plantrack_coordinator TO thu WITH ADMIN OPTION;\n"
    )
    assert (workspace / "plantrack.db").read_bytes() == before
