"""What search looks in: the words of titles and of what was said, written with the facts that they are of."""

from collections.abc import Iterable, Sequence
from itertools import chain

from plantrack.model.grouping import chunks
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.search import words_of
from plantrack.store.connection import Connection
from plantrack.store.scope import among
from plantrack.store.task_rows import TaskRow

#: The fields of an update that search looks in, with their columns.
_SAID = {
    **{name: name for name in ("result", "blocked", "proposal", "answered", "reason", "note", "told_by")},
    "next": "next_step",
}
#: How many rows are added at once.
_AT_ONCE = 500
TEXTS = ", ".join(f"f.{column}" for column in _SAID.values())


class SearchRow(NamedTuple):
    """The words of a title (`part`: its column) or of all that an update says (its uid)."""

    task: str
    part: str
    words: str


def said_rows(updates: Iterable[Update]) -> list[SearchRow]:
    """Return what status updates say."""
    said = ((update, texts_of(update)) for update in updates)
    return [SearchRow(update.task, update.uid, _words(texts)) for update, texts in said if texts]


def texts_of(update: Update) -> list[str]:
    """Return the texts of a status update that search looks in."""
    return [text for name in _SAID if (text := getattr(update, name))]


def title_rows(row: TaskRow) -> list[SearchRow]:
    """Return the titles of a task whose row has what is derived."""
    titles = {"title": row.title_key, "title_en": row.title_en}
    return [SearchRow(row.uid, part, _words([text])) for part, text in titles.items() if text]


def said_of(db: Connection, uids: Sequence[str]) -> list[SearchRow]:
    """Return what the status updates of some tasks say."""
    theirs, params = among("f.task", "u", uids)
    said = db.query(f"SELECT f.task, f.uid, {TEXTS} FROM status_update AS f WHERE {theirs}", params)
    return [SearchRow(task, uid, _words(filter(None, texts))) for task, uid, *texts in said if any(texts)]


def _words(texts: Iterable[str]) -> str:
    """Return the words of texts, a space before each word; nothing is found across two texts."""
    return " " + " | ".join(map(words_of, texts))


def insert_rows(db: Connection, rows: Sequence[SearchRow]) -> None:
    """Add what there is to look in; a title takes the place of the one before.

    Many rows are one statement: at the end of each, SQLite writes what its index has in memory.
    """
    for some in chunks(rows, _AT_ONCE):
        values = ", ".join(f"({n}, ?, ?, ?)" for n in range(1, len(some) + 1))
        db.execute(
            "INSERT INTO search (id, task, part, words) "
            "SELECT (SELECT COALESCE(MAX(s.id), 0) FROM search AS s) + v.column1, v.column2, v.column3, v.column4 "
            f"FROM (VALUES {values}) AS v "
            "WHERE 1 = 1 ON CONFLICT (task, part) DO UPDATE SET words = excluded.words",
            [*chain(*some)],
        )


def write_titles(db: Connection, before: Iterable[TaskRow], now: Iterable[TaskRow]) -> None:
    """Write the titles of tasks that became otherwise."""
    was = {row.uid: (row.title, row.title_en) for row in before}
    changed = [row for row in now if was.get(row.uid) != (row.title, row.title_en)]
    if changed:
        insert_rows(db, [each for row in changed for each in title_rows(row)])
    had_english = {uid for uid, (_, english) in was.items() if english is not None}
    if gone := [(row.uid,) for row in changed if row.uid in had_english and row.title_en is None]:
        db.executemany("DELETE FROM search WHERE task = ? AND part = 'title_en'", gone)
