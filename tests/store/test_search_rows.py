"""What search looks in is what was said: written with the facts, and under numbers of their own."""

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.undo import undo
from plantrack.store import search_rows
from plantrack.store.sqlite.connection import SQLite
from tests.store.questions.test_search import place
from tests.support.searched import found
from tests.support.steps import OpenContext, opened, said


def test_a_command_keeps_what_is_looked_in(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Tập huấn: báo cáo")
    said(context_on, "2024-07-02", "1", result="Đã họp.", note="gọi lại", told_by="Lê Ánh")
    said(context_on, "2024-07-03", "1", percent="20")
    words = "SELECT words FROM search ORDER BY id"
    assert db.query(words) == [(" tap huan bao cao",), (" da hop | goi lai | le anh",)]
    edit(context_on("2024-07-04"), ["1"], Corrections(title="Hội thảo"))
    assert db.query(words)[0] == (" hoi thao",)
    undo(context_on("2024-07-05"), None)
    assert db.query(words)[0] == (" tap huan bao cao",)
    undo(context_on("2024-07-05"), "c3")
    assert found(db, place(db, "2024-07-09"), ["họp"]) == set(), "what was taken back is found no more"


def test_an_english_title_goes_where_the_vietnamese_one_is_corrected(
    db: SQLite, context_on: OpenContext
) -> None:
    add_from_plan(context_on("2024-07-01"))
    ((task, words),) = db.query("SELECT task, words FROM search WHERE part = 'title_en' ORDER BY id LIMIT 1")
    assert task in found(db, place(db, english=True), [words])
    assert found(db, place(db), [words]) == set()
    edit(context_on("2024-07-02"), ["1"], Corrections(title="Khác"))
    assert db.query("SELECT part, words FROM search WHERE task = :task", {"task": task}) == [
        ("title", " khac")
    ]
    undo(context_on("2024-07-03"), None)
    assert task in found(db, place(db, english=True), [words])


def test_nothing_is_written_where_a_command_fails(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Tập huấn")
    with pytest.raises(db.broken_condition), db.atomic():
        search_rows.insert_rows(db, [search_rows.SearchRow("nobody", "title", " x")])
    assert db.query("SELECT words FROM search") == [(" tap huan",)]


def test_many_rows_are_added_under_numbers_of_their_own(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Tập huấn")
    ((task,),) = db.query("SELECT uid FROM task")
    search_rows.insert_rows(db, [search_rows.SearchRow(task, f"{n:026}", f" so {n}") for n in range(350)])
    search_rows.insert_rows(db, [])
    assert db.query("SELECT COUNT(*), MIN(id), MAX(id) FROM search") == [(351, 1, 351)]
