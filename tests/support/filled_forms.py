"""Forms as offices fill them in: with openpyxl, and through LibreOffice, which saves them its own way."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

SOFFICE = shutil.which("soffice")
HEADINGS = {
    "label": "Số NV", "area": "Nội dung", "title": "Nhiệm vụ", "due": "Thời hạn", "now": "Hiện nay",
    "said": "Báo cáo lần trước", "result": "Kết quả", "blocked": "Khó khăn, vướng mắc", "next": "Việc tuần tới",
    "proposal": "Đề xuất", "percent": "Tiến độ (%)", "status": "Trạng thái", "on": "Ngày", "allocated": "Được giao (triệu đồng)", "spent": "Đã chi (triệu đồng)",
}  # fmt: skip


Said = Mapping[str, Mapping[str, Any]]


class OfficeForm:
    """A form that is open in an office; rows are named by the number of their task, new ones by `+1`, `+2`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)
        self.sheet = self.book.worksheets[0]

    @property
    def headings(self) -> int:
        return next(r for r in range(1, 40) if "Kết quả" in [c.value for c in self.sheet[r]])

    def column(self, field: str) -> int:
        return next(c.column for c in self.sheet[self.headings] if c.value == HEADINGS[field])

    def rows(self) -> dict[str, int]:
        label = self.column("label")
        first = self.headings + 1
        there = {str(self.sheet.cell(r, label).value): r for r in range(first, self.sheet.max_row + 1)}
        there.pop("None", None)
        beyond = max(there.values(), default=self.headings) + 1
        return there | {f"+{n}": beyond + n for n in range(1, 11)}

    def fill(self, task: str, **said: Any) -> "OfficeForm":
        row = self.rows()[task]
        for field, value in said.items():
            cell = self.sheet.cell(row, self.column(field))
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
        return self

    def shown(self, task: str, field: str) -> Any:
        return self.sheet.cell(self.rows()[task], self.column(field)).value

    def save(self, path: Path | None = None) -> Path:
        path = path or self.path
        self.book.save(path)
        return path


def filled(path: Path, said: Said, to: Path | None = None) -> Path:
    """Fill in a form and save it."""
    form = OfficeForm(path)
    for task, fields in said.items():
        form.fill(task, **fields)
    return form.save(to)


def resaved(path: Path, folder: Path, *forms: str) -> Path:
    """Let LibreOffice open a file and save it in one format after the other."""
    for number, form in enumerate(forms):
        out = folder / f"saved-{number}"
        command = [
            str(SOFFICE), f"-env:UserInstallation=file://{folder}/office", "--headless",
            "--convert-to", form, "--outdir", str(out), str(path),
        ]  # fmt: skip
        env = {**os.environ, "HOME": str(folder)}
        subprocess.run(command, check=True, capture_output=True, env=env)
        path = out / f"{path.stem}.{form}"
    return path
