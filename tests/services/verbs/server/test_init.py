"""The tables of the program on a server: made whole or not at all, once, and by whoever may."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.model.problem import ProblemsFound
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.verbs.db import check
from plantrack.services.verbs.server.init import init_server, server_address, server_script
from plantrack.store import stats
from plantrack.store.opening import open_database
from plantrack.store.postgres.new_database import script_for_keeper
from tests.support.offices import PLAN
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def address(postgres_server: PostgresServer) -> Iterator[DatabaseAddress]:
    with postgres_server.database() as text:
        yield DatabaseAddress(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    return tmp_path


def author(login: str) -> str:
    return login


def tables(address: DatabaseAddress) -> list[Any]:
    import psycopg

    with contextlib.closing(psycopg.connect(address.text)) as driver:
        return driver.execute(
            "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public'"
        ).fetchall()


def test_it_is_made_once_with_the_plan(address: DatabaseAddress, folder: Path) -> None:
    made = init_server(address, folder, author)
    assert (made.is_new, made.login, [one.plan for one in made.applying.applied]) == (
        True,
        "postgres",
        ["kh-1"],
    )
    again = init_server(address, folder, author)
    assert (again.is_new, again.applying.applied) == (False, ())
    with contextlib.closing(open_database(address)) as db:
        assert (db.told.role, db.told.login, check(db).is_sound) == ("owner", "postgres", True)
        assert db.query("SELECT author, entered_by, login FROM command") == [("postgres", None, "postgres")]
        assert db.query("SELECT id, parent FROM organisation WHERE parent IS NOT NULL") == [("hn-ba", "hn")]


def test_who_leaves_a_transaction_open_is_let_go_by_the_server(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    import psycopg

    name = address.text.rpartition("/")[2]
    for _ in range(2):  # a restored database may have forgotten it
        init_server(address, tmp_path, author)
        with contextlib.closing(psycopg.connect(address.text, autocommit=True)) as driver:
            assert driver.execute(_LIMIT).fetchall() == [("2min",)]
            driver.execute(f"ALTER DATABASE {name} RESET ALL")
            driver.execute(f"GRANT CONNECT ON DATABASE {name} TO PUBLIC")
    with contextlib.closing(open_database(address)) as db:
        db.snapshot()
        assert db.query(_LIMIT) == [("0",)], "but not who reads a long answer slowly"


_LIMIT = "SELECT current_setting('idle_in_transaction_session_timeout') AS value"


def test_of_those_who_make_it_at_once_one_does_and_the_others_find_it(
    address: DatabaseAddress, folder: Path
) -> None:
    with ThreadPoolExecutor(3) as pool:
        made = [*pool.map(lambda _: init_server(address, folder, author), range(3))]
    assert sorted(one.is_new for one in made) == [False, False, True]
    with contextlib.closing(open_database(address)) as db:
        assert check(db).is_sound
        assert db.query("SELECT COUNT(*) AS n FROM command") == [(1,)]


def test_what_is_broken_off_leaves_nothing_and_is_made_by_the_next_one(
    address: DatabaseAddress, folder: Path
) -> None:
    def die(_: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        init_server(address, folder, die)
    assert tables(address) == []
    assert init_server(address, folder, author).is_new


def test_without_a_plan_the_tables_are_made(address: DatabaseAddress, tmp_path: Path) -> None:
    assert init_server(address, tmp_path, author).is_new
    assert not init_server(address, tmp_path, author).is_new


def test_a_plan_with_mistakes_leaves_nothing(address: DatabaseAddress, folder: Path) -> None:
    (folder / "plans" / "kh.yaml").write_text(PLAN.replace('"hn"}', '"hn-x"}'), "utf-8")
    with pytest.raises(ProblemsFound):
        init_server(address, folder, author)
    assert tables(address) == []


def test_another_programs_tables_are_left_alone(address: DatabaseAddress, folder: Path) -> None:
    import psycopg

    with contextlib.closing(psycopg.connect(address.text, autocommit=True)) as driver:
        driver.execute("CREATE TABLE meta (x TEXT)")
    with pytest.raises(Failure, match="database-foreign"):
        init_server(address, folder, author)
    assert tables(address) == [("meta",)]


def test_what_was_run_as_a_script_is_completed(address: DatabaseAddress, folder: Path) -> None:
    import psycopg

    with contextlib.closing(psycopg.connect(address.text, autocommit=True)) as driver:
        driver.execute(server_script())
    assert init_server(address, folder, author).is_new
    with contextlib.closing(open_database(address)) as db:
        assert check(db).is_sound
        assert stats.get(db, "version") == "9"


def test_who_may_make_no_groups_is_told_what_the_keeper_has_to_run(
    postgres_server: PostgresServer, folder: Path
) -> None:
    import psycopg

    with contextlib.closing(postgres_server.admin()) as admin, postgres_server.database() as text:
        name = text.rpartition("/")[2]
        admin.execute('CREATE ROLE "Chủ máy" LOGIN')
        admin.execute(f'ALTER DATABASE {name} OWNER TO "Chủ máy"')
        own = DatabaseAddress(postgres_server.address(name, "Ch%E1%BB%A7%20m%C3%A1y"))
        try:
            with pytest.raises(Failure, match="server-groups") as refused:
                init_server(own, folder, author)
            assert refused.value.params["login"] == "Chủ máy"
            assert tables(own) == []
            admin.execute(script_for_keeper("Chủ máy"))
            assert init_server(own, folder, author).is_new
        finally:
            admin.execute(f"ALTER DATABASE {name} OWNER TO postgres")
            with contextlib.closing(psycopg.connect(text, autocommit=True)) as driver:
                driver.execute('DROP OWNED BY "Chủ máy"')
            admin.execute('DROP ROLE "Chủ máy"')


def test_a_file_is_no_address(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="not-an-address"):
        server_address(tmp_path, "plantrack.db")
    assert server_address(tmp_path, "postgresql://a@b/c").text == "postgresql://a@b/c"
