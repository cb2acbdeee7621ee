"""What each command loads, in a fresh process: start-up cannot decay unseen."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from plantrack.store.postgres.connection import connect_server
from tests.support.postgres import database_with_tables, fill
from tests.support.postgres_server import PostgresServer

#: Libraries that cost tens of milliseconds; on the paths below nothing may need them.
HEAVY = {
    "rich",
    "yaml",
    "pydantic",
    "sqlite_utils",
    "jinja2",
    "click",
    "pandas",
    "numpy",
    "email",
    "asyncio",
    "platformdirs",
}
#: Everything from outside the standard library that Typer brings, and nothing else.
LIGHT = {"plantrack", "typer", "annotated_doc", "shellingham", "typing_extensions", "_virtualenv"}

#: What the driver of a server brings of what is heavy.
BY_DRIVER = {"asyncio", "email"}

LOADED = """
import json, sys
before = set(sys.modules)
from plantrack.cli.app import main
code = main(sys.argv[1:])
assert code == 0, code
names = {name.partition(".")[0] for name in set(sys.modules) - before if not name.startswith("_sysconfigdata")}
sys.stderr.write("\\n" + json.dumps(sorted(names)))
"""


def loaded(workspace: Path, *args: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "-C", str(workspace), *args],
        capture_output=True, text=True, check=True, env={"PLANTRACK_USER": "A", "PATH": ""},
    )  # fmt: skip
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "args",
    [
        ["add", "Họp", "--area", "3"],
        ["update", "1", "-p", "40"],
        ["done", "1"],
        ["list"],
        ["list", "--format", "json"],
        ["show", "1"],
        ["progress"],
        ["weekly", "--week", "2024-W29", "--format", "md"],
        ["report", "--period", "2024-07", "--format", "md"],
        ["list", "--with-notes"],
        ["log"],
        ["plan", "show"],
        ["plan", "apply"],
        ["db", "check", "--repair"],
    ],
    ids=" ".join,
)
def test_daily_commands_load_nothing_heavy(workspace: Path, args: list[str]) -> None:
    if args[0] in ("update", "done", "show"):
        loaded(workspace, "add", "Họp", "--area", "3")
    names = loaded(workspace, *args)
    assert not names & HEAVY
    assert names - set(sys.stdlib_module_names) <= LIGHT


def test_a_plan_is_checked_by_the_core_of_pydantic_alone(workspace: Path) -> None:
    names = loaded(workspace, "plan", "check")
    assert names & {"yaml", "pydantic", "pydantic_core"} == {"yaml", "pydantic_core"}


def test_a_terminal_table_loads_rich_and_nothing_else_heavy(workspace: Path) -> None:
    assert loaded(workspace, "list", "--format", "table") & HEAVY == {"rich"}


def test_a_page_loads_jinja_and_nothing_else_heavy(workspace: Path) -> None:
    assert loaded(workspace, "weekly", "--week", "2024-W29", "--format", "html") & HEAVY == {"jinja2"}


def test_the_version_needs_nothing() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "plantrack", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("plantrack ")
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "plantrack" in names
    assert not {"typer", "sqlite3", "json", "plantrack.cli.app"} & names


def test_a_server_costs_its_driver_and_nothing_of_a_file(
    workspace: Path, postgres_server: PostgresServer
) -> None:
    with database_with_tables(postgres_server) as address:
        with contextlib.closing(connect_server(address)) as db:
            fill(db, workspace / "plantrack.db")
        names = loaded(workspace, "--db", address.text, "list")
    assert names & HEAVY <= BY_DRIVER
    assert "sqlite_utils" not in names
