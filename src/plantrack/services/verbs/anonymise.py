"""A person is taken out: hashes stand in place of their names, and nobody can tell any more whose they are.

The one exception to what is recorded being only added to. What was done stays, and so does every seal.
"""

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.people.person import Person
from plantrack.model.text import person_key, person_name
from plantrack.model.views.parties import Anonymised
from plantrack.services.context import Context
from plantrack.services.still_named import NamesSought, still_named
from plantrack.services.verbs.person import find_person
from plantrack.services.workspace import Workspace
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.party_names import follow_names
from plantrack.services.writing.run_command import run_command
from plantrack.store import people, tasks
from plantrack.store.columns import ANONYMISE
from plantrack.store.commands import Typist
from plantrack.store.connection import Connection
from plantrack.store.forgetting.own_names import (
    NamedRows,
    OwnNames,
    hide,
    kept_as,
    own_names,
    rows_of,
    used_names,
)
from plantrack.store.people import PersonFact
from plantrack.store.server.members import derive_members


class _Found(NamedTuple):
    """A person who is to be taken out, with what is to be known before."""

    label: str
    own_name: str
    own: OwnNames
    sought: NamesSought
    #: How many tasks they were ever given.
    tasks: int


def what_anonymise_would_do(context: Context, workspace: Workspace, name: str) -> Anonymised:
    """Return what would be taken out, and where the name would still stand; nothing is changed.

    Raises: those of `find_person`.
    """
    found = _found(context, name)
    return _told(context, workspace, found, rows_of(context.db, found.own.used))


def anonymise(context: Context, workspace: Workspace, name: str) -> Anonymised:
    """Take a person out of the database and out of its file; of one who was taken out already, sweep the file again.

    Raises: those of `find_person`, `run_command`.
    """
    found = _found(context, name)
    if is_hidden(found.own_name):
        return Anonymised(context.heading, found.label, None, 0, 0, 0, (), (), context.db.sweep())
    done: list[tuple[_Found, NamedRows, str]] = []

    def body(writer: CommandWriter) -> None:
        there = _found(context, name)
        rows = rows_of(writer.db, there.own.used)
        done[:] = [(there, rows, _hide(writer, there))]

    context.db.overwrite_deleted()
    written = run_command(context, ANONYMISE, body)
    is_swept = context.db.sweep()
    ((there, rows, kept),) = done
    label = written.command.label if written.command else None
    return _told(context, workspace, there, rows, label)._replace(is_swept=is_swept, hidden=kept)


def _found(context: Context, name: str) -> _Found:
    """Find a person with all their names; one who only gave commands, or told something, is found by that name."""
    db = context.db
    try:
        person = find_person(context, name)
    except Failure as failure:
        if failure.code != "unknown-person" or not (who := _who_only_worked(db, name)):
            raise
        own = own_names(db, (), [who])
        return _Found(who, who, own, NamesSought((who,), own.shared, own.used | own.shared, ""), 0)
    merged = people.known_people(db).merged
    uids = (person.uid, *(uid for uid, into in merged.items() if into == person.uid))
    own = own_names(db, uids, [person.name])
    return _Found(person.name, person.own_name, own, _sought(db, person, own), len(tasks.given_to(db, uids)))


def _who_only_worked(db: Connection, name: str) -> str | None:
    """Return the name of somebody who gave commands or told something, as it stands there."""
    typed = person_name(name)
    alike = sorted(n for n in used_names(db) if person_key(n) == person_key(typed))
    return typed if typed in alike else next(iter(alike), None)


def _sought(db: Connection, person: Person, own: OwnNames) -> NamesSought:
    """Return what to look for in texts: all names and addresses, no login or name to sort by that is a single word."""
    facts = [fact for fact in people.people_facts(db) if fact.person in own.uids]
    names = {text for fact in facts for text in (fact.name, fact.email) if text}
    names |= {fact.sort_name for fact in facts if fact.sort_name and " " in fact.sort_name}
    shown = sorted(name for name in names if not is_hidden(name))
    since = min(fact.recorded_at for fact in facts)
    return NamesSought(tuple(shown), own.shared, own.said | own.used | own.shared, since)


def _hide(writer: CommandWriter, found: _Found) -> str:
    """Put hashes in place of the names, also where whoever is at work is that person; return that of the name of now."""
    db, own, at = writer.db, found.own, writer.context
    keys = {*map(person_key, own.said | own.used)} - {*map(person_key, own.shared)}
    at_work = {name for name in (at.author, *at.typist) if name and person_key(name) in keys}
    hashes = kept_as(db, own.said | own.used | at_work | {found.own_name})
    author, typist = hashes.get(at.author, at.author), [n and hashes.get(n, n) for n in at.typist]
    writer.context = at._replace(author=author, typist=Typist(*typist))
    by, kept = writer.command, hashes[found.own_name]
    hide(db, own, hashes)
    if own.uids:
        person = own.uids[0]
    else:  # known from now on, as nobody in particular: the history says whose name was hidden
        person = writer.uid()
        people.add_people(db, {kept: PersonFact(writer.uid(), by.uid, person, by.recorded_at, kept)})
    people.insert_people_facts(db, [PersonFact(writer.uid(), by.uid, person, by.recorded_at, kept)])
    follow_names(db)
    derive_members(db)
    return kept


def _told(
    context: Context, workspace: Workspace, found: _Found, rows: NamedRows, command: str | None = None
) -> Anonymised:
    still = tuple(still_named(context.db, workspace, found.sought))
    shared = tuple(sorted(found.own.shared))
    return Anonymised(context.heading, found.label, command, found.tasks, *rows, shared, still)
