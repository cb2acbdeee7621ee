"""The annex of a plan, a Word or Excel file, as a draft of a plan file.

The libraries that read these files are an extra of the package, and load only when a file is read.
"""

from pathlib import Path

from plantrack.errors import needing_office
from plantrack.model.plan import Plan
from plantrack.planfile.annex.draft_plan import draft
from plantrack.planfile.annex.find_tables import find_table
from plantrack.planfile.annex.grid import Grid
from plantrack.planfile.annex.remark_texts import is_to_check
from plantrack.planfile.annex.zip_package import Package, open_package
from plantrack.planfile.format.dump import Remarks


def read_annex(path: Path, year: int, plan_id: str) -> tuple[Plan, Remarks]:
    """Read the annex in a docx or xlsx as a plan that passes the check, with remarks on what to look at.

    A file that is missing, damaged, too large, of another kind, in an old encoding or without the table of
    an annex fails (`annex-…`); so does an installation without the libraries (`extra-missing`).
    """
    package = open_package(path)
    return draft(find_table(_grids(package), package.file), year, plan_id, path)


def count_to_check(remarks: Remarks) -> int:
    """Count the remarks to be looked at; those on fields to be filled in are counted apart."""
    return sum(is_to_check(text) for texts in remarks.values() for text in texts)


def _grids(package: Package) -> list[Grid]:
    with needing_office():
        if package.kind == "docx":
            from plantrack.planfile.annex.docx_tables import read_docx

            return read_docx(package)
        from plantrack.planfile.annex.xlsx_sheets import read_xlsx

        return read_xlsx(package)
