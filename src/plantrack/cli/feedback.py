"""What a command that changed something answers: labels on stdout, what was done on stderr."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from plantrack.cli.session import Session
from plantrack.errors import Exit, Failure
from plantrack.i18n.words import Words
from plantrack.model.counting import Cutoffs, with_deadline_state
from plantrack.model.days import civil_period
from plantrack.model.names import Names, place_label
from plantrack.model.plan import CitedDocument
from plantrack.model.status import Role
from plantrack.model.task import Task
from plantrack.model.views.rows import Rows
from plantrack.services.writing.command_rules import CommandResult, Note

#: So much of a title is always shown.
_LEAST = 12
#: More tasks than this are told by their labels only.
_TOLD = 5
#: More of one kind, and more of what is rarely meant, is only counted.
_FEW = 3


def reply(
    session: Session, key: str, written: CommandResult, *, roles: bool = False, parts: bool = False
) -> None:
    """Tell what a command did; `roles`: also who has which role in the tasks now; `parts`: their checklists."""
    context = session.context()
    clock = Cutoffs.at(context.today, context.plan.reporting)
    tasks = tuple(with_deadline_state(t, clock) for t in written.tasks)
    words = session.words
    told = tuple(t for t in tasks if t.uid not in written.same)
    labels = words.labels([t.label for t in told])
    command = written.command.label if written.command and not context.is_trial else ""
    if written.command is None:  # nothing had to be changed, and nothing is recorded
        session.tell(words.plural("reply.unchanged", len(told), labels=labels))
    elif context.is_trial:
        session.tell(words.plural("reply.trial", len(told), labels=labels))
    elif not tasks:  # an undo of what opened them
        session.tell(words("reply.undo-alone", command=command))
    else:
        session.tell(words.plural(key, len(told), labels=labels, command=command))
    for task in told[:_TOLD]:
        session.tell("  " + task_line(task, words))
        if roles:
            session.tell("  " + _roles(task, words, context.names))
        if parts:
            _tell_parts(session, task)
    if len(told) > _TOLD:
        session.tell("  " + words.plural("reply.more", len(told) - _TOLD))
    tell_notes(session, written.notes)
    with saved(command):
        answer_tasks(session, tasks)


def _tell_parts(session: Session, task: Task) -> None:
    from plantrack.render.layout.fact_formatter import part_said

    for part in task.parts:
        session.tell(f"    {part_said(part)}")


@contextlib.contextmanager
def saved(command: str) -> Iterator[None]:
    """Answer after something was saved, if anything was: where that fails, it must not be typed again.

    What the answer says is read anew, so that the database may fail here too.
    """
    try:
        yield
    except Failure as failure:
        if not command or not (failure.code == "output-failed" or failure.exit_code == Exit.DATABASE):
            raise
        reason = failure.params.get("reason") or failure.code
        raise Failure("saved-not-printed", command=command, reason=reason) from failure


def answer_tasks(session: Session, tasks: Sequence[Task]) -> None:
    """Print the labels of tasks, or in JSON the tasks."""

    def data(words: Words) -> Rows[Any]:
        from plantrack.render.layout.fact_formatter import FactFormatter
        from plantrack.render.layout.fields import objects
        from plantrack.render.views.task_fields import TASK

        return objects(TASK.values(), tasks, FactFormatter(words, session.context().heading))

    answer(session, [t.label for t in tasks], data)


def answer(
    session: Session,
    labels: Iterable[str],
    data: Callable[[Words], Rows[Any] | Sequence[Any]],
    problems: Callable[[Words], list[Any]] | None = None,
) -> None:
    """Print labels: that is all a script needs; in JSON what they stand for."""
    if not session.wants_json:
        session.put_labels(labels)
        return
    from plantrack.render.formats.json import dumps, envelope

    words, heading = session.words, session.context().heading
    found = problems(words) if problems else ()
    session.put(dumps(envelope(session.command, data(words), heading=heading, problems=found), words))


def answer_objects(session: Session, labels: Iterable[str], objects: Sequence[Any]) -> None:
    """Print labels, or in JSON objects that are made already."""
    answer(session, labels, lambda _: objects)


def tell_notes(session: Session, notes: Iterable[Note]) -> None:
    """Tell what a person should know of what they just did."""
    words, names = session.words, session.context().names
    notes = tuple(notes)
    told = _few(notes)
    for note in told:
        params = {k: _worded(words, names, k, v) for k, v in note.params.items()}
        text = words(f"note.{note.code}", **params)
        session.tell(words("reply.note-of-task", task=note.of, text=text) if note.of else text)
    if len(told) < len(notes):
        session.tell(words.plural("reply.more-notes", len(notes) - len(told)))


def _few(notes: Iterable[Note]) -> list[Note]:
    """Choose what is told: some of each kind, and what is rarely meant last, all of it as one kind."""
    kinds: dict[str, list[Note]] = {}
    for note in sorted(notes, key=lambda n: n.is_caution):
        kinds.setdefault("" if note.is_caution else note.code, []).append(note)
    return [note for kind in kinds.values() for note in kind[:_FEW]]


def _worded(words: Words, names: Names, name: str, value: object) -> object:
    if name in ("organisation", "successor", "party"):
        return names.party_label(str(value), words.language)
    if name in ("place", "places"):
        places = value if isinstance(value, tuple) else (value,)
        return ", ".join(_place(names, str(p), words.language) for p in places)
    if name.startswith("amount") and isinstance(value, int):
        return words.money(value)
    if name == "tasks" and isinstance(value, tuple):
        return words.counted_labels(value)
    if name == "days" and isinstance(value, tuple):
        return ", ".join(map(words.day, value))
    if name == "every":
        return words(f"every.{value}")
    if name in ("day", "old", "on", "due", "start", "last"):
        return words.day(str(value)) if value else words("reply.no-due")
    if isinstance(value, CitedDocument):
        return _document(value, words)
    if name == "text":
        return words.period(text) if civil_period(text := str(value)) else f"“{text}”"
    if name == "status":
        return words(f"status.{value}")
    if name in ("role", "fields"):
        fields = value if isinstance(value, tuple) else (value,)
        return ", ".join(words(f"field.{field}") for field in fields)
    return ", ".join(value) if isinstance(value, tuple) else value


def _document(document: CitedDocument, words: Words) -> str:
    """Return the parts of a document, each with its name."""
    subject = document.title.vi if document.title else None
    day = words.day(document.date) if document.date else None
    parts = {"number": document.number, "day": day, "issuer": document.issuer, "subject": subject}
    return "; ".join(words(f"document.read.{name}", text=text) for name, text in parts.items() if text)


def _place(names: Names, place: str, language: str) -> str:
    """Return a place with its id: places that follow one another often have one name."""
    return f"{place_label(names.places, place, language)} ({place})"


def task_line(task: Task, words: Words, room: int | None = None) -> str:
    """Return a task in a line: enough to see that it was the right one; `room`: so many cells, the title is cut."""
    parts = [words(f"status.{task.status}")]
    if task.percent is not None and task.is_open:
        parts[0] += f" {task.percent}%"
    if task.completed_on is not None:
        parts[0] += f" {words('reply.completed', day=words.day(task.completed_on))}"
    parts.append(_deadline(task, words))
    if task.is_blocked:
        parts.append(words("reply.blocked"))
    head, tail = f"{task.label}  {task.heading}  ", f" · {', '.join(parts)}"
    title = task.title.within(words.language)
    return head + (title if room is None else _cut(title, head + tail, room)) + tail


def _cut(title: str, beside: str, room: int) -> str:
    """Cut a title that has no room beside the rest of its line; its beginning stays in any case."""
    from plantrack.render.layout.text_width import cell_width  # only where somebody is asked

    kept, room = title, room - cell_width(beside)
    if cell_width(title) <= room:
        return title
    while len(kept) > _LEAST and cell_width(kept) >= room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _deadline(task: Task, words: Words) -> str:
    if task.due is None:
        return words("reply.ongoing") if task.due_text == "ongoing" else words("reply.no-due")
    return words("reply.due", day=words.day(task.due))


def _roles(task: Task, words: Words, names: Names) -> str:
    said = []
    for role in Role:
        held = getattr(task, role)
        shown = [p if role is Role.IN_CHARGE else names.party_label(p, words.language) for p in held]
        said.append(words(f"reply.{role}", names=", ".join(shown) or words("reply.nobody")))
    return "; ".join(said)
