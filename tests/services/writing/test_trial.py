"""A command is written whole, a trial not at all; where a server asks once more, what is there already is not written again."""

from collections.abc import Callable
from typing import Any, cast

from plantrack.services.verbs.add import NewTask, add
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.trial import in_transaction
from plantrack.store import commands
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext


def test_of_a_trial_nothing_stays(context_on: OpenContext, db: SQLite) -> None:
    before = commands.last_number(db)
    context = context_on("2024-07-01")._replace(is_trial=True)
    result = add(context, NewTask("Việc", area="3"))
    assert result.command is not None
    assert result.command.number == before + 1
    assert commands.last_number(db) == before


def test_a_command_is_looked_for_by_its_uid(context_on: OpenContext, db: SQLite) -> None:
    """What a server is asked for, that may have recorded a command and could not say so."""
    asked = list[Callable[[CommandResult], bool]]()

    class Listening:
        def transact(self, write: Callable[[], Any], is_recorded: Callable[[CommandResult], bool]) -> Any:
            asked.append(is_recorded)
            return write()

        def __getattr__(self, name: str) -> Any:
            return getattr(db, name)

    recorded = add(context_on("2024-07-01"), NewTask("Việc", area="3"))
    nothing = CommandResult(None, (), ())
    in_transaction(cast(Any, Listening()), lambda: nothing, lambda result: result.command, is_trial=False)
    (is_recorded,) = asked
    assert recorded.command is not None
    other = recorded._replace(command=recorded.command._replace(uid="0" * 26))
    assert [is_recorded(one) for one in (recorded, other, nothing)] == [True, False, False]
