"""A backup that takes the place of the database: what that loses, and what was done."""

from collections.abc import Iterator
from shlex import quote
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.task import task_label
from plantrack.model.text import visible
from plantrack.model.views.workspace import DbRestore, LostCommand
from plantrack.render.layout.json_object import Object

#: Of what is lost so many commands are told, the newest.
_SHOWN: Final = 20
#: After which of those a name that was taken out is there again.
_ANONYMISE: Final = "person anonymise"


def would(view: DbRestore, words: Words) -> Iterator[str]:
    """Say from which history the backup is, and which commands are lost."""
    if view.worked_on:
        yield words("restore.worked-on", file=visible(view.file), to=visible(view.worked_on))
    if view.is_other:
        key = "restore.parts" if view.parted_after else "restore.other"
        yield words(key, file=visible(view.file), command=view.parted_after)
    if view.upgraded_from is not None:
        yield words("restore.upgraded", version=view.upgraded_from)
    if view.lost is None:
        return
    if not view.lost:
        yield words("restore.lost-nothing")
        return
    yield words.plural("restore.lost", len(view.lost))
    shown = view.lost[-_SHOWN:]
    if more := len(view.lost) - len(shown):
        yield words.plural("restore.lost-more", more)
    yield from (f"  {_line(one, view, words)}" for one in shown)
    if any(one.verb == _ANONYMISE for one in view.lost):
        yield words("restore.names-back")


def _line(one: LostCommand, view: DbRestore, words: Words) -> str:
    verb = words(f"verb.{one.verb.replace(' ', '-')}")
    moment = words.moment(one.recorded_at, view.timezone)
    told = words(
        "restore.lost-one",
        command=one.command,
        moment=moment,
        author=visible(one.author, limit=60),
        verb=verb,
    )
    if one.title is None:
        return told
    title = visible(one.title.within(words.language), limit=60)
    first, *others = one.tasks
    told = words("restore.lost-task", told=told, task=first, title=title)
    return words("restore.lost-tasks", told=told, tasks=words.counted_labels(others)) if others else told


def done(view: DbRestore, program: str, words: Words) -> Iterator[str]:
    """Say what was done, and what people should know of it; `program` is what to type to call the program."""
    names = {"file": visible(view.file), "database": visible(view.database), "command": view.command}
    yield words("restore.done", **names)
    if view.lost:
        ends = dict.fromkeys((view.lost[0].command, view.lost[-1].command))
        yield words.plural("restore.done-lost", len(view.lost), commands="–".join(ends))
    if view.kept:
        yield words("restore.kept", kept=visible(view.kept))
        if view.unreadable is None:
            yield words("restore.back", command=visible(_back(view, view.kept, program)))
    yield words("restore.next", task=task_label(view.site, view.next_task), number=view.next_command)
    if view.unreadable is not None or not view.kept:  # what was given is not known
        yield words("restore.next-doubtful")
    if view.left:
        yield words.plural("restore.left", view.left)
    if view.unreadable is not None:
        yield words("restore.sent-unknown")


def _back(view: DbRestore, kept: str, program: str) -> str:
    """Return the command that goes back to what was kept; it names the database, for it may be typed anywhere."""
    # What was kept is of another history now where something was lost; an upgrade on the way seals all anew.
    parts = view.lost or view.is_other or view.upgraded_from is not None
    return f"{program} --db {quote(view.database)} db restore {quote(kept)}{' --other' if parts else ''}"


def data(view: DbRestore) -> Object:
    """Return what is lost and what was done, for JSON."""
    return {
        "database": view.database,
        "id": view.id,
        "file": view.file,
        "upgraded_from": view.upgraded_from,
        "other_history": view.is_other,
        "parted_after": view.parted_after or None,
        "worked_on": view.worked_on or None,
        "lost": None if view.lost is None else [_lost(one) for one in view.lost],
        "command": view.command or None,
        "kept": view.kept,
        "next_command": view.next_command,
        "next_task": view.next_task,
        "taken_over": {**view.taken},
        "not_taken_over": view.left,
    }


def _lost(one: LostCommand) -> Object:
    of = {"command": one.command, "verb": one.verb, "author": one.author, "recorded_at": one.recorded_at}
    return {**of, "tasks": [*one.tasks]}
