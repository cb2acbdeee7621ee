"""Who there is: people, with the tasks in their charge."""

from plantrack.model.text import vi_key
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.services.context import Context
from plantrack.store import people
from plantrack.store.questions.task_counts import PERSON, counts_of, tallies


def list_people(context: Context) -> PersonList:
    """Return everybody, in the order of their sort names, else of their names."""
    charges = tallies(context.tasks, PERSON)
    lines = []
    for p in people.people(context.db):
        mine = counts_of(charges, p.name)
        lines.append(PersonLine(p.name, p.sort_name, p.organisation, mine.open, mine.total))
    lines.sort(key=lambda line: vi_key(line.sort_name or line.name))
    return PersonList(context.heading, tuple(lines))
