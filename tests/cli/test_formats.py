"""The formats of the worked example as a user gets them: every form has the same figures, and opens where it should."""

import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import icalendar
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.services.verbs.demo import WEEK, build
from tests.conftest import Hands

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
Made = Callable[..., bytes]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "vi-du"
    build(folder)
    return folder


@pytest.fixture
def made(example: Path, tmp_path: Path) -> Made:
    """Return the bytes of the file that a command writes: `made("weekly", "csv")`."""

    def make(command: str, form: str, *more: str, lang: str = "vi") -> bytes:
        file = tmp_path / f"out.{form}"
        args = (*command.split(), *more, "--lang", lang, "--format", form, "--output", str(file))
        assert main(("-C", str(example), *args, "--quiet"), Hands("2024-07-22")) == 0
        return file.read_bytes()

    return make


def weekly(made: Made, form: str, lang: str = "vi") -> bytes:
    return made("weekly", form, "--week", WEEK, lang=lang)


# Reading the table back.


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


# Reading the sections back.


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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", SECTION_READERS)
def test_the_sections_of_all_forms_have_as_many_items(form: str, lang: str, made: Made) -> None:
    expected = sections_of_json(weekly(made, "json", lang))
    assert min(expected) > 1
    assert SECTION_READERS[form](weekly(made, form, lang)) == expected


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


# What each command offers.

OFFERED = [
    (path, form)
    for path, entry in COMMANDS.items()
    for form in ("csv", "xlsx", "ics")
    if entry.kind == "read" and form in entry.formats
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("path", "form"), OFFERED)
def test_the_same_command_gives_the_same_bytes(path: str, form: str, lang: str, made: Made) -> None:
    more = ("--period", "2024-Q2") if path == "report" else ()
    first, second = (made(path, form, *more, lang=lang) for _ in range(2))
    assert first == second
    assert len(first) > 40


@pytest.mark.parametrize(
    "path", ["weekly", "list", "progress", "progress --by org", "progress --programme", "show 4", "log"]
)
def test_documents_of_word_are_the_same_bytes(path: str, made: Made) -> None:
    assert made(path, "docx") == made(path, "docx")


def test_a_summary_printed_later_equals_the_one_sent(made: Made, example: Path) -> None:
    """What is known by a moment is the same for ever, in each form."""
    for form in ("csv", "xlsx", "docx", "ics"):
        known = json.loads(weekly(made, "json"))["known_at"]
        assert made("weekly", form, "--week", WEEK, "--known-at", known) == made(
            "weekly", form, "--week", WEEK, "--known-at", known, "--as-of", "2024-07-21"
        )


def test_an_empty_workspace_has_tables_all_the_same(workspace: Path, tmp_path: Path) -> None:
    for command in ("list", "progress", "weekly --week 2024-W29", "log", "person list", "org list"):
        for form in ("csv", "xlsx", "docx", "ics"):
            if form == "ics" and command.split()[0] not in ("list", "weekly"):
                continue
            file = tmp_path / f"x.{form}"
            args = ("-C", str(workspace), *command.split(), "--output", str(file), "--quiet")
            assert main(args, Hands("2024-07-22")) == 0
            assert file.stat().st_size > 10


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics", "docx", "html", "json"])
def test_the_few_lines_for_a_chat_are_text(
    form: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("-C", str(example), "weekly", "--week", WEEK, "--brief", "--format", form)
    assert main(args, Hands("2024-07-22")) == 2
    assert f"--format {form}" in "".join(capsys.readouterr())


def test_a_form_that_a_command_does_not_offer_is_refused(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("-C", str(example), "progress", "--format", "ics"), Hands("2024-07-22")) == 2
    assert "xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "library"), [("docx", "docx"), ("xlsx", "openpyxl"), ("ics", "icalendar")])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    form: str, library: str, example: Path, tmp_path: Path
) -> None:
    code = f"import sys; sys.modules[{library!r}] = None\nfrom plantrack.cli.app import main\nsys.exit(main(sys.argv[1:]))"
    file = tmp_path / f"x.{form}"
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(example), "list", "--output", str(file)],
        capture_output=True, text=True, check=False, env={"PLANTRACK_USER": "A"},
    )  # fmt: skip
    assert done.returncode == 5
    assert "pip install 'plantrack[office]'" in done.stderr
    assert not file.exists()


def test_csv_needs_no_library(example: Path) -> None:
    code = (
        "import sys\nfor name in ('docx', 'openpyxl', 'icalendar', 'lxml'): sys.modules[name] = None\n"
        "from plantrack.cli.app import main\nsys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(example), "list", "--format", "csv"],
        capture_output=True, check=True, env={"PLANTRACK_USER": "A"},
    )  # fmt: skip
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert done.stdout.count(b"\r\n") > 5


# LibreOffice.

SOFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_converts_the_files_without_complaint(made: Made, tmp_path: Path) -> None:
    files = []
    for lang in LANGUAGES:
        for form in ("docx", "xlsx"):
            files.append(tmp_path / f"{lang}.{form}")
            files[-1].write_bytes(weekly(made, form, lang))
    names = [file.rename(file.with_name(f"{file.stem}-{file.suffix[1:]}{file.suffix}")) for file in files]
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [
        str(SOFFICE),
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, names),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr.replace("javaldx", "")
    for name in names:
        assert name.with_suffix(".pdf").read_bytes().startswith(b"%PDF-"), name
