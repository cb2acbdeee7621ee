"""What a new state of a plan does to its tasks, for `plan diff` and `plan apply`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from plantrack.model.days import DueDay
from plantrack.model.grouping import chunks, grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Plan
from plantrack.model.plan_diff import FieldChange, Leaf, What, codes, renames
from plantrack.model.task import FOLLOWABLE, Task
from plantrack.model.text import natural_key
from plantrack.model.views.plan import Obstacle, TaskEffect
from plantrack.services.writing.plan_defaults import PlanDefaults, beside_own, plan_defaults
from plantrack.store import plans
from plantrack.store.connection import Connection
from plantrack.store.questions import plan_tasks
from plantrack.store.task_rows import task_of
from plantrack.store.tasks import own_rows

#: What is known of an activity or a task, by followed field and by path.
Shown = dict[str, dict[str, Leaf]]
#: What only open work takes over.
_OPEN_ONLY = ("due", "lead", "coordinating")


class Effects(NamedTuple):
    """What happens to tasks, and what stands in the way."""

    tasks: tuple[TaskEffect, ...]
    obstacles: tuple[Obstacle, ...]


def effects(db: Connection, old: Plan, new: Plan, recorded: Collection[str] = ()) -> Effects:
    """Return what becomes of the tasks of a plan, in the order of their labels, when `new` takes the place of `old`.

    `recorded`: the organisations that are known without a plan.
    """
    step = PlanStep(old, new, recorded)
    former = plans.former(db, new.id)
    codes = {*step.changed(), *former.areas, *former.activities, *_behind(db, step)}
    uids = {*plan_tasks.of_codes(db, new.id, codes), *plan_tasks.open_of(db, new.id, step.lost)}
    told = sorted(_told(db, step, sorted(uids)), key=lambda effect: natural_key(effect.task.label))
    return Effects(tuple(told), tuple(_obstacles(told, step.lost)))


def _behind(db: Connection, step: "PlanStep") -> Iterator[str]:
    """Yield the activities of tasks that are not in line with the plan: an undo took them back, or they were closed."""
    kinds = plan_tasks.followers(db, step.new.plan.id)
    yield from (e.task.activity for e in _told(db, step, kinds) if e.changes and e.task.activity)


def _told(db: Connection, step: "PlanStep", uids: Sequence[str]) -> Iterator[TaskEffect]:
    """Yield what becomes of some tasks, where anything does."""
    for some in chunks(uids):
        here = (task_of(row) for row in own_rows(db, some) if row.counted)
        yield from (e for e in map(step.effect, here) if e.changes or e.kept or e.blocked_by)


def _obstacles(touched: Iterable[TaskEffect], organisations: Collection[str]) -> Iterator[Obstacle]:
    """Yield what is gone and has open tasks."""
    by_code = grouped((code, effect.task) for effect in touched for code in effect.blocked_by)
    for code, tasks in by_code.items():
        what: What = "organisation" if code in organisations else "activity" if "." in code else "area"
        yield Obstacle(what, code, tuple(tasks))


class PlanStep:
    """The step from one state of the plan to the next; `recorded`: organisations that are known without it."""

    def __init__(self, old: Plan, new: Plan, recorded: Collection[str] = ()) -> None:
        self.moves = renames(old, new)
        self.old, self.new = Names(old), Names(new)
        self.codes = set(codes(new))
        #: Codes that go in this step; finished work on those that went earlier is no news.
        self.gone = set(codes(old)) - self.codes
        kept = {o.id for o in new.organisations}
        self.lost = {o.id for o in old.organisations} - kept - {*recorded}

    def changed(self) -> Iterator[str]:
        """Yield the codes on which a task may be touched because they, or what the plan says of them, changed."""
        yield from (code for code in self.old.areas if code in self.moves or code in self.gone)
        for code, before in self.old.activities.items():
            now = self.new.activities.get(code)
            if now is None or before != now or self._roles(self.old, before) != self._roles(self.new, now):
                yield code

    def _roles(self, names: Names, activity: Activity) -> tuple[Sequence[str], Sequence[str]]:
        area = names.area_of(activity)
        return area.lead, area.coordinating

    def effect(self, task: Task) -> TaskEffect:
        """Return what becomes of a task."""
        area, activity = self.place(task.area, task.activity)
        before: dict[str, Leaf] = {"area": task.area, "activity": task.activity}
        changes = _compared(before, {"area": area, "activity": activity})
        kept: list[str] = []
        if activity in self.new.activities:
            followed, kept = self._followed(task, activity)
            changes += followed
        blocked = tuple(self._blocked(task, area, activity, changes))
        if not blocked and (activity or area) in self.gone:
            kept.append("code")
        return TaskEffect(task, activity or area, tuple(changes), tuple(kept), blocked)

    def place(self, area: str, activity: str | None) -> tuple[str, str | None]:
        """Return the area and the activity that a task belongs to now; on what is gone it stays as it was."""
        code = self.moves.get(activity, activity) if activity else None
        if code is not None and code in self.new.activities:
            return self.new.area_of(self.new.activities[code]).code, code
        if activity is not None:
            return area, activity
        found = self.moves.get(area, area)
        return (found if found in self.new.areas else area), None

    def _followed(self, task: Task, activity: str) -> tuple[list[FieldChange], list[str]]:
        """Return what a task takes over, and the changed fields that it keeps as its own."""
        plan = plan_defaults(self.new, self.new.activities[activity])
        says = shown_by(beside_own(plan, task.follows, task.lead, task.coordinating))
        before = self.old.activities.get(task.activity or "")
        said = shown_by(plan_defaults(self.old, before)) if before else {}
        has = shown_on(task)
        takes = [f for f in task.follows if task.is_open or f not in _OPEN_ONLY]
        changes = [c for f in FOLLOWABLE if f in takes for c in _compared(has[f], says[f])]
        kept = [f for f in FOLLOWABLE if f not in takes and said.get(f) != says[f] and has[f] != says[f]]
        return changes, kept

    def _blocked(
        self, task: Task, area: str, activity: str | None, changes: Iterable[FieldChange]
    ) -> Iterator[str]:
        """Yield the codes and organisations of an open task that are gone."""
        if not task.is_open:
            return
        yield from (code for code in (area, activity) if code is not None and code not in self.codes)
        held = {"lead": task.lead, "coordinating": task.coordinating}
        held.update({c.name: c.new for c in changes if c.name in held and isinstance(c.new, tuple)})
        yield from dict.fromkeys(org for parties in held.values() for org in parties if org in self.lost)


def _compared(has: Mapping[str, Leaf], says: Mapping[str, Leaf]) -> list[FieldChange]:
    return [FieldChange(path, has[path], says[path]) for path in says if has[path] != says[path]]


def shown_by(plan: PlanDefaults) -> Shown:
    """Return what the plan says of an activity, as a task would show it."""
    return _shown(plan, plan.due)


def shown_on(task: Task) -> Shown:
    """Return what a task has."""
    return _shown(task, DueDay(task.due, task.due_text))


def _shown(said: PlanDefaults | Task, due: DueDay) -> Shown:
    """Return each field with its parts; of organisations the order does not count."""
    deliverable, deliverable_en = said.deliverable or (None, None)
    return {
        "title": {"title": said.title.vi, "title.en": said.title.en},
        "start": {"start": said.start},
        "due": {"due": due.day, "time": due.text},
        "priority": {"priority": said.priority},
        "deliverable": {"deliverable": deliverable, "deliverable.en": deliverable_en},
        "places": {"places": said.places},
        "lead": {"lead": tuple(sorted(said.lead))},
        "coordinating": {"coordinating": tuple(sorted(said.coordinating))},
    }
