"""A connection to a PostgreSQL server, by psycopg.

What is written is sent without waiting for an answer, together with the next question: far away, a command costs as
many round trips as it asks questions.
"""

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.database_address import DatabaseAddress
from plantrack.store.columns import look_right
from plantrack.store.connection import (
    AT_ONCE,
    SCHEMA_VERSION,
    TIMEOUT_SECONDS,
    Params,
    Result,
    Row,
    StoredColumn,
    refuse_moved,
)
from plantrack.store.postgres.dialling import dial
from plantrack.store.postgres.failures import may_be_tried_again, translated
from plantrack.store.postgres.far import far_place
from plantrack.store.postgres.spelling import spelled
from plantrack.store.sealing.unsealed import Unsealed

#: It tells of errors that are told by us.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)

#: How long is waited before the second try, and at most before a further one, in seconds.
_PAUSE, _LONGEST_PAUSE = 0.1, 3.2
#: How long is tried again: a server that starts again, or a standby that takes over, needs some of it.
_PATIENCE_SECONDS = 30.0
#: Who writes holds this row until the end: so nothing that was read inside becomes otherwise, and numbers have no gaps.
_LOCK: Final = "SELECT used FROM counter WHERE name = 'command' FOR UPDATE"
#: Whoever stops or is cut off in the midst of writing must not hold up all others: how long it may say nothing, and
#: when the server looks whether it is there at all.
_LEFT: Final = {
    "idle_in_transaction_session_timeout": "120s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
}


class Postgres:
    """A database on a server; what the server refuses becomes a `Failure`."""

    own = "pg_temp"
    broken_condition: type[Exception] = psycopg.IntegrityError

    def __init__(self, address: DatabaseAddress, timeout: float = TIMEOUT_SECONDS) -> None:
        self.address = address
        self.name = str(address)
        self.timeout = timeout
        self.shared = "public"
        self.refusal = ""
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()
        self.has_written = False
        self.site = self.moved = ""
        self.driver = dial(address, timeout)
        self.place = far_place(self.driver, self.name)
        #: What holds the answers back until one of them is wanted, inside a transaction.
        self._pipeline: psycopg.Pipeline | None = None
        self._left_open = contextlib.ExitStack()
        self._numbers = itertools.count()

    @property
    def _in_transaction(self) -> bool:
        return self._pipeline is not None

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        try:
            names, rows = self._fetched(sql, params)
        except Failure as failure:
            if self._in_transaction or failure.code != "server-gone":
                raise
            # Whoever sits between may have cut a line on which nothing was said while a person was thinking.
            self._dial_again()
            names, rows = self._fetched(sql, params)
        if not look_right(names, rows):
            from plantrack.store.checks.damage import refuse_damage

            refuse_damage(self)
        return rows

    def _fetched(self, sql: str, params: Params | None) -> tuple[tuple[str, ...], list[Row]]:
        with translated(self.driver, self.name):
            cursor = self.driver.execute(spelled(sql), params or ())
            if (
                self._pipeline is not None
            ):  # only who was told of all is idle to the server, and let go after a while
                self._pipeline.sync()
            rows = cursor.fetchall()
            return tuple([column.name for column in cursor.description or ()]), rows

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question as they are, a part of them at a time."""
        rows_of = f"rows_{next(self._numbers)}"
        with self.one_state(), translated(self.driver, self.name):
            self.driver.execute(f"DECLARE {rows_of} NO SCROLL CURSOR FOR {spelled(sql)}", params or ())
            while rows := self.driver.execute(f"FETCH {AT_ONCE} FROM {rows_of}").fetchall():
                yield from rows
                if len(rows) < AT_ONCE:
                    break
            self.driver.execute(f"CLOSE {rows_of}")

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        with translated(self.driver, self.name):
            self.driver.execute(spelled(sql), params or ())

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""
        with translated(self.driver, self.name):
            self.driver.cursor().executemany(spelled(sql), rows)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Write all or nothing; whoever else wants to write waits, so what is read inside stays true.

        Inside another one it is a part of it.
        """
        if self._in_transaction:
            yield
            return
        refuse_moved(self)
        self.unsealed.clear()
        limits = {"lock_timeout": f"{round(self.timeout * 1000)}ms", **_LEFT}
        set_them = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in limits.items())
        begin = ("BEGIN ISOLATION LEVEL READ COMMITTED", f"SELECT {set_them}", _LOCK)
        with self._transaction(*begin, lost="server-gone-saving"):
            yield
        self.has_written = True

    @contextlib.contextmanager
    def _transaction(self, *begin: str, lost: str = "server-gone") -> Iterator[None]:
        """Begin a transaction, and end it: what was written stays, unless something fails.

        `lost`: how it fails where the server is gone before it says that it has ended.
        """
        self._begin(*begin)
        try:
            yield
            self._commit(lost)
        except BaseException as error:
            self._roll_back(error)
            raise

    def _begin(self, *begin: str) -> None:
        try:
            with translated(self.driver, self.name):
                self._pipeline = self._left_open.enter_context(self.driver.pipeline())
                for statement in begin:
                    self.driver.execute(statement)
        except BaseException as error:
            self._roll_back(error)
            raise

    def _commit(self, lost: str) -> None:
        try:
            with translated(self.driver, self.name):
                ended = self.driver.execute("COMMIT")
                self._end()
        except Failure as failure:
            if failure.code != "server-gone":
                raise
            raise Failure(lost, **failure.params) from failure.__cause__
        if ended.statusmessage != "COMMIT":  # an error was passed over, and nothing of it was written
            raise AssertionError(ended.statusmessage)

    def _end(self) -> None:
        """Wait for all answers; an error among them is raised."""
        self._pipeline = None
        self._left_open.close()

    def _roll_back(self, error: BaseException) -> None:
        """Take back what was written; of a connection that is lost the server does so."""
        if isinstance(error, KeyboardInterrupt):  # whoever ends the program waits for nobody who holds a lock
            self.driver.close()
        with contextlib.suppress(psycopg.Error):
            self._end()
        with contextlib.suppress(psycopg.Error):
            if not self.driver.closed:
                self.driver.execute("ROLLBACK")

    def transact(self, write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
        """Run `write` in a transaction of its own, again where the server asks for it or was gone.

        Where it was gone before it said that all is written, the first transaction is over once another one may write:
        then it is looked for what it recorded. Until that is known, every failure is `server-gone-saving`.
        """
        if self._in_transaction:
            return write()
        unknown, pause, until = list[Result](), _PAUSE, 0.0
        while True:
            try:
                return self._attempt(write, is_recorded, unknown)
            except Failure as failure:
                is_over = until and time.monotonic() > until
                if is_over or not may_be_tried_again(failure, is_first=not until):
                    if unknown and failure.code != "server-gone-saving":
                        reason = failure.params.get("reason", failure.code)
                        raise Failure("server-gone-saving", file=self.name, reason=reason) from failure
                    raise
            until = until or time.monotonic() + _PATIENCE_SECONDS
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _attempt(
        self, write: Callable[[], Result], is_recorded: Callable[[Result], bool], unknown: list[Result]
    ) -> Result:
        """Write, unless what was written before is there; `unknown` holds that until it is known."""
        written = list[Result]()
        try:
            if self.driver.closed:
                self._dial_again()
            with self.atomic():
                if not (unknown and is_recorded(unknown[0])):
                    unknown.clear()
                    written.append(write())
        except Failure as failure:
            if failure.code == "server-gone-saving":
                unknown.extend(written)
            raise
        return (written or unknown)[0]

    def _dial_again(self) -> None:
        self.driver.close()
        self.driver = dial(self.address, self.timeout)

    def snapshot(self) -> None:
        """See one state of the data in all questions until the end, whoever writes meanwhile."""
        self._begin("BEGIN ISOLATION LEVEL REPEATABLE READ")

    @contextlib.contextmanager
    def one_state(self) -> Iterator[None]:
        """See one state inside; one that is seen already goes on."""
        if self._in_transaction:
            yield
            return
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ"):
            yield

    @contextlib.contextmanager
    def own_tables(self) -> Iterator[None]:
        """Allow tables that only this connection sees.

        They are of a transaction that never ends well: behind a pooler, the next one would find them.
        """
        if not self._in_transaction:
            self.snapshot()
        yield

    def tables_apart(self) -> contextlib.AbstractContextManager[None]:
        """Change nothing: a server looks at what names a table whoever asks."""
        return contextlib.nullcontext()

    def size(self) -> int:
        """Return how many bytes the database has."""
        return int(self.query("SELECT pg_database_size(current_database()) AS bytes")[0][0])

    def journal(self) -> str:
        """Return what a server has always: a log that is written ahead."""
        return "wal"

    def tables(self) -> list[str]:
        """Return the names of all tables that there are, in the order of their names."""
        return [r[0] for r in self.query(_TABLES, {"schema": self.shared})]

    def columns(self, table: str) -> list[StoredColumn]:
        """Return the columns of a table."""
        rows = self.query(_COLUMNS, {"schema": self.shared, "table": table})
        return [StoredColumn(name, _TYPES[type_], bool(null), key) for name, type_, null, key in rows]

    def close(self) -> None:
        """Close; what was not ended is taken back, by the server itself."""
        with contextlib.suppress(psycopg.Error):
            self.driver.close()
            self._end()


_TABLES: Final = (
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = :schema "
    "AND table_type = 'BASE TABLE' ORDER BY table_name"
)
#: What a type is called on every engine.
_TYPES: Final = {"text": "TEXT", "integer": "INTEGER", "bigint": "INTEGER"}
_COLUMNS: Final = (
    "SELECT c.column_name AS name, c.data_type AS type, CASE c.is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS may_be_null, "
    "COALESCE((SELECT k.ordinal_position FROM information_schema.table_constraints AS t "
    "JOIN information_schema.key_column_usage AS k ON k.constraint_name = t.constraint_name "
    "AND k.table_schema = t.table_schema AND k.table_name = t.table_name "
    "WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = c.table_schema AND t.table_name = c.table_name "
    "AND k.column_name = c.column_name), 0)::INTEGER AS key "
    "FROM information_schema.columns AS c WHERE c.table_schema = :schema AND c.table_name = :table "
    "ORDER BY c.ordinal_position"
)


#: What an address leads to: the place of its tables, and what they say of themselves.
_OPENING: Final = "SELECT current_schema() AS place, m.name, m.value FROM meta AS m WHERE m.name IN ('version', 'site', 'moved')"
#: Whether somebody has the tables, though whoever asks may not even know of them.
_HIDDEN_TABLES: Final = (
    "SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relname = 'meta' AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')"
)


def connect_server(
    address: DatabaseAddress, *, timeout: float = TIMEOUT_SECONDS, older: bool = False
) -> Postgres:
    """Open the database at an address; with `older`, also one that is still to be upgraded.

    Fails (exit 6, 4 where it is not allowed, 2 where it cannot be read) with `server-unreachable`, `-foreign`, `-tls`,
    `-no-database`, `-empty`, `-crowded`, `-gone`, `-standby`, `-login`, `not-permitted`, `address-form`,
    `driver-too-old`, `database-foreign`, `-newer` or `-older`.
    """
    db = Postgres(address, timeout)
    try:
        _check_identity(db, _what_it_tells(db), older=older)
    except BaseException:
        db.close()
        raise
    return db


def _what_it_tells(db: Postgres) -> list[Row]:
    try:
        return db.query(_OPENING)
    except Failure as failure:
        cause = failure.__cause__
        if isinstance(cause, psycopg.errors.UndefinedTable):
            if db.query(_HIDDEN_TABLES):
                raise Failure("not-permitted", file=db.name, reason=failure.params["reason"]) from cause
            raise Failure("server-empty", file=db.name) from cause
        if isinstance(cause, psycopg.errors.UndefinedColumn):
            raise Failure("database-foreign", file=db.name) from cause
        raise


def _check_identity(db: Postgres, rows: list[Row], *, older: bool) -> None:
    told = {name: value for _, name, value in rows}
    if not told.get("version", "").isdigit():
        raise Failure("database-foreign", file=db.name)
    db.shared = rows[0][0]
    db.site, db.moved = told.get("site", ""), told.get("moved", "")
    version = int(told["version"])
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=db.name, theirs=version, ours=SCHEMA_VERSION, upgraded=None)
    if version < SCHEMA_VERSION and not older:
        raise Failure("database-older", file=db.name, theirs=version, ours=SCHEMA_VERSION)
