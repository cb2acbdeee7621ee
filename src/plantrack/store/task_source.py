"""Where a question about the tasks of a plan takes its rows from: `task` itself, or its twin as of a day."""

import re

#: The columns of `task` that a day before the last facts may have had otherwise.
_MOVING = frozenset(
    (
        "status",
        "percent",
        "blocked",
        "blocked_since",
        "completed_on",
        "updated_on",
        "due",
        "due_text",
        "first_due",
    )
)
_THERE = "o.plan = :plan AND o.counted = 1"


def ask_tasks(columns: str, condition: str, rest: str = "", *, past: bool) -> str:
    """Return the question for columns of the tasks `t` of `:plan` that count on `:day` and meet a condition.

    Of a `past` day, one before the last fact, `t` stands for the tasks as they stood on it: the same text asks both.
    """
    if past:
        return (
            f"SELECT {columns} FROM {_as_of(f'{columns} {condition} {rest}')} AS t WHERE {condition} {rest}"
        )
    there = "t.plan = :plan AND t.counted = 1 AND t.opened_on <= :day"
    return f"SELECT {columns} FROM task AS t WHERE {there} AND {condition} {rest}"


def _as_of(question: str) -> str:
    """Return the tasks as they stood on `:day`: what stands on the row had begun by then, or a stretch before held.

    They have the columns that a question names and no others: each one would be read.
    """
    columns = sorted({"uid", *re.findall(r"\bt\.(\w+)", question)})
    own = ", ".join(f"o.{column}" for column in columns)
    before = ", ".join(f"{'p' if column in _MOVING else 'o'}.{column}" for column in columns)
    # CROSS JOIN: the stretches of the day are looked up first; SQLite would walk all tasks.
    return (
        f"(SELECT {own} FROM task AS o WHERE {_THERE} AND o.opened_on <= :day AND o.settled_on <= :day "
        f"UNION ALL SELECT {before} FROM task_past AS p CROSS JOIN task AS o "
        f"WHERE o.uid = p.task AND p.last_day >= :day AND p.first_day <= :day AND {_THERE})"
    )
