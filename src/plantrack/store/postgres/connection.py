"""A connection to a PostgreSQL server, by psycopg.

What is written is sent without waiting for an answer, together with the next question: far away, a command costs as
many round trips as it asks questions.
"""

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

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
from plantrack.store.postgres.failures import may_be_tried_again, refused_connection, translated
from plantrack.store.postgres.spelling import spelled
from plantrack.store.sealing.unsealed import Unsealed
from plantrack.store.server.roles import refused

#: It tells of errors that are told by us.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)

#: How long is waited before each further try, in seconds: a server that starts again, or a standby that takes over,
#: needs some.
_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2, 3.2, 3.2)
#: Who writes holds this row until the end: so nothing that was read inside becomes otherwise, and numbers have no gaps.
LOCK: Final = "SELECT used FROM counter WHERE name = 'command' FOR UPDATE"
#: How long a command that writes may say nothing: whoever dies in the midst of one must not hold up all others.
_IDLE: Final = "SET LOCAL idle_in_transaction_session_timeout = '120s'"


class Postgres:
    """A database on a server; what the server refuses becomes a `Failure`."""

    own = "pg_temp"
    by_code_point = ' COLLATE "C"'
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
        self.site = self.moved = self.role = self.organisation = ""
        self.driver = _dial(address, timeout)
        self.login = self.driver.info.user
        #: What holds the answers back until one of them is wanted, inside a transaction.
        self._pipeline: contextlib.ExitStack | None = None
        self._numbers = itertools.count()

    @property
    def _in_transaction(self) -> bool:
        return self._pipeline is not None

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        with translated(self.driver, self.name):
            cursor = self.driver.execute(spelled(sql), params or ())
            rows = cursor.fetchall()
            names = tuple([column.name for column in cursor.description or ()])
        if not look_right(names, rows):
            from plantrack.store.checks.damage import refuse_damage

            refuse_damage(self)
        return rows

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

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows that may be too many to hold, inside a transaction, by COPY; that goes alone."""
        assert self._pipeline is not None
        with translated(self.driver, self.name):
            self._pipeline.close()
            with self.driver.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            self._pipeline.enter_context(self.driver.pipeline())

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Write all or nothing; whoever else wants to write waits, so what is read inside stays true.

        Inside another one it is a part of it.
        """
        if self._in_transaction:
            yield
            return
        if self.refusal:
            raise refused(self)
        refuse_moved(self)
        self.unsealed.clear()
        with self._transaction("BEGIN ISOLATION LEVEL READ COMMITTED", self._wait, _IDLE, LOCK):
            yield
        self.has_written = True

    @property
    def _wait(self) -> str:
        """Return what makes a statement wait no longer than it may for who is writing."""
        return f"SET LOCAL lock_timeout = '{round(self.timeout * 1000)}ms'"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """See one state in a transaction, and keep all others from writing until it ends, however long that takes."""
        refuse_moved(self)
        self.unsealed.clear()
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ", self._wait, LOCK):
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
                self._end()
        except BaseException:
            self._roll_back()
            raise

    def _begin(self, *begin: str) -> None:
        self._pipeline = contextlib.ExitStack()
        try:
            with translated(self.driver, self.name):
                self._pipeline.enter_context(self.driver.pipeline())
                for statement in begin:
                    self.driver.execute(statement)
        except BaseException:
            self._roll_back()
            raise

    def _end(self) -> None:
        """Wait for all answers; an error among them is raised."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            pipeline.close()

    def _roll_back(self) -> None:
        """Take back what was written; of a connection that is lost the server does so."""
        with contextlib.suppress(psycopg.Error):
            self._end()
        with contextlib.suppress(psycopg.Error):
            if not self.driver.closed:
                self.driver.execute("ROLLBACK")

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
                    self._dial_again()
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

    def _dial_again(self) -> None:
        self.driver = _dial(self.address, self.timeout)

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
            self._end()
        with contextlib.suppress(psycopg.Error):
            self.driver.close()


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


#: What an address leads to: the place of its tables, what they say of themselves, and who asks.
_OPENING: Final = """
SELECT current_schema() AS place, m.name, m.value FROM meta AS m WHERE m.name IN ('version', 'site', 'moved')
UNION ALL SELECT current_schema(), told.name, told.value FROM pg_catalog.pg_class AS c
LEFT JOIN member AS p ON p.login = session_user
CROSS JOIN LATERAL (VALUES ('login', CAST(session_user AS TEXT)), ('organisation', COALESCE(p.organisation, '')),
  ('role', CASE WHEN pg_has_role(c.relowner, 'USAGE') THEN 'owner' ELSE COALESCE(p.server_role, '') END)
) AS told (name, value) WHERE c.oid = to_regclass('meta')
"""
#: Who may upgrade it.
_OWNER: Final = "SELECT pg_get_userbyid(d.datdba) AS owner FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()"


def connect_server(
    address: DatabaseAddress, *, timeout: float = TIMEOUT_SECONDS, older: bool = False
) -> Postgres:
    """Open the database at an address; with `older`, also one that is still to be upgraded.

    Fails (exit 6, 4 where it is not allowed) with `server-unreachable`, `-foreign`, `-tls`, `-no-database`, `-empty`,
    `-crowded`, `-gone`, `-login`, `not-member`, `address-form`, `database-foreign`, `-newer` or `-older`.
    """
    db = Postgres(address, timeout)
    try:
        _check_identity(db, _told_at_opening(db), older=older)
    except BaseException:
        db.close()
        raise
    return db


def _told_at_opening(db: Postgres) -> dict[str, str]:
    try:
        rows = db.query(_OPENING)
    except Failure as failure:
        if failure.code == "not-permitted":
            raise Failure("not-member", file=db.name, login=db.login) from failure
        raise
    db.shared = rows[0][0]
    return {name: value for _, name, value in rows}


def _check_identity(db: Postgres, told: Mapping[str, str], *, older: bool) -> None:
    if not told.get("version", "").isdigit():
        raise Failure("database-foreign", file=db.name)
    db.site, db.moved = told.get("site", ""), told.get("moved", "")
    db.login, db.role, db.organisation = told["login"], told["role"], told["organisation"]
    if not db.role:
        raise Failure("not-member", file=db.name, login=db.login)
    db.refusal = "not-permitted" if db.role == "viewer" else ""
    version = int(told["version"])
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=db.name, theirs=version, ours=SCHEMA_VERSION, upgraded=None)
    if version < SCHEMA_VERSION and not older:
        owner = db.query(_OWNER)[0][0]
        raise Failure("server-older", file=db.name, theirs=version, ours=SCHEMA_VERSION, owner=owner)
