"""What a task's row names of other tasks."""

from plantrack.model.history import END_OF_TIME
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.log import log
from plantrack.services.verbs.show import show
from plantrack.store.known import show_as_known
from plantrack.store.questions.task_relations import series_of
from tests.support.steps import OpenContext, moment_of, opened, said, stood


def test_a_series_has_its_tasks_in_order_without_those_that_do_not_count(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-01-02", due="31/1/2024", every="month")
    for day, label in (("2024-01-30", task), ("2024-01-31", "2")):
        said(context_on, day, label, "done")
    alone = opened(context_on, "2024-01-31")
    db = context_on().db
    firsts = [uid for (uid,) in db.query("SELECT uid FROM task WHERE occurrence_of IS NULL ORDER BY number")]
    series = series_of(db, firsts, END_OF_TIME)
    assert [(one.label, one.is_open) for one in series[firsts[0]]] == [
        (task, False),
        ("2", False),
        ("3", True),
    ]
    assert [one.label for one in series[firsts[1]]] == [alone]
    remove(context_on("2024-02-01"), ["3"], "nhầm")
    assert [one.label for one in series_of(db, firsts, END_OF_TIME)[firsts[0]]] == [task, "2"]
    assert (stood(context_on, "2").occurrence_of, stood(context_on, task).occurrence_of) == (task, None)


def test_of_a_day_a_series_has_those_that_were_opened_by_then(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-01-02", due="31/1/2024", every="month")
    said(context_on, "2024-01-30", task, "done")
    db = context_on().db
    first = stood(context_on, task).uid
    for day, labels in (("2024-01-01", []), ("2024-01-29", [task]), ("2024-01-30", [task, "2"])):
        assert [one.label for one in series_of(db, [first], day).get(first, ())] == labels
    assert show(context_on(as_of="2024-01-29"), [task]).shown[0].series == (task,)


def test_what_is_not_known_is_not_named(context_on: OpenContext) -> None:
    before = opened(context_on, "2024-01-02", "Trước")
    task = opened(context_on, "2024-01-02", "Sau", after=(before,))
    moment = moment_of(said(context_on, "2024-01-03", task, "start"))
    said(context_on, "2024-01-04", task, percent="10")
    context = context_on()
    uid = stood(context_on, task).uid
    show_as_known(context.db, moment, [uid])
    (alone,) = context.tasks.read([uid])
    assert (alone.percent, alone.after, alone.waits_for) == (None, (), ())
    assert "after" not in {entry.field for entry in log(context, [task]).entries}
    show_as_known(context.db, None)
    assert stood(context_on, task).after == (before,)
