"""One text of SQL for every engine: each statement that the program asks is prepared by PostgreSQL too."""

import ast
import contextlib
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from plantrack.model.counting import Cutoffs
from plantrack.services.verbs.init import init
from plantrack.store import migrations, plans, weekly_events
from plantrack.store.connection import SQLite, connect
from plantrack.store.soundness import derive_again
from plantrack.store.task_source import TaskSource
from tests.conftest import Hands, Run
from tests.support.mail_server import serving
from tests.support.postgres import numbered, postgres_schema

STORE = Path(migrations.__file__).parent
#: The home of what only SQLite knows, the one of the search for damage in its files, that of its index of words, the
#: one of the steps from schema to schema, which only files have, and the one of tables that hide others.
OURS_ALONE = ("connection.py", "damage.py", "migrations.py", "search_index.py", "known.py")
METHODS = ("query", "execute", "executemany")
#: A season of work, in which every statement of the store is asked. A day alone sets the clock; `rename` gives an
#: activity another code in the plan's file, `rebuild` makes anew what is derived.
SESSION = """
2024-03-26
plan apply --reason chỉ-tiêu
add --from-plan
add Họp --area 3 --due 30/6 --lead ubdt --with hlhpn --to An --tag gấp --on 25/3/2024
add Họp --activity 3.1
edit 13 --title Họp-lại --due 1/7 --opened 20/3/2024
edit 14 --follow due
assign 1 --to Bình --on 25/3/2024
indicator record ct 12,5 --period Q1 --told-by An
undo
undo --dry-run
2024-07-02
indicator record ct 12,5 --period Q1
assign 1 --lead hlhpn --instead
unassign 1 --to Bình
update 1 -p 30 -r xong-phần-đầu -n gửi-giấy -o 1/7/2024
update 1 -b kẹt --proposal xin-thêm
update 1 --answered được --unblocked
extend 2 --due 15/8/2024 --reason chờ
remove 14 --reason nhầm
done 2
reopen 2 --reason sai
undo c6
undo c3
2024-08-01
done 3
list
list --all --format ics
list --all
list --all --format ics
list qua-han --as-of 21/7/2024
list to:An lead:ubdt --known-at 2024-07-02
list author:thieu
list recorded:..2024-07-02
list @thieu
list Bin
list hop
list ọp
list lop --lang en
progress --by org
progress --explain --as-of 1/7/2024
weekly --week 2024-W27
weekly --week 2024-W27 --format html
report --period 2024-07
report --period 2024-Q2 --known-at 2024-07-02
show 1
show 4.1
show 99
log
log 1
log --known-at 2024-07-02
person list
org list
indicator list
db status
db check
db check --repair
plan show
plan log
plan diff
plan check
rename
plan diff
plan apply
weekly --week 2024-W29 --mail-to a@example.org
weekly --week 2024-W29 --mail-to a@example.org
weekly --mail-to a@example.org --catch-up
weekly --mail-to khong-co@example.org
demo ví-dụ
2024-12-20
plan new plans/kh-2025.yaml --from kh-468-2024 --year 2025
plan apply plans/kh-2025.yaml
plan carry-over kh-468-2024 kh-2025 --dry-run
plan carry-over kh-468-2024 kh-2025
undo
undo
rebuild
progress --programme
weekly --plan kh-2025
list --plan kh-2025
log --plan kh-468-2024
show 1
done 1
2025-02-10
list
weekly
"""


class Place(NamedTuple):
    """Where a statement is asked: a file of the store, and a line of the call."""

    file: str
    line: int


Recorded = set[tuple[str, Place]]


@pytest.fixture
def recorded(run: Run, clock: Hands, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """The statements of a season of work, each with the place that asked it."""
    found: Recorded = set()
    for method in METHODS:
        monkeypatch.setattr(SQLite, method, _recording(found, getattr(SQLite, method)))
    plan = workspace / "plans" / "kh-468-2024.yaml"
    indicator = 'indicators: [{id: "ct", title: "Lớp (ví dụ)", unit: "lớp"}]'
    _replace(plan, '- code: "ND3.1"\n', f'- code: "ND3.1"\n        {indicator}\n')
    init(workspace.with_name("khác"), None, "Người thử", clock)
    with serving() as mail:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{mail.port}")
        monkeypatch.setenv("PLANTRACK_MAIL_FROM", "kh@example.org")
        mail.handler.ways = {"khong-co": "refuse"}
        for line in SESSION.strip().splitlines():
            if line.startswith("20"):
                clock.set(line)
            elif line == "rebuild":
                with (
                    contextlib.closing(connect(workspace / "plantrack.db")) as db,
                    db.tables_apart(),
                    db.atomic(),
                ):
                    derive_again(db, plans.MIRRORS)
            elif line == "rename":
                _replace(plan, '- code: "ND3.1"', '- code: "ND3.9"')
                _replace(plan, "organisations:\n", 'moved: {"ND3.1": "ND3.9"}\norganisations:\n')
            else:
                ended = run(*shlex.split(line))
                assert ended.code in (0, 3, 4, 7), f"{line}: {ended.err}"
        yield found


def _recording(found: Recorded, method: Any) -> Any:
    def ask(db: SQLite, sql: str, *given: Any) -> Any:
        frame = sys._getframe(1)
        found.add((sql, Place(Path(frame.f_code.co_filename).name, frame.f_lineno)))
        return method(db, sql, *given)

    return ask


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@cache
def asked_in_the_store() -> frozenset[tuple[str, int, int]]:
    """Return every call that asks a statement: the file, its first and its last line."""
    return frozenset(
        (file.name, node.lineno, node.end_lineno or node.lineno)
        for file in STORE.glob("*.py")
        if file.name not in OURS_ALONE
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS
    )


def test_the_season_meets_every_statement_of_the_store(recorded: Recorded) -> None:
    """A statement that is missing here wants a command in `SESSION` that asks it."""
    met = {
        (file, first, last)
        for file, first, last in asked_in_the_store()
        if any(place.file == file and first <= place.line <= last for _, place in recorded)
    }
    assert asked_in_the_store() - met == set()


@pytest.fixture
def postgres() -> Iterator[Any]:
    """A schema of this test's own on the server that `PLANTRACK_TEST_POSTGRES` names."""
    with postgres_schema() as server:
        yield server


def test_postgresql_prepares_every_statement(postgres: Any, recorded: Recorded) -> None:
    import psycopg

    refused = []
    ours = {sql: place for sql, place in recorded if place.file not in OURS_ALONE}
    for n, (sql, place) in enumerate(ours.items()):
        try:
            postgres.execute(f"PREPARE s{n} AS {numbered(sql)}")
        except psycopg.Error as error:
            refused.append(f"{place.file}:{place.line}: {sql}\n{error}")
    assert not refused, "\n\n".join(refused)
    assert len(ours) > len(asked_in_the_store()) // 2


def plan_of(db: SQLite, question: Any) -> list[str]:
    """Ask a question of an empty table, and give how SQLite would find the answer."""
    asked: list[tuple[str, Any]] = []

    class Listening:
        def query(self, sql: str, params: Any = None) -> list[Any]:
            asked.append((sql, params))
            return []

    list(question(Listening()))
    ((sql, params),) = asked
    return [row[3] for row in db.query(f"EXPLAIN QUERY PLAN {sql}", params)]


@pytest.mark.parametrize("analysed", [False, True])
def test_updates_are_walked_by_task_and_not_looked_up_by_day(db: SQLite, analysed: bool) -> None:
    if analysed:
        db.execute("ANALYZE")
    clock = Cutoffs("2024-12-31", "2024-12-31", "2024-12-31")
    for past in (False, True):
        days = plan_of(
            db,
            lambda one, past=past: weekly_events.spoken(
                TaskSource(one, "p", clock, past), "2024-01-01", "2024-12-31"
            ),
        )
        of_updates = [step for step in days if step.split()[:2] in (["SEARCH", "f"], ["SCAN", "f"])]
        assert of_updates == ["SEARCH f USING INDEX status_update_in_order (task=?)"], days
    assert plan_of(db, lambda one: weekly_events.closings(one, "2024-12-31"))[0] == "SCAN f"
