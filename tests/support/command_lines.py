"""Command lines, parsed as the program would."""

import shlex
from typing import Any

from plantrack.cli.session import Session
from plantrack.cli.typer_adapter import LazyGroup, program


def parse(line: str) -> str:
    """Parse a command line as the program would, without running it; give its command."""
    words = shlex.split(line)
    assert words[0] == "plantrack", line
    root: LazyGroup = program()
    session = Session()
    context = root.make_context("plantrack", words[1:], obj=session)
    return parsed(root, context)


def parsed(group: LazyGroup, context: Any) -> str:
    """Follow the words of a command to where it is, and parse the rest."""
    words = [*context._protected_args, *context.args]
    if not words:
        return ""
    name, command, rest = group.resolve_command(context, words)
    assert command is not None
    inner = command.make_context(name, rest, parent=context)
    return parsed(command, inner) if isinstance(command, LazyGroup) else str(context.obj.command)
