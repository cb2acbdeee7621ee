"""A connection to a PostgreSQL server, by psycopg.

Everything is sent without waiting for an answer, and goes together with what is asked next: far away, a command costs
as many round trips as it looks at answers that are not there yet.
"""

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.database_address import DatabaseAddress
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.columns import look_right
from plantrack.store.connection import (
    AT_ONCE,
    SCHEMA_VERSION,
    TIMEOUT_SECONDS,
    TOLD_AT_OPENING,
    Asked,
    Params,
    Result,
    Row,
    StoredColumn,
    refuse_moved,
)
from plantrack.store.postgres.failures import may_be_tried_again, refused_connection, translated
from plantrack.store.postgres.spelling import spelled
from plantrack.store.sealing.unsealed import Unsealed

#: It tells of errors that are told by us.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)

#: How long is waited before each further try, in seconds: a server that starts again, or a standby that takes over,
#: needs some.
_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2, 3.2, 3.2)
#: Who writes holds this row until the end: so nothing that was read inside becomes otherwise, and numbers have no gaps.
_LOCK: Final = "SELECT used FROM counter WHERE name = 'command' FOR UPDATE"
#: How long a command that writes may say nothing: whoever dies in the midst of one must not hold up all others.
_IDLE: Final = "SET LOCAL idle_in_transaction_session_timeout = '120s'"


class _Told(NamedTuple):
    """What a database says of itself."""

    place: str = "public"
    site: str = ""
    moved: str = ""
    is_example: bool = False


class Postgres:
    """A database on a server; what the server refuses becomes a `Failure`."""

    own = "pg_temp"
    is_remote = True
    broken_condition: type[Exception] = psycopg.IntegrityError

    def __init__(self, address: DatabaseAddress, timeout: float = TIMEOUT_SECONDS) -> None:
        self.address = address
        self.name = str(address)
        self.timeout = timeout
        self.refusal = ""
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()
        self.has_written = False
        self._told = _Told()
        #: What looks at what the database says of itself, before any other answer; None: it was looked at.
        self._check: Callable[[list[Row]], _Told] | None = None
        self._opening: psycopg.Cursor[Row] | None = None
        self._numbers = itertools.count()
        self._connect()

    def _connect(self) -> None:
        self._in_transaction = False
        #: Whether anything was sent outside a transaction: the server does not end it before it is asked to answer.
        self._is_unanswered = False
        self.driver = _dial(self.address, self.timeout)
        self._waiting = contextlib.ExitStack()
        self._pipeline = self._waiting.enter_context(self.driver.pipeline())

    # --- what the database says of itself ---

    def check_first(self, check: "Callable[[list[Row]], _Told]") -> None:
        """Have what the database says of itself come with the first answer, and looked at before it."""
        self._check = check

    @property
    def shared(self) -> str:
        """Return the schema of the tables."""
        return self._heard().place

    @property
    def site(self) -> str:
        """Return the name of the place where this database is worked in, if it has one."""
        return self._heard().site

    @property
    def moved(self) -> str:
        """Return where the data went and when, as JSON."""
        return self._heard().moved

    @property
    def is_example(self) -> bool:
        """Return whether the data is made up."""
        return self._heard().is_example

    def _heard(self) -> "_Told":
        if self._check is not None:
            self._ask_opening()
            opening, self._opening = self._opening, None
            if opening is not None:
                self._told = self._check(self._answer(opening))
            self._check = None
        return self._told

    def _ask_opening(self) -> None:
        if self._check is not None and self._opening is None:
            self._opening = self._sent(_OPENING)

    # --- questions ---

    def ask(self, sql: str, params: Params | None = None) -> Asked[list[Row]]:
        """Ask a question; its rows come with all that is asked before they are looked at."""
        with translated(self.driver, self.name):
            self._ask_opening()
            cursor = self._sent(sql, params)
        return lambda: self._looked_at(cursor)

    def _sent(self, sql: str, params: Params | None = None) -> "psycopg.Cursor[Row]":
        self._is_unanswered = not self._in_transaction
        return self.driver.execute(spelled(sql), params or ())

    def _looked_at(self, cursor: "psycopg.Cursor[Row]") -> list[Row]:
        self._heard()
        rows = self._answer(cursor)
        if not look_right(tuple([column.name for column in cursor.description or ()]), rows):
            from plantrack.store.checks.damage import refuse_damage

            refuse_damage(self)
        return rows

    def _answer(self, cursor: "psycopg.Cursor[Row]") -> list[Row]:
        with translated(self.driver, self.name):
            self._let_answer()
            return cursor.fetchall()

    def _let_answer(self) -> None:
        """End what was asked outside a transaction."""
        if self._is_unanswered:
            self._is_unanswered = False
            self._pipeline.sync()

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        return self.ask(sql, params)()

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question as they are, a part of them at a time; the first of one state are asked for now."""
        return self._parts(sql, params, self._declared(sql, params) if self._in_transaction else None)

    def _declared(self, sql: str, params: Params | None) -> "tuple[str, psycopg.Cursor[Row]]":
        rows_of = f"rows_{next(self._numbers)}"
        with translated(self.driver, self.name):
            self._ask_opening()
            self._sent(f"DECLARE {rows_of} NO SCROLL CURSOR FOR {sql}", params)
            return rows_of, self._sent(f"FETCH {AT_ONCE} FROM {rows_of}")

    def _parts(
        self, sql: str, params: Params | None, first: "tuple[str, psycopg.Cursor[Row]] | None"
    ) -> Iterator[Row]:
        with self.one_state():
            rows_of, cursor = first or self._declared(sql, params)
            self._heard()
            while rows := self._answer(cursor):
                yield from rows
                if len(rows) < AT_ONCE:
                    break
                with translated(self.driver, self.name):
                    cursor = self._sent(f"FETCH {AT_ONCE} FROM {rows_of}")
            self.execute(f"CLOSE {rows_of}")

    # --- writing ---

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        with translated(self.driver, self.name):
            self._sent(sql, params)
            self._let_answer()

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""
        with translated(self.driver, self.name):
            self._is_unanswered = not self._in_transaction
            self.driver.cursor().executemany(spelled(sql), rows)
            self._let_answer()

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
        wait = f"SET LOCAL lock_timeout = '{round(self.timeout * 1000)}ms'"
        with self._transaction("BEGIN ISOLATION LEVEL READ COMMITTED", wait, _IDLE, _LOCK):
            yield
        self.has_written = True

    @contextlib.contextmanager
    def _transaction(self, *begin: str) -> Iterator[None]:
        """Begin a transaction, and end it: what was written stays, unless something fails."""
        self._begin(*begin)
        try:
            yield
            with translated(self.driver, self.name):
                self.driver.execute("COMMIT")
                self._pipeline.sync()
                self._in_transaction = False
        except BaseException:
            self._roll_back()
            raise

    def _begin(self, *begin: str) -> None:
        with translated(self.driver, self.name):
            self._let_answer()
            self._in_transaction = True
            try:
                for statement in begin:
                    self.driver.execute(statement)
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """Take back what was written; of a connection that is lost the server does so."""
        self._in_transaction = False
        with contextlib.suppress(psycopg.Error):
            self._pipeline.sync()  # after a failure, nothing is answered before it
        with contextlib.suppress(psycopg.Error):
            if not self.driver.closed:
                self.driver.execute("ROLLBACK")
                self._pipeline.sync()

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator["psycopg.Connection[Row]"]:
        """Have the driver answer each statement by itself, as COPY wants it."""
        with translated(self.driver, self.name):
            self._waiting.close()
            try:
                yield self.driver
            finally:
                self._pipeline = self._waiting.enter_context(self.driver.pipeline())

    def transact(self, write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
        """Run `write` in a transaction of its own, again where the server asks for it or was gone.

        Where it was gone before it said that all is written, the first transaction is over once another one may write:
        then it is looked for what it recorded.
        """
        if self._in_transaction:
            return write()
        written = list[Result]()
        for pause in (*_PAUSES, None):
            try:
                if self.driver.closed:
                    self._connect()
                with self.atomic():
                    if not (written and is_recorded(written[0])):
                        written[:] = [write()]
                return written[0]
            except Failure as failure:
                if pause is None or not may_be_tried_again(failure):
                    if written and failure.code in ("server-gone", "server-unreachable"):
                        reason = failure.params["reason"]
                        raise Failure("server-gone-saving", file=self.name, reason=reason) from failure
                    raise
                time.sleep(pause)
        raise AssertionError  # the last pause is none

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
        """Close; what was not ended is taken back."""
        with contextlib.suppress(psycopg.Error):
            self.driver.close()
        with contextlib.suppress(psycopg.Error):
            self._waiting.close()  # the connection first: else its last answers would be waited for


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


def _dial(address: DatabaseAddress, timeout: float) -> "psycopg.Connection[Row]":
    """Connect as libpq does: with its files for services and passwords, and to the first of several hosts that answers.

    Nothing is prepared on the server, and nothing is set for the session: a pooler may stand between.
    """
    try:
        given = psycopg.conninfo.conninfo_to_dict(address.text)
        ours = {"connect_timeout": max(2, round(timeout)), "application_name": "plantrack"}
        options: dict[str, Any] = {name: value for name, value in ours.items() if name not in given}
        return psycopg.connect(
            address.text, autocommit=True, prepare_threshold=None, client_encoding="utf8", **options
        )
    except psycopg.ProgrammingError as error:  # of its own reading of the address
        raise Failure("address-form", file=str(address), reason=str(error).strip()) from error
    except psycopg.Error as error:
        raise refused_connection(error, str(address)) from error


#: What an address leads to: the place of its tables, and what they say of themselves.
_OPENING: Final = (
    "SELECT current_schema() AS place, m.name, m.value FROM meta AS m "
    f"WHERE m.name IN {('version', *TOLD_AT_OPENING)!r}"
)


def connect_server(
    address: DatabaseAddress, *, timeout: float = TIMEOUT_SECONDS, older: bool = False
) -> Postgres:
    """Open the database at an address; with `older`, also one that is still to be upgraded.

    Fails (exit 6, 4 where it is not allowed) with `server-unreachable`, `-foreign`, `-tls`, `-no-database`, `-empty`,
    `-crowded`, `-gone`, `-login`, `address-form`, `database-foreign`, `-newer` or `-older`.
    """
    db = Postgres(address, timeout)
    db.check_first(partial(_what_it_tells, db.name, older=older))
    return db


def _what_it_tells(name: str, rows: list[Row], *, older: bool) -> _Told:
    told = {name: value for _, name, value in rows}
    if not told.get("version", "").isdigit():
        raise Failure("database-foreign", file=name)
    version = int(told["version"])
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=name, theirs=version, ours=SCHEMA_VERSION, upgraded=None)
    if version < SCHEMA_VERSION and not older:
        raise Failure("database-older", file=name, theirs=version, ours=SCHEMA_VERSION)
    return _Told(rows[0][0], told.get("site", ""), told.get("moved", ""), "example" in told)
