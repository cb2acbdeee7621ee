"""Tables for tests of the import: written as a CSV, read and written by the services."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plantrack.services.context import Context
from plantrack.services.importing.read_table import ImportRequest, TableReading
from plantrack.services.verbs.exchange.import_table import TableImported, import_table, read_rows
from plantrack.tables.table_file import Cell, SheetRow, TableFile, TableSheet

HEADINGS = ("TT", "Tên nhiệm vụ", "Nội dung", "Đơn vị chủ trì", "Thời hạn")


def table(folder: Path, *rows: Sequence[str], name: str = "bang.csv") -> Path:
    """Write a table with its headings."""
    file = folder / name
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return file


def in_memory(*rows: Sequence[str]) -> TableFile:
    """Return a file of one sheet."""
    made = tuple(SheetRow(n, tuple(Cell(text) for text in row)) for n, row in enumerate(rows, 1))
    return TableFile("bang.csv", "csv", (TableSheet("", False, lambda: iter(made)),))


def read(context: Context, file: Path, **asked: Any) -> TableReading:
    """Read a table."""
    return read_rows(context, ImportRequest(file)._replace(**asked))


def imported(context: Context, file: Path, **asked: Any) -> TableImported:
    """Read a table and write its rows."""
    return import_table(context, read(context, file, **asked))


def codes(done: TableImported | TableReading) -> list[tuple[int, str, str]]:
    """Return the problems: row, field, code."""
    return [(problem.row, problem.field, problem.failure.code) for problem in done.problems]
