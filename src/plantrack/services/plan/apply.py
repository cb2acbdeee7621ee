"""Carry plan files into the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME
from plantrack.model.plan import Plan
from plantrack.model.problem import Problem, ProblemsFound
from plantrack.model.record import NamedTuple
from plantrack.model.text import clean_text, visible
from plantrack.services.desk import Asked, Clock, sit_down, utc_now
from plantrack.services.following import follow, planned
from plantrack.services.writing import Pen, deriving
from plantrack.store import commands, plans, tasks
from plantrack.store.connection import Connection
from plantrack.store.plans import Revision
from plantrack.store.tasks import TaskRow, When


class _Draft(NamedTuple):
    """A plan file that was read and found good."""

    plan: Plan
    file: str
    document: bytes
    sha256: str
    git_commit: str | None
    dirty: bool | None
    warnings: tuple[Problem, ...]


class Applied(NamedTuple):
    """What `plan apply` did with one plan."""

    plan: str
    revision: int
    #: False: the file is what was applied last.
    changed: bool
    areas: int
    activities: int
    #: Labels of the tasks that followed a change.
    tasks: tuple[str, ...]


class Applying(NamedTuple):
    """What `plan apply` did, with the warnings of the files."""

    applied: tuple[Applied, ...]
    warnings: tuple[Problem, ...]


def apply(
    db: Connection,
    files: Sequence[Path],
    root: Path,
    author: str,
    clock: Clock = utc_now,
    *,
    reason: str | None = None,
    verb: str = "plan apply",
) -> Applying:
    """Carry plan files into the database, all of them in one transaction.

    Fails with `ProblemsFound` when a file has errors, and with `plan-would-orphan` when an area or an activity
    with open tasks is no longer in it.
    """
    drafts = [_draft(file, root) for file in files]
    _distinct(drafts)
    why = clean_text(reason, what="reason") if reason is not None else None
    with db.atomic():
        applied = tuple(_apply(db, draft, author, clock(), why, verb) for draft in drafts)
    return Applying(applied, tuple(w for d in drafts for w in d.warnings))


def _draft(file: Path, root: Path) -> _Draft:
    from plantrack.planfile.document import read_document
    from plantrack.planfile.load import check_document
    from plantrack.planfile.origin import origin

    data = read_document(file)
    plan, problems = check_document(file, data, root)
    if plan is None:
        raise ProblemsFound("plan-has-problems", tuple(problems), file=str(file))
    came = origin(file, data)
    shown = visible(str(file.relative_to(root)) if file.is_relative_to(root) else str(file))
    return _Draft(plan, shown, data, came.sha256, came.git_commit, came.dirty, tuple(problems))


def _distinct(drafts: Sequence[_Draft]) -> None:
    """Two files of one plan would overwrite each other."""
    seen: dict[str, str] = {}
    for draft in drafts:
        if draft.plan.id in seen:
            raise Failure("plan-id-twice", plan=draft.plan.id, file=seen[draft.plan.id], other=draft.file)
        seen[draft.plan.id] = draft.file


def _apply(
    db: Connection, draft: _Draft, author: str, now: datetime, reason: str | None, verb: str
) -> Applied:
    plan = draft.plan
    known = plans.revisions(db, plan.id) if plan.id in dict(plans.plan_years(db)) else []
    sizes = (len(plan.areas), sum(len(a.activities) for a in plan.areas))
    if known and known[0].sha256 == draft.sha256 and plans.load_plan(db, plan.id) == plan:
        return Applied(plan.id, known[0].revision, False, *sizes, ())
    if known:
        _refuse_orphans(db, plans.load_plan(db, plan.id), plan)
    number = known[0].revision + 1 if known else 1
    command = commands.record(db, verb, author, now)
    revision = Revision(
        plan.id, number, command.number, command.recorded_at, draft.file, draft.sha256, draft.git_commit,
        draft.dirty, author,
    )  # fmt: skip
    plans.save_revision(db, plan, revision, draft.document.decode("utf-8"), reason)
    touched = _bring_along(db, plan, author, now, command, reason)
    return Applied(plan.id, number, True, *sizes, touched)


def _codes(plan: Plan) -> list[str]:
    return [code for area in plan.areas for code in (area.code, *(a.code for a in area.activities))]


def _refuse_orphans(db: Connection, old: Plan, new: Plan) -> None:
    """Refuse to drop an area, an activity or an organisation that open work stands on."""
    here = [t for t in tasks.tasks_on(db, old.id, When(END_OF_TIME)) if t.is_open]
    used: dict[str, list[str]] = {}
    for task in here:
        for code in (task.area, task.activity or "", *task.lead, *task.coordinating):
            used.setdefault(code, []).append(task.label)
    kept = {*_codes(new), *(o.id for o in new.organisations)}
    named = (*_codes(old), *(o.id for o in old.organisations))
    gone = [code for code in named if _renamed(code, new.moved) not in kept]
    orphans = [code for code in gone if code in used]
    if orphans:
        listed = tuple(f"{code} ({', '.join(used[code])})" for code in orphans)
        count = len({label for code in orphans for label in used[code]})
        raise Failure("plan-would-orphan", codes=listed, count=count)


def _bring_along(
    db: Connection, plan: Plan, author: str, now: datetime, command: commands.Command, reason: str | None
) -> tuple[str, ...]:
    """Give tasks the new names of their codes, and let those that follow the plan take over what changed."""
    desk = sit_down(db, Asked(plan=plan.id, author=author), lambda: now)
    with deriving(Pen(desk, command.verb, command)) as pen:
        there = {task.uid: task for task in tasks.tasks_on(db, plan.id, When(END_OF_TIME))}
        for uid in tasks.all_of(db, plan.id):  # removed ones too: an undo may bring them back
            row = _rename(pen, tasks.own_row(db, uid))
            if uid in there and row.activity in desk.names.activities:
                _follow_plan(pen, row, there[uid].is_open, reason)
    plans.forget_unused(db, plan.id)
    return tuple(tasks.own_row(db, uid).label for uid in pen.touched)


def _rename(pen: Pen, row: TaskRow) -> TaskRow:
    """Follow `moved`: a code that was renamed is renamed for ever."""
    activity = _renamed(row.activity or "", pen.desk.plan.moved) or None
    found = pen.desk.names.activities.get(activity or "")
    area = pen.desk.names.area_of(found).code if found else _renamed(row.area, pen.desk.plan.moved)
    if area not in pen.desk.names.areas or (activity and not found):
        return row  # closed work on a code that left the plan, which keeps its old name
    return pen.change(pen.change(row, "area", area), "activity", activity)


def _renamed(code: str, moved: Mapping[str, str]) -> str:
    while code in moved:  # the check of the file refuses cycles
        code = moved[code]
    return code


def _follow_plan(pen: Pen, row: TaskRow, is_open: bool, reason: str | None) -> None:
    """Change followed fields; roles and the due day, from the day of the revision, of open work only."""
    says = planned(pen.desk.names, pen.desk.names.activities[row.activity or ""])
    fields = set(tasks.split(row.follows))
    follow(pen, row, says, fields if is_open else fields - {"lead", "coordinating"}, pen.desk.today)
    if is_open and "due" in fields:
        now = tasks.task_on(pen.db, row.uid, When(END_OF_TIME))
        if now is not None and (now.due, now.due_text) != says.due:
            pen.set_due(row.uid, says.due.day, says.due.text, on=pen.desk.today, reason=reason)
