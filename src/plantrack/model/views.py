"""What services answer with: facts for a renderer, no sentences."""

from typing import NamedTuple

from plantrack.model.counting import Counts
from plantrack.model.history import Update
from plantrack.model.plan import Organisation, Plan, Text
from plantrack.model.problem import Problem
from plantrack.model.task import Task


class Heading(NamedTuple):
    """What every report says of itself."""

    plan: Plan
    as_of: str
    #: The moment asked for, or that of the last recorded command.
    known_at: str | None
    #: Made-up data of a demonstration, which must be labelled wherever it shows.
    is_example: bool
    today: str


class TaskList(NamedTuple):
    """Tasks that passed a filter, by due day (none last), then number."""

    heading: Heading
    tasks: tuple[Task, ...]
    #: The filter as it was read; empty when there was none.
    filter: str
    #: Nearest known words for free text that found nothing.
    near: tuple[str, ...] = ()
    #: How many more would show with `--all`.
    closed: int = 0


class LogEntry(NamedTuple):
    """One field of one task, changed by one command."""

    command: str
    verb: str
    recorded_at: str
    author: str
    #: The task's label; none for a change of the plan.
    task: str | None
    field: str
    old: str | None
    new: str | None
    #: The day it speaks of; none for what holds from the opening.
    on: str | None
    withdrawn_by: str | None


class Log(NamedTuple):
    """History, the newest command first."""

    heading: Heading
    entries: tuple[LogEntry, ...]
    #: The title of each task, by label.
    titles: dict[str, Text]


class Shown(NamedTuple):
    """A task with its history."""

    task: Task
    updates: tuple[Update, ...]
    #: Withdrawn commands among the updates, each with the undo that took it back.
    withdrawn: dict[int, int]
    entries: tuple[LogEntry, ...]


class ShownTasks(NamedTuple):
    """What `show` answers."""

    heading: Heading
    shown: tuple[Shown, ...]


class ProgressRow(NamedTuple):
    """A row of the progress table; key none: the tasks that have none of what the rows are by."""

    key: str | None
    title: Text | None
    tasks: tuple[Task, ...]
    counts: Counts
    #: By organisation only: what it coordinates (`tasks` and `counts` are what it leads).
    coordinated: tuple[Task, ...] = ()
    coordinating: Counts | None = None


class Progress(NamedTuple):
    """The progress table."""

    heading: Heading
    #: area, activity, org, person or month.
    by: str
    rows: tuple[ProgressRow, ...]
    total: Counts
    tasks: tuple[Task, ...]
    filter: str


class Item(NamedTuple):
    """A task in a section of the weekly summary, with the update that put it there."""

    task: Task
    update: Update | None


class Proposal(NamedTuple):
    """A proposal, and whether it was answered."""

    task: Task
    update: Update
    is_new: bool
    answered: Update | None


class Silence(NamedTuple):
    """An organisation that leads open tasks and said nothing."""

    organisation: Organisation
    tasks: tuple[Task, ...]
    last_update: str | None


class DeadlineChange(NamedTuple):
    """A deadline that was extended or corrected; `nth` counts a task's extensions."""

    task: Task
    kind: str
    nth: int
    old: str | None
    new: str | None
    on: str | None
    reason: str | None


class PlanChange(NamedTuple):
    """A revision of the plan that was applied."""

    revision: int
    recorded_at: str
    author: str
    git_commit: str | None
    sha256: str


class Provenance(NamedTuple):
    """Where the figures come from."""

    revision: int
    git_commit: str | None
    dirty: bool | None
    sha256: str
    version: str


class Weekly(NamedTuple):
    """The weekly summary."""

    heading: Heading
    period: str
    first_day: str
    last_day: str
    next_first: str
    next_last: str
    progress: Progress
    #: Signed differences since the Sunday before, by area code, and "total".
    change: dict[str, Counts]
    results: tuple[Item, ...]
    late_updates: tuple[Item, ...]
    overdue: tuple[Item, ...]
    due_on_closing_day: tuple[Item, ...]
    due_soon: tuple[Item, ...]
    difficulties: tuple[Item, ...]
    next_week: tuple[Item, ...]
    proposals: tuple[Proposal, ...]
    silent_organisations: tuple[Silence, ...]
    stale: tuple[Item, ...]
    deadline_changes: tuple[DeadlineChange, ...]
    plan_changes: tuple[PlanChange, ...]
    provenance: Provenance
    with_notes: bool


class PlanTree(NamedTuple):
    """The plan as it was applied, or one area or activity of it."""

    heading: Heading
    #: The code of the area or activity that was asked for.
    code: str | None
    #: Code and last title of areas that left the plan and still have tasks.
    former: tuple[tuple[str, str], ...]


class RevisionLine(NamedTuple):
    """A revision of the plan as it was applied."""

    revision: int
    recorded_at: str
    author: str
    file: str
    sha256: str
    git_commit: str | None
    dirty: bool | None


class PlanLog(NamedTuple):
    """The applied revisions of the plan, the newest first."""

    heading: Heading
    revisions: tuple[RevisionLine, ...]


class Checked(NamedTuple):
    """What a check of plan files found."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


class PersonLine(NamedTuple):
    """A person, with the tasks they are in charge of."""

    name: str
    sort_name: str | None
    organisation: str | None
    open: int
    total: int


class PersonList(NamedTuple):
    """The people who are known."""

    heading: Heading
    people: tuple[PersonLine, ...]


class OrgLine(NamedTuple):
    """An organisation, with the tasks it leads and coordinates."""

    organisation: Organisation
    lead_open: int
    lead_total: int
    coordinating_total: int
    #: Whether it exists on the as-of day.
    in_force: bool


class OrgList(NamedTuple):
    """The organisations of the plan."""

    heading: Heading
    organisations: tuple[OrgLine, ...]


class DbStatus(NamedTuple):
    """The database: where it is, what it holds, in which state."""

    file: str
    size: int
    schema_version: int
    #: Id, year and revision of each plan.
    plans: tuple[tuple[str, int, int], ...]
    tasks: int
    updates: int
    commands: int
    first_moment: str | None
    last_moment: str | None
    journal: str
    writable: bool
    timezone: str
