"""`plan check` as it is typed: which files, called what, in which form, with which exit code."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

WRONG = 'format: 1\nid: "kh-x"\nyear: 2024\ntitle: "x"\nareas:\n  - code: "ND1"\n    title: no\n'

PLAN = "plans/kh-468-2024.yaml"
UNSTATED = 'unstated:\n  - "lead"\n  - "due"\n'


@pytest.fixture(autouse=True)
def no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def warned(workspace: Path) -> Path:
    """The workspace with a plan that does not say that its source states neither leads nor dates."""
    file = workspace / PLAN
    text = file.read_text("utf-8")
    assert UNSTATED in text
    file.write_text(text.replace(UNSTATED, ""), "utf-8")
    return workspace


def test_the_shipped_plan_checks_with_no_warning(run: Run) -> None:
    ended = run("plan", "check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "Đã kiểm tra 1 tệp, không có lỗi: plans/kh-468-2024.yaml\n"
    assert json.loads(run("plan", "check", "--format", "json").out)["data"] == []


@pytest.mark.usefixtures("warned")
def test_warnings_are_no_error(run: Run) -> None:
    ended = run("plan", "check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(": cảnh báo[") == 6
    assert ended.out.startswith("plans/kh-468-2024.yaml:105:15: cảnh báo[P905]: ")
    assert len(ended.out.split("\n")) < 30
    assert len(json.loads(run("plan", "check", "--format", "json").out)["data"]) == 24


@pytest.mark.parametrize(("unstated", "left"), [("lead", "P906"), ("due", "P905")])
def test_what_is_unstated_is_not_missed_and_the_other_is(
    run: Run, warned: Path, unstated: str, left: str
) -> None:
    with (warned / PLAN).open("a", encoding="utf-8") as file:
        file.write(f"unstated: [{unstated}]\n")
    told = json.loads(run("plan", "check", "--format", "json").out)["data"]
    assert {p["code"] for p in told} == {left}


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("[leed]", "P109", "lead"), ("[chủ trì]", "P109", "lead"), ("lead", "P104", ""),
        ("[lead, lead]", "P319", ""), ("[]", None, ""),
    ],
)  # fmt: skip
def test_what_can_be_unstated(run: Run, warned: Path, written: str, code: str | None, hint: str) -> None:
    with (warned / PLAN).open("a", encoding="utf-8") as file:
        file.write(f"unstated: {written}\n")
    told = json.loads(run("plan", "check", "--errors-only", "--format", "json").out)["data"]
    assert [p["code"] for p in told] == ([code] if code else [])
    assert all(hint in p["hint"] for p in told)


@pytest.mark.parametrize("option", ["--errors-only", "--quiet"])
def test_without_warnings(run: Run, warned: Path, option: str) -> None:
    ended = run("plan", "check", option)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "Đã kiểm tra 1 tệp, không có lỗi: plans/kh-468-2024.yaml (không liệt kê 24 cảnh báo)\n"
    )
    (warned / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    ended = run("plan", "check", option)
    assert ended.code == 5
    assert "lỗi[P120]" in ended.out
    assert "cảnh báo[" not in ended.out
    for form in ("json", "line", "github", "gitlab"):
        told = run("plan", "check", option, "--format", form)
        assert told.code == 5
        assert "P905" not in told.out
        assert "P120" in told.out


def test_errors_stand_before_warnings(run: Run, warned: Path) -> None:
    (warned / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    told = json.loads(run("plan", "check", "--format", "json").out)["data"]
    grades = [p["severity"] for p in told]
    assert grades == sorted(grades)
    assert len({*grades}) == 2
    failed = json.loads(run("plan", "apply", "plans/x.yaml", "--format", "json").out)["problems"]
    assert failed[0]["severity"] == "error"


def test_of_a_field_to_be_filled_in_there_is_one_full_stop(run: Run, workspace: Path) -> None:
    with (workspace / PLAN).open("a", encoding="utf-8") as file:
        file.write("# CẦN ĐIỀN: ghi số.\n")
    assert "Còn chỗ chưa điền: ghi số.\n" in run("plan", "check").out


@pytest.mark.usefixtures("warned")
def test_warnings_are_told_in_a_line_when_a_plan_is_applied(run: Run) -> None:
    lines = run("plan", "apply").err.rstrip("\n").split("\n")
    assert lines[-1] == (
        "kh-468-2024.yaml: 24 cảnh báo (P905: 12, P906: 12). Xem chi tiết: plantrack plan check"
    )
    assert sum("P905" in line for line in lines) == 1
    assert len(json.loads(run("plan", "apply", "--format", "json").out)["problems"]) == 24


def test_the_forms_of_other_programs_have_every_problem(run: Run, warned: Path) -> None:
    (warned / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    said = [run("plan", "check", "--format", form) for form in ("line", "github", "gitlab")]
    assert [one.code for one in said] == [5, 5, 5]
    lines, commands = said[0].out.splitlines(), said[1].out.splitlines()
    assert (len(lines), len(commands), len(json.loads(said[2].out))) == (25, 25, 25)
    assert lines[0].startswith("plans/x.yaml:7:12: error[P120]: ")
    assert commands[0].startswith("::error file=plans/x.yaml,line=7,col=12,title=P120::")
    assert commands[1].startswith("::warning file=plans/kh-468-2024.yaml,line=105,col=15,title=P905::")
    assert json.loads(said[2].out)[0]["location"] == {"path": "plans/x.yaml", "lines": {"begin": 7}}


@pytest.mark.usefixtures("warned")
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
    form: str, name: str, run: Run, workspace: Path, warned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(workspace.parent))
    assert f"{workspace.name}/plans/kh-468-2024.yaml" in run("plan", "check", "--format", form).out
    assert f"{workspace.name}/plans" not in run("plan", "check").out


def test_a_missing_file_does_not_hide_the_problems_of_the_others(run: Run, workspace: Path) -> None:
    (workspace / "plans" / "x.yaml").write_text(WRONG, "utf-8")
    ended = run("plan", "check", "không-có.yaml", "plans/x.yaml", "plans/x.yaml")
    assert ended.code == 5
    assert "không-có.yaml: lỗi[P006]: Không có tệp này.\n" in ended.out
    assert "plans/x.yaml:7:12: lỗi[P120]: " in ended.out
    assert "Đã kiểm tra 2 tệp: 2 lỗi, 0 cảnh báo." in ended.out
