"""A task as it stood on a day, with all that reports and filters ask of it."""

from plantrack.model.history import Part
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.status import OPEN, DeadlineState, Status

#: Every field and role of a task that can follow the plan, in the order in which they are stored.
FOLLOWABLE = ("title", "start", "due", "priority", "deliverable", "places", "lead", "coordinating")


def task_label(site: str, number: int) -> str:
    """Return the name people use for a task: its number, after the site's code where it was made offline."""
    return f"{site}-{number}" if site else str(number)


class Task(NamedTuple):
    """A piece of work in an area, on the as-of day."""

    uid: str
    #: Empty at the hub; a site's code where the task was made offline.
    site: str
    number: int
    plan: str
    area: str
    activity: str | None
    title: Text
    start: str | None
    priority: str
    deliverable: Text | None
    tags: tuple[str, ...]
    places: tuple[str, ...]
    #: Fields and roles whose values come from the plan.
    follows: tuple[str, ...]
    opened_on: str
    status: Status
    percent: int | None
    blocked: str | None
    blocked_since: str | None
    due: str | None
    due_text: str | None
    first_due: str | None
    completed_on: str | None
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    in_charge: tuple[str, ...]
    updated_on: str | None
    #: Labels of the task of an earlier plan that it goes on with, and of that of a later one that it goes on as.
    carried_from: str | None = None
    carried_to: str | None = None
    #: How often it recurs, until which day (none: the plan's last), and the label of the first task of its series.
    every: str | None = None
    until: str | None = None
    occurrence_of: str | None = None
    #: The labels of the tasks that come before it, and of those of them that it still waits for.
    after: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    #: Its checklist; no part is a task.
    parts: tuple[Part, ...] = ()
    #: What it may cost, what was allocated and spent so far, in whole đồng; and from where the money comes.
    budget: int | None = None
    budget_source: str | None = None
    allocated: int | None = None
    spent: int | None = None
    #: The document that gave it, where one did; its number may have its kind before it ("Quyết định số 5").
    document: CitedDocument | None = None
    #: Derived from the due day and the as-of day; none for what was dropped or carried over.
    deadline_state: DeadlineState | None = None
    stale: bool = False

    @property
    def label(self) -> str:
        """Return the name people use; it never changes."""
        return task_label(self.site, self.number)

    @property
    def is_open(self) -> bool:
        """Return whether work is still to be done."""
        return self.status in OPEN

    @property
    def parts_done(self) -> int:
        """Count the parts that are done."""
        return sum(part.is_done for part in self.parts)

    @property
    def is_blocked(self) -> bool:
        """Return whether something stands in the way of open work."""
        return self.blocked is not None and self.is_open

    @property
    def heading(self) -> str:
        """Return the code of the activity, or of the area where there is none."""
        return self.activity or self.area
