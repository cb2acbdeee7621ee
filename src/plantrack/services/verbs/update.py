"""Record status updates: what somebody said of a task, for a day."""

from collections.abc import Sequence

from plantrack.model.history import Work, work_on
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import open_next
from plantrack.services.writing.run_command import loaded, run_command
from plantrack.services.writing.status_updates import (
    ParsedUpdate,
    TypedUpdate,
    adds_nothing,
    parse_update,
    record_update,
    standing_updates,
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
        _say_what_did_not_change(writer, parsed)
        open_next(writer, uids, parsed.on, catch_up=typed.catch_up)

    result = run_command(context, verb, body)
    return result._replace(tasks=tuple(task for task in result.tasks if task.uid in uids))


def _say_what_did_not_change(writer: CommandWriter, parsed: ParsedUpdate) -> None:
    """Tell of a backdated update that later ones already overtook."""
    numbers = (parsed.percent, parsed.allocated, parsed.spent)
    of_state = parsed.status or parsed.unblocked or parsed.texts["blocked"]
    if writer.recorded is None or not (of_state or any(n is not None for n in numbers)):
        return
    for uid in writer.touched:
        before = writer.facts(uid).updates
        later = [u for u in before if u.on > parsed.on]
        if not later or adds_nothing(work_on(before, parsed.on), parsed):
            continue
        was, now = (
            _news(work_on(known, writer.context.today)) for known in (before, writer.facts_now(uid).updates)
        )
        if was == now:
            writer.note("nothing-current-changed", task=writer.any_row(uid).label, day=later[-1].on)


def _news(work: Work) -> Work:
    """Return what is news of work, whenever it was said."""
    return work._replace(blocked_since=None, updated_on=None)
