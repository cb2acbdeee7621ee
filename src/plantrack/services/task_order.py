"""Tasks in the order of one of their fields."""

from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import Task
from plantrack.store.questions.task_order import order_by
from plantrack.store.questions.task_source import BY_DUE, TaskRows, TaskSource


class TaskOrder(NamedTuple):
    """Tasks by a field: those that have nothing in it come last, equal ones by due day, then label."""

    field: str
    backwards: bool
    #: Returns what of a task is compared where the store cannot tell the order; None: the task has nothing.
    key: Callable[[Task], Any]


def in_order(tasks: TaskSource, order: TaskOrder, limit: int | None) -> TaskRows:
    """Return tasks in an order: the store's, which reads only what is asked for, or that of texts, which reads all."""
    if by := order_by(order.field, backwards=order.backwards):
        return tasks.rows(by, limit)
    return TaskRows(tasks, lambda: partial(_sorted, tasks, order), limit)


def _sorted(tasks: TaskSource, order: TaskOrder) -> list[str]:
    """Return the uids of all tasks, sorted by what is compared of them; no more of them is held."""
    keyed = [(order.key(task), task.uid) for task in tasks.rows(BY_DUE)]
    there = [pair for pair in keyed if pair[0] is not None]
    there.sort(key=itemgetter(0), reverse=order.backwards)
    return [uid for _, uid in there] + [uid for key, uid in keyed if key is None]
