"""Problems of a file: what must be mended comes before what may be."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.problem import Problem, ProblemsFound, Severity, errors_first


def problem(line: int, severity: Severity) -> Problem:
    return Problem("a.yaml", line, 1, severity, "P101", {})


severities: st.SearchStrategy[Severity] = st.sampled_from(("error", "warning"))


@given(st.lists(severities))
def test_errors_come_first_and_each_kind_keeps_its_order(drawn: list[Severity]) -> None:
    problems = [problem(line, severity) for line, severity in enumerate(drawn, 1)]
    found = errors_first(problems)
    assert found == [p for p in problems if p.severity == "error"] + [
        p for p in problems if p.severity == "warning"
    ]


def test_a_failure_has_its_problems_in_that_order() -> None:
    warning, error = problem(1, "warning"), problem(2, "error")
    failure = ProblemsFound("draft-source-problems", (warning, error), file="a.yaml")
    assert failure.problems == (error, warning)
    assert (failure.code, failure.params) == ("draft-source-problems", {"file": "a.yaml"})
