"""What each term of a filter asks of a task, declared once with its two meanings: in Python and in SQL."""

from collections.abc import Callable, Collection, Iterable, Sequence

from plantrack.model.filters import YES, Filter, Term
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, DeadlineState, Role
from plantrack.model.task import Task
from plantrack.model.text import match_key
from plantrack.store.commands import TASKS_OF_COMMANDS, Command

#: Names a parameter of a question: it takes the value and returns what stands for it.
Bind = Callable[[object], str]


class FilterField(NamedTuple):
    """The values that a task has in a field, '' where it has none."""

    of: Callable[[Task], Iterable[str]]
    #: The same of the task `t`, or of what stands in `within`.
    sql: str
    #: The tasks with a row of which the condition is true, where there may be several values.
    within: str = ""
    #: The value of a command that recorded something standing of the task, in the place of `of`.
    of_command: Callable[[Command], str] | None = None


class Flag(NamedTuple):
    """What is true of a task or is not."""

    of: Callable[[Task], bool]
    #: The same of the task `t`; never NULL.
    sql: str


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _held(*roles: str) -> str:
    """Return the tasks in which somebody has one of some roles on the day, and a condition is true of the holder `h`."""
    return (
        f"SELECT h.task FROM holder AS h WHERE h.role IN ({_words(roles)}) "
        "AND h.first_day <= :day AND h.last_day >= :day AND {condition}"
    )


OPEN_STATUSES = _words(sorted(OPEN))
_OPEN = f"t.status IN ({OPEN_STATUSES})"
#: The twin of `deadline_state`.
_DEADLINE = (
    "CASE WHEN t.status = 'done' THEN CASE WHEN t.due IS NULL THEN 'done_no_due' "
    "WHEN t.completed_on > t.due THEN 'done_late' ELSE 'done_on_time' END "
    f"WHEN {_OPEN} THEN CASE WHEN t.due IS NULL THEN 'open_no_due' WHEN t.due < :day THEN 'open_overdue' "
    "WHEN t.due <= :soon THEN 'open_due_soon' ELSE 'open_in_time' END ELSE '' END"
)
_UNASSIGNED = _held(Role.LEAD, Role.IN_CHARGE).format(condition="h.task = t.uid")

FIELDS = {
    "area": FilterField(lambda t: (t.area,), "t.area"),
    "activity": FilterField(lambda t: (t.activity or "",), "COALESCE(t.activity, '')"),
    "status": FilterField(lambda t: (t.status,), "t.status"),
    "deadline": FilterField(lambda t: (t.deadline_state or "",), _DEADLINE),
    "org": FilterField(lambda t: (*t.lead, *t.coordinating), "h.party", _held(Role.LEAD, Role.COORDINATING)),
    "lead": FilterField(lambda t: t.lead, "h.party", _held(Role.LEAD)),
    "with": FilterField(lambda t: t.coordinating, "h.party", _held(Role.COORDINATING)),
    "to": FilterField(lambda t: t.in_charge, "h.party", _held(Role.IN_CHARGE)),
    "place": FilterField(lambda t: map(match_key, t.places), "h.party", _held("place")),
    "tag": FilterField(lambda t: map(match_key, t.tags), "h.party", _held("tag")),
    "priority": FilterField(lambda t: (t.priority,), "t.priority"),
    "due": FilterField(lambda t: (t.due or "",), "COALESCE(t.due, '')"),
    "updated": FilterField(lambda t: (t.updated_on or "",), "COALESCE(t.updated_on, '')"),
    "completed": FilterField(lambda t: (t.completed_on or "",), "COALESCE(t.completed_on, '')"),
    "opened": FilterField(lambda t: (t.opened_on,), "t.opened_on"),
    "recorded": FilterField(lambda _: (), "c.recorded_at", TASKS_OF_COMMANDS, lambda c: c.recorded_at),
    "author": FilterField(lambda _: (), "c.author", TASKS_OF_COMMANDS, lambda c: c.author),
}
FLAGS = {
    "overdue": Flag(
        lambda t: t.deadline_state is DeadlineState.OPEN_OVERDUE,
        f"{_OPEN} AND COALESCE(t.due, '9999') < :day",
    ),
    "due-soon": Flag(
        lambda t: t.deadline_state is DeadlineState.OPEN_DUE_SOON,
        f"{_OPEN} AND t.due IS NOT NULL AND COALESCE(t.due, '9999') >= :day AND COALESCE(t.due, '9999') <= :soon",
    ),
    "blocked": Flag(lambda t: t.is_blocked, f"{_OPEN} AND t.blocked_since IS NOT NULL"),
    "stale": Flag(lambda t: t.stale, f"{_OPEN} AND COALESCE(t.updated_on, t.opened_on) <= :stale"),
    "unassigned": Flag(lambda t: not t.lead and not t.in_charge, f"NOT EXISTS ({_UNASSIGNED})"),
    "no-due": Flag(lambda t: t.due is None, "t.due IS NULL"),
}


def asks_commands(wanted: Filter) -> bool:
    """Return whether a filter asks for the commands that recorded something of a task."""
    return any(term.field in FIELDS and FIELDS[term.field].of_command for term in wanted.terms)


def passes(wanted: Filter, task: Task, commands: Sequence[Command] = ()) -> bool:
    """Return whether a task passes each term; `commands`: those that recorded what stands of it."""
    return all(_passes(term, task, commands) for term in wanted.terms)


def _passes(term: Term, task: Task, commands: Sequence[Command]) -> bool:
    if flag := FLAGS.get(term.field):
        return flag.of(task) is (term.value == YES)
    field = FIELDS[term.field]
    own = set(map(field.of_command, commands) if field.of_command else field.of(task))
    if term.span:
        return any(value and term.span.holds(value) for value in own)
    return own.isdisjoint(term.refused) and (not term.values or not own.isdisjoint(term.values))


def condition(wanted: Filter, bind: Bind) -> str:
    """Return what must be true of a task `t` of a source on `:day` that passes each term.

    The question also gives `:soon` and `:stale`, the days of its `Cutoffs`, where they are named.
    """
    terms = dict.fromkeys(term._replace(typed="") for term in wanted.terms)
    return " AND ".join(_condition(term, bind) for term in terms) or "1 = 1"


def _condition(term: Term, bind: Bind) -> str:
    if flag := FLAGS.get(term.field):
        return f"({flag.sql})" if term.value == YES else f"NOT ({flag.sql})"
    field = FIELDS[term.field]
    if term.span:
        first, last = term.span
        until = f" AND {field.sql} <= {bind(last)}" if last else ""
        return _of_task(field, f"{field.sql} >= {bind(first or '0')}{until}")
    wanted = [_of_task(field, _among(field.sql, term.values, bind))] if term.values else []
    refused = [f"NOT ({_of_task(field, _among(field.sql, term.refused, bind))})"] if term.refused else []
    return " AND ".join([*wanted, *refused])


def _of_task(field: FilterField, holds: str) -> str:
    """Return the condition on the task itself, of one on its values."""
    return f"t.uid IN ({field.within.format(condition=holds)})" if field.within else holds


def _among(sql: str, values: Collection[str], bind: Bind) -> str:
    return f"{sql} IN ({', '.join(map(bind, values))})"
