"""A place is opened by its engine; the other one is not even loaded."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.opening import open_database
from plantrack.store.sqlite.connection import SQLite
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer

OPENED = """
import sys
from pathlib import Path
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.opening import open_database
open_database(eval(sys.argv[1])).close()
print(*(name for name in ("psycopg", "sqlite_utils") if name in sys.modules))
"""


def loaded_by(place: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", OPENED, place], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_file_needs_no_driver_of_a_server(workspace: Path) -> None:
    assert loaded_by(f"Path({str(workspace / 'plantrack.db')!r})") == []


def test_a_server_needs_no_maker_of_files(postgres_server: PostgresServer) -> None:
    with database_with_tables(postgres_server) as address:
        assert loaded_by(repr(address)) == ["psycopg"]


def test_each_place_is_opened_by_its_engine(workspace: Path, postgres_server: PostgresServer) -> None:
    with contextlib.closing(open_database(workspace / "plantrack.db")) as db:
        assert isinstance(db, SQLite)
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(open_database(address)) as there,
    ):
        assert (type(there).__name__, there.name, there.told.site) == ("Postgres", str(address), "")


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.split(".")[0] == "psycopg" or name.startswith("plantrack.store.postgres"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Failure) as caught:
        open_database(DatabaseAddress("postgresql://may/kh"))
    assert (caught.value.code, caught.value.params["command"]) == (
        "extra-missing",
        "pip install 'plantrack[postgres]'",
    )
