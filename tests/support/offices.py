"""A database on the tests' server in which several offices work, each person under a login of their own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plantrack.cli.app import main
from plantrack.store.postgres.new_database import script_for_keeper
from tests.support.postgres_server import PostgresServer

#: Who owns the database, coordinates, reports for the province HN and for the province TH, only reads; and who is nobody there.
LOGINS = ("chu", "lan", "binh", "chi", "xem", "la")
PLAN = """\
format: 1
id: "kh-1"
year: 2024
title: "Kế hoạch"
organisations:
  - {id: "hn", name: "Tỉnh HN", level: "province"}
  - {id: "hn-ba", name: "Huyện BA", level: "unit", parent: "hn"}
  - {id: "th", name: "Tỉnh TH", level: "province"}
areas:
  - {code: "ND1", title: "Nội dung"}
"""
#: The tasks of it: led by HN; by a unit of HN; by TH; by TH with HN; by HN until it went to TH; by HN, each month; by the
#: unit, each month.
TASKS = (
    ("Của HN", "--lead", "hn"),
    ("Của huyện", "--lead", "hn-ba"),
    ("Của TH", "--lead", "th"),
    ("Của TH, HN phối hợp", "--lead", "th", "--with", "hn"),
    ("Đã chuyển", "--lead", "hn"),
    ("Hằng tháng", "--lead", "hn", "--due", "2024-07-31", "--every", "month"),
    ("Hằng tháng của huyện", "--lead", "hn-ba", "--due", "2024-07-31", "--every", "month"),
)


class Office:
    """The database, and what is done there by a login."""

    def __init__(self, server: PostgresServer, name: str, folder: Path, clock: Any) -> None:
        self.server, self.name, self.folder, self.clock = server, name, folder, clock

    def address(self, login: str) -> str:
        """Return the address under which a login comes in."""
        return self.server.address(self.name, login)

    def run(self, login: str, *args: str) -> int:
        """Run the program under a login; return its exit code."""
        return main(["-C", str(self.folder), "--db", self.address(login), *args], self.clock)

    def connect(self, login: str) -> Any:
        """Connect past the program."""
        import psycopg

        return contextlib.closing(psycopg.connect(self.address(login)))


@contextlib.contextmanager
def new_office(server: PostgresServer, folder: Path, clock: Any) -> Iterator[Office]:
    """Make a database with its logins, members and tasks; it is dropped at the end."""
    import psycopg

    (folder / "plans").mkdir()
    (folder / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    office = Office(server, "office", folder, clock)
    clock.set("2024-07-01")
    with contextlib.closing(server.admin()) as admin:
        admin.execute("; ".join(f"CREATE ROLE {login} LOGIN" for login in LOGINS))
        admin.execute(script_for_keeper("chu"))
        admin.execute(f"CREATE DATABASE {office.name} TEMPLATE template0 OWNER chu")
        assert main(["-C", str(folder), "db", "init", office.address("chu")], clock) == 0
        assert office.run("chu", "member", "add", "lan", "--role", "coordinator") == 0
        for login, organisation in (("binh", "hn"), ("chi", "th")):
            assert (
                office.run(
                    "lan", "member", "add", login, "--role", "reporter", "--organisation", organisation
                )
                == 0
            )
        assert office.run("lan", "member", "add", "xem", "--role", "viewer") == 0
        for title, *rest in TASKS:
            assert office.run("lan", "add", title, "--area", "ND1", *rest) == 0
        clock.set("2024-07-10")
        assert office.run("lan", "unassign", "5", "--lead", "hn") == 0
        assert office.run("lan", "assign", "5", "--lead", "th") == 0
        assert office.run("lan", "update", "1", "-r", "Đã họp") == 0
        assert office.run("lan", "edit", "3", "--title", "x") == 0
        assert office.run("lan", "undo", "-y") == 0
        yield office
        with contextlib.suppress(psycopg.Error):
            admin.execute(f"DROP DATABASE {office.name} WITH (FORCE)")
