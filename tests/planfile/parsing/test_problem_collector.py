"""Where the mistakes of one check are gathered: each once, in order, and never without end."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.parsing.codes import NEEDS_LISTS, NEEDS_WHOLE_FILE
from plantrack.planfile.parsing.nodes import Scalar, SourceFile, Unread
from plantrack.planfile.parsing.problem_collector import LIMIT, ProblemCollector, excerpt
from tests.support.plan_cases import Case, check


def test_aliases_of_one_mistake_are_one_problem(tmp_path: Path) -> None:
    text = 'format: 1\nid: "x"\nyear: 2024\ntitle: "x"\nareas:\n  - &a {code: "ND1", title: no}\n  - *a\n'
    _, problems = check(Case("", text), tmp_path)
    assert [(p.line, p.code) for p in problems] == [(6, "P303"), (6, "P120")]


SOURCE = SourceFile("x.yaml", 0, ["một", "hai", "x" * 2000])
ERROR, WARNING = "P101", "P905"


def value(line: int = 1, column: int = 1) -> Scalar:
    return Scalar(SOURCE, line, column, "x", quoted=True)


def place(line: int = 1, column: int = 1) -> Unread:
    return Unread(SOURCE, line, column)


def found(report: ProblemCollector) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.code) for p in report.problems()]


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(1, 3), st.sampled_from((ERROR, WARNING, "P102")))))
def test_in_whatever_order_they_are_taken_they_come_by_position_each_once(
    drawn: list[tuple[int, int, str]],
) -> None:
    report = ProblemCollector()
    for line, column, code in drawn:
        report.add(place(line, column), code)
    assert found(report) == sorted(set(drawn))
    assert report.has_errors == any(code != WARNING for *_, code in drawn)


def test_a_value_is_found_wrong_once_and_nothing_is_concluded_from_it() -> None:
    report = ProblemCollector()
    report.add(value(), WARNING)
    assert not report.is_faulty(value())
    report.add(value(), ERROR)
    report.add(value(), "P102")
    report.add(value(), "P903")
    assert found(report) == [(1, 1, ERROR), (1, 1, WARNING)]
    assert report.is_faulty(value())
    report.distrust(value(2))
    report.add(value(2), ERROR)
    assert len(found(report)) == 2


def test_files_come_in_the_order_in_which_they_were_read() -> None:
    report, other = ProblemCollector(), SourceFile("a.yaml", 1, ["x"])
    report.add(Unread(other, 1, 1), ERROR)
    report.add(place(2), ERROR)
    assert [p.file for p in report.problems()] == ["x.yaml", "a.yaml"]


def test_of_a_file_that_was_read_in_part_nothing_is_said_that_the_rest_may_hold() -> None:
    report, other = ProblemCollector(), SourceFile("a.yaml", 1, ["x"])
    report.read_in_part(SOURCE)
    for code in (*NEEDS_WHOLE_FILE, *NEEDS_LISTS):
        report.add(place(), code)
    assert found(report) == []
    for code in (*NEEDS_WHOLE_FILE, *NEEDS_LISTS):
        report.add(Unread(other, 1, 1), code)
    assert [p.code for p in report.problems()] == sorted(NEEDS_WHOLE_FILE)
    report.add(place(), ERROR)
    assert report.has_errors


def test_no_more_are_kept_than_people_read_and_errors_go_first() -> None:
    report = ProblemCollector()
    for n in range(1, LIMIT + 50):
        assert not report.warned_enough or n > LIMIT
        report.add(place(1, n), WARNING)
    assert report.warned_enough
    assert not report.full
    for n in range(1, 4):
        report.add(place(2, n), ERROR)
    problems = report.problems()
    assert (problems[0].code, problems[0].line, problems[0].params) == ("P904", 0, {"limit": str(LIMIT)})
    assert len(problems) == LIMIT + 1
    assert sum(p.severity == "error" for p in problems) == 3
    for n in range(4, LIMIT + 2):
        report.add(place(2, n), ERROR)
    assert report.full
    assert {p.severity for p in report.problems()[1:]} == {"error"}


def test_the_line_is_shown_unless_it_is_too_long_or_not_there() -> None:
    report = ProblemCollector()
    for line, column in ((2, 1), (3, 1), (9, 9), (0, 0)):
        report.add(place(line, column), ERROR)
    assert [(p.line, p.column, p.excerpt) for p in report.problems()] == [
        (0, 0, ""), (2, 1, "hai"), (3, 1, ""), (3, 2001, ""),
    ]  # fmt: skip


@given(st.text() | st.text("a \n\t\x1b\u202e", max_size=200))
def test_what_was_written_is_shown_on_one_line_and_harmless(text: str) -> None:
    shown = excerpt(text)
    assert shown.isprintable()
    assert len(shown) <= 80
    assert shown == " ".join(shown.split())
    assert excerpt(shown) == shown


def test_near_words_are_looked_for_while_that_takes_little_time() -> None:
    report = ProblemCollector()
    assert report.near("leda", ["lead", "due"]) == ("lead",)
    assert report.near("x" * 81, ["x" * 81]) == ()
    many = [f"xyzw{n}" for n in range(20_000)]
    for n in range(5):
        report.near(f"lea{n}", [*many, "lead"])
    assert report.near("leadd", ["lead"]) == ("lead",), "a short list fits in what is left"
    assert report.near("leads", [*many, "lead"]) == ()


def test_a_key_under_another_name_is_not_missed() -> None:
    report = ProblemCollector()
    report.misspelt(place(), "lead")
    assert report.is_misspelt(place(), "lead")
    assert not report.is_misspelt(place(), "due")
    assert not report.is_misspelt(place(2), "lead")
