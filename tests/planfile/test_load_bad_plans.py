"""Every mistake is found where it stands, once, in words of both languages, by either parser of YAML."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.planfile.parsing import reader
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.planfile.parsing.source_text import MAX_BYTES
from tests.support.catalogues import EN, VI, texts
from tests.support.plan_cases import CASES, MARK, Case, check


def name(case: Case) -> str:
    return f"{case.code}-{[c for c in CASES if c.code == case.code].index(case) + 1}"


every_case = pytest.mark.parametrize("case", CASES, ids=name)


@cache
def checked(key: str) -> tuple[Plan | None, list[Problem]]:
    """Check a case, by its name, once for all tests that look at the result."""
    with TemporaryDirectory() as folder:
        return check(next(case for case in CASES if name(case) == key), Path(folder))


@every_case
def test_each_mistake_is_found_where_it_stands(case: Case) -> None:
    plan, problems = checked(name(case))
    found = [(p.file, p.line, p.column) for p in problems if p.code == case.code]
    assert found == sorted(case.marks(), key=lambda m: (m[0] != "plans/kh.yaml", m)), problems
    assert {p.severity for p in problems if p.code == case.code} == {SEVERITY[case.code]}
    assert (plan is None) == any(p.severity == "error" for p in problems)


# Neither a thousand problems nor thirty levels can be without others.
@pytest.mark.parametrize("case", [c for c in CASES if c.code not in ("P904", "P025")], ids=name)
def test_one_mistake_is_one_problem(case: Case) -> None:
    assert [p for p in checked(name(case))[1] if p.code != case.code] == []


@pytest.mark.parametrize("case", [c for c in CASES if c.near], ids=name)
def test_what_was_meant_is_named(case: Case) -> None:
    assert checked(name(case))[1][0].near[: len(case.near)] == case.near


@pytest.mark.parametrize("case", [c for c in CASES if len(c.text) < 1000], ids=name)
def test_the_line_is_shown(case: Case) -> None:
    for problem in checked(name(case))[1]:
        text = {"plans/kh.yaml": case.text, **case.files}[problem.file].replace(MARK, "")
        line = text.split("\n")[problem.line - 1] if problem.line else ""
        # What YAML refuses is shown as one sign of a lost letter each.
        assert all(c in (d, "\ufffd") for c, d in zip(problem.excerpt, line, strict=True))


@every_case
def test_each_problem_has_its_words(case: Case) -> None:
    for problem in checked(name(case))[1]:
        for words in (VI, EN):
            for key in (f"problem.{problem.code}", f"problem.{problem.code}.hint"):
                assert texts(words[key])[0].format(**problem.params).endswith(".")


def test_each_code_is_raised() -> None:
    across_files = {"P006", "P007", "P320"}  # raised by `check_files`, tested in test_load_check_files.py
    assert {case.code for case in CASES} == set(SEVERITY) - across_files


@pytest.mark.no_cover
@pytest.mark.parametrize("case", [c for c in CASES if len(c.text) < MAX_BYTES / 100], ids=name)
def test_without_libyaml(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check(case, tmp_path)
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    assert places(check(case, tmp_path)) == places(expected)


def places(checked: Any) -> list[tuple[str, int]]:
    # Inside a quoted text, the two parsers count to other ends of an escape.
    return [(p.code, p.line) for p in checked[1]]


def test_all_mistakes_in_one_go(tmp_path: Path) -> None:
    text = Path(__file__).with_name("many.yaml").read_text("utf-8")
    plan, problems = check(Case("", text), tmp_path)
    expected = [tuple(line.split()[1:]) for line in text.split("\n") if line.startswith("#:")]
    assert plan is None
    assert [(str(p.line), str(p.column), p.code) for p in problems] == expected


def test_what_stands_before_a_mistake_of_syntax_is_checked(tmp_path: Path) -> None:
    text = 'format: 1\nyeer: 2024\ndate: 2024-03-21\ntitle: "a" "b"\nareas: []\n'
    _, problems = check(Case("", text), tmp_path)
    assert [(p.line, p.column, p.code) for p in problems] == [
        (2, 1, "P101"),
        (3, 7, "P122"),
        (4, 12, "P040"),
    ]
