"""What each command takes, read from a table: Typer, which knows it, costs more than all the rest of a completion.

The table is made from Typer's commands, never by hand, and a test compares them:
`PLANTRACK_REMAKE=1 python -m pytest tests/cli/completion/test_params.py`
"""

import json
from pathlib import Path

from plantrack.cli.commands import (
    COMMANDS,
    EVERYWHERE,
    Argument,
    CommandParams,
    Option,
    in_both_languages,
    shared_options,
)

TABLE = Path(__file__).with_name("params.json")


def tabled_params(path: str) -> CommandParams:
    """Return what a command takes; of a group, what all commands share."""
    if path not in COMMANDS:
        return CommandParams([], list(EVERYWHERE))
    own = json.loads(TABLE.read_bytes())[path]
    arguments = [Argument(name, metavar, "", is_list) for name, metavar, is_list in own["arguments"]]
    options = [_option(*row) for row in own["options"]]
    return CommandParams(arguments, [*options, *shared_options(COMMANDS[path]), *EVERYWHERE])


def _option(name: str, names: str, metavar: str, words: str, is_list: bool) -> Option:
    typed = in_both_languages(names.split())
    return Option(name, typed, metavar, words, is_flag=not metavar, is_list=is_list)
