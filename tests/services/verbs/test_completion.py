"""What a shell may complete of what is in the database."""

import pytest

from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.completion import last_commands, plan_years, revision_numbers, tasks_typed
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from tests.support.steps import OpenContext


@pytest.fixture(autouse=True)
def many(context_on: OpenContext) -> None:
    named = [f"Việc {n}" for n in range(1, 113)]
    add(context_on("2024-07-01"), NewTask("", area="3"), named)
    update(context_on("2024-07-02"), ["11"], TypedUpdate(), "done")


def test_numbers_are_found_by_their_first_figures(context_on: OpenContext) -> None:
    at = context_on("2024-07-03")

    def found(typed: str, which: str = "any", most: int = 200) -> list[str]:
        return [label for label, _ in tasks_typed(at, typed, which, most)]

    assert found("1") == ["1", *map(str, range(10, 20)), *map(str, range(100, 113))]
    assert found("11") == ["11", "110", "111", "112"]
    assert found("11", "open") == ["110", "111", "112"]
    assert found("11", "closed") == found("", "closed") == ["11"]
    assert found("1", most=3) == ["1", "10", "11"]
    assert found("9999999") == found("99999999") == found("0") == []
    assert found("", "open", 2) == found("việc", "open", 2) == ["1", "2"]


def test_commands_plans_and_revisions(context_on: OpenContext) -> None:
    at = context_on("2024-07-03")
    assert [command.verb for command in last_commands(at)] == ["done", "add", "init"]
    assert plan_years(at) == [("kh-468-2024", "2024")]
    assert revision_numbers(at) == [("1", "2024-03-25 plans/kh-468-2024.yaml")]
