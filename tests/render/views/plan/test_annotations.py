"""Problems for other programs: what GitHub and GitLab read, and lines that editors find."""

import json
import re

from plantrack.i18n.words import Words
from plantrack.model.problem import Problem
from plantrack.render.views.plan.annotations import github, gitlab, line
from tests.support.factory import make_problem

VI, EN = Words("vi"), Words("en")
WHOLE = Problem("plans/kh.yaml", 0, 0, "error", "P002", {})
WARNING = Problem("plans/kh.yaml", 7, 3, "warning", "P905", {"code": "ND1.1"}, '  - code: "ND1.1"')


def test_a_line_has_place_grade_code_message_and_hint() -> None:
    lines = line([make_problem(), WHOLE], EN).split("\n")
    message, hint = EN("problem.P301", value="ubtd"), EN("problem.P301.hint")
    assert lines[0] == f"plans/kh.yaml:12:12: error[P301]: {message} Nearest: ubdt. {hint}"
    assert lines[1].startswith("plans/kh.yaml:1:1: error[P002]: The file has no content. ")
    assert lines[2:] == [""]


def test_github_gets_a_command_for_each_problem() -> None:
    error, whole, warning, end = github([make_problem(), WHOLE, WARNING], VI).split("\n")
    assert error.startswith("::error file=plans/kh.yaml,line=12,col=12,title=P301::Kế hoạch không có đơn vị ")
    assert whole.startswith("::error file=plans/kh.yaml,title=P002::Tệp không có nội dung. — ")
    assert warning.startswith("::warning file=plans/kh.yaml,line=7,col=3,title=P905::Hoạt động ND1.1 ")
    assert end == ""


def test_what_github_would_take_for_its_own_is_escaped() -> None:
    odd = make_problem(file="a,b:c%\n.yaml", params={"value": "100%\r\n::error::x"}, near=())
    (command, end) = github([odd], EN).split("\n")
    assert end == ""
    assert command.startswith("::error file=a%2Cb%3Ac%25%0A.yaml,line=12,col=12,title=P301::")
    assert "“100%25%0D%0A::error::x”" in command


def test_gitlab_gets_a_report() -> None:
    error, whole, warning = json.loads(gitlab([make_problem(), WHOLE, WARNING], EN))
    assert list(error) == ["description", "check_name", "fingerprint", "severity", "location"]
    assert error["location"] == {"path": "plans/kh.yaml", "lines": {"begin": 12}}
    assert whole["location"]["lines"] == {"begin": 1}
    assert [one["severity"] for one in (error, whole, warning)] == ["critical", "critical", "minor"]
    assert [one["check_name"] for one in (error, whole, warning)] == ["P301", "P002", "P905"]
    assert error["description"].startswith(EN("problem.P301", value="ubtd") + " — Nearest: ubdt. ")
    assert re.fullmatch("[0-9a-f]{64}", error["fingerprint"])


def test_no_problem_is_an_empty_report() -> None:
    assert (gitlab([], VI), github([], VI), line([], VI)) == ("[]\n", "", "")


def prints(*problems: Problem, words: Words = VI) -> list[str]:
    return [entry["fingerprint"] for entry in json.loads(gitlab(problems, words))]


def test_a_problem_is_the_same_one_when_its_line_moves() -> None:
    twice = make_problem(
        code="P304", params={"value": "ND1.1", "lines": "12, 15"}, excerpt='  - code: "ND1.1"'
    )
    moved = twice._replace(line=20, column=9, params={"value": "ND1.1", "lines": "20, 23"})
    assert prints(twice) == prints(moved._replace(excerpt='      - code: "ND1.1"'))
    assert prints(twice) == prints(twice, words=EN)


def test_each_problem_has_a_print_of_its_own() -> None:
    alike = [make_problem(line=n) for n in range(5)]
    others = [
        make_problem(code="P302"), make_problem(file="a.yaml"), make_problem(params={"value": "x"}),
        make_problem(excerpt="x"),
    ]  # fmt: skip
    assert len(set(prints(*alike, *others))) == 9
    assert prints(*alike)[:3] == prints(*alike[:3])
