"""`plan diff`, `plan apply --dry-run` and the notice of a newer file, as people and CI type them; git is the real one."""

import json
import os
from pathlib import Path

import pytest

from plantrack.services import plan_files
from tests.conftest import Run, dump
from tests.support.plan_edits import MOVED, PLAN, RENAMED, SHORT, swap
from tests.support.repository import commit, git, in_git


@pytest.fixture
def repository(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace as a git repository with the shipped plan committed on `main`."""
    return in_git(workspace, monkeypatch)


def test_no_difference_is_said_and_is_no_finding(run: Run) -> None:
    ended = run("plan", "diff", "--exit-code", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "There is no difference." in ended.out


def test_a_difference_is_shown_and_found_only_when_asked(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    ended = run("plan", "diff")
    assert ended.code == 0
    assert "tên ngắn: “Hội thảo và khuyến nghị” → “Hội thảo”" in ended.out
    assert "plantrack plan apply" in ended.err
    assert run("plan", "diff", "--exit-code").code == 1


def test_the_database_is_as_it_was(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, *SHORT)
    before = dump(workspace / "plantrack.db")
    assert run("plan", "diff").code == 0
    assert run("plan", "apply", "--dry-run").code == 0
    assert dump(workspace / "plantrack.db") == before


def test_markdown_for_a_merge_request(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    lines = run("plan", "diff", "--format", "md").out.splitlines()
    assert lines[0].startswith("# ")
    assert "## ND3 Hội thảo" in lines
    assert r"- **\~ ND3** **sửa**" in lines


def test_json_has_every_change_and_task(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, '      - code: "ND3.1"\n', '      - code: "ND3.1"\n        due: "2024-Q3"\n')
    told = json.loads(run("plan", "diff", "--format", "json").out)
    assert told["command"] == "plan diff"
    (view,) = told["data"]
    assert (view["plan"], view["differs"], view["against"]["kind"]) == ("kh-468-2024", True, "applied")
    (change,) = view["changes"]
    assert change["fields"] == [{"name": "due", "old": None, "new": "2024-Q3"}]
    (task,) = change["tasks"]
    assert (task["task"], [c["name"] for c in task["changes"]]) == ("4", ["due", "time"])
    assert view["counts"]["tasks"] == {"changing": 1, "keeping": 0, "blocking": 0}


# --- git ---


def test_a_branch_is_compared_with_main_without_a_database(repository: Path, run: Run) -> None:
    (repository / "plantrack.db").unlink()
    git(repository, "checkout", "-qb", "sua-ke-hoach")
    swap(repository, *SHORT)
    commit(repository, "tên ngắn")
    ended = run("plan", "diff", "--against", "main", "--exit-code", "--lang", "en")
    assert ended.code == 1, ended.err
    assert "Compared with main in git" in ended.out
    assert "short title" in ended.out
    assert not (repository / "plantrack.db").exists()


def test_a_file_that_was_not_there_is_all_new(repository: Path, run: Run) -> None:
    text = (
        (repository / PLAN)
        .read_text("utf-8")
        .replace('id: "kh-468-2024"', 'id: "kh-vi-du"')
        .replace('  - "due"\n', "")
    )
    (repository / "plans" / "vi-du.yaml").write_text(text, "utf-8")
    ended = run("plan", "diff", "plans/vi-du.yaml", "--against", "HEAD", "--lang", "en")
    assert ended.code == 0
    assert "all of it is new" in ended.out


def test_a_file_with_another_name_then_is_found_by_its_plan(repository: Path, run: Run) -> None:
    (repository / PLAN).rename(repository / "plans" / "ke-hoach.yaml")
    swap(repository, *SHORT, file="plans/ke-hoach.yaml")
    ended = run("plan", "diff", "--against", "main")
    assert "tên ngắn" in ended.out
    assert "sửa 1," in ended.out


def test_a_plan_can_be_named_instead_of_its_file(repository: Path, run: Run) -> None:
    text = (
        (repository / PLAN)
        .read_text("utf-8")
        .replace('id: "kh-468-2024"', 'id: "kh-vi-du"')
        .replace('  - "due"\n', "")
    )
    (repository / "plans" / "vi-du.yaml").write_text(text, "utf-8")
    told = json.loads(run("plan", "diff", "--plan", "kh-vi-du", "--format", "json").out)
    assert (told["plan"], [d["plan"] for d in told["data"]]) == ("kh-vi-du", ["kh-vi-du"])
    assert {p["severity"] for p in told["problems"]} == {"warning"}
    assert run("plan", "apply", "--plan", "kh-468-2024", PLAN).code == 0
    assert run("plan", "apply", "--plan", "kh-vi-du", PLAN).code == 2
    assert run("plan", "diff", "--plan", "khong-co").code == 2


def test_what_was_included_then_is_read_from_then(repository: Path, run: Run) -> None:
    (repository / "plans" / "chung").mkdir()
    shared = repository / "plans" / "chung" / "dia-ban.yaml"
    shared.write_text('places:\n  - {id: "kon-tum", name: "Kon Tum"}\n', "utf-8")
    swap(repository, "organisations:\n", 'include: ["plans/chung/dia-ban.yaml"]\norganisations:\n')
    commit(repository, "địa bàn")
    shared.write_text('places:\n  - {id: "kon-tum", name: "Tỉnh Kon Tum"}\n', "utf-8")
    ended = run("plan", "diff", "--against", "HEAD")
    assert "“Kon Tum” → “Tỉnh Kon Tum”" in ended.out


def test_from_anywhere_a_plan_includes_what_is_in_its_own_workspace(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (repository / "dia-ban.yml").write_text('places: [{id: "kon-tum", name: "Kon Tum"}]\n', "utf-8")
    swap(repository, "organisations:\n", 'include: ["dia-ban.yml"]\norganisations:\n')
    commit(repository, "địa bàn")
    swap(repository, *SHORT)
    (tmp_path / "nơi khác").mkdir()
    monkeypatch.chdir(tmp_path / "nơi khác")
    ended = run("plan", "diff", str(repository / PLAN), "--against", "HEAD")
    assert ended.code == 0, ended.err
    assert "→ “Hội thảo”" in ended.out


def test_a_plan_file_that_is_a_link_is_compared_with_what_it_leads_to(repository: Path, run: Run) -> None:
    (repository / "kho").mkdir()
    git(repository, "mv", PLAN, "kho/that.yaml")
    (repository / PLAN).symlink_to("../kho/that.yaml")
    made = commit(repository, "lối")
    swap(repository, *SHORT)
    ended = run("plan", "diff", "--against", "HEAD")
    assert ended.code == 0, ended.err
    assert "→ “Hội thảo”" in ended.out
    run("plan", "apply")
    newest = json.loads(run("plan", "log", "--format", "json").out)["data"][0]
    assert (newest["file"], newest["git_commit"], newest["dirty"]) == (PLAN, made, True)


def test_a_plan_with_mistakes_at_that_time_is_refused_with_its_place(repository: Path, run: Run) -> None:
    swap(repository, "year: 2024", "year: hai")
    commit(repository, "lỗi")
    swap(repository, "year: hai", "year: 2024")
    ended = run("plan", "diff", "--against", "HEAD")
    assert ended.code == 5
    assert "past-plan-has-problems" in ended.err
    assert "HEAD:kh-468-2024.yaml:" in ended.err


@pytest.mark.parametrize("revision", ["khong-co", "--all", "HEAD~99", "99"])
def test_a_revision_that_is_not_there(repository: Path, run: Run, revision: str) -> None:
    ended = run("plan", "diff", f"--against={revision}")
    assert ended.code == 3
    assert ended.out == ""


def test_outside_git_a_revision_of_git_is_not_found(workspace: Path, run: Run) -> None:
    assert run("plan", "diff", "--against", "main").code == 3


def test_a_number_is_an_applied_revision(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    run("plan", "apply")
    ended = run("plan", "diff", "--against", "1")
    assert "So với bản 1" in ended.out
    assert "→ “Hội thảo”" in ended.out


def test_the_commit_of_an_applied_file_is_kept(repository: Path, run: Run) -> None:
    swap(repository, *SHORT)
    made = commit(repository, "tên ngắn")
    run("plan", "apply")
    swap(repository, 'vi: "Hội thảo"', 'vi: "Hội nghị"')
    run("plan", "apply", "--reason", "chưa ghi vào git")
    newest, middle, _ = json.loads(run("plan", "log", "--format", "json").out)["data"]
    assert (middle["git_commit"], middle["dirty"]) == (made, False)
    assert (newest["git_commit"], newest["dirty"]) == (made, True)


# --- a newer file is noticed ---


def test_the_weekly_summary_says_it_in_its_footer(workspace: Path, run: Run) -> None:
    assert json.loads(run("weekly", "--format", "json").out)["data"]["provenance"]["newer_file"] is None
    swap(workspace, *SHORT)
    assert run("weekly").out.splitlines()[-1].startswith(f"Tệp {PLAN} đã có thay đổi chưa nạp")
    assert json.loads(run("weekly", "--format", "json").out)["data"]["provenance"]["newer_file"] == PLAN
    assert PLAN not in run("weekly", "--known-at", "2024-04-01").out
    run("plan", "apply")
    assert PLAN not in run("weekly").out


def test_an_included_file_counts_too(workspace: Path, run: Run) -> None:
    shared = workspace / "plans" / "chung" / "dia-ban.yaml"
    shared.parent.mkdir()
    shared.write_text('places:\n  - {id: "kon-tum", name: "Kon Tum"}\n', "utf-8")
    swap(workspace, "organisations:\n", 'include: ["plans/chung/dia-ban.yaml"]\norganisations:\n')
    run("plan", "apply")
    assert "dia-ban" not in run("weekly").out
    shared.write_text('places:\n  - {id: "kon-tum", name: "Tỉnh Kon Tum"}\n', "utf-8")
    assert "plans/chung/dia-ban.yaml" in run("weekly").out.splitlines()[-1]


def test_a_file_that_nobody_touched_is_not_read(workspace: Path) -> None:
    applied_since = (workspace / PLAN).stat().st_mtime + 60
    assert not plan_files._is_newer(workspace / PLAN, "another hash", applied_since)
    assert plan_files._is_newer(workspace / PLAN, "another hash", 0)


def test_an_older_file_put_in_its_place_is_noticed(workspace: Path, run: Run) -> None:
    other = workspace / "cũ.yaml"
    other.write_text((workspace / PLAN).read_text("utf-8").replace(*SHORT), "utf-8")
    os.utime(other, (1_000_000_000, 1_000_000_000))
    other.rename(workspace / PLAN)
    assert PLAN in run("weekly").out


def test_a_workspace_without_its_files_is_no_reason_to_speak(workspace: Path, run: Run) -> None:
    (workspace / PLAN).unlink()
    assert run("weekly").code == 0


def test_two_files_of_one_plan_are_not_compared(workspace: Path, run: Run) -> None:
    (workspace / "plans" / "copy.yaml").write_bytes((workspace / PLAN).read_bytes())
    assert run("plan", "diff").code == 5


def test_a_changed_deadline_comes_with_a_word_on_corrections(workspace: Path, run: Run) -> None:
    run("add", "--from-plan")
    swap(workspace, '      - code: "ND3.1"\n', '      - code: "ND3.1"\n        due: "2024-Q3"\n')
    assert "--correction" in run("plan", "diff").err


# --- a code that was renamed ---


def test_a_renamed_code_is_proposed_as_moved_not_as_dropped(workspace: Path, run: Run) -> None:
    run("add", "Việc", "--activity", "3.1")
    swap(workspace, *RENAMED)
    ended = run("plan", "diff", "--lang", "en")
    assert (
        f"The same title under another code: ND3.1 → ND3.9. If only the code has changed, write in the plan file before it is carried in: {MOVED}"
        in ended.out
    )
    assert MOVED in ended.err
    assert "plantrack drop" not in ended.err
    assert json.loads(run("plan", "diff", "--format", "json").out)["data"][0]["renamed"] == {"ND3.1": "ND3.9"}
    refused = run("plan", "apply")
    assert refused.code == 4
    assert MOVED in refused.err
    assert "plantrack drop" not in refused.err
    with (workspace / PLAN).open("a", encoding="utf-8") as file:
        file.write(f"{MOVED}\n")
    assert run("plan", "apply").code == 0
    assert json.loads(run("list", "--format", "json").out)["data"][0]["activity"] == "ND3.9"


def test_a_new_title_under_a_new_code_is_no_renamed_one(workspace: Path, run: Run) -> None:
    run("add", "Việc", "--activity", "3.1")
    swap(workspace, *RENAMED)
    before, after = (workspace / PLAN).read_text("utf-8").split('"ND3.9"')
    (workspace / PLAN).write_text(before + '"ND3.9"' + after.replace('vi: "', 'vi: "Khác ', 1), "utf-8")
    assert "plantrack drop 1" in run("plan", "apply").err
