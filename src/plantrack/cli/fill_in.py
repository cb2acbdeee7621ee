"""Fields that are filled in one by one: asked for at the terminal, or in a form that an editor opens."""

import shlex
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from plantrack.cli.feedback import task_line
from plantrack.cli.form_text import FormEntry, form_text, read_form
from plantrack.cli.session import Session
from plantrack.cli.standard_input import can_ask
from plantrack.deliver import streams
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.render.layout.text_width import wrapped
from plantrack.services.context import Context
from plantrack.services.task_forms import (
    ASKED,
    FormField,
    TaskForm,
    correction_form,
    refuse_changed,
    task_now,
    update_form,
)
from plantrack.services.verbs.edit import Corrections
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate, refuse_unreadable
from plantrack.system import edit_typed_lines

Typed = TypeVar("Typed", TypedUpdate, Corrections)
#: How the fields that are asked for are typed as options.
_OPTIONS = {"status": "-s", "percent": "-p", "result": "-r", "next": "-n", "blocked": "-b", "on": "-o"}
#: The fields whose value stands in the line in which it is asked for.
_SHORT = ("status", "percent")
#: The fields that hold whole đồng.
_AMOUNTS = ("budget", "allocated", "spent")
#: How wide remarks are in a form: with what begins them they fit a screen.
_WIDTH = 78
#: What says of a difficulty that it is over.
_OVER = "-"


class Filling(NamedTuple):
    """What is filled in."""

    #: Reads the fields of a task.
    form: Callable[[Context, str], TaskForm]
    #: Whether the form has the values that stand: then only what became otherwise is taken.
    has_values: bool = False


UPDATE = Filling(update_form)
CORRECTION = Filling(correction_form, has_values=True)


# --- in an editor ---


def filled_in_editor(
    session: Session,
    tasks: Sequence[str],
    typed: Typed,
    filling: Filling,
    write: Callable[[Typed], CommandResult],
) -> CommandResult | None:
    """Let a form be filled in with the editor, and write it; None where nothing was filled in.

    Fails with `edit-many`, `edit-no-terminal`, and as `refuse_changed` and `edited` do.
    """
    if len(tasks) != 1:
        raise Failure("edit-many", count=len(tasks))
    if not can_ask():
        raise Failure("edit-no-terminal")
    from plantrack.cli.editor import edited

    form = filling.form(session.context(tasks), tasks[0])
    entries = [_entry(session.words, form, field, typed, filling) for field in form.fields]
    head = session.words("form.head", command=session.command, task=task_line(form.task, session.words))
    blank = form_text(_laid_out(head), entries)
    with edited(session, blank) as text:
        has_options = any(getattr(typed, field.name) for field in form.fields)
        values = {} if text == blank and not has_options else read_form(text, entries)
        standing = {f.name: _shown(session.words, f) for f in form.fields} if filling.has_values else {}
        new = {name: value for name, value in values.items() if value != standing.get(name)}
        if not set(new) - {"on"}:
            session.say("reply.nothing-typed")
            return None
        return _write(session, form, _with(typed, form, new), write)


def _entry(words: Words, form: TaskForm, field: FormField, typed: Typed, filling: Filling) -> FormEntry:
    standing = _shown(words, field)
    value = getattr(typed, field.name) or (standing if filling.has_values else "")
    remark = "" if filling.has_values else _laid_out(_standing(words, field))
    return FormEntry(field.name, words(f"form.{field.name}"), _names_of(field.name), remark, value)


def _laid_out(text: str) -> str:
    """Break a remark at words, as wide as a page."""
    return "\n".join(wrapped(line, _WIDTH) for line in text.split("\n"))


def _names_of(field: str) -> tuple[str, ...]:
    """Return all that a field may be called in a form."""
    return (field, *(Words(language)(f"form.{field}") for language in LANGUAGES))


def _with(typed: Typed, form: TaskForm, new: dict[str, str]) -> Typed:
    """Put what was filled in in the place of what was typed."""
    values: dict[str, object] = {field.name: new.get(field.name) for field in form.fields}
    if isinstance(typed, TypedUpdate) and values["blocked"] == _OVER:
        values.update(blocked=None, unblocked=True)
    return typed._replace(**values)  # type: ignore[arg-type]


# --- at the terminal ---


def filled_by_asking(
    session: Session,
    label: str,
    typed: TypedUpdate,
    write: Callable[[TypedUpdate], CommandResult],
) -> CommandResult | None:
    """Ask for the fields of an update, and write it; None where nothing was typed."""
    words = session.words
    form = update_form(session.context([label]), label)
    session.tell(f"{task_line(form.task, words)}\n{words('ask.fields')}")
    edit_typed_lines()
    fields = {field.name: field for field in form.fields}
    new = {name: value for name in ASKED if (value := _asked(session, fields[name]))}
    if not new:
        session.say("reply.nothing-typed")
        return None
    filled = _with(typed, form, new)._replace(on=typed.on)
    try:
        return _write(session, form, filled, write)
    except Failure:
        session.insist(
            words("reply.typed-so-far", command=words.command(_command_line(session.command, label, filled)))
        )
        raise


def _asked(session: Session, field: FormField) -> str:
    """Ask for a field until it can be read; empty: it stays as it is."""
    words, prompt = session.words, session.words(f"form.{field.name}")
    if field.name in _SHORT and field.value:
        prompt += f" [{_shown(words, field)}]"
    elif standing := _standing(words, field):
        session.tell(f"  {standing}")
    while value := _line(f"{prompt}: ").strip():
        try:
            refuse_unreadable(field.name, value)
        except Failure as failure:
            session.insist(" ".join(sentence(words, failure)))
            continue
        return value
    return ""


def _line(prompt: str) -> str:
    """Read a line from the terminal, edited as its user is used to; Ctrl-D ends the command as Ctrl-C does."""
    try:
        if streams.is_terminal(sys.stdout):
            return input(prompt)
        streams.write_stderr(prompt)
        line = sys.stdin.readline()
    except EOFError as end:
        raise KeyboardInterrupt from end
    if not line:
        raise KeyboardInterrupt
    return line


def _command_line(command: str, label: str, filled: TypedUpdate) -> str:
    """Return the command that says the same."""
    options = [
        part
        for name, option in _OPTIONS.items()
        if (value := getattr(filled, name))
        for part in (option, value)
    ]
    return shlex.join(["plantrack", command, label, *options, *(["--unblocked"] if filled.unblocked else [])])


# --- both ---


def _standing(words: Words, field: FormField) -> str:
    """Say what stands, or was said last; of a difficulty also how it is over."""
    if field.value is None:
        return ""
    shown = _shown(words, field)
    said = (
        words("form.now", value=shown)
        if field.day is None
        else words("form.last", day=words.day(field.day), value=shown)
    )
    return f"{said} {words('form.over')}" if field.name == "blocked" else said


def _shown(words: Words, field: FormField) -> str:
    """Return a value as a person types it."""
    if field.name in _AMOUNTS and field.value:
        return words.money(int(field.value))
    named = field.name in ("status", "priority") and field.value
    return words(f"{field.name}.{field.value}") if named else field.value or ""


def _write(
    session: Session, form: TaskForm, typed: Typed, write: Callable[[Typed], CommandResult]
) -> CommandResult:
    """Write what was filled in, in a context of now; a task that changed meanwhile is shown."""
    session.look_again()
    context = session.context([form.task.label])
    try:
        refuse_changed(context, form)
    except Failure:
        session.insist(task_line(task_now(context, form), session.words))
        raise
    return write(typed)
