"""`form make`, `form read`, `form status` as they are typed: at a terminal, in scripts, for programs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Hands, Run, dump
from tests.support.filled_forms import OfficeForm, filled
from tests.support.once import once
from tests.support.terminal import on_terminal

Form = Callable[..., Path]


@pytest.fixture
def asked(run: Run, workspace: Path, clock: Hands) -> Run:
    """Two tasks that the union leads, one of the committee; today is Thursday 18 July 2024."""

    def work() -> None:
        clock.set("2024-07-01")
        for title, lead in (("Tập huấn", "hlhpn"), ("Khảo sát", "hlhpn"), ("Hội thảo", "ubdt")):
            assert run("add", title, "--area", "3", "--lead", lead, "--due", "30/8/2024").code == 0

    once(workspace, work)
    clock.set("2024-07-18")
    return run


@pytest.fixture
def form(asked: Run, workspace: Path) -> Path:
    def work() -> None:
        assert asked("form", "make", "hlhpn", "--output", "bieu.xlsx").code == 0

    once(workspace, work, "bieu.xlsx")
    return workspace / "bieu.xlsx"


@pytest.mark.no_cover
def test_a_form_is_made_for_one_and_for_each(asked: Run, workspace: Path) -> None:
    ended = asked("form", "make", "hlhpn", "--week", "2024-W29", "--lang", "vi")
    assert (ended.code, ended.out) == (0, "hlhpn-2024-W29.xlsx\n")
    assert "Đã lập biểu cho Hội LHPN Việt Nam, 2 nhiệm vụ: hlhpn-2024-W29.xlsx" in ended.err
    ended = asked("form", "make", "--for-each", "level:central", "--output", "gui/{org}.xlsx", "--lang", "en")
    assert ended.out == "gui/ubdt.xlsx\ngui/hlhpn.xlsx\n"
    assert asked("bieu-mau", "lap", "don-vi:ubdt", "--ra-tep", "u.xlsx").out == "u.xlsx\n"
    assert load_workbook(workspace / "gui" / "ubdt.xlsx").sheetnames == ["Report form", "plantrack"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "form-no-organisation"),
        (("hlhpn", "--output", "x.csv"), 2, "unknown-format"),
        (("hlhpn", "--output", "x"), 2, "unknown-ending"),
        (("--for-each", "level:central", "--output", "x.xlsx"), 2, "form-output-org"),
        (("--for-each", "level:province"), 3, "for-each-finds-nothing"),
        (("khong-co",), 3, "unknown-organisation"),
        (("hlhpn", "--week", "W60"), 2, "bad-week"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_left(
    asked: Run, workspace: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    before = dump(workspace / "plantrack.db")
    ended = asked("form", "make", *args)
    assert (ended.code, said in ended.err) == (code, True)
    assert dump(workspace / "plantrack.db") == before
    assert list(workspace.glob("*.xlsx")) == []


def test_a_form_in_the_way_of_a_file_is_refused_before_any_is_made(asked: Run, workspace: Path) -> None:
    (workspace / "hlhpn.xlsx").write_text("của ai đó")
    before = dump(workspace / "plantrack.db")
    ended = asked("form", "make", "--for-each", "level:central", "--output", "{org}.xlsx")
    assert (ended.code, "file-exists" in ended.err) == (2, True) or ended.code in (4, 5)
    assert not (workspace / "ubdt.xlsx").exists()
    assert dump(workspace / "plantrack.db") == before


def test_without_a_terminal_new_tasks_go_into_a_file_that_can_be_imported(
    asked: Run, form: Path, workspace: Path
) -> None:
    new = {
        "title": "=Họp nhóm",
        "area": "ND2",
        "due": "30/9/2024",
        "result": "đã mời",
        "status": "Đang thực hiện",
    }
    filled(form, {"1": {"percent": 40}, "+1": new})
    ended = asked("form", "read", "bieu.xlsx", "--lang", "vi")
    assert (ended.code, ended.out) == (0, "c5\n")
    assert "1 việc mới chưa ghi thành nhiệm vụ, đã chép ra bieu-viec-moi.xlsx" in ended.err
    sheet = load_workbook(workspace / "bieu-viec-moi.xlsx").worksheets[0]
    heads, values = ([cell.value for cell in row] for row in sheet.iter_rows())
    found = dict(zip(heads, values, strict=True))
    assert str(found.pop("Mã")).startswith("01")
    assert found == {
        "Nhiệm vụ": "=Họp nhóm", "Nội dung": "ND2", "Thời hạn": "30/09/2024",
        "Đơn vị chủ trì": "Hội Liên hiệp Phụ nữ Việt Nam", "Kết quả": "đã mời", "Vướng mắc": None,
        "Việc tiếp theo": None, "Đề xuất": None, "Tiến độ": None, "Trạng thái": "Đang thực hiện", "Ngày": None,
        "Kinh phí được giao": None, "Kinh phí đã chi": None,
    }  # fmt: skip
    assert asked("form", "read", "bieu.xlsx", "--lang", "vi").code == 0
    assert [path.name for path in workspace.glob("*viec-moi*")] == ["bieu-viec-moi.xlsx"]
    ended = asked("form", "read", "bieu.xlsx", "--new-tasks", "--lang", "en")
    assert "1 new task from the form." in ended.err
    assert "=Họp nhóm" in asked("list").out


def test_dry_run_says_what_would_be_and_writes_nothing(asked: Run, form: Path, workspace: Path) -> None:
    filled(form, {"1": {"percent": 40}, "+1": {"title": "Họp", "area": "2"}})
    before = dump(workspace / "plantrack.db")
    ended = asked("form", "read", "bieu.xlsx", "--dry-run", "--lang", "en")
    assert (ended.code, ended.out) == (0, "")
    assert "would record 1 row" in ended.err
    assert "has 1 new task; with --new-tasks it is added" in ended.err
    assert "(new)  Họp · Area: 2" in ended.err
    (read,) = json.loads(asked("form", "read", "bieu.xlsx", "--dry-run", "--format", "json").out)["data"]
    assert ([row["title"] for row in read["offered"]], read["new_tasks"]) == (["Họp"], [])
    assert dump(workspace / "plantrack.db") == before
    assert list(workspace.glob("*new*")) == []


def test_bad_cells_are_named_on_stderr_and_in_json(asked: Run, form: Path, workspace: Path) -> None:
    filled(form, {"1": {"percent": "nhiều", "on": "32/7"}, "2": {"result": "tốt"}})
    before = dump(workspace / "plantrack.db")
    ended = asked("form", "read", "bieu.xlsx", "--lang", "vi")
    assert ended.code == 5
    lines = [line for line in ended.err.splitlines() if line.startswith("9 ")]
    assert len(lines) == 2
    assert "Tiến độ (%) (M)" in lines[0]
    assert lines[0].endswith("“nhiều” không phải là một tỷ lệ từ 0 đến 100%.")
    assert "- Tiến độ (%): Ghi số nguyên từ 0 đến 100, ví dụ 40." in ended.err
    told = json.loads(asked("form", "read", "bieu.xlsx", "--format", "json").out)
    assert [(p["cell"], p["value"], p["code"]) for p in told["problems"]] == [
        ("M9", "nhiều", "percent-range"),
        ("O9", "32/7", "impossible-date"),
    ]
    assert told["error"]["code"] == "form-bad-cells"
    assert dump(workspace / "plantrack.db") == before


def test_what_is_said_of_cells_names_no_option(asked: Run, form: Path, workspace: Path) -> None:
    wrong = {"1": {"percent": "nhiều", "on": "20/7/2024", "status": "sắp xong"}, "2": {"status": "Đã rút"}}
    filled(form, wrong | {"+1": {"title": "Họp"}, "+2": {"title": "Xem", "area": "ND2", "due": "sớm"}})
    told = json.loads(asked("form", "read", "bieu.xlsx", "--lang", "vi", "--format", "json").out)["problems"]
    assert [p["cell"] for p in told] == ["M9", "N9", "O9", "N10", "D12", "F13"]
    texts = [p["message"] + p["hint"] for p in told]
    assert not [text for text in texts if "--" in text or "-p " in text or "plantrack" in text]
    assert "đã rút" not in texts[1]
    assert "Chưa thực hiện, Đang thực hiện, Chờ xác nhận, Hoàn thành, Tạm dừng" in texts[1]


@pytest.mark.no_cover
@pytest.mark.parametrize("imported_first", [True, False])
def test_new_tasks_that_are_imported_and_read_are_there_once(
    asked: Run, form: Path, workspace: Path, imported_first: bool
) -> None:
    new = {"title": "Họp nhóm", "area": "ND2", "result": "đã mời", "percent": 10}
    filled(form, {"+1": new, "+2": {"title": "In tài liệu", "area": "ND3"}})
    assert asked("form", "read", "bieu.xlsx", "--lang", "vi").code == 0
    both = [
        ("import", "bieu-viec-moi.xlsx", "--yes"),
        ("form", "read", "bieu.xlsx", "--new-tasks"),
    ]
    for args in both if imported_first else reversed(both):
        assert asked(*args).code == 0
    tasks = json.loads(asked("list", "--format", "json").out)["data"]
    assert sorted(task["title"] for task in tasks if task["area"] == "ND2") == ["Họp nhóm"]
    assert len([task for task in tasks if task["title"] == "In tài liệu"]) == 1
    before = dump(workspace / "plantrack.db")
    for args in both:
        assert asked(*args).code == 0
    assert [line for line in dump(workspace / "plantrack.db") if 'INTO "status_update"' in line] == [
        line for line in before if 'INTO "status_update"' in line
    ]


def test_notes_name_their_task_and_all_rows_are_told(asked: Run, form: Path, workspace: Path) -> None:
    for n in range(6):
        asked("add", f"Việc {n}", "--area", "3", "--lead", "hlhpn", "--budget", "20tr")
    asked("form", "make", "hlhpn", "--output", "b.xlsx")
    said = {str(n): {"spent": 0.05, "allocated": "12,5", "on": "17/7"} for n in range(4, 10)}
    filled(workspace / "b.xlsx", said)
    told = asked("form", "read", "b.xlsx", "--lang", "vi").err
    assert [f"  {n}  Việc" in told for n in range(4, 10)] == [True] * 6
    assert "Được giao: 12.500.000 đồng; Đã chi: 50.000 đồng; Ngày: 17/07/2024" in told
    assert "Ghi cho ngày" not in told
    assert "Nhiệm vụ 4: 50.000 đồng là số ít gặp" in told
    assert "Còn" not in told.partition("Nhiệm vụ 4:")[0]


@pytest.mark.parametrize(
    "asked_for", [("form",), ("form", "make"), ("form", "read"), ("bieu-mau", "tinh-hinh")]
)
def test_help_leads_to_the_page(run: Run, asked_for: tuple[str, ...]) -> None:
    assert "# Biểu mẫu Excel cho các đơn vị\n" in run("help", *asked_for, "--lang", "vi").out


def test_one_bad_form_of_several_leaves_the_others_read(asked: Run, form: Path, workspace: Path) -> None:
    asked("form", "make", "ubdt", "--output", "u.xlsx")
    filled(form, {"1": {"percent": 400}})
    filled(workspace / "u.xlsx", {"3": {"percent": 30}})
    ended = asked("form", "read", "bieu.xlsx", "u.xlsx", "none.xlsx", "--lang", "en")
    assert (ended.code, ended.out) == (5, "c5\n")
    assert "Nothing was recorded of these forms: bieu.xlsx, none.xlsx." in ended.err
    assert "“400”" in ended.err
    assert json.loads(asked("show", "3", "--format", "json").out)["data"][0]["percent"] == 30


def test_what_changed_is_shown_side_by_side_and_refused_without_a_terminal(
    asked: Run, form: Path, workspace: Path
) -> None:
    filled(form, {"1": {"percent": 40}})
    asked("update", "1", "-p", "70", "-r", "qua điện thoại")
    before = dump(workspace / "plantrack.db")
    ended = asked("form", "read", "bieu.xlsx", "-y", "--lang", "vi")
    assert (ended.code, ended.out) == (4, "")
    assert "Trong biểu:   Chưa thực hiện; 30/08/2024" in ended.err
    assert "Hiện nay:     Đang thực hiện 70%" in ended.err
    assert "Đơn vị ghi:   Tiến độ (%): 40%" in ended.err
    assert dump(workspace / "plantrack.db") == before
    assert asked("form", "read", "bieu.xlsx", "--over-changed").code == 0


def test_at_a_terminal_it_is_asked(asked: Run, form: Path, workspace: Path) -> None:
    filled(form, {"1": {"percent": 40}, "+1": {"title": "Họp nhóm", "area": "ND2"}})
    asked("update", "1", "-p", "70")
    seen = on_terminal(
        workspace,
        "form",
        "read",
        "bieu.xlsx",
        "--lang",
        "en",
        turns=[("all the same?", "n\n"), ("leave these", "n\n")],
    )
    assert "declined" in seen
    turns = [("all the same?", "y\n"), ("Add this 1 new task?", "y\n")]
    seen = on_terminal(workspace, "form", "read", "bieu.xlsx", "--lang", "en", turns=turns)
    assert "Recorded 1 row of the form of" in seen
    assert "1 new task from the form." in seen


def test_the_other_rows_can_be_recorded_alone(asked: Run, form: Path, workspace: Path) -> None:
    filled(form, {"1": {"percent": 40}, "2": {"percent": 20}})
    asked("update", "1", "-p", "70")
    both = asked("form", "read", "bieu.xlsx", "--over-changed", "--skip-changed")
    assert (both.code, "options-exclude" in both.err) == (2, True)
    turns = [("all the same?", "n\n"), ("Record the 1 other row, and leave", "y\n")]
    seen = on_terminal(workspace, "form", "read", "bieu.xlsx", "--lang", "en", turns=turns)
    assert "1 row was left: the task changed since the form was made (task 1)." in seen
    again = asked("bieu-mau", "doc", "bieu.xlsx", "--bo-qua-viec-da-doi", "--format", "json", "--lang", "vi")
    (read,) = json.loads(again.out)["data"]
    assert ([row["task"] for row in read["skipped"]], read["same"], read["command"]) == (["1"], 1, None)
    assert "Bỏ qua 1 dòng của nhiệm vụ đã thay đổi từ khi lập biểu: nhiệm vụ 1." in again.err


def test_who_has_answered_is_shown(asked: Run, form: Path, workspace: Path) -> None:
    asked("form", "make", "ubdt", "--output", "u.xlsx")
    filled(form, {"1": {"percent": 40}})
    asked("form", "read", "bieu.xlsx")
    ended = asked("form", "status", "--exit-code", "--lang", "en")
    assert (ended.code, "Answered: 1 of 2 organisations. No answer yet:" in ended.out) == (1, True)
    data = json.loads(asked("bieu-mau", "tinh-hinh", "--tuan", "2024-W29", "--format", "json").out)["data"]
    assert (data["period"]["name"], data["total"], data["answered"]) == ("2024-W29", 2, 1)
    answers = {one["organisation"]: one["answers"] for one in data["forms"]}
    assert [(a["command"], a["file"], a["rows"]) for a in answers["hlhpn"]] == [("c5", "bieu.xlsx", 1)]
    assert asked("form", "status", "--week", "2024-W20", "--exit-code").code == 0
    assert asked("form", "status", "--format", "csv").code == 0


PROGRAM = [sys.executable, "-m", "plantrack"]


def test_two_readings_at_once_record_once(asked: Run, form: Path, workspace: Path) -> None:
    filled(form, {"1": {"result": "đã họp", "on": "17/7/2024"}, "+1": {"title": "Họp nhóm", "area": "ND2"}})
    command = [*PROGRAM, "form", "read", "bieu.xlsx", "--new-tasks"]
    env = {**os.environ, "PLANTRACK_USER": "A"}
    both = [
        subprocess.Popen(command, cwd=workspace, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    outs = sorted(one.communicate()[0] for one in both)
    assert [one.returncode for one in both] == [0, 0]
    assert outs == [b"", b"c5\n"]
    tasks = [line for line in dump(workspace / "plantrack.db") if line.startswith('INSERT INTO "task" ')]
    assert len([line for line in tasks if "Họp nhóm" in line]) == 1


@pytest.mark.slow
def test_one_killed_while_making_forms_leaves_no_half_and_none_without_its_file(
    asked: Run, workspace: Path
) -> None:
    command = [*PROGRAM, "form", "make", "--for-each", "level:central", "--output"]
    env = {**os.environ, "PLANTRACK_USER": "A"}
    for n, pause in enumerate((0.3, 0.5, 0.6, 0.7, 0.8, 0.9)):
        one = subprocess.Popen(
            [*command, f"{n}-{{org}}.xlsx"],
            cwd=workspace,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(pause)
        one.send_signal(signal.SIGKILL)
        one.wait()
    whole = [OfficeForm(path) for path in workspace.glob("[0-9]-*.xlsx")]
    codes = {form.book.worksheets[1]["B1"].value.partition(": ")[2] for form in whole}
    kept = {
        line.split("'")[1]
        for line in dump(workspace / "plantrack.db")
        if line.startswith('INSERT INTO "form" ')
    }
    assert kept <= codes
