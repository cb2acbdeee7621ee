"""All rows of all tables: in one order, hashed as they are, and nothing of a database alone among them."""

import pytest

from plantrack.errors import Failure
from plantrack.store import stats
from plantrack.store.copying.whole_tables import TableReader, is_empty, row_digest, whole_tables
from plantrack.store.schema.guards import unguarded
from plantrack.store.schema.text import made_names, table_names
from plantrack.store.sealing.seals import insert_apart
from plantrack.store.sqlite.connection import SQLite
from tests.support.exported import empty_database
from tests.support.steps import OpenContext, opened, said


def test_every_table_is_carried_and_has_a_key(db: SQLite) -> None:
    tables = whole_tables(db)
    assert {*table_names()} == made_names("TABLE")
    assert [table.name for table in tables] == [*table_names()]
    for table in tables:
        assert table.key, table.name
        assert {*table.columns} == {column.name for column in db.columns(table.name)}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE task SET title = title || ' '",
        "UPDATE task SET percent = 0",
        "DELETE FROM status_update",
        "UPDATE counter SET used = used + 1 WHERE name = 'command'",
        "UPDATE meta SET value = 'x' WHERE name = 'id'",
        "INSERT INTO salt VALUES ('Đào', printf('%032d', 1))",
    ],
)
def test_whatever_differs_is_seen(context_on: OpenContext, db: SQLite, change: str) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",), new_person=True)
    said(context_on, "2024-07-02", "1", result="xong")
    before = row_digest(db)
    with unguarded(db, "status_update", "salt"):
        db.execute(change)
    after = row_digest(db)
    assert before != after
    differ = [name for name, digest in before.digests.items() if after.digests[name] != digest]
    assert (len(differ), before.sha256 == after.sha256) == (1, False)


def test_what_a_database_says_of_itself_alone_does_not_matter(db: SQLite) -> None:
    before = row_digest(db)
    for name in ("last_backup", "last_check", "moved", "version", "schema"):
        stats.put(db, name, "x")
    db.execute("INSERT INTO counter VALUES ('task', 0)")
    after = row_digest(db)
    assert after == before


def test_texts_come_in_the_order_of_their_code_points(db: SQLite) -> None:
    for who in ("Đào", "đào", "Z", "a", "_", "-", "É", "E\u0301a"):
        db.execute("INSERT INTO salt VALUES (:who, printf('%032d', 1))", {"who": who})
    reader = TableReader(db, whole_tables(db))
    (salt,) = (table for table in reader.tables if table.name == "salt")
    place = salt.columns.index("who")
    names = [row[place] for rows in reader.rows(salt) for row in rows]
    assert names == sorted(names)


def test_a_nul_sign_is_named(db: SQLite) -> None:
    insert_apart(db, "meta", [{"name": "note", "value": "\\u0000"}])  # so JSON writes one
    row_digest(db)
    insert_apart(db, "meta", [{"name": "note", "value": "a\0b"}], key="name")
    with pytest.raises(Failure) as found:
        row_digest(db)
    params = found.value.params
    assert (found.value.code, params["table"], params["row"], params["column"]) == (
        "copy-value",
        "meta",
        "note",
        "value",
    )


def test_one_without_a_command_is_empty(db: SQLite) -> None:
    with empty_database() as empty:
        assert (is_empty(empty), is_empty(db)) == (True, False)
