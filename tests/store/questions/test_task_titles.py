"""Tasks by their titles and by how their numbers begin."""

from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.store.questions.task_titles import titles, titles_by_number
from tests.support.steps import OpenContext


def test_numbers_are_found_by_their_first_figures(context_on: OpenContext) -> None:
    add(context_on("2024-07-01"), NewTask("", area="3"), [f"Việc {n}" for n in range(1, 113)])
    tasks = context_on("2024-07-03").tasks
    assert titles_by_number(tasks, "11", 9, "vi") == [(n, f"Việc {n}") for n in ("11", "110", "111", "112")]
    assert titles_by_number(tasks, "11", 2, "vi") == [("11", "Việc 11"), ("110", "Việc 110")]
    for typed in ("0", "00", "113", "9999999", "1" * 400):
        assert titles_by_number(tasks, typed, 9, "vi") == []


def test_titles_are_in_the_language_where_there_is_one(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    tasks = context_on("2024-07-03").tasks
    vietnamese, english = titles(tasks, 1, "vi"), titles(tasks, 1, "en")
    assert vietnamese[0][0] == english[0][0]
    assert vietnamese != english
