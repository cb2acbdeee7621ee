"""What is fact stands in one list: every column of the schema is fact, derived, or neither, and nothing twice."""

import re

from plantrack.store.checks.soundness import DERIVED_PARTS
from plantrack.store.exchange.fact_tables import BY_NAME, FACT_TABLES, NEITHER, FactTable
from plantrack.store.schema.text import schema_for
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.search_index import TABLES as OF_SEARCH
from tests.support.exported import empty_database


def columns(db: SQLite, table: str) -> set[str]:
    return {r[0] for r in db.driver.execute("SELECT name FROM pragma_table_info(?)", (table,))}


def tables(db: SQLite) -> dict[str, set[str]]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return {r[0]: columns(db, r[0]) for r in db.driver.execute(asked)}


def test_each_column_is_a_fact_or_derived_or_neither() -> None:
    with empty_database() as db:
        declared = tables(db)
    for table, there in declared.items():
        facts = BY_NAME[table].columns if table in BY_NAME else ()
        derived = DERIVED_PARTS.get(table, ())
        made = there if derived is None else {*derived}
        neither = there if table in NEITHER else set()
        assert sorted([*facts, *made, *neither]) == sorted(there), table
    assert {*BY_NAME, *DERIVED_PARTS, *NEITHER} == {*declared} | {*OF_SEARCH}


def test_the_schema_says_the_same_of_each_table() -> None:
    """`schema.sql` says in the comment before a table what it holds."""
    said = "unknown"
    for line in schema_for({"strict": "", "int64": "INTEGER"}).split("\n"):
        if found := re.match(r"-- (Facts|Derived|Neither)\b", line):
            said = found[1]
        elif found := re.match(r"CREATE TABLE (\w+)", line):
            table = found[1]
            where = "Neither" if table in NEITHER else "Facts" if table in BY_NAME else "Derived"
            assert said == where, table


def test_rows_are_ordered_by_a_key() -> None:
    with empty_database() as db:
        for table in FACT_TABLES:
            keys = db.driver.execute(
                "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table.name,)
            )
            assert tuple(r[0] for r in keys) == table.key


def test_what_others_name_comes_before_them() -> None:
    """Only what is derived, and rows of the same table, may be named before they are there."""
    places = {table.name: place for place, table in enumerate(FACT_TABLES)}
    with empty_database() as db:
        for table in FACT_TABLES:
            named = {r[2] for r in db.driver.execute(f"PRAGMA foreign_key_list({table.name})")}
            assert [n for n in named if places.get(n, -1) > places[table.name]] == []


def test_what_must_stand_in_a_new_row_is_given() -> None:
    with empty_database() as db:
        for table in FACT_TABLES:
            asked = 'SELECT name FROM pragma_table_info(?) WHERE ("notnull" OR pk) AND dflt_value IS NULL'
            needed = {r[0] for r in db.driver.execute(asked, (table.name,))}
            row = table.with_stubs({name: name for name in table.columns})
            assert needed <= {*row}
            assert {row[stub] for stub in table.stubs} <= {*table.columns}


#: Columns that name people, say what is internal, or who recorded something; and texts of people are none of them.
PRIVATE = {
    "author",
    "login",
    "entered_by",
    "told_by",
    "person",
    "note",
    "evidence",
    "email",
    "address",
    "command",
}


def test_a_public_copy_names_nobody() -> None:
    for table in FACT_TABLES:
        assert not PRIVATE & {*table.public}, table.name
        assert {*table.public} <= {*table.columns}
        assert not table.public or {*table.key} <= {*table.public}
        assert not table.public or table.of is None or table.of[0] in table.public
    hidden = {table.name for table in FACT_TABLES if not table.public}
    assert {"command", "withdrawal", "person", "person_fact", "change", "saved_filter", "delivery"} <= hidden


def test_what_all_may_read_is_decided_of_each_column() -> None:
    """A new column of a table that all may read belongs into one of the two: here, or into `private`."""
    private = {
        table.name: sorted({*table.columns} - {*table.public}) for table in FACT_TABLES if table.public
    }
    assert private == {
        "plan_revision": ["command", "dirty", "document", "file", "git_commit", "reason", "warnings"],
        "organisation_fact": ["command", "email"],
        "task": ["command", "removed"],
        "status_update": ["base", "command", "evidence", "note", "told_by"],
        "deadline": ["command"],
        "assignment": ["command", "person"],
        "part": ["command"],
    }
    assert {table.name: len(table.public) for table in FACT_TABLES if table.public} == {
        "plan_revision": 5,
        "organisation_fact": 8,
        "task": 30,
        "status_update": 15,
        "deadline": 7,
        "assignment": 7,
        "part": 7,
    }


def test_a_row_is_inserted_with_what_is_derived_later() -> None:
    table = FactTable("x", ("uid",), stubs={"label": "uid"})
    assert table.with_stubs({"uid": "a"}) == {"uid": "a", "label": "a"}
