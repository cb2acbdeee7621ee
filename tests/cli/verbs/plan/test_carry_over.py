"""The wiring of `plan carry-over` and `progress --programme`: streams, answers, languages, refusals."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Hands, Run, dump
from tests.support.next_plan import Content, activity, next_plan
from tests.support.steps import PLAN, OpenContext

CARRY = ("plan", "carry-over", PLAN, "kh-2025")


@pytest.fixture
def two(context_on: OpenContext, workspace: Path, clock: Hands, run: Run) -> None:
    """Make two open tasks in 2024, the plan of 2025, and a day in it."""
    clock.set("2024-12-20")
    run("add", "Hội thảo", "--area", "3", "--lead", "ubdt")
    run("add", "Giám sát", "--activity", "5.1")
    next_plan(context_on, workspace, 2025)
    clock.set("2025-03-10")


@pytest.mark.usefixtures("two")
def test_it_answers_with_the_new_labels_and_tells_what_it_did(run: Run) -> None:
    done = run(*CARRY)
    assert (done.code, done.out) == (0, "3\n4\n")
    assert "Đã đóng 2 nhiệm vụ của kế hoạch kh-468-2024 vào ngày 10/03/2025" in done.err
    assert "Đã mở 2 nhiệm vụ trong kế hoạch mới: 3, 4 (lệnh c5; hoàn tác: plantrack undo c5)." in done.err
    assert "Nhiệm vụ 3: UBDT đã kết thúc, thay bằng đơn vị kế thừa Bộ Dân tộc và Tôn giáo." in done.err


@pytest.mark.usefixtures("two")
def test_it_speaks_english_and_a_second_run_finds_nothing(run: Run) -> None:
    assert "Closed 2 tasks of plan kh-468-2024 on 10 Mar 2025" in run("--lang", "en", *CARRY).err
    again = run("--lang", "en", *CARRY)
    assert (again.code, again.out) == (0, "")
    assert "plan kh-468-2024 has no unfinished tasks; no command was recorded" in again.err
    assert json.loads(run(*CARRY, "--format", "json").out)["data"] == []


@pytest.mark.usefixtures("two")
def test_a_try_prints_a_document_and_records_nothing(run: Run) -> None:
    tried = run(*CARRY, "--dry-run")
    assert tried.code == 0
    assert tried.out.startswith("Chuyển tiếp từ kh-468-2024 sang kh-2025, ngày 10/03/2025\n")
    told = json.loads(run(*CARRY, "--dry-run", "--format", "json").out)
    assert (told["command"], told["plan"]) == ("plan carry-over", "kh-2025")
    assert [t["task"] for t in told["data"]] == ["1", "2"]
    assert run(*CARRY).out == "3\n4\n"


@pytest.mark.usefixtures("two")
def test_in_json_it_answers_with_the_new_tasks(run: Run) -> None:
    told = json.loads(run(*CARRY, "--on", "1/3/2025", "--format", "json").out)
    assert [(t["label"], t["plan"], t["carried_from"]) for t in told["data"]] == [
        ("3", "kh-2025", "1"), ("4", "kh-2025", "2"),
    ]  # fmt: skip
    (old,) = json.loads(run("show", "1", "--format", "json").out)["data"]
    assert (old["status"], old["carried_to"]) == ("carried_over", "3")


@pytest.mark.usefixtures("two")
def test_other_plans_named_are_of_no_account(run: Run) -> None:
    assert run("--plan", PLAN, *CARRY).out == "3\n4\n"


@pytest.mark.usefixtures("two")
def test_refusals_name_a_way_out(run: Run) -> None:
    assert run("plan", "carry-over", "kh-2025", PLAN).code == 2
    assert run("plan", "carry-over", PLAN, "kh-2026").code == 3
    late = run("--lang", "en", *CARRY, "--on", "1/7/2024")
    assert late.code == 4
    assert "`plantrack plan carry-over kh-468-2024 kh-2025 --on 2024-12-20`" in late.err
    assert run(*CARRY, "--on", "2024-12-20").code == 0
    reopened = run("--lang", "en", "reopen", "1", "--reason", "x")
    assert reopened.code == 4
    assert "goes on as task 3 of plan kh-2025" in reopened.err


@pytest.mark.usefixtures("two")
def test_a_code_with_another_title_is_shown_with_both_and_paired_when_it_is_said(
    run: Run, context_on: OpenContext, workspace: Path
) -> None:
    def other(content: Content) -> None:
        activity(content, "ND5.1")["title"] = "Việc khác"

    next_plan(context_on, workspace, 2025, other, day="2024-12-21")
    tried = " ".join(run(*CARRY, "--dry-run").out.split())
    assert "ở kế hoạch mới là “Việc khác”; chỉ còn thuộc nội dung ND5" in tried
    assert "thêm --pair ND5.1=ND5.1." in tried
    assert "plantrack undo c" in run(*CARRY).err.splitlines()[-1], "by now --pair needs that first"
    run("undo")
    told = json.loads(run(*CARRY, "--pair", "5.1=5.1", "--format", "json").out)["data"]
    assert [t["activity"] for t in told] == [None, "ND5.1"]


@pytest.mark.usefixtures("two")
def test_of_an_area_with_another_title_both_titles_are_told_whole(
    run: Run, context_on: OpenContext, workspace: Path
) -> None:
    next_plan(
        context_on, workspace, 2025, lambda c: c["areas"][2].update(title="Việc khác"), day="2024-12-21"
    )
    refused = run(*CARRY)
    assert refused.code == 4
    assert "giai đoạn tiếp theo” (1; kh-2025: “Việc khác”)" in refused.err
    assert "--pair ND3=ND3" in refused.err
    assert "edit" not in refused.err


@pytest.mark.usefixtures("two")
def test_the_years_of_the_programme(run: Run) -> None:
    run(*CARRY)
    table = run("progress", "--programme")
    assert (table.code, table.err) == (0, "")
    assert "Tổng cộng 2 = 4 của các hàng trừ 2 đã chuyển tiếp" in table.out
    told = json.loads(run("progress", "--programme", "--as-of", "9/3/2025", "--format", "json").out)
    assert (told["data"]["by"], told["data"]["total"]["total"], told["data"]["carried_on"]) == (
        "programme",
        2,
        0,
    )
    assert [row["key"] for row in told["data"]["rows"]] == [PLAN, "kh-2025"]
    excluded = run("progress", "--programme", "--by", "org")
    assert excluded.code == 2
    assert "[options-exclude]" in excluded.err
    assert run("progress", "--programme", "due:Q2").code == 3


@pytest.mark.slow
@pytest.mark.usefixtures("two")
def test_of_two_at_once_one_finds_nothing(workspace: Path, run: Run) -> None:
    command = [sys.executable, "-m", "plantrack", "-C", str(workspace), *CARRY]
    environment = {"PLANTRACK_USER": "A", "PATH": ""}
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    assert sorted(p.communicate()[0] for p in both) == ["", "3\n4\n"]
    assert [p.returncode for p in both] == [0, 0]
    there = run("list", "--plan", "kh-2025", "--as-of", "31/12/2099", "--format", "json")
    assert len(json.loads(there.out)["data"]) == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.store.sqlite.connection import connect
from plantrack.store import tasks
tasks.update_tasks = lambda db, rows, corrected: os.kill(os.getpid(), signal.SIGKILL)
carry_over(open_context(connect(Path(sys.argv[1])), ContextRequest(author="A", plan="kh-2025")), "kh-468-2024")
"""


@pytest.mark.slow
@pytest.mark.usefixtures("two")
def test_when_it_is_killed_half_way_nothing_has_changed(workspace: Path) -> None:
    file = workspace / "plantrack.db"
    before = dump(file)
    done = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert dump(file) == before
