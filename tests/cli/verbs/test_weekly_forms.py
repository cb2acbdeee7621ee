"""The forms of the worked example's weekly summary: every one has the same figures and sections."""

import csv
import html.parser
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import docx
import icalendar
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.support.written_forms import Made, weekly

#: The columns of the table by area, by the counts of JSON behind them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "total": ("total",),
    "done": ("done",),
    "in_progress": ("in_progress",),
    "not_started": ("not_started",),
    "other": ("submitted", "paused", "dropped", "carried_over"),
    "overdue": ("open_overdue",),
    "blocked": ("blocked",),
}


#: Each number of the table with its change, by area.
Figures = dict[str, list[tuple[int, int]]]


SECTIONS = ("results", "deadlines", "difficulties", "next_week", "proposals", "silence", "changes")


LANGUAGES = ("vi", "en")


def of_json(data: bytes) -> Figures:
    """Return the figures that the others are compared with."""
    week = json.loads(data)["data"]
    counts = {row["key"]: row["counts"] for row in week["progress"]["rows"]} | {
        "total": week["progress"]["total"]
    }

    def added(own: dict[str, int], names: tuple[str, ...]) -> int:
        return sum(own[name] for name in names)

    return {
        key: [(added(own, names), added(week["change"][key], names)) for names in COLUMNS.values()]
        for key, own in counts.items()
    }


def of_cells(rows: Iterable[list[str]]) -> Figures:
    """Read a table as people see it: `4 (+1)`."""
    figures: Figures = {}
    for code, _, *cells in rows:
        numbers = [re.fullmatch(r"(-?\d+)(?: \(([+-]\d+)\))?", cell) for cell in cells]
        figures[code or "total"] = [(int(n[1]), int(n[2] or 0)) for n in numbers if n]
        assert len(figures[code or "total"]) == len(cells)
    return figures


def of_md(data: bytes) -> Figures:
    rows = [line.strip("| ").split(" | ") for line in data.decode().split("\n") if line.startswith("| ")]
    cleaned = [[cell.replace("*", "").strip() for cell in row] for row in rows[2:]]
    return of_cells(["", *row] if len(row) < len(rows[0]) else row for row in cleaned)


def of_plain(data: bytes) -> Figures:
    lines = data.decode().split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("──")) + 1
    rows = [re.split(r" {2,}(?=[-\d])", line) for line in lines[first : lines.index("", first)]]
    return of_cells([*row[0].split("  ", 1), *row[1:]] for row in rows)


def of_docx(data: bytes) -> Figures:
    table = docx.Document(io.BytesIO(data)).tables[0]
    return of_cells([cell.text for cell in row.cells] for row in table.rows[1:])


class Rows(html.parser.HTMLParser):
    """Gathers the cells of the first table of a page, and the entries of lists under each heading."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.entries: list[int] = []
        self.skipping = 0
        self.inside = ""

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.skipping += tag in ("figure", "svg", "nav")
        if self.skipping:
            return
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.inside = tag
            self.tables[-1][-1].append("")
        elif tag == "h2":
            self.entries.append(0)
        elif tag == "li" and self.entries:
            self.entries[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in ("figure", "svg", "nav")
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipping:
            self.tables[-1][-1][-1] += data


def read_html(data: bytes) -> Rows:
    rows = Rows()
    rows.feed(data.decode())
    return rows


def of_html(data: bytes) -> Figures:
    return of_cells([cell.strip() for cell in row] for row in read_html(data).tables[0][1:])


def of_xlsx(data: bytes) -> Figures:
    """Add up what the workbook has in columns of its own."""
    book: Any = load_workbook(io.BytesIO(data))
    numbers, changes = (list(place.iter_rows(min_row=2, values_only=True)) for place in book.worksheets[1:3])
    at = {name: 2 + i for i, name in enumerate(json_names())}

    def added(row: tuple[Any, ...], names: tuple[str, ...]) -> int:
        return sum(row[at[name]] for name in names)

    return {
        str(row[0] or "total"): [(added(row, own), added(moved, own)) for own in COLUMNS.values()]
        for row, moved in zip(numbers, changes, strict=True)
    }


def json_names() -> tuple[str, ...]:
    from plantrack.model.counting import Counts

    return Counts._fields


READERS = {"md": of_md, "plain": of_plain, "docx": of_docx, "html": of_html, "xlsx": of_xlsx}


@pytest.mark.no_cover
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", READERS)
def test_the_figures_of_all_forms_are_equal(form: str, lang: str, made: Made) -> None:
    expected = of_json(weekly(made, "json", lang))
    assert len(expected) == 8
    assert sum(n for n, _ in expected["total"]) > 30
    assert READERS[form](weekly(made, form, lang)) == expected


def tasks_of(data: bytes, lang: str) -> list[dict[str, str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";" if lang == "vi" else ",", strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tasks_of_the_csv_add_up_to_the_table(lang: str, made: Made) -> None:
    rows = tasks_of(weekly(made, "csv", lang), lang)
    words = {
        "vi": (
            "Nội dung",
            "Trạng thái",
            "Hoàn thành",
            "Đang thực hiện",
            "Chưa thực hiện",
            "II. Quá hạn",
            "III. Vướng mắc",
        ),
        "en": (
            "Area",
            "Status",
            "Completed",
            "In progress",
            "Not started",
            "II. Overdue",
            "III. Difficulties",
        ),
    }[lang]
    area, status, done, going, not_begun, overdue, blocked = words
    for key, figures in of_json(weekly(made, "json", lang)).items():
        own = [row for row in rows if key in ("total", row[area])]
        by_status = Counter(row[status] for row in own)
        counted = [len(own), by_status[done], by_status[going], by_status[not_begun]]
        counted += [len(own) - sum(counted[1:]), sum(row[overdue] == "x" for row in own)]
        counted.append(sum(row[blocked] == "x" for row in own))
        assert counted == [n for n, _ in figures]


def sections_of_json(data: bytes) -> list[int]:
    week = json.loads(data)["data"]
    parts = {
        "results": ("results", "late_updates"),
        "deadlines": ("overdue", "due_on_closing_day", "due_soon"),
        "silence": ("silent_organisations", "stale"),
        "changes": ("plan_changes",),
    }
    return [sum(len(week[name]) for name in parts.get(section, (section,))) for section in SECTIONS]


def sections_of_md(data: bytes) -> list[int]:
    parts = data.decode().split("\n## ")[1:]
    return [len(re.findall(r"^(?:-|\d+\.) ", part, re.MULTILINE)) for part in parts]


def sections_of_docx(data: bytes) -> list[int]:
    counts: list[int] = []
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            counts.append(0)
        elif paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
            counts[-1] += 1
    return counts


def sections_of_html(data: bytes) -> list[int]:
    return read_html(data).entries[: len(SECTIONS)]


def sections_of_xlsx(data: bytes) -> list[int]:
    rows = [place.max_row - 1 for place in load_workbook(io.BytesIO(data)).worksheets[3:11]]
    silent, stale = rows[5:7]
    return [*rows[:5], silent + stale, rows[7]]


SECTION_READERS = {
    "md": sections_of_md,
    "plain": lambda data: sections_of_md(re.sub(rb"\n\n(?=[IV]+\. )", b"\n## ", data)),
    "docx": sections_of_docx,
    "html": sections_of_html,
    "xlsx": sections_of_xlsx,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", SECTION_READERS)
def test_the_sections_of_all_forms_have_as_many_items(form: str, lang: str, made: Made) -> None:
    expected = sections_of_json(weekly(made, "json", lang))
    assert min(expected) > 1
    assert SECTION_READERS[form](weekly(made, form, lang)) == expected


@pytest.mark.no_cover
def test_the_flags_of_the_csv_are_the_sections(made: Made) -> None:
    week = json.loads(weekly(made, "json"))["data"]
    rows = tasks_of(weekly(made, "csv"), "vi")
    flags = {
        "I. Kết quả trong tuần": "results",
        "I. Ghi nhận bổ sung": "late_updates",
        "II. Quá hạn": "overdue",
        "II. Đến hạn ngày chốt": "due_on_closing_day",
        "II. Sắp đến hạn": "due_soon",
        "III. Vướng mắc": "difficulties",
        "IV. Tuần tới": "next_week",
        "V. Đề xuất": "proposals",
        "Lâu chưa cập nhật": "stale",
    }
    for heading, section in flags.items():
        marked = sorted(row["Số"] for row in rows if row[heading] == "x")
        assert marked == sorted({task["label"] for task in week[section]}), section


def test_the_calendar_has_what_is_still_due(made: Made) -> None:
    calendar: Any = icalendar.Calendar.from_ical(weekly(made, "ics"))
    events = {str(e["UID"]): e["DTSTART"].dt.isoformat() for e in calendar.walk("VEVENT")}
    listed = json.loads(made("list", "json", "--as-of", "2024-07-21"))["data"]
    assert events == {f"{task['uid']}@plantrack": task["due"] for task in listed if task["due"]}
