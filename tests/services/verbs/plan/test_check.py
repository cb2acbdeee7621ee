"""Checking plan files: without a database, with every problem of each."""

from pathlib import Path

from plantrack.services.verbs.plan.check import check
from tests.support.steps import (
    PLAN_FILE,
    rewritten,
)


def test_a_check_needs_no_database_and_gives_every_problem(workspace: Path) -> None:
    file = rewritten(workspace, ("year: 2024", "year: hai"), ('code: "ND7.2"', 'code: "ND7.1"'))
    (workspace / "plantrack.db").unlink()
    found = check([file], workspace)
    assert len({p.code for p in found.problems if p.severity == "error"}) >= 2
    assert all(p.line > 0 and p.column > 0 for p in found.problems)


def test_the_shipped_plan_has_no_error_and_says_what_its_source_does_not(workspace: Path) -> None:
    problems = check([workspace / PLAN_FILE], workspace).problems
    assert problems == ()


def test_two_files_of_one_plan_are_a_problem_of_the_second(workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    other = workspace / "plans" / "other.yaml"
    other.write_bytes(file.read_bytes())
    (problem,) = [p for p in check([file, other], workspace).problems if p.severity == "error"]
    assert (problem.file, problem.code, problem.severity) == (str(other), "P320", "error")
