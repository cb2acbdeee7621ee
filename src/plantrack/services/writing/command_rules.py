"""What commands that write share: what they answer, what a new task is, what is refused and what a person is told."""

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.status import OPEN, Role, Status
from plantrack.model.task import Task
from plantrack.services.writing.carry_over_rules import refuse_carried_on
from plantrack.store.carry_over_links import Links
from plantrack.store.commands import Command
from plantrack.store.task_rows import TaskRow, document_columns, joined, with_fields


class Note(NamedTuple):
    """Something a person should know of what they just did: `note.CODE` with its parameters."""

    code: str
    params: dict[str, object]
    #: What is rarely meant: of many such notes a person is told a few.
    is_caution: bool = False
    #: The task that it is of, where a command is told of many and the note does not name it.
    of: str = ""


class NoteTaker:
    """Collects what a person is told of what they just did."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        #: The task that is spoken of, where many are.
        self.about = ""
        self._told: set[tuple[object, ...]] = set()

    def note(self, code: str, **params: object) -> None:
        """Tell the person something; the same thing once."""
        self.tell(Note(code, params))

    def tell(self, note: Note | None) -> None:
        """Tell the person what a rule found, if anything; the same thing once."""
        if note is None:
            return
        note = note._replace(of="" if "task" in note.params else self.about)
        if (same := (note.code, note.of, *note.params.items())) not in self._told:
            self._told.add(same)
            self.notes.append(note)

    def caution(self, code: str, **params: object) -> None:
        """Tell the person that what they typed is rarely meant."""
        self.notes.append(Note(code, params, is_caution=True))


class CommandResult(NamedTuple):
    """What a command did: the command and its tasks as they are now."""

    #: None: nothing had to be changed, and nothing is recorded.
    command: Command | None
    tasks: tuple[Task, ...]
    notes: tuple[Note, ...]
    #: Those of the tasks that a command which changed others left as they were.
    same: frozenset[str] = frozenset()


class Extension(NamedTuple):
    """Another deadline from a day on."""

    due: DueDay
    on: str
    reason: str | None


class Recurrence(NamedTuple):
    """How work recurs: the step, the due day whose place in its month it keeps, and the last day (none: the plan's)."""

    every: str
    rhythm: str
    until: str | None = None


class TaskOpening(NamedTuple):
    """A new task, understood: what will be stored."""

    area: str
    activity: str | None
    title: Text
    due: DueDay
    parties: dict[Role, tuple[str, ...]]
    follows: tuple[str, ...]
    opened_on: str
    start_day: str | None = None
    priority: str = "normal"
    deliverable: Text | None = None
    #: In whole đồng.
    budget: int | None = None
    budget_source: str | None = None
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    #: The task of an earlier plan that it goes on with, and the extensions that it brings along, of whatever day.
    carried_from: str | None = None
    extensions: tuple[Extension, ...] = ()
    recurrence: Recurrence | None = None
    #: The first task of the series that it is an occurrence of.
    occurrence_of: str | None = None
    #: The uids of the tasks that come before it.
    after: tuple[str, ...] = ()
    #: The document that gave it.
    document: CitedDocument | None = None

    def row(self, uid: str, number: int, plan: str, command: Command) -> TaskRow:
        """Return the row that the task begins with."""
        deliverable, deliverable_en = self.deliverable or (None, None)
        every, rhythm, until = self.recurrence or (None, None, None)
        row = TaskRow(
            uid=uid,
            site=command.site,
            number=number,
            plan=plan,
            area=self.area,
            activity=self.activity,
            title=self.title.vi,
            title_en=self.title.en,
            start_day=self.start_day,
            priority=self.priority,
            deliverable=deliverable,
            deliverable_en=deliverable_en,
            budget=self.budget,
            budget_source=self.budget_source,
            tags=joined(self.tags),
            places=joined(self.places),
            follows=joined(self.follows),
            opened_on=self.opened_on,
            removed=None,
            command=command.uid,
            recorded_at=command.recorded_at,
            carried_from=self.carried_from,
            every=every,
            every_until=until,
            every_from=rhythm,
            occurrence_of=self.occurrence_of,
            after=joined(self.after),
        )
        return with_fields(row, document_columns(self.document)) if self.document else row


def note(code: str, **params: object) -> Note:
    """Make a note."""
    return Note(code, params)


def refuse_closed(known: Links, row: TaskRow, status: Status) -> None:
    """Refuse to work on a task that was finished, dropped or carried over.

    Raises: task-closed; those of `refuse_carried_on`.
    """
    if status not in OPEN:
        refuse_carried_on(known, row)
        raise Failure("task-closed", task=row.label, status=status)


def warn_expired(names: Names, organisation: str, day: str) -> Note | None:
    """Say that an organisation did not exist on a day; it is only a warning."""
    found = names.organisations[organisation]
    if found.valid_to is not None and day > found.valid_to:
        successor = names.organisations.get(found.successor or "")
        return note(
            "organisation-ended-successor" if successor else "organisation-ended",
            organisation=found.id, day=found.valid_to, successor=successor.id if successor else "",
        )  # fmt: skip
    if found.valid_from is not None and day < found.valid_from:
        return note("organisation-not-yet", organisation=found.id, day=found.valid_from)
    return None


def warn_left(names: Names, person: str, day: str) -> Note | None:
    """Say that a person was no longer there on a day; it is only a warning."""
    found = names.known.get(person)
    if found is None or found.left_on is None or day < found.left_on:
        return None
    return note("person-left", person=person, day=found.left_on)


def warn_gone_place(names: Names, place: str, day: str) -> Note | None:
    """Say that a place did not exist on a day; it is only a warning."""
    found = names.places.get(place)
    if found is None:  # a plan without a list takes any words
        return None
    if found.valid_to is not None and day > found.valid_to:
        into = names.merged_into(place)
        return note(
            "place-ended-merged" if into else "place-ended", place=place, day=found.valid_to, places=into
        )
    if found.valid_from is not None and day < found.valid_from:
        return note("place-not-yet", place=place, day=found.valid_from)
    return None
