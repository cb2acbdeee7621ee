"""A connection to a PostgreSQL server, by psycopg.

Everything is sent without waiting for an answer, and goes together with what is asked next: far away, a command costs
as many round trips as it looks at answers that are not there yet.
"""

import contextlib
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

import psycopg

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.columns import look_right
from plantrack.store.connection import (
    AT_ONCE,
    MOVED,
    TIMEOUT_SECONDS,
    Asked,
    Params,
    Result,
    Row,
    ToldAtOpening,
    refuse_moved,
)
from plantrack.store.postgres.catalogue import Catalogue
from plantrack.store.postgres.dialling import dial
from plantrack.store.postgres.failures import translated
from plantrack.store.postgres.far import far_place
from plantrack.store.postgres.opening_question import (
    OPENING,
    what_it_tells,
    why_not_told,
)
from plantrack.store.postgres.retry import transact
from plantrack.store.postgres.spelling import spelled
from plantrack.store.postgres.writers_lock import begin_reading, begin_unlocked, begin_writing
from plantrack.store.sealing.unsealed import Unsealed
from plantrack.store.server.roles import may_write, refused

#: It tells of errors that are told by us.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)


class Postgres(Catalogue):
    """A database on a server; what the server refuses becomes a `Failure`."""

    own = "pg_temp"
    by_code_point = ' COLLATE "C"'
    is_remote = True
    broken_condition: type[Exception] = psycopg.IntegrityError

    def __init__(self, address: DatabaseAddress, timeout: float = TIMEOUT_SECONDS) -> None:
        self.address = address
        self.name = str(address)
        self.timeout = timeout
        self.shown: tuple[str, frozenset[str]] | None = None
        self.unsealed = Unsealed()
        self.has_written = False
        #: The one that runs.
        self.command = ""
        #: Whether what it says of itself is to be looked at before any other answer, also of an older one.
        self._is_to_be_heard = self._is_older_heard = False
        self._opening: psycopg.Cursor[Row] | None = None
        #: Where its data is, asked once nobody else writes and not looked at yet.
        self._place: psycopg.Cursor[Row] | None = None
        self._numbers = itertools.count()
        self._connect()
        self._told = ToldAtOpening(login=self.driver.info.user)

    def _connect(self) -> None:
        self._in_transaction = self._is_unanswered = False
        self.driver = dial(self.address, self.timeout)
        self.place = far_place(self.driver, self.name)
        self._waiting = contextlib.ExitStack()
        self._pipeline = self._waiting.enter_context(self.driver.pipeline())

    # --- what the database says of itself ---

    @property
    def shared(self) -> str:
        """Return the schema of the tables."""
        return self.told.schema

    @property
    def refusal(self) -> str:
        """Return the code of every write that the command may not do with the role that it has."""
        return "" if may_write(self.told.role, self.command) else "not-permitted"

    @property
    def told(self) -> ToldAtOpening:
        """Return what the database says of itself, and of who is at work."""
        return self._heard()

    @told.setter
    def told(self, told: ToldAtOpening) -> None:
        self._told = told

    def _heard(self) -> ToldAtOpening:
        if not self._is_to_be_heard:
            return self._told
        self._ask_opening()
        opening, self._opening, self._is_to_be_heard = self._opening, None, False
        assert opening is not None
        try:
            self._told = what_it_tells(self.name, self._answer(opening), older=self._is_older_heard)
        except Failure as failure:
            raise self._not_told(failure) from failure.__cause__
        return self._told

    def _not_told(self, failure: Failure) -> Failure:
        """Return why the database says nothing of itself: nothing is answered, and nothing written, before it does."""
        self._opening, self._is_to_be_heard = (
            None,
            not isinstance(failure.__cause__, psycopg.ProgrammingError),
        )
        if self._is_to_be_heard:
            return failure
        self._roll_back(failure)
        return why_not_told(self, failure, self._told.login)

    def _ask_opening(self) -> None:
        if self._is_to_be_heard and self._opening is None:
            self._opening = self._sent(OPENING)

    # --- questions ---

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question; what does not fit the model is named (`database-damaged`)."""
        return self.ask(sql, params)()

    def ask(self, sql: str, params: Params | None = None) -> Asked[list[Row]]:
        """Ask a question; its rows come with all that is asked before they are looked at."""
        is_alone = not self._in_transaction
        cursor = self._asked(sql, params, is_alone=is_alone)

        def rows() -> list[Row]:
            try:
                return self._looked_at(cursor)
            except Failure as failure:
                if not (is_alone and failure.code == "server-gone"):
                    raise
            # Whoever sits between may have cut a line on which nothing was said while a person was thinking.
            self.connect_again()
            return self._looked_at(self._asked(sql, params))

        return rows

    def _asked(self, sql: str, params: Params | None, *, is_alone: bool = False) -> "psycopg.Cursor[Row]":
        try:
            self._ask_opening()
            return self._sent(sql, params)
        except Failure as failure:
            if not (is_alone and failure.code == "server-gone"):
                raise
        self.connect_again()
        return self._asked(sql, params)

    def _sent(self, sql: str, params: Params | None = None) -> "psycopg.Cursor[Row]":
        try:
            with translated(self.driver, self.name):
                self._is_unanswered = True
                return self.driver.execute(spelled(sql), params or ())
        except Failure as failure:
            if self._opening is None:
                raise
            raise self._not_told(failure) from failure.__cause__  # of what went before this

    def _looked_at(self, cursor: "psycopg.Cursor[Row]") -> list[Row]:
        self._heard()
        self._refuse_moved_now()
        rows = self._answer(cursor)
        if not look_right(tuple([column.name for column in cursor.description or ()]), rows):
            from plantrack.store.checks.damage import refuse_damage

            refuse_damage(self)
        return rows

    def _refuse_moved_now(self) -> None:
        """Refuse to write where the data went elsewhere before the lock was had; before any other answer is looked at."""
        asked, self._place = self._place, None
        if asked is not None:
            for (place,) in self._answer(asked):
                refuse_moved(self, place)

    def _answer(self, cursor: "psycopg.Cursor[Row]") -> list[Row]:
        with translated(cursor.connection, self.name):
            if cursor.pgresult is None:
                self._let_answer()
            return cursor.fetchall()

    def _let_answer(self) -> None:
        """Have all that was sent answered: only then the server takes us for idle, and lets us go after a while."""
        if self._is_unanswered:
            self._is_unanswered = False
            self._pipeline.sync()

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question as they are, a part of them at a time; the first of one state are asked for now."""
        return self._parts(sql, params, self._declared(sql, params) if self._in_transaction else None)

    def _declared(self, sql: str, params: Params | None) -> "tuple[str, psycopg.Cursor[Row]]":
        rows_of = f"rows_{next(self._numbers)}"
        self._ask_opening()
        self._sent(f"DECLARE {rows_of} NO SCROLL CURSOR FOR {sql}", params)
        return rows_of, self._sent(f"FETCH {AT_ONCE} FROM {rows_of}")

    def _parts(
        self, sql: str, params: Params | None, first: "tuple[str, psycopg.Cursor[Row]] | None"
    ) -> Iterator[Row]:
        with self.one_state():
            rows_of, cursor = first or self._declared(sql, params)
            self._heard()
            self._refuse_moved_now()
            while rows := self._answer(cursor):
                yield from rows
                if len(rows) < AT_ONCE:
                    break
                cursor = self._sent(f"FETCH {AT_ONCE} FROM {rows_of}")
            self.execute(f"CLOSE {rows_of}")

    # --- writing ---

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""
        self._sent(sql, params)
        self._let_answer_alone()

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""
        with translated(self.driver, self.name):
            self._is_unanswered = True
            self.driver.cursor().executemany(spelled(sql), rows)
        self._let_answer_alone()

    def _let_answer_alone(self) -> None:
        """Have what was written outside a transaction answered at once."""
        if not self._in_transaction:
            with translated(self.driver, self.name):
                self._let_answer()

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows that may be too many to hold, inside a transaction, by COPY."""
        with (
            self.one_by_one() as driver,
            driver.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    @contextlib.contextmanager
    def atomic(self, *, moved: bool = False, long: bool = False) -> Iterator[None]:
        """Write all or nothing; whoever else wants to write waits, so what is read inside stays true.

        Inside another one it is a part of it.
        """
        if self._in_transaction:
            yield
            return
        if self.refusal:
            raise refused(self)
        self.unsealed.clear()
        with self._transaction(*begin_writing(self.timeout, long=long), lost="server-gone-saving"):
            if not moved:
                self._place = self._sent(MOVED)
            yield
        self.has_written = True

    def unlocked(self, patience: float | None = None) -> contextlib.AbstractContextManager[None]:
        """Write all or nothing, and keep nobody else from writing: where there are no tables to lock, or another lock is.

        `patience`: how many seconds to wait for each lock, where not as long as `atomic` does.
        """
        return self._transaction(*begin_unlocked(self.timeout if patience is None else patience))

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
        self._let_answer_alone()  # what was asked before is no part of it
        self._in_transaction = True
        try:
            for statement in begin:
                self._sent(statement)
        except BaseException as error:
            self._roll_back(error)
            raise

    def _commit(self, lost: str) -> None:
        self._refuse_moved_now()
        try:
            ended = self._sent("COMMIT")
            with translated(self.driver, self.name):
                self._let_answer()
        except Failure as failure:
            if failure.code != "server-gone":
                raise
            raise Failure(lost, **failure.params) from failure.__cause__
        self._in_transaction = False
        if ended.statusmessage != "COMMIT":  # an error was passed over, and nothing of it was written
            raise AssertionError(ended.statusmessage)

    def _roll_back(self, error: BaseException) -> None:
        """Take back what was written; of a connection that is lost the server does so."""
        is_unanswered, self._is_unanswered = self._is_unanswered, False
        self._in_transaction = False
        self._place = None
        if isinstance(error, KeyboardInterrupt):  # whoever ends the program waits for nobody who holds a lock
            self.driver.close()
        if is_unanswered:  # after a failure, nothing is answered before it
            with contextlib.suppress(psycopg.Error):
                self._pipeline.sync()
        with contextlib.suppress(psycopg.Error):
            if not self.driver.closed:
                self.driver.execute("ROLLBACK")
                self._pipeline.sync()

    def transact(self, write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
        """Run `write` in a transaction of its own, again where the server asks for it or was gone."""
        return write() if self._in_transaction else transact(self, write, is_recorded)

    def connect_again(self) -> None:
        """Have a new line; what was asked on the one before and not looked at is asked again by who looks."""
        if not self.driver.closed and not self.driver.broken:
            return
        self.close()
        self._is_to_be_heard, self._opening = self._is_to_be_heard or self._opening is not None, None
        self._connect()

    # --- one state ---

    def snapshot(self) -> None:
        """See one state of the data in all questions until the end, whoever writes meanwhile."""
        self._begin(*begin_reading())

    @contextlib.contextmanager
    def one_state(self) -> Iterator[None]:
        """See one state inside; one that is seen already goes on."""
        if self._in_transaction:
            yield
            return
        with self._transaction(*begin_reading()):
            yield

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator["psycopg.Connection[Row]"]:
        """Have the driver answer each statement by itself, as COPY wants it."""
        with translated(self.driver, self.name):
            self._waiting.close()
            try:
                yield self.driver
            finally:
                self._pipeline = self._waiting.enter_context(self.driver.pipeline())

    @contextlib.contextmanager
    def own_tables(self) -> Iterator[None]:
        """Allow tables that only this connection sees.

        They are of a transaction that never ends well: behind a pooler, the next one would find them.
        """
        if not self._in_transaction:
            self.snapshot()
        yield

    def close(self) -> None:
        """Close; what was not ended is taken back, by the server itself."""
        for end in (self.driver.close, self._waiting.close):  # in this order, nothing is waited for
            with contextlib.suppress(psycopg.Error):
                end()


def connect_server(
    address: DatabaseAddress, *, timeout: float = TIMEOUT_SECONDS, older: bool = False, command: str = ""
) -> Postgres:
    """Open the database at an address; with `older`, also one that is still to be upgraded, for a command of ours.

    Whether it is one of ours is known with the first answer. Fails here (exit 6, 4 where it is not allowed, 2 where it
    cannot be read) with `server-unreachable`, `-foreign`, `-tls`, `-no-database`, `-crowded`, `-gone`, `-standby`,
    `-login`, `not-member`, `address-form` or `driver-too-old`; and then with `server-empty`, `server-older`,
    `not-member`, `database-foreign` or `-newer`.
    """
    db = Postgres(address, timeout)
    db._is_to_be_heard, db._is_older_heard, db.command = True, older, command
    return db
