"""Open a file of tables, whatever it is: by what is in it, not by its name."""

from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.tables.plain_file import find_plain_file
from plantrack.tables.table_file import TableFile
from plantrack.tables.zip_package import Limits, is_package, open_package

#: In MiB. A hundred thousand rows have 10 as a workbook, 30 as text.
MAX_TEXT_MIB: Final = 200
WORKBOOK_LIMITS: Final = Limits(size=50, unpacked=300, part=150)
#: What offices send that only looks like a table, by its first bytes.
_OTHERS: Final = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"<", "html/xml"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)


def open_table(path: Path, *, encoding: str | None = None, separator: str | None = None) -> TableFile:
    """Look through a file of tables; what cannot be read fails within moments (`table-…`), whatever it is."""
    source = find_plain_file(path, MAX_TEXT_MIB)
    if is_package(source):
        package = open_package(source.path, WORKBOOK_LIMITS)
        if package.kind != "xlsx":
            raise Failure("table-other-format", file=package.file, kind=package.kind)
        from plantrack.tables.xlsx.table_sheets import open_xlsx

        return open_xlsx(package)
    begins = source.begins().removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind := next((kind for sign, kind in _OTHERS if begins.startswith(sign)), None):
        raise Failure("table-other-format", file=str(source.path), kind=kind)
    if begins.startswith(b"{"):
        from plantrack.tables.json_rows import open_jsonl

        return open_jsonl(source, encoding)
    from plantrack.tables.csv_rows import open_csv

    return open_csv(source, encoding, separator)
