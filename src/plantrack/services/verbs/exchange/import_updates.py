"""Rows that say something of tasks: each is one status update."""

import re
from collections.abc import Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.text import fold
from plantrack.services.context import site_and_number, task_uids
from plantrack.services.importing.read_table import Attempt, UnderstoodRow
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.table_rows import TypedRow
from plantrack.services.verbs.exchange.import_tasks import read_said
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import open_next
from plantrack.services.writing.status_updates import ParsedUpdate, record_update, standing_updates
from plantrack.store import tasks
from plantrack.store.questions.task_titles import open_titles

_UID = re.compile("[0-9A-HJKMNP-TV-Z]{26}")


class SaidOfWork(NamedTuple):
    """What a row says: of which task, and what."""

    task: str
    update: ParsedUpdate


class TaskFinder:
    """Finds the tasks that rows name, those of many rows at once."""

    def __init__(self, reading: RowReading) -> None:
        self._context = reading.context
        self._labels: dict[tuple[str, int], tuple[str, str]] = {}
        self._uids: set[str] = set()
        self._titles: dict[str, list[tuple[str, str, str]]] = {}
        #: The label and the title of tasks that rows name both ways.
        self._called: dict[str, tuple[str, Text]] = {}

    def look_up(self, rows: Sequence[TypedRow]) -> None:
        """Ask for what some rows name."""
        db, plan = self._context.db, self._context.plan.id
        named = {_named(row) for row in rows}
        self._labels.update(tasks.find(db, {key for text in named if (key := site_and_number(text))}))
        self._uids |= tasks.uids_of_plan(db, plan, {text for text in named if _UID.fullmatch(text)})
        titles = {fold(text) for text in named if not site_and_number(text)}
        for found in open_titles(db, plan, titles - self._titles.keys()):
            self._titles.setdefault(fold(found[2]), []).append(found)
        both = {row.texts["task"] for row in rows if row.texts.keys() >= {"task", "title"}}
        uids = {uid for text in both if (uid := self._uid_of(text)) is not None}
        self._called.update(tasks.label_of_uid(db, uids - self._called.keys()))

    def find(self, row: TypedRow) -> str:
        """Return the uid of the task that a row speaks of: by its label or uid, else by its title if it is open.

        Raises: title-of-other-task, title-several; those of `task_uids`.
        """
        text = _named(row)
        if uid := self._uid_of(text):
            self._refuse_other_title(uid, row)
            return uid
        found = self._titles.get(fold(text), [])
        if len(found) > 1:
            raise Failure("title-several", task=text, near=tuple(label for _, label, _ in found))
        return found[0][0] if found else task_uids(self._context, [text])[0]

    def _uid_of(self, text: str) -> str | None:
        """Return the uid of the task that a text names by its label or uid."""
        if text in self._uids:
            return text
        uid, plan = self._labels.get(site_and_number(text) or ("", 0), ("", ""))
        return uid if plan == self._context.plan.id else None

    def _refuse_other_title(self, uid: str, row: TypedRow) -> None:
        """Refuse a row whose number is that of one task, and whose title is not: an office's own numbers are no labels."""
        title = row.texts.get("title")
        if title is None or uid not in self._called:
            return
        label, own = self._called[uid]
        if fold(title) not in {fold(name) for name in own if name}:
            raise Failure("title-of-other-task", task=label, title=title, field="title")


def _named(row: TypedRow) -> str:
    return row.texts.get("task") or row.texts.get("title", "")


def read_update(reading: RowReading, finder: TaskFinder, row: TypedRow) -> SaidOfWork:
    """Understand a row as a status update.

    Raises: those of `TaskFinder.find`, `read_said`.
    """
    said = read_said(reading, row.texts)
    return SaidOfWork(finder.find(row), said)


def update_stand_in(field: str, texts: Mapping[str, str]) -> str | None:
    """Return a result in place of what is wrong, where nothing else is said."""
    return "…" if field == "result" else None


def write_updates(writer: CommandWriter, rows: Sequence[UnderstoodRow], attempt: Attempt) -> dict[int, str]:
    """Record the updates, each of another task; return the task of each row.

    Raises: those of `record_update`, `open_next`.
    """
    uids = [row.said.task for row in rows]
    writer.load(uids)
    known = standing_updates(writer, [row.said.task for row in rows if row.said.update.texts["proposal"]])
    for row in rows:
        task, update = row.said
        with attempt(row):
            record_update(writer, task, update, "update", known.get(task, []))
            open_next(writer, [task], update.on)
    return {row.number: row.said.task for row in rows}


def in_rounds(rows: Sequence[UnderstoodRow], size: int) -> list[list[UnderstoodRow]]:
    """Divide updates so that each part has a task once, by the days that they speak of: what is said later is said of what was said before."""
    parts: list[list[UnderstoodRow]] = []
    here: set[str] = set()
    for row in sorted(rows, key=lambda row: row.said.update.on):
        if not parts or row.said.task in here or len(parts[-1]) == size:
            parts.append([])
            here = set()
        parts[-1].append(row)
        here.add(row.said.task)
    return parts
