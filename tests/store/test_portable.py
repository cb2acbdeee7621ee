"""One text of SQL for every engine: what the program asks in a season is asked of PostgreSQL too, with the same answers."""

import ast
import contextlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.counting import Cutoffs
from plantrack.store.connection import Asked
from plantrack.store.postgres.spelling import spelled
from plantrack.store.questions import weekly_events
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands, Run
from tests.support.postgres_server import PostgresServer
from tests.support.recorded import STORE, Place, Statement
from tests.support.replay import OWN_WORDS, Server, differences, in_its_words, is_ordered
from tests.support.season import Season, play

#: The homes of what only one engine has, each with what that is; of a folder all files are.
OURS_ALONE = {
    "sqlite": "what only a file has",
    "postgres": "what only a server has",
    "checks/damage.py": "the search for damage in a file",
    "exchange/restoring.py": "the way back of an export, on which keys are looked at when all is there; an engine's own",
    "schema/guards.py": "triggers, which each engine writes in its own words",
    "schema/identity.py": "what a database is made of",
    "schema/parts.py": "how what is missing of it is put right",
}
METHODS = (
    "query",
    "execute",
    "executemany",
    "load",
    "ask",
    "insert",
    "insert_many",
    "stream",
    "add_facts",
    "add_fact_rows",
    "insert_apart",
)
#: The season is played once.
_PLAYED: list[Season] = []


@pytest.fixture
def season(run: Run, clock: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Season:
    if not _PLAYED:
        folder = tmp_path / "season"
        folder.mkdir()
        _PLAYED.append(play(run, clock, folder, monkeypatch))
    return _PLAYED[0]


def for_all(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements that are for every engine, and those that each engine has in its own words."""
    for s in statements:
        if not s.places or not is_ours_alone(s.places[0].file) or s.sql in OWN_WORDS:
            yield s


def is_ours_alone(file: str) -> bool:
    """Return whether what a file of the store asks is for one engine only."""
    return file in OURS_ALONE or Path(file).parts[0] in OURS_ALONE


#: What adds rows for others, and is no place of its own.
HELPERS = ("add_facts", "add_fact_rows", "insert", "insert_apart", "insert_many")


def name_of(node: ast.AST) -> str:
    return node.name if isinstance(node, ast.FunctionDef) else ""


@cache
def trees() -> dict[str, ast.Module]:
    """Return the files of the store whose statements are for every engine."""
    files = {str(file.relative_to(STORE)): file for file in STORE.rglob("*.py")}
    return {
        name: ast.parse(file.read_text("utf-8")) for name, file in files.items() if not is_ours_alone(name)
    }


def asking() -> Iterator[tuple[str, int, int]]:
    """Yield every call that asks a statement: the file, its first and its last line."""
    for file, tree in trees().items():
        for node in (n for part in tree.body if name_of(part) not in HELPERS for n in ast.walk(part)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in METHODS:
                    yield file, node.lineno, node.end_lineno or node.lineno


def test_the_season_meets_every_call_of_the_store(season: Season) -> None:
    """A call that is missing here wants a command in `SESSION` that comes to it."""
    met = {place for statement in season.met for place in statement.places}
    missed = {
        f"{file}:{first}"
        for file, first, last in asking()
        if met.isdisjoint(Place(file, line) for line in range(first, last + 1))
    }
    assert missed == set()


#: What makes a text a part of a statement; and what stands in one that is made of several.
_SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|AND|OR|NOT|BY|NULL|CASE|COALESCE|COUNT|MAX|MIN|LIMIT|UPDATE|DELETE|INSERT|IN)\b"
    r"|\b[a-z]\.[a-z_]+\b|:[a-z_]+\b"
)
_HOLE = re.compile(r"\{[a-z]*\}|\{\{key\}\}")


def parts_of_statements() -> Iterator[tuple[str, int, str]]:
    """Yield every text of the store that is part of a statement, with its file and line."""
    for file, tree in trees().items():
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                for part in _HOLE.split(node.value):
                    if _SQL.search(part):
                        yield file, node.lineno, part


def test_the_season_meets_every_part_of_a_statement(season: Season) -> None:
    """A text that is missing here wants a command in `SESSION` that asks it."""
    asked = "\n".join({statement.sql for statement in season.met})
    missed = [f"{file}:{line}: {part}" for file, line, part in parts_of_statements() if part not in asked]
    assert missed == [], "\n".join(missed)


@pytest.mark.parametrize(
    ("sql", "theirs", "ordered"),
    [
        ("SELECT a FROM t WHERE b = :b ORDER BY a", "SELECT a FROM t WHERE b = %(b)s ORDER BY a", True),
        (
            "SELECT (SELECT b FROM t ORDER BY (b)) FROM t",
            "SELECT (SELECT b FROM t ORDER BY (b)) FROM t",
            False,
        ),
        ("DELETE FROM t WHERE a = ? AND b = '?'", "DELETE FROM t WHERE a = %s AND b = '?'", False),
        ("SELECT ':a ORDER BY %' FROM main.t", "SELECT ':a ORDER BY %%' FROM public.t", False),
        ("SELECT 7 % :n FROM temp.t", "SELECT 7 %% %(n)s FROM pg_temp.t", False),
    ],
)
def test_a_statement_is_played_in_the_words_of_the_server(sql: str, theirs: str, ordered: bool) -> None:
    assert spelled(in_its_words(sql)) == theirs
    assert is_ordered(sql) == ordered


@pytest.fixture
def server(postgres_server: PostgresServer) -> Iterator[Server]:
    """The recording's databases on the tests' own server."""
    with contextlib.closing(Server(postgres_server)) as found:
        yield found


@pytest.mark.no_cover
def test_postgresql_gives_the_same_rows(server: Server, season: Season) -> None:
    """A statement that is named here wants one text that both engines understand alike."""
    found = list(differences(server, for_all(season.statements)))
    assert not found, "\n\n".join([f"{len(found)} differences", *found[:20]])
    for file, left in season.left.items():
        there = server.contents(file)
        assert {name: left.get(name) for name in there} == there


def plan_of(db: SQLite, question: Any) -> list[str]:
    """Ask a question of an empty table, and give how SQLite would find the answer."""
    asked: list[tuple[str, Any]] = []

    class Listening:
        def query(self, sql: str, params: Any = None) -> list[Any]:
            return self.ask(sql, params)()

        def ask(self, sql: str, params: Any = None) -> Asked[list[Any]]:
            asked.append((sql, params))
            return list

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
    assert plan_of(db, lambda one: weekly_events.ask_closings(one, "2024-12-31")())[0] == "SCAN f"
