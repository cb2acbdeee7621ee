"""`add` as it is typed: each option is a fact of the task, titles may come from standard input."""

import json

from tests.conftest import Run


def test_a_command_that_writes_answers_with_labels_alone(run: Run) -> None:
    added = run("add", "Họp", "rà", "soát", "--area", "3")
    assert added.out == "1\n"
    assert "Họp rà soát" in added.err
    assert run("add", "--from-plan").out.split() == [str(n) for n in range(2, 14)]


def test_an_answer_in_json_has_the_tasks(run: Run) -> None:
    told = json.loads(run("add", "Họp", "--area", "3", "--format", "json").out)
    assert (told["command"], told["plan"], told["error"]) == ("add", "kh-468-2024", None)
    assert [t["label"] for t in told["data"]] == ["1"]
