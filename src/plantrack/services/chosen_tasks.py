"""Which tasks a command is of: ids and ranges, words that find one, or a filter; and what a person is asked of them."""

from collections.abc import Sequence

from plantrack.errors import Exit, Failure
from plantrack.model.choosing.task_range import in_runs, parse_task_range
from plantrack.model.filters import Filter
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import label_of
from plantrack.model.task import Task
from plantrack.model.text import nearest, visible
from plantrack.services.context import (
    Context,
    NamedTasks,
    activity_code,
    near_label,
    site_and_number,
    task_uids,
)
from plantrack.services.task_query import find_tasks, near_words
from plantrack.services.writing.command_rules import Note, note
from plantrack.store import tasks
from plantrack.store.questions.task_source import CLOSED, OPEN, TaskSource

#: How many tasks that were not typed out are changed unasked, by commands that close them and by others.
UNASKED_CLOSED, UNASKED = 1, 20
#: How many tasks are named where one was meant.
_NAMED = 5
#: So much of a title is shown where tasks are named in a sentence.
_TITLE = 44
#: How many words are tried alone where all of them find nothing, and how many tasks are then offered.
_TRIED, _NEAR = 3, 3


class ChosenTasks(NamedTuple):
    """The tasks that a command is of, decided before it runs: what is shown and asked about is what is changed."""

    #: As what writes takes them.
    labels: tuple[str, ...]
    #: How many of them a range or a filter found; the others were typed out.
    found: int = 0
    #: Whether words found the one.
    by_words: bool = False
    notes: tuple[Note, ...] = ()
    #: Those that were found, by site and number: uid and plan.
    named: NamedTasks = {}

    def is_asked(self, *, closing: bool) -> bool:
        """Return whether a person is asked before they are changed; `closing`: by a command that closes tasks."""
        return self.by_words or self.found > (UNASKED_CLOSED if closing else UNASKED)


def choose_tasks(
    context: Context,
    ids: Sequence[str],
    where: str | None = None,
    *,
    expect: int | None = None,
    closed: bool = False,
) -> ChosenTasks:
    """Find the tasks that are named, or that a filter finds: open ones (`closed`: closed ones), as `list` does.

    Raises: range-empty, unknown-task, where-finds-nothing, words-find-several; those of `split_filter`, `find_tasks`,
    `parse_task_range`, `task_uids`, `refuse_unexpected`.
    """
    state = CLOSED if closed else OPEN
    chosen = _typed(context, ids, state) if where is None else _filtered(context, where, state)
    if expect is not None:
        known = context._replace(named={**context.named, **chosen.named})
        refuse_unexpected(len(task_uids(known, chosen.labels)), expect)
    return chosen


def refuse_unexpected(found: int, expect: int | None) -> None:
    """Refuse to work on another number of tasks than was expected.

    Raises: expect-differs.
    """
    if expect is not None and found != expect:
        raise Failure("expect-differs", count=found, expected=expect)


def first_of(context: Context, chosen: ChosenTasks, most: int) -> Sequence[Task]:
    """Return the first of the tasks, to be shown.

    Raises: those of `task_uids`.
    """
    return context.tasks.read(task_uids(context, chosen.labels[:most]))


def _filtered(context: Context, where: str, state: str) -> ChosenTasks:
    from plantrack.model.choosing.filter_line import split_filter  # seldom needed

    wanted, passing = find_tasks(context, split_filter(where))
    uids = _in_state(wanted, passing, state).uids()
    if not uids:
        near = near_words(context, wanted)
        raise Failure("where-finds-nothing", filter=wanted.spelled(), near=near)
    read = note("where-read", filter=wanted.spelled())
    labels = _labels(context, uids)
    return ChosenTasks(labels, len(uids), notes=(read,), named=_named(context, labels, uids))


def _in_state(wanted: Filter, passing: TaskSource, state: str) -> TaskSource:
    """Return the open tasks of a filter, or the closed ones, unless it decides that itself."""
    return passing if wanted.asks_status else passing.where(state)


def _labels(context: Context, uids: Sequence[str]) -> tuple[str, ...]:
    known = tasks.label_of_uid(context.db, uids)
    return tuple(known[uid][0] for uid in uids)


def _named(context: Context, labels: Sequence[str], uids: Sequence[str]) -> NamedTasks:
    """Return tasks by what their labels are read as."""
    of_each = zip(map(site_and_number, labels), uids, strict=True)
    return {at: (uid, context.plan.id) for at, uid in of_each if at}


def _typed(context: Context, ids: Sequence[str], state: str) -> ChosenTasks:
    parts = [part for text in ids for part in map(str.strip, text.split(",")) if part]
    if not _is_id(context, parts[0]):
        return _by_words(context, ids, state)
    labels, found, notes, named = dict[str, None](), 0, list[Note](), dict[tuple[str, int], tuple[str, str]]()
    typed = {label_of(part) or part for part in parts}
    for part in parts:
        span = parse_task_range(part)
        in_range = {} if span is None else _in_range(context, part, span, state, notes)
        named |= _named(context, [*in_range], [*in_range.values()])
        own = (label_of(part) or part,) if span is None else tuple(in_range)
        found += len([label for label in own if label not in typed and label not in labels])
        labels.update(dict.fromkeys(own))
    return ChosenTasks(tuple(labels), found, notes=tuple(notes), named=named)


def _is_id(context: Context, text: str) -> bool:
    return (
        label_of(text) is not None or parse_task_range(text) is not None or activity_code(context, text) != ""
    )


def _in_range(context: Context, typed: str, span: range, state: str, notes: list[Note]) -> dict[str, str]:
    """Return the tasks in a range, by their labels, and note what it left out."""
    there_asked = tasks.ask_labels(context.db, [("", n) for n in span])
    counted = context.tasks.ask_numbered("", span)
    there, is_open = there_asked(), state == OPEN
    chosen, in_other_state = dict[int, str](), set[int]()
    for number, uid, is_open_now in counted():
        if is_open_now == is_open:
            chosen[number] = uid
        else:
            in_other_state.add(number)
    if not chosen:
        raise Failure("range-empty", text=typed, plan=context.plan.id)
    others = {n for (_, n), (_, plan) in there.items() if plan != context.plan.id}
    unknown = {*span}.difference(chosen, in_other_state, others)
    if left := tuple(in_runs(in_other_state)):
        notes.append(note("left-out-closed" if is_open else "left-out-open", range=typed, tasks=left))
    if left := tuple(in_runs(others)):
        notes.append(note("left-out-other-plan", range=typed, tasks=left))
    if left := tuple(in_runs(unknown)):
        notes.append(note("left-out-unknown", range=typed, tasks=left))
    return {str(number): uid for number, uid in chosen.items()}


def _by_words(context: Context, ids: Sequence[str], state: str) -> ChosenTasks:
    """Find the only task that words mean, as `list` finds it."""
    words = " ".join(" ".join(ids).split())
    found = _found(context, ids, state)
    if not found:
        near = near_label(context, words) or _near(context, words, state)
        raise Failure("unknown-task", task=words, near=near)
    if len(found) > 1:
        uids = [*found]
        more = ("…",) if len(uids) > _NAMED else ()
        known = (*_titled(context, uids[:_NAMED]), *more)
        raise Failure("words-find-several", text=words, known=known, first=_labels(context, uids[:1])[0])
    labels = [label or _labels(context, [uid])[0] for uid, label in found.items()]
    return ChosenTasks(tuple(labels), by_words=True, named=_named(context, labels, [*found]))


def _found(context: Context, words: Sequence[str], state: str) -> dict[str, str]:
    """Return the first tasks that words find, each with its label if it is the only one.

    None where they are no filter: a day, a name that is nobody's.
    """
    try:
        wanted, passing = find_tasks(context, words)
    except Failure as failure:
        if failure.exit_code not in (Exit.USAGE, Exit.NO_SUCH):
            raise
        return {}
    hits = _in_state(wanted, passing, state)
    first = hits.rows(limit=_NAMED + 1)
    first.ask_which()
    one = hits.ask_one_labelled()
    uids, label_of_one = first.uids, one()
    return {uid: label_of_one.get(uid, "") for uid in uids}


def _near(context: Context, words: str, state: str) -> tuple[str, ...]:
    """Return what was perhaps meant: an activity, else tasks that the longest of the words finds alone."""
    if near := nearest(words, context.names.activities):
        return near
    longest = sorted(words.split(), key=len, reverse=True)[:_TRIED] if " " in words else ()
    found = (_found(context, [f"text:{word}"], state) for word in longest)
    return _titled(context, [*next(filter(None, found), {})][:_NEAR])


def _titled(context: Context, uids: Sequence[str]) -> tuple[str, ...]:
    """Return tasks by their labels and titles."""
    titles = {task.label: task.title.within(context.languages[0]) for task in context.tasks.read(uids)}
    return tuple(f"{label} ({visible(title, limit=_TITLE)})" for label, title in titles.items())
