"""What people and organisations are called, where a command changes it: their tasks follow."""

from collections.abc import Iterable

from plantrack.model.grouping import chunks
from plantrack.model.names import Names
from plantrack.model.people.person import Person
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.store import people, tasks
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import derive_parties
from plantrack.store.questions import parties

#: How many tasks are changed at once: all of them, with their facts, would not fit in a small memory.
_AT_ONCE = 2000


def newcomer(names: Names, typed: str, known: Iterable[Person], uid: str) -> Person:
    """Return who comes under a name, with the organisation that stands in brackets after it."""
    own, organisation = names.split_person(typed)
    label = own
    if organisation is not None and own in (person.own_name for person in known):
        label = people.told_apart(own, names.title_of(organisation).vi)
    return Person(uid, label, own, organisation=organisation)


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
