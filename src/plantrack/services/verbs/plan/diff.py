"""Compare plan files with what was applied, or with another revision of theirs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import Failure
from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.pairing import alike, moved_line, titles
from plantrack.model.plan import Plan
from plantrack.model.plan_diff import PartChange, codes, differences, renames
from plantrack.model.problem import ProblemsFound
from plantrack.model.task import Task
from plantrack.model.text import match_key
from plantrack.model.views.plan import Against, Obstacle, PlanDiff, RecordedBeside, TaskEffect, TouchedPart
from plantrack.services.plan_effects import Effects, effects
from plantrack.services.plan_files import (
    Draft,
    Files,
    checked,
    files_of,
    read_drafts,
    real_file,
    root_of,
)
from plantrack.services.writing.plan_defaults import ROLE_OPTION
from plantrack.store import organisations, plans
from plantrack.store.connection import Connection
from plantrack.store.organisations import RecordedOrganisations

if TYPE_CHECKING:
    from plantrack.planfile.git_origin import Past

_NO_EFFECTS = Effects((), ())
#: The parts of a plan that tasks belong to.
_HOMES = ("area", "activity", "organisation")


class _Before(NamedTuple):
    """The state that a file is compared with."""

    plan: Plan | None
    against: Against
    #: Its document and the files that it includes.
    files: Files


def diff(
    db: Connection, files: Sequence[Path], root: Path | None, revision: int | None = None
) -> tuple[PlanDiff, ...]:
    """Compare plan files with what was applied last, with what becomes of the tasks; or with an applied revision.

    Without the folder `root` that they may include files from, it is that of their own workspace.

    Raises: unknown-revision; those of `propose`, `read_drafts`.
    """
    drafts = read_drafts(files, root, db)
    return tuple(
        propose(db, draft) if revision is None else compared(draft, _applied(db, draft, revision))
        for draft in drafts
    )


def diff_in_git(files: Sequence[Path], root: Path | None, revision: str) -> tuple[PlanDiff, ...]:
    """Compare plan files with what they were in a git revision; no database is needed.

    Fails with `revision-not-in-git`, and with `ProblemsFound` when the file, or what it was, has errors.

    Raises: past-plan-has-problems; those of `read_drafts`.
    """
    drafts = zip(files, read_drafts(files, root), strict=True)
    return tuple(
        compared(draft, _in_git(file, draft.plan.id, root_of(file, root), revision)) for file, draft in drafts
    )


def propose(db: Connection, draft: Draft) -> PlanDiff:
    """Return what applying a draft would do: what `apply` then does.

    Raises: code-reused, unknown-revision.
    """
    before = _applied(db, draft, None)
    known = organisations.recorded(db)
    recorded = _recorded_beside(known, before.plan, draft.plan)
    if before.plan is None or before.plan == draft.plan:
        return compared(draft, before)._replace(recorded=recorded)
    _refuse_reused(db, before.plan, draft.plan)
    return compared(draft, before, effects(db, before.plan, draft.plan, known.added))._replace(
        recorded=recorded
    )


def _recorded_beside(recorded: RecordedOrganisations, old: Plan | None, new: Plan) -> RecordedBeside:
    """Return what becomes of the organisations that were recorded before the plan had them."""
    had, has = ({o.id for o in plan.organisations} if plan else set() for plan in (old, new))
    names = {match_key(name): o.id for o in new.organisations for name in o.name if name}
    lacking = recorded.beside(new.organisations)
    same = {o.id: names[key] for o in lacking if (key := match_key(o.name.vi)) in names}
    return RecordedBeside(
        tuple(o for o in lacking if o.id not in same),
        tuple(id for id in recorded.added if id in has - had),
        tuple(same.items()),
    )


def _refuse_reused(db: Connection, old: Plan, new: Plan) -> None:
    """Refuse a code that was something else once: finished work keeps it for ever."""
    added = {*codes(new)} - {*codes(old)} - {*renames(old, new).values()}
    known = [r.revision for r in plans.revisions(db, new.id)] if added else []
    states = {revision: plans.load_revision(db, new.id, revision) for revision in known}
    for revision, then in states.items():
        for code in sorted(added & {*then.moved, *(r.code for r in then.retired)} - {*codes(then)}):
            if code in then.moved or not _is_back(states.values(), code, new):
                raise Failure("code-reused", code=code, revision=revision)


def _is_back(states: Iterable[Plan], code: str, new: Plan) -> bool:
    """Return whether a code comes back for what it was: under the title that it had last."""
    last = next((then[code] for then in map(titles, states) if code in then), None)
    return last is not None and alike(last, titles(new)[code])


def _applied(db: Connection, draft: Draft, number: int | None) -> _Before:
    """Return the revision of a number (none: the last one) of a draft's plan, or nothing where there is none."""
    plan = draft.plan.id
    known = plans.revisions(db, plan)
    found = next((r for r in known if number in (None, r.revision)), None)
    if found is None:
        if number is not None:
            raise Failure("unknown-revision", revision=number, plan=plan)
        return _Before(None, Against("nothing", ""), Files("", ()))
    is_draft = found.revision == draft.revision
    content = draft.plan if is_draft else plans.load_revision(db, plan, found.revision)
    return _Before(content, Against("applied", str(found.revision), found.git_commit), files_of(db, found))


def _in_git(file: Path, plan_id: str, root: Path, revision: str) -> _Before:
    from plantrack.planfile.git_origin import Past

    file = real_file(file)
    past = Past(file.parent, revision)
    file = file if past.has(file) else _renamed(past, file, plan_id)
    if not past.has(file):
        return _Before(None, Against("nothing", revision, past.commit), Files("", ()))
    name = Path(f"{revision}:{file.name}")
    plan, problems, files = checked(name, past.read(file), root, past.read)
    if plan is None:
        raise ProblemsFound("past-plan-has-problems", tuple(problems), file=str(name), revision=revision)
    return _Before(plan, Against("git", revision, past.commit), files)


def _renamed(past: "Past", file: Path, plan: str) -> Path:
    """Return the file that had a plan then, which may have had another name."""
    from plantrack.planfile.load import plan_id

    return next((other for other in past.neighbours(file) if plan_id(past.read(other)) == plan), file)


def compared(draft: Draft, before: _Before, happens: Effects = _NO_EFFECTS) -> PlanDiff:
    """Put together what changed and the tasks that it touches."""
    changes = differences(before.plan, draft.plan)
    return PlanDiff(
        plan=draft.plan,
        old=before.plan,
        file=draft.file,
        against=before.against,
        same_document=before.files == draft.files,
        parts=_with_tasks(changes, happens.tasks),
        obstacles=happens.obstacles,
        warnings=draft.warnings,
    )


def _with_tasks(changes: Sequence[PartChange], touched: Iterable[TaskEffect]) -> tuple[TouchedPart, ...]:
    """Put each task under the change of its activity, of its area, or of what blocks it."""
    by_code = grouped((c.code, place) for place, c in enumerate(changes) if c.what in _HOMES)
    under = grouped((_home(effect, changes, by_code), effect) for effect in touched)
    behind = grouped((effect.code, effect) for effect in under.get(None, ()))
    parts = [TouchedPart(change, tuple(under.get(place, ()))) for place, change in enumerate(changes)]
    return (*parts, *(_catching_up(code, tasks) for code, tasks in behind.items()))


def _home(
    effect: TaskEffect, changes: Sequence[PartChange], by_code: Mapping[str, Sequence[int]]
) -> int | None:
    """Find the change that a task stands under; of several of one code, that which moves the task's own."""
    own = (effect.task.activity or effect.task.area, effect.task.area)
    for code in (effect.code, effect.code.rpartition(".")[0], *effect.blocked_by):
        if here := by_code.get(code):
            return next((i for i in here if changes[i].old_code in own), here[0])
    return None


def _catching_up(code: str, touched: Sequence[TaskEffect]) -> TouchedPart:
    """Tasks that an undo took back to what the plan said before: they come in line with it again."""
    title, area = touched[0].task.title, code.partition(".")[0]
    return TouchedPart(PartChange("changed", "activity", code, title, area=area), tuple(touched))


def refuse_other_id(view: PlanDiff, same_as: Collection[str] = ()) -> None:
    """Refuse the name of an organisation that was recorded under another id, unless they are said to be one.

    Raises: organisation-other-id.
    """
    for other, own in view.recorded.same_named:
        if other not in same_as:
            raise Failure("organisation-other-id", id=own, other=other)


def obstructed(view: PlanDiff) -> Failure:
    """Return the failure of open work whose code or organisation is gone, with what to do.

    Raises: plan-would-orphan.
    """
    obstacles = view.obstacles
    listed = tuple(f"{o.code} ({', '.join(t.label for t in o.tasks)})" for o in obstacles)
    count = len({t.uid for o in obstacles for t in o.tasks})
    return Failure("plan-would-orphan", codes=listed, count=count, commands=tuple(ways(view)))


def ways(view: PlanDiff) -> Iterator[str]:
    """Yield what to do: new codes for what is there under its old title, commands for the other tasks."""
    renamed = view.renamed
    if any(o.code in renamed for o in view.obstacles):
        yield moved_line(renamed)
    rest = (o for o in view.obstacles if o.code not in renamed)
    yield from (command for o in each_once(rest) for command in ways_out(o, view.plan))


def each_once(obstacles: Iterable[Obstacle]) -> Iterator[Obstacle]:
    """Yield obstacles with each task under the first code that it has: one command is enough for it."""
    named: set[str] = set()
    for obstacle in obstacles:
        if obstacle.what == "organisation":
            yield obstacle
        elif rest := tuple(task for task in obstacle.tasks if task.uid not in named):
            named.update(task.uid for task in rest)
            yield obstacle._replace(tasks=rest)


def ways_out(obstacle: Obstacle, plan: Plan) -> Iterator[str]:
    """Yield commands that take open work off what is gone."""
    if obstacle.what != "organisation":
        reason = next((r.reason for r in plan.retired if r.code == obstacle.code), "…")
        # Quoted for a shell; an apostrophe would end the quote.
        yield f"plantrack drop {_labels(obstacle.tasks)} --reason '{reason.replace(chr(39), chr(8217))}'"
        return
    for role, option in ROLE_OPTION.items():
        if holders := [t for t in obstacle.tasks if obstacle.code in getattr(t, role)]:
            yield f"plantrack unassign {_labels(holders)} {option} {obstacle.code}"


def _labels(found: Iterable[Task]) -> str:
    return " ".join(task.label for task in found)
