"""Files of tables as others make them: written byte by byte, by openpyxl, and saved again by LibreOffice."""

import gc
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.tables.open_table import open_table
from plantrack.tables.table_file import Cell, SheetRow, TableSheet

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
#: How files of the older offices begin, and those with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def written(folder: Path, data: bytes | str, name: str = "x.csv") -> Path:
    """Write a file; a text in UTF-8."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def workbook(folder: Path, rows: Iterable[Iterable[object]], name: str = "x.xlsx") -> Path:
    """Write a workbook of one sheet."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def sheet_of(*rows: Iterable[str]) -> TableSheet:
    """Return a sheet of texts, without a file."""
    made = [SheetRow(n, tuple(Cell(text) for text in row)) for n, row in enumerate(rows, 1)]
    return TableSheet("", False, lambda: iter([row for row in made if any(cell.text for cell in row.cells)]))


def texts(sheet: TableSheet) -> list[list[str]]:
    """Return the texts of a sheet."""
    return [[cell.text for cell in row.cells] for row in sheet.rows()]


def only_texts(path: Path, **options: str) -> list[list[str]]:
    """Return the texts of the only sheet of a file."""
    (sheet,) = open_table(path, **options).sheets
    return texts(sheet)


def most_held(sheet: TableSheet, record: type) -> int:
    """Return how many records of a type are in memory at most while a sheet is read."""
    return max(
        [*map(type, gc.get_objects())].count(record) for n, _ in enumerate(sheet.rows()) if n % 500 == 0
    )


def refused(path: Path, code: str, **options: str) -> Failure:
    """Open a file, which must fail with `code`, in words of both languages."""
    with pytest.raises(Failure) as found:
        for sheet in open_table(path, **options).sheets:
            for _ in sheet.rows():
                pass
    assert found.value.code == code, found.value
    for language in LANGUAGES:
        assert all("{" not in text for text in sentence(Words(language), found.value))
    return found.value


def packed(**parts: bytes) -> bytes:
    """Return a package of parts: `xl__workbook_bin` is `xl/workbook.bin`."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


def with_parts(data: bytes, **parts: bytes | Iterable[bytes]) -> bytes:
    """Return a package with parts replaced or added: `sheet1`, `sharedStrings`, `workbook`, …"""
    places = {name: f"xl/worksheets/{name}.xml" if "sheet1" in name else f"xl/{name}.xml" for name in parts}
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in places.values():
                new.writestr(name, old.read(name))
        for name, found in parts.items():
            with new.open(places[name], "w") as part:
                for piece in [found] if isinstance(found, bytes) else found:
                    part.write(piece)
    return made.getvalue()


def bare_workbook() -> bytes:
    """Return a workbook of one sheet, one cell."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "x"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def sheet_xml(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """Return the part of a sheet."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return head + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"


def resaved(path: Path, ending: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it under another kind, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true" if ending == "csv" else ending
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{folder}/office",
            *("--headless", "--convert-to", form, "--outdir", str(folder), str(path)),
        ],
        capture_output=True,
        check=True,
        env={**os.environ, "HOME": str(folder)},
    )
    return folder / f"{path.stem}.{ending}"
