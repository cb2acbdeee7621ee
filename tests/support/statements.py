"""What commands ask of the database: how many statements, and by which index each finds its answer."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from plantrack.model.plan import Indicator, Text
from plantrack.services.chosen_tasks import choose_tasks
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.importing.read_table import ImportRequest
from plantrack.services.task_forms import update_form
from plantrack.services.task_order import TaskOrder
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.completion import last_commands, tasks_typed
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.exchange.import_table import import_table, read_rows
from plantrack.services.verbs.filter import save_filter
from plantrack.services.verbs.indicator import Measurement, record
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.remind import remind
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.connection import Params, Row
from plantrack.store.sqlite.connection import SQLite, hear_what_it_tells
from tests.support.next_plan import NEW, next_plan
from tests.support.plan_files import changed, written
from tests.support.steps import PLAN

#: How many tasks there are; the day on which they were opened; the morning on which commands are given.
TASKS = 200
OPENED = "2024-07-01"
NOW = datetime(2025, 1, 10, 2, tzinfo=UTC)


class Asked(NamedTuple):
    """A statement that was run, and for how many rows of values."""

    sql: str
    params: Params
    times: int = 1

    @property
    def text(self) -> str:
        """Return the statement, with its lists as if they had one member."""
        return re.sub(r":([a-z]+)\d+(\)?, \(?:\1\d+)*", r":\1", self.sql)


class Listening(SQLite):
    """A database that keeps what is asked of it."""

    def __init__(self, db: SQLite) -> None:
        super().__init__(db.driver, db.path)
        self.is_heard = db.is_heard
        self.asked: list[Asked] = []

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        self.asked.append(Asked(sql, params or {}))
        return super().query(sql, params)

    def execute(self, sql: str, params: Params | None = None) -> None:
        self.asked.append(Asked(sql, params or {}))
        super().execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        given = list(rows)
        self.asked.append(Asked(sql, given[0] if given else {}, len(given)))
        super().executemany(sql, given)


class Counted(NamedTuple):
    """The statements of a command: before BEGIN, and from BEGIN to COMMIT, both included."""

    before: int
    inside: int
    #: The same, where a statement for many rows counts once for each.
    executions: int


def counted(asked: Sequence[Asked]) -> Counted:
    """Count the statements of a command that writes."""
    begin = next(n for n, one in enumerate(asked) if one.sql.startswith("BEGIN"))
    inside = asked[begin:]
    assert inside[-1].sql == "COMMIT"
    return Counted(begin, len(inside), sum(one.times for one in inside))


class Command(NamedTuple):
    """A command on some tasks: its call, whether they are typed, and the commands that must have been given before."""

    call: Callable[[Context, list[str]], object]
    names_tasks: bool = True
    after: tuple[str, ...] = ()
    plan: str = PLAN


def _titles(ids: list[str]) -> list[str]:
    return [f"Việc thêm {i}" for i in ids]


_NEW = NewTask("", area="4", lead=("ubdt",), in_charge=("Ví dụ A",), due="30/12/2024")


#: Each command that writes, as it is mostly typed and in what costs more.
def _import(at: Context, ids: list[str], *, update: bool = False) -> None:
    """Import a table: a task a row, or what is said of each."""
    rows = [f"{id},xong phần đầu" for id in ids] if update else [f"{title},ND4" for title in _titles(ids)]
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        headings = "Số nhiệm vụ,Kết quả" if update else "Tên nhiệm vụ,Mã nội dung"
        file.write_text("\n".join([headings, *rows]), "utf-8")
        import_table(at, read_rows(at, ImportRequest(file, name="so-a")))


WRITING: dict[str, Command] = {
    "import of tasks": Command(_import, names_tasks=False),
    "import of updates": Command(partial(_import, update=True), names_tasks=False),
    "add": Command(lambda at, ids: add(at, NewTask("", area="4"), _titles(ids)), names_tasks=False),
    "add for an activity": Command(
        lambda at, ids: add(at, NewTask("", activity="3.1"), _titles(ids)), names_tasks=False
    ),
    "add with roles": Command(lambda at, ids: add(at, _NEW, _titles(ids)), names_tasks=False),
    "add with a new person": Command(
        lambda at, ids: add(at, _NEW._replace(in_charge=("Ví dụ Mới",)), _titles(ids)), names_tasks=False
    ),
    "add --from-plan": Command(lambda at, ids: add_from_plan(at), names_tasks=False),
    "update": Command(lambda at, ids: update(at, ids, TypedUpdate(percent="30", result="xong phần đầu"))),
    "update of an earlier day": Command(
        lambda at, ids: update(at, ids, TypedUpdate(percent="10", on="2/7/2024")), after=("update",)
    ),
    "update with an answer": Command(
        lambda at, ids: update(at, ids, TypedUpdate(answered="được", proposal="xin thêm"))
    ),
    "update before the opening": Command(
        lambda at, ids: update(at, ids, TypedUpdate(percent="10", on="30/6/2024"))
    ),
    "update by an activity": Command(
        lambda at, _: update(at, ["3.1"], TypedUpdate(percent="10")),
        names_tasks=False,
        after=("add --from-plan",),
    ),
    "done": Command(lambda at, ids: update(at, ids, TypedUpdate(), "done")),
    "reopen": Command(lambda at, ids: update(at, ids, TypedUpdate(reason="sai"), "reopen"), after=("done",)),
    "edit --title": Command(lambda at, ids: edit(at, ids, Corrections(title="Tên khác"))),
    "edit --due": Command(lambda at, ids: edit(at, ids, Corrections(due="20/12/2024"))),
    "edit --activity": Command(lambda at, ids: edit(at, ids, Corrections(activity="3.1"))),
    "edit --opened": Command(lambda at, ids: edit(at, ids, Corrections(opened="20/6/2024"))),
    "extend": Command(lambda at, ids: extend(at, ids, "28/2/2025", "chờ")),
    "assign": Command(lambda at, ids: assign(at, ids, Roles(coordinating=("hlhpn",)))),
    "assign --instead": Command(
        lambda at, ids: assign(at, ids, Roles(lead=("hlhpn",), in_charge=("Ví dụ B",), instead=True))
    ),
    "unassign": Command(lambda at, ids: unassign(at, ids, Roles(in_charge=("Ví dụ A",)))),
    "remove": Command(lambda at, ids: remove(at, ids, "nhầm")),
    **{
        f"undo of {name}": Command(lambda at, _: undo(at, None), names_tasks=False, after=(name,))
        for name in ("add with roles", "update", "edit --title", "assign --instead", "remove")
    },
    "undo of an undo": Command(
        lambda at, _: undo(at, _last_command(at)), names_tasks=False, after=("update", "undo of update")
    ),
    "plan carry-over": Command(lambda at, _: carry_over(at, PLAN), names_tasks=False, plan=NEW),
    "undo of plan carry-over": Command(
        lambda at, _: undo(at, None), names_tasks=False, after=("plan carry-over",), plan=NEW
    ),
    "indicator record": Command(
        lambda at, _: record(at, Measurement("ct", "12", "2024-Q2")), names_tasks=False
    ),
    "filter save": Command(lambda at, _: save_filter(at, "gấp", ["overdue", "area:3"]), names_tasks=False),
}


def _last_command(at: Context) -> str:
    assert isinstance(at.db, SQLite)
    return f"c{at.db.driver.execute('SELECT MAX(number) FROM command').fetchone()[0]}"


#: Commands that only read.
READING: dict[str, Command] = {
    "show": Command(lambda at, ids: show(at, ids, history=True), after=("update", "edit --title")),
    "list --limit": Command(lambda at, _: [*list_tasks(at, [], limit=20).tasks], names_tasks=False),
    "list of a filter": Command(
        lambda at, _: [*list_tasks(at, ["overdue", "area:3"], limit=20).tasks], names_tasks=False
    ),
    "list of a saved filter": Command(
        lambda at, _: [*list_tasks(at, ["@gap"], limit=20).tasks], names_tasks=False, after=("filter save",)
    ),
    "list --sort": Command(
        lambda at, _: [*list_tasks(at, [], limit=20, order=TaskOrder("updated_on", False, str)).tasks],
        names_tasks=False,
    ),
    "tasks of a range": Command(lambda at, _: choose_tasks(at, ["1-20"]), names_tasks=False),
    "tasks of --where": Command(lambda at, _: choose_tasks(at, [], "no-due:no"), names_tasks=False),
    "form of an update": Command(lambda at, ids: update_form(at, ids[0]), after=("update",)),
    "progress": Command(lambda at, _: progress(at), names_tasks=False),
    "remind": Command(
        lambda at, _: [[*group.tasks] for group in remind(at, days=3).groups], names_tasks=False
    ),
    "log": Command(lambda at, _: [*log(at).entries], names_tasks=False),
    "completion of a task": Command(lambda at, _: tasks_typed(at, "", "open", 20), names_tasks=False),
    "completion of a closed task": Command(
        lambda at, _: tasks_typed(at, "", "closed", 20), names_tasks=False
    ),
    "completion of a number": Command(lambda at, _: tasks_typed(at, "1", "any", 200), names_tasks=False),
    "completion of an open number": Command(
        lambda at, _: tasks_typed(at, "1", "open", 200), names_tasks=False
    ),
    "completion of a command": Command(lambda at, _: last_commands(at), names_tasks=False),
    "log of the newest": Command(
        lambda at, _: log(at, ["recorded:2024-01-01..", "verb:-init"], newest=2),
        names_tasks=False,
    ),
}


def give(db: SQLite, name: str, ids: list[str]) -> None:
    """Give a command on some tasks."""
    command = (WRITING | READING)[name]
    asked = ContextRequest(
        plan=command.plan, author="Ví dụ A", about=tuple(ids) if command.names_tasks else ()
    )
    command.call(open_context(db, asked, lambda: NOW), ids)


def statements(made: bytes, name: str, ids: list[str]) -> list[Asked]:
    """Return what a command asks of a database, from the opening of its context on."""
    db = Listening(in_memory(made))
    for before in (WRITING | READING)[name].after:
        give(db, before, ids)
    db.asked.clear()
    give(db, name, ids)
    db.close()
    return db.asked


def lived_in(db: SQLite, ids: list[str]) -> None:
    """Let weeks go by: reports of every task, deadlines that were extended, and many a command taken back."""
    for name in ("update of an earlier day", "update"):
        give(db, name, ids)
    for one in ids[:60]:
        for name in ("extend", "assign --instead", "update", "undo of update", "edit --title", "done"):
            give(db, name, [one])


#: The tables that grow with the work; one that is read from its beginning costs more every year.
GROWING = frozenset(
    (
        *(
            "task",
            "status_update",
            "deadline",
            "assignment",
            "part",
            "imported_row",
            "change",
            "command",
            "holder",
            "task_past",
        ),
        *("withdrawal", "withdrawn_command"),
    )
)


class Way(NamedTuple):
    """How SQLite finds the answer to a statement."""

    #: The indexes of growing tables that it goes by; those of keys are called `task_1`, `task_2`.
    indexes: frozenset[str]
    #: The growing tables that it reads from their beginning, and whether it sorts what it found.
    scanned: frozenset[str]
    sorts: bool


def way(db: SQLite, asked: Asked) -> Way:
    """Ask SQLite how it finds the answer to a statement; `db` has the statistics that it is to know."""
    steps = [str(row[3]) for row in db.driver.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked.params)]
    owners = dict(db.driver.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"))
    indexes = {found[1] for step in steps if (found := re.search(r" INDEX (\w+)", step))}
    called: dict[str, set[str]] = {}
    for table, alias in re.findall(r"\b(?:FROM|JOIN|UPDATE) (\w+)(?: AS (\w+))?", asked.sql):
        called.setdefault(alias or table, set()).add(table)
    scanned = {found[1] for step in steps if (found := re.match(r"SCAN (\w+)", step))}
    return Way(
        frozenset(
            index.removeprefix("sqlite_autoindex_") for index in indexes if owners.get(index) in GROWING
        ),
        GROWING & {table for name in scanned for table in called.get(name, ())},
        any("TEMP B-TREE FOR ORDER BY" in step for step in steps),
    )


def in_memory(made: bytes) -> SQLite:
    """Open a copy of a database in memory."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    # A database in memory has no write-ahead log: bytes 18 and 19 of the header say so.
    driver.deserialize(made[:18] + b"\1\1" + made[20:])
    driver.execute("PRAGMA foreign_keys = ON")
    db = SQLite(driver, Path(":memory:"))
    hear_what_it_tells(db)
    return db


def made_up(workspace: Path, db: SQLite, tasks: int = TASKS) -> None:
    """Make tasks in a workspace, with an indicator in their plan, and the plan of the year after."""

    def sit(day: str, plan: str = PLAN) -> Context:
        now = datetime.fromisoformat(day).replace(hour=2, tzinfo=UTC)
        return open_context(db, ContextRequest(plan=plan, author="Ví dụ A"), lambda: now)

    at = sit("2024-03-26")
    plan = changed(at.plan, "ND1.1", indicators=(Indicator("ct", Text("Lớp (ví dụ)"), "lớp", None, None),))
    apply(db, [written(workspace, plan)], workspace, "Ví dụ A", lambda: at.now)
    add(
        sit(OPENED),
        NewTask("", area="3", lead=("ubdt",), in_charge=("Ví dụ A",), due="30/9/2024"),
        [f"Việc {n}" for n in range(tasks)],
    )
    next_plan(sit, workspace, 2025)
