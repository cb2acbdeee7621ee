"""Let the unfinished work of a plan go on in a later one: each task is closed there and opened here, as one piece of work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from plantrack.errors import Failure
from plantrack.model.days import DueDay
from plantrack.model.grouping import chunks
from plantrack.model.history import END_OF_TIME, fact_order
from plantrack.model.names import Names
from plantrack.model.pairing import alike, namesake, pairs, titles
from plantrack.model.plan_diff import What
from plantrack.model.status import Role, Status
from plantrack.model.task import Task, task_label
from plantrack.model.views.plan import Carried, CarryOver, Obstacle, Remark
from plantrack.services.context import Context, for_plan
from plantrack.services.plan_effects import shown_by, shown_on
from plantrack.services.verbs.plan.diff import ways_out
from plantrack.services.writing import cautions
from plantrack.services.writing.command_rules import CommandResult, Extension, Recurrence, TaskOpening
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.occurrences import copy_parts
from plantrack.services.writing.plan_defaults import beside_own, plan_defaults
from plantrack.services.writing.run_command import run_command
from plantrack.store.questions import plan_tasks
from plantrack.store.task_rows import TaskRow, joined, split, task_of
from plantrack.store.tasks import last_days_after, own_rows

#: How many tasks are carried over at once: all of them, with their facts, would not fit in a small memory.
_AT_ONCE = 2000


def what_would_be_carried(
    context: Context, plan: str, on: str | None = None, typed_pairs: Sequence[str] = ()
) -> CarryOver:
    """Say what `carry_over` would do, and refuse what it would; nothing is changed.

    Raises: carry-over-late, carry-over-order; those of `read_pairs`, `Context.day`, `for_plan`.
    """
    return _look(_earlier(context, plan), context, context.day(on), typed_pairs)


def carry_over(
    context: Context, plan: str, on: str | None = None, typed_pairs: Sequence[str] = ()
) -> tuple[CarryOver, CommandResult]:
    """Close the open tasks of `plan` on a day and open them in the plan of the context: all in one command.

    `typed_pairs`: what is the same in both plans whatever its code and title, as `ND3.1=ND3.2`.

    Fails with `unknown-plan`; with `pair-form` or `pair-twice`; with `carry-over-order` when `plan` is not an earlier
    one; with `carry-over-late` when something is known of its tasks after that day; with `carry-over-lacking` when
    they use what the new plan lacks.

    Raises: carry-over-late, carry-over-order; those of `CommandWriter.row`, `read_pairs`, `run_command`,
    `for_plan`.
    """
    old = _earlier(context, plan)
    found: list[tuple[CarryOver, tuple[Task, ...]]] = []

    def body(writer: CommandWriter) -> None:
        view = _look(old, context, writer.day(on), typed_pairs)
        found[:] = [(view, tuple(_carry(writer, view)))]

    result = run_command(context, "plan carry-over", body, old)
    ((view, opened),) = found
    return view, result._replace(tasks=opened)


def _earlier(context: Context, plan: str) -> Context:
    old = for_plan(context, plan)
    if old.plan.year >= context.plan.year:
        years = old.plan.year, context.plan.year
        raise Failure("carry-over-order", old=plan, old_year=years[0], plan=context.plan.id, year=years[1])
    return old


def _look(old: Context, new: Context, day: str, typed_pairs: Sequence[str]) -> CarryOver:
    """Find the open tasks of a plan on a day, and what each becomes in the new one."""
    known = read_pairs(typed_pairs, old.names, new.names)
    _refuse_late(old, new, day)
    mapper = _TaskMapper(old, new, day, known)
    carried = tuple(map(mapper.carried, _open_on(old, day)))
    if mapper.lacking:
        raise mapper.refusal()
    return CarryOver(new.heading, old.plan, day, carried)


def _open_on(old: Context, day: str) -> Iterator[Task]:
    """Yield the open tasks of a plan on a day after which nothing is known of them: their rows have its state."""
    for some in chunks(list(plan_tasks.open_on(old.db, old.plan.id, day))):
        rows = {row.uid: row for row in own_rows(old.db, some)}
        yield from (task_of(rows[uid]) for uid in some)


def _refuse_late(old: Context, new: Context, day: str) -> None:
    """Hold that nothing is known of the tasks after the day on which they are closed."""
    late = _late(old, day)
    if not late:
        return
    free, later = day, late
    while later:
        free = max(later.values())
        later = _late(old, free)
    raise Failure("carry-over-late", tasks=tuple(late), day=day, free=free, old=old.plan.id, plan=new.plan.id)


def _late(old: Context, day: str) -> dict[str, str]:
    """Return the last day of which something is known, of the tasks that are open on a day or now."""
    last = last_days_after(old.db, old.plan.id, day)
    days = (day, END_OF_TIME) if last else ()
    open_ones = (plan_tasks.open_on(old.db, old.plan.id, d).items() for d in days)
    late = {uid: named for some in open_ones for uid, named in some if uid in last}
    return {task_label(*late[uid]): last[uid] for uid in sorted(late, key=late.__getitem__)}


def read_pairs(typed: Iterable[str], old: Names, new: Names) -> dict[str, str]:
    """Read pairs of a code of the old plan and one of the new: two areas, two activities, an activity and an area.

    Raises: pair-form, pair-twice; those of `Names.activity`, `Names.activity_code`, `Names.area`,
    `Names.area_code`.
    """
    found: dict[str, str] = {}
    for pair in typed:
        one, equals, other = (part.strip() for part in pair.partition("="))
        if not (one and equals and other) or ("." in other and "." not in one):
            raise Failure("pair-form", pair=pair)
        code = old.activity_code(one) if "." in one else old.area_code(one)
        now = (new.activity(other) if "." in other else new.area(other)).code
        if found.setdefault(code, now) != now:
            raise Failure("pair-twice", code=code, one=found[code], other=now)
    return found


class _TaskMapper:
    """Maps the open tasks of one plan to a later one, on a day."""

    def __init__(self, old: Context, new: Context, day: str, known: Mapping[str, str]) -> None:
        self.old, self.new, self.day = old.names, new.names, day
        self.pairs = pairs(old.plan, new.plan, known)
        self.titles, self.new_titles = titles(old.plan), titles(new.plan)
        #: Areas and organisations that open tasks have and the new plan does not, with those tasks.
        self.lacking: dict[tuple[What, str], list[Task]] = {}
        #: The labels of the open tasks that the new plan has already, by activity.
        self.labels = plan_tasks.open_labels(new.db, new.plan.id)

    def carried(self, task: Task) -> Carried:
        """Say what a task becomes."""
        area, activity = self._code(task)
        remarks = list(self._code_remarks(task, area, activity))
        lead, coordinating = (self._parties(task, held, remarks) for held in (task.lead, task.coordinating))
        places = tuple(dict.fromkeys(self._place(place, remarks) for place in task.places))
        new = task._replace(
            plan=self.new.plan.id, area=area, activity=activity, opened_on=self.day, lead=lead,
            coordinating=coordinating, places=places, follows=(), blocked_since=task.blocked and self.day,
            budget=None, budget_source=None, allocated=None, spent=None,
        )  # fmt: skip
        if any(amount is not None for amount in (task.budget, task.allocated, task.spent)):
            remarks.append(Remark("money-left", {}))
        return Carried(task, self._following(task, new, remarks), tuple(remarks))

    def _code(self, task: Task) -> tuple[str, str | None]:
        """Return the area and the activity in the new plan; without the activity, the area alone."""
        same = self.pairs.get(task.activity or "")
        if same in self.new.activities:
            return self.new.area_of(self.new.activities[same]).code, same
        area = same or self.pairs.get(task.area)
        if area is None:
            self.lacking.setdefault(("area", task.area), []).append(task)
        return area or task.area, None

    def _code_remarks(self, task: Task, area: str, activity: str | None) -> Iterable[Remark]:
        now = activity or area
        if task.activity and not activity:
            yield from self._without_activity(task.activity, area)
        elif now in self.new_titles and self._differs(task.heading, now):
            yield Remark("moved", {"old": task.heading, "new": now})
        if activity in self.labels:
            yield Remark("activity-has", {"activity": activity, "tasks": ", ".join(self.labels[activity])})

    def _differs(self, old: str, new: str) -> bool:
        """Return whether what goes on has another code, or another title."""
        return old != new or (old in self.titles and not alike(self.titles[old], self.new_titles[new]))

    def _without_activity(self, activity: str, area: str) -> Iterable[Remark]:
        """Say why only the area is left of an activity: it is another one now, or gone; and what it may be."""
        code = "activity-other" if activity in self.new_titles else "activity-gone"
        yield Remark(code, {"activity": activity, "area": area})
        if other := self._namesake(activity):
            yield Remark("namesake", {"old": activity, "new": other})

    def _namesake(self, code: str) -> str | None:
        """Return what has the title of a code in the new plan and is not the same as anything else."""
        taken = {*self.pairs.values()}
        free = {other: title for other, title in self.new_titles.items() if other not in taken}
        return namesake(code, self.titles[code], free) if code in self.titles else None

    def _parties(self, task: Task, held: Sequence[str], remarks: list[Remark]) -> tuple[str, ...]:
        """Return who has a role from the day on, with the successors of organisations that have ended."""
        found: dict[str, None] = {}
        for party in held:
            now = self._successor(party)
            if now not in self.new.organisations:
                self.lacking.setdefault(("organisation", party), []).append(task)
            remark = Remark("successor", {"organisation": party, "successor": now})
            if now != party and remark not in remarks:
                remarks.append(remark)
            found[now] = None
        return tuple(found)

    def _successor(self, party: str) -> str:
        known = self.new.organisations.get(party) or self.old.organisations.get(party)
        while known is not None and known.valid_to is not None and known.valid_to < self.day:
            after = self.new.organisations.get(known.successor or "")
            if after is None:
                break
            party, known = after.id, after
        return party

    def _place(self, place: str, remarks: list[Remark]) -> str:
        """Return a place as the new plan has it: by its id, else by its name, else as it was."""
        known = self.old.places.get(place)
        for name in (place, *([known.name.vi] if known else [])):
            try:
                return self.new.place(name, self.day)
            except Failure:
                continue
        remarks.append(Remark("place-unknown", {"place": place}))
        return place

    def _following(self, task: Task, new: Task, remarks: list[Remark]) -> Task:
        """Return `new` with what `task` followed and was not known yet, and the due day of the new activity if it followed one.

        It goes on following what is the same there, so that the next revision changes nothing by surprise.
        """
        if new.activity is None:
            return _one_role_each(new, remarks)
        activity = self.new.activities[new.activity]
        plan = plan_defaults(self.new, activity)
        known: dict[str, Any] = {
            "start": activity.start, "deliverable": activity.deliverable, "places": activity.place,
            "lead": plan.lead, "coordinating": plan.coordinating,
        }  # fmt: skip
        unknown = [f for f in known if f in task.follows and not getattr(new, f)]
        new = _one_role_each(new._replace(**{f: known[f] for f in unknown}), remarks)
        if "due" in task.follows and plan.due.day is not None and plan.due != (task.due, task.due_text):
            new = new._replace(due=plan.due.day, due_text=plan.due.text)
            remarks.append(Remark("due", {"activity": new.activity or ""}))
        plan = beside_own(plan, task.follows, new.lead, new.coordinating)
        says, has = shown_by(plan), shown_on(new)
        return new._replace(follows=tuple(f for f in task.follows if has[f] == says[f]))

    def refusal(self) -> Failure:
        """Name what is lacking, with its tasks and with commands that take them off it."""
        obstacles = [Obstacle(*lacking, tuple(dict.fromkeys(of))) for lacking, of in self.lacking.items()]
        commands = tuple(command for o in obstacles for command in self._ways_out(o))
        codes = tuple(map(self._named, obstacles))
        return Failure("carry-over-lacking", plan=self.new.plan.id, codes=codes, commands=commands)

    def _named(self, obstacle: Obstacle) -> str:
        """Name what is lacking, with its tasks; where the new plan has the code for something else, both titles."""
        code, labels = obstacle.code, ", ".join(t.label for t in obstacle.tasks)
        if obstacle.what != "area" or not {code} <= self.titles.keys() & self.new_titles.keys():
            return f"{code} ({labels})"
        return f"{code} “{self.titles[code].vi}” ({labels}; {self.new.plan.id}: “{self.new_titles[code].vi}”)"

    def _ways_out(self, obstacle: Obstacle) -> Iterable[str]:
        """Return commands; whether an area of another title is the same one is for people to say."""
        code = obstacle.code
        same = self._namesake(code) or (code if code in self.new_titles else None)
        if obstacle.what != "area" or same is None:
            return ways_out(obstacle, self.new.plan)
        return [f"plantrack plan carry-over {self.old.plan.id} {self.new.plan.id} --pair {code}={same}"]


def _one_role_each(new: Task, remarks: list[Remark]) -> Task:
    """Let who leads not coordinate too: an organisation and its successor may have had one role each."""
    both = [party for party in new.coordinating if party in new.lead]
    remarks.extend(Remark("both-roles", {"organisation": party}) for party in both)
    return new._replace(coordinating=tuple(p for p in new.coordinating if p not in both))


def _carry(writer: CommandWriter, view: CarryOver) -> Iterator[Task]:
    """Close tasks in the old plan and open them in the new one, some at a time; yield the new ones."""
    if view.tasks:
        _ = writer.command  # of all that follow
    came: dict[str, str] = {}
    for some in chunks(view.tasks, _AT_ONCE):
        writer = writer.next_chunk()
        opened = _carry_some(writer, some, view.day)
        writer.flush()
        came.update(zip((each.old.uid for each in some), opened, strict=True))
        new = {task.uid: task for task in writer.result().tasks}
        yield from (new[uid] for uid in opened)
    _keep_order(writer, came)


def _keep_order(writer: CommandWriter, came: Mapping[str, str]) -> None:
    """Let tasks go on to wait for those that go on too; `came`: the new task of each old one, by uid."""
    for some in chunks(came, _AT_ONCE):
        for row in [row for row in own_rows(writer.db, some) if row.after]:
            before = [came[uid] for uid in split(row.after) if uid in came]
            writer.change(came[row.uid], after=joined(before))
    writer.flush()


def _carry_some(writer: CommandWriter, carried: Sequence[Carried], day: str) -> list[str]:
    """Carry tasks over with their deadlines and state; return the new uids."""
    writer.load([each.old.uid for each in carried])
    opened = writer.open_tasks([_opening(writer, each, day) for each in carried])
    cautions.new_tasks(writer, opened)
    for (old, *_), uid in zip(carried, opened, strict=True):
        writer.update(writer.row(old.uid).uid, day, status=Status.CARRIED_OVER)
        if (old.status, old.percent, old.blocked) != (Status.NOT_STARTED, None, None):
            writer.update(uid, day, status=old.status, percent=old.percent, blocked=old.blocked)
        copy_parts(writer, old.uid, uid, day, as_done=True)
    return opened


def _opening(writer: CommandWriter, each: Carried, day: str) -> TaskOpening:
    old, new = each.old, each.new
    known = sorted(writer.facts(old.uid).deadlines, key=fact_order)
    first = next((DueDay(d.due, d.due_text) for d in reversed(known) if d.on is None), DueDay(None, None))
    extensions = [Extension(DueDay(d.due, d.due_text), d.on, d.reason) for d in known if d.on is not None]
    due = DueDay(new.due, new.due_text)
    if due != (old.due, old.due_text):
        extensions.append(Extension(due, day, f"{new.plan}, {new.activity}"))
    return TaskOpening(
        area=new.area,
        activity=new.activity,
        parties={Role.LEAD: new.lead, Role.COORDINATING: new.coordinating, Role.IN_CHARGE: new.in_charge},
        follows=new.follows,
        opened_on=new.opened_on,
        due=first,
        start_day=new.start,
        priority=new.priority,
        deliverable=new.deliverable,
        places=new.places,
        tags=new.tags,
        title=new.title,
        carried_from=old.uid,
        extensions=tuple(extensions),
        recurrence=_recurrence(writer.any_row(old.uid), first.day),
        document=new.document,
    )


def _recurrence(row: TaskRow, due: str | None) -> Recurrence | None:
    """Return how a task goes on to recur: until the new plan ends, unless it was to end before."""
    if row.every is None or row.every_until is not None or due is None:
        return None
    return Recurrence(row.every, row.every_from or due)
