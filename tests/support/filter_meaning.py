"""What each term of a filter means: what a task that passes has, or what is true of it."""

from collections.abc import Callable, Iterable, Sequence

from plantrack.model.filters import YES, Filter, Term
from plantrack.model.plan import CitedDocument
from plantrack.model.search import words_of
from plantrack.model.status import DeadlineState
from plantrack.model.task import Task
from plantrack.model.text import match_key
from plantrack.store.commands import Command


def _words_of_document(task: Task) -> tuple[str | None, ...]:
    document = task.document or CitedDocument()
    return document.number, document.issuer, document.title and document.title.vi


#: The values that a task has in a field, '' where it has none.
OF_TASK: dict[str, Callable[[Task], Iterable[str]]] = {
    "area": lambda t: (t.area,),
    "activity": lambda t: (t.activity or "",),
    "status": lambda t: (t.status,),
    "deadline": lambda t: (t.deadline_state or "",),
    "org": lambda t: (*t.lead, *t.coordinating),
    "lead": lambda t: t.lead,
    "with": lambda t: t.coordinating,
    "to": lambda t: t.in_charge,
    "place": lambda t: map(match_key, t.places),
    "tag": lambda t: map(match_key, t.tags),
    "priority": lambda t: (t.priority,),
    "document": lambda t: [f" {words_of(text)}" for text in _words_of_document(t) if text],
    "site": lambda t: (t.site,),
    "due": lambda t: (t.due or "",),
    "updated": lambda t: (t.updated_on or "",),
    "completed": lambda t: (t.completed_on or "",),
    "opened": lambda t: (t.opened_on,),
}
#: Where words are asked for that stand somewhere in the value.
IN_PART = ("document",)
#: The value of each command that recorded something standing of it.
OF_COMMAND: dict[str, Callable[[Command], str]] = {
    "recorded": lambda c: c.recorded_at,
    "author": lambda c: c.author,
}
FLAGS: dict[str, Callable[[Task], bool]] = {
    "overdue": lambda t: t.deadline_state is DeadlineState.OPEN_OVERDUE,
    "due-soon": lambda t: t.deadline_state is DeadlineState.OPEN_DUE_SOON,
    "blocked": lambda t: t.is_blocked,
    "stale": lambda t: t.stale,
    "unassigned": lambda t: not t.lead and not t.in_charge,
    "no-due": lambda t: t.due is None,
    "waiting": lambda t: bool(t.waits_for),
}


def passes(wanted: Filter, task: Task, commands: Sequence[Command] = ()) -> bool:
    """Return whether a task passes each term; `commands`: those that recorded what stands of it."""
    return all(_passes(term, task, commands) for term in wanted.terms)


def _passes(term: Term, task: Task, commands: Sequence[Command]) -> bool:
    if flag := FLAGS.get(term.field):
        return flag(task) is (term.value == YES)
    of_command = OF_COMMAND.get(term.field)
    own = set(map(of_command, commands) if of_command else OF_TASK[term.field](task))
    if term.field in IN_PART:
        found = {words for words in (*term.values, *term.refused) if any(f" {words}" in text for text in own)}
        return found.isdisjoint(term.refused) and (not term.values or not found.isdisjoint(term.values))
    if term.span:
        return any(value and term.span.holds(value) for value in own)
    return own.isdisjoint(term.refused) and (not term.values or not own.isdisjoint(term.values))
