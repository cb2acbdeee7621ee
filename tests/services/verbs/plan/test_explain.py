"""Every code of problems has an example: wrong files that have just that problem, and the same put right."""

from pathlib import Path

import pytest

from plantrack import help as manual
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.planfile.load import check_files
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.render.layout.blocks import Paragraph, Verbatim, text_of
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.plan.explain import document
from plantrack.services.verbs.plan.explain import explain

FOLDER = Path(str(manual.__file__)).parent / "problems"
#: What a few lines cannot show: size, number, and files that are not there.
IN_WORDS = {"P001", "P005", "P006", "P007", "P904"}
#: A list in a list is never right where it stands.
COMES_WITH = {"P025": {"P103"}}

with_example = pytest.mark.parametrize("code", sorted(set(SEVERITY) - IN_WORDS))
languages = pytest.mark.parametrize("language", LANGUAGES)


@with_example
def test_what_is_shown_as_wrong_has_this_problem_and_no_other(code: str) -> None:
    found = {p.code for p in check_files(sorted(FOLDER.glob(f"{code}.wrong*.yaml")), FOLDER)}
    assert found == {code} | COMES_WITH.get(code, set())


@with_example
def test_what_is_shown_as_right_has_none(code: str) -> None:
    assert check_files(sorted(FOLDER.glob(f"{code}.right*.yaml")), FOLDER) == []


@with_example
def test_each_problem_stands_in_lines_that_are_shown(code: str) -> None:
    lesson = explain(code, FOLDER)
    shown = {(snippet.file, number) for snippet in lesson.wrong for number, _ in snippet.lines}
    assert lesson.problems
    for problem in lesson.problems:
        outside = problem.file.startswith("shared/") or problem.line == 0
        assert outside or (problem.file, problem.line) in shown
    assert [s.lines for s in lesson.wrong] != [s.lines for s in lesson.right]


@languages
@pytest.mark.parametrize("code", SEVERITY)
def test_a_lesson_fits_a_screen(code: str, language: str) -> None:
    blocks = document(explain(code, FOLDER), Words(language)).blocks
    lines = [line for b in blocks if isinstance(b, Verbatim) for line in b.lines]
    texts = [text_of(b.said) for b in blocks if isinstance(b, Paragraph)]
    assert max(map(cell_width, lines), default=0) <= 80
    assert len(lines) + sum(cell_width(text) // 78 + 1 for text in texts) < 30
    assert code in texts[0]


@pytest.mark.parametrize("code", sorted(IN_WORDS))
def test_what_no_example_shows_is_said(code: str) -> None:
    texts = [
        text_of(b.said)
        for b in document(explain(code, FOLDER), Words("en")).blocks
        if isinstance(b, Paragraph)
    ]
    assert texts[-1] == "There is no example, as a few lines of a file cannot show this."
    assert len(texts) == 3


def test_the_lesson_is_what_the_check_says() -> None:
    blocks = document(explain("P202", FOLDER), Words("en")).blocks
    assert [
        b.lines if isinstance(b, Verbatim) else text_of(b.said)
        for b in blocks
        if isinstance(b, Verbatim | Paragraph)
    ] == [
        "P202, an error: The calendar has no day ….",
        "A wrong example:",
        ('  16 │         due: "2024-02-30"', "     │              ^"),
        "vi-du.yaml:16:14: error[P202]: The calendar has no day 2024-02-30.",
        'Hint: Probably: "2024-02-29". Write a day that exists, in a year from 1900 to 2199.',
        "A right example:",
        ('  16 │         due: "2024-02-29"',),
    ]


def test_there_are_examples_of_codes_and_what_they_include_and_nothing_else() -> None:
    names = {path.name.partition(".")[0] for path in FOLDER.glob("*.yaml")}
    assert names == set(SEVERITY) - IN_WORDS
    kinds = {path.name.split(".", 1)[1] for path in FOLDER.glob("*.yaml")}
    assert kinds == {"wrong.yaml", "right.yaml", "wrong2.yaml", "right2.yaml"}
