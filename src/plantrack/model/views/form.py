"""What `form` answers: what a form asks, what one that came back said, and who has answered."""

from plantrack.errors import Failure
from plantrack.model.days import Period
from plantrack.model.forms.form import Form, ShownState
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader


class AskedTask(NamedTuple):
    """A task that a form asks of, and what it shows of it."""

    task: Task
    state: ShownState


class AskedForm(NamedTuple):
    """A form to be filled in by an organisation."""

    heading: ViewHeader
    form: Form
    organisation: Organisation
    period: Period
    tasks: tuple[AskedTask, ...]

    @property
    def follows_money(self) -> bool:
        """Return whether money is followed of any of its tasks."""
        amounts = (n for one in self.tasks for n in (one.task.budget, one.state.allocated, one.state.spent))
        return any(amount is not None for amount in amounts)


class AskedForms(NamedTuple):
    """Forms to be made, and the organisations that lead no open task, for which there is none."""

    forms: tuple[AskedForm, ...]
    without_task: tuple[str, ...] = ()


class AnsweredRow(NamedTuple):
    """A row of a form, and what became of it."""

    #: Its number in the sheet.
    number: int
    #: What the form calls the task: its label, or the title of a new one.
    label: str
    title: str
    #: What was filled in, by field, in order.
    said: tuple[tuple[str, str], ...]
    #: Why it was not recorded though the task changed (`over_changed`); None: it was.
    why: Failure | None = None
    #: What a new task is known by when it comes again, in a form or in a table.
    key: str = ""


class ChangedRow(NamedTuple):
    """A row whose task is not any more what the form showed."""

    row: AnsweredRow
    #: What the form showed, what is so by now, and whether the task is gone from all counts.
    then: str
    now: ShownState
    removed: bool = False


class FormRead(NamedTuple):
    """What reading a form did, or would do."""

    heading: ViewHeader
    form: Form
    organisation: Organisation
    file: str
    #: Rows that are news, that correct what was read of this form before, and how many were known already.
    news: tuple[AnsweredRow, ...]
    corrected: tuple[AnsweredRow, ...]
    same: int
    new_tasks: tuple[AnsweredRow, ...]
    changed: tuple[ChangedRow, ...]
    #: Rows of changed tasks that could not be recorded.
    left: tuple[AnsweredRow, ...] = ()
    #: New tasks that were not wanted: they have no label yet.
    offered: tuple[AnsweredRow, ...] = ()
    #: Rows of changed tasks that were not to be recorded.
    skipped: tuple[AnsweredRow, ...] = ()
    #: The day that stands for an empty one, where that is not the closing day, which is still to come.
    day_instead: str | None = None

    @property
    def others(self) -> int:
        """Count the rows that would be recorded were those of changed tasks left, new tasks among them."""
        changed = {one.row.number for one in self.changed}
        return sum(row.number not in changed for row in (*self.news, *self.corrected, *self.new_tasks))


class FormAnswer(NamedTuple):
    """A reading of a form that stands."""

    command: str
    recorded_at: str
    file: str
    rows: int


class FormState(NamedTuple):
    """An organisation that has a form, and how it answered; of several forms the last one was made then."""

    organisation: Organisation
    made_at: str
    forms: int
    tasks: int
    answers: tuple[FormAnswer, ...]


class FormStatus(NamedTuple):
    """Who has a form of a week, and who has answered."""

    heading: ViewHeader
    period: Period
    states: tuple[FormState, ...]

    @property
    def answered(self) -> int:
        """Count who has answered."""
        return sum(bool(state.answers) for state in self.states)
