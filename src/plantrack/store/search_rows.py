"""What search looks in: the words of titles, of documents and of what was said, written with the facts that they are of."""

from collections.abc import Iterable, Sequence
from itertools import chain

from plantrack.model.grouping import chunks
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.search import words_of
from plantrack.store.connection import Connection
from plantrack.store.scope import among
from plantrack.store.task_rows import TaskRow

#: The fields of an update that search looks in, with their columns.
_SAID = {
    **{name: name for name in ("result", "blocked", "proposal", "answered", "reason", "note", "told_by")},
    "next": "next_step",
}
#: The parts that are of a task itself: its titles, and the document that gave it.
OWN_PARTS = ("title", "title_en", "document")
TEXTS = ", ".join(f"f.{column}" for column in _SAID.values())


class SearchRow(NamedTuple):
    """The words of a text of a task's own (`part`: which) or of all that an update says (its uid)."""

    task: str
    part: str
    words: str


def said_rows(updates: Iterable[Update]) -> list[SearchRow]:
    """Return what status updates say."""
    said = ((update, texts_of(update)) for update in updates)
    return [SearchRow(update.task, update.uid, _words(texts)) for update, texts in said if texts]


def texts_of(update: Update) -> list[str]:
    """Return the texts of a status update that search looks in."""
    return _to_find(getattr(update, name) for name in _SAID)


def text_rows(row: TaskRow) -> list[SearchRow]:
    """Return the titles of a task whose row has what is derived, and the document that gave it."""
    return [SearchRow(row.uid, part, _words(texts)) for part, texts in _own_texts(row).items()]


def _own_texts(row: TaskRow) -> dict[str, list[str]]:
    document = (row.document_number, row.document_issuer, row.document_subject)
    texts = zip(OWN_PARTS, ((row.title_key,), (row.title_en,), document), strict=True)
    return {part: own for part, all_of in texts if (own := [text for text in all_of if text])}


def said_of(db: Connection, uids: Sequence[str]) -> list[SearchRow]:
    """Return what the status updates of some tasks say."""
    theirs, params = among("f.task", "u", uids)
    said = db.query(f"SELECT f.task, f.uid, {TEXTS} FROM status_update AS f WHERE {theirs}", params)
    found = ((task, uid, _to_find(texts)) for task, uid, *texts in said)
    return [SearchRow(task, uid, _words(texts)) for task, uid, texts in found if texts]


def _to_find(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that there are, without the names that were hidden."""
    return [text for text in texts if text and not is_hidden(text)]


def _words(texts: Iterable[str]) -> str:
    """Return the words of texts, a space before each word; nothing is found across two texts."""
    return " " + " | ".join(map(words_of, texts))


def insert_rows(db: Connection, rows: Sequence[SearchRow]) -> None:
    """Add what there is to look in; one of a part that is there takes its place.

    Many rows are one statement: at the end of each, SQLite writes what its index has in memory.
    """
    for some in chunks(rows):
        values = ", ".join(f"({n}, ?, ?, ?)" for n in range(1, len(some) + 1))
        db.execute(
            "INSERT INTO search (id, task, part, words) "
            "SELECT (SELECT COALESCE(MAX(s.id), 0) FROM search AS s) + v.column1, v.column2, v.column3, v.column4 "
            f"FROM (VALUES {values}) AS v "
            "WHERE 1 = 1 ON CONFLICT (task, part) DO UPDATE SET words = excluded.words",
            [*chain(*some)],
        )


def write_own(db: Connection, before: Iterable[TaskRow], now: Iterable[TaskRow]) -> None:
    """Write the texts of tasks' own that became otherwise; `before`: their rows as they were written."""
    was = {row.uid: _own_texts(row) for row in before}
    changed = [row for row in now if was.get(row.uid) != _own_texts(row)]
    insert_rows(db, [each for row in changed for each in text_rows(row)])
    gone = [
        (row.uid, part) for row in changed for part in was.get(row.uid, {}).keys() - _own_texts(row).keys()
    ]
    if gone:
        db.executemany("DELETE FROM search WHERE task = ? AND part = ?", gone)
