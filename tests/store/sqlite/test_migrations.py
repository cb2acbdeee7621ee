"""A database from before: brought up to date whole, with all that is in it."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.services.context import AsOf, ContextRequest, open_context
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.store import derived_rows, tasks
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.derived_rows import rebuild
from plantrack.store.questions.search import SearchPlace
from plantrack.store.sqlite import migrations, search_index
from plantrack.store.sqlite.connection import connect
from tests.conftest import Run, dump
from tests.support.derived import all_derived
from tests.support.older import made_by_version, upgrade
from tests.support.oracle import task_on
from tests.support.searched import found
from tests.support.steps import PLAN, OpenContext, applied, opened, said, with_activity_lines


@pytest.fixture
def old(workspace: Path) -> Path:
    """The workspace with its database as the first version would have made it."""
    return made_by_version(1, workspace / "plantrack.db")


def shape(file: Path) -> set[tuple[str, str, str]]:
    """Return every column, index, trigger and view by name."""
    with contextlib.closing(sqlite3.connect(file)) as driver:
        names = list(driver.execute("SELECT type, name FROM sqlite_master"))
        return {
            (kind, name, column[0])
            for kind, name in names
            for column in [*driver.execute("SELECT name FROM pragma_table_info(?)", (name,)), ("",)]
        }


def test_an_older_database_is_refused_with_the_way_out(old: Path, run: Run) -> None:
    ended = run("list", "--lang", "en")
    assert ended.code == 6
    assert "plantrack db upgrade" in ended.err


def test_an_upgraded_database_is_as_one_made_today(old: Path, tmp_path: Path, run: Run) -> None:
    assert run("init", str(tmp_path / "new")).code == 0
    ended = run("db", "upgrade", "--lang", "en")
    assert ended.code == 0
    assert f"from structure 1 to {SCHEMA_VERSION}" in ended.err
    triggers = {s for s in shape(tmp_path / "new" / "plantrack.db") if s[0] != "trigger"}
    assert triggers <= shape(old)
    assert {s for s in shape(old) if s[0] != "trigger"} == triggers
    assert run("add", "Họp", "--area", "3").code == 0
    assert run("plan", "show").code == 0


def test_upgrading_again_changes_nothing(old: Path, run: Run) -> None:
    run("db", "upgrade")
    before = dump(old)
    assert "nothing was changed" in run("db", "upgrade", "--lang", "en").err
    assert dump(old) == before


def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(old)
    broken = {1: migrations._STEPS[1], 2: (3, "CREATE TABLE half (x); SELECT nonsense FROM nowhere;")}
    monkeypatch.setattr(migrations, "_STEPS", broken)
    with pytest.raises(Failure):
        upgrade(old)
    assert dump(old) == before


def test_no_step_is_missing() -> None:
    assert sorted(migrations._STEPS) == list(range(1, SCHEMA_VERSION))


def test_what_was_there_reads_as_before(workspace: Path, old: Path, run: Run) -> None:
    run("db", "upgrade")
    db = connect(old)
    try:
        assert open_context(db, ContextRequest()).plan.id == "kh-468-2024"
    finally:
        db.close()


# --- from 3 to 4: a role given with the opening has no day of its own ---


@pytest.fixture
def third(workspace: Path, context_on: OpenContext) -> Path:
    """A database of version 3: a role given at the opening, which moved back since, and one that was assigned."""
    opened(context_on, "2024-07-15", lead=("ubdt",), in_charge=("An",))
    said(context_on, "2024-07-15", "1", result="xong phần đầu", on="11/7/2024")
    assign(context_on("2024-07-18"), ["1"], Roles(coordinating=("hlhpn",)))
    opened(context_on, "2024-07-15", lead=("hlhpn",))
    unassign(context_on("2024-07-18"), ["2"], Roles(lead=("hlhpn",)))
    return made_by_version(3, workspace / "plantrack.db")


def _days(file: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(file)) as driver:
        version = driver.execute("PRAGMA user_version").fetchone()[0]
        key = "number" if version < 5 else "uid"
        return list(
            driver.execute(
                "SELECT c.number, a.role, a.on_day, a.holds FROM assignment AS a JOIN command AS c "
                f"ON c.{key} = a.command ORDER BY c.number, a.uid"
            )
        )


def test_roles_of_the_opening_lose_their_day_and_no_others(third: Path) -> None:
    assert _days(third) == [
        (2, "lead", "2024-07-15", 1),
        (2, "in_charge", "2024-07-15", 1),
        (4, "coordinating", "2024-07-18", 1),
        (5, "lead", "2024-07-15", 1),
        (6, "lead", "2024-07-18", 0),
    ]
    assert upgrade(third) == (3, SCHEMA_VERSION)
    assert [day for _, _, day, _ in _days(third)] == [None, None, "2024-07-18", None, "2024-07-18"]


def test_a_role_of_the_opening_holds_from_where_the_opening_is(third: Path) -> None:
    upgrade(third)
    db = connect(third)
    try:
        ((uid, _),) = tasks.find(db, [("", 1)]).values()
        stood = task_on(db, uid, AsOf("2024-07-11"))
        assert stood is not None
        assert (stood.lead, stood.in_charge, stood.coordinating) == (("ubdt",), ("An",), ())
    finally:
        db.close()


def test_a_role_followed_by_a_correction_holds_from_the_opening_and_what_came_later_from_its_day(
    workspace: Path, context_on: OpenContext
) -> None:
    applied(context_on, "2024-07-01", workspace, with_activity_lines("ND1.1", 'lead: ["hlhpn"]'))
    label = opened(context_on, "2024-07-15", area="1")
    edit(context_on("2024-07-15"), [label], Corrections(activity="1.1", follow=("lead",)))
    said(context_on, "2024-07-15", label, result="xong phần đầu", on="11/7/2024")
    assign(context_on("2024-07-18"), [label], Roles(lead=("ubdt",), instead=True))
    third = made_by_version(3, workspace / "plantrack.db")
    assert [day for _, _, day, _ in _days(third)] == ["2024-07-15", "2024-07-18", "2024-07-18"]
    with contextlib.closing(
        sqlite3.connect(third)
    ) as driver:  # a day of a later correction is not the opening's
        driver.execute("DROP TRIGGER IF EXISTS command_no_update")
        driver.execute("UPDATE command SET verb = 'edit' WHERE verb = 'assign'")
        driver.commit()
    upgrade(third)
    assert [day for _, _, day, _ in _days(third)] == [None, "2024-07-18", "2024-07-18"]


def test_an_upgraded_database_is_sound_and_what_it_keeps_for_speed_is_right(third: Path) -> None:
    upgrade(third)
    db = connect(third)
    try:
        assert db.query("PRAGMA integrity_check") == [("ok",)]
        assert db.query("PRAGMA foreign_key_check") == []
        before = all_derived(db)
        with db.atomic():
            rebuild(db)
        assert all_derived(db) == before
        assert [len(rows) for rows in before.values()] == [0, 2, 0, 4, 3]
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("UPDATE assignment SET on_day = NULL")
    finally:
        db.close()


def test_an_upgrade_from_3_is_whole_or_none(third: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(third)
    monkeypatch.setattr(derived_rows, "rebuild", broken)
    with pytest.raises(RuntimeError):
        upgrade(third)
    assert dump(third) == before


def broken(*_: object) -> None:
    """Fail where what is kept for speed would be derived."""
    raise RuntimeError


def test_a_database_of_version_3_is_refused_until_it_is_upgraded(third: Path, run: Run) -> None:
    ended = run("list", "--lang", "en")
    assert (ended.code, "plantrack db upgrade" in ended.err) == (6, True)
    assert run("db", "upgrade", "--lang", "en").code == 0
    assert run("list", "--lang", "en").code == 0


# --- from 4 to 5: what search looks in ---


def test_what_was_said_before_is_found(workspace: Path, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-15", "Tập huấn")
    said(context_on, "2024-07-15", "1", result="Ðã họp ở buôn Ɓuôn")
    for version in (3, 4):
        file = made_by_version(version, workspace / "plantrack.db")
        upgrade(file)
        with contextlib.closing(connect(file)) as db:
            where = SearchPlace(PLAN, "2024-07-20", [])
            for text in ("đã họp", "Ðã", "ƀuôn", "tap huan"):
                assert len(found(db, where, [text])) == 1, text
            assert search_index.is_sound(db)
