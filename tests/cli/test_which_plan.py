"""Which plan a question is of once there are two, and what is said of the work that the other one left."""

import json
from pathlib import Path

import pytest

from tests.conftest import Hands, Run
from tests.support.next_plan import Content, activity, next_plan
from tests.support.steps import PLAN, OpenContext

LEFT = "Kế hoạch số 468/KH-HLHPNVN-UBDT (năm 2024) còn 2 nhiệm vụ chưa hoàn thành, chưa chuyển tiếp."
HELP = (
    "Xem nhiệm vụ còn lại của kế hoạch kh-468-2024: plantrack list --plan kh-468-2024; "
    "chuyển tiếp: plantrack plan carry-over kh-468-2024 kh-2025 --dry-run.\n"
)


@pytest.fixture
def two(context_on: OpenContext, workspace: Path, clock: Hands, run: Run) -> None:
    """Two open tasks and a finished one in 2024, the plan of 2025 applied on 20/12/2024, and a day in 2025."""
    clock.set("2024-05-20")
    for title in ("Hội thảo", "Giám sát", "Xong rồi"):
        run("add", title, "--area", "3", "--lead", "ubdt")
    run("done", "3")
    next_plan(context_on, workspace, 2025)
    clock.set("2025-01-03")


def plan_of(run: Run, *args: str) -> str:
    """Return the plan of an answer."""
    return str(json.loads(run(*args, "--format", "json").out)["plan"])


@pytest.mark.no_cover
@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("args", "plan"),
    [
        (("weekly",), PLAN),  # of 3/1/2025 the last week is 23/12 to 29/12/2024
        (("weekly", "--week", "2024-W24"), PLAN),
        (("weekly", "--week", "this"), "kh-2025"),
        (("weekly", "--week", "2025-W01"), "kh-2025"),  # it ends on 5/1/2025
        (("report", "--period", "2024-H1"), PLAN),
        (("report", "--period", "2024", "--as-of", "2025-01-10"), PLAN),
        (("report",), PLAN),  # the last closed month is 12/2024
        (("report", "--period", "this"), "kh-2025"),
        (("report", "--period", "2024-12", "--calendar", "civil"), PLAN),
        (("report", "--period", "2024-H1", "--plan", "kh-2025", "--as-of", "2024-12-31"), "kh-2025"),
        (("list",), "kh-2025"),
        (("progress", "--as-of", "31/12/2024"), PLAN),
        # The plan of 2025 was not known then, whatever is asked.
        (("list", "--known-at", "2024-12-01"), PLAN),
        (("weekly", "--week", "this", "--known-at", "2024-12-01"), PLAN),
    ],
)
def test_the_last_day_that_is_asked_about_chooses_the_plan(
    run: Run, args: tuple[str, ...], plan: str
) -> None:
    assert plan_of(run, *args) == plan


@pytest.mark.usefixtures("two")
def test_what_was_measured_is_of_the_plan_of_its_period(
    run: Run, context_on: OpenContext, workspace: Path
) -> None:
    def measure(content: Content) -> None:
        activity(content, "ND1.1")["indicators"] = [{"id": "so-lop", "title": "Số lớp", "unit": "lớp"}]

    next_plan(context_on, workspace, 2025, measure, day="2025-01-03")
    record = ("indicator", "record", "so-lop", "7", "--period")
    of_2024 = run(*record, "Q4")  # the latest that has begun
    assert of_2024.code != 0
    assert "no-indicators" in of_2024.err
    assert PLAN in of_2024.err
    assert run(*record, "Q1").code == run(*record, "Q4", "--plan", "kh-2025").code == 0


@pytest.mark.usefixtures("two")
def test_a_report_that_was_sent_is_made_again_after_another_plan_came(
    run: Run, clock: Hands, context_on: OpenContext, workspace: Path
) -> None:
    asked = ("weekly", "--week", "this", "--known-at", "2025-01-04", "--format", "md")
    sent = run(*asked).out
    clock.set("2025-02-01")
    next_plan(context_on, workspace, 2026, day="2025-02-01")
    run("add", "Việc sau", "--area", "3", "--plan", "kh-2025")
    clock.set("2025-01-03")
    assert run(*asked).out == sent


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "args",
    [
        ("list",),
        ("progress",),
        ("progress", "--by", "org"),
        ("weekly", "--week", "this"),
        ("weekly", "--week", "this", "--brief"),
        ("weekly", "--week", "this", "--by-org"),
        ("report", "--period", "this"),
        ("list", "--plan", "kh-2025"),
    ],
)
def test_what_an_ended_plan_left_is_said_in_the_answer_and_what_helps_beside_it(
    run: Run, args: tuple[str, ...]
) -> None:
    said = run(*args)
    assert said.code == 0
    assert said.out.count(LEFT) == 1
    assert said.err == HELP
    assert HELP.split(": ")[0] not in said.out


@pytest.mark.no_cover
@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_it_is_in_the_documents_too(run: Run, form: str, tmp_path: Path) -> None:
    file = tmp_path / f"w.{form}"
    assert run("weekly", "--week", "this", "--output", str(file)).code == 0
    assert "còn 2 nhiệm vụ chưa hoàn thành" in text_in(file)
    assert "plan carry-over" not in text_in(file)


def text_in(file: Path) -> str:
    """Return the words of a document of any form."""
    if file.suffix == ".docx":
        from docx import Document

        return "\n".join(p.text for p in Document(str(file)).paragraphs)
    if file.suffix == ".xlsx":
        from openpyxl import load_workbook

        sheets = load_workbook(file).worksheets
        return "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
    return file.read_text("utf-8")


@pytest.mark.usefixtures("two")
def test_json_has_it_among_its_problems(run: Run) -> None:
    told = json.loads(run("list", "--format", "json", "--lang", "en").out)
    assert told["problems"] == [
        {
            "file": None,
            "line": None,
            "column": None,
            "severity": "warning",
            "code": "unfinished-plan",
            "message": "Plan No. 468/KH-HLHPNVN-UBDT (2024) still has 2 tasks that are neither completed "
            "nor carried over.",
            "hint": "What is left of the plan kh-468-2024: plantrack list --plan kh-468-2024; to carry it over: "
            "plantrack plan carry-over kh-468-2024 kh-2025 --dry-run.",
        }
    ]


@pytest.mark.usefixtures("two")
def test_nothing_is_said_while_the_plan_runs_nor_of_work_that_goes_on(run: Run, clock: Hands) -> None:
    assert "còn" not in run("list", "--as-of", "31/12/2024").out
    assert LEFT not in run("weekly", "--week", "2024-W24").out
    assert run("plan", "carry-over", PLAN, "kh-2025").code == 0
    said = run("list")
    assert (LEFT in said.out, said.err) == (False, "")
    # As it was before the carry-over, and as it was known then.
    assert LEFT in run("list", "--as-of", "2/1/2025").out


@pytest.mark.usefixtures("two")
def test_of_the_year_that_ended_a_later_plans_work_is_said_without_a_carry_over(
    run: Run, clock: Hands
) -> None:
    run("add", "Việc 2025", "--area", "3")
    clock.set("2026-02-01")
    said = run("list", "--plan", PLAN)
    assert "(năm 2025) còn 1 nhiệm vụ" in said.out
    assert said.err == "Xem nhiệm vụ còn lại của kế hoạch kh-2025: plantrack list --plan kh-2025.\n"
