"""The table of what commands take is what Typer has.

Make it anew with `PLANTRACK_REMAKE=1 python -m pytest tests/cli/completion/test_params.py`.
"""

import json
import os
from collections.abc import Iterator

import pytest

from plantrack.cli.commands import COMMANDS, CommandParams
from plantrack.cli.completion.params import TABLE, tabled_params
from plantrack.cli.typer_adapter import load, params_of


def table() -> str:
    """Return the table as it should be, a parameter a line."""
    commands = (f'"{path}": {{\n{entry(params_of(load(path).params))}}}' for path in COMMANDS)
    return "{" + ",\n".join(commands) + "}\n"


def entry(params: CommandParams) -> str:
    return f'"arguments": [{rows(arguments(params))}],\n"options": [{rows(options(params))}]'


def arguments(params: CommandParams) -> Iterator[list[object]]:
    for a in params.arguments:
        yield [a.name, a.metavar, a.is_list]


def options(params: CommandParams) -> Iterator[list[object]]:
    for o in params.options:
        if not o.is_shared and o.name != "help":
            yield [o.name, " ".join(o.names[:-1]), o.metavar, o.help, o.is_list]


def rows(lists: Iterator[list[object]]) -> str:
    return ",".join(f"\n {json.dumps(row)}" for row in lists)


@pytest.fixture(scope="module", autouse=True)
def remade() -> None:
    if os.environ.get("PLANTRACK_REMAKE"):
        TABLE.write_text(table(), "utf-8")


def test_the_table_is_made_from_what_typer_has() -> None:
    assert TABLE.read_text("utf-8") == table()


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_takes_what_typer_says(path: str) -> None:
    ours, theirs = tabled_params(path), params_of(load(path).params)
    assert [a._replace(help="") for a in theirs.arguments] == ours.arguments
    assert [(o.name, o.names, o.metavar, o.help, o.is_flag, o.is_list) for o in ours.options] == [
        (o.name, o.names, o.metavar, o.help, o.is_flag, o.is_list) for o in theirs.options if o.name != "help"
    ]


def test_a_group_takes_what_all_commands_do() -> None:
    assert [o.long for o in tabled_params("plan").options] == [o.long for o in tabled_params("").options]
