"""Rows that are people: who is new comes, of the others what is said is recorded."""

from collections.abc import Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.person import Person
from plantrack.services.importing.known_names import ImportNames
from plantrack.services.importing.read_table import Attempt, UnderstoodRow
from plantrack.services.importing.row_reading import RowReading
from plantrack.services.importing.table_rows import TypedRow
from plantrack.services.verbs.person import Particulars, read_particulars
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.party_names import PeopleByNow, follow_names
from plantrack.store import people
from plantrack.store.people import PersonFact


class SaidOfPerson(NamedTuple):
    """What a row says of a person: by name, or of whoever comes under it."""

    name: str
    fields: dict[str, str]


def read_person(reading: RowReading, row: TypedRow) -> SaidOfPerson:
    """Understand a row as a person.

    Raises: person-elsewhere; those of `ImportNames.newcomer_or_known`, `read_particulars`.
    """
    names, texts = reading.names, row.texts
    typed = Particulars(
        texts.get("sort_name"), texts.get("organisation"), texts.get("email"), texts.get("login")
    )
    name = _name(names, texts.get("name", ""), texts.get("organisation"))
    person = names.known.get(name) or Person("", name, names.split_person(name)[0])
    return SaidOfPerson(name, read_particulars(reading.context, person, typed))


def person_stand_in(field: str, texts: Mapping[str, str]) -> str | None:
    """Return a name in place of a wrong one."""
    return "Người trong danh sách" if field == "name" else None


def _name(names: ImportNames, text: str, organisation: str | None) -> str:
    """Return the name of a person; one of another organisation than theirs is somebody else, and must be said so.

    Raises: person-elsewhere; those of `ImportNames.newcomer_or_known`.
    """
    name = names.newcomer_or_known(text)
    if organisation is None:
        return name
    known, other = names.known.get(name), names.organisation(organisation)
    theirs = (known and known.organisation) or names.organisation_in_file.setdefault(name, other.id)
    if other.id == theirs:
        return name
    if not names.may_be_new_person:
        raise Failure("person-elsewhere", person=name, known=(name,))
    own = known.own_name if known else names.split_person(name)[0]
    return names.newcomer_or_known(f"{own} ({names.title_of(other.id).vi})")


def write_people(writer: CommandWriter, rows: Sequence[UnderstoodRow], attempt: Attempt) -> dict[int, str]:
    """Record what rows say of people; tasks follow."""
    there = PeopleByNow(writer.context.names, people.people(writer.db))
    #: What rows above said, and who came with them.
    now: dict[str, Person] = {}
    facts: list[PersonFact] = []
    new: dict[str, PersonFact] = {}
    for row in rows:
        name, fields = row.said
        with attempt(row):
            known = there.find(name)
            person = known or there.add(name, writer.uid())
            person = now.get(person.uid, person)
            said = {
                field: value for field, value in fields.items() if value != (getattr(person, field) or "")
            }
            now[person.uid] = person._replace(**said)
            if known is None:
                new[person.name] = people.first_fact(person, writer.uid(), writer.command)._replace(**said)
            elif said:
                by = writer.command
                facts.append(PersonFact(writer.uid(), by.uid, person.uid, by.recorded_at, **said))
    people.add_people(writer.db, new)
    people.insert_people_facts(writer.db, facts)
    follow_names(writer.db)
    return {}
