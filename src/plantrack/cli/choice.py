"""What a command that may change many things at once asks before it does: `--where`, `--expect`, `--dry-run`, `--yes`."""

from collections.abc import Iterable, Iterator, Sequence

from plantrack.cli.feedback import task_line, tell_notes
from plantrack.cli.params import number
from plantrack.cli.session import Session
from plantrack.cli.standard_input import confirm
from plantrack.errors import Failure
from plantrack.model.names import labels_joined
from plantrack.model.task import Task
from plantrack.model.text import visible
from plantrack.services.chosen_tasks import ChosenTasks, choose_tasks, first_of

#: So many tasks are shown before it is asked whether they are meant.
_SHOWN = 10
_MOST = 999_999


def chosen_tasks(session: Session, ids: Iterable[str] | None, *, closing: bool = False) -> Sequence[str]:
    """Return the labels of the tasks that a command is of, once a person who must be asked said yes.

    `closing`: whether the command closes them.
    """
    typed = labels_joined(text for text in ids or () if text.strip(", "))
    where = session.options.get("where")
    if where is None and not typed:
        raise Failure("missing-argument", argument="ID...")
    if where is not None and typed:
        raise Failure("options-exclude", option="--where", other="ID")
    context = session.context([part for text in typed for part in text.split(",")])
    closed = session.command == "reopen"
    chosen = choose_tasks(context, typed, where, expect=expected(session), closed=closed)
    session.know(context._replace(named={**context.named, **chosen.named}))
    tell_notes(session, chosen.notes)
    if not context.is_trial and chosen.is_asked(closing=closing):
        _confirm(session, chosen, " ".join(typed))
    return chosen.labels


def expected(session: Session) -> int | None:
    """Return how many tasks are expected; None: it was not said."""
    asked = session.options.get("expect")
    return None if asked is None else number("--expect", asked, 0, _MOST)


def _confirm(session: Session, chosen: ChosenTasks, typed: str) -> None:
    words, count, command = session.words, len(chosen.labels), session.command
    verb = words(f"verb.{command}")
    if chosen.by_words:
        label = chosen.labels[0]
        refusal = Failure("words-find-one", text=typed, label=label, command=command)
        question = words("ask.task", text=visible(typed), verb=verb)
    else:
        refusal = Failure("many-tasks", count=count, command=command)
        question = words.plural("ask.tasks", count, verb=verb)

    def lines() -> Iterator[str]:  # read only where somebody is asked
        yield from task_lines(session, first_of(session.context(), chosen, _SHOWN), count)
        yield question

    confirm(session, lines(), refusal)


def task_lines(session: Session, tasks: Sequence[Task], count: int | None = None) -> list[str]:
    """Return the first of so many tasks (none given: of these) in lines, and how many there are more."""
    words = session.words
    lines = [f"  {task_line(task, words, session.talk_width - 2)}" for task in tasks[:_SHOWN]]
    more = (len(tasks) if count is None else count) - len(lines)
    return [*lines, "  " + words.plural("reply.more", more)] if more else lines
