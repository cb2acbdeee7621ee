"""What a command writes: all of it or nothing; of one that is only tried nothing stays."""

from collections.abc import Callable

from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store import commands


class _TrialEnd(Exception):
    """What ends a trial, and with it takes back all that was written."""

    def __init__(self, result: CommandResult) -> None:
        super().__init__()
        self.result = result


def in_transaction(context: Context, write: Callable[[], CommandResult]) -> CommandResult:
    """Write all or nothing, and return what was done; of a trial, what would have been done."""

    def attempt() -> CommandResult:
        result = write()
        if context.is_trial:
            is_recorded(
                result
            )  # what was written goes out with a question, and what is wrong with it comes back
            raise _TrialEnd(result)
        return result

    def is_recorded(result: CommandResult) -> bool:
        return result.command is not None and commands.is_there(context.db, result.command.uid)

    try:
        return context.db.transact(attempt, is_recorded)
    except _TrialEnd as end:
        return end.result
