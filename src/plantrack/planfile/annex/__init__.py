"""The annex of a plan, a Word or Excel file, as a draft of a plan file.

The library that reads Word files is an extra of the package, and loads only when one is read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plantrack.errors import Failure, needing_extra
from plantrack.model.plan import Plan
from plantrack.planfile.annex.draft_plan import draft
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import LIMITS, Grid, too_large
from plantrack.planfile.annex.remark_texts import is_to_check
from plantrack.planfile.format.dump import Remarks
from plantrack.tables.zip_package import Package, open_package

#: What is said, by the end of its code, of a file that can be no table, where an annex is wanted.
_AS_ANNEX: Final = {
    "missing": "annex-missing",
    "unreadable": "annex-unreadable",
    "empty": "annex-other-format",
    "other-format": "annex-other-format",
    "old-format": "annex-old-format",
    "encrypted": "annex-encrypted",
}


def read_annex(path: Path, year: int, plan_id: str) -> tuple[Plan, Remarks]:
    """Read the annex in a docx or xlsx as a plan that passes the check, with remarks on what to look at.

    A file that is missing, damaged, too large, of another kind, in an old encoding or without the table of
    an annex fails (`annex-…`); so does an installation without the library for Word (`extra-missing`).
    """
    with _told_as_annex():
        package = open_package(path, LIMITS)
        grids = _grids(package)
    return draft(find_table(grids, package.file), year, plan_id, path)


def count_to_check(remarks: Remarks) -> int:
    """Count the remarks to be looked at; those on fields to be filled in are counted apart."""
    return sum(is_to_check(text) for texts in remarks.values() for text in texts)


def _grids(package: Package) -> list[Grid]:
    if package.kind == "docx":
        with needing_extra("office"):
            from plantrack.planfile.annex.docx_tables import read_docx

            return read_docx(package)
    from plantrack.planfile.annex.xlsx_sheets import read_xlsx

    return read_xlsx(package)


@contextmanager
def _told_as_annex() -> Iterator[None]:
    try:
        yield
    except Failure as failure:
        file, about = str(failure.params.get("file")), failure.code.removeprefix("table-")
        if about in ("too-large", "unpacks-too-large"):
            raise too_large(file) from None
        if code := _AS_ANNEX.get(about):
            raise Failure(code, file=file, reason=failure.params.get("reason")) from None
        raise
