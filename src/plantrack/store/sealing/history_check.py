"""Whether history is as it was recorded: every fact under its seal, every seal over the one before, no number skipped."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

from plantrack.model.grouping import CHUNK, chunks
from plantrack.model.history import END_OF_TIME
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.task import task_label
from plantrack.model.views.history_fault import HistoryFault
from plantrack.store import tasks
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import ask_last_number, last_number
from plantrack.store.connection import Asked, Connection, Row, insert
from plantrack.store.derived_rows import FITTED, fitted_rows
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.facts import as_text
from plantrack.store.scope import among, known_by
from plantrack.store.sealing.row_hashes import OWN, NameHashes, row_hash
from plantrack.store.sealing.sealed_facts import (
    FIELDS,
    OWN_HASHES,
    SealedCommand,
    all_salts,
    ask_salts_of_command,
    hashed_rows,
    hashes_of,
    salt_of,
    sealed_commands,
)
from plantrack.store.sealing.seals import BEGINNING, beginning, beginnings, read_beginnings, seal_hash


class Seal(NamedTuple):
    """A seal as it stands."""

    hash: str
    row_hashes: str
    later: int


#: What there is of a command without a seal.
_NO_SEAL: Final = Seal("", "", 0)


def history_faults(db: Connection, advance: Advance = unheard) -> Iterator[HistoryFault]:
    """Yield what is not as it was recorded, by commands first, in their order."""
    names = NameHashes(all_salts(db).get)
    yield from _chain_faults(db, names, advance)
    yield from _task_gaps(db)
    yield from counter_faults(db)
    yield from _corrected_values(db)
    yield from _documents(db)
    yield from _rows_apart(db, names)


def seals_of(db: Connection, commands: Sequence[str]) -> dict[str, Seal]:
    """Return the seals of some commands."""
    return ask_seals(db, commands)()


def ask_seals(db: Connection, commands: Sequence[str]) -> Asked[dict[str, Seal]]:
    """Ask for the seals of some commands."""
    theirs, params = among("s.command", "c", commands)
    rows = db.ask(f"SELECT s.command, s.hash, s.row_hashes, s.later FROM seal AS s WHERE {theirs}", params)
    return lambda: {row[0]: Seal(*row[1:]) for row in rows()}


def _chain_faults(db: Connection, names: NameHashes, advance: Advance) -> Iterator[HistoryFault]:
    skipped = {number: last for number, last, _ in restorations(db)}
    chain, last, total = _Chain(db, names), 0, max(1, last_number(db))
    for some in chunks(sealed_commands(db, names), CHUNK):
        seals = seals_of(db, [command.uid for command in some])
        for command in some:
            is_after_gap = command.number != last + 1 and skipped.get(command.number) != command.number - 1
            if is_after_gap:
                gap = _span("c", last + 1, command.number - 1)
                yield HistoryFault("command-missing", "command", f"c{last + 1}", row=gap)
            yield from chain.faults(command, seals.get(command.uid, _NO_SEAL), is_after_gap=is_after_gap)
            last = command.number
        advance(min(1.0, last / total))


class _Chain:
    """Goes along the seals: each must be over the one before."""

    def __init__(self, db: Connection, names: NameHashes, before: str = "") -> None:
        self.db, self.names = db, names
        #: The seal before, as it stands and as it should be.
        self.before = {before}

    def faults(self, command: SealedCommand, seal: Seal, *, is_after_gap: bool = False) -> list[HistoryFault]:
        """Return what is other about a command."""
        label = f"c{command.number}"
        if seal == _NO_SEAL:
            self.before |= {""}  # the one after it has none before
            return [HistoryFault("seal-missing", "seal", label)]
        meant = [seal_hash(before, command.hashes, later=bool(seal.later)) for before in sorted(self.before)]
        self.before = {seal.hash, meant[0]}
        agrees = seal.row_hashes == beginnings(command.hashes)
        if seal.hash in meant:
            self.before = {seal.hash}
            return [] if agrees else [HistoryFault("seal-changed", "seal", label)]
        if agrees:  # all rows are there; where a command is missing before it, that was said
            return [] if is_after_gap else [HistoryFault("seal-changed", "seal", label)]
        return self._rows(command, seal) or [HistoryFault("seal-changed", "seal", label)]

    def _rows(self, command: SealedCommand, seal: Seal) -> list[HistoryFault]:
        """Return the rows that are other than the seal names them; none where only how it names them is."""
        label, found = f"c{command.number}", list[HistoryFault]()
        meant = read_beginnings(seal.row_hashes)
        for table in sorted({*meant, *command.hashes}):
            theirs = Counter(map(beginning, command.hashes.get(table, ())))
            wanted = Counter(meant.get(table, ()))
            gone, new = (wanted - theirs).total(), theirs - wanted
            for row in hashed_rows(self.db, BY_NAME[table], [command.uid], self.names) if new else ():
                if new[beginning(row.hash)]:
                    new[beginning(row.hash)] -= 1
                    kind, gone = ("row-changed", gone - 1) if gone else ("row-extra", 0)
                    found.append(HistoryFault(kind, table, label, row.task or "", row.key))
            found += [HistoryFault("row-missing", table, label)] * gone
        return _with_labels(self.db, found)


def _with_labels(db: Connection, faults: list[HistoryFault]) -> list[HistoryFault]:
    """Name tasks as people do."""
    theirs, params = among("t.uid", "t", {fault.task for fault in faults if fault.task})
    rows = db.query(f"SELECT t.uid, t.site, t.number FROM task AS t WHERE {theirs}", params)
    labels = {uid: task_label(site, number) for uid, site, number in rows}
    return [fault._replace(task=labels.get(fault.task, fault.task)) for fault in faults]


def ask_last_seal_faults(db: Connection, most: int) -> Asked[list[HistoryFault]]:
    """Ask what is other about the last command, unless it has more rows than about so many."""
    two = db.ask(
        "SELECT c.uid, c.number, s.hash AS seal_hash, LENGTH(s.row_hashes) AS size FROM command AS c "
        "LEFT JOIN seal AS s ON s.command = c.uid ORDER BY c.number DESC LIMIT :n",
        {"n": 2},
    )
    return lambda: _last_seal_faults(db, two(), most)


def _last_seal_faults(db: Connection, two: Sequence[Row], most: int) -> list[HistoryFault]:
    if not two or (two[0][3] or 0) > most * BEGINNING:  # of millions even the names are not read
        return []
    uid, number = two[0][:2]
    before = (two[1][2] or "") if len(two) > 1 else ""
    seals, salts = ask_seals(db, [uid]), cache(ask_salts_of_command(db, uid))
    names = NameHashes(lambda name: salts().get(name) or salt_of(db, name))
    command = SealedCommand(uid, number, hashes_of(db, [uid], names)[uid])
    return _Chain(db, names, before).faults(command, seals().get(uid, _NO_SEAL))


def head_of(db: Connection, known_at: str | None = None) -> tuple[str, str] | None:
    """Return the last seal, of those up to a moment where one is given, and the label of its command."""
    return ask_head(db, known_at)()


def ask_head(db: Connection, known_at: str | None = None) -> Asked[tuple[str, str] | None]:
    """Ask for what `head_of` returns."""
    asked = db.ask(
        "SELECT s.hash, c.number FROM command AS c JOIN seal AS s ON s.command = c.uid "
        f"WHERE c.recorded_at <= :until AND {known_by(':until', 'c.uid')} ORDER BY c.number DESC LIMIT :n",
        {"until": known_at or END_OF_TIME, "n": 1},
    )

    def read() -> tuple[str, str] | None:
        rows = asked()
        return (rows[0][0], f"c{rows[0][1]}") if rows else None

    return read


def sealed_from(db: Connection) -> str:
    """Return the label of the first command that was sealed when it was recorded; empty where all were."""
    if not db.query("SELECT s.later FROM seal AS s WHERE s.later = 1 LIMIT 1"):
        return ""
    asked = "SELECT MIN(c.number) AS number FROM seal AS s JOIN command AS c ON c.uid = s.command WHERE s.later = 0"
    rows = db.query(f"SELECT x.number FROM ({asked}) AS x WHERE x.number IS NOT NULL")
    return f"c{rows[0][0] if rows else last_number(db) + 1}"


def last_sound(faults: Iterable[HistoryFault]) -> str:
    """Return the label of the last command before the first of which something is other, or may be.

    A seal that does not follow from the one before it is no witness for that one, which may have been made again.
    """
    named = (fault for fault in faults if fault.command)
    first = min((int(one.command[1:]) - (one.kind == "seal-changed") for one in named), default=1)
    return f"c{first - 1}" if first > 1 else ""


def restorations(db: Connection) -> list[Row]:
    """Return the commands that put a backup in place, by number, each with the last numbers given until then."""
    return _ask_restorations(db)()


def _ask_restorations(db: Connection) -> Asked[list[Row]]:
    return db.ask(
        "SELECT c.number, r.commands, r.tasks FROM restoration AS r JOIN command AS c ON c.uid = r.command "
        "ORDER BY c.number"
    )


def _span(sign: str, first: int, last: int) -> str:
    return f"{sign}{first}" if first == last else f"{sign}{first}–{sign}{last}"


def _task_gaps(db: Connection) -> Iterator[HistoryFault]:
    """Find numbers of tasks that were given and have no task."""
    given = {last for _, _, last in restorations(db)}
    after_gap = db.query(
        "SELECT t.number, COALESCE((SELECT MAX(b.number) FROM task AS b WHERE b.site = t.site AND b.number < t.number), 0) "
        "AS before_it FROM task AS t WHERE t.site = :site AND t.number > 1 AND NOT EXISTS "
        "(SELECT 1 FROM task AS p WHERE p.site = t.site AND p.number = t.number - 1) ORDER BY t.number",
        {"site": db.told.site},
    )
    for number, before in after_gap:
        if number - 1 not in given:
            yield HistoryFault("task-missing", "task", row=_span("", before + 1, number - 1))


def counter_faults(db: Connection) -> list[HistoryFault]:
    """Return what counters tell: the numbers above the last row, whose rows are gone, or one that stands too low."""
    return ask_counter_faults(db)()


def ask_counter_faults(db: Connection) -> Asked[list[HistoryFault]]:
    """Ask for what `counter_faults` returns."""
    asked, last_asked = db.ask("SELECT name, used FROM counter"), ask_last_numbers(db)

    def read() -> list[HistoryFault]:
        kept: dict[str, int] = dict(asked())
        last = last_asked().items()
        return [_counter_fault(name, n, kept.get(name, 0)) for name, n in last if kept.get(name, 0) != n]

    return read


def _counter_fault(name: str, last: int, used: int) -> HistoryFault:
    if used < last:
        return HistoryFault("counter", "counter", row=name)
    if name == "command":
        return HistoryFault("command-missing", "command", f"c{last + 1}", row=_span("c", last + 1, used))
    return HistoryFault("task-missing", "task", row=_span("", last + 1, used))


def mend_counters(db: Connection) -> int:
    """Let counters that stand too low stand at the last number that was given; return how many did not."""
    wrong = [fault.row for fault in counter_faults(db) if fault.kind == "counter"]
    last = last_numbers(db)
    insert(db, "counter", [{"name": name, "used": last[name]} for name in wrong], key="name")
    return len(wrong)


def last_numbers(db: Connection) -> dict[str, int]:
    """Return the last number that was given of each kind, by what stands under them."""
    return ask_last_numbers(db)()


def ask_last_numbers(db: Connection) -> Asked[dict[str, int]]:
    """Ask for what `last_numbers` returns."""
    task, command = tasks.ask_last_own_number(db), ask_last_number(db)
    restored = _ask_restorations(db)
    return lambda: {
        "command": command(),
        "task": max([task(), *(last for _, _, last in restored())]),
    }


def _corrected_values(db: Connection) -> Iterator[HistoryFault]:
    """Find fields of tasks that are not what their last correction made them, nor what fits the others.

    Whether they do fit is found where what is derived is compared.
    """
    asked = "SELECT h.task, h.field, h.new_value FROM change AS h ORDER BY h.task, h.recorded_at, h.uid"
    by_task = groupby(db.stream(asked), itemgetter(0))
    while some := [(task, {row[1]: row[2] for row in rows}) for task, rows in islice(by_task, CHUNK)]:
        theirs, params = among("f.uid", "t", [task for task, _ in some])
        columns = ", ".join(f"f.{name}" for name in FIELDS)
        rows = {
            row[FIELDS["uid"]]: row
            for row in db.query(f"SELECT {columns} FROM task AS f WHERE {theirs}", params)
        }
        others = [f for task, own in some if task in rows for f in _other_values(task, own, rows[task])]
        meant = fitted_rows(db, {fault.row for fault in others if fault.column in FITTED})
        for fault in others:
            fitted = fault.row in meant and getattr(meant[fault.row], fault.column)
            if fault.column not in FITTED or fitted != rows[fault.row][FIELDS[fault.column]]:
                yield fault


def _other_values(task: str, values: Mapping[str, str | None], row: Row) -> Iterator[HistoryFault]:
    for field, value in values.items():
        if field in FIELDS and as_text(row[FIELDS[field]]) != value:
            label = task_label(row[FIELDS["site"]], row[FIELDS["number"]])
            yield HistoryFault("value-changed", "task", task=label, row=task, column=field)


def _documents(db: Connection) -> Iterator[HistoryFault]:
    """Find plans whose document is another one than when it was applied."""
    for plan, revision in db.query(
        "SELECT r.plan, r.revision FROM plan_revision AS r ORDER BY r.plan, r.revision"
    ):
        asked = "SELECT r.document, r.sha256 FROM plan_revision AS r WHERE r.plan = :plan AND r.revision = :revision"
        ((document, sha256),) = db.query(asked, {"plan": plan, "revision": revision})
        if hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield HistoryFault("document", "plan_revision", row=f"{plan}/{revision}")


def _rows_apart(db: Connection, names: NameHashes) -> Iterator[HistoryFault]:
    """Find rows under no command that do not say what they said."""
    for table, columns, key in OWN_HASHES:
        place = columns.index(key)
        for *row, kept in db.stream(f"SELECT {', '.join(columns)}, {OWN} FROM {table}"):
            if row_hash(table, columns, row, names).hex() != kept:
                yield HistoryFault("row-changed", table, row=str(row[place]))
