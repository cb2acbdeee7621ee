"""A form for an organisation: what it is, what it showed of a task, and the codes by which both are known again."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from plantrack.model.days import DueDay
from plantrack.model.history import Update, work_on
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Status
from plantrack.model.text import fold

#: What stands before the code of a form, in the sheet that nobody sees and, in either language, in the one all see.
MARK: Final = "plantrack-form"
_UID: Final = "[0-9A-HJKMNP-TV-Z]{26}"
_FORM: Final = re.compile(rf"(?:{MARK}|mã biểu|form code)\s*:?\s*({_UID})", re.IGNORECASE)
_ROW: Final = re.compile(rf"({_UID})-([0-9a-f]{{16}})")


class Form(NamedTuple):
    """A form that was made, as it is kept."""

    uid: str
    plan: str
    organisation: str
    period: str
    #: The day that an empty day in it stands for.
    closing_day: str
    #: The filter; empty: all its open tasks.
    selection: str
    recorded_at: str
    author: str | None
    #: How many tasks it asks of.
    tasks: int


class ShownState(NamedTuple):
    """What a form shows of a task: what may be otherwise by the time it comes back."""

    title: str
    due: str | None
    due_text: str | None
    status: Status
    percent: int | None
    blocked: str | None
    #: The day of the last update; and what the last result was, and its day.
    said_on: str | None
    result: str | None
    result_on: str | None = None
    #: In whole đồng, in all.
    allocated: int | None = None
    spent: int | None = None

    @property
    def fingerprint(self) -> str:
        """Return what is another one as soon as any of it is otherwise."""
        whole = json.dumps(self, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def shown_state(title: str, due: DueDay, updates: Sequence[Update], day: str) -> ShownState:
    """Return what is shown of a task as of a day; `updates`: those that count, in their order."""
    work = work_on(updates, day)
    result = last_saying(updates, "result", day)
    return ShownState(
        title=title,
        due=due.day,
        due_text=due.text,
        status=work.status,
        percent=work.percent,
        blocked=work.blocked,
        said_on=work.updated_on,
        result=result.result if result else None,
        result_on=result.on if result else None,
        allocated=work.allocated,
        spent=work.spent,
    )


def last_saying(updates: Iterable[Update], field: str, day: str) -> Update | None:
    """Return the last update up to a day that says something in a field."""
    return max(
        (u for u in updates if u.on <= day and getattr(u, field)),
        key=lambda u: (u.on, u.recorded_at, u.uid),
        default=None,
    )


def new_task_key(form: str, title: str) -> str:
    """Return what a new task of a form is known by when it comes again, by the form or in a table made of it."""
    return f"{form}-{hashlib.sha256(fold(title).encode()).hexdigest()[:16]}"


def form_code(text: str) -> str | None:
    """Return the uid of a form out of a text that has its code."""
    found = _FORM.search(text)
    return found[1].upper() if found else None


def row_code(task: str, state: ShownState) -> str:
    """Return the code of a row: which task it is of, and the fingerprint of what it shows."""
    return f"{task}-{state.fingerprint}"


def read_row_code(text: str) -> tuple[str, str] | None:
    """Return the uid and the fingerprint that a row's code has; None for other texts."""
    found = _ROW.fullmatch(text)
    return (found[1], found[2]) if found else None
