"""What a command writes: all of it or nothing; of one that is only tried nothing stays."""

from collections.abc import Callable
from typing import TypeVar

from plantrack.store import commands
from plantrack.store.commands import Command
from plantrack.store.connection import Connection

Result = TypeVar("Result")


class _TrialEnd(Exception):
    """What ends a trial, and with it takes back all that was written."""


def in_transaction(
    db: Connection,
    write: Callable[[], Result],
    command_of: Callable[[Result], Command | None],
    *,
    is_trial: bool,
) -> Result:
    """Write all or nothing, and return what was done; of a trial, what would have been done."""
    tried: list[Result] = []

    def attempt() -> Result:
        result = write()
        if is_trial:
            # What was written goes out with a question, and what is wrong with it comes back.
            is_recorded(result)
            tried[:] = [result]
            raise _TrialEnd
        return result

    def is_recorded(result: Result) -> bool:
        command = command_of(result)
        return command is not None and commands.is_there(db, command.uid)

    try:
        return db.transact(attempt, is_recorded)
    except _TrialEnd:
        return tried[0]
