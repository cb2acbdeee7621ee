"""`plan check` as it is typed: which files, called what, in which form, with which exit code."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

WRONG = 'format: 1\nid: "kh-x"\nyear: 2024\ntitle: "x"\nareas:\n  - code: "ND1"\n    title: no\n'


@pytest.fixture(autouse=True)
def no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_the_shipped_plan_has_warnings_and_is_no_error(run: Run) -> None:
    ended = run("plan", "check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(": warning[") == 6
    assert ended.out.startswith("plans/kh-468-2024.yaml:104:15: warning[P905]: ")
    assert len(ended.out.split("\n")) < 30
    assert len(json.loads(run("plan", "check", "--format", "json").out)["data"]) == 24


def test_warnings_are_told_in_a_line_when_a_plan_is_applied(run: Run, workspace: Path) -> None:
    lines = run("plan", "apply").err.rstrip("\n").split("\n")
    assert lines[-1] == (
        "kh-468-2024.yaml: 24 cảnh báo (P905: 12, P906: 12). Xem chi tiết: plantrack plan check"
    )
    assert sum("P905" in line for line in lines) == 1
    assert len(json.loads(run("plan", "apply", "--format", "json").out)["problems"]) == 24


def test_the_forms_of_other_programs_have_every_problem(run: Run, workspace: Path) -> None:
    (workspace / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    said = [run("plan", "check", "--format", form) for form in ("line", "github", "gitlab")]
    assert [one.code for one in said] == [5, 5, 5]
    lines, commands = said[0].out.splitlines(), said[1].out.splitlines()
    assert (len(lines), len(commands), len(json.loads(said[2].out))) == (25, 25, 25)
    assert lines[-1].startswith("plans/x.yaml:7:12: error[P120]: ")
    assert commands[-1].startswith("::error file=plans/x.yaml,line=7,col=12,title=P120::")
    assert commands[0].startswith("::warning file=plans/kh-468-2024.yaml,line=104,col=15,title=P905::")
    assert json.loads(said[2].out)[-1]["location"] == {"path": "plans/x.yaml", "lines": {"begin": 7}}


def test_they_go_into_a_file_too(run: Run, workspace: Path) -> None:
    ended = run("plan", "check", "--format", "gitlab", "--output", "gl.json")
    assert (ended.code, ended.out) == (0, "")
    assert len(json.loads((workspace / "gl.json").read_text("utf-8"))) == 24


@pytest.mark.parametrize("form", ["github", "gitlab", "line"])
def test_other_commands_have_not_these_forms(form: str, run: Run) -> None:
    ended = run("--lang", "en", "list", "--format", form)
    assert ended.code == 2
    assert "table, plain, json, md" in ended.err
    assert "gitlab" not in ended.err.replace("“gitlab”", "")


def test_an_unknown_form_is_told_which_there_are(run: Run) -> None:
    assert "line, github, gitlab." in run("plan", "check", "--format", "sarif").err


def test_files_are_called_from_the_folder_one_is_in(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    (workspace / "khác").mkdir()
    found = {}
    for folder, args in ((".", ()), ("plans", ("x.yaml",)), ("khác", ("../plans/x.yaml",)), ("khác", ())):
        monkeypatch.chdir(workspace / folder)
        last = run("plan", "check", *args, "--format", "line").out.splitlines()[-1]
        found[folder, *args] = last.partition(":")[0]
    assert list(found.values()) == ["plans/x.yaml", "x.yaml", "../plans/x.yaml", "plans/x.yaml"]


@pytest.mark.parametrize(("form", "name"), [("github", "GITHUB_WORKSPACE"), ("gitlab", "CI_PROJECT_DIR")])
def test_a_runner_gets_paths_from_the_repository(
    form: str, name: str, run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(workspace.parent))
    assert f"{workspace.name}/plans/kh-468-2024.yaml" in run("plan", "check", "--format", form).out
    assert f"{workspace.name}/plans" not in run("plan", "check").out


def test_a_missing_file_does_not_hide_the_problems_of_the_others(run: Run, workspace: Path) -> None:
    (workspace / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    ended = run("plan", "check", "không-có.yaml", "plans/x.yaml", "plans/x.yaml")
    assert ended.code == 5
    assert "không-có.yaml: error[P006]: Không có tệp này.\n" in ended.out
    assert "plans/x.yaml:7:12: error[P120]: " in ended.out
    assert "Đã kiểm tra 2 tệp: 2 lỗi, 0 cảnh báo." in ended.out
