"""What a revision of the plan changed, in every form of the summaries: the areas, the activities, the fields."""

import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.conftest import Hands, Run
from tests.support.plan_edits import SHORT, swap

WEEK = ("weekly", "--week", "2024-W29")
MONTH = ("report", "--period", "2024-07", "--calendar", "civil")
DUE = ('      - code: "ND3.1"\n', '      - code: "ND3.1"\n        due: "2024-09-30"\n')


@pytest.fixture
def revised(workspace: Path, clock: Hands, run: Run) -> Path:
    """Carry in a new short title of ND3, a due day, and then a remark that changes nothing."""
    clock.set("2024-07-16")
    swap(workspace, *SHORT)
    swap(workspace, *DUE)
    run("plan", "apply")
    swap(workspace, "format: 1", "format: 1 # ghi chú")
    run("plan", "apply")
    clock.set("2024-07-22")
    return workspace


def text_of(run: Run, workspace: Path, command: tuple[str, ...], form: str) -> str:
    """Return all that is said in a form, on one line."""
    file = workspace / f"out.{form}"
    assert run(*command, "--format", form, "--output", str(file)).code == 0
    if form == "docx":
        words = [p.text for p in docx.Document(io.BytesIO(file.read_bytes())).paragraphs]
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
        words = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c]
    else:
        words = [file.read_text("utf-8")]
    return " ".join(" ".join(words).split())


@pytest.mark.no_cover
@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("command", [WEEK, MONTH], ids=["weekly", "report"])
@pytest.mark.parametrize("form", ["plain", "md", "html", "docx", "xlsx"])
def test_what_changed_is_named_in_every_form(
    run: Run, workspace: Path, command: tuple[str, ...], form: str
) -> None:
    said = text_of(run, workspace, command, form).replace("\\", "").replace("*", "")
    if form == "html":
        said = " ".join(re.sub("<[^>]+>", "", said).split())
    assert "ND3 “" in said
    assert "tên ngắn: “Hội thảo và khuyến nghị” → “Hội thảo”" in said
    assert "ND3.1 “" in said
    assert "thời hạn: chưa có thông tin → 30/09/2024" in said
    assert "bản 2" in said


@pytest.mark.usefixtures("revised")
def test_in_english_too(run: Run) -> None:
    said = " ".join(run(*WEEK, "--lang", "en").out.split())
    assert "deadline: not stated → 30 Sep 2024" in said


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("command", [WEEK, MONTH], ids=["weekly", "report"])
def test_json_has_the_parts_and_no_revision_that_changes_nothing(run: Run, command: tuple[str, ...]) -> None:
    told = json.loads(run(*command, "--format", "json").out)["data"]["plan_changes"]
    (revision,) = (change for change in told if change["kind"] == "revision")
    assert (revision["revision"], revision["task"]) == (2, None)
    assert (revision["old"], revision["new"]) == (None, None), "days of a deadline only"
    assert [(p["kind"], p["what"], p["code"], [f["name"] for f in p["fields"]]) for p in revision["changes"]] == [
        ("changed", "area", "ND3", ["short"]), ("changed", "activity", "ND3.1", ["due"]),
    ]  # fmt: skip


def test_what_a_plan_says_of_itself_and_of_organisations_is_named(
    workspace: Path, run: Run, clock: Hands
) -> None:
    clock.set("2024-07-16")
    swap(workspace, 'number: "468/KH-HLHPNVN-UBDT"', 'number: "469/KH-HLHPNVN-UBDT"')
    swap(workspace, "\norganisations:\n", '\norganisations:\n  - id: "vd"\n    name: "Ví dụ A"\n')
    run("plan", "apply")
    clock.set("2024-07-22")
    said = " ".join(run(*WEEK).out.split())
    assert "số, ký hiệu: “468/KH-HLHPNVN-UBDT” → “469/KH-HLHPNVN-UBDT”" in said
    assert "vd “Ví dụ A”: thêm." in said
