"""The index of words: damage of every kind is found, never answered with, and mended by making it again."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from plantrack.store.derived_rows import rebuild
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Run
from tests.store.questions.test_search import place
from tests.support import searched
from tests.support.steps import OpenContext, opened, said


@pytest.fixture
def found(db: SQLite, context_on: OpenContext) -> set[str]:
    """What a search finds: one of two tasks."""
    opened(context_on, "2024-07-01", "Tập huấn")
    opened(context_on, "2024-07-01", "Hội thảo")
    said(context_on, "2024-07-02", "2", result="đã họp")
    assert search_index.is_sound(db)
    return {r[0] for r in db.query("SELECT uid FROM task WHERE number = 1")}


#: What a stray hand, or a disk, does; and whether a search must notice.
DAMAGE = {
    "another text": ("DROP TRIGGER search_au", "UPDATE search SET words = ' khac' WHERE part = 'title'"),
    "a row gone": ("DROP TRIGGER search_ad", "DELETE FROM search WHERE part = 'title'"),
    "a row more": (
        "DROP TRIGGER search_ai",
        "INSERT INTO search SELECT id + 50, task, 'x' || id, ' tap' FROM search",
    ),
    "no blocks": ("DELETE FROM search_fts_data",),
    "broken blocks": ("UPDATE search_fts_data SET block = X'00FF00FF00FF' WHERE id > 1",),
    "the structure broken": ("UPDATE search_fts_data SET block = X'FFFFFFFFFFFF' WHERE id = 10",),
    "emptied": ("INSERT INTO search_fts (search_fts) VALUES ('delete-all')",),
    "zeroed blocks": ("UPDATE search_fts_data SET block = ZEROBLOB(LENGTH(block)) WHERE id > 10",),
    "another version": ("UPDATE search_fts_config SET v = 99 WHERE k = 'version'",),
    "no table of blocks": ("DROP TABLE search_fts_data",),
    "no settings": ("DROP TABLE search_fts_config",),
    "no terms": ("DROP TABLE search_fts_idx",),
    "no index": ("DROP TABLE search_fts",),
}


@pytest.mark.parametrize("statements", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_mended(
    workspace: Path, db: SQLite, found: set[str], statements: tuple[str, ...]
) -> None:
    for statement in statements:
        db.driver.execute(statement)
    with contextlib.closing(connect(workspace / "plantrack.db")) as again:
        assert not search_index.is_sound(again)
        with contextlib.suppress(Exception):
            there = {r[0] for r in again.query("SELECT task FROM search WHERE words LIKE '% tap%'")}
            assert searched.found(again, place(again), ["tập"]) <= there, "never a wrong hit"
        with again.atomic():
            rebuild(again)
        assert search_index.is_sound(again)
        assert searched.found(again, place(again), ["tập"]) == found
        assert again.query("PRAGMA integrity_check") == [("ok",)]
    with contextlib.closing(connect(workspace / "plantrack.db")) as later:
        assert searched.found(later, place(later), ["tập"]) == found


@pytest.mark.parametrize(
    "damage",
    [
        *("no blocks", "another version", "no table of blocks", "no settings", "no index"),
    ],
)
@pytest.mark.usefixtures("found")
def test_an_index_that_cannot_be_read_is_told(run: Run, db: SQLite, damage: str) -> None:
    for statement in DAMAGE[damage]:
        db.driver.execute(statement)
    db.close()
    for args in (["list", "tập"], ["update", "1", "-r", "xong"]):
        ended = run(*args, "--lang", "en")
        assert ended.code == 6
        assert "[search-damaged]" in ended.err
        assert "plantrack db check --repair" in ended.err
    assert run("list").code == 0


@pytest.mark.parametrize("damage", ["emptied", "zeroed blocks"])
@pytest.mark.usefixtures("found")
def test_an_index_that_finds_nothing_is_told(run: Run, db: SQLite, damage: str) -> None:
    assert run("list", "ập").code == 0, "inside a word only"
    for statement in DAMAGE[damage]:
        db.driver.execute(statement)
    db.close()
    for args in (
        ["list", "tập"],
        ["list", "hội", "text:tập"],
        ["progress", "tập"],
        ["weekly", "--week", "this", "tập"],
    ):
        ended = run(*args, "--lang", "en")
        assert ended.code == 6
        assert "[search-damaged]" in ended.err
        assert "plantrack db check --repair" in ended.err


@pytest.mark.usefixtures("found")
def test_words_that_no_text_has_are_told(run: Run, db: SQLite) -> None:
    db.driver.execute("UPDATE search SET words = ' khac' WHERE part = 'title'")
    db.close()
    assert "[search-damaged]" in run("list", "khác").err


@pytest.mark.usefixtures("found")
def test_a_file_that_may_only_be_read_is_compared_too(workspace: Path, db: SQLite) -> None:
    db.close()
    file = workspace / "plantrack.db"
    with contextlib.closing(
        sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    ) as driver:
        driver.execute("PRAGMA query_only = ON")
        assert search_index.is_sound(SQLite(driver, file, "database-read-only"))


def test_a_writer_elsewhere_is_no_damage(workspace: Path, db: SQLite) -> None:
    with (
        contextlib.closing(connect(workspace / "plantrack.db", timeout=0)) as other,
        db.atomic(),
    ):
        assert search_index.is_sound(other)


def test_another_engine_keeps_its_own() -> None:
    class Other:
        pass

    search_index.drop(Other())  # type: ignore[arg-type]
    search_index.make(Other())  # type: ignore[arg-type]
