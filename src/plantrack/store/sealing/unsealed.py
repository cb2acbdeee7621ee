"""The facts that a transaction added and that no seal stands for yet."""

from collections.abc import Sequence
from typing import Any


class Unsealed:
    """Holds rows by their tables and columns; once they are many, their hashes instead."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, tuple[str, ...], Sequence[Sequence[Any]]]] = []
        self.hashes: dict[str, list[bytes]] = {}
        #: How many rows are held.
        self.held = 0

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Hold rows of a table."""
        self.rows.append((table, tuple(columns), rows))
        self.held += len(rows)

    def clear(self) -> None:
        """Hold nothing: the transaction was ended, or a seal stands for all."""
        self.rows, self.hashes, self.held = [], {}, 0
