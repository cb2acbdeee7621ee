"""What people type for the work of the plan, and what they find: the table in search_queries.txt, kept to the order."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.init import init
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import search_rows
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands
from tests.support.steps import labels

TASKS, QUERIES = Path(__file__).with_name("search_queries.txt").read_text("utf-8").split("\n# ---", 1)


class Query(NamedTuple):
    typed: str
    expected: str
    in_english: bool


def queries() -> Iterator[Query]:
    for line in QUERIES.splitlines():
        if found := re.fullmatch(r"(.+?)( \| en)? -> ([\d ]+|-)", line):
            yield Query(found[1], found[3].strip("-"), bool(found[2]))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLite]:
    """A plan with the tasks of the table."""
    folder, clock = tmp_path_factory.mktemp("queries"), Hands("2024-07-01")
    init(folder, None, "Người thử", clock)
    db = connect(folder / "plantrack.db")
    for block in re.findall(r"^ ?\d+ .+(?:\n   .+)*", TASKS, re.MULTILINE):
        (first, *rest) = block.splitlines()
        number, title = first.split(maxsplit=1)
        told = [line.split(maxsplit=1) for line in rest]
        named = tuple(text for mark, text in told if mark == "to")
        context = _context(db, clock)
        (task,) = add(context, NewTask(title, area="3", in_charge=named, new_person=True)).tasks
        assert task.label == number
        for text in (text for mark, text in told if mark == ">"):
            update(_context(db, clock), [number], TypedUpdate(result=text))
        for text in (text for mark, text in told if mark == "en"):
            search_rows.insert_rows(db, [search_rows.SearchRow(task.uid, "title_en", " " + text.lower())])
            db.execute("UPDATE task SET title_en = :text WHERE uid = :uid", {"text": text, "uid": task.uid})
    yield db
    db.close()


def _context(db: SQLite, clock: Hands, *languages: str) -> Context:
    return open_context(db, ContextRequest(author="Người thử", languages=languages), clock)


@pytest.mark.no_cover
@pytest.mark.parametrize("query", list(queries()), ids=lambda query: query.typed)
def test_a_reader_finds_what_is_expected_in_that_order(database: SQLite, query: Query) -> None:
    context = _context(database, Hands("2024-07-02"), *(("en",) if query.in_english else ()))
    found = list_tasks(context, [query.typed])
    assert " ".join(labels(found.tasks)) == query.expected, found.filter


def test_the_table_is_a_table() -> None:
    asked = list(queries())
    assert len(asked) >= 75
    assert len({(query.typed, query.in_english) for query in asked}) == len(asked)
