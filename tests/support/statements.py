"""What a command asks of the database: each statement with its values, and how SQLite would find its answer."""

from collections.abc import Iterable
from typing import NamedTuple

from plantrack.store.connection import Params, Row, SQLite


class Asked(NamedTuple):
    """A statement that was run, and for how many rows of values."""

    sql: str
    params: Params
    times: int = 1


class Listening(SQLite):
    """A database that keeps what is asked of it."""

    def __init__(self, db: SQLite) -> None:
        super().__init__(db.driver, db.path)
        self.asked: list[Asked] = []

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        self.asked.append(Asked(sql, params or {}))
        return super().query(sql, params)

    def execute(self, sql: str, params: Params | None = None) -> None:
        self.asked.append(Asked(sql, params or {}))
        super().execute(sql, params)

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        given = list(rows)
        self.asked.append(Asked(sql, given[0] if given else {}, len(given)))
        super().executemany(sql, given)
