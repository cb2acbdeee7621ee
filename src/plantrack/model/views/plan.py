"""What the commands of `plan` answer."""

from typing import Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.pairing import namesakes
from plantrack.model.plan import Organisation, Plan, Retired
from plantrack.model.plan_diff import FieldChange, PartChange, What
from plantrack.model.problem import Problem, Severity
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader


class PlanTree(NamedTuple):
    """The plan as it was applied, or one area or activity of it."""

    heading: ViewHeader
    #: The code of the area or activity that was asked for.
    code: str | None
    #: Code and last title of areas that left the plan and still have tasks.
    former: tuple[tuple[str, str], ...]
    #: What the plan says of a code that was taken out of new work.
    retired: Retired | None = None


class RevisionLine(NamedTuple):
    """A revision of the plan as it was applied."""

    revision: int
    recorded_at: str
    author: str
    file: str
    sha256: str
    git_commit: str | None
    dirty: bool | None
    reason: str | None = None


class GitState(NamedTuple):
    """What git knows of a plan file."""

    #: The last commit that changed the file; None also for a file that is in no commit.
    git_commit: str | None
    #: Whether the file differs from its commit, or is in none; None: git does not answer.
    dirty: bool | None
    #: Why git refuses to answer, in its own words.
    git_refusal: str = ""


class PlanLog(NamedTuple):
    """The applied revisions of the plan, the newest first."""

    heading: ViewHeader
    revisions: tuple[RevisionLine, ...]


class Checked(NamedTuple):
    """What a check of plan files found."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    #: How many warnings there are besides, which nobody wanted to see.
    hidden: int = 0


class TaskEffect(NamedTuple):
    """What a new state of the plan does to a task."""

    task: Task
    #: The activity, else the area, that it belongs to then.
    code: str
    changes: tuple[FieldChange, ...]
    #: Fields that changed in the plan and that the task keeps as its own; `code`: finished work whose code is gone.
    kept: tuple[str, ...]
    #: The codes and organisations that are gone and that the task, which is open, belongs to.
    blocked_by: tuple[str, ...]


class Obstacle(NamedTuple):
    """An area, an activity or an organisation that is gone, and its open tasks."""

    what: What
    code: str
    tasks: tuple[Task, ...]


class Against(NamedTuple):
    """What a plan file is compared with."""

    #: An applied revision, a git revision, or nothing: the plan was never applied, or not in git then.
    kind: Literal["applied", "git", "nothing"]
    #: The number of the revision, or what git was asked for.
    name: str
    git_commit: str | None = None


class TouchedPart(NamedTuple):
    """A change of the plan, and the tasks that it touches."""

    change: PartChange
    tasks: tuple[TaskEffect, ...]


class RecordedBeside(NamedTuple):
    """The organisations that were recorded before a plan had them."""

    #: Those that the file does not have.
    lacking: tuple[Organisation, ...] = ()
    #: The ids of those that it has now, and did not have before.
    taken_over: tuple[str, ...] = ()
    #: Those whose name it has under another id: both ids.
    same_named: tuple[tuple[str, str], ...] = ()


class PlanDiff(NamedTuple):
    """What is different in a plan file."""

    plan: Plan
    #: The state before; None: there was not any.
    old: Plan | None
    file: str
    against: Against
    #: Whether the bytes are the same too, those of what it includes as well.
    same_document: bool
    parts: tuple[TouchedPart, ...]
    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Problem, ...]
    recorded: RecordedBeside = RecordedBeside()

    @property
    def renamed(self) -> dict[str, str]:
        """Return codes that are gone, each with the new code that came with its title."""
        return namesakes(self.old, self.plan) if self.old else {}

    @property
    def tasks(self) -> tuple[TaskEffect, ...]:
        """Return the tasks that are touched, each once."""
        return tuple(effect for part in self.parts for effect in part.tasks)

    @property
    def differs(self) -> bool:
        """Return whether there is anything to tell; remarks and layout of the file, and the order of lists, do not count."""
        return bool(self.parts)


class Remark(NamedTuple):
    """What is other than before for a task that is carried over: `carry.CODE` with its parameters."""

    code: str
    params: dict[str, str]


class Carried(NamedTuple):
    """A task of the old plan, and what it is in the new one (there with the label of the old one)."""

    old: Task
    new: Task
    remarks: tuple[Remark, ...]


class CarryOver(NamedTuple):
    """The unfinished tasks of one plan that go on in the next."""

    #: Of the new plan.
    heading: ViewHeader
    old: Plan
    day: str
    tasks: tuple[Carried, ...]


class NewPlan(NamedTuple):
    """The draft of a plan that was written."""

    plan: str
    year: int
    language: str
    areas: int
    activities: int
    #: Fields that a person must fill in.
    to_fill: int
    #: Other remarks of the draft that a person should look at.
    to_check: int
    #: Organisations and places with those that stand in their place.
    replaced: tuple[tuple[str, str], ...]


class Snippet(NamedTuple):
    """The lines of a file that matter, each with its number; empty parts between them are left out."""

    file: str
    lines: tuple[tuple[int, str], ...]


class Lesson(NamedTuple):
    """A code with files that are wrong, what the check says of them, and the same files put right."""

    code: str
    severity: Severity
    #: Empty where a few lines cannot show it.
    wrong: tuple[Snippet, ...]
    problems: tuple[Problem, ...]
    right: tuple[Snippet, ...]
