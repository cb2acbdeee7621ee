"""Take back a whole command: its facts no longer count, its fields get their old values back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.people.person_names import same_person
from plantrack.model.task import Task
from plantrack.model.views.log import Log
from plantrack.services.context import Context, for_plan
from plantrack.services.verbs.log import log_of
from plantrack.services.writing.carry_over_rules import refuse_counting_twice
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.services.writing.party_names import follow_names
from plantrack.services.writing.party_rules import refuse_clash
from plantrack.services.writing.plan_defaults import new_in_both_roles
from plantrack.services.writing.run_command import run_command
from plantrack.store import commands, facts, organisations, tasks
from plantrack.store.columns import ANONYMISE, BUNDLE_IMPORT, RESTORE, field_value
from plantrack.store.commands import Command
from plantrack.store.derived_rows import first_day, last_values
from plantrack.store.exchange.restorations import restoration_of
from plantrack.store.facts import Change
from plantrack.store.questions.parties import ask_are_said_of
from plantrack.store.scope import Scope
from plantrack.store.server.members import ask_say_of_members, derive_members
from plantrack.store.server.roles import is_own_report, refused
from plantrack.store.task_rows import TaskRow

#: How many tasks are named in a refusal.
_NAMED = 9
#: What a person takes back in git, not here.
_PLAN_VERBS = ("init", "plan apply")
#: What is never taken back whole.
_KEPT_VERBS = (*_PLAN_VERBS, RESTORE, BUNDLE_IMPORT, ANONYMISE)
#: So long a person who says no more than `undo` means what they did last.
_FRESH = timedelta(minutes=10)


class Undoing(NamedTuple):
    """A command that can be taken back, with what it changed."""

    target: Command
    log: Log


class Doubtful(NamedTuple):
    """A command of which a person is asked whether it is to be taken back."""

    target: Command
    #: The tasks that it changed, as they stand today.
    tasks: tuple[Task, ...]


def what_undo_would_do(context: Context, label: str | None) -> Undoing:
    """Find the command to take back, and refuse what cannot be; nothing is changed.

    Raises: already-withdrawn, nothing-to-undo, undo-both-roles, undo-code-gone, undo-organisation-used, undo-overtaken, undo-plan,
    undo-anonymise, undo-bundle, undo-restore, undo-used, undo-which, not-permitted, unknown-command; those of `for_plan`, `refuse_clash`, `refuse_counting_twice`.
    """
    loaded = LoadedTasks(context.db)
    target = _target(context, label)
    _refuse(context, loaded, target, _look_at(loaded, target))
    chain = _chain(loaded, target)
    return Undoing(target, log_of(context, Scope.of_commands(chain), by=chain))


def doubtful_undo(context: Context, label: str | None) -> Doubtful | None:
    """Return what would be taken back where a person is asked first: a command of somebody else's, or one's own last
    that is older than ten minutes and was not named; None where it is taken back at once.

    Raises: those of `what_undo_would_do`.
    """
    target = _target(context, label)
    is_old = label is None and target.recorded_at < utc_moment(context.now - _FRESH)
    if not is_old and is_own(context, target):
        return None
    loaded = LoadedTasks(context.db)
    touched = _look_at(loaded, target)
    _refuse(context, loaded, target, touched)
    return Doubtful(target, tuple(loaded.tasks_on(touched, context.today)))


def is_own(context: Context, target: Command) -> bool:
    """Return whether whoever is at work gave a command."""
    return same_person(target.author, [context.author]) is not None


def undo(context: Context, label: str | None) -> tuple[Command, CommandResult]:
    """Take back a command, by default one's own last.

    Raises: already-withdrawn, nothing-to-undo, undo-both-roles, undo-code-gone, undo-organisation-used, undo-overtaken, undo-plan,
    undo-anonymise, undo-bundle, undo-restore, undo-used, undo-which, not-permitted, unknown-command; those of `run_command`, `for_plan`, `refuse_clash`, `refuse_counting_twice`.
    """
    found: list[Command] = []

    def body(writer: CommandWriter) -> None:
        target = _target(context, label)
        touched = _look_at(writer, target)
        changes = _refuse(context, writer, target, touched)
        before = writer.tasks_on(touched, context.today)
        opened = [uid for uid in touched if _opens_with_a_fact(writer, uid)]
        writer.withdraw(target)
        for change in reversed(changes):
            writer.change(change.task, **{change.field: field_value(change.field, change.old)})
        for uid in touched:
            writer.touch(uid)
            writer.reach_facts(uid)
        _open_as_said(writer, [uid for uid in opened if not _opens_with_a_fact(writer, uid)])
        writer.flush()
        chain = _chain(writer, target)
        parties_said, members_said = ask_are_said_of(writer.db, chain), ask_say_of_members(writer.db, chain)
        if parties_said():
            follow_names(writer.db)
        if members_said():
            derive_members(writer.db)
        after = writer.result().tasks
        _refuse_homeless(context, target, after)
        _say_what_is_gone(writer, target, before, after)
        found[:] = [target]

    result = run_command(context, "undo", body)
    return found[0], result


def _opens_with_a_fact(writer: CommandWriter, uid: str) -> bool:
    """Return whether the first fact of a task is of its opening day."""
    row = writer.any_row(uid)
    return first_day(row, writer.facts_now(uid)) == row.opened_on


def _open_as_said(writer: CommandWriter, uids: Sequence[str]) -> None:
    """Let tasks open when they were last said to, or with the first fact that is left."""
    for some in chunks(uids):
        for uid, values in last_values(writer.db, some).items():
            row, said = writer.any_row(uid), values.get("opened_on")
            if said is not None and str(said) > row.opened_on:
                first = first_day(row, writer.facts_now(uid))
                writer.change(uid, opened_on=min(str(said), first or str(said)))


def _say_what_is_gone(
    writer: CommandWriter, target: Command, before: Sequence[Task], after: Sequence[Task]
) -> None:
    """Name the tasks that are no longer there, and say where nothing that is so today changed."""
    there = {task.uid: task for task in after}
    if gone := [writer.any_row(uid).label for uid in writer.touched if uid not in there]:
        writer.note("tasks-gone", tasks=tuple(gone))
    if writer.touched and {task.uid: task for task in before} == there:
        writer.note("undo-nothing-current", command=target.label)


def _refuse_homeless(context: Context, target: Command, back: Sequence[Task]) -> None:
    """Refuse to open work again on a code that its plan no longer has; the transaction takes all back."""
    names = _names_of(context, {task.plan for task in back})
    for task in back:
        known = names[task.plan]
        for code, there in ((task.area, known.areas), (task.activity, known.activities)):
            if task.is_open and code is not None and code not in there:
                raise Failure("undo-code-gone", command=target.label, code=code)


def _look_at(loaded: LoadedTasks, target: Command) -> list[str]:
    """Load the tasks that a command changed, itself or by what it took back."""
    loaded.look_around(target.uid)
    touched = tasks.touched_by(loaded.db, _chain(loaded, target))
    loaded.load(touched)
    return touched


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
    """Return the last command of the author that was recorded here and still counts."""
    last = commands.last_to_undo(context.db, context.author)
    if last is None:
        raise Failure("nothing-to-undo", author=context.author)
    return last  # perhaps one that cannot be taken back: never the one before it


def _chain(loaded: LoadedTasks, target: Command) -> list[str]:
    """Return a command and, if it is an undo, what it took back, and so on."""
    targets = {w.command: w.target for w in loaded.withdrawals}
    chain = [target.uid]
    while chain[-1] in targets:
        chain.append(targets[chain[-1]])
    return chain


def _refuse(context: Context, loaded: LoadedTasks, target: Command, touched: Sequence[str]) -> list[Change]:
    """Refuse what cannot be taken back; return the changes that the command made."""
    if context.db.told.role == "reporter" and not is_own_report(context.db, target):
        raise refused(context.db, "coordinator")
    if target.verb in _PLAN_VERBS:
        raise Failure("undo-plan", command=target.label)
    if target.verb == RESTORE and (restored := restoration_of(context.db, target.uid)):
        raise Failure("undo-restore", command=target.label, kept=restored.kept or "FILE")
    if target.verb == BUNDLE_IMPORT:
        own = commands.last_to_undo(context.db, context.author, _KEPT_VERBS)
        raise Failure("undo-bundle", command=target.label, near=own.label if own else "")
    if target.verb == ANONYMISE:
        raise Failure("undo-anonymise", command=target.label)
    if target.uid in loaded.gone:
        raise Failure("already-withdrawn", command=target.label, by=f"c{loaded.gone[target.uid]}")
    said_asked = ask_are_said_of(context.db, _chain(loaded, target))
    changes_asked = facts.ask_changes(context.db, Scope.of_commands([target.uid]))
    if said_asked():
        _refuse_party_used(context, target)
        refuse_clash(context.db, target)
    changes = changes_asked()
    last = {(c.task, c.field): c for c in changes}
    _refuse_overtaken(loaded, target, last)
    _refuse_code_gone(context, loaded, target, last.values())
    rows = sorted(map(loaded.any_row, touched), key=lambda row: row.number)
    for row in rows:
        if row.command == target.uid:
            _refuse_used(loaded, target, row)
    refuse_counting_twice(loaded, target, rows, changes)
    _refuse_both_roles(loaded, target, rows)
    return changes


def _refuse_party_used(context: Context, target: Command) -> None:
    """Refuse to forget an organisation that has a role in a task."""
    added = [id for id in organisations.added_only_by(context.db, target.uid) if id in context.beside]
    same_as = organisations.recorded(context.db).same_as if added else {}
    for organisation in added:
        ids = [organisation, *(id for id, other in same_as.items() if other == organisation)]
        given = tasks.given_to(context.db, ids, but_by=target.uid)
        if labels := [label for label, _ in tasks.label_of_uid(context.db, given[:_NAMED]).values()]:
            raise Failure(
                "undo-organisation-used", command=target.label, organisation=organisation, tasks=tuple(labels)
            )


def _refuse_overtaken(loaded: LoadedTasks, target: Command, last: Mapping[tuple[str, str], Change]) -> None:
    """Refuse to give back an old value where a later command that stands set the field, be it to the same one.

    What an undo wrote is no word of its own: it stands for the absence of what it took back.
    """
    by = {
        (later.task, later.field): later.command
        for uids in chunks(list(dict.fromkeys(task for task, _ in last)))
        for later in facts.changes_in(loaded.db, Scope.of_words_since(uids, target.recorded_at))
    }
    for task, field in last:
        if (task, field) in by:
            label, (number,) = loaded.any_row(task).label, commands.numbers_of(loaded.db, [by[task, field]])
            raise Failure("undo-overtaken", command=target.label, task=label, by=f"c{number}")


def _refuse_code_gone(context: Context, loaded: LoadedTasks, target: Command, last: Iterable[Change]) -> None:
    """Refuse to put a task back on a code that its plan no longer has."""
    moved = [(loaded.any_row(c.task).plan, c) for c in last if c.field in ("area", "activity") and c.old]
    names = _names_of(context, {plan for plan, _ in moved})
    for plan, change in moved:
        if change.old not in (names[plan].areas if change.field == "area" else names[plan].activities):
            raise Failure("undo-code-gone", command=target.label, code=change.old)


def _refuse_used(loaded: LoadedTasks, target: Command, row: TaskRow) -> None:
    """Refuse to take back the opening of a task that others have reported on since."""
    known = (fact for kind in loaded.facts(row.uid) for fact in kind if fact.command != target.uid)
    used = {fact.recorded_at: fact.command for fact in known}
    if used:
        first = [used[moment] for moment in sorted(used)[:5]]
        by = ", ".join(f"c{n}" for n in commands.numbers_of(loaded.db, first))
        raise Failure("undo-used", command=target.label, task=row.label, by=by)


def _refuse_both_roles(loaded: LoadedTasks, target: Command, rows: Iterable[TaskRow]) -> None:
    """Refuse what would let an organisation lead a task and coordinate it on one day."""
    then = loaded.gone_after(target.uid)
    for row in rows:
        after = [given for given in loaded.known(row.uid).assignments if given.command not in then]
        both = new_in_both_roles(row, after, loaded.facts(row.uid).assignments)
        if both is not None:
            raise Failure(
                "undo-both-roles", command=target.label, task=row.label, party=both.party, day=both.day, on=both.day,
                option=both.option,
            )  # fmt: skip


def _names_of(context: Context, plans: Iterable[str]) -> dict[str, Names]:
    """Return the names of plans, which may be others than the context's."""
    others = {plan: for_plan(context, plan).names for plan in plans if plan != context.plan.id}
    return {context.plan.id: context.names, **others}
