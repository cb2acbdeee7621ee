"""What the store needs of a connection to a database, whichever engine it is; `sqlite` and `postgres` have one each."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.elsewhere import Elsewhere, read_elsewhere
from plantrack.store.sealing.unsealed import Unsealed

if TYPE_CHECKING:
    from plantrack.model.views.workspace import ServerPlace, StoragePlace

#: The schema this program writes and reads.
SCHEMA_VERSION = 9
#: How long a command waits for another one that is writing.
TIMEOUT_SECONDS = 10.0
#: How many rows of many are read at a time.
AT_ONCE = 1000

Row = tuple[Any, ...]
#: Values by `:name`, or by their place, `?`.
Params = Mapping[str, object] | Sequence[object]
Result = TypeVar("Result")
#: What was asked, to be looked at once. A server answers all that was asked until then in one round trip: ask first.
Asked = Callable[[], Result]


class StoredColumn(NamedTuple):
    """A column as the database declares it."""

    name: str
    type: str
    may_be_null: bool
    #: Its place in the key of the table, 0 where it is no part of it.
    key: int


class ToldAtOpening(NamedTuple):
    """What a database says of itself that every command has to know, and of who is at work in it."""

    #: The schema of the tables, on a server.
    schema: str = "public"
    #: The name of the place where it is worked in, apart from the one that all others come from, which has none.
    site: str = ""
    #: Where its data went and when, as JSON; empty: nowhere.
    moved: str = ""
    #: Whether the data is made up for a demonstration.
    is_example: bool = False
    #: As whom a server knows who is at work, the role that they have (`owner`, or one of SERVER_ROLES), and the
    #: organisation for which they report; of a file nothing is known.
    login: str = ""
    role: str = ""
    organisation: str = ""
    #: The latest moment that a server would record, when this was asked; of a file nothing is known.
    latest: str = ""

    @property
    def elsewhere(self) -> Elsewhere | None:
        """Return where the data is worked on; None: in the database itself."""
        return read_elsewhere(self.moved) if self.moved else None


class Connection(Protocol):
    """What the store needs of a database."""

    #: How the database is named to people: a file, or an address without its password.
    name: str
    #: Whether it is a way to and from the database, which many questions may go together.
    is_remote: bool
    #: Whether something was recorded.
    has_written: bool
    #: What it says of itself, and of who is at work.
    told: "ToldAtOpening"
    #: What is unsafe about the way to it; of a file, `store.place` tells what is unsafe about its place.
    place: "StoragePlace | None"
    #: The command that runs, where a server may allow it to others than who is at work.
    command: str
    #: What the driver raises where a condition of a table is broken: it is a defect of ours, or of who wrote past us.
    broken_condition: type[Exception]

    #: What the engine calls the place of tables which only this connection sees.
    own: str
    #: What stands behind a text for it to be ordered by its code points, however the database orders texts.
    by_code_point: str
    #: The moment as known at which questions are answered, and of which tasks (none: all); None: now.
    shown: tuple[str, frozenset[str]] | None
    #: The facts that the open transaction added and that are under no seal yet.
    unsealed: Unsealed

    @property
    def path(self) -> Path | None:
        """Return the file; None: a server has the data."""

    @property
    def refusal(self) -> str:
        """Return the code of every write, where the data may only be read."""

    @property
    def shared(self) -> str:
        """Return what the engine calls the place of the data that all see."""

    def ask(self, sql: str, params: Params | None = None) -> Asked[list[Row]]:
        """Ask a question, whose rows are looked at later."""

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return the rows of a question."""

    def stream(self, sql: str, params: Params | None = None) -> Iterator[Row]:
        """Yield the rows of a question, which may be too many to hold."""

    def execute(self, sql: str, params: Params | None = None) -> None:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each row of values."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows that may be too many to hold, inside a transaction."""

    def atomic(self, *, moved: bool = False, long: bool = False) -> contextlib.AbstractContextManager[None]:
        """Make all that is written inside one transaction, everything or nothing; nobody else writes until it ends.

        `moved`: also into a database that says that it is worked on elsewhere; `long`: it may say nothing for long,
        while another database is filled, and nobody writes past the program either; it is for the owner.
        """

    def transact(self, write: Callable[[], Result], is_recorded: Callable[[Result], bool]) -> Result:
        """Run `write` in a transaction of its own, and return what it does.

        A server may ask for it once more, or be gone before it says that all was written; then `write` runs again, on
        what is there by then, unless what it recorded the first time is there.
        """

    def snapshot(self) -> None:
        """See one state of the data in all questions until the end, whoever writes meanwhile."""

    def one_state(self) -> contextlib.AbstractContextManager[None]:
        """See one state inside; it begins with what is read first. One that is seen already goes on."""

    def own_tables(self) -> contextlib.AbstractContextManager[None]:
        """Allow tables that only this connection sees, also where the data may only be read: all of them, or none."""

    def tables_apart(self) -> contextlib.AbstractContextManager[None]:
        """Let a table be renamed or dropped whatever names it."""

    def overwrite_deleted(self) -> None:
        """Let the engine overwrite what it deletes from now on; to be called outside a transaction."""

    def sweep(self) -> bool:
        """Leave nothing of what was deleted at any time in the file and its log; return whether that was done.

        It cannot be while others work with the file, or where there is no room for it once more. What a server sets
        free is its own affair.
        """

    def size(self) -> int:
        """Return how many bytes the data take."""

    def journal(self) -> str | None:
        """Return how what is written gets to the disk, in a word of the engine; None: that is not ours to know."""

    def server(self) -> "ServerPlace | None":
        """Return the server that has the data, and who is at work there; None: they are in a file."""

    def tables(self) -> list[str]:
        """Return the names of all tables that there are, in the order in which they were made."""

    def columns(self, table: str) -> list[StoredColumn]:
        """Return the columns of a table."""

    def close(self) -> None:
        """Close; nothing is left beside a file."""


#: What a database says of itself that every command has to know: where it is, whether it went elsewhere, and whether it
#: is made up.
TOLD_AT_OPENING = ("site", "moved", "example")
#: What is asked again once nobody else writes: whoever waited for the lock may have waited for one who moved the data.
MOVED: Final = "SELECT value FROM meta WHERE name = 'moved'"


def refuse_moved(db: Connection, now: str | None = None) -> None:
    """Refuse to write into a database whose data is worked on elsewhere.

    `now`: what `MOVED` answers, where that was asked; else what it said when it was opened.

    Raises: database-moved, database-to-read.
    """
    place = read_elsewhere(now) if now else db.told.elsewhere
    if place:
        raise place.refusal(db.name)


def insert(
    db: Connection, table: str, rows: Sequence[Mapping[str, object]], *, key: str = "", where: str = ""
) -> None:
    """Add rows that have the same columns; one that is there by the columns of `key`, and `where`, takes the new values."""
    columns = [*rows[0]] if rows else []
    insert_many(
        db, table, columns, [tuple(map(row.__getitem__, columns)) for row in rows], key=key, where=where
    )


def insert_many(
    db: Connection, table: str, columns: Sequence[str], rows: Sequence[Row], *, key: str = "", where: str = ""
) -> None:
    """Add rows as `insert` does, each with its values in the order of the columns; many in one statement."""
    new = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key.split(", "))
    else_ = f" ON CONFLICT ({key}) DO UPDATE SET {new}{where and f' WHERE {where}'}" if key else ""
    marks = f"({', '.join('?' * len(columns))})"
    for some in chunks(rows):
        values = ", ".join([marks] * len(some))
        db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}{else_}", [*chain(*some)])
