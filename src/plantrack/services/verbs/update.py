"""Record status updates: what somebody said of a task, for a day."""

from collections.abc import Sequence

from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import open_next
from plantrack.services.writing.run_command import loaded, run_command
from plantrack.services.writing.status_updates import (
    TypedUpdate,
    parse_update,
    record_update,
    standing_updates,
    tell_what_did_not_change,
)


def update(context: Context, ids: Sequence[str], typed: TypedUpdate, verb: str = "update") -> CommandResult:
    """Record one status update for each task, all of them or none; of recurring work that is closed, open the next.

    Raises: those of `loaded`, `run_command`, `parse_update`, `record_update`, `open_next`.
    """
    uids: list[str] = []

    def body(writer: CommandWriter) -> None:
        parsed = parse_update(writer, typed, verb)
        uids[:] = loaded(writer, ids)
        proposals = (
            standing_updates(writer, uids) if parsed.texts["answered"] or parsed.texts["proposal"] else {}
        )
        for uid in uids:
            record_update(writer, uid, parsed, verb, proposals.get(uid, []))
        if writer.recorded is not None:
            for uid in writer.touched:
                tell_what_did_not_change(writer, uid, parsed)
        open_next(writer, uids, parsed.on, catch_up=typed.catch_up)

    result = run_command(context, verb, body)
    return result._replace(tasks=tuple(task for task in result.tasks if task.uid in uids))
