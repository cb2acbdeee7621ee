"""How a failure is told: a sentence and a hint, a caret, problems, and in JSON the envelope."""

import json

import pytest

from plantrack.cli.failing.error_output import tell_failure
from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.model.problem import ProblemsFound
from tests.conftest import Run
from tests.support.factory import make_problem


def test_a_caret_points_into_the_filter(run: Run) -> None:
    lines = run("list", "overdue:maybe").err.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() == "^")
    assert lines[at - 1][lines[at].index("^") :] == "maybe"


def told(capsys: pytest.CaptureFixture[str], failure: Failure, **options: str) -> tuple[str, list[str]]:
    """Return what is printed of a failure, and the lines that are told of it."""
    session = Session()
    session.options.update(options)
    session.command = "list"
    tell_failure(session, failure)
    out, err = capsys.readouterr()
    return out, err.splitlines()


UNKNOWN = Failure("unknown-task", task="99", near=())


def test_a_failure_is_a_sentence_with_its_code_and_what_to_do_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, (said, hint) = told(capsys, UNKNOWN, lang="en")
    assert out == ""
    assert said.startswith("Error [unknown-task]: ")
    assert "99" in said
    assert hint.startswith("→ ")


def test_a_failure_is_told_also_where_the_database_says_nothing_any_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Gone:
        @property
        def told(self) -> object:
            raise Failure("server-gone", file="x", reason="")

    session = Session()
    session._db = Gone()  # type: ignore[assignment]
    tell_failure(session, UNKNOWN)
    assert "[unknown-task]" in capsys.readouterr().err


def test_quiet_does_not_silence_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(told(capsys, UNKNOWN, quiet="1")[1]) == 2


def test_the_place_in_what_was_typed_is_pointed_at(capsys: pytest.CaptureFixture[str]) -> None:
    failure = Failure("filter-value", term="overdue:x", excerpt="overdue:x\x1b", column=9)
    _, lines = told(capsys, failure, lang="en")
    assert lines[1:3] == ["  overdue:x\\x1b", " " * 10 + "^"]


def test_a_failure_of_the_language_is_told_in_that_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failure = Failure("unknown-language", language="fr", near=("vi", "en"))
    assert told(capsys, failure, lang="fr")[1][0].startswith("Lỗi [")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert told(capsys, failure, lang="fr")[1][0].startswith("Error [")


def test_in_json_the_envelope_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    out, (said, hint) = told(capsys, UNKNOWN, lang="en", format="json")
    error = json.loads(out)["error"]
    assert (error["code"], error["exit_code"], json.loads(out)["command"]) == ("unknown-task", 3, "list")
    assert (said, hint) == (f"Error [unknown-task]: {error['message']}", f"→ {error['hint']}")


PROBLEMS = ProblemsFound(
    "plan-has-problems", (make_problem(), make_problem(line=3, code="P028", params={})), file="plans/kh.yaml"
)


def test_problems_are_listed_before_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    out, lines = told(capsys, PROBLEMS, lang="en", width="200")
    assert out == ""
    first, second = (next(i for i, line in enumerate(lines) if code in line) for code in ("[P301]", "[P028]"))
    assert first < second < next(i for i, line in enumerate(lines) if "[plan-has-problems]" in line)


def test_in_json_problems_stand_in_the_envelope_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out, lines = told(capsys, PROBLEMS, format="json")
    assert [problem["code"] for problem in json.loads(out)["problems"]] == ["P301", "P028"]
    assert len(lines) == 2
