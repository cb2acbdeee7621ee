"""What each term of a filter asks of a task, in SQL; tests compare it with its plain meaning in Python."""

from collections.abc import Callable, Collection, Iterable

from plantrack.model.filters import YES, Filter, Term
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Role
from plantrack.store.commands import TASKS_OF_COMMANDS
from plantrack.store.scope import HELD_ON_DAY, STATUS_THEN

#: Names a parameter of a question: it takes the value and returns what stands for it.
Bind = Callable[[object], str]


class FilterField(NamedTuple):
    """The values of the task `t` in a field, '' where it has none."""

    #: Of the task, or of what stands in `within`.
    sql: str
    #: The tasks with a row of which the condition is true, where there may be several values.
    within: str = ""
    #: Whether words are asked for, which stand somewhere among those of the value.
    in_part: bool = False


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _held(*roles: str) -> str:
    """Return the tasks in which somebody has one of some roles on the day, and a condition is true of the holder `h`."""
    return (
        f"SELECT h.task FROM holder AS h WHERE h.role IN ({_words(roles)}) "
        f"AND {HELD_ON_DAY} AND {{condition}}"
    )


OPEN_STATUSES = _words(sorted(OPEN))
_OPEN = f"t.status IN ({OPEN_STATUSES})"
#: Of open work: the due day is over; something stands in its way; nothing was said of it for long.
OVERDUE = "COALESCE(t.due, '9999') < :day"
BLOCKED = "t.blocked_since IS NOT NULL"
STALE = "COALESCE(t.updated_on, t.opened_on) <= :stale"
#: The twin of `deadline_state`.
DEADLINE = (
    "CASE WHEN t.status = 'done' THEN CASE WHEN t.due IS NULL THEN 'done_no_due' "
    "WHEN t.completed_on > t.due THEN 'done_late' ELSE 'done_on_time' END "
    f"WHEN {_OPEN} THEN CASE WHEN t.due IS NULL THEN 'open_no_due' WHEN t.due < :day THEN 'open_overdue' "
    "WHEN t.due <= :soon THEN 'open_due_soon' ELSE 'open_in_time' END ELSE '' END"
)
_UNASSIGNED = _held(Role.LEAD, Role.IN_CHARGE).format(condition="h.task = t.uid")
#: A task before `t` that was open on the day: what stands on its row, or the stretch that held then.
_WAITING = (
    "SELECT 1 FROM holder AS h JOIN task AS b ON b.uid = h.party WHERE h.task = t.uid AND h.role = 'after' "
    f"AND b.counted = 1 AND {STATUS_THEN.format(task='b')} IN ({OPEN_STATUSES})"
)

FIELDS = {
    "area": FilterField("t.area"),
    "activity": FilterField("COALESCE(t.activity, '')"),
    "status": FilterField("t.status"),
    "deadline": FilterField(DEADLINE),
    "org": FilterField("h.party", _held(Role.LEAD, Role.COORDINATING)),
    "lead": FilterField("h.party", _held(Role.LEAD)),
    "with": FilterField("h.party", _held(Role.COORDINATING)),
    "to": FilterField("h.party", _held(Role.IN_CHARGE)),
    "place": FilterField("h.party", _held("place")),
    "tag": FilterField("h.party", _held("tag")),
    "priority": FilterField("t.priority"),
    "document": FilterField(
        "s.words",
        "SELECT s.task FROM search AS s WHERE s.task = t.uid AND s.part = 'document' AND {condition}",
        in_part=True,
    ),
    "site": FilterField("t.site"),
    "due": FilterField("COALESCE(t.due, '')"),
    "updated": FilterField("COALESCE(t.updated_on, '')"),
    "completed": FilterField("COALESCE(t.completed_on, '')"),
    "opened": FilterField("t.opened_on"),
    "recorded": FilterField("c.recorded_at", TASKS_OF_COMMANDS),
    "author": FilterField("c.author", TASKS_OF_COMMANDS),
}
#: Of a command, which is read by its number and by no other index.
_OF_COMMANDS = {
    "author": FilterField("(author || '')"),
    "recorded": FilterField("(recorded_at || '')"),
    "verb": FilterField("verb"),
    "site": FilterField("site"),
}
#: What is true of the task `t` or is not; never NULL.
FLAGS = {
    "overdue": f"{_OPEN} AND {OVERDUE}",
    "due-soon": (
        f"{_OPEN} AND t.due IS NOT NULL AND COALESCE(t.due, '9999') >= :day AND COALESCE(t.due, '9999') <= :soon"
    ),
    "blocked": f"{_OPEN} AND {BLOCKED}",
    "stale": f"{_OPEN} AND {STALE}",
    "unassigned": f"NOT EXISTS ({_UNASSIGNED})",
    "no-due": "t.due IS NULL",
    "waiting": f"{_OPEN} AND EXISTS ({_WAITING})",
}


def condition(wanted: Filter, bind: Bind) -> str:
    """Return what must be true of a task `t` of a source on `:day` that passes each term.

    The question also gives `:soon` and `:stale`, the days of its `Cutoffs`, where they are named.
    """
    terms = dict.fromkeys(term._replace(typed="", in_part=False) for term in wanted.terms)
    return " AND ".join(_condition(term, bind) for term in terms) or "1 = 1"


def _condition(term: Term, bind: Bind) -> str:
    if flag := FLAGS.get(term.field):
        return f"({flag})" if term.value == YES else f"NOT ({flag})"
    return _of_field(FIELDS[term.field], term, bind)


def command_condition(terms: Iterable[Term], bind: Bind) -> str:
    """Return what must be true of a command that passes each term of a history that asks of commands."""
    asked = [term for term in terms if term.field in _OF_COMMANDS]
    return " AND ".join(_of_field(_OF_COMMANDS[term.field], term, bind) for term in asked) or "1 = 1"


def _of_field(field: FilterField, term: Term, bind: Bind) -> str:
    if term.span:
        first, last = (bind(day) if day else "" for day in (term.span[0] or "0", term.span[1]))
        return _of_task(
            field, f"{field.sql} BETWEEN {first} AND {last}" if last else f"{field.sql} >= {first}"
        )
    wanted = [_of_task(field, _among(field, term.values, bind))] if term.values else []
    refused = [f"NOT ({_of_task(field, _among(field, term.refused, bind))})"] if term.refused else []
    return " AND ".join([*wanted, *refused])


def _of_task(field: FilterField, holds: str) -> str:
    """Return the condition on the task itself, of one on its values."""
    return f"t.uid IN ({field.within.format(condition=holds)})" if field.within else holds


def _among(field: FilterField, values: Collection[str], bind: Bind) -> str:
    if field.in_part:
        begun = (f"{field.sql} LIKE {bind(f'% {words}%')}" for words in values)
        return f"({' OR '.join(begun)})"
    return f"{field.sql} IN ({', '.join(map(bind, values))})"
