"""Take back a whole command: its facts no longer count, its fields get their old values back."""

from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.history import withdrawn
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.task import Task
from plantrack.model.views.log import Log
from plantrack.services.carry_over_rules import refuse_counting_twice, withdrawn_with
from plantrack.services.command_writer import CommandResult, CommandWriter, open_command, written
from plantrack.services.context import Context, for_plan
from plantrack.services.plan_defaults import new_in_both_roles
from plantrack.services.verbs.log import log_of
from plantrack.store import commands, facts, tasks
from plantrack.store.commands import Command
from plantrack.store.facts import Change
from plantrack.store.scope import Scope
from plantrack.store.tasks import AsOf

#: What a person takes back in git, not here.
_PLAN_VERBS = ("init", "plan apply")


class Undoing(NamedTuple):
    """A command that can be taken back, with what it changed."""

    target: Command
    log: Log


def what_undo_would_do(context: Context, label: str | None) -> Undoing:
    """Find the command to take back, and refuse what cannot be; nothing is changed."""
    target = _target(context, label)
    _refuse(context, target)
    return Undoing(target, log_of(context, _scope(context, target), by=_chain(context, target)))


def undo(context: Context, label: str | None) -> tuple[Undoing, CommandResult]:
    """Take back a command, by default one's own last."""
    with context.db.atomic():
        undoing = what_undo_would_do(context, label)
        return undoing, _take_back(context, undoing)


def _take_back(context: Context, undoing: Undoing) -> CommandResult:
    touched = tasks.touched_by(context.db, _chain(context, undoing.target))
    before = {uid: tasks.task_on(context.db, uid, AsOf(context.today)) for uid in touched}
    with open_command(context, "undo") as writer:
        for change in reversed(facts.changes_in(context.db, _by(undoing.target))):
            _give_back(writer, change)
        for uid in touched:
            writer.touch(uid)
        commands.withdraw(context.db, writer.command, undoing.target)
        for uid in list(writer.touched):
            _keep_open(writer, uid)
    result = written(writer)
    _refuse_homeless(context, undoing.target, result.tasks)
    there = {task.uid for task in result.tasks}
    gone = [tasks.own_row(context.db, uid).label for uid in writer.touched if uid not in there]
    if gone:
        writer.note("tasks-gone", tasks=tuple(gone))
    if touched and {uid: t for uid, t in before.items() if t} == {t.uid: t for t in result.tasks}:
        writer.note("undo-nothing-current", command=undoing.target.label)
    return result._replace(notes=writer.told())


def _refuse_homeless(context: Context, target: Command, back: Iterable[Task]) -> None:
    """Refuse to open work again on a code that its plan no longer has; the caller's transaction takes all back."""
    for task in back:
        names = _names_of(context, task.plan)
        for code, there in ((task.area, names.areas), (task.activity, names.activities)):
            if task.is_open and code is not None and code not in there:
                raise Failure("undo-code-gone", command=target.label, code=code)


def _target(context: Context, label: str | None) -> Command:
    if label is None:
        return _own_last(context)
    if label.strip().isdigit():  # a task's number, or a command's?
        raise Failure("undo-which", number=label.strip())
    digits = label.strip().lower().removeprefix("c")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    found = commands.command(context.db, number)
    if found is None:
        raise Failure("unknown-command", command=label)
    return found


def _own_last(context: Context) -> Command:
    """Return the author's last command that still counts."""
    gone = facts.withdrawn_commands(context.db)
    for command in commands.commands_of(context.db, context.author):
        if command.number not in gone and command.verb not in ("undo", "init"):
            return command  # perhaps one that cannot be taken back: never the one before it
    raise Failure("nothing-to-undo", author=context.author)


def _refuse(context: Context, target: Command) -> None:
    if target.verb in _PLAN_VERBS:
        raise Failure("undo-plan", command=target.label)
    gone = facts.withdrawn_commands(context.db)
    if target.number in gone:
        raise Failure("already-withdrawn", command=target.label, by=f"c{gone[target.number]}")
    last = {(c.task, c.field): c for c in facts.changes_in(context.db, _by(target))}
    for change in last.values():
        _refuse_overtaken(context, target, change)
    for change in last.values():
        if change.field in ("area", "activity") and change.old and not _has_code(context, change):
            raise Failure("undo-code-gone", command=target.label, code=change.old)
    for uid in tasks.opened_by(context.db, target.number):
        _refuse_used(context, target, uid)
    refuse_counting_twice(context.db, target, tasks.touched_by(context.db, _chain(context, target)))
    for uid in dict.fromkeys(a.task for a in facts.assignments_in(context.db, _scope(context, target))):
        _refuse_both_roles(context, target, uid)


def _refuse_overtaken(context: Context, target: Command, change: Change) -> None:
    """Refuse to give back an old value where a later command that stands set the field, be it to the same one.

    What an undo wrote is no word of its own: it stands for the absence of what it took back.
    """
    gone = facts.withdrawn_commands(context.db)
    undos = {w.command for w in facts.withdrawals(context.db)}
    own = facts.changes_in(context.db, Scope.of([change.task]))
    later = [c.command for c in own if _overtakes(c, change) and c.command not in {*gone, *undos}]
    if later:
        label = tasks.own_row(context.db, change.task).label
        raise Failure("undo-overtaken", command=target.label, task=label, by=f"c{later[-1]}")


def _refuse_both_roles(context: Context, target: Command, uid: str) -> None:
    """Refuse what would let an organisation lead a task and coordinate it on one day."""
    known = facts.withdrawals(context.db)
    now, then = withdrawn(known), withdrawn_with(known, target)
    own = facts.assignments_in(context.db, Scope.of([uid]))
    standing = [a for a in own if a.command not in then]
    before = [a for a in own if a.command not in now]
    row = tasks.own_row(context.db, uid)
    both = new_in_both_roles(row, standing, before)
    if both is not None:
        raise Failure(
            "undo-both-roles", command=target.label, task=row.label, party=both.party, day=both.day, on=both.day,
            option=both.option,
        )  # fmt: skip


def _has_code(context: Context, change: Change) -> bool:
    """Return whether the plan of a task, which may be another one than the context's, still has its old code."""
    names = _names_of(context, tasks.own_row(context.db, change.task).plan)
    return change.old in (names.areas if change.field == "area" else names.activities)


def _names_of(context: Context, plan: str) -> Names:
    return context.names if plan == context.plan.id else for_plan(context, plan).names


def _overtakes(later: Change, change: Change) -> bool:
    return later.field == change.field and later.command > change.command


def _refuse_used(context: Context, target: Command, uid: str) -> None:
    """A task that others have reported on since is not made undone with its opening."""
    found = facts.facts_of(context.db, Scope.of([uid])).get(uid)
    used = {f.command for kind in found or () for f in kind if f.command != target.number}
    if used:
        by = ", ".join(f"c{n}" for n in sorted(used)[:5])
        raise Failure("undo-used", command=target.label, task=tasks.own_row(context.db, uid).label, by=by)


def _give_back(writer: CommandWriter, change: Change) -> None:
    writer.change(tasks.own_row(writer.db, change.task), change.field, change.old)


def _keep_open(writer: CommandWriter, uid: str) -> None:
    """Let the opening go no further back to its old day than any fact of the task that still counts."""
    row = tasks.own_row(writer.db, uid)
    first = min(writer.facts(uid).days(after=row.command), default=row.opened_on)
    if first < row.opened_on:
        writer.note("opening-moved", task=row.label, day=first, old=row.opened_on)
        writer.change(row, "opened_on", first)


def _by(command: Command) -> Scope:
    return Scope.of_commands([command.number])


def _chain(context: Context, target: Command) -> list[int]:
    """Return a command and, if it is an undo, what it took back, and so on."""
    targets = {w.command: w.target for w in facts.withdrawals(context.db)}
    chain = [target.number]
    while chain[-1] in targets:
        chain.append(targets[chain[-1]])
    return chain


def _scope(context: Context, target: Command) -> Scope:
    return Scope.of_commands(_chain(context, target))
