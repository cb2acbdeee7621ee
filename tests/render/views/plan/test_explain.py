"""A code explained: the wrong lines with a caret under each problem, what is said of them, the right lines."""

from plantrack.i18n.words import Words
from plantrack.model.views.plan import Lesson, Snippet
from plantrack.render.layout.blocks import Paragraph, Verbatim, text_of
from plantrack.render.views.plan.explain import document
from tests.support.factory import make_problem

VI, EN = Words("vi"), Words("en")
WRONG = Snippet("kh.wrong.yaml", ((1, "format: 1"), (12, '    lead: ["ubtd"]'), (13, "    due: 2024-Q2")))
RIGHT = Snippet("kh.right.yaml", ((1, "format: 1"), (2, '    lead: ["ubdt"]')))
LESSON = Lesson("P301", "error", (WRONG,), (make_problem(file="kh.wrong.yaml"),), (RIGHT,))


def shown(lesson: Lesson) -> list[tuple[str, ...]]:
    return [block.lines for block in document(lesson, VI).blocks if isinstance(block, Verbatim)]


def said(lesson: Lesson, words: Words = VI) -> list[str]:
    return [text_of(block.said) for block in document(lesson, words).blocks if isinstance(block, Paragraph)]


def test_a_caret_stands_under_each_problem_and_a_gap_is_marked() -> None:
    wrong, right = shown(LESSON)
    at = wrong.index('  12 │     lead: ["ubtd"]')
    assert wrong[at + 1].index("^") == wrong[at].index('"')
    assert wrong[at - 1].strip() == "⋮"
    assert sum("^" in line for line in wrong) == 1
    assert not any("^" in line or "⋮" in line for line in right)


def test_the_problem_is_said_once_however_many_are_alike() -> None:
    twice = LESSON._replace(problems=(*LESSON.problems, make_problem(file="kh.wrong.yaml", line=13)))
    assert said(twice) == said(LESSON)
    assert sum(EN("problem.P301", value="ubtd") in text for text in said(twice, EN)) == 1


def test_files_are_named_where_there_are_several() -> None:
    assert "kh.wrong.yaml:" not in shown(LESSON)[0]
    several = LESSON._replace(wrong=(WRONG, WRONG._replace(file="shared/orgs.yaml")))
    assert [lines[0] for lines in shown(several)[:2]] == ["kh.wrong.yaml:", "shared/orgs.yaml:"]


def test_a_problem_of_a_file_that_is_not_shown_brings_its_line() -> None:
    outside = LESSON._replace(problems=(make_problem(file="shared/orgs.yaml"),))
    lines = [line for block in shown(outside) for line in block]
    assert sum("^" in line for line in lines) == 1


def test_what_no_example_shows_is_said_and_warnings_are_called_so() -> None:
    alone = Lesson("P001", "error", (), (), ())
    assert shown(alone) == []
    assert said(alone, EN)[-1] == EN("lesson.none")
    assert said(LESSON, EN)[0].startswith("P301, an error: ")
    assert said(LESSON._replace(severity="warning"), EN)[0].startswith("P301, a warning: ")
