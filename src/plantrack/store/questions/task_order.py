"""In which order tasks are read by one of their fields: those that have nothing in it last, equal ones by due day."""

from collections.abc import Iterable, Mapping

from plantrack.model.status import Priority, Status
from plantrack.store.questions.filter_fields import DEADLINE, FLAGS
from plantrack.store.questions.task_source import BACKWARDS, BY_DUE, BY_LABEL


def _rank(sql: str, words: Iterable[str]) -> str:
    """Return the place that a value has among words; NULL for another one."""
    places = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"CASE {sql} {places} END"


def _position(table: str, code: str) -> str:
    """Return the place of an area in the plan, or of an activity in its area."""
    return f"(SELECT p.position FROM {table} AS p WHERE p.plan = t.plan AND p.code = {code})"


_AREA, _ACTIVITY = _position("area", "t.area"), _position("activity", "t.activity")
#: Open work first, the most pressing of it first of all.
_BY_URGENCY = (
    *("open_overdue", "open_due_soon", "open_in_time", "open_no_due"),
    *("done_late", "done_on_time", "done_no_due"),
)
#: What stands in a field of the task `t`, so that it can be put in order; NULL where there is nothing. Texts are not
#: here: engines order them by their bytes, people by an alphabet.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("t.site", "t.number"),
    "label": ("t.site", "t.number"),
    "uid": ("t.uid",),
    "plan": ("t.plan",),
    "area": (_AREA,),
    "activity": (f"CASE WHEN t.activity IS NOT NULL THEN {_AREA} END", _ACTIVITY),
    "code": (_AREA, f"COALESCE({_ACTIVITY}, -1)"),
    "status": (_rank("t.status", Status),),
    "deadline_state": (_rank(DEADLINE, _BY_URGENCY),),
    "start": ("t.start_day",),
    "due": ("t.due",),
    "first_due": ("t.first_due",),
    "completed_on": ("t.completed_on",),
    **{field: (f"t.{field}",) for field in ("percent", "budget", "allocated", "spent")},
    "priority": (_rank("t.priority", Priority),),
    "blocked_since": (f"CASE WHEN {FLAGS['blocked']} THEN t.blocked_since END",),
    "opened_on": ("t.opened_on",),
    "updated_on": ("t.updated_on",),
    "stale": (f"CASE WHEN {FLAGS['stale']} THEN 0 END",),
}


def order_by(field: str, *, backwards: bool = False) -> str | None:
    """Return the order by a field of the tasks `t` of a source, or None where the store cannot tell it."""
    if field in ("due", "id", "label") and not backwards:
        return BY_DUE if field == "due" else BY_LABEL  # as an index has them
    if field not in _FIELDS:
        return None
    direction = BACKWARDS if backwards else ""
    own = [f"CASE WHEN {value} IS NULL THEN 1 ELSE 0 END, {value}{direction}" for value in _FIELDS[field]]
    return ", ".join([*own, BY_DUE])
