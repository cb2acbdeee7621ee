"""Who there is: people, with the tasks in their charge."""

from plantrack.model.text import vi_key
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.services.context import Context
from plantrack.services.task_query import tasks_with_deadline_states
from plantrack.store import people


def list_people(context: Context) -> PersonList:
    """Return everybody, in the order of their sort names, else of their names."""
    tasks = tasks_with_deadline_states(context)
    lines = [
        PersonLine(p.name, p.sort_name, p.organisation, sum(t.is_open for t in mine), len(mine))
        for p in sorted(
            people.people(context.db, context.when.known_at), key=lambda p: vi_key(p.sort_name or p.name)
        )
        for mine in [[t for t in tasks if p.name in t.in_charge]]
    ]
    return PersonList(context.heading, tuple(lines))
