"""`db init` as it is typed."""

import shlex
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.examples import examples_of
from tests.support.postgres_server import PostgresServer


def test_it_says_what_it_made_and_what_is_next(run: Run, postgres_server: PostgresServer) -> None:
    with postgres_server.database() as address:
        made = run("db", "init", address, "--lang", "en")
        assert (made.code, made.out) == (0, "")
        assert "Made the database" in made.err
        assert "kh-468-2024" in made.err
        assert "member add LOGIN" in made.err
        again = run("du-lieu", "khoi-tao", address, "--lang", "en")
        assert again.code == 0
        assert again.err.startswith("The database of plantrack is at")
        assert run("--db", address, "plan", "show").code == 0


def test_without_a_plan_the_next_step_is_to_apply_one(
    run: Run, postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with postgres_server.database() as address:
        made = run("db", "init", address, "--lang", "en")
        assert (made.code, f"--db {shlex.quote(address)} plan apply" in made.err) == (0, True), made.err


def test_the_whole_sql_is_printed_and_nothing_is_asked_of_anyone(run: Run) -> None:
    for line in (one for one in examples_of("db init", "vi") if "--print" in one):
        printed = run(*shlex.split(line)[1:])
        assert (printed.code, printed.err) == (0, "")
        assert printed.out.startswith("BEGIN;\n")
        assert printed.out.endswith("COMMIT;\n\n")
        assert "CREATE POLICY" in printed.out


def test_what_makes_a_file_names_what_makes_a_database_on_a_server(run: Run) -> None:
    told = run("init", "--db", "postgresql://a@b/c", "--lang", "en")
    assert told.code == 2
    assert "plantrack db init postgresql://a@b/c" in told.err


def test_who_may_make_no_groups_gets_the_sql_for_the_keeper(
    run: Run, postgres_server: PostgresServer
) -> None:
    import contextlib

    with contextlib.closing(postgres_server.admin()) as admin, postgres_server.database() as address:
        admin.execute("CREATE ROLE thu LOGIN")
        try:
            told = run(
                "db", "init", postgres_server.address(address.rpartition("/")[2], "thu"), "--lang", "en"
            )
        finally:
            admin.execute("DROP ROLE thu")
    assert told.code == 4
    assert "[server-groups]" in told.err
    assert "CREATE ROLE plantrack_viewer NOLOGIN" in told.out
    assert told.out.endswith("plantrack_coordinator TO thu WITH ADMIN OPTION;\n")


@pytest.mark.parametrize("typed", ["", "plantrack.db", "mysql://a/b"])
def test_what_is_no_address_is_refused(run: Run, typed: str) -> None:
    assert run("db", "init", typed).code in (2, 6)
