"""People: with the tasks in their charge; renamed, merged, and what else is known of them."""

from collections.abc import Callable

from plantrack.deliver.mail.address import parse_address
from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.people.person import Person
from plantrack.model.text import clean_line, person_key, person_name, unreserved_name, vi_key
from plantrack.model.typed.days import is_none, parse_day
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.party_names import follow_names
from plantrack.services.writing.run_command import run_command
from plantrack.store import people
from plantrack.store.people import PersonFact
from plantrack.store.questions.task_counts import PERSON, counts_of, tallies


class Particulars(NamedTuple):
    """What is to be known of a person, as it was typed: None of nothing, empty of what is no longer so."""

    sort_name: str | None = None
    organisation: str | None = None
    email: str | None = None
    login: str | None = None
    left: str | None = None


class PersonChanged(NamedTuple):
    """What a command changed of a person."""

    before: Person
    now: Person
    #: How many tasks follow.
    tasks: int
    written: CommandResult


def list_people(context: Context) -> PersonList:
    """Return everybody, in the order of their sort names, else of their names."""
    charges = tallies(context.tasks, PERSON)
    lines = []
    for p in people.people(context.db):
        mine = counts_of(charges, p.name)
        lines.append(PersonLine(p, mine.open, mine.total))
    lines.sort(key=lambda line: vi_key(line.person.sort_name or line.person.name))
    return PersonList(context.heading, tuple(lines))


def find_person(context: Context, name: str) -> Person:
    """Find a person whose name is written in full.

    Raises: those of `PersonNames.person`.
    """
    return context.names.known[context.names.person(name)]


def find_to_change(context: Context, name: str) -> Person:
    """Find a person of whom something more may be said: nobody who was taken out.

    Raises: person-hidden; those of `find_person`.
    """
    person = find_person(context, name)
    if is_hidden(person.own_name):
        raise Failure("person-hidden", person=person.name)
    return person


def rename(context: Context, old: str, new: str) -> PersonChanged:
    """Rename a person; an organisation in brackets after the new name becomes theirs.

    Raises: name-with-comma, organisation-not-person, person-exists, same-name; those of `find_to_change`,
    `run_command`, `person_name`, `unreserved_name`.
    """

    def said(before: Person) -> dict[str, str]:
        names = context.names
        typed = unreserved_name(person_name(new))
        if names.organisations_named(typed):
            raise Failure("organisation-not-person", organisation=new)
        if "," in typed:  # it stands between the people of a task
            raise Failure("name-with-comma", name=new)
        own, organisation = names.split_person(typed)
        if own == before.own_name and organisation in (None, before.organisation):
            raise Failure("same-name", person=before.name)
        for other in names.known.values():
            is_namesake = person_key(other.own_name) == person_key(own) and other.uid != before.uid
            if is_namesake and organisation in (None, other.organisation):
                raise Failure("person-exists", person=own, known=other.name, old=before.name)
        return {"name": own} if organisation is None else {"name": own, "organisation": organisation}

    return _change(context, "person rename", old, said)


def find_both(context: Context, old: str, into: str) -> tuple[Person, Person]:
    """Find two people of whom one turned out to be the other.

    Raises: merge-itself; those of `find_to_change`.
    """
    one, other = find_to_change(context, old), find_to_change(context, into)
    if one.uid == other.uid:
        raise Failure("merge-itself", person=one.name)
    return one, other


def merge(context: Context, old: str, into: str) -> PersonChanged:
    """Let a person be another one from now on, in all their tasks; what was written is kept in the history.

    Raises: those of `find_both`, `run_command`.
    """
    _, other = find_both(context, old, into)
    return _change(context, "person merge", old, lambda _: {"merged_into": other.uid})


def set_person(context: Context, name: str, typed: Particulars) -> PersonChanged:
    """Record what else is known of a person.

    Raises: login-taken, nothing-to-set; those of `find_to_change`, `run_command`, `parse_address`, `parse_day`,
    `clean_line`, `Names.organisation`.
    """
    if all(value is None for value in typed):
        raise Failure("nothing-to-set", command="person set")

    def said(before: Person) -> dict[str, str]:
        wanted = read_particulars(context, before, typed)
        return {field: value for field, value in wanted.items() if value != (getattr(before, field) or "")}

    return _change(context, "person set", name, said)


def read_particulars(context: Context, person: Person, typed: Particulars) -> dict[str, str]:
    """Read what was typed of a person; empty is empty.

    Raises: login-taken; those of `parse_address`, `parse_day`, `clean_line`, `Names.organisation`.
    """
    read: dict[str, Callable[[str], str]] = {
        "sort_name": lambda text: clean_line(text, what="sort_name", limit=200),
        "organisation": lambda text: context.names.organisation(text, context.today).id,
        "email": lambda text: parse_address(text).spec,
        "login": lambda text: _login(context, person, text),
        "left_on": lambda text: "" if is_none(text) else parse_day(text, today=context.today),
    }
    given = zip(read.items(), typed, strict=True)
    return {field: way(text) if text.strip() else "" for (field, way), text in given if text is not None}


def _login(context: Context, person: Person, text: str) -> str:
    login = clean_line(text, what="login", limit=200)
    for other in context.names.known.values():
        if other.login == login and other.uid != person.uid:
            raise Failure("login-taken", login=login, person=other.name)
    return login


def _change(
    context: Context, verb: str, name: str, said: Callable[[Person], dict[str, str]]
) -> PersonChanged:
    """Record what is said of a person, and let their tasks follow."""
    before = find_to_change(context, name)
    found: list[tuple[Person, int]] = []

    def body(writer: CommandWriter) -> None:
        new = said(before)
        tasks = _record(writer, before, new) if new else 0
        known = people.known_people(writer.db)
        uid = known.merged.get(before.uid, before.uid)
        found[:] = [(next(person for person in known.people if person.uid == uid), tasks)]

    written = run_command(context, verb, body)
    ((now, tasks),) = found
    return PersonChanged(before, now, tasks, written)


def _record(writer: CommandWriter, person: Person, said: dict[str, str]) -> int:
    by = writer.command
    people.insert_people_facts(
        writer.db, [PersonFact(writer.uid(), by.uid, person.uid, by.recorded_at, **said)]
    )
    return follow_names(writer.db)
