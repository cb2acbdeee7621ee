"""What is asked most goes by an index on a server too: of thousands of tasks, once it has counted, and as it decides.

`tests/store/test_indexes.py` says the same of SQLite, of every command.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plantrack.services.chosen_tasks import choose_tasks
from plantrack.services.context import ContextRequest
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.completion import tasks_typed
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.show import show
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.postgres.connection import connect_server
from tests.store.test_indexes import beginnings
from tests.support.filled_server import Found, found, multiply, statements
from tests.support.postgres import database_with_tables, fill
from tests.support.postgres_server import PostgresServer
from tests.support.statements import Asked

#: How many times the example's work is there.
_TIMES = 120
_NOW = datetime(2024, 8, 10, 2, tzinfo=UTC)
_NEW = NewTask("Việc mới", area="3", lead=("hlhpn",), due="30/12/2024")
COMMANDS: dict[str, Any] = {
    "list --limit": lambda at: [*list_tasks(at, [], limit=10).tasks],
    "list of a filter": lambda at: [*list_tasks(at, ["overdue", "area:3"], limit=10).tasks],
    "list of a word": lambda at: [*list_tasks(at, ["s77"], limit=10).tasks],
    "progress": progress,
    "add": lambda at: add(at, _NEW),
    "update": lambda at: update(at, ["3"], TypedUpdate(percent="50", result="gửi")),
    "extend": lambda at: extend(at, ["3"], "30/12/2024", "chờ"),
    "assign": lambda at: assign(at, ["3"], Roles(coordinating=("ubdt",))),
    "edit --title": lambda at: edit(at, ["3"], Corrections(title="Khác")),
    "show": lambda at: show(at, ["3"], history=True),
    "log of the newest": lambda at: [*log(at, newest=5).entries],
    "tasks of a range": lambda at: choose_tasks(at, ["3-6"]),
    "completion of a task": lambda at: tasks_typed(at, "", "open", 20),
}
_THERE = "task AS t WHERE t.plan = :plan AND t.counted = 1"
_NAMED = "task AS t WHERE NOT (t.plan <> :plan) AND t.counted = 1"
#: The beginning of what a statement asks, and why a server may read a growing table whole for it. Only ever fewer.
MAY_SCAN = {
    f"{_THERE} AND t.is_open = 0 LIMIT": "whether there is any, which the first one that is met answers",
    f"{_THERE} GROUP BY": "all are counted",
    "task AS t WHERE t.plan = :plan AND t.counted = 1 AND EXISTS (SELECT 1 FROM search": (
        "asked only where the index has none of the words"
    ),
}
#: By the beginning of what is asked most: indexes of growing tables by which a server of any version finds the answer.
INDEXES = {
    "command AS c) AS recorded_at FROM plan_revision": "command_recorded_at_site_key task_site_number_key",
    f"{_THERE} AND t.is_open = 1 ORDER BY COALESCE": "task_open",
    f"{_THERE} AND t.is_open = 1": "task_open",
    f"{_NAMED} AND t.uid IN (SELECT s.task FROM search_fts": "search_words task_pkey",
    f"{_NAMED} AND t.site = :site": "task_site_number_key",
    "task WHERE site IN": "task_site_number_key",
    "task AS t WHERE t.uid IN (:u)": "task_pkey",
    "task AS t LEFT JOIN withdrawn_command": "task_pkey",
    "status_update AS f WHERE ((f.task IN": "status_update_in_order",
    "deadline AS f WHERE ((f.task IN": "deadline_by_task",
    "change AS f WHERE (f.task IN": "change_by_task",
    "(SELECT (SELECT x.uid FROM task AS x": "task_by_title task_pkey",
    "seal AS s JOIN command": "command_number_key command_pkey seal_pkey",
    "command WHERE number": "command_number_key",
    "command WHERE uid IN": "command_pkey",
    "status_update AS f JOIN command AS c ON c.uid = f.command WHERE (f.command IN": (
        "command_pkey status_update_by_command"
    ),
}


@pytest.fixture(scope="module")
def ways(postgres_server: PostgresServer, example: Path) -> Iterator[dict[str, Found]]:
    """How a server answers each statement of the commands, by what it asks."""
    ways: dict[str, Found] = {}
    with database_with_tables(postgres_server) as address:
        with contextlib.closing(connect_server(address)) as db:
            fill(db, example / "plantrack.db")
            multiply(db, _TIMES)
        with contextlib.closing(connect_server(address)) as explaining:
            for name, call in COMMANDS.items():
                about = () if name.startswith(("list", "progress", "add", "log", "completion")) else ("3",)
                with contextlib.closing(connect_server(address)) as db:
                    heard = statements(db, ContextRequest(author="Ví dụ A", about=about), _NOW, call)
                for sql, params in heard:
                    question = Asked(sql, params).text.partition(" FROM ")[2]
                    if question not in ways:
                        ways[question] = found(explaining, sql, params)
        yield ways


def test_nothing_that_grows_is_read_whole_on_a_server(ways: dict[str, Found]) -> None:
    unknown, unused = beginnings([asked for asked, way in ways.items() if way.scanned], MAY_SCAN)
    assert (unknown, unused) == (set(), set())


def test_what_is_asked_most_goes_by_its_index_on_a_server(ways: dict[str, Found]) -> None:
    wrong = {}
    for begin, indexes in INDEXES.items():
        met = [way for asked, way in ways.items() if asked.startswith(begin)]
        if not met or not all(way.indexes >= {*indexes.split()} for way in met):
            wrong[begin] = [sorted(way.indexes) for way in met]
    assert wrong == {}
