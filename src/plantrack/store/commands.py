"""Commands: one row for each command that changed something; the facts stand under it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from plantrack.model.grouping import CHUNK, chunks
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.uid import UidMaker
from plantrack.model.withdrawal import Withdrawal
from plantrack.store.columns import BUNDLE_IMPORT
from plantrack.store.connection import Asked, Connection
from plantrack.store.scope import among, stands
from plantrack.store.sealing.seals import add_fact_rows, add_facts, seal


class Typist(NamedTuple):
    """Who typed a command: their name, where they are not its author, and as whom the machine knows them."""

    entered_by: str | None = None
    login: str | None = None


class Before(NamedTuple):
    """What there is before a command, read under the lock that it writes under."""

    #: The moment of the last one.
    moment: str | None
    #: The last number that was given of each kind, those too that the command takes; None: it is asked for.
    used: dict[str, int] | None = None


#: Of a command of which nobody says who typed it.
NOBODY_TOLD: Final = Typist()


class Command(NamedTuple):
    """A command that changed something: who, when, which verb."""

    uid: str
    number: int
    verb: str
    author: str
    recorded_at: str
    entered_by: str | None = None
    login: str | None = None
    #: Where it was recorded: at a site, or in the database that all others come from, which has no name.
    site: str = ""

    @property
    def label(self) -> str:
        """Return the name people use."""
        return f"c{self.number}"


_COMMAND = ", ".join(Command._fields)
_THEIR_COMMAND = ", ".join(f"c.{field}" for field in Command._fields)


def record(db: Connection, verb: str, author: str, now: datetime, typist: Typist = NOBODY_TOLD) -> Command:
    """Add a command; its moment is later than every earlier one's, whatever the clock says.

    Raises: clock-ahead.
    """
    return record_after(db, Before(last_moment(db)), verb, author, now, typist)[0]


def record_after(
    db: Connection,
    before: Before,
    verb: str,
    author: str,
    now: datetime,
    typist: Typist = NOBODY_TOLD,
    tasks: int = 0,
) -> tuple[Command, range]:
    """Add a command after what is there before it, and take the numbers of so many tasks that it opens.

    Raises: clock-ahead.
    """
    moment = utc_moment(now)
    if before.moment is not None and moment <= before.moment:
        moment = utc_moment(_read(before.moment) + timedelta(milliseconds=1))
    refuse_ahead(db, now, moment)
    taken = next_numbers(db, before.used, command=1, task=tasks)
    uid = UidMaker()(_read(moment))
    if db.told.login:  # a server knows who types
        typist = Typist(db.told.login if db.told.login != author else None, db.told.login)
    command = Command(uid, taken["command"][0], verb, author, moment, *typist, site=db.told.site)
    add_facts(db, "command", Command._fields, [command])
    return command, taken["task"]


def refuse_ahead(db: Connection, now: datetime, moment: str) -> None:
    """Refuse what a server would be told to have been recorded at a moment that is still to come there.

    Raises: clock-ahead.
    """
    if "" < db.told.latest < moment:
        from plantrack.store.postgres.clock import refuse_ahead

        refuse_ahead(db, now, moment)


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def next_numbers(db: Connection, used: dict[str, int] | None = None, **wanted: int) -> dict[str, range]:
    """Take so many next numbers of counters; they are given back only if the transaction is.

    `used`: the last numbers, where they are known, and then those that were taken too.
    """
    taken = dict.fromkeys(wanted, range(0))
    asked = [(name, count) for name, count in wanted.items() if count]
    if not asked:
        return taken
    answer = db.ask(
        f"INSERT INTO counter (name, used) VALUES {', '.join(f'(:name{n}, :count{n})' for n in range(len(asked)))} "
        "ON CONFLICT (name) DO UPDATE SET used = counter.used + excluded.used RETURNING name, used",
        {f"{part}{n}": value for n, pair in enumerate(asked) for part, value in zip(("name", "count"), pair)},
    )
    last: dict[str, int] = {name: used[name] + count for name, count in asked} if used else dict(answer())
    if used:
        used.update(last)
    return taken | {name: range(n - wanted[name] + 1, n + 1) for name, n in last.items()}


def last_moment(db: Connection) -> str | None:
    """Return the moment of the last recorded command."""
    rows = db.query(
        "SELECT recorded_at FROM command WHERE recorded_at = (SELECT MAX(c.recorded_at) FROM command AS c)"
    )
    return rows[0][0] if rows else None


#: The tables of facts of a task: what names the task, and the day; what has no day of its own is of the opening.
_FACT_TABLES = (
    ("task", "uid", "''"),
    ("status_update", "task", "on_day"),
    ("deadline", "task", "COALESCE(on_day, '')"),
    ("assignment", "task", "COALESCE(on_day, '')"),
    ("part", "task", "on_day"),
    ("change", "task", "''"),
)
#: Asks for the tasks of which a command `c`, of which a condition is true, recorded something that stands on `:day`.
TASKS_OF_COMMANDS = (
    f"WITH theirs AS (SELECT c.uid FROM command AS c WHERE {{condition}} AND {stands('c.uid')}) "
) + " UNION ALL ".join(
    f"SELECT {task} FROM {table} WHERE command IN (SELECT uid FROM theirs) AND {on} <= :day"
    for table, task, on in _FACT_TABLES
)


def authors(db: Connection) -> list[str]:
    """Return everybody who gave a command."""
    return [r[0] for r in db.query("SELECT DISTINCT author FROM command ORDER BY author")]


def sites(db: Connection) -> list[str]:
    """Return the sites at which a command was given, with the one that this is, the hub aside."""
    rows = db.query("SELECT DISTINCT c.site FROM command AS c WHERE c.site > ''")
    return sorted({*(r[0] for r in rows), *filter(None, [db.told.site])})


def commands_by_uid(db: Connection, uids: Collection[str]) -> dict[str, Command]:
    """Return some commands by their uids."""
    return ask_commands(db, uids)()


def ask_commands(db: Connection, uids: Collection[str]) -> Asked[dict[str, Command]]:
    """Ask for what `commands_by_uid` returns."""
    asked = []
    for some in chunks(sorted(uids)):
        theirs, params = among("uid", "u", some)
        asked.append(db.ask(f"SELECT {_COMMAND} FROM command WHERE {theirs}", params))
    return lambda: {r[0]: Command(*r) for rows in asked for r in rows()}


def is_there(db: Connection, uid: str) -> bool:
    """Return whether a command was recorded."""
    return bool(commands_by_uid(db, [uid]))


def pages(
    db: Connection, condition: str, params: Mapping[str, object], *, since: int = 1
) -> Iterator[list[Command]]:
    """Yield the commands of which a condition is true, from a number on, as many at a time as a question names."""
    while rows := db.query(
        f"SELECT {_COMMAND} FROM command WHERE number >= :since AND {condition} ORDER BY number LIMIT :n",
        {**params, "since": since, "n": CHUNK},
    ):
        page = [Command(*r) for r in rows]
        since = page[-1].number + 1
        yield page
        if len(page) < CHUNK:
            break


#: More than the number of any command.
_BEYOND: Final = 2**31 - 1


def pages_back(
    db: Connection, condition: str, params: Mapping[str, object], first: int
) -> Iterator[list[Command]]:
    """Yield the commands of which a condition is true, from the last one back: some first, then more at a time."""
    before, size = _BEYOND, first
    while rows := db.query(
        f"SELECT {_COMMAND} FROM command WHERE number < :before AND {condition} ORDER BY number DESC LIMIT :n",
        {**params, "before": before, "n": min(size, CHUNK)},
    ):
        page = [Command(*r) for r in rows]
        before, size = page[-1].number, 2 * size
        yield page


def last_number(db: Connection) -> int:
    """Return the number of the last command, 0 where there is none."""
    return ask_last_number(db)()


def ask_last_number(db: Connection) -> Asked[int]:
    """Ask for what `last_number` returns."""
    rows = db.ask("SELECT COALESCE(MAX(number), 0) AS number FROM command")
    return lambda: int(rows()[0][0])


def first_uid(db: Connection) -> str | None:
    """Return the uid of the first command that was ever given, wherever that was: databases of one history have the same."""
    rows = db.query("SELECT c.uid FROM command AS c ORDER BY c.recorded_at, c.uid LIMIT 1")
    return rows[0][0] if rows else None


def how_many_of(db: Connection, site: str) -> int:
    """Return how many commands came from a site."""
    return int(db.query("SELECT COUNT(*) AS n FROM command AS c WHERE c.site = :site", {"site": site})[0][0])


def uids_of_others(db: Connection, site: str) -> list[str]:
    """Return the commands that did not come from a site, in the order of their numbers."""
    asked = "SELECT c.uid FROM command AS c WHERE c.site <> :site ORDER BY c.number"
    return [uid for (uid,) in db.query(asked, {"site": site})]


def last_moment_of(db: Connection, site: str) -> str | None:
    """Return the moment of the last command that came from a site; empty: from the hub."""
    rows = db.query(
        "SELECT c.recorded_at FROM command AS c WHERE c.site = :site ORDER BY c.recorded_at DESC LIMIT 1",
        {"site": site},
    )
    return rows[0][0] if rows else None


def record_arrival(
    db: Connection, arrived: Collection[str], author: str, now: datetime, typist: Typist = NOBODY_TOLD
) -> Command:
    """Record that some commands came with a bundle, after all of them; they are sealed."""
    command = record(db, BUNDLE_IMPORT, author, now, typist)
    rows = [{"arrived": uid, "command": command.uid, "recorded_at": command.recorded_at} for uid in arrived]
    for some in chunks(rows):
        add_fact_rows(db, "arrival", some)
    seal(db, command.uid)
    return command


def arrivals_since(db: Connection, moment: str) -> dict[str, str]:
    """Return the commands of other sites that came after a moment, each with when it came."""
    asked = "SELECT a.arrived, a.recorded_at FROM arrival AS a WHERE a.recorded_at > :moment"
    return dict(db.query(asked, {"moment": moment}))


def ask_arrivals(db: Connection) -> Asked[dict[str, dict[str, int]]]:
    """Ask of each command that took in a bundle how many came with it from each site."""
    rows = db.ask(
        "SELECT a.command, c.site FROM arrival AS a CROSS JOIN command AS c WHERE c.uid = a.arrived"
    )

    def read() -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (command, site), count in sorted(Counter(rows()).items()):
            found.setdefault(command, {})[site] = count
        return found

    return read


def command(db: Connection, number: int) -> Command | None:
    """Find a command by its number."""
    rows = db.query(f"SELECT {_COMMAND} FROM command WHERE number = :number", {"number": number})
    return Command(*rows[0]) if rows else None


def last_to_undo(db: Connection, author: str, but: Collection[str] = ()) -> Command | None:
    """Return an author's last command that was recorded in this database, counts and may be meant by a bare `undo`.

    `but`: verbs that are passed over.
    """
    over, params = among("c.verb", "v", ["undo", "init", *but])
    rows = db.query(
        f"SELECT {_THEIR_COMMAND} FROM command AS c WHERE c.author = :author AND c.site = :site AND NOT {over} "
        f"AND {stands('c.uid')} ORDER BY c.recorded_at DESC, c.number DESC LIMIT :n",
        {"author": author, "site": db.told.site, "n": 1, **params},
    )
    return Command(*rows[0]) if rows else None


def numbers_of(db: Connection, uids: Collection[str]) -> list[int]:
    """Return the numbers of some commands, the lowest first."""
    theirs, params = among("uid", "u", uids)
    return [r[0] for r in db.query(f"SELECT number FROM command WHERE {theirs} ORDER BY number", params)]


def withdraw(db: Connection, undo: Command, target: Command) -> Withdrawal:
    """Record that a command takes another one back."""
    row = {"command": undo.uid, "target": target.uid, "recorded_at": undo.recorded_at}
    add_fact_rows(db, "withdrawal", [row])
    return Withdrawal(**row, number=undo.number)


_WITHDRAWAL = "SELECT w.command, w.target, w.recorded_at, c.number FROM withdrawal AS w JOIN command AS c ON c.uid = w.command"


def withdrawals(db: Connection) -> list[Withdrawal]:
    """Return every undo there is."""
    return [Withdrawal(*r) for r in db.query(_WITHDRAWAL)]


def undone_in(db: Connection, uids: Collection[str]) -> list[Withdrawal]:
    """Return what some commands took back."""
    return ask_undone_in(db, uids)()


def ask_undone_in(db: Connection, uids: Collection[str]) -> Asked[list[Withdrawal]]:
    """Ask for what `undone_in` returns."""
    theirs, params = among("w.command", "u", uids)
    rows = db.ask(f"{_WITHDRAWAL} WHERE {theirs}", params)
    return lambda: [Withdrawal(*r) for r in rows()]


def withdrawals_around(db: Connection, command: str) -> list[Withdrawal]:
    """Return the undos that hang together with a command: those of it, what it took back itself, and so on."""
    rows = db.query(
        "WITH RECURSIVE around (uid) AS (SELECT CAST(:command AS TEXT) UNION "
        "SELECT CASE WHEN w.command = a.uid THEN w.target ELSE w.command END "
        "FROM around AS a JOIN withdrawal AS w ON w.command = a.uid OR w.target = a.uid) "
        f"{_WITHDRAWAL} WHERE w.command IN (SELECT uid FROM around)",
        {"command": command},
    )
    return [Withdrawal(*r) for r in rows]


def undos_of(db: Connection, uids: Collection[str]) -> list[Withdrawal]:
    """Return the undos of some commands, the undos of these, and so on."""
    return ask_undos_of(db, uids)()


def ask_undos_of(db: Connection, uids: Collection[str]) -> Asked[list[Withdrawal]]:
    """Ask for what `undos_of` returns."""
    asked = []
    for some in chunks(sorted(uids)):
        theirs, params = among("w.target", "u", some)
        rows = db.ask(
            f"WITH RECURSIVE undo (uid) AS (SELECT w.command FROM withdrawal AS w WHERE {theirs} UNION "
            "SELECT w.command FROM undo AS u JOIN withdrawal AS w ON w.target = u.uid) "
            f"{_WITHDRAWAL} WHERE w.command IN (SELECT uid FROM undo)",
            params,
        )
        asked.append(rows)
    return lambda: list(dict.fromkeys(Withdrawal(*r) for rows in asked for r in rows()))


def undone_by(db: Connection, uids: Collection[str]) -> dict[str, int]:
    """Return those of some commands that do not count, each with the number of the undo that did it."""
    return ask_undone_by(db, uids)()


def ask_undone_by(db: Connection, uids: Collection[str]) -> Asked[dict[str, int]]:
    """Ask for what `undone_by` returns."""
    asked = []
    for some in chunks(sorted(uids)):
        theirs, params = among("command", "c", some)
        asked.append(db.ask(f"SELECT command, by_number FROM withdrawn_command WHERE {theirs}", params))
    return lambda: {command: number for rows in asked for command, number in rows()}
