"""Workspaces of any size for benchmarks, loaded in bulk: `python -m tests.benchmarks.data FOLDER TASKS` makes one.

A million tasks with ten updates each take some minutes: rows go into tables without their indexes, which are made at
the end, and what is derived is worked out on the way by the program's own rules instead of being read back.
"""

import argparse
import gc
import hashlib
import json
import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from plantrack.model.days import add_days
from plantrack.model.history import NO_FACTS
from plantrack.model.search import words_of
from plantrack.services.verbs.init import init
from plantrack.store import search_rows, tasks
from plantrack.store.derived_rows import derived
from plantrack.store.facts import facts_of
from plantrack.store.schema.guards import unguarded
from plantrack.store.schema.text import schema_for
from plantrack.store.scope import Scope
from plantrack.store.sealing.seal_all import seal_all
from plantrack.store.search_rows import SearchRow, said_of, text_rows
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.task_rows import TaskRow
from tests.benchmarks.command_log import DAYS, Entry
from tests.benchmarks.histories import CHUNK, PEOPLE, Histories, Settings, plan_names
from tests.benchmarks.plan_files import example_plan
from tests.benchmarks.table_rows import COLUMNS, Files, rows_of
from tests.support.oracle import withdrawn_commands

DATABASE, RECORD = "plantrack.db", "made.json"
Rows = Iterable[Sequence[object]]


def make(
    folder: Path, size: int, updates_each: int = 10, *, analyze: bool = False, **others: Any
) -> dict[str, Any]:
    """Make a workspace of so many tasks; return what was made, which is kept beside it too.

    `others`: further fields of `Settings`.
    """
    settings = Settings(size, updates_each, **others)
    start = time.perf_counter()
    (folder / "plans").mkdir(parents=True)
    for name in plan_names(settings):
        text = example_plan(name, int(name[-4:]), settings.activities)
        (folder / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
    first = datetime.fromisoformat(f"{add_days(settings.today, -DAYS)}T01:00:00+00:00")
    init(folder, None, PEOPLE[0], lambda: first)
    load = BulkLoad(folder)
    try:
        load.fill(settings)
        seconds = {"rows": time.perf_counter() - start}
        load.finish(analyze=analyze)
    finally:
        load.db.close()
    seconds["all"] = time.perf_counter() - start
    made = {
        **settings._asdict(),
        "schema": schema_hash(),
        "rows": load.rows,
        "bytes": (folder / DATABASE).stat().st_size,
        "seconds": {name: round(spent, 1) for name, spent in seconds.items()},
    }
    (folder / RECORD).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return made


def schema_hash() -> str:
    """Return what differs where the tables became others: data that was kept is of no use then."""
    return hashlib.sha256(schema_for({}).encode()).hexdigest()[:16]


class BulkLoad:
    """A database while it is filled: no journal, and no index but those that a table cannot be without."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rows = folder, dict[str, int]()
        self.db = sqlite3.connect(folder / DATABASE, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "threads = 2"):
            self.db.execute(f"PRAGMA {pragma}")
        found = self.db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        self.indexes: dict[str, str] = dict(found.fetchall())
        for name in self.indexes:
            self.db.execute(f"DROP INDEX {name}")
        self.words = SQLite(self.db, folder / DATABASE)
        search_index.drop(self.words)

    def insert(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Add rows to a table."""
        places = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        self.rows[table] = self.rows.get(table, 0) + self.db.executemany(sql, rows).rowcount

    def fill(self, settings: Settings) -> None:
        """Add all rows, while another process makes the next ones."""
        self.db.execute("BEGIN")
        self._commands(Histories(settings))
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            files = Files(Path(name))
            with multiprocessing.Pool(1, _begin, (settings, files)) as maker:
                for chunk in maker.imap(_make, range(-(-settings.tasks // CHUNK))):
                    for table, rows in files.take(chunk).items():
                        self.insert(table, COLUMNS[table], rows)
            for rows in files.updates():
                self.insert("status_update", COLUMNS["status_update"], rows)
        self.db.execute("COMMIT")

    def _commands(self, histories: Histories) -> None:
        """Add the commands, what was taken back, the counters and the people."""
        log, size = histories.log, histories.settings.tasks
        entries = list(log)
        given = ((*entry, PEOPLE[entry.number * 7 % len(PEOPLE)]) for entry in entries)
        self.insert("command", (*Entry._fields, "author"), given)
        self.insert("withdrawal", ("command", "target", "recorded_at"), (w[:3] for w in log.withdrawals))
        self.insert("withdrawn_command", ("command", "by_number"), log.gone.items())
        self.db.execute("DELETE FROM counter")
        self.insert("counter", ("name", "used"), [("command", entries[-1].number), ("task", size)])
        by = (entries[0].uid, entries[0].recorded_at)
        people = [(uid, *by, name) for name, uid in histories.people.items()]
        self.insert("person", ("uid", "command", "recorded_at", "label"), people)
        names = [(uid, *by, histories.people[name], name) for name, uid in histories.names.items()]
        self.insert("person_fact", ("uid", "command", "recorded_at", "person", "name"), names)

    def finish(self, *, analyze: bool) -> None:
        """Make the indexes, and let the file be one as the program makes it."""
        for sql in self.indexes.values():
            self.db.execute(sql)
        search_index.make(self.words)
        with self.words.atomic(), unguarded(self.words, "seal"):
            self.db.execute("DELETE FROM seal")
            seal_all(self.words)
        if analyze:
            self.db.execute("ANALYZE")
        self.db.execute("PRAGMA journal_mode = WAL")


def _begin(settings: Settings, files: Files) -> None:
    """Prepare a process that makes rows."""
    global _maker
    gc.disable()  # nothing here refers to itself, and there is much to walk through
    vars(search_rows)["words_of"] = cache(words_of)  # most texts are said again and again
    _maker = Histories(settings), files


def _make(chunk: int) -> int:
    histories, files = _maker
    files.write(chunk, rows_of(histories, chunk))
    return chunk


_maker: tuple[Histories, Files]


def differing(folder: Path, sample: int = 200) -> list[str]:
    """Return which tasks, of so many over the whole file, are kept otherwise than their facts say."""
    db = connect(folder / DATABASE)
    count = db.query("SELECT MAX(number) FROM task")[0][0]
    numbers = sorted({1 + n * (count - 1) // max(1, sample - 1) for n in range(sample)})
    uids = [db.query("SELECT uid FROM task WHERE number = :n", {"n": n})[0][0] for n in numbers]
    found, gone = facts_of(db, Scope.of(uids)), withdrawn_commands(db)
    wrong = []
    for row in tasks.own_rows(db, uids):
        now, theirs = derived(row, found.get(row.uid, NO_FACTS), gone), {"task": row.uid}
        kept = db.query(f"SELECT {', '.join(TaskRow._fields)} FROM task WHERE uid = :task", theirs)
        past = db.query(
            f"SELECT {', '.join(COLUMNS['task_past'])} FROM task_past WHERE task = :task ORDER BY first_day",
            theirs,
        )
        holders = db.query(f"SELECT {', '.join(COLUMNS['holder'])} FROM holder WHERE task = :task", theirs)
        sought = db.query(f"SELECT {', '.join(SearchRow._fields)} FROM search WHERE task = :task", theirs)
        words = [*text_rows(row), *said_of(db, [row.uid])]
        if (kept, past, {*holders}, {*sought}) != ([now.row], [*now.past], {*now.holders}, {*words}):
            wrong.append(row.label)
    db.close()
    return wrong


def main() -> None:
    """Make a workspace, or look over one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("tasks", type=int)
    for name, default in Settings._field_defaults.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    parser.add_argument("--analyze", action="store_true", help="with statistics; the program makes none")
    parser.add_argument("--verify", action="store_true", help="compare 200 tasks with their facts")
    options = vars(parser.parse_args())
    if not (options["folder"] / RECORD).exists():
        asked = {name: options[name] for name in (*Settings._field_defaults, "analyze")}
        print(json.dumps(make(options["folder"], options["tasks"], **asked), indent=1))
    if options["verify"]:
        print("differing:", ", ".join(differing(options["folder"])) or "none")


if __name__ == "__main__":
    main()
