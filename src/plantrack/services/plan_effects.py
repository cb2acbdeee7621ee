"""What a new state of a plan does to its tasks: the one place that decides it, for `plan diff` and `plan apply`."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from plantrack.model.days import DueDay
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Plan
from plantrack.model.plan_diff import FieldChange, Leaf, What, codes, renames
from plantrack.model.task import FOLLOWABLE, Task
from plantrack.model.text import natural_key
from plantrack.model.views.plan import Obstacle, TaskEffect
from plantrack.services.plan_defaults import PlanDefaults, beside_own, plan_defaults

#: What is known of an activity or a task, by followed field and by path.
Shown = dict[str, dict[str, Leaf]]
#: What only open work takes over.
_OPEN_ONLY = ("due", "lead", "coordinating")


class Effects(NamedTuple):
    """What happens to tasks, and what stands in the way."""

    tasks: tuple[TaskEffect, ...]
    obstacles: tuple[Obstacle, ...]


def effects(old: Plan, new: Plan, tasks: Iterable[Task]) -> Effects:
    """Say what becomes of the tasks of a plan, in the order of their labels, when `new` takes the place of `old`."""
    step = _Step(old, new)
    touched = [step.effect(task) for task in sorted(tasks, key=lambda t: natural_key(t.label))]
    told = tuple(e for e in touched if e.changes or e.kept or e.blocked_by)
    return Effects(told, tuple(_obstacles(touched, step.lost)))


def _obstacles(touched: Iterable[TaskEffect], organisations: Collection[str]) -> Iterator[Obstacle]:
    """Gather the open tasks that stand on what is gone, by its code or id."""
    by_code: dict[str, list[Task]] = {}
    for effect in touched:
        for code in effect.blocked_by:
            by_code.setdefault(code, []).append(effect.task)
    for code, tasks in by_code.items():
        what: What = "organisation" if code in organisations else "activity" if "." in code else "area"
        yield Obstacle(what, code, tuple(tasks))


class _Step:
    """The step from one state of the plan to the next."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.moves = renames(old, new)
        self.old, self.new = Names(old), Names(new)
        self.codes = set(codes(new))
        #: What goes in this step; of what went in an earlier one, finished work is no news.
        self.gone = set(codes(old)) - self.codes
        kept = {o.id for o in new.organisations}
        self.lost = {o.id for o in old.organisations} - kept

    def effect(self, task: Task) -> TaskEffect:
        """Say what becomes of a task."""
        area, activity = self.place(task.area, task.activity)
        changes = [*_moved("area", task.area, area), *_moved("activity", task.activity, activity)]
        kept: list[str] = []
        if activity in self.new.activities:
            followed, own = self._followed(task, activity)
            changes += followed
            kept += own
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
        """Return what a task takes over, and what the plan says anew and the task keeps as its own."""
        plan = plan_defaults(self.new, self.new.activities[activity])
        says = shown_by(beside_own(plan, task.follows, task.lead, task.coordinating))
        said = self._said_before(task)
        has = shown_on(task)
        takes = [f for f in task.follows if task.is_open or f not in _OPEN_ONLY]
        changes = [c for f in FOLLOWABLE if f in takes for c in _compared(has[f], says[f])]
        kept = [f for f in FOLLOWABLE if f not in takes and said.get(f) != says[f] and has[f] != says[f]]
        return changes, kept

    def _said_before(self, task: Task) -> Shown:
        old = self.old.activities.get(task.activity or "")
        return shown_by(plan_defaults(self.old, old)) if old else {}

    def _blocked(
        self, task: Task, area: str, activity: str | None, changes: Iterable[FieldChange]
    ) -> Iterator[str]:
        """Name what is gone and open work stands on."""
        if not task.is_open:
            return
        yield from (code for code in (area, activity) if code is not None and code not in self.codes)
        roles: dict[str, tuple[str, ...]] = {"lead": task.lead, "coordinating": task.coordinating}
        roles.update({c.name: c.new for c in changes if c.name in roles and isinstance(c.new, tuple)})
        yield from dict.fromkeys(o for held in roles.values() for o in held if o in self.lost)


def _moved(name: str, old: str | None, new: str | None) -> list[FieldChange]:
    return [FieldChange(name, old, new)] if old != new else []


def _compared(has: Mapping[str, Leaf], says: Mapping[str, Leaf]) -> Iterator[FieldChange]:
    yield from (FieldChange(path, has[path], says[path]) for path in says if has[path] != says[path])


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
