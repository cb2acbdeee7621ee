"""One command that changes something: its row, its facts, and what is derived from them, in one transaction."""

import contextlib
from collections.abc import Iterator

from plantrack.errors import Failure
from plantrack.model.days import DueDay, days_between
from plantrack.model.history import (
    Assignment,
    Deadline,
    Update,
    Work,
    deadline_on,
    fact_order,
    holders_on,
    work_on,
)
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names, resembling, same_person
from plantrack.model.status import OPEN, Role
from plantrack.model.task import Task
from plantrack.model.typed_days import parse_due, parse_start
from plantrack.model.uid import UidMaker
from plantrack.services.carry_over_rules import refuse_carried_on, refuse_reopening
from plantrack.services.context import Context
from plantrack.store import commands, facts, people, plans, tasks
from plantrack.store.commands import Command
from plantrack.store.facts import Change, Facts
from plantrack.store.scope import Scope
from plantrack.store.tasks import AsOf, TaskRow

#: By so many days a fact moves an opening back by itself; further back, a day is more likely a slip.
_REACH = 31


class Note(NamedTuple):
    """Something a person should know of what they just did: `note.CODE` with its parameters."""

    code: str
    params: dict[str, object]
    #: What is rarely meant: of many such notes a person is told a few.
    is_caution: bool = False


class CommandResult(NamedTuple):
    """What a command did: the command and its tasks as they are now."""

    #: None: nothing had to be changed, and nothing is recorded.
    command: Command | None
    tasks: tuple[Task, ...]
    notes: tuple[Note, ...]
    #: Those of the tasks that a command which changed others left as they were.
    same: frozenset[str] = frozenset()


class CommandWriter:
    """Writes the facts of one command; `writing` opens and closes it."""

    def __init__(self, context: Context, verb: str, command: Command | None = None) -> None:
        self.context = context
        self.db = context.db
        self.verb = verb
        self.recorded = command
        self.touched: dict[str, None] = {}
        self.notes: list[Note] = []
        self._make_uid = UidMaker()
        self._facts: dict[str, Facts] = {}
        self._assigned: dict[str, list[Assignment]] = {}
        self._changed: set[str] = set()

    @property
    def command(self) -> Command:
        """The command that the facts stand under; it is recorded with the first of them."""
        if self.recorded is None:
            self.recorded = commands.record(self.db, self.verb, self.context.author, self.context.now)
        return self.recorded

    def day(self, text: str | None) -> str:
        """Read the day that the facts speak of; a typed one is said in full."""
        day = self.context.day(text)
        if text is not None and day != self.context.today:
            self.note("for-day", day=day)
        return day

    def due(self, text: str) -> DueDay:
        """Read a deadline; the day of one that is typed as a period, or in words, is said in full."""
        due = parse_due(text, today=self.context.today, year=self.context.plan.year)
        if due.day is not None and due.text is not None:
            self.note("due-read", text=due.text, day=due.day)
        return due

    def start(self, text: str) -> str:
        """Read the day that work starts on; it is said in full."""
        day = parse_start(text, today=self.context.today, year=self.context.plan.year)
        if day != text:
            self.note("start-read", day=day)
        return day

    def note(self, code: str, **params: object) -> None:
        """Tell the person something; the same thing once."""
        note = Note(code, params)
        if note not in self.notes:
            self.notes.append(note)

    def told(self) -> tuple[Note, ...]:
        """Return what the person is told; where nothing was recorded, nothing was for a day."""
        return tuple(n for n in self.notes if self.recorded is not None or n.code != "for-day")

    def caution(self, code: str, **params: object) -> None:
        """Tell the person that what they typed is rarely meant."""
        self.notes.append(Note(code, params, is_caution=True))

    def uid(self) -> str:
        """Make an identifier."""
        return self._make_uid(self.context.now)

    def row(self, uid: str) -> TaskRow:
        """Return a task's own fields; a removed or withdrawn task is none to work on."""
        row = tasks.own_row(self.db, uid)
        if not tasks.is_counted(self.db, uid):
            raise Failure("task-removed", task=row.label)
        self.touched[uid] = None
        return row

    def facts(self, uid: str) -> Facts:
        """Return what counts of a task's history before this command."""
        if uid not in self._facts:
            found = facts.facts_of(self.db, Scope.of([uid]))
            self._facts[uid] = found.get(uid, Facts([], [], []))
        return self._facts[uid]

    def work(self, uid: str, day: str) -> Work:
        """Return what a task's updates said on a day, before this command."""
        return work_on(self.facts(uid).updates, day)

    def assignments(self, uid: str) -> list[Assignment]:
        """Return who takes and leaves which role in a task, with what this command says of it."""
        own = self._assigned.get(uid)
        before = self.facts(uid).assignments
        return sorted((*before, *own), key=fact_order) if own else before

    def holds(self, uid: str, role: Role, party: str, day: str | None) -> bool:
        """Return whether a party has a role in a task on a day (none: at its opening), by now."""
        return party in getattr(holders_on(self.assignments(uid), day or ""), role)

    def reach(self, row: TaskRow, day: str) -> TaskRow:
        """Move the opening of a task back to a day that a fact speaks of."""
        if day >= row.opened_on:
            return row
        refuse_reopening(self.db, row)  # first: what it says is so however far the day
        if days_between(day, row.opened_on) > _REACH:
            raise Failure("opening-too-far", task=row.label, day=day, opened=row.opened_on)
        self.note("opening-moved", task=row.label, day=day, old=row.opened_on)
        return self.change(row, "opened_on", day)

    def change(self, row: TaskRow, field: str, value: str | None) -> TaskRow:
        """Correct a field, keeping the old value in the history."""
        old = getattr(row, field)
        if old == value:
            return row
        fact = Change(self.uid(), self.command.number, row.uid, self.command.recorded_at, field, old, value)
        facts.insert_changes(self.db, [fact])
        tasks.set_field(self.db, row.uid, field, value)
        self.touch(row.uid)
        return tasks.with_fields(row, {field: value})

    def update(self, update: Update) -> None:
        """Add a status update."""
        facts.insert_updates(self.db, [update])
        self.touch(update.task)

    def set_due(
        self, uid: str, due: str | None, text: str | None, *, on: str | None = None, reason: str | None = None
    ) -> bool:
        """Set a due day: from the opening on, or from the day `on`; say whether it is another one."""
        known = [d for d in self.facts(uid).deadlines if on is not None or d.on is None]
        if known and deadline_on(known, on or "")[:2] == (due, text):
            return False
        fact = Deadline(self.uid(), self.command.number, uid, on, self.command.recorded_at, due, text, reason)
        facts.insert_deadlines(self.db, [fact])
        self.touch(uid)
        return True

    def assign(self, uid: str, role: Role, party: str, on: str | None, *, holds: bool = True) -> None:
        """Give a role to a party from a day on (none: from the opening, wherever that moves), or take it away."""
        if role is Role.IN_CHARGE and holds:
            party = self.meet(party)
        fact = Assignment(
            self.uid(), self.command.number, uid, role, party, on, self.command.recorded_at, holds
        )
        facts.insert_assignments(self.db, [fact])
        self._assigned.setdefault(uid, []).append(fact)
        self.touch(uid)

    def touch(self, uid: str) -> None:
        """Count a task among those that the command changed."""
        self.touched[uid] = None
        self._changed.add(uid)

    @property
    def same(self) -> frozenset[str]:
        """Return the tasks that a command which changed others left as they were."""
        return frozenset(self.touched).difference(self._changed) if self._changed else frozenset()

    def say_unchanged(self) -> None:
        """Name the tasks that a command which changed others left as they were."""
        if same := self.same:
            labels = (tasks.own_row(self.db, uid).label for uid in self.touched if uid in same)
            self.note("tasks-unchanged", tasks=tuple(labels))

    def meet(self, name: str) -> str:
        """Make a person known, and give the known name; one that resembles it gets a hint, nothing is merged."""
        if name in self.context.names.people:
            return name
        known = [p.name for p in people.people(self.db)]  # this command's too, and what came meanwhile
        if same := same_person(name, known):
            return same
        if alike := resembling(name, known)[:3]:
            self.caution("person-alike", person=name, others=alike)
        people.add_people(self.db, [name])
        return name


@contextlib.contextmanager
def open_command(context: Context, verb: str, *others: Context) -> Iterator[CommandWriter]:
    """Open one command: everything in it is written, or nothing; `others`: further plans that it works on."""
    if not context.author:
        raise Failure("no-author")
    with context.db.atomic(), flushing(CommandWriter(context, verb)) as writer:
        # The plan was read before the lock was had; a command is written on the plan that it was read against.
        for at in (context, *others):
            if plans.current_revision(at.db, at.plan.id) != at.revision:
                raise Failure("plan-changed-meanwhile", plan=at.plan.id)
        yield writer


@contextlib.contextmanager
def flushing(writer: CommandWriter) -> Iterator[CommandWriter]:
    """Bring in line what is derived from the facts that a writer writes."""
    yield writer
    tasks.derive(writer.db, list(writer.touched))


def written(writer: CommandWriter) -> CommandResult:
    """Read back the tasks that a command touched, as they are today."""
    found = [tasks.task_on(writer.db, uid, AsOf(writer.context.today)) for uid in writer.touched]
    there = tuple(t for t in found if t is not None)
    for task in there:
        for party in sorted({*task.lead} & {*task.coordinating}):  # from before this was refused
            writer.note("both-roles-stand", organisation=party, task=task.label)
    return CommandResult(writer.recorded, there, writer.told(), writer.same)


def refuse_closed(writer: CommandWriter, row: TaskRow, day: str) -> None:
    """Refuse to work on a task that was finished, dropped or carried over on a day."""
    status = writer.work(row.uid, day).status
    if status not in OPEN:
        refuse_carried_on(writer.db, row)
        raise Failure("task-closed", task=row.label, status=status)


def warn_expired(writer: CommandWriter, names: Names, organisation: str, day: str) -> None:
    """Say that an organisation did not exist on a day; it is only a warning."""
    found = names.organisations[organisation]
    if found.valid_to is not None and day > found.valid_to:
        successor = names.organisations.get(found.successor or "")
        params = {
            "organisation": found.id,
            "day": found.valid_to,
            "successor": successor.id if successor else "",
        }
        writer.note("organisation-ended-successor" if successor else "organisation-ended", **params)
    elif found.valid_from is not None and day < found.valid_from:
        writer.note("organisation-not-yet", organisation=found.id, day=found.valid_from)


def warn_gone_place(writer: CommandWriter, names: Names, place: str, day: str) -> None:
    """Say that a place did not exist on a day; it is only a warning."""
    found = names.places.get(place)
    if found is None:  # a plan without a list takes any words
        return
    if found.valid_to is not None and day > found.valid_to:
        into = names.merged_into(place)
        writer.note(
            "place-ended-merged" if into else "place-ended", place=place, day=found.valid_to, places=into
        )
    elif found.valid_from is not None and day < found.valid_from:
        writer.note("place-not-yet", place=place, day=found.valid_from)
