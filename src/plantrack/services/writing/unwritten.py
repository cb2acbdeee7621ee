"""The facts of a command that are not in the database yet."""

from plantrack.model.history import Assignment, Deadline, PartFact, Update
from plantrack.store import facts
from plantrack.store.connection import Connection
from plantrack.store.facts import Change
from plantrack.store.people import PersonFact


class Unwritten:
    """The facts that a command collected, and the tasks that it opened or changed, by uid."""

    def __init__(self) -> None:
        #: Who came, each by the name that tells them apart.
        self.people: dict[str, PersonFact] = {}
        self.updates: list[Update] = []
        self.deadlines: list[Deadline] = []
        self.assignments: list[Assignment] = []
        self.parts: list[PartFact] = []
        self.changes: list[Change] = []
        self.opened: dict[str, None] = {}
        self.changed: dict[str, None] = {}

    @property
    def first_values(self) -> dict[str, dict[str, str | None]]:
        """Return what was in the corrected fields of tasks before, by task."""
        found: dict[str, dict[str, str | None]] = {}
        for change in self.changes:
            found.setdefault(change.task, {}).setdefault(change.field, change.old)
        return found

    def insert_facts(self, db: Connection) -> None:
        """Add the facts of tasks, a table at once; the tasks and the people are there."""
        facts.insert_updates(db, self.updates)
        facts.insert_deadlines(db, self.deadlines)
        facts.insert_assignments(db, self.assignments)
        facts.insert_parts(db, self.parts)
        facts.insert_changes(db, self.changes)
