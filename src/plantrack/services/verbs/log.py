"""History: what each command changed, field by field, withdrawn commands too."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any

from plantrack.model.filters import Term, parse_log_terms
from plantrack.model.grouping import grouped
from plantrack.model.history import (
    Assignment,
    Deadline,
    PartFact,
    StateChange,
    Update,
    Work,
    state_change,
    work_on,
)
from plantrack.model.named_tuple import NamedTuple, by_name
from plantrack.model.text import quoted
from plantrack.model.views.log import Log, LogEntry
from plantrack.model.withdrawal import Withdrawal
from plantrack.services.context import Context, task_uids
from plantrack.services.told_besides import PlanFacts, ask_plan_facts, plan_facts
from plantrack.store import commands, facts, tasks
from plantrack.store.carry_over_links import with_ancestors
from plantrack.store.connection import Connection
from plantrack.store.facts import Change, PartyName, as_text
from plantrack.store.questions.told_facts import Asked, Told, told_parts, told_parts_back
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow, joined, split

_new_entry = by_name(LogEntry)
#: The attributes of a change that have another name than the field that asks for them.
_HELD_BY = {"recorded": "recorded_at"}
#: As many changes as are held instead of being read again.
_FEW = 2_000
#: What a task is opened with, in the order in which a log shows it.
_AT_OPENING = (
    *("title", "carried_from", "occurrence_of", "area", "activity", "start_day"),
    *("priority", "deliverable", "budget", "budget_source"),
    *("places", "tags", "every", "every_until", "after"),
    *("document_number", "document_day", "document_issuer", "document_subject"),
)
#: What names another task.
_LINKS = ("carried_from", "occurrence_of", "after")
#: The numbers of an update, and all that it says of the state of a task.
_NUMBERS = ("percent", "allocated", "spent")
_OF_STATE = ("status", *_NUMBERS, "blocked", "unblocked")
#: The texts of an update that a log shows, in the order in which it does.
_SAID = ("result", "next", "proposal", "answered", "reason", "told_by", "note", "evidence")


def log(context: Context, args: Sequence[str] = (), *, newest: int | None = None) -> Log:
    """Return the history, the newest command last: of everything, or what passes the terms; `newest`: of so many commands.

    That of a task is also that of those it goes on with.

    Raises: those of `task_uids`; what `parse_log_terms` fails with.
    """
    wanted = _wanted(context, parse_log_terms(args, context.names, context.when.day))
    if wanted.tasks is not None:
        return _of_tasks(context, wanted, newest)
    entries = _PlanLog(context, wanted)
    if newest is not None:
        entries.since = entries.first_of(newest)
    first, cut_to = tuple(islice(entries, _FEW + 1)), newest if entries.since > 1 else None
    if len(first) <= _FEW:
        return Log(context.heading, first, wanted.spelled, cut_to)
    return Log(context.heading, entries, wanted.spelled, cut_to, f"c{commands.last_number(context.db)}")


class _Wanted(NamedTuple):
    """What is asked of a history."""

    terms: tuple[Term, ...]
    spelled: str
    #: The tasks that it is of, where any are named.
    tasks: list[str] | None
    #: The labels of those that it is not of.
    without: frozenset[str]

    def takes(self, entry: LogEntry) -> bool:
        """Return whether a change is asked for."""
        return entry.task not in self.without and all(
            term.takes(getattr(entry, _HELD_BY.get(term.field, term.field)) or "") for term in self.terms
        )


def _wanted(context: Context, terms: Sequence[Term]) -> _Wanted:
    spelled = " ".join(quoted(term.spelled()) for term in terms)
    of_tasks, others = (tuple(t for t in terms if (t.field == "task") is side) for side in (True, False))
    refused = [uid for term in of_tasks for uid in _families(context, term.refused)]
    labels = frozenset(label for label, _ in tasks.label_of_uid(context.db, refused).values())
    named = [_families(context, term.values) for term in of_tasks if term.values]
    if not named:
        return _Wanted(others, spelled, None, labels)
    in_all = [uid for uid in named[0] if all(uid in uids for uids in named)]
    return _Wanted(others, spelled, in_all, labels)


def _families(context: Context, typed: Sequence[str]) -> list[str]:
    """Return tasks, each with those that it goes on with."""
    return [uid for own in task_uids(context, typed) for uid in with_ancestors(context.db, own)]


def _of_tasks(context: Context, wanted: _Wanted, newest: int | None) -> Log:
    whole = log_of(context, Scope.of(wanted.tasks or []))
    entries = [entry for entry in whole.entries if wanted.takes(entry)]
    by = list(dict.fromkeys(entry.command for entry in entries))
    if newest is None or len(by) <= newest:
        return Log(context.heading, tuple(entries), wanted.spelled)
    shown = {*by[-newest:]}
    last = tuple(entry for entry in entries if entry.command in shown)
    return Log(context.heading, last, wanted.spelled, newest)


def log_of(context: Context, scope: Scope, *, by: Collection[str] = ()) -> Log:
    """Return the history of the facts in a scope; with `by`, also what these commands changed besides tasks."""
    db, known = context.db, context.when.known_at
    # A task that was opened since is there, so that it can be named.
    openings_asked = tasks.ask_openings(db, scope)
    updates_asked, deadlines_asked = facts.ask_updates(db, scope), facts.ask_deadlines(db, scope)
    of_plan_asked = ask_plan_facts(context, besides=bool(by))
    assignments_asked = facts.ask_assignments(db, scope, lambda *said: of_plan.named(*said))
    parts_asked, changes_asked = facts.ask_parts(db, scope), facts.ask_changes(db, scope)
    of_plan, updates, deadlines = of_plan_asked(), updates_asked(), deadlines_asked()
    read = _Read(
        [row for row in openings_asked() if known is None or row.recorded_at <= known],
        updates,
        deadlines,
        assignments_asked(),
        parts_asked(),
        changes_asked(),
        list(map(state_change, updates)),
        deadlines,
    )
    undone = sorted(commands.undos_of(db, {*read.commands(), *by}), key=lambda w: w.recorded_at)
    builder = _LogBuilder(context, read._replace(withdrawals=undone), of_plan, by)
    return Log(context.heading, tuple(builder.entries()))


class _PlanLog:
    """The history of a plan, read from the database each time, some of it at a time; how much it is shows at its end."""

    def __init__(self, context: Context, wanted: _Wanted) -> None:
        self.context = context
        self.wanted = wanted
        #: The number of the first command that it tells of.
        self.since = 1
        self.asked = Asked(context.plan.id, context.when.day, wanted.terms)
        self._size: int | None = None

    def __iter__(self) -> Iterator[LogEntry]:
        size = 0
        for told in told_parts(self.context.db, self.asked, since=self.since):
            entries = self.read(told)
            size += len(entries)
            yield from entries
        self._size = size

    def __len__(self) -> int:
        if self._size is None:
            self._size = sum(1 for _ in self)
        return self._size

    def first_of(self, newest: int) -> int:
        """Return the number of the first of the newest commands that tell something; 1 where they are all."""
        first, count = "", 0
        for told in told_parts_back(self.context.db, self.asked, newest + 1):
            for command in reversed(dict.fromkeys(entry.command for entry in self.read(told))):
                if command == first:  # the rest of one on many tasks
                    continue
                if count == newest:
                    return int(first.removeprefix("c"))
                first, count = command, count + 1
        return 1

    def read(self, told: Sequence[Told]) -> list[LogEntry]:
        """Return what is asked for of a part."""
        besides = [t.command for t in told if t.task is None]
        made = _LogBuilder(
            self.context, _read_part(self.context.db, told, self._of_plan.named), self._of_plan, besides
        )
        return [entry for entry in made.entries() if self.wanted.takes(entry)]

    @cached_property
    def _of_plan(self) -> PlanFacts:
        return plan_facts(self.context, besides=True)


class _Read(NamedTuple):
    """The facts that a log tells of."""

    openings: list[TaskRow]
    updates: list[Update]
    deadlines: list[Deadline]
    assignments: list[Assignment]
    parts: list[PartFact]
    changes: list[Change]
    #: All that was said of these tasks and all their deadlines, from which the old values follow.
    said: list[StateChange]
    deadlines_set: list[Deadline]
    #: What was taken back of it, and the undos of these undos.
    withdrawals: Sequence[Withdrawal] = ()
    #: What is told, where more was read.
    told: Collection[tuple[str, str | None]] | None = None

    def commands(self) -> set[str]:
        """Return the commands that are told of."""
        told: list[Iterable[Any]] = [*self[:6], self.withdrawals]
        return {fact.command for fact in chain(*told)} | {w.target for w in self.withdrawals}

    def tasks(self) -> set[str]:
        """Return the tasks that are told of."""
        told: list[Iterable[Any]] = [*self[1:6]]
        named = [getattr(row, link) for row in self.openings for link in _LINKS]
        named += [
            text for change in self.changes if change.field in _LINKS for text in (change.old, change.new)
        ]
        linked = {uid for text in named if text for uid in split(text)}
        return {fact.task for fact in chain(*told)} | {row.uid for row in self.openings} | linked

    def tells(self, fact: Update | Deadline | Assignment | PartFact | Change) -> bool:
        """Return whether a fact is told."""
        return self.told is None or (fact.command, fact.task) in self.told


def _read_part(db: Connection, told: Sequence[Told], named: PartyName) -> _Read:
    """Read what is told of some commands and tasks; that of one command by the tasks, for there may be more of them."""
    by, of = list(dict.fromkeys(t.command for t in told)), list(dict.fromkeys(t.task for t in told if t.task))
    own = Scope.of(of)
    scope = own if len(by) == 1 else Scope.of_commands(by)
    opened = [t.task for t in told if t.task and t.is_opening]
    openings_asked = tasks.ask_openings(db, Scope.of(opened)) if opened else list[TaskRow]
    updates_asked, deadlines_asked = facts.ask_updates(db, scope), facts.ask_deadlines(db, scope)
    assignments_asked, parts_asked = facts.ask_assignments(db, scope, named), facts.ask_parts(db, scope)
    changes_asked, set_asked = facts.ask_changes(db, scope), facts.ask_deadlines(db, own.standing())
    withdrawals_asked = commands.ask_undone_in(db, [t.command for t in told if t.task is None])
    updates = updates_asked()
    last = max((update.recorded_at for update in updates), default="")
    return _Read(
        openings_asked(),
        updates,
        deadlines_asked(),
        assignments_asked(),
        parts_asked(),
        changes_asked(),
        facts.steps_in(db, own.before(last).standing()),
        set_asked(),
        withdrawals_asked(),
        frozenset((t.command, t.task) for t in told),
    )


class _LogBuilder:
    """Turns facts into entries."""

    def __init__(self, context: Context, read: _Read, of_plan: PlanFacts, besides: Collection[str]) -> None:
        self.context = context
        self.read = read
        self.of_plan = of_plan
        #: The commands of which more is told than what became of tasks.
        self.besides = besides
        db, by = context.db, {*read.commands(), *besides}
        commands_asked, gone_asked = commands.ask_commands(db, by), commands.ask_undone_by(db, by)
        known_asked = tasks.ask_label_of_uid(db, read.tasks())
        self.commands, self.gone, self.known = commands_asked(), gone_asked(), known_asked()
        #: The first opening day of each task, by its command too.
        self.opened: dict[tuple[str, str], str] = {}
        self.made: list[tuple[int, int, LogEntry]] = []

    def entries(self) -> list[LogEntry]:
        """Return what is told, in its order."""
        self.openings()
        self.updates()
        self.deadlines()
        self.assignments()
        self.parts()
        for change in filter(self.read.tells, self.read.changes):
            old, new = (
                self.labels(text) if change.field in _LINKS else text for text in (change.old, change.new)
            )
            self.add(change.command, change.task, change.field, old, new, None)
        for command in self.besides:
            self.of_the_plan(command)
        self.undoings()
        return self.sorted()

    def add(
        self,
        command: str,
        uid: str | None,
        field: str,
        old: str | None,
        new: str | None,
        on: str | None,
        party: str | None = None,
    ) -> None:
        """Add one entry."""
        by, gone = self.commands[command], self.gone.get(command)
        applied = self.of_plan.revisions.get(command)
        label, title = self.known[uid] if uid else (None, None)
        entry = _new_entry(
            command=by.label, verb=by.verb, recorded_at=by.recorded_at, author=by.author, site=by.site or None,
            entered_by=by.entered_by,
            task=label, field=field, old=old, new=new, on=on, withdrawn_by=f"c{gone}" if gone else None,
            revision=applied and applied.revision, reason=applied and applied.reason, title=title, party=party,
        )  # fmt: skip
        self.made.append((by.number, len(self.made), entry))

    def labels(self, uids: str | None) -> str | None:
        """Return the labels of tasks that a column names, of those that are known."""
        return joined(self.known[uid][0] for uid in split(uids or "") if uid in self.known) or None

    def sorted(self) -> list[LogEntry]:
        """Return the entries, the newest command last, in each task by task, in the order in which it was written."""
        there = [e for e in self.made if e[2].on is None or e[2].on <= self.context.when.day]
        first: dict[tuple[int, str | None], int] = {}
        for number, place, entry in there:
            first.setdefault((number, entry.task), place)
        return [entry for *_, entry in sorted(there, key=lambda e: (e[0], first[e[0], e[2].task], e[1]))]

    def openings(self) -> None:
        """Add the entry with which each task began."""
        for row in self.read.openings:
            self.opened[row.command, row.uid] = row.opened_on
            values = {field: as_text(getattr(row, field)) for field in _AT_OPENING}
            for link in _LINKS:
                values[link] = self.labels(values[link])
            for field, value in values.items():
                if value and (field, value) != ("priority", "normal"):
                    self.add(row.command, row.uid, field, None, value, row.opened_on)

    def undoings(self) -> None:
        """Add what was taken back, by the undo that did."""
        for w in self.read.withdrawals:
            self.add(w.command, None, "undo", None, self.commands[w.target].label, None)

    def updates(self) -> None:
        """Add what updates said; the old values are those of the day they speak of, as known before them."""
        said = grouped((u.task, u) for u in self.read.said if u.command not in self.gone)
        for update in filter(self.read.tells, self.read.updates):
            if any(getattr(update, field) not in (None, False) for field in _OF_STATE):
                earlier = [u for u in said.get(update.task, ()) if u.recorded_at < update.recorded_at]
                self._state(update, work_on(earlier, update.on))
            for field in _SAID:
                if (text := getattr(update, field)) is not None:
                    self.add(update.command, update.task, field, None, text, update.on)

    def _state(self, u: Update, before: Work) -> None:
        if u.status is not None:
            self.add(u.command, u.task, "status", before.status, u.status, u.on)
        for field in _NUMBERS:
            if (number := getattr(u, field)) is not None:
                self.add(u.command, u.task, field, as_text(getattr(before, field)), str(number), u.on)
        if u.blocked is not None or u.unblocked:
            self.add(u.command, u.task, "blocked", before.blocked, u.blocked, u.on)

    def deadlines(self) -> None:
        """Add corrections and extensions of due days."""
        known = grouped((d.task, d) for d in self.read.deadlines_set if d.command not in self.gone)
        for d in filter(self.read.tells, self.read.deadlines):
            earlier = [e for e in known.get(d.task, ()) if (e.recorded_at, e.uid) < (d.recorded_at, d.uid)]
            old = earlier[-1].due if earlier else None
            if d.due is not None or old is not None:
                self.add(d.command, d.task, "due", old, d.due, d.on)
                if d.reason is not None:
                    self.add(d.command, d.task, "reason", None, d.reason, d.on)

    def assignments(self) -> None:
        """Add who took or left a role; a role given with the opening is of its day, a correction of no day."""
        told = filter(self.read.tells, self.read.assignments)
        # Of several who turned out to be one party, one is told of.
        for a in {(a.command, a.task, a.role, a.party, a.on, a.holds): a for a in told}.values():
            old, new = (None, a.party) if a.holds else (a.party, None)
            self.add(a.command, a.task, a.role, old, new, a.on or self.opened.get((a.command, a.task)))

    def parts(self) -> None:
        """Add which parts came to a task, were done, and were not after all."""
        texts = facts.part_texts(self.context.db, {fact.task for fact in self.read.parts})
        for fact in filter(self.read.tells, self.read.parts):
            field = "part" if fact.text is not None else "part_done" if fact.is_done else "part_undone"
            said = f"{fact.nth}. {texts[fact.task, fact.nth]}"
            self.add(fact.command, fact.task, field, None, said, fact.on)

    def of_the_plan(self, command: str) -> None:
        """Add what a command said besides tasks: of indicators, filters, members and parties; the plan's revision."""
        for old, new, on in self.of_plan.measured.get(command, ()):
            self.add(command, None, "indicator", old, new, on)
        if command in self.of_plan.meant:
            self.add(command, None, *self.of_plan.meant[command], None)
        for field, name in self.of_plan.of_database.get(command, ()):
            self.add(command, None, field, None, name, None)
        for said in self.of_plan.parties.get(command, ()):
            self.add(command, None, said.field, said.old, said.new, None, said.party)
        if applied := self.of_plan.revisions.get(command):
            old = str(applied.revision - 1) if applied.revision > 1 else None
            self.add(command, None, "plan", old, str(applied.revision), None)
