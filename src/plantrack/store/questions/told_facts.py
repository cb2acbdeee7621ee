"""What the log of a plan tells: which commands changed which of its tasks, command by command, some at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from plantrack.model.filters import Term
from plantrack.model.grouping import CHUNK, chunks, grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.commands import Command, pages, pages_back
from plantrack.store.connection import Connection
from plantrack.store.questions.filter_fields import command_condition
from plantrack.store.scope import among


class Told(NamedTuple):
    """A command and a task that it changed; None: whatever else it changed, which is told after its tasks."""

    command: str
    task: str | None
    #: Whether it opened the task.
    is_opening: bool = False


#: The tables of facts of a task, as the log tells of a command: what names the task, by what the tasks of a command
#: come, and the day, as a condition that no index answers; what has no day of its own is of the opening.
_IN_ORDER = (
    ("task", "uid", "uid", "''"),
    ("status_update", "task", "task", "(f.on_day || '')"),
    ("deadline", "task", "task", "COALESCE(f.on_day, '')"),
    ("assignment", "task", "task", "COALESCE(f.on_day, '')"),
    ("change", "task", "uid", "''"),
)
#: CROSS JOIN: the facts are looked up first; SQLite would walk all tasks of the plan.
_TOUCHED = " UNION ALL ".join(
    f"SELECT f.command, f.{task} AS task, {kind} AS kind, f.{place} AS place FROM {table} AS f CROSS JOIN task AS t "
    f"WHERE t.uid = f.{task} AND t.plan = :plan AND {on} <= :day AND {{theirs}}"
    for kind, (table, task, place, on) in enumerate(_IN_ORDER)
)


class Asked(NamedTuple):
    """What a history is of: a plan up to a day, and the terms that its commands pass."""

    plan: str
    day: str
    terms: tuple[Term, ...] = ()


def told_parts(db: Connection, asked: Asked, *, since: int = 1) -> Iterator[Sequence[Told]]:
    """Yield what commands changed, from a number on, few enough for one question.

    A command that changed more tasks than that has parts of its own.
    """
    return _parts(db, asked, pages(db, *_condition(asked), since=since))


def told_parts_back(db: Connection, asked: Asked, first: int) -> Iterator[Sequence[Told]]:
    """Yield the same from the last command back; of so many commands first, of more at a time then."""
    return _parts(db, asked, pages_back(db, *_condition(asked), first))


def _condition(asked: Asked) -> tuple[str, dict[str, object]]:
    params: dict[str, object] = {}

    def bind(value: object) -> str:
        params[f"v{len(params)}"] = value
        return f":v{len(params) - 1}"

    return command_condition(asked.terms, bind), params


def _parts(db: Connection, asked: Asked, read: Iterable[list[Command]]) -> Iterator[Sequence[Told]]:
    for page in read:
        touched = _touched(db, asked, [command.uid for command in page])
        told = [[*touched.get(command.uid, ()), Told(command.uid, None)] for command in page]
        for _, run in groupby(told, lambda own: own[0].command if len(own) > CHUNK else None):
            yield from chunks([one for own in run for one in own])


def _touched(db: Connection, asked: Asked, commands: Sequence[str]) -> dict[str, list[Told]]:
    """Return what commands did to tasks, in the order in which the log tells of them."""
    theirs, params = among("f.command", "c", commands)
    rows = db.query(_TOUCHED.format(theirs=theirs), {**params, "plan": asked.plan, "day": asked.day})
    found: dict[tuple[str, str], Told] = {}
    for command, task, kind, _ in sorted(rows, key=lambda row: row[2:]):
        found.setdefault((command, task), Told(command, task, kind == 0))
    return grouped((told.command, told) for told in found.values())
