"""What people and organisations are called, where a command changes it: their tasks follow."""

from collections.abc import Iterable

from plantrack.model.grouping import chunks, grouped
from plantrack.model.names import Names
from plantrack.model.people.name_index import NameIndex
from plantrack.model.people.person import Person
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.store import people, tasks
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import derive_parties
from plantrack.store.questions import parties

#: How many names are told of that resemble one.
_OFFERED = 3
#: How many tasks are changed at once: all of them, with their facts, would not fit in a small memory.
_AT_ONCE = 2000


class PeopleByNow:
    """Everybody who is known by now, by the name that tells them apart, those who come with the command too."""

    def __init__(self, names: Names, known: Iterable[Person]) -> None:
        self._names = names
        self._people = {person.name: person for person in known}
        self._index = NameIndex(self._people)
        self._by_own_name = grouped((person.own_name, person) for person in self._people.values())

    def find(self, typed: str) -> Person | None:
        """Return who has a name, be it with the organisation that stands in brackets after it."""
        if same := self._index.same(typed):
            return self._people[same]
        own, organisation = self._names.split_person(typed)
        namesakes = self._by_own_name.get(own, []) if organisation is not None else []
        return next((person for person in namesakes if person.organisation == organisation), None)

    def resembling(self, typed: str) -> tuple[str, ...]:
        """Return the first names that another one is easily taken for."""
        return tuple(self._index.resembling(typed)[:_OFFERED])

    def add(self, typed: str, uid: str) -> Person:
        """Make known who comes under a name, with the organisation that stands in brackets after it."""
        own, organisation = self._names.split_person(typed)
        label = own
        if organisation is not None and own in self._by_own_name:
            label = people.told_apart(own, self._names.title_of(organisation).vi)
        new = self._people[label] = Person(uid, label, own, organisation=organisation)
        self._index.add(label)
        self._by_own_name.setdefault(own, []).append(new)
        return new


def follow_names(db: Connection) -> int:
    """Let the tasks of those who are called otherwise by now, or turned out to be others, take over their names.

    All facts are written before it. Returns how many tasks there are.
    """
    kept, meant = parties.kept_names(db), parties.meant_names(db)
    changed = [key for key in kept | meant if kept.get(key, key) != meant.get(key, key)]
    given = tasks.given_to(db, changed)
    for uids in chunks(given, _AT_ONCE):
        loaded = LoadedTasks(db)
        loaded.name_anew(uids, meant)
        now = loaded.derived(uids)
        tasks.update_tasks(db, [each.row for each in now])
        loaded.write_derived(now)
    derive_parties(db)
    return len(given)
