"""The parts of a workbook, and a disk on which they have no room."""

import errno
import os
import subprocess
import sys
import tempfile

from openpyxl import Workbook

from plantrack.render.formats.xlsx.saved import saved_parts

_FULL = """
from openpyxl import Workbook
from plantrack.errors import Failure
from plantrack.render.formats.xlsx.saved import saved_parts
book = Workbook()
book.worksheets[0]["A1"] = "x" * 100_000
try:
    saved_parts(book)
except Failure as failure:
    print(failure.code, failure.params)
"""


def test_the_parts_of_a_workbook_are_named() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "một"
    parts = saved_parts(book)
    assert {"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} <= set(parts)


def test_no_room_for_a_sheet_is_a_failure_of_the_output_and_says_why() -> None:
    import resource

    ended = subprocess.run(
        [sys.executable, "-c", _FULL],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256)),
    )  # fmt: skip
    expected = {"file": tempfile.gettempdir(), "reason": os.strerror(errno.EFBIG)}
    assert ended.stdout.strip() == f"output-failed {expected}"
