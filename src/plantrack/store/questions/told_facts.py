"""What the log of a plan tells: which commands changed which of its tasks, command by command, some at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from plantrack.model.filters import Term
from plantrack.model.grouping import CHUNK, chunks, grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.store import organisations, people
from plantrack.store.commands import Command, pages, pages_back
from plantrack.store.connection import Connection
from plantrack.store.questions.filter_fields import command_condition
from plantrack.store.scope import among

#: What is told of a command and no task.
_OF_NO_TASK: Final = (
    "undo",
    "plan",
    "indicator",
    "filter",
    "member",
    "restored",
    "kept",
    "bundle",
    *people.SAID,
    *organisations.SAID,
)


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
    ("part", "task", "task", "(f.on_day || '')"),
    ("change", "task", "uid", "''"),
)
#: CROSS JOIN: the facts are looked up first; SQLite would walk all tasks of the plan.
_TOUCHED = {
    table: f"SELECT f.command, f.{task} AS task, {kind} AS kind, f.{place} AS place FROM {table} AS f "
    f"CROSS JOIN task AS t WHERE t.uid = f.{task} AND t.plan = :plan AND {on} <= :day AND {{theirs}}"
    for kind, (table, task, place, on) in enumerate(_IN_ORDER)
}
#: The tables that tell a field, and what else is needed to tell it; any other field is of the opening, or was changed.
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("status", "percent", "allocated", "spent", "blocked"), ("status_update",)),
    **dict.fromkeys(("result", "next", "proposal"), ("status_update",)),
    **dict.fromkeys(("answered", "told_by", "note", "evidence"), ("status_update",)),
    "reason": ("status_update", "deadline"),
    "due": ("deadline",),
    **dict.fromkeys(("part", "part_done", "part_undone"), ("part",)),
    **dict.fromkeys(("lead", "coordinating", "in_charge"), ("task", "assignment")),
    **dict.fromkeys(_OF_NO_TASK, ()),
}
_OF_THE_TASK = ("task", "change")


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
    fields = [term.values for term in asked.terms if term.field == "field" and term.values]
    tables = [
        table
        for table in _TOUCHED
        if all(any(table in _TOLD_BY.get(field, _OF_THE_TASK) for field in own) for own in fields)
    ]
    of_no_task = all(any(field in _OF_NO_TASK for field in own) for own in fields)
    for page in read:
        touched = _touched(db, asked, tables, [command.uid for command in page])
        told = [
            [*touched.get(command.uid, ()), *([Told(command.uid, None)] if of_no_task else [])]
            for command in page
        ]
        for _, run in groupby(filter(None, told), lambda own: own[0].command if len(own) > CHUNK else None):
            yield from chunks([one for own in run for one in own])


def _touched(
    db: Connection, asked: Asked, tables: Sequence[str], commands: Sequence[str]
) -> dict[str, list[Told]]:
    """Return what commands did to tasks by what stands in some tables, in the order in which the log tells of them."""
    theirs, params = among("f.command", "c", commands)
    text = " UNION ALL ".join(_TOUCHED[table] for table in tables).format(theirs=theirs)
    rows = db.query(text, {**params, "plan": asked.plan, "day": asked.day}) if tables else []
    found: dict[tuple[str, str], Told] = {}
    for command, task, kind, _ in sorted(rows, key=lambda row: row[2:]):
        found.setdefault((command, task), Told(command, task, kind == 0))
    return grouped((told.command, told) for told in found.values())
