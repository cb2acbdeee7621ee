"""The names of people in what arrives: who was taken out does not come back by name, nor stay where that is heard of."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import HIDDEN, is_hidden
from plantrack.store import people
from plantrack.store.columns import ANONYMISE
from plantrack.store.connection import Connection, insert
from plantrack.store.forgetting.own_names import hidden_names, hide, kept_as, own_names
from plantrack.store.sealing.row_hashes import NAMES, name_hash
from plantrack.store.sealing.sealed_facts import all_salts
from plantrack.store.server.roles import may_write

_OF_PEOPLE: Final = "person_fact"


class HiddenByBundle(NamedTuple):
    """Somebody whose name stood here until a bundle took it out: the name, and the command that hid it."""

    name: str
    command: str


class ArrivedNames:
    """Hides the names that were hidden here, and those here that were hidden where a bundle was written."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self._hidden_here = hidden_names(db)
        self._hashes: dict[str, str] = {}
        #: The names that stand in what arrived.
        self.said: set[str] = set()
        #: The hidden names that arrived of people, by uid, each with the command that hid it.
        self._hidden_there: dict[str, tuple[str, str]] = {}

    def learn(self, salts: Mapping[str, str]) -> None:
        """Learn the salts of names; one that was hidden here is known by its hash, and gets no salt again."""
        known = {*salts} & {*all_salts(self.db)}
        for name, salt in salts.items():
            if (hash := HIDDEN + name_hash(name, salt)) in self._hidden_here:
                self._hashes[name] = hash
        new = [n for n in salts if n not in known and n not in self._hashes]
        insert(self.db, "salt", [{"who": name, "salt": salts[name]} for name in new])

    def hidden(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row with the names hidden that were hidden here."""
        names = NAMES.get(table, ())
        return {**row, **{name: self._hashes.get(row[name], row[name]) for name in names if row[name]}}

    def note(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Note the names in rows that were added."""
        for row in rows:
            for column in NAMES.get(table, ()):
                if (name := row[column]) and not is_hidden(name):
                    self.said.add(name)
            if table == _OF_PEOPLE and row["name"] and is_hidden(row["name"]):
                self._hidden_there[row["person"]] = row["name"], row["command"]

    def hide_here(self, file: str, site: str) -> tuple[HiddenByBundle, ...]:
        """Hide the names of those who were taken out elsewhere, and return whose stood here.

        Raises: bundle-hides.
        """
        by_hash = {HIDDEN + name_hash(name, salt): name for name, salt in all_salts(self.db).items()}
        merged = people.known_people(self.db).merged if self._hidden_there else {}
        kept = people.kept_labels(self.db) if self._hidden_there else {}
        found = list[HiddenByBundle]()
        for uid, (hash, command) in self._hidden_there.items():
            uids = (uid, *(one for one, into in merged.items() if into == uid))
            own = own_names(self.db, uids, [by_hash[hash]] if hash in by_hash else ())
            if names := own.said | own.used:
                if not may_write(self.db.told.role, ANONYMISE):
                    raise Failure("bundle-hides", file=file, site=site)
                hide(self.db, own, kept_as(self.db, names))
                name = kept.get(uid, uid)
                found.append(HiddenByBundle(min(names) if name == uid else name, command))
        return tuple(found)
