"""Facts read for an export, a page at a time, in an order that is the same on every engine."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from operator import itemgetter

from plantrack.model.grouping import chunks
from plantrack.model.views.workspace import FactDigest
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection, Params, Row
from plantrack.store.exchange.bundle_choice import BundleChoice
from plantrack.store.exchange.fact_choice import FactChoice
from plantrack.store.exchange.fact_lines import fact_line
from plantrack.store.exchange.fact_tables import FACT_TABLES, FactTable
from plantrack.store.scope import among, stands

#: What is read; None: all there is.
Choice = FactChoice | BundleChoice | None
#: How many rows are read at once.
_PAGE = 1000


def fact_lines(
    db: Connection, choice: Choice = None, advance: Advance = unheard
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the lines of facts in the order of an export, some of one type at a time: of what is chosen, or of all."""
    tables = [(table, choice.columns_of(table) if choice else table.columns) for table in FACT_TABLES]
    sizes = [db.query(f"SELECT COUNT(*) FROM {table.name}")[0][0] for table, _ in tables]
    done, total = 0, max(1, sum(sizes))
    for (table, columns), size in zip(tables, sizes, strict=True):
        told = scaled(advance, done / total, (done + size) / total)
        read = 0
        for page in filter(None, _Reader(db, table, columns, choice).pages() if columns else ()):
            yield table.name, [fact_line(table.name, columns, row) for row in page]
            read += len(page)
            told(read / size)
        done += size


def fact_digest(db: Connection, choice: Choice = None, advance: Advance = unheard) -> FactDigest:
    """Count facts of each type that there may be, and hash their lines."""
    counts = {table.name: 0 for table in FACT_TABLES if choice is None or choice.columns_of(table)}
    sha256 = hashlib.sha256()
    for kind, lines in fact_lines(db, choice, advance):
        counts[kind] += len(lines)
        sha256.update(b"".join(lines))
    return FactDigest(sha256.hexdigest(), counts)


def counters(db: Connection) -> dict[str, int]:
    """Return the last number that was given of each kind."""
    return dict(sorted(db.query("SELECT name, used FROM counter")))


class _Reader:
    """Reads rows of a table in the order of its key, some at a time."""

    def __init__(self, db: Connection, table: FactTable, columns: Sequence[str], choice: Choice) -> None:
        self.db, self.table, self.columns, self.choice = db, table, columns, choice
        self.key = itemgetter(*(columns.index(name) for name in table.key))

    def pages(self) -> Iterator[list[Row]]:
        """Yield all rows, or those that are chosen: of some tasks by their owners first."""
        choice = self.choice
        if isinstance(choice, FactChoice) and len(self.table.key) == 1:
            return self._by_owner(choice)
        pages = self._one_by_one() if len(self.table.key) > 1 else self._all()
        if isinstance(choice, BundleChoice):
            return (choice.taken(self.table, page) for page in pages)
        return pages

    def _all(self) -> Iterator[list[Row]]:
        (name,), last = self.table.key, ""
        order = f"ORDER BY f.{name} LIMIT :n"
        while rows := self._asked(f"f.{name} > :last", order, {"last": last, "n": _PAGE}):
            yield rows
            last = self.key(rows[-1])

    def _by_owner(self, choice: FactChoice) -> Iterator[list[Row]]:
        assert self.table.of is not None  # else no column is chosen
        name, owner = self.table.of
        place = self.columns.index(name)
        for some in chunks(choice.names(owner)):
            theirs, params = among(f"f.{name}", "o", some)
            # Engines order names that are no uids each in its own way.
            yield sorted(self._asked(theirs, "", params), key=lambda row: (row[place], self.key(row)))

    def _one_by_one(self) -> Iterator[list[Row]]:
        """Yield rows that texts name, of which there are few, and which may be long."""
        names = ", ".join(f"f.{name}" for name in self.table.key)
        this = " AND ".join(f"f.{name} = :{name}" for name in self.table.key)
        for key in sorted(self.db.query(f"SELECT {names} FROM {self.table.name} AS f")):
            if not isinstance(self.choice, FactChoice) or key[0] in self.choice.plans:
                yield self._asked(this, "", dict(zip(self.table.key, key, strict=True)))

    def _asked(self, condition: str, rest: str, params: Params) -> list[Row]:
        names = ", ".join(f"f.{name}" for name in self.columns)
        is_public = isinstance(self.choice, FactChoice) and self.choice.is_public
        also = _standing(self.table) if is_public else ""
        rows = self.db.query(
            f"SELECT {names} FROM {self.table.name} AS f WHERE {condition} {also} {rest}".rstrip(), params
        )
        if also and "content" in self.columns:
            place = self.columns.index("content")
            return [(*row[:place], _without_notes(row[place]), *row[place + 1 :]) for row in rows]
        return rows


def _standing(table: FactTable) -> str:
    """Return the further condition of a public copy."""
    conditions = [table.standing] if table.standing else []
    if "command" in table.columns:
        conditions.append(stands())
    return "".join(f"AND {condition} " for condition in conditions)


def _without_notes(content: str) -> str:
    """Return a plan without the notes of its activities."""
    plan = json.loads(content)
    for area in plan["areas"]:
        for activity in area.get("activities", ()):
            activity.pop("note", None)
    return json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
