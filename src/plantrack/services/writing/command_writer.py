"""One command that changes something: its facts are collected in memory, and written in batches at the end."""

from collections.abc import Iterable, Sequence

from plantrack.errors import Failure
from plantrack.model.days import DueDay, days_between
from plantrack.model.history import (
    NO_FACTS,
    Assignment,
    Deadline,
    PartFact,
    StateChange,
    Update,
    deadline_on,
    held_as,
    last_recorded,
    state_change,
)
from plantrack.model.people.person import Person
from plantrack.model.plan import CitedDocument
from plantrack.model.status import Role, Status
from plantrack.model.typed.days import parse_due, parse_start
from plantrack.model.typed.issued_document import parse_document
from plantrack.model.typed.money import parse_money
from plantrack.model.uid import UidMaker
from plantrack.services.context import Context
from plantrack.services.writing.carry_over_rules import refuse_reopening
from plantrack.services.writing.command_rules import CommandResult, NoteTaker, TaskOpening, note
from plantrack.services.writing.loaded_tasks import ForeseenTasks, LoadedTasks
from plantrack.services.writing.party_names import PeopleByNow, follow_names
from plantrack.services.writing.unwritten import Unwritten
from plantrack.store import commands, people, tasks
from plantrack.store.commands import Before, Command
from plantrack.store.derived_rows import first_day, write_withdrawn
from plantrack.store.facts import Change, as_text
from plantrack.store.task_rows import TaskRow, counts

#: By so many days a fact moves an opening back by itself; further back, a day is more likely a slip.
_REACH = 31
#: Less and more đồng than any work costs: a unit was forgotten, or is another one.
_LITTLE, _MUCH = 100_000, 10**15


class CommandWriter(LoadedTasks, NoteTaker):
    """Collects the facts of one command, and writes them in batches; `run_command` opens and closes it."""

    def __init__(
        self,
        context: Context,
        verb: str,
        command: Command | None = None,
        after: Before | None = None,
        foreseen: ForeseenTasks | None = None,
    ) -> None:
        LoadedTasks.__init__(self, context.db, foreseen)
        NoteTaker.__init__(self)
        self.context = context
        self.verb = verb
        self.recorded = command
        self._after = after or Before(None)
        self.touched: dict[str, None] = {}
        #: The tasks that are reported on, each with the day that is spoken of.
        self.reported: dict[str, str] = {}
        self._make_uid = UidMaker()
        self._changed: set[str] = set()
        self._unwritten = Unwritten()
        self._people: PeopleByNow | None = None

    def row(self, uid: str, on: str | None = None) -> TaskRow:
        """Return the row of a task to work on; with `on`, the day that is spoken of, it is open by then.

        Raises: opening-too-far, task-removed; those of `refuse_reopening`.
        """
        row = self.any_row(uid)
        if not counts(row, self.gone):
            raise Failure("task-removed", task=row.label)
        self.touched[uid] = None
        return self._reach(uid, on)

    # --- what was typed ---

    def day(self, text: str | None) -> str:
        """Read the day that the facts speak of; a typed one is said in full."""
        day = self.context.day(text)
        if text is not None and day != self.context.today:
            self.note("for-day", day=day)
        return day

    def document(self, text: str) -> CitedDocument:
        """Read the document that gave a task; how it was read is said, for its parts stand in one text.

        Raises: those of `parse_document`.
        """
        document = parse_document(text, self.context.day)
        if document != CitedDocument():
            self.note("document-read", document=document)
        return document

    def due(self, text: str) -> DueDay:
        """Read a deadline; the day of one that is typed as a period, or in words, is said in full.

        Raises: those of `parse_due`.
        """
        due = parse_due(text, today=self.context.today, year=self.context.plan.year)
        if due.day is not None and due.text is not None:
            self.note("due-read", text=due.text, day=due.day)
        return due

    def start(self, text: str) -> str:
        """Read the day that work starts on; it is said in full.

        Raises: those of `parse_start`.
        """
        day = parse_start(text, today=self.context.today, year=self.context.plan.year)
        if day != text:
            self.note("start-read", day=day)
        return day

    def money(self, field: str, text: str) -> int:
        """Read an amount; it is said in full, for a unit is soon forgotten.

        Raises: those of `parse_money`.
        """
        amount = self.amount(text)
        self.note("money-read", fields=(field,), amount=amount)
        return amount

    def amount(self, text: str) -> int:
        """Read an amount; one that is rarely meant is told.

        Raises: those of `parse_money`.
        """
        amount = parse_money(text)
        if 0 < amount < _LITTLE or amount > _MUCH:
            self.tell(note("money-odd", amount=amount)._replace(is_caution=True))
        return amount

    # --- what the person is told ---

    def say_unchanged(self) -> None:
        """Name the tasks that a command which changed others left as they were."""
        if same := self._same():
            labels = (self.any_row(uid).label for uid in self.touched if uid in same)
            self.note("tasks-unchanged", tasks=tuple(labels))

    def _same(self) -> frozenset[str]:
        return frozenset(self.touched).difference(self._changed) if self._changed else frozenset()

    # --- what is said ---

    @property
    def command(self) -> Command:
        """Return the command that the facts stand under; it is recorded with the first of them."""
        if self.recorded is None:
            self.recorded, _ = self._record()
        return self.recorded

    def _record(self, tasks: int = 0) -> tuple[Command, range]:
        """Record the command, and take the numbers of so many new tasks."""
        at = self.context
        return commands.record_after(self.db, self._after, self.verb, at.author, at.now, at.typist, tasks)

    def uid(self) -> str:
        """Make an identifier."""
        return self._make_uid(self.context.now)

    def open_tasks(self, openings: Sequence[TaskOpening]) -> list[str]:
        """Open tasks, each with its first deadline, roles and what it brings along; return their uids.

        Raises: those of `CommandWriter.assign`.
        """
        if openings and self.recorded is None:
            self.recorded, numbers = self._record(len(openings))
        else:
            numbers = commands.next_numbers(self.db, self._after.used, task=len(openings))["task"]
        return [self._open(opening, number) for opening, number in zip(openings, numbers, strict=True)]

    def _open(self, opening: TaskOpening, number: int) -> str:
        row = opening.row(self.uid(), number, self.context.plan.id, self.command)
        uid = row.uid
        self.put(row, NO_FACTS)
        self._unwritten.opened[uid] = None
        self.touch(uid)
        self._add_deadline(uid, opening.due, None, None)
        for role, parties in opening.parties.items():
            for party in dict.fromkeys(parties):
                self.assign(uid, role, party, None)
        # Of days before the opening too: they are of the task that this one goes on with.
        for extension in opening.extensions:
            self._add_deadline(uid, extension.due, extension.on, extension.reason)
        return uid

    def change(self, uid: str, **values: str | int | None) -> TaskRow:
        """Correct fields, keeping the old values in the history."""
        row = self.any_row(uid)
        for field, new in values.items():
            if (old := getattr(row, field)) != new:
                by = self.command
                fact = Change(
                    uid=self.uid(), command=by.uid, task=uid, recorded_at=by.recorded_at, field=field,
                    old=as_text(old), new=as_text(new),
                )  # fmt: skip
                self._unwritten.changes.append(fact)
                self.touch(uid)
        return self.set_fields(uid, values)

    def update(
        self,
        uid: str,
        on: str,
        *,
        status: Status | None = None,
        percent: int | None = None,
        allocated: int | None = None,
        spent: int | None = None,
        unblocked: bool = False,
        **texts: str | None,
    ) -> None:
        """Add a status update.

        Raises: opening-too-far; those of `refuse_reopening`.
        """
        self.reported[uid] = on
        self._reach(uid, on)
        by = self.command
        update = Update(
            uid=self.uid(), command=by.uid, task=uid, on=on, recorded_at=by.recorded_at, author=by.author,
            number=by.number, status=status, percent=percent, allocated=allocated, spent=spent,
            unblocked=unblocked, base=last_recorded(self.facts_now(uid).updates), **texts,
        )  # fmt: skip
        self._unwritten.updates.append(update)
        self.add(uid, state_change(update))

    def set_due(
        self, uid: str, due: str | None, text: str | None, *, on: str | None = None, reason: str | None = None
    ) -> bool:
        """Set a due day: from the opening on, or from the day `on`; say whether it is another one.

        Raises: opening-too-far; those of `refuse_reopening`.
        """
        known = [d for d in self.facts(uid).deadlines if on is not None or d.on is None]
        if known and deadline_on(known, on or "")[:2] == (due, text):
            return False
        self._reach(uid, on)
        self._add_deadline(uid, DueDay(due, text), on, reason)
        return True

    def _add_deadline(self, uid: str, due: DueDay, on: str | None, reason: str | None) -> None:
        by = self.command
        fact = Deadline(self.uid(), by.uid, uid, on, by.recorded_at, due.day, due.text, reason)
        self._unwritten.deadlines.append(fact)
        self.add(uid, fact)

    def assign(self, uid: str, role: Role, party: str, on: str | None, *, holds: bool = True) -> None:
        """Assign a role to a party from a day on (none: from the opening, wherever that moves), or take it away.

        It is taken from all who have it and turned out to be that party.

        Raises: opening-too-far; those of `refuse_reopening`.
        """
        self._reach(uid, on)
        whose = [party]
        if not holds:
            whose = held_as(self.facts_now(uid).assignments, role, party, on or "")
        elif role is Role.IN_CHARGE:
            person = self._known_person(party)
            party, whose = person.name, [person.uid]
        for who in whose:
            by = self.command
            fact = Assignment(self.uid(), by.uid, uid, role, party, on, by.recorded_at, holds, who)
            self._unwritten.assignments.append(fact)
            self.add(uid, fact)

    def set_part(
        self, uid: str, number: int, on: str, *, text: str | None = None, is_done: bool = False
    ) -> None:
        """Add a part of a checklist (`text`), or say whether one is done from a day on.

        Raises: opening-too-far; those of `refuse_reopening`.
        """
        self.reported[uid] = on
        self._reach(uid, on)
        by = self.command
        fact = PartFact(self.uid(), by.uid, uid, number, on, by.recorded_at, text, is_done)
        self._unwritten.parts.append(fact)
        self.add(uid, fact)

    def add(self, uid: str, fact: StateChange | Deadline | Assignment | PartFact) -> None:
        """Count a fact of this command."""
        super().add(uid, fact)
        self.touch(uid)

    def _known_person(self, name: str) -> Person:
        """Return a person, made known if need be; one that resembles another gets a hint, nothing is merged."""
        names = self.context.names
        if name in names.known:
            return names.known[name]
        if self._people is None:
            self._people = PeopleByNow(names, self._people_there())
        if there := self._people.find(name):
            return there
        if alike := self._people.resembling(name):
            self.caution("person-alike", person=name, others=alike)
        new = self._people.add(name, self.uid())
        self._unwritten.people[new.name] = people.first_fact(new, self.uid(), self.command)
        return new

    def _people_there(self) -> Iterable[Person]:
        """Return everybody whom the database knows, those who came since the context was opened too."""
        if self._after.moment is not None and self._after.moment == self.context.read_at:
            return self.context.names.known.values()
        return people.people(self.db)

    def withdraw(self, target: Command) -> None:
        """Take a command back."""
        before = self.withdrawn
        self.take_back(commands.withdraw(self.db, self.command, target))
        write_withdrawn(self.db, before, self.withdrawn)

    def touch(self, uid: str) -> None:
        """Count a task among those that the command changed."""
        self.touched[uid] = None
        self._changed.add(uid)
        self._unwritten.changed[uid] = None

    # --- no fact before the opening ---

    def _reach(self, uid: str, day: str | None) -> TaskRow:
        """Move the opening of a task back to a day that is spoken of."""
        row = self.any_row(uid)
        if day is None or day >= row.opened_on:
            return row
        refuse_reopening(self.links, row)  # first: what it says is so however far the day
        if days_between(day, row.opened_on) > _REACH:
            raise Failure("opening-too-far", task=row.label, day=day, opened=row.opened_on)
        self.note("opening-moved", task=row.label, day=day, old=row.opened_on)
        return self.change(uid, opened_on=day)

    def set_opening(self, uid: str, day: str) -> TaskRow:
        """Correct the opening day; what a carry-over brought along stands before it.

        Raises: opened-after-updates; those of `refuse_reopening`.
        """
        row = self.any_row(uid)
        if day == row.opened_on:
            return row
        refuse_reopening(self.links, row)
        first = first_day(row, self.facts_now(uid))
        if first is not None and first < day:
            raise Failure("opened-after-updates", task=row.label, day=first)
        return self.change(uid, opened_on=day)

    def reach_facts(self, uid: str) -> None:
        """Let the opening be no later than any fact that counts, but for what a carry-over brought along."""
        row = self.any_row(uid)
        first = first_day(row, self.facts_now(uid))
        if first is not None and first < row.opened_on:
            self.note("opening-moved", task=row.label, day=first, old=row.opened_on)
            self.change(uid, opened_on=first)

    # --- what is written, and what came of it ---

    def flush(self) -> None:
        """Write what was said since the last time, a table at once; rows with what follows from all that is known."""
        new, self._unwritten = self._unwritten, Unwritten()
        people.add_people(self.db, new.people)
        now = self.derived(new.changed)
        opened = [each.row for each in now if each.row.uid in new.opened]
        tasks.insert_tasks(self.db, opened, new.first_values)
        new.insert_facts(self.db)
        known = [each.row for each in now if each.row.uid not in new.opened]
        tasks.update_tasks(self.db, known, {change.field for change in new.changes})
        self.write_derived(now)
        if any(fact.organisation for fact in new.people.values()):
            follow_names(self.db)  # others of that name are told apart from now on

    def next_chunk(self) -> "CommandWriter":
        """Write what was said; return what goes on with the command and holds no task yet, so that memory is bounded."""
        self.flush()
        after = CommandWriter(self.context, self.verb, self.recorded)
        after.notes, after._told, after._people = self.notes, self._told, self._people
        after._make_uid = self._make_uid
        return after

    def result(self) -> CommandResult:
        """Return what the command did so far, with the tasks that it touched as they are today."""
        standing = self.tasks_on(list(self.touched), self.context.today)
        for task in standing:
            for party in sorted({*task.lead} & {*task.coordinating}):  # from before this was refused
                self.note("both-roles-stand", organisation=party, task=task.label)
        # Where nothing was recorded, nothing was for a day.
        notes = (n for n in self.notes if self.recorded is not None or n.code != "for-day")
        return CommandResult(self.recorded, tuple(standing), tuple(notes), self._same())
