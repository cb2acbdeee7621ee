"""A status update as a person typed it: understood, and recorded of a task; what is odd about it is told."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.history import Update, Work, answer_to, parts_on, status_since, work_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Status, parse_status
from plantrack.model.text import clean_line, clean_text, unreserved_name
from plantrack.model.typed.money import parse_money
from plantrack.model.typed.nothing import says_nothing
from plantrack.services.context import Context
from plantrack.services.writing import cautions
from plantrack.services.writing.carry_over_rules import refuse_carried_on
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.services.writing.occurrences import tell_what_comes_before
from plantrack.store import facts
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow

#: The short forms, and the status each stands for.
SHORT_FORMS = {
    "start": Status.IN_PROGRESS,
    "submit": Status.SUBMITTED,
    "done": Status.DONE,
    "pause": Status.PAUSED,
    "resume": Status.IN_PROGRESS,
    "reopen": Status.IN_PROGRESS,
    "drop": Status.DROPPED,
    "skip": Status.DROPPED,
}


class TypedUpdate(NamedTuple):
    """A status update as a person typed it."""

    status: str | None = None
    percent: str | None = None
    #: What was allocated and spent in all up to that day.
    allocated: str | None = None
    spent: str | None = None
    result: str | None = None
    next: str | None = None
    blocked: str | None = None
    unblocked: bool = False
    proposal: str | None = None
    answered: str | None = None
    told_by: str | None = None
    note: str | None = None
    evidence: str | None = None
    reason: str | None = None
    on: str | None = None
    #: Of recurring work: what follows is the first occurrence whose due day is still to come.
    catch_up: bool = False


#: What an update says in words.
TEXTS = ("result", "next", "blocked", "proposal", "answered", "note", "evidence", "reason", "told_by")


class ParsedUpdate(NamedTuple):
    """An update, understood."""

    status: Status | None
    percent: int | None
    #: In whole đồng, in all up to that day.
    allocated: int | None
    spent: int | None
    texts: dict[str, str | None]
    unblocked: bool
    on: str
    catch_up: bool


def parse_update(writer: CommandWriter, typed: TypedUpdate, verb: str) -> ParsedUpdate:
    """Understand what was typed of a task, or of several.

    Raises: blocked-and-unblocked, blocked-nothing, done-and-blocked, nothing-to-record, percent-not-started,
    proposal-nothing, status-of-short-form; those of `parse_status`, `parse_percent`, `CommandWriter.day`,
    `CommandWriter.money`, `clean_line`, `clean_text`.
    """
    texts = {f: _text(f, getattr(typed, f)) for f in TEXTS}
    percent = parse_percent(typed.percent)
    status = _status(typed, verb)
    allocated = None if typed.allocated is None else writer.money("allocated", typed.allocated)
    spent = None if typed.spent is None else writer.money("spent", typed.spent)
    if typed.unblocked and texts["blocked"]:
        raise Failure("blocked-and-unblocked")
    if status is Status.DONE and texts["blocked"]:
        raise Failure("done-and-blocked")
    if status is Status.NOT_STARTED and percent:
        raise Failure("percent-not-started", percent=percent)
    parsed = ParsedUpdate(
        status, percent, allocated, spent, texts, typed.unblocked, writer.day(typed.on), typed.catch_up
    )
    if status is None and not typed.unblocked and not _added(parsed):
        raise Failure("nothing-to-record")
    return parsed


def _text(field: str, value: str | None) -> str | None:
    if value is None:
        return None
    is_nothing = says_nothing(value)  # reports would count one of that name
    if is_nothing and field == "blocked":
        raise Failure("blocked-nothing", text=value)
    if is_nothing and field == "proposal":
        raise Failure("proposal-nothing", text=value)
    if field == "told_by":
        return unreserved_name(clean_line(value, what=field))
    return clean_line(value, what=field) if field == "evidence" else clean_text(value, what=field)


def parse_percent(text: str | None) -> int | None:
    """Read a whole percentage, also typed `40%`.

    Raises: percent-range.
    """
    if text is None:
        return None
    digits = text.strip().removesuffix("%").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) <= 100):
        raise Failure("percent-range", percent=text)
    return int(digits)


def refuse_unreadable(field: str, value: str) -> None:
    """Refuse a value of a field that could not be recorded, before all are typed.

    Raises: blocked-nothing, proposal-nothing; those of `parse_status`, `parse_percent`, `parse_money`, `clean_line`,
    `clean_text`.
    """
    if field == "status":
        parse_status(value)
    elif field == "percent":
        parse_percent(value)
    elif field in ("allocated", "spent"):
        parse_money(value)
    else:
        _text(field, value)


def closes(typed: TypedUpdate, verb: str) -> bool:
    """Return whether an update closes tasks.

    Raises: status-of-short-form; those of `parse_status`.
    """
    return _status(typed, verb) not in (None, *OPEN)


def _status(typed: TypedUpdate, verb: str) -> Status | None:
    status = parse_status(typed.status) if typed.status is not None else None
    meant = SHORT_FORMS.get(verb)
    if verb == "reopen" and status in OPEN:
        return status
    if meant is not None and status not in (None, meant):
        raise Failure("status-of-short-form", verb=verb, status=meant)
    return meant or status


def record_update(
    writer: CommandWriter, uid: str, parsed: ParsedUpdate, verb: str, known: Sequence[Update]
) -> None:
    """Record an update of a task; `known`: its updates before, where a proposal is made or answered.

    Raises: catch-up-not-recurring, not-recurring, percent-not-started, task-closed, task-not-closed; those of
    `CommandWriter.row`, `refuse_carried_on`.
    """
    row = writer.row(uid, parsed.on)
    if row.every is None and (verb == "skip" or parsed.catch_up):
        raise Failure("not-recurring" if verb == "skip" else "catch-up-not-recurring", task=row.label)
    before = writer.work(uid, parsed.on)
    _allow(writer, row, before, parsed, verb)
    if parsed.status is Status.NOT_STARTED and parsed.percent is None and before.percent:
        raise Failure("percent-not-started", percent=before.percent)
    _say_what_was_so(writer, row, before, parsed)
    if adds_nothing(before, parsed):
        return
    if parsed.texts["answered"] and not _waits([u for u in known if u.on <= parsed.on]):
        writer.note("no-open-proposal", task=row.label, day=parsed.on)
    writer.update(
        uid,
        parsed.on,
        status=parsed.status,
        percent=parsed.percent,
        allocated=parsed.allocated,
        spent=parsed.spent,
        unblocked=parsed.unblocked,
        **parsed.texts,
    )
    cautions.lower_percent(writer, row, before.percent, parsed.percent)
    cautions.odd_money(writer, row, before, allocated=parsed.allocated, spent=parsed.spent)
    answer = next((u for u in known if u.on > parsed.on and u.answered is not None), None)
    if parsed.texts["proposal"] and parsed.on < writer.context.today and answer is not None:
        writer.note("proposal-answered", task=row.label, day=answer.on)
    tell_what_comes_before(writer, row, parsed.status, parsed.on)
    if parsed.status is Status.DONE:
        _tell_open_parts(writer, row)
    if parsed.percent == 100 and (parsed.status or before.status) in OPEN:
        writer.note("hundred-is-not-done", task=row.label)


def _tell_open_parts(writer: CommandWriter, row: TaskRow) -> None:
    """Tell which parts of a task that is done are not."""
    parts = parts_on(writer.facts_now(row.uid).parts, writer.context.today)
    if still := tuple(str(part.number) for part in parts if not part.is_done):
        writer.note("parts-still-open", task=row.label, parts=still)


def adds_nothing(before: Work, parsed: ParsedUpdate) -> bool:
    """Return whether closed work is closed once more, and no word more; of open work it is news that it goes on."""
    return parsed.status == before.status and parsed.status not in OPEN and not _added(parsed)


def _added(parsed: ParsedUpdate) -> tuple[str, ...]:
    """Name what is said beside the status."""
    return (
        *(f for f in ("percent", "allocated", "spent") if getattr(parsed, f) is not None),
        *(f for f, text in parsed.texts.items() if text),
    )


def _say_what_was_so(writer: CommandWriter, row: TaskRow, before: Work, parsed: ParsedUpdate) -> None:
    """Say that a status, or that nothing stands in the way, is no news; and what is."""
    if parsed.unblocked and before.blocked is None:
        writer.note("not-blocked", task=row.label, day=parsed.on)
    if parsed.status != before.status:
        return
    since = status_since(writer.facts(row.uid).updates, parsed.on) or row.opened_on
    about = {"task": row.label, "status": before.status, "day": since}
    if added := _added(parsed):
        if before.status not in OPEN:  # of open work, a word more is no surprise
            writer.note("already-so-added", **about, fields=added)
    else:
        writer.note("already-so" if adds_nothing(before, parsed) else "already-so-again", **about)


def tell_what_did_not_change(writer: CommandWriter, uid: str, parsed: ParsedUpdate) -> None:
    """Tell of a backdated update that was recorded of a task that later ones already overtook it."""
    numbers = (parsed.percent, parsed.allocated, parsed.spent)
    of_state = parsed.status or parsed.unblocked or parsed.texts["blocked"]
    if not (of_state or any(n is not None for n in numbers)):
        return
    before = writer.facts(uid).updates
    later = [u for u in before if u.on > parsed.on]
    if not later or adds_nothing(work_on(before, parsed.on), parsed):
        return
    was, now = (
        what_is_new(work_on(known, writer.context.today)) for known in (before, writer.facts_now(uid).updates)
    )
    if was == now:
        writer.note("nothing-current-changed", task=writer.any_row(uid).label, day=later[-1].on)


def what_is_new(work: Work) -> Work:
    """Return what is news of work, whenever it was said."""
    return work._replace(blocked_since=None, updated_on=None)


def with_update(known: Sequence[Update], uid: str, parsed: ParsedUpdate) -> list[Update]:
    """Return the updates of a task with one that may be recorded of it, as the last of its day."""
    there = sum(update.on <= parsed.on for update in known)
    new = Update(
        "", "", uid, parsed.on, "", "", 0,
        status=parsed.status, percent=parsed.percent, blocked=parsed.texts["blocked"], unblocked=parsed.unblocked,
        allocated=parsed.allocated, spent=parsed.spent,
    )  # fmt: skip
    return [*known[:there], new, *known[there:]]


def _waits(known: Sequence[Update]) -> bool:
    """Return whether a proposal waits for an answer."""
    return any(u.proposal and answer_to(known, i) is None for i, u in enumerate(known))


def standing_updates(at: LoadedTasks | Context, uids: Sequence[str]) -> dict[str, list[Update]]:
    """Return the updates of tasks that were not taken back, in their order."""
    found: dict[str, list[Update]] = {}
    for some in chunks(uids):
        for update in facts.updates_in(at.db, Scope.of(some).standing()):
            found.setdefault(update.task, []).append(update)
    return found


def _allow(writer: CommandWriter, row: TaskRow, before: Work, parsed: ParsedUpdate, verb: str) -> None:
    """Hold that closed work is only reopened, only closed work, and none that goes on in a later plan."""
    closed = before.status not in OPEN
    if verb == "reopen":
        if not closed:
            raise Failure("task-not-closed", task=row.label, status=before.status)
        refuse_carried_on(writer.links, row)
        return
    to_other = parsed.status not in (None, before.status)
    as_open = parsed.texts["blocked"] or (parsed.percent is not None and parsed.percent != before.percent)
    # Also of a day before it was carried over: how the work ended, the other task says.
    if to_other and parsed.status not in OPEN:
        refuse_carried_on(writer.links, row)
    if closed and (to_other or as_open):
        refuse_carried_on(writer.links, row)
        raise Failure("task-closed", task=row.label, status=before.status)
