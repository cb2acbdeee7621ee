"""The index of words that only SQLite has: made by sqlite-utils, kept by triggers, compared with its table."""

from contextlib import closing
from typing import Final

from plantrack.errors import Failure
from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.sqlite.file import translate_errors

#: The words are without tones, so the engine is not to take any mark away.
_TOKENS: Final = "unicode61 remove_diacritics 0"
#: What the engine says of an index that it cannot use.
_DAMAGED: Final = ("search-damaged", "database-damaged", "database-error")
#: The engine's own tables under the index, and those with the index itself.
_UNDER: Final = tuple(f"search_fts_{name}" for name in ("data", "idx", "docsize", "config"))
#: In how many rows a word of the index is found.
_FOUND: Final = "SELECT COUNT(*) FROM search_fts('\"' || v.term || '\"')"
INDEX: Final = "search_fts"
TABLES: Final = (INDEX, *_UNDER)
#: What keeps the index.
TRIGGERS: Final = ("search_ai", "search_ad", "search_au")


def make(db: Connection) -> None:
    """Make the index of what is in `search`; from then on triggers keep it. Other engines keep theirs by themselves."""
    if not isinstance(db, SQLite):
        return
    import sqlite_utils

    with translate_errors(db.path):
        table = sqlite_utils.Database(db.driver, execute_plugins=False).table("search")
        table.enable_fts(["words"], tokenize=_TOKENS, create_triggers=True)


def drop(db: Connection) -> None:
    """Drop the index and its triggers, however damaged it is."""
    if not isinstance(db, SQLite):
        return
    for trigger in TRIGGERS:
        db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    try:
        db.execute("DROP TABLE IF EXISTS search_fts")
    except Failure as failure:  # the engine cannot even open it
        if failure.code not in _DAMAGED:
            raise
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = 'search_fts'")
        db.execute("PRAGMA writable_schema = RESET")
        for table in _UNDER:
            db.execute(f"DROP TABLE IF EXISTS {table}")


def make_again(db: Connection) -> None:
    """Make the index again, however damaged it is."""
    drop(db)
    make(db)


def is_sound(db: Connection) -> bool:
    """Return whether the index has every word of `search`, and no other, and finds it; a server sees to that itself."""
    if not isinstance(db, SQLite):
        return True
    try:
        if not db.refusal:
            try:
                return _agrees(db)
            except Failure as failure:
                if failure.code != "database-locked":
                    raise
        # To the engine the question is a write: of what may only be read, or others write just now, a copy is asked.
        with closing(type(db.driver)("", isolation_level=None)) as copy:  # on the disk, and gone with it
            db.driver.backup(copy)
            return _agrees(SQLite(copy, db.path))
    except Failure as failure:
        if failure.code not in _DAMAGED:
            raise
        return False


def _agrees(db: SQLite) -> bool:
    """Return whether each word is found where it is: the engine's own check does not look for any."""
    db.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)")
    with db.own_tables():
        db.execute("CREATE VIRTUAL TABLE temp.search_words USING fts5vocab (main, search_fts, row)")
        try:
            return db.query(f"SELECT COUNT(*) FROM search_words AS v WHERE v.doc <> ({_FOUND})") == [(0,)]
        finally:
            db.execute("DROP TABLE temp.search_words")
