"""How often a command goes to a server and back: it may stand in another province, where each time takes a while."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.services.verbs.demo import WEEK
from plantrack.store.postgres.connection import connect_server
from tests.conftest import Run
from tests.support.far_server import far_server
from tests.support.postgres import database_with_tables, fill
from tests.support.postgres_server import PostgresServer

#: Of each command, how often it waits for an answer once it is connected. Only ever fewer.
TRIPS = {
    "list": 3,
    "list -n 5": 3,
    "list overdue area:3": 3,
    "list --as-of 2024-07-10": 3,
    "list truyền thông": 4,
    "list truyền -n 2": 4,
    # Inside a word only, which no index finds.
    "list ruyền": 5,
    "list --with-notes": 4,
    "progress": 2,
    "progress --by org": 2,
    "progress --by month": 3,
    "progress --explain": 4,
    "show 1": 7,
    "add Việc-mới --area 3": 5,
    "add Việc-mới --area 3 --lead hlhpn --due 30/12/2024 --to Mới": 5,
    "add Việc-mới --area 3 --after 3,4": 5,
    "add Việc-mới --area 3 --every month --due 30/9/2024": 6,
    "add Việc-mới --area 3 --dry-run": 6,
    "update 3 -p 50 -r gửi": 4,
    "update 3 4 5 -p 50 -r gửi": 4,
    "update 3-6 -p 50 -r gửi": 5,
    "update 3 -p 50 --told-by Xuân": 4,
    "update 3-6 --proposal thêm": 6,
    "update 3.1 -p 10": 6,
    "update hội thảo -p 10 --yes": 6,
    "update --where area:3 -p 40 --yes": 6,
    "done 3": 4,
    "assign 3 --with ubdt": 4,
    "edit 3 --after 4": 6,
    "extend 3 --due 30/12/2024 --reason chờ": 4,
    "log": 8,
    "log -n 5": 13,
    "undo c50 --yes": 15,
    f"weekly --week {WEEK}": 11,
    f"weekly --week {WEEK} --format json": 12,
    "report --period 2024-07": 20,
}


@pytest.fixture(scope="module")
def office(postgres_server: PostgresServer, example: Path) -> Iterator[str]:
    """A server's database with the example; its address."""
    with database_with_tables(postgres_server) as address:
        with contextlib.closing(connect_server(address)) as db:
            fill(db, example / "plantrack.db")
        yield address.text


@pytest.mark.parametrize("line", TRIPS)
def test_a_command_goes_to_a_server_and_back_so_often(
    run: Run, office: str, postgres_server: PostgresServer, line: str
) -> None:
    with postgres_server.database(office.rpartition("/")[2]) as own, far_server(own) as far:
        assert run("--db", far.address, *line.split()).code == 0
    assert far.asking <= TRIPS[line]
