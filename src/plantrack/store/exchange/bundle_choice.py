"""Which facts a bundle carries: those of commands that say something of the work, of one site or of all."""

from collections.abc import Collection, Sequence
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.store import commands
from plantrack.store.columns import LOCAL_VERBS
from plantrack.store.connection import Connection, Row
from plantrack.store.exchange.fact_tables import FactTable
from plantrack.store.scope import among
from plantrack.store.sealing.row_hashes import NAMES, names_in

#: What stays where it was recorded: what was sent from there, who may do what there, and how that database came to be.
_STAYING: Final = frozenset({"delivery", "member_fact", "arrival", "restoration", "seal"})


class BundleChoice(NamedTuple):
    """The facts of some commands, each whole: whoever has a command has all its facts."""

    commands: frozenset[str]
    #: The revisions that these commands applied, by plan and number.
    revisions: frozenset[tuple[str, int]]
    #: The names that stand in the facts: who is forgotten later is known by the salt of their name.
    names: frozenset[str]

    def columns_of(self, table: FactTable) -> tuple[str, ...]:
        """Return the columns that are chosen of a table, none where nothing of it is."""
        return () if table.name in _STAYING else table.columns

    def taken(self, table: FactTable, rows: Sequence[Row]) -> list[Row]:
        """Return those of some rows of a table, in all its columns, that are chosen."""
        if table.name == "form":  # stands under no command, and names no other but its plan and organisation
            return [*rows]
        if table.name == "plan_include":
            return [row for row in rows if row[:2] in self.revisions]
        of, known = ("who", self.names) if table.name == "salt" else (_command_of(table), self.commands)
        place = table.columns.index(of)
        return [row for row in rows if row[place] in known]


def _command_of(table: FactTable) -> str:
    return "uid" if table.name == "command" else "command"


def bundle_choice(db: Connection, site: str | None = None) -> BundleChoice:
    """Choose what another database of the same history is to know: of the commands of one site, or of all (None)."""
    chosen = frozenset(_commands(db, site))
    of_plans = db.query("SELECT r.plan, r.revision, r.command FROM plan_revision AS r")
    revisions = frozenset((plan, revision) for plan, revision, by in of_plans if by in chosen)
    return BundleChoice(chosen, revisions, frozenset(_names(db, chosen)))


def _commands(db: Connection, site: str | None) -> set[str]:
    own, params = ("1 = 1", {}) if site is None else ("c.site = :site", {"site": site})
    found = {r[0] for r in db.query(f"SELECT c.uid FROM command AS c WHERE {own}", params)}
    staying, verbs = among("c.verb", "v", sorted(LOCAL_VERBS))
    local = {r[0] for r in db.query(f"SELECT c.uid FROM command AS c WHERE {staying}", verbs)}
    return found - local - {undo.command for undo in commands.undos_of(db, local)}


def _names(db: Connection, chosen: Collection[str]) -> set[str]:
    found = set[str]()
    for table, columns in NAMES.items():
        if table in _STAYING:
            continue
        by = {"command": "f.uid", "form": "f.uid"}.get(table, "f.command")
        there = " OR ".join(f"f.{column} IS NOT NULL" for column in columns)
        asked = f"SELECT {by} AS of_command, {', '.join(f'f.{c}' for c in columns)} FROM {table} AS f WHERE {there}"
        rows = [row[1:] for row in db.stream(asked) if table == "form" or row[0] in chosen]
        found |= names_in(table, columns, rows)
    return found
