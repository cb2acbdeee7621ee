"""Whatever happened to what is derived, it is found and named, and made again as it was; facts are not touched."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plantrack.model.plan import Text
from plantrack.model.views.workspace import Difference
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.undo import undo
from plantrack.store import derived_rows, plan_mirrors, plans
from plantrack.store.checks.damage import broken_text_shown
from plantrack.store.checks.soundness import DERIVED_PARTS, derive_again, differences
from plantrack.store.search_rows import SearchRow
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite
from tests.store.test_plans import saved
from tests.support.derived import all_facts, derived_parts
from tests.support.engines import let_past_the_schema
from tests.support.plan_files import changed, without
from tests.support.random_work import COMMANDS, Do, worked
from tests.support.steps import PLAN, OpenContext, opened, said

VALUES = st.sampled_from(
    [None, "", "rác", "done", "in_progress", "2024-07-02", "9999-12-31", 0, 1, 55, b"\xff"]
)
#: What adds a row that belongs to something that is there.
EXTRA = {
    "withdrawn_command": "INSERT OR IGNORE INTO withdrawn_command SELECT uid, number FROM command",
    "task_past": "INSERT INTO task_past (task, first_day, last_day, status) SELECT uid, '1999-01-01', '1999-01-02', 'done' FROM task LIMIT 1",
    "holder": "INSERT INTO holder SELECT uid, 'lead', 'xx', '2024-07-01', '9999-12-31' FROM task LIMIT 1",
    "search": "INSERT INTO search (task, part, words) SELECT uid, 'xx', ' rac' FROM task LIMIT 1",
    "plan": "INSERT INTO plan VALUES ('kh-xx', 2024, 1)",
    "area": "INSERT INTO area SELECT id, 'ND99', 1, 'Thừa', 1 FROM plan",
    "activity": "INSERT INTO activity SELECT plan, 'ND1.99', 'ND1', 1, 'Thừa', 0 FROM area WHERE code = 'ND1'",
    "member": "INSERT INTO member VALUES ('xx', 'coordinator', NULL)",
    "organisation": "INSERT INTO organisation (id, name) VALUES ('xx', 'Thừa')",
}
#: A row of a table, counted round.
NTH = "rowid = (SELECT rowid FROM {0} ORDER BY rowid LIMIT 1 OFFSET ? % MAX(1, (SELECT COUNT(*) FROM {0})))"


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, str, tuple[object, ...]]:
    """Draw a table, and a statement that damages what is derived there."""
    table = draw(st.sampled_from(sorted({*DERIVED_PARTS} - {*search_index.TABLES})))
    nth, columns = draw(st.integers(0, 9)), DERIVED_PARTS[table]
    how = draw(st.sampled_from(["other"] if columns else ["other", "missing", "extra"]))
    if how == "extra":
        return table, EXTRA[table], ()
    if how == "missing":
        return table, f"DELETE FROM {table} WHERE {NTH.format(table)}", (nth,)
    names = (
        columns
        or {
            **dict.fromkeys(("withdrawn_command",), ("command", "by_number")),
            "task_past": derived_rows.PastRow._fields,
            "holder": derived_rows.HolderRow._fields,
            "search": SearchRow._fields,
            "plan": ("id", "year", "revision"),
            "area": ("code", "position", "title", "in_plan"),
            "activity": ("code", "area", "position", "title", "in_plan"),
            "member": ("login", "server_role", "organisation"),
            "organisation": ("id", "name", "short", "valid_from", "valid_to"),
        }[table]
    )
    column, value = draw(st.sampled_from(sorted(names))), draw(VALUES)
    if isinstance(value, bytes):
        return table, f"UPDATE {table} SET {column} = CAST(x'ff41' AS TEXT) WHERE {NTH.format(table)}", (nth,)
    return table, f"UPDATE {table} SET {column} = ? WHERE {NTH.format(table)}", (value, nth)


def found_in(db: SQLite) -> list[Difference]:
    with broken_text_shown(db):
        return list(differences(db))


def hurt(db: SQLite, statement: str, values: tuple[object, ...] = ()) -> None:
    """Carry a statement out that the schema would not have."""
    if isinstance(db, SQLite):
        db.execute("PRAGMA ignore_check_constraints = ON")
    let_past_the_schema(db)
    with contextlib.suppress(db.broken_condition):
        db.execute(statement, values)


@given(st.lists(COMMANDS, min_size=4, max_size=12), st.lists(damages(), min_size=1, max_size=3))
def test_any_damage_is_found_named_and_made_good(
    made_once: Path, work: list[Do], damage: list[tuple[str, str, tuple[object, ...]]]
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    assert found_in(db) == []
    db.driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    whole, facts = derived_parts(db), all_facts(db)
    for _, statement, values in damage:
        hurt(db, statement, values)
    hurt_tables = {table for table, rows in derived_parts(db).items() if rows != whole[table]}
    assume(hurt_tables)
    found = found_in(db)
    assert {one.table for one in found} == hurt_tables
    assert search_index.is_sound(db)
    with db.atomic():
        derive_again(db, hurt_tables)
    assert (derived_parts(db), all_facts(db)) == (whole, facts)
    assert found_in(db) == []
    assert search_index.is_sound(db)


@pytest.fixture
def lived(context_on: OpenContext, db: SQLite) -> SQLite:
    """A database with one task of which much was said, and something taken back."""
    opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An",), tags=("gấp",))
    said(context_on, "2024-07-05", "1", percent="10")
    assign(context_on("2024-07-06"), ["1"], Roles(coordinating=("hlhpn",)))
    undo(context_on("2024-07-07"), None)
    return db


TOLD: dict[str, tuple[str, Callable[[str], Difference]]] = {
    "a state": (
        "UPDATE task SET percent = 99, status = 'paused'",
        lambda uid: Difference("other", "task", "task", "1", "", ("status", "percent")),
    ),
    "a stretch that is gone": (
        "DELETE FROM task_past",
        lambda uid: Difference("missing", "task_past", "task", "1", "2024-07-01"),
    ),
    "a holder too many": (
        EXTRA["holder"],
        lambda uid: Difference("extra", "holder", "task", "1", "lead/xx/2024-07-01"),
    ),
    "a holder of no task": (
        f"INSERT INTO holder VALUES ('{'9' * 26}', 'lead', 'ubdt', '2024-07-01', '9999-12-31')",
        lambda uid: Difference("extra", "holder", "task", "9" * 26, "lead/ubdt/2024-07-01"),
    ),
    "a title that search finds otherwise": (
        "UPDATE search SET words = ' khac' WHERE part = 'title'",
        lambda uid: Difference("other", "search", "task", "1", "title", ("words",)),
    ),
    "a command that counts": (
        "DELETE FROM withdrawn_command",
        lambda uid: Difference("missing", "withdrawn_command", "command", "c4"),
    ),
    "a name": (
        "UPDATE person SET label = 'Ân'",
        lambda uid: Difference("other", "person", "person", "An", "", ("label",)),
    ),
    "a revision": (
        "UPDATE plan SET revision = 7",
        lambda uid: Difference("other", "plan", "plan", "kh-468-2024", "", ("revision",)),
    ),
    "a line of the plan": (
        "DELETE FROM activity WHERE code = 'ND1.1'",
        lambda uid: Difference("missing", "activity", "plan", "kh-468-2024", "ND1.1"),
    ),
    "an organisation": (
        "UPDATE organisation SET name = 'Khác' WHERE id = 'ubdt'",
        lambda uid: Difference("other", "organisation", "organisation", "ubdt", "", ("name",)),
    ),
}


@pytest.mark.parametrize("what", TOLD)
def test_what_is_other_is_named_as_people_know_it(what: str, lived: SQLite) -> None:
    statement, expected = TOLD[what]
    hurt(lived, statement)
    assert found_in(lived) == [expected("")]


def test_what_left_a_plan_may_stay_and_must_where_tasks_need_it(context_on: OpenContext, db: SQLite) -> None:
    plan = context_on("2024-03-26").plan
    opened(context_on, "2024-03-26", area="7")
    saved(db, changed(plan, "ND7", title=Text("Tên cuối")))
    saved(db, without(without(plan, "ND7"), "ND6"))
    assert found_in(db) == [], "ND6 is there and needs not be"
    before = derived_parts(db)["area"]
    plan_mirrors.forget_unused(db, PLAN)
    assert found_in(db) == [], "ND6 is gone"
    assert len(derived_parts(db)["area"]) == len(before) - 1
    hurt(db, "DELETE FROM area WHERE code = 'ND7'")
    assert [(one.kind, one.row) for one in found_in(db)] == [("missing", "ND7")]
    derive_again(db, {"area"})
    assert plans.former(db, PLAN).areas == {"ND7": "Tên cuối"}
    assert found_in(db) == []


@pytest.mark.parametrize("table", ["organisation", "activity", "area", "plan"])
def test_a_line_whose_name_is_no_text_is_made_good(lived: SQLite, table: str) -> None:
    whole, key = derived_parts(lived), "id" if table in ("organisation", "plan") else "code"
    hurt(lived, f"UPDATE {table} SET {key} = CAST(x'ff41' AS TEXT) WHERE {NTH.format(table)}", (0,))
    assert {(one.kind, one.table) for one in found_in(lived)} == {("missing", table), ("extra", table)}
    derive_again(lived, {table})
    assert derived_parts(lived) == whole


def test_much_is_compared_a_part_at_a_time(
    lived: SQLite, context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        opened(context_on, "2024-07-08", f"Việc {n}", lead=("ubdt",))
    monkeypatch.setattr(derived_rows, "_AT_ONCE", 2)
    heard = list[float]()
    hurt(lived, "DELETE FROM holder WHERE role = 'lead'")
    assert sorted(one.name for one in differences(lived, heard.append)) == ["1", "2", "3", "4", "5"]
    assert heard == [0.4, 0.8, 1.0]
