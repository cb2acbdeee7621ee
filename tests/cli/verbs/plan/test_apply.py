"""`plan apply` as it is typed: what is carried in, tried first, or refused."""

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan_json import plan_from_json
from plantrack.store import plan_content
from tests.conftest import Run, dump
from tests.support.plan_edits import MOVED, PLAN, RENAMED, SHORT, swap


def test_an_unchanged_plan_is_said_to_be(run: Run) -> None:
    applied = run("plan", "apply", "--format", "json")
    assert applied.code == 0
    (plan,) = json.loads(applied.out)["data"]
    assert (plan["plan"], plan["revision"], plan["changed"]) == ("kh-468-2024", 1, False)


def test_an_unchanged_plan_is_told_of_in_its_language_and_loaded_once(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Mock(wraps=plan_from_json)
    monkeypatch.setattr(plan_content, "plan_from_json", load)
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    swap(workspace, 'language: "vi"', 'language: "en"')
    assert run("plan", "apply").code == 0
    load.reset_mock()
    assert "is the same as revision 2" in run("plan", "apply").err
    assert load.call_count == 1


def test_a_plan_with_mistakes_is_not_applied_and_all_of_them_are_told(run: Run, workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(
        file.read_text("utf-8").replace("purpose:", "purpos:").replace('"2024-03-21"', "2024-03-21")
    )
    checked = run("plan", "check")
    assert checked.code == 5
    assert checked.out.count("lỗi[") == 2
    applied = run("plan", "apply")
    assert (applied.code, applied.out) == (5, "")
    assert applied.err.count("lỗi[") == 2
    in_json = run("plan", "apply", "--format", "json")
    assert sum(p["severity"] == "error" for p in json.loads(in_json.out)["problems"]) == 2


def test_a_dry_run_shows_the_same_page_as_diff(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, *SHORT)
    assert run("plan", "apply", "--dry-run").out == run("plan", "diff").out


def test_a_dry_run_refuses_what_apply_would(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    text = (workspace / PLAN).read_text("utf-8")
    start, end = text.index('      - code: "ND3.2"'), text.index("  # Tách làm hai hoạt động")
    (workspace / PLAN).write_text(text[:start] + text[end:], "utf-8")
    dry, done = run("plan", "apply", "--dry-run"), run("plan", "apply")
    assert (dry.code, done.code) == (4, 4)
    assert "plantrack drop 5 --reason" in dry.err
    assert dry.err == done.err
    assert "ND3.2" in dry.out
    assert done.out == ""


def test_a_dry_run_that_is_refused_is_one_answer_in_json(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    text = (workspace / PLAN).read_text("utf-8")
    start, end = text.index('      - code: "ND3.2"'), text.index("  # Tách làm hai hoạt động")
    (workspace / PLAN).write_text(text[:start] + text[end:], "utf-8")
    ended = run("plan", "apply", "--dry-run", "--format", "json")
    assert ended.code == 4
    assert json.loads(ended.out)["error"]["code"] == "plan-would-orphan"


def test_applying_says_what_changed_and_gives_it_in_json(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, '      - code: "ND3.1"\n', '      - code: "ND3.1"\n        due: "2024-Q3"\n')
    told = json.loads(run("plan", "apply", "--format", "json", "--reason", "thử").out)
    (done,) = told["data"]
    assert (done["revision"], done["tasks"]) == (2, ["4"])
    assert done["diff"]["changes"][0]["code"] == "ND3.1"
    assert "không có gì mới" in run("plan", "apply").err


def test_an_unfilled_draft_is_carried_in_only_by_its_name(workspace: Path, run: Run) -> None:
    assert run("plan", "new", "plans/kh-2025.yaml", "--from", "kh-468-2024", "--year", "2025").code == 0
    swap(workspace, *SHORT)
    ended = run("plan", "apply")
    assert ended.code == 0
    assert "plans/kh-2025.yaml" in ended.err
    assert "CẦN ĐIỀN" in ended.err
    assert [p["id"] for p in json.loads(run("db", "status", "--format", "json").out)["data"]["plans"]] == [
        "kh-468-2024"
    ]
    assert run("plan", "apply", "plans/kh-2025.yaml").code == 0
    assert "kh-2025" in run("plan", "apply").err, "once it is in use, it is like any other"


def test_a_renamed_code_that_was_carried_in_can_still_be_moved(workspace: Path, run: Run) -> None:
    swap(workspace, *RENAMED)
    ended = run("plan", "apply", "--lang", "en")
    assert "carry the earlier file in again, then this one with the line " + MOVED in ended.err
    swap(workspace, *reversed(RENAMED))
    assert run("plan", "apply").code == 0
    swap(workspace, *RENAMED)
    with (workspace / PLAN).open("a", encoding="utf-8") as file:
        file.write(f"{MOVED}\n")
    assert run("plan", "apply").code == 0


def test_it_is_told_what_was_carried_in_and_what_is_other_in_it(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    ended = run("--lang", "en", "plan", "apply", "--reason", "thử")
    assert (ended.code, ended.out) == (0, "")
    assert "kh-468-2024 as revision 2" in ended.err
    assert "0 added, 1 changed, " in ended.err
    assert "thử" in run("plan", "log").out
    assert "changed" not in run("--lang", "en", "plan", "apply").err


def test_a_script_gets_the_tasks_that_a_plan_changed(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, '      - code: "ND3.1"\n', '      - code: "ND3.1"\n        due: "2024-Q3"\n')
    ended = run("--lang", "en", "plan", "apply")
    assert ended.out == "4\n"
    assert "4" in ended.err.splitlines()[-1]


def test_nothing_is_carried_in_by_nobody(workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "")
    swap(workspace, *SHORT)
    before = dump(workspace / "plantrack.db")
    ended = run("plan", "apply")
    assert (ended.out, "[no-author]" in ended.err) == ("", True)
    assert dump(workspace / "plantrack.db") == before


def test_a_trial_says_how_it_is_carried_in_and_records_nothing(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    before = dump(workspace / "plantrack.db")
    ended = run("plan", "apply", "--dry-run")
    assert ended.code == 0
    assert Words("vi")("reply.plan-would-apply") in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_what_is_said_of_a_plan_is_in_its_language(workspace: Path, run: Run) -> None:
    swap(workspace, '\n  language: "vi"\n', '\n  language: "en"\n')
    assert run("plan", "apply").err.startswith("Carried in plan kh-468-2024")
