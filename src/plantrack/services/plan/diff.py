"""Compare plan files with what was applied, or with another revision of theirs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.difference import PartChange, differences
from plantrack.model.history import END_OF_TIME
from plantrack.model.plan import Plan
from plantrack.model.problem import ProblemsFound
from plantrack.model.record import NamedTuple
from plantrack.model.task import Task
from plantrack.model.views.plan import Against, Obstacle, PlanDiff, TaskEffect, TouchedPart
from plantrack.services.plan.draft import Draft, read_draft
from plantrack.services.plan.effects import Effects, effects
from plantrack.store import plans, tasks
from plantrack.store.connection import Connection
from plantrack.store.tasks import When

_NO_EFFECTS = Effects((), ())


class _Before(NamedTuple):
    """The state that a file is compared with."""

    plan: Plan | None
    against: Against
    #: The hash of its document.
    sha256: str | None


def diff(
    db: Connection, files: Sequence[Path], root: Path, revision: int | None = None
) -> tuple[PlanDiff, ...]:
    """Compare plan files with what was applied last, and say what becomes of the tasks; or with an applied revision."""
    drafts = [read_draft(file, root) for file in files]
    return tuple(
        propose(db, draft) if revision is None else compared(draft, _applied(db, draft.plan.id, revision))
        for draft in drafts
    )


def diff_in_git(files: Sequence[Path], root: Path, revision: str) -> tuple[PlanDiff, ...]:
    """Compare plan files with what they were in a git revision; no database is needed.

    Fails with `revision-not-in-git`, and with `ProblemsFound` when the file, or what it was, has errors.
    """
    return tuple(
        compared(draft, _in_git(file, root, revision)) for file in files for draft in [read_draft(file, root)]
    )


def propose(db: Connection, draft: Draft) -> PlanDiff:
    """Say what applying a draft would do: what `apply` then does."""
    before = _applied(db, draft.plan.id, None)
    if before.plan is None or before.plan == draft.plan:
        return compared(draft, before)
    here = tasks.tasks_on(db, draft.plan.id, When(END_OF_TIME))
    return compared(draft, before, effects(before.plan, draft.plan, here))


def _applied(db: Connection, plan: str, number: int | None) -> _Before:
    known = plans.revisions(db, plan)
    found = next((r for r in known if number in (None, r.revision)), None)
    if found is None:
        if number is not None:
            raise Failure(
                "unknown-revision", revision=number, plan=plan, near=tuple(str(r.revision) for r in known[:9])
            )
        return _Before(None, Against("nothing", ""), None)
    content = plans.load_revision(db, plan, found.revision)
    return _Before(content, Against("applied", str(found.revision), found.git_commit), found.sha256)


def _in_git(file: Path, root: Path, revision: str) -> _Before:
    import hashlib

    from plantrack.planfile.git import Past
    from plantrack.planfile.load import check_document

    past = Past(file.parent, revision)
    if not past.has(file):
        return _Before(None, Against("nothing", revision, past.commit), None)
    document = past.read(file)
    name = Path(f"{revision}:{file.name}")
    plan, problems = check_document(name, document, root, past.read)
    if plan is None:
        raise ProblemsFound("plan-has-problems", tuple(problems), file=str(name))
    return _Before(plan, Against("git", revision, past.commit), hashlib.sha256(document).hexdigest())


def compared(draft: Draft, before: _Before, happens: Effects = _NO_EFFECTS) -> PlanDiff:
    """Put together what changed and the tasks that it touches."""
    changes = differences(before.plan, draft.plan)
    return PlanDiff(
        draft.plan, before.plan, draft.file, before.against, before.sha256 == draft.sha256,
        _with_tasks(changes, happens.tasks), happens.obstacles, draft.warnings,
    )  # fmt: skip


def _with_tasks(changes: Sequence[PartChange], touched: Iterable[TaskEffect]) -> tuple[TouchedPart, ...]:
    """Put each task under the change of its activity, of its area, or of what it stands on."""
    under: dict[str, list[TaskEffect]] = {change.code: [] for change in changes}
    behind: dict[str, list[TaskEffect]] = {}
    for effect in touched:
        choices = (effect.code, effect.code.rpartition(".")[0], *effect.blocked_by)
        home = next((c for c in choices if c in under), None)
        (under[home] if home is not None else behind.setdefault(effect.code, [])).append(effect)
    parts = [TouchedPart(change, tuple(under[change.code])) for change in changes]
    return (*parts, *(_catching_up(code, tasks) for code, tasks in behind.items()))


def _catching_up(code: str, touched: Sequence[TaskEffect]) -> TouchedPart:
    """Tasks that an undo took back to what the plan said before: they come in line with it again."""
    title, area = touched[0].task.title, code.partition(".")[0]
    return TouchedPart(PartChange("changed", "activity", code, title, area=area), tuple(touched))


def obstructed(obstacles: Iterable[Obstacle], plan: Plan) -> Failure:
    """Say that open work stands on what is gone: which, and commands that make way."""
    obstacles = list(obstacles)
    listed = tuple(f"{o.code} ({', '.join(t.label for t in o.tasks)})" for o in obstacles)
    count = len({t.uid for o in obstacles for t in o.tasks})
    commands = "; ".join(command for o in obstacles for command in ways_out(o, plan))
    return Failure("plan-would-orphan", codes=listed, count=count, commands=commands)


def ways_out(obstacle: Obstacle, plan: Plan) -> Iterator[str]:
    """Give commands that take open work off what is gone."""
    if obstacle.what != "organisation":
        reason = next((r.reason for r in plan.retired if r.code == obstacle.code), "…")
        # Quoted for a shell; an apostrophe would end the quote.
        yield f"plantrack drop {_labels(obstacle.tasks)} --reason '{reason.replace(chr(39), chr(8217))}'"
        return
    for role, option in (("lead", "--lead"), ("coordinating", "--with")):
        if holders := [t for t in obstacle.tasks if obstacle.code in getattr(t, role)]:
            yield f"plantrack unassign {_labels(holders)} {option} {obstacle.code}"


def _labels(found: Iterable[Task]) -> str:
    return " ".join(task.label for task in found)
