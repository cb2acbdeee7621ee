"""Carry plan files into the database: exactly what `plan diff` shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.history import fact_order
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan_diff import FieldChange, renames
from plantrack.model.problem import Problem
from plantrack.model.task import FOLLOWABLE
from plantrack.model.text import clean_text, natural_key, nearest
from plantrack.model.views.plan import GitState, PlanDiff, TaskEffect
from plantrack.services.context import Clock, ContextRequest, open_context, utc_now
from plantrack.services.plan_files import Draft, read_drafts
from plantrack.services.verbs.plan.diff import obstructed, propose, refuse_other_id
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.party_names import follow_names
from plantrack.services.writing.plan_defaults import PlanDefaults, follow, from_now, plan_defaults
from plantrack.store import commands, organisations, plan_mirrors, plans
from plantrack.store.connection import Connection
from plantrack.store.organisations import OrganisationFact
from plantrack.store.plans import Revision
from plantrack.store.questions import plan_tasks
from plantrack.store.sealing.seals import seal
from plantrack.store.task_rows import TaskRow

#: How many tasks are changed at once: all of them, with their facts, would not fit in the memory of a small machine.
_AT_ONCE = 2000


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
    diff: PlanDiff
    came: GitState
    #: Whether only a commit was added to what was applied before.
    commit_added: bool = False
    #: The uid of the command that recorded it; empty: nothing was to be recorded.
    command: str = ""


class Applying(NamedTuple):
    """What `plan apply` did, with the warnings of the files."""

    applied: tuple[Applied, ...]
    warnings: tuple[Problem, ...]
    #: Files of new plans in which fields are still to be filled in.
    left_out: tuple[str, ...] = ()


class _Order(NamedTuple):
    """How plans are to be carried in."""

    author: str
    typist: commands.Typist
    now: datetime
    verb: str
    reason: str | None
    #: Whether a changed due day was wrong before, instead of being extended.
    correction: bool
    #: The organisations that were recorded and are those of their names in the files.
    same_as: tuple[str, ...]


def apply(
    db: Connection,
    files: Sequence[Path],
    root: Path,
    author: str,
    clock: Clock = utc_now,
    *,
    reason: str | None = None,
    correction: bool = False,
    same_as: Sequence[str] = (),
    only_ready: bool = False,
    verb: str = "plan apply",
    typist: commands.Typist = commands.NOBODY_TOLD,
) -> Applying:
    """Carry plan files into the database, all of them in one transaction; `only_ready`: but for unfilled new ones.

    Fails with `ProblemsFound` when a file has errors, and with `plan-would-orphan` when open tasks stand on what is
    no longer in it.

    `same_as`: recorded organisations that are those of their names in the files.

    Raises: unknown-organisation; those of `refuse_at_site`, `CommandWriter.set_due`, `open_context`, `propose`, `read_drafts`, `obstructed`,
    `refuse_other_id`, `clean_text`.
    """
    refuse_at_site(db)
    drafts, left_out = _ready(db, read_drafts(files, root, db), only_ready=only_ready)
    why = clean_text(reason, what="reason") if reason is not None else None
    order = _Order(author, typist, clock(), verb, why, correction, tuple(same_as))

    def write() -> tuple[Applied, ...]:
        known = organisations.recorded(db).added
        if unknown := [id for id in same_as if id not in known]:
            raise Failure("unknown-organisation", organisation=unknown[0], near=nearest(unknown[0], known))
        return tuple(_apply(db, draft, order._replace(now=clock())) for draft in drafts)

    applied = db.transact(write, lambda applied: _is_recorded(db, applied))
    return Applying(applied, tuple(w for d in drafts for w in d.warnings), left_out)


def refuse_at_site(db: Connection) -> None:
    """Refuse to bring a plan where one is worked on offline: its revisions would have the numbers of others.

    Raises: site-plan.
    """
    if db.told.site:
        raise Failure("site-plan", site=db.told.site)


def _is_recorded(db: Connection, applied: Sequence[Applied]) -> bool:
    """Return whether what was written is there: of several plans all are, or none."""
    return any(commands.is_there(db, one.command) for one in applied if one.command)


def _ready(db: Connection, drafts: list[Draft], *, only_ready: bool) -> tuple[list[Draft], tuple[str, ...]]:
    """Leave out new plans in which fields are still to be filled in, when nobody named their files."""
    known = dict(plans.plan_years(db)) if only_ready else {}
    unready = [d for d in drafts if only_ready and d.plan.id not in known and d.is_unfilled]
    return [d for d in drafts if d not in unready], tuple(d.file for d in unready)


def _apply(db: Connection, draft: Draft, order: _Order) -> Applied:
    diff = propose(db, draft)
    plan, last = draft.plan, int(diff.against.name or 0)
    sizes = (len(plan.areas), sum(len(a.activities) for a in plan.areas))
    is_same = diff.same_document and not diff.differs
    if is_same and not _adds_commit(db, draft):
        return Applied(plan.id, last, False, *sizes, (), diff, _recorded(db, draft))
    if diff.obstacles:
        raise obstructed(diff)
    refuse_other_id(diff, order.same_as)
    command = commands.record(db, order.verb, order.author, order.now, order.typist)
    revision = Revision(
        plan.id, last + 1, command.uid, command.recorded_at, draft.file, draft.files.sha256, draft.git.git_commit,
        draft.git.dirty, order.author, order.reason, len(draft.warnings),
    )  # fmt: skip
    plans.save_revision(db, plan, revision, draft.document.decode("utf-8"), draft.files.included)
    touched = _bring_along(db, diff, command, order)
    seal(db, command.uid)
    return Applied(plan.id, last + 1, not is_same, *sizes, touched, diff, draft.git, is_same, command.uid)


def _adds_commit(db: Connection, draft: Draft) -> bool:
    """Return whether what was applied has been committed since: a fact to add, for what is recorded never changes."""
    last = plans.revisions(db, draft.plan.id)[0]
    is_new = last.dirty or draft.git.git_commit != last.git_commit
    return draft.git.git_commit is not None and not draft.git.dirty and is_new


def _recorded(db: Connection, draft: Draft) -> GitState:
    """Return the commit of what stays as it is; where it has none, what git says now."""
    last = plans.revisions(db, draft.plan.id)[0]
    has_commit = last.git_commit is not None and not last.dirty
    return GitState(last.git_commit, last.dirty) if has_commit else draft.git


def _bring_along(db: Connection, diff: PlanDiff, command: commands.Command, order: _Order) -> tuple[str, ...]:
    """Rename the codes of tasks, let those that follow the plan take over what changed; return the labels of all."""
    context = open_context(db, ContextRequest(plan=diff.plan.id, author=order.author), lambda: order.now)
    writer = CommandWriter(context, command.verb, command)
    touched: dict[str, str] = {}
    # Removed tasks too, because an undo may bring them back.
    moves = renames(diff.old, diff.plan) if diff.old else {}
    for uids in chunks(sorted(plan_tasks.of_codes(db, diff.plan.id, moves)), _AT_ONCE):
        writer.load(uids)
        for uid in uids:
            _rename(writer, writer.any_row(uid), moves, context.names)
        writer = _go_on(writer, touched)
    for effects in chunks(diff.tasks, _AT_ONCE):
        writer.load([effect.task.uid for effect in effects])
        for effect in effects:
            _take_over(writer, effect, order)
        writer = _go_on(writer, touched)
    plan_mirrors.forget_unused(db, diff.plan.id)
    for other, own in diff.recorded.same_named:
        fact = OrganisationFact(writer.uid(), command.uid, other, command.recorded_at, same_as=own)
        organisations.insert_organisation_facts(db, [fact])
    follow_names(db)
    return tuple(sorted(touched.values(), key=natural_key))


def _go_on(writer: CommandWriter, touched: dict[str, str]) -> CommandWriter:
    """Write what was said so far, and note the labels of the tasks that it was about."""
    touched.update((uid, writer.any_row(uid).label) for uid in writer.touched)
    return writer.next_chunk()


def _rename(writer: CommandWriter, row: TaskRow, moves: Mapping[str, str], names: Names) -> None:
    activity = moves.get(row.activity or "", row.activity)
    found = names.activities.get(activity or "")
    area = names.area_of(found).code if found else moves.get(row.area, row.area)
    if area not in names.areas or (activity and not found):
        return  # closed work on a code that left the plan, which keeps its old name
    writer.change(row.uid, area=area, activity=activity)


def _take_over(writer: CommandWriter, effect: TaskEffect, order: _Order) -> None:
    """Write what was found to change: corrections of fields, roles and the due day from the day of the revision."""
    activity = writer.context.names.activities.get(effect.code)
    if activity is None:
        return
    says = plan_defaults(writer.context.names, activity)
    fields = _fields(effect.changes)
    row = writer.any_row(effect.task.uid)
    follow(writer, row, says, fields, from_now(writer, row))
    if "due" in fields:
        _set_due(writer, row, says, order)


def _fields(changes: Sequence[FieldChange]) -> set[str]:
    """Return the followed fields that changes are of: `title.en` is of the title, `time` of the due day."""
    named = {"due" if c.name == "time" else c.name.partition(".")[0] for c in changes}
    return named.intersection(FOLLOWABLE)


def _set_due(writer: CommandWriter, row: TaskRow, says: PlanDefaults, order: _Order) -> None:
    """Extend the deadline from today; a correction puts the day right that was set last, from when it was set."""
    standing = sorted(writer.facts(row.uid).deadlines, key=fact_order)[-1:]
    on = standing[0].on if order.correction and standing else from_now(writer, row)
    writer.set_due(row.uid, says.due.day, says.due.text, on=on, reason=order.reason)
