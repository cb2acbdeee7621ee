"""What `weekly` answers."""

from plantrack.model.counting import Counts
from plantrack.model.history import Update
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation, Plan
from plantrack.model.plan_diff import PartChange
from plantrack.model.task import Task
from plantrack.model.views.chart_series import WeeklySeries
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.milestones import PlanMilestone
from plantrack.model.views.progress import Progress
from plantrack.model.views.rows import Rows


class SummaryItem(NamedTuple):
    """A task in a section of the weekly summary, with the update that put it there."""

    task: Task
    update: Update | None
    #: Among the results: what else was said of the task in the week, the latest first.
    earlier: tuple[Update, ...] = ()


class Proposal(NamedTuple):
    """A proposal, and whether it was answered."""

    task: Task
    update: Update
    is_new: bool
    answered: Update | None


class Silence(NamedTuple):
    """An organisation that leads open tasks and said nothing."""

    organisation: Organisation
    tasks: Rows[Task]
    last_update: str | None


class DeadlineChange(NamedTuple):
    """A deadline that changed; `nth` counts the extensions of a task (0 for other changes)."""

    task: Task
    #: `extension` (to a later day), `shortening`, `setting` (there was none), `lifting` (there is none any
    #: more), or `correction`.
    kind: str
    nth: int
    old: str | None
    new: str | None
    on: str | None
    reason: str | None
    #: The moment at which it was recorded.
    recorded: str = ""


class PlanChange(NamedTuple):
    """A revision of the plan that was applied and differs from the one before."""

    revision: int
    recorded_at: str
    author: str
    git_commit: str | None
    sha256: str
    dirty: bool | None = None
    #: What is other in it than in the one before, and both states.
    parts: tuple[PartChange, ...] = ()
    before: Plan | None = None
    after: Plan | None = None


class Provenance(NamedTuple):
    """Where the figures come from."""

    revision: int
    git_commit: str | None
    dirty: bool | None
    sha256: str
    version: str
    #: The last seal by then, and the label of its command; None where nothing was recorded.
    seal: tuple[str, str] | None = None
    #: A file of the plan that is newer than what was applied.
    newer_file: str | None = None


class Weekly(NamedTuple):
    """The weekly summary; that of a longer period has the same parts."""

    heading: ViewHeader
    period: str
    first_day: str
    last_day: str
    next_first: str
    next_last: str
    progress: Progress
    #: Signed differences since the day before the first, by area code, and "total".
    change: dict[str, Counts]
    results: Rows[SummaryItem]
    late_updates: Rows[SummaryItem]
    overdue: Rows[SummaryItem]
    due_on_closing_day: Rows[SummaryItem]
    due_soon: Rows[SummaryItem]
    difficulties: Rows[SummaryItem]
    next_week: Rows[SummaryItem]
    proposals: Rows[Proposal]
    silent_organisations: Rows[Silence]
    stale: Rows[SummaryItem]
    deadline_changes: Rows[DeadlineChange]
    plan_changes: tuple[PlanChange, ...]
    provenance: Provenance
    with_notes: bool
    #: The figures behind pictures over the year, for forms that have any.
    series: WeeklySeries | None = None
    #: Milestones of the plan from its first day to the last one of what comes after it.
    milestones: tuple[PlanMilestone, ...] = ()


class OrganisationWeek(NamedTuple):
    """The week of an organisation: the summary of what it leads, and what it coordinates, done or not."""

    organisation: Organisation
    lead: Weekly
    #: Each with its last update, where it is open.
    coordinating: Rows[SummaryItem]


class WeeklyByOrg(NamedTuple):
    """The week of each organisation that has tasks, as assigned, by name."""

    #: The summary of all tasks that pass the filter.
    whole: Weekly
    organisations: tuple[OrganisationWeek, ...]
    #: Tasks that nobody leads or coordinates.
    without: Rows[Task]
