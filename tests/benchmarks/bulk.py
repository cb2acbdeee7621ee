"""A command that records many tasks, beside the same rows put in by hand: `executemany` into the same tables.

Each is a process of its own on a workspace of the plan alone. Of `executemany`, and of the command that is given its
tasks in memory, the CPU time between BEGIN and COMMIT counts, without what it takes to make or read the rows; of an
import the whole process.
"""

import csv
import gc
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path

from plantrack.model.days import DueDay, add_days
from plantrack.model.plan import Text
from plantrack.model.status import Role, Status
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.writing.command_rules import TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.store.sqlite.connection import SQLite, connect
from tests.benchmarks.histories import ACTIONS, PEOPLE, PLACES, TITLES, TOPICS

DATABASE, TOOK = "plantrack.db", "took.json"
#: How many tasks are held at once, as an import does.
_CHUNK = 5000
#: The tables that such a command writes to, in the order in which rows refer to one another.
_TABLES = (
    *("command", "person", "person_fact", "task", "task_past", "holder", "deadline", "assignment"),
    *("imported_row", "status_update", "search"),
)


def main(how: str, folder: str, *given: str) -> None:
    """Write in a workspace, and leave beside its data what that took."""
    gc.disable()  # as the program does
    db = connect(Path(folder) / DATABASE)
    seconds = _record(db, int(given[0])) if how == "record" else _load(db, given[0])
    db.close()
    (Path(folder) / TOOK).write_text(json.dumps(seconds), encoding="utf-8")


def _record(db: SQLite, tasks: int) -> float:
    """Open tasks in one command, each with its roles and an update; return the seconds of CPU."""
    context = open_context(db, ContextRequest(author=PEOPLE[0]))
    choose, making = random.Random(1), 0.0
    openings = _openings(context, choose)

    def body(writer: CommandWriter) -> None:
        nonlocal making
        for first in range(0, tasks, _CHUNK):
            start = time.process_time()
            some = [*islice(openings, min(_CHUNK, tasks - first))]
            said = [f"đã {choose.choice(ACTIONS)}, {choose.randrange(90)} người dự" for _ in some]
            making += time.process_time() - start
            on = add_days(context.today, -10)
            for uid, result in zip(writer.open_tasks(some), said, strict=True):
                writer.update(uid, on, status=Status.IN_PROGRESS, percent=30, result=result)
            writer = writer.next_chunk()

    start = time.process_time()
    run_command(context, "add", body)
    return time.process_time() - start - making


def _openings(context: Context, choose: random.Random) -> Iterator[TaskOpening]:
    activities, leads = [*context.names.activities.values()], [*context.names.organisations]
    while True:
        activity, title, place = choose.choice(activities), choose.choice(TITLES), choose.choice(PLACES)
        yield TaskOpening(
            area=context.names.area_of(activity).code,
            activity=activity.code,
            title=Text(f"{title} về {choose.choice(TOPICS)} đợt {choose.randrange(500)}, {place}"),
            due=DueDay(add_days(context.today, choose.randrange(-20, 100)), None),
            parties={Role.LEAD: (choose.choice(leads),), Role.IN_CHARGE: (choose.choice(PEOPLE),)},
            follows=(),
            opened_on=add_days(context.today, -30),
        )


def write_table(file: Path, tasks: int) -> None:
    """Write a file of tasks as an office keeps them."""
    choose = random.Random(1)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out, delimiter=";")
        rows.writerow(["TT", "Nhiệm vụ", "Nội dung", "Thời hạn", "Chủ trì", "Phụ trách"])
        for number in range(tasks):
            title = (
                f"{choose.choice(TITLES)} về {choose.choice(TOPICS)} đợt {number}, {choose.choice(PLACES)}"
            )
            due = f"{choose.randrange(1, 29):02}/{choose.randrange(1, 13):02}/2024"
            of = f"ND{choose.randrange(1, 8)}", due, choose.choice(["ubdt", "hlhpn"]), choose.choice(PEOPLE)
            rows.writerow([number + 1, title, *of])


def _load(db: SQLite, source: str) -> float:
    """Put in all rows that another database has more; return the seconds of CPU."""
    other, rows = sqlite3.connect(source), {}
    for table in _TABLES:
        there = {row[0] for row in db.driver.execute(f"SELECT {_key(table)} FROM {table}")}
        asked = f"SELECT {_key(table)}, * FROM {table} ORDER BY rowid"
        rows[table] = [row[1:] for row in other.execute(asked) if row[0] not in there]
    start = time.process_time()
    with db.atomic():
        for table, new in filter(itemgetter(1), rows.items()):
            marks = ", ".join("?" * len(new[0]))
            db.driver.executemany(f"INSERT INTO {table} VALUES ({marks})", new)
    return time.process_time() - start


def _key(table: str) -> str:
    return "uid" if table in ("command", "person", "person_fact") else "rowid"


def taken(folder: Path) -> float | None:
    """Return the seconds that a process of this module took in a workspace, None where there was none."""
    file = folder / TOOK
    return float(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None
