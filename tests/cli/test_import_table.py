"""`import` of tables: what is shown and asked, what is refused without a yes, the file of wrong rows, JSON, real workbooks."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Run, dump
from tests.support.imported import HEADINGS, table
from tests.support.terminal import on_terminal

ROWS = (["1", "Việc một", "ND1", "ubdt", "Quý II"], ["2", "Việc hai", "ND2", "hlhpn", "15/8"])
BAD = (["3", "Việc ba", "ND99", "ubdt", "32/13"], ["4", "Việc bốn", "ND1", "Ban Lạ", ""])


@pytest.fixture
def good(workspace: Path) -> Path:
    return table(workspace, HEADINGS, *ROWS)


@pytest.fixture
def mixed(workspace: Path) -> Path:
    return table(workspace, HEADINGS, *ROWS, *BAD)


def titles(run: Run) -> list[str]:
    return [task["title"] for task in json.loads(run("list", "--all", "--format", "json").out)["data"]]


def test_a_guess_is_not_written_where_nobody_can_be_asked(run: Run, workspace: Path, good: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("import", "bang.csv")
    assert (ended.code, ended.out, "[import-unconfirmed]" in ended.err) == (4, "", True)
    assert "Đơn vị chủ trì" in ended.err
    assert dump(workspace / "plantrack.db") == before
    assert run("import", "bang.csv", "--dry-run").code == 0
    assert dump(workspace / "plantrack.db") == before


@pytest.mark.parametrize(
    "options",
    [
        ["--yes"],
        ["--map", "TT=", *(one for pair in zip(["--map"] * 4, ["Tên nhiệm vụ=title", "Nội dung=area", "Đơn vị chủ trì=lead", "Thời hạn=due"]) for one in pair)],
    ],
)  # fmt: skip
def test_what_was_said_is_written_and_again_nothing(run: Run, good: Path, options: list[str]) -> None:
    ended = run("nhap", "bang.csv", *options)
    assert (ended.code, ended.out) == (0, "1\n2\n")
    assert "plantrack undo c2" in ended.err
    assert titles(run) == ["Việc một", "Việc hai"]
    again = run("import", "bang.csv", *options)
    assert (again.code, again.out, "2 đã có" in again.err) == (0, "", True)
    assert run("undo").code == 0
    assert titles(run) == []


def test_columns_are_kept_and_need_no_yes_then(run: Run, workspace: Path, good: Path) -> None:
    assert run("import", "bang.csv", "--as", "so-a").code == 4
    assert run("import", "bang.csv", "--as", "so-a", "--yes").code == 0
    table(workspace, HEADINGS, *ROWS, ["3", "Việc ba", "ND3", "", ""])
    assert run("import", "bang.csv", "--as", "so-a").out == "3\n"
    table(workspace, ("TT", "Công việc", "Nội dung"), ["1", "Việc", "ND1"])
    assert "[unknown-heading]" in run("import", "bang.csv", "--as", "so-a").err


def test_all_wrong_rows_are_named_at_once(run: Run, workspace: Path, mixed: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("import", "bang.csv", "--yes")
    assert (ended.code, ended.out, "[import-bad-rows]" in ended.err) == (5, "", True)
    for said in ("ND99", "Nội dung (C)", "Ban Lạ", "Đơn vị chủ trì (D)"):
        assert said in ended.err
    answer = json.loads(run("import", "bang.csv", "--yes", "--format", "json").out)
    assert (answer["data"], answer["error"]["code"]) == (None, "import-bad-rows")
    assert [(p["line"], p["column"], p["field"], p["code"]) for p in answer["problems"]] == [
        (4, 3, "area", "unknown-area"), (4, 5, "due", "impossible-date"), (5, 4, "lead", "unknown-organisation"),
    ]  # fmt: skip
    lines = run("import", "bang.csv", "--yes", "--format", "csv").out.splitlines()
    assert len(lines) == 4
    assert dump(workspace / "plantrack.db") == before


@pytest.mark.no_cover
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_wrong_rows_are_mended_and_imported(run: Run, workspace: Path, form: str) -> None:
    file, bad = workspace / f"bang.{form}", workspace / f"bang-loi.{form}"
    if form == "xlsx":
        workbook(file, HEADINGS, *ROWS, *BAD)
    else:
        table(workspace, HEADINGS, *ROWS, *BAD)
    ended = run("import", file.name, "--yes", "--skip-bad", "--format", "json")
    data = json.loads(ended.out)["data"]
    assert (data["counts"]["added"], data["counts"]["bad"], data["bad_file"]) == (2, 2, bad.name)
    assert [row["task"] for row in data["rows"]] == ["1", "2"]
    assert run("import", bad.name, "--yes", "--dry-run").code == 5
    mend(bad, {"ND99": "ND3", "Ban Lạ": "ubdt", "32/13": "31/12"})
    assert run("import", bad.name, "--yes").out == "3\n4\n"
    assert titles(run) == ["Việc một", "Việc hai", "Việc ba", "Việc bốn"]


def mend(file: Path, words: dict[str, str]) -> None:
    if file.suffix == ".csv":
        text = file.read_text("utf-8")
        for wrong, right in words.items():
            text = text.replace(wrong, right)
        file.write_text(text, "utf-8")
        return
    book = load_workbook(file)
    for row in book.worksheets[1].iter_rows():
        for cell in row:
            cell.value = words.get(str(cell.value), cell.value)
    book.save(file)


def test_a_file_of_wrong_rows_is_never_written_over(run: Run, workspace: Path, mixed: Path) -> None:
    (workspace / "bang-loi.csv").write_text("của ai đó")
    before = dump(workspace / "plantrack.db")
    assert "[file-exists]" in run("import", "bang.csv", "--yes", "--skip-bad").err
    assert (workspace / "bang-loi.csv").read_text() == "của ai đó"
    assert dump(workspace / "plantrack.db") == before


def test_who_is_new_is_said_so(run: Run, workspace: Path) -> None:
    headings = (*HEADINGS, "Người phụ trách")
    table(workspace, headings, ["1", "Việc", "ND1", "Ban Mới tỉnh A", "", "Trần Thị Mới"])
    assert run("import", "bang.csv", "--yes", "--new-org").code == 5
    ended = run("import", "bang.csv", "--yes", "--don-vi-moi", "--nguoi-moi", "--format", "json")
    data = json.loads(ended.out)["data"]
    assert (data["new_organisations"], data["new_people"]) == (
        {"ban-moi-tinh-a": "Ban Mới tỉnh A"},
        ["Trần Thị Mới"],
    )
    task = json.loads(run("show", "1", "--format", "json").out)["data"][0]
    assert (task["lead"], task["in_charge"]) == (["ban-moi-tinh-a"], ["Trần Thị Mới"])


@pytest.mark.parametrize(
    ("options", "code", "exit_code"),
    [
        (["--kind", "gì đó"], "unknown-import-kind", 2),
        (["--sheet", "9"], "unknown-sheet", 3),
        (["--map", "Thời hạn"], "map-form", 2),
        (["--map", "Không có=due"], "unknown-heading", 3),
        (["--map", "TT=due"], None, 5),
        (["--encoding", "utf-99"], "table-unknown-encoding", 2),
        (["--kind", "updates"], "import-bad-rows", 5),
    ],
)
def test_what_is_typed_wrongly_is_refused(
    run: Run, good: Path, options: list[str], code: str | None, exit_code: int
) -> None:
    ended = run("import", "bang.csv", "--yes", *options)
    assert ended.code == exit_code
    assert code is None or f"[{code}]" in ended.err


def test_an_export_is_restored_as_a_whole(run: Run, workspace: Path) -> None:
    assert run("export", "--output", "all.jsonl").code == 0
    for option in ("--dry-run", "--skip-bad", "--new-org"):
        assert "[import-of-whole-export]" in run("import", "all.jsonl", option).err


def test_lines_of_json_are_a_table_too(run: Run, workspace: Path) -> None:
    lines = [{"title": "Việc", "area": "ND1", "due": "2024-06-30"}, {"title": "Việc khác", "area": "ND2"}]
    (workspace / "a.jsonl").write_text(
        "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8"
    )
    assert run("import", "a.jsonl", "--yes").out == "1\n2\n"


# --- at a terminal ---


def test_a_person_is_asked_after_they_saw_what_it_was_taken_for(workspace: Path, good: Path) -> None:
    seen = on_terminal(workspace, "import", "bang.csv", turns=[("(c/k)", "k\n")])
    assert "[declined]" in seen
    seen = on_terminal(workspace, "import", "bang.csv", turns=[("(c/k)", "c\n")])
    assert "Tên nhiệm vụ" in seen
    assert "plantrack undo c2" in seen


def test_many_problems_are_few_lines_for_a_person(workspace: Path) -> None:
    rows = [[str(n), f"Việc {n}", "ND1", f"Ban {n % 40}", ""] for n in range(400)]
    table(workspace, HEADINGS, *rows)
    seen = on_terminal(workspace, "import", "bang.csv")
    assert "Ban 29" in seen
    assert "Ban 31" not in seen
    assert "--format csv" in seen


KEYED = ("Mã", "Tên nhiệm vụ", "Mã nội dung", "Kinh phí (triệu đồng)")


def test_what_rows_change_is_listed_before_it_is_done(run: Run, workspace: Path) -> None:
    table(workspace, KEYED, ["A1", "Việc", "ND1", "12"])
    run("import", "bang.csv", "--yes", "--key", "Mã")
    table(workspace, KEYED, ["A1", "Việc khác", "ND1", "15"])
    ended = run("import", "bang.csv", "--key", "Mã", "--dry-run")
    for said in ("1 Việc", "Việc khác", "12.000.000 đồng", "15.000.000 đồng"):
        assert said in ended.err
    data = json.loads(run("import", "bang.csv", "--key", "Mã", "--dry-run", "--format", "json").out)["data"]
    assert [(c["task"], c["field"], c["old"], c["new"]) for c in data["changes"]] == [
        ("1", "title", "Việc", "Việc khác"), ("1", "budget", "12000000", "15000000"),
    ]  # fmt: skip


def test_what_both_changed_is_only_overwritten_after_a_yes(run: Run, workspace: Path) -> None:
    table(workspace, KEYED, ["A1", "Việc", "ND1", "12"])
    run("import", "bang.csv", "--yes", "--key", "Mã")
    run("edit", "1", "--title", "Tên ở đây")
    table(workspace, KEYED, ["A1", "Tên trong tệp", "ND1", "15"])
    before = dump(workspace / "plantrack.db")
    ended = run("import", "bang.csv", "--yes", "--key", "Mã")
    assert (ended.code, "[import-bad-rows]" in ended.err) == (5, True)
    assert "ở đây là “Tên ở đây”, trong tệp là “Tên trong tệp”" in " ".join(ended.err.split())
    assert dump(workspace / "plantrack.db") == before
    seen = on_terminal(workspace, "import", "bang.csv", "--yes", "--key", "Mã", turns=[("[c/K]", "k\n")])
    assert "Tên ở đây" in seen
    assert dump(workspace / "plantrack.db") == before
    on_terminal(workspace, "import", "bang.csv", "--yes", "--key", "Mã", turns=[("[c/K]", "c\n")])
    assert titles(run) == ["Tên trong tệp"]
    run("undo")
    assert run("import", "bang.csv", "--yes", "--key", "Mã", "--lay-theo-tep").code == 0
    assert titles(run) == ["Tên trong tệp"]


# --- workbooks ---


def workbook(file: Path, *rows: Sequence[str]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    book.save(file)


def office(file: Path, lead: str = "UBDT", doubled: int | str = "=G6*2") -> None:
    """Write a workbook as an office keeps it: a title, merged headings, groups, real days, shares, hidden rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PHỤ LỤC: PHÂN CÔNG NHIỆM VỤ"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(["TT", "Nội dung", "Trách nhiệm", None, "Thời hạn", "Tiến độ", "Kinh phí (triệu đồng)"])
    sheet.append([None, None, "Chủ trì", "Phối hợp"])
    sheet.merge_cells("C3:D3")
    for column in "ABEFG":
        sheet.merge_cells(f"{column}3:{column}4")
    sheet.append(["ND2"])
    sheet.merge_cells("A5:G5")
    sheet.append([1, "  In tờ rơi ", lead, "-", date(2024, 9, 30), 0.4, 12.5])
    sheet.append([2, "Tập huấn", "hlhpn", "UBDT", "Quý IV", 1, doubled])
    for cell in ("F6", "F7"):
        sheet[cell].number_format = "0%"
    sheet.append(["Tổng cộng", None, None, None, None, None, "=SUM(G6:G7)"])
    book.create_sheet("Nháp").sheet_state = "hidden"
    book.save(file)


def test_wrong_rows_of_two_row_headings_come_back_as_they_were(run: Run, workspace: Path) -> None:
    file = workspace / "phu-luc.xlsx"
    office(file, lead="Ban Lạ")
    ended = run("import", "phu-luc.xlsx", "--yes", "--skip-bad")
    assert "phu-luc-loi.xlsx" in ended.err
    bad = workspace / "phu-luc-loi.xlsx"
    first, second = load_workbook(bad).worksheets[1].iter_rows(min_row=2)
    assert [cell.value for cell in first][:8] == [
        1, "In tờ rơi", "Ban Lạ", "-", datetime(2024, 9, 30), 0.4, 12.5, "ND2",
    ]  # fmt: skip
    assert second[5].value == 1
    mend(bad, {"Ban Lạ": "UBDT", "=G6*2": "25"})
    assert run("import", bad.name, "--yes").out == "1\n2\n"
    tasks = json.loads(run("list", "--all", "--format", "json").out)["data"]
    assert [
        (t["area"], t["lead"], t["coordinating"], t["due"], t["percent"], t["budget"]) for t in tasks
    ] == [
        ("ND2", ["ubdt"], [], "2024-09-30", 40, 12_500_000),
        ("ND2", ["hlhpn"], ["ubdt"], "2024-12-31", 100, 25_000_000),
    ]
    office(file, lead="UBDT", doubled=25)  # the whole table, mended: its rows are there
    assert "2 đã có" in run("import", "phu-luc.xlsx", "--yes").err


def test_a_note_that_looks_like_a_formula_comes_back_as_it_was(run: Run, workspace: Path) -> None:
    headings = ("Tên nhiệm vụ", "Nội dung", "Ghi chú")
    table(workspace, headings, ["Việc", "ND99", "- họp"])
    run("import", "bang.csv", "--yes", "--skip-bad")
    mend(workspace / "bang-loi.csv", {"ND99": "ND1"})
    assert run("import", "bang-loi.csv", "--yes").out == "1\n"
    table(workspace, headings, ["Việc", "ND1", "- họp"])
    assert "1 đã có" in run("import", "bang.csv", "--yes").err


def test_a_hidden_sheet_is_imported_only_when_it_is_named(run: Run, workspace: Path) -> None:
    book = Workbook()
    for sheet, title in ((book.active, "Việc A"), (book.create_sheet("Ẩn"), "Việc B")):
        assert sheet is not None
        for row in (HEADINGS[:3], ["1", title, "ND1"]):
            sheet.append([*row])
    book["Ẩn"].sheet_state = "hidden"
    book.save(workspace / "an.xlsx")
    assert (
        "“Ẩn” đang ẩn trong tệp nên không được nhập; cần trang này" in run("import", "an.xlsx", "--yes").err
    )
    assert "đang ẩn" not in run("import", "an.xlsx", "--yes", "--sheet", "Ẩn").err
    assert titles(run) == ["Việc A", "Việc B"]


def through_libreoffice(file: Path) -> None:
    out = file.parent / "lo"
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shutil.move(out / file.name, file)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_of_an_office(run: Run, workspace: Path) -> None:
    file = workspace / "phu-luc.xlsx"
    office(file)
    assert "G7" in run("import", "phu-luc.xlsx", "--yes").err  # nobody worked the formula out yet
    through_libreoffice(file)
    ended = run("import", "phu-luc.xlsx", "--yes")
    assert (ended.code, ended.out) == (0, "1\n2\n"), ended.err
    tasks = json.loads(run("list", "--all", "--format", "json").out)["data"]
    assert [(t["title"], t["area"], t["lead"], t["due"], t["percent"], t["budget"]) for t in tasks] == [
        ("In tờ rơi", "ND2", ["ubdt"], "2024-09-30", 40, 12_500_000),
        ("Tập huấn", "ND2", ["hlhpn"], "2024-12-31", 100, 25_000_000),
    ]
    assert run("import", "phu-luc.xlsx", "--yes").out == ""
