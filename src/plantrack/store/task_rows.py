"""Rows of tasks: own fields, and beside them the state that all known facts give, kept for speed."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from plantrack.model.counting import Cutoffs, deadline_state, is_stale
from plantrack.model.history import Holders, State
from plantrack.model.named_tuple import NamedTuple, by_name
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.status import STATUSES
from plantrack.model.task import Task, task_label


class TaskRow(NamedTuple):
    """A row of the table: its fields are the columns, lists are joined."""

    uid: str
    site: str
    number: int
    plan: str
    area: str
    activity: str | None
    title: str
    title_en: str | None
    start_day: str | None
    priority: str
    deliverable: str | None
    deliverable_en: str | None
    tags: str
    places: str
    follows: str
    opened_on: str
    removed: str | None
    command: str
    recorded_at: str
    #: The task of an earlier plan that this one goes on with.
    carried_from: str | None = None
    #: Of recurring work: the step, until which day (none: the plan's last), and what `rhythm_of` keeps.
    every: str | None = None
    every_until: str | None = None
    every_from: str | None = None
    #: The first task of its series; none: itself, or no series.
    occurrence_of: str | None = None
    #: The due days after its own that were let go when it was closed.
    fell_out: str = ""
    #: The tasks that come before it, by uid.
    after: str = ""
    #: What it may cost, in whole đồng, and from where the money comes.
    budget: int | None = None
    budget_source: str | None = None
    #: The paper that gave it.
    document_number: str | None = None
    document_day: str | None = None
    document_issuer: str | None = None
    document_subject: str | None = None
    # From here on derived from the facts.
    #: The title, without tones and case.
    title_key: str = ""
    status: str = "not_started"
    percent: int | None = None
    blocked: str | None = None
    blocked_since: str | None = None
    completed_on: str | None = None
    updated_on: str | None = None
    #: What was allocated and spent so far, in whole đồng.
    allocated: int | None = None
    spent: int | None = None
    due: str | None = None
    due_text: str | None = None
    first_due: str | None = None
    lead: str = ""
    coordinating: str = ""
    in_charge: str = ""
    #: Whether it counts: neither removed nor taken back.
    counted: int = 1
    #: Whether it counts and is open.
    is_open: int = 0
    #: The first day of the stretch whose state is kept here; of the days before, `task_past` has it.
    settled_on: str = ""

    @property
    def label(self) -> str:
        """Return the name people use."""
        return task_label(self.site, self.number)


#: The columns that are derived.
DERIVED = TaskRow._fields[TaskRow._fields.index("title_key") :]


def with_derived(row: TaskRow, values: Sequence[object]) -> TaskRow:
    """Return the row with other values in all columns that are derived, in their order."""
    return TaskRow._make((*row[: -len(DERIVED)], *values))


def with_fields(row: TaskRow, values: Mapping[str, Any]) -> TaskRow:
    """Return the row with other values in some columns."""
    return row._replace(**values)


def counts(row: TaskRow, gone: Mapping[str, int]) -> bool:
    """Return whether a task was neither removed nor withdrawn; `gone`: the commands that were taken back."""
    return row.removed is None and row.command not in gone


def with_state(row: TaskRow, state: State) -> TaskRow:
    """Return the row with the state of some day."""
    work, due, holders = state
    return row._replace(
        **holder_columns(holders),
        status=work.status,
        percent=work.percent,
        blocked=work.blocked,
        blocked_since=work.blocked_since,
        completed_on=work.completed_on,
        updated_on=work.updated_on,
        allocated=work.allocated,
        spent=work.spent,
        due=due.due,
        due_text=due.due_text,
        first_due=due.first_due,
    )


def holder_columns(holders: Holders) -> dict[str, Any]:
    """Return the columns of those who have the roles."""
    return {role: joined(parties) for role, parties in holders._asdict().items()}


_new_task = by_name(Task)


def task_of(row: TaskRow, clock: Cutoffs | None = None) -> Task:
    """Return the task that a row holds; with a clock it has its deadline state."""
    status = STATUSES[row.status]
    return _new_task(
        uid=row.uid, site=row.site, number=row.number, plan=row.plan, area=row.area,
        activity=row.activity, title=Text._make((row.title, row.title_en)), start=row.start_day,
        priority=row.priority,
        deliverable=Text._make((row.deliverable, row.deliverable_en)) if row.deliverable else None,
        tags=split(row.tags), places=split(row.places), follows=split(row.follows),
        opened_on=row.opened_on, status=status, percent=row.percent, blocked=row.blocked,
        blocked_since=row.blocked_since, due=row.due, due_text=row.due_text,
        first_due=row.first_due, completed_on=row.completed_on, lead=split(row.lead),
        coordinating=split(row.coordinating), in_charge=split(row.in_charge),
        updated_on=row.updated_on, carried_from=None, carried_to=None, every=row.every,
        until=row.every_until, occurrence_of=None, after=(), waits_for=(), parts=(),
        budget=row.budget, budget_source=row.budget_source, allocated=row.allocated,
        spent=row.spent, document=document_of(row),
        deadline_state=clock and deadline_state(status, row.due, row.completed_on, clock),
        stale=clock is not None and is_stale(status, row.updated_on, row.opened_on, clock),
    )  # fmt: skip


def document_of(row: TaskRow) -> CitedDocument | None:
    """Return the document that gave a task, where one is known."""
    title = None if row.document_subject is None else Text(row.document_subject)
    found = CitedDocument(title, None, row.document_number, row.document_day, row.document_issuer)
    return found if any(found) else None


def document_columns(document: CitedDocument) -> dict[str, str | None]:
    """Return the columns of the document that gave a task."""
    return {
        "document_number": document.number,
        "document_day": document.date,
        "document_issuer": document.issuer,
        "document_subject": document.title.vi if document.title else None,
    }


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, ...]:
    """Read a list as it is stored."""
    return tuple(text.split(", ")) if text else ()


def joined(items: Iterable[str]) -> str:
    """Write a list as it is stored."""
    return ", ".join(items)
