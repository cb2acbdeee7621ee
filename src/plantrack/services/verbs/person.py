"""Who there is: people, with the tasks in their charge."""

from plantrack.model.grouping import grouped
from plantrack.model.text import vi_key
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.services.context import Context
from plantrack.services.task_query import tasks_with_deadline_states
from plantrack.store import people


def list_people(context: Context) -> PersonList:
    """Return everybody, in the order of their sort names, else of their names."""
    tasks = tasks_with_deadline_states(context)
    charges = grouped((person, task) for task in tasks for person in task.in_charge)
    lines = []
    for p in people.people(context.db, context.when.known_at):
        mine = charges.get(p.name, [])
        lines.append(PersonLine(p.name, p.sort_name, p.organisation, sum(t.is_open for t in mine), len(mine)))
    lines.sort(key=lambda line: vi_key(line.sort_name or line.name))
    return PersonList(context.heading, tuple(lines))
