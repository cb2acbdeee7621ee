"""Which facts belong to some tasks: theirs, and what they name."""

from collections.abc import Collection, Iterable, Iterator

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.store import commands
from plantrack.store.connection import Connection
from plantrack.store.exchange.fact_tables import FACT_TABLES, FactTable, Owner
from plantrack.store.scope import among


class FactChoice(NamedTuple):
    """The names by which chosen facts are found, of each kind in order."""

    tasks: list[str]
    plans: list[str]
    organisations: list[str]
    people: list[str]
    commands: list[str]
    #: Whether all may read what is chosen: only what stands, and no more of it than that.
    is_public: bool = False

    def columns_of(self, table: FactTable) -> tuple[str, ...]:
        """Return the columns that are chosen of a table, none where nothing of it is."""
        return table.public if self.is_public else table.columns if table.of else ()

    def names(self, owner: Owner) -> list[str]:
        """Return the chosen names of a kind."""
        found: list[str] = getattr(self, owner)
        return found


def counted_tasks(db: Connection, plans: Collection[str] = ()) -> list[str]:
    """Return the tasks that count, of some plans or of all."""
    of_plans, params = among("t.plan", "p", plans) if plans else ("1 = 1", {})
    return [
        r[0]
        for r in db.query(
            f"SELECT t.uid FROM task AS t WHERE t.counted = 1 AND {of_plans} ORDER BY t.uid", params
        )
    ]


def chosen_facts(db: Connection, uids: Iterable[str], *, public: bool) -> FactChoice:
    """Choose the facts of some tasks, with the plans, the organisations and the people that they name."""
    tasks = sorted(uids)
    organisations = _closed(db, "organisation", {*_named(db, "assignment", "organisation", "task", tasks)})
    choice = FactChoice(
        tasks, sorted({*_named(db, "task", "plan", "uid", tasks)}), sorted(organisations), [], [], public
    )
    if public:
        return choice
    people = _closed(db, "person", {*_named(db, "assignment", "person", "task", tasks)})
    theirs = {*_named(db, "person_fact", "organisation", "person", sorted(people))}
    organisations |= _closed(db, "organisation", theirs)
    choice = choice._replace(people=sorted(people), organisations=sorted(organisations))
    return choice._replace(commands=sorted(_commands(db, choice)))


def _named(db: Connection, table: str, column: str, of: str, owners: Collection[str]) -> Iterator[str]:
    """Yield what a column names in the rows of some owners."""
    for some in chunks(owners):
        theirs, params = among(f"f.{of}", "o", some)
        asked = f"SELECT DISTINCT f.{column} FROM {table} AS f WHERE f.{column} IS NOT NULL AND {theirs}"
        yield from (r[0] for r in db.query(asked, params))


#: By the kind of a party: the table of what is said of it, and the column that names who it is another one of.
_ANOTHER = {"organisation": ("organisation_fact", "same_as"), "person": ("person_fact", "merged_into")}


def _closed(db: Connection, kind: str, names: set[str]) -> set[str]:
    """Add to parties all whom they ever turned out to be."""
    table, column = _ANOTHER[kind]
    found, new = names, names
    while new:
        new = {name for name in _named(db, table, column, kind, sorted(new)) if name} - found
        found = found | new
    return found


def _commands(db: Connection, choice: FactChoice) -> set[str]:
    """Return the commands of chosen facts, what took them back, and what they took back."""
    found = {
        uid
        for table in FACT_TABLES
        if table.of and table.of[1] != "commands" and "command" in table.columns
        for uid in _named(db, table.name, "command", table.of[0], choice.names(table.of[1]))
    }
    undos = [*commands.undos_of(db, found)]
    for some in chunks(sorted(found)):
        undos += commands.undone_in(db, some)
    return found.union(*((undo.command, undo.target) for undo in undos))
