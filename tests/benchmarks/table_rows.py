"""Rows for the tables, made by the program's own rules, and kept in files until they are loaded."""

import marshal
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from plantrack.model.history import Assignment, Update
from plantrack.model.status import Role
from plantrack.store.derived_rows import derived
from plantrack.store.search_rows import SearchRow, said_rows, text_rows
from plantrack.store.task_rows import TaskRow
from tests.benchmarks.histories import Histories, UpdateRow

Row = tuple[object, ...]
#: The columns of each table that is filled in chunks, in the order in which rows refer to one another.
COLUMNS: dict[str, tuple[str, ...]] = {
    "task": TaskRow._fields,
    "task_past": (
        *("task", "first_day", "last_day", "status", "percent", "blocked", "blocked_since", "completed_on"),
        *("updated_on", "allocated", "spent", "due", "due_text", "first_due"),
    ),
    "holder": ("task", "role", "party", "first_day", "last_day"),
    "deadline": ("uid", "command", "task", "on_day", "recorded_at", "due", "due_text", "reason"),
    "assignment": (
        *("uid", "command", "task", "role", "organisation", "person", "on_day", "recorded_at", "holds"),
    ),
    "change": ("uid", "command", "task", "recorded_at", "field", "old_value", "new_value"),
    "search": SearchRow._fields,
    "status_update": UpdateRow._fields,
}
_STATUS = TaskRow._fields.index("status")
#: So many letters of an identifier name its days of recording, twelve at once.
_DAYS = 4


def rows_of(histories: Histories, chunk: int) -> dict[str, list[Row]]:
    """Return the rows of some tasks by their tables."""
    rows, gone = defaultdict[str, list[Row]](list), histories.log.gone
    for made in histories.chunk(chunk):
        kept = derived(made.row, histories.counted(made), gone)
        rows["task"].append((*kept.row[:_STATUS], kept.row.status + "", *kept.row[_STATUS + 1 :]))
        rows["task_past"] += [(*p[:3], p[3] + "", *p[4:]) for p in kept.past]
        rows["holder"] += [(h[0], h[1] + "", *h[2:]) for h in kept.holders]
        rows["deadline"] += map(tuple, made.deadlines)
        rows["assignment"] += [_role(a, histories.people) for a in made.assignments]
        rows["change"] += map(tuple, made.changes)
        rows["status_update"] += map(tuple, made.updates)
        rows["search"] += map(tuple, [*text_rows(kept.row), *said_rows(map(_update, made.updates))])
    return rows


def _update(u: UpdateRow) -> Update:
    """Return what search needs to know of an update."""
    return Update(
        u.uid, u.command, u.task, u.on_day, u.recorded_at, author="", number=0, told_by=u.told_by, result=u.result,
        next=u.next_step, blocked=u.blocked, proposal=u.proposal, answered=u.answered, reason=u.reason,
    )  # fmt: skip


def _role(a: Assignment, people: dict[str, str]) -> Row:
    person = people[a.party] if a.role is Role.IN_CHARGE else None
    organisation = None if person else a.party
    return a.uid, a.command, a.task, a.role + "", organisation, person, a.on, a.recorded_at, int(a.holds)


class Files:
    """Rows on their way from whoever makes them; updates also from the order of tasks to the order of time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, chunk: int, rows: dict[str, list[Row]]) -> None:
        """Keep the rows of a chunk; its updates by the days of their recording."""
        by_days = defaultdict[str, list[Row]](list)
        for update in rows.pop("status_update", []):
            by_days[str(update[0])[:_DAYS]].append(update)
        for days, updates in by_days.items():
            (self.folder / f"{days}-{chunk}").write_bytes(marshal.dumps(updates))
        (self.folder / f"{chunk}").write_bytes(marshal.dumps(dict(rows)))

    def take(self, chunk: int) -> dict[str, list[Row]]:
        """Return the rows of a chunk, but for its updates, and forget them."""
        file = self.folder / f"{chunk}"
        rows: dict[str, list[Row]] = marshal.loads(file.read_bytes())
        file.unlink()
        return rows

    def updates(self) -> Iterator[list[Row]]:
        """Yield the updates of all chunks, some days at once, in the order in which they were recorded."""
        files = sorted(self.folder.iterdir())
        for _, of_days in groupby(files, key=lambda file: file.name[:_DAYS]):
            rows = [row for file in of_days for row in marshal.loads(file.read_bytes())]
            yield sorted(rows, key=itemgetter(0))
