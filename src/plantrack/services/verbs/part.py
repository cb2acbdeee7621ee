"""Keep the checklist of a task: its parts, and which of them are done."""

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME, Part, parts_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import clean_line
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult, refuse_closed
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import loaded, run_command
from plantrack.store import facts
from plantrack.store.task_rows import TaskRow

#: How long the text of a part may be.
_LONGEST = 200


class TypedParts(NamedTuple):
    """Parts as a person typed them: new ones, and the numbers of those that are done, or not after all."""

    texts: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    on: str | None = None


def part(context: Context, task: str, typed: TypedParts) -> CommandResult:
    """Add parts to the checklist of a task, and say which are done.

    Raises: part-elsewhere, unknown-part; those of `CommandWriter.row`, `CommandWriter.set_part`, `loaded`, `refuse_closed`,
    `run_command`, `clean_line`.
    """

    def body(writer: CommandWriter) -> None:
        day = writer.day(typed.on)
        (uid,) = loaded(writer, [task])
        row = writer.row(uid, day)
        refuse_closed(writer.links, row, writer.work(uid, day).status)
        if typed.texts and row.site != writer.db.told.site:  # two places would give two parts one number
            raise Failure("part-elsewhere", task=row.label)
        first = facts.last_parts(writer.db, [uid]).get(uid, 0) + 1
        for nth, text in enumerate(typed.texts, first):
            writer.set_part(uid, nth, day, text=clean_line(text, what="part", limit=_LONGEST))
        for numbers, is_done in ((typed.done, True), (typed.undone, False)):
            for number in numbers:
                _tick(writer, row, number, day, is_done=is_done)

    return run_command(context, "part", body)


def _tick(writer: CommandWriter, row: TaskRow, typed: str, day: str, *, is_done: bool) -> None:
    """Say that a part is done, or that it is not; what is so already is only told."""
    known = writer.facts_now(row.uid).parts
    parts = {str(each.number): each for each in parts_on(known, END_OF_TIME)}
    found = parts.get(typed)
    if found is None:
        raise Failure("unknown-part", task=row.label, number=typed, near=tuple(parts))
    now = next(
        (each for each in parts_on(known, day) if each.number == found.number), Part(*found[:2], False)
    )
    if now.is_done == is_done:
        writer.note("part-done-already" if is_done else "part-not-done", task=row.label, number=found.number)
    else:
        writer.set_part(row.uid, found.number, day, is_done=is_done)
