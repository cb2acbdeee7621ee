"""What a check found: each problem with its place, its line and a way out; of many warnings, a few."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.problem import Problem
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.plan import check as check_page
from tests.support.factory import (
    make_check,
    make_problem,
)

VI, EN = Words("vi"), Words("en")


def printed(document: Document, words: Words = VI, form: str = "plain") -> list[str]:
    return render(document, form, words, width=80, colour=False).split("\n")


def check(*problems: Problem, words: Words = VI) -> list[str]:
    return printed(check_page.document(make_check(*problems), words), words)


def test_a_problem_has_its_place_its_line_and_a_way_out() -> None:
    lines = check(make_problem())
    assert lines[0] == f"plans/kh.yaml:12:12: lỗi[P301]: {VI('problem.P301', value='ubtd')}"
    assert lines[1:3] == ['    12 │     lead: ["ubtd"]', "       │            ^"]
    assert lines[3].startswith("Gợi ý: Gần nhất: ubdt. ")
    summary = "Đã kiểm tra 1 tệp: 1 lỗi, 0 cảnh báo. Giải thích và ví dụ: plantrack help P301"
    assert lines[4:] == ["", summary, ""]


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    lines = check(make_problem(line=0, column=0, code="P002", params={}, excerpt="", near=()))
    assert lines[0].startswith("plans/kh.yaml: lỗi[P002]: ")
    assert lines[1].startswith("Gợi ý: ")


def test_nothing_wrong_is_said() -> None:
    assert check() == ["Đã kiểm tra 1 tệp, không có lỗi: plans/kh.yaml", ""]
    assert check(words=EN) == ["Checked 1 file, no problems: plans/kh.yaml", ""]


def make_warning(line: int, code: str = "P905", file: str = "plans/kh.yaml") -> Problem:
    """Return a warning of the activity in a line."""
    params = {"code": f"ND1.{line}"}
    return make_problem(
        file=file, line=line, severity="warning", code=code, params=params, excerpt="x", near=()
    )


def test_warnings_are_counted_apart() -> None:
    summary = "Checked 1 file: 1 error, 1 warning. Explained with examples: plantrack help P301"
    assert check(make_warning(3), make_problem(), words=EN)[-2] == summary


def test_warnings_that_nobody_wants_to_see_are_counted() -> None:
    for words, said in (
        (VI, "1 lỗi, 2 cảnh báo (không liệt kê 2 cảnh báo)."),
        (EN, "2 warnings (2 warnings not listed)."),
    ):
        view = make_check(make_problem())._replace(hidden=2)
        assert said in printed(check_page.document(view, words), words)[-2]
    clean = printed(check_page.document(make_check()._replace(hidden=2), VI))[0]
    assert clean == "Đã kiểm tra 1 tệp, không có lỗi: plans/kh.yaml (không liệt kê 2 cảnh báo)"


def test_of_many_warnings_of_a_kind_two_are_shown_and_the_lines_of_the_others() -> None:
    problems = [make_warning(n, code) for n in range(1, 17) for code in ("P905", "P906")]
    lines = check(*problems, words=EN)
    assert [line.split(":")[1] for line in lines if ": warning[" in line] == [
        "1",
        "1",
        "2",
        "2",
        " warning[P905]",
        " warning[P906]",
    ]
    assert (
        "plans/kh.yaml: warning[P905]: 14 more of this kind, lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 …"
        in lines
    )
    assert "plans/kh.yaml: cảnh báo[P906]: thêm 1 cảnh báo như trên, dòng 3" in check(
        *[make_warning(n, "P906") for n in (1, 2, 3)]
    )


def test_errors_are_always_shown_and_warnings_are_counted_by_file() -> None:
    errors = [make_problem(line=n) for n in range(1, 9)]
    warnings = [make_warning(n, file=file) for file in ("a.yaml", "b.yaml") for n in (1, 2)]
    assert sum("lỗi[P301]" in line for line in check(*errors)) == 8
    assert sum("cảnh báo[P905]" in line for line in check(*warnings)) == 4


def test_the_warnings_of_a_file_in_a_line() -> None:
    problems = [make_warning(1), make_warning(2), make_warning(2, "P906"), make_warning(1, file="/w/a.yaml")]
    assert check_page.warnings_of_files(problems, EN) == [
        "kh.yaml: 3 warnings (P905: 2, P906: 1). To see them: plantrack plan check",
        "a.yaml: 1 warning (P905: 1). To see them: plantrack plan check",
    ]
    assert check_page.warnings_of_files([], VI) == []


@pytest.mark.parametrize(
    "excerpt",
    ['x: "lỗi"', '民族: "lỗi"', 'Ksơ̆r: "lỗi"', '\tx:\x1b "lỗi"', "a" * 300 + '"lỗi"', '"lỗi"' + "b" * 300],
)
def test_the_caret_stands_under_its_character(excerpt: str) -> None:
    column = excerpt.index('"lỗi"') + 1
    _, line, caret, *_ = check(make_problem(excerpt=excerpt, column=column))
    assert caret.endswith("^")
    assert cell_width(line.partition('"lỗi')[0]) == cell_width(caret) - 1
    assert cell_width(line) <= 80
    assert "\x1b" not in line


def test_a_caret_may_stand_behind_the_line() -> None:
    _, line, caret, *_ = check(make_problem(excerpt="a: [", column=5))
    assert cell_width(caret) == cell_width(line) + 1


def test_problems_alone_have_no_summary() -> None:
    assert printed(check_page.problems_document([make_problem()], VI)) == check(make_problem())[:4] + [""]


def test_json_has_each_problem_in_words() -> None:
    error, warning = check_page.data(make_check(make_problem(), make_warning(3)), EN)
    assert list(error) == ["file", "line", "column", "severity", "code", "message", "hint"]
    assert (error["line"], error["column"], error["code"]) == (12, 12, "P301")
    assert error["message"] == EN("problem.P301", value="ubtd")
    assert str(error["hint"]).startswith("Nearest: ubdt. ")
    assert (warning["severity"], warning["line"]) == ("warning", 3)
