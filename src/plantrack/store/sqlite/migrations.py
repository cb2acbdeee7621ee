"""How a database is made, and later brought up to date: one transaction, through sqlite-utils."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from plantrack.model.indicator import digits_and_scale
from plantrack.model.uid import uid_of
from plantrack.store import derived_rows, plan_mirrors
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.checks.damage import refuse_orphans
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.schema import identity
from plantrack.store.schema.guards import APPEND_ONLY, guards
from plantrack.store.schema.text import schema_for
from plantrack.store.sealing.seal_all import hash_apart, seal_all
from plantrack.store.sqlite import search_index
from plantrack.store.sqlite.connection import APPLICATION_ID, SQLite, version_of
from plantrack.store.sqlite.file import translate_errors
from plantrack.store.sqlite.upgrades import scripts

if TYPE_CHECKING:
    from sqlite_utils import Database

#: What SQLite calls the words that stand in braces in `schema.sql`.
_SQLITE: Final = {"strict": " STRICT", "int64": "INTEGER"}


def create_schema(db: SQLite) -> None:
    """Make the tables in an empty file, inside the caller's transaction.

    sqlite-utils runs a script statement by statement while a transaction is open, so that a failure half-way
    leaves nothing.
    """
    with translate_errors(db.path):
        _make_tables(_tables_of(db))
        search_index.make(db)
        set_identity(db)
        identity.give(db)


def _tables_of(db: SQLite) -> "Database":
    """Return what makes and changes tables; it is loaded only where that is done."""
    import sqlite_utils

    return sqlite_utils.Database(db.driver, execute_plugins=False)


def set_identity(db: SQLite) -> None:
    """Mark a file as a database of this program, of today's schema."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def put_right(db: SQLite, scripts: Iterable[str]) -> None:
    """Put right what `missing_parts` named, inside the caller's transaction."""
    with translate_errors(db.path):
        for script in scripts:
            _tables_of(db).executescript(script)


def missing_parts(db: SQLite) -> dict[str, str]:
    """Return what of the schema a database lacks or has otherwise, by name, each with the script that puts it right.

    Tables are compared by their names alone: an upgrade adds columns. What is too much are triggers on them that are
    not the program's. The index of words is not among them; `search_index` compares it.
    """
    with closing(type(db.driver)(":memory:", isolation_level=None)) as driver:
        driver.executescript(schema_for(_SQLITE) + "".join(map(guards, APPEND_ONLY)))
        meant = {row[1]: row for row in driver.execute(_PARTS)}
    there = {row[1]: row for row in db.query(_PARTS)}
    wrong = {name: f"{row[3]};" for name, row in meant.items() if name not in there}
    for name, (kind, _, table, sql) in there.items():
        if kind == "trigger" and table in meant and name not in meant and name not in search_index.TRIGGERS:
            wrong[name] = f'DROP TRIGGER "{name}";'
        elif kind != "table" and name in meant and sql.split() != meant[name][3].split():
            wrong[name] = f'DROP {kind} "{name}"; {meant[name][3]};'
    return wrong


_PARTS: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def _make_tables(tables: "Database") -> None:
    tables.executescript(schema_for(_SQLITE))
    for table in APPEND_ONLY:
        tables.executescript(guards(table))


def _nothing(_: int) -> None:
    pass


def upgrade(
    db: SQLite,
    advance: Advance = unheard,
    before: Callable[[int], None] = _nothing,
    after: Callable[[int], None] = _nothing,
) -> tuple[int, int]:
    """Bring an older database up to date, all steps in one transaction; return its old and its new version.

    `before`, `after`: called with the version that it had, once nobody else can write, and once all is done.

    A step may change what the facts say of a day, so all that is derived is made anew. No `VACUUM` follows: no
    transaction can hold it, it wants room for the whole file once more, and it would gain little (7 %).
    """
    with db.tables_apart(), db.atomic(), translate_errors(db.path):
        found = version_of(db)  # read under the lock: another one may have been quicker
        if found < SCHEMA_VERSION:
            before(found)
            _bring_up_to_date(db, found, advance)
            after(found)
    return found, SCHEMA_VERSION


def _bring_up_to_date(db: SQLite, found: int, advance: Advance) -> None:
    _take_steps(db, found, scaled(advance, 0, _OF_STEPS))
    put_right(db, missing_parts(db).values())  # an index or a guard that somebody dropped long ago
    refuse_orphans(db)
    if found < _PARENTS_SINCE:
        plan_mirrors.derive_parents(db)
    derived_rows.rebuild(db, scaled(advance, _OF_STEPS, _OF_DERIVING))
    if found < _SEALED_SINCE:
        hash_apart(db)
        seal_all(db, scaled(advance, _OF_DERIVING, 1))
    set_identity(db)
    identity.give(db)


#: The share of an upgrade that its steps take: measured, with ten updates a task.
_OF_STEPS: Final = 0.2
#: And with what is derived: measured too.
_OF_DERIVING: Final = 0.7
#: The version that brought the seals, and that which keeps of which organisation one is a unit.
_SEALED_SINCE: Final = 8
_PARENTS_SINCE: Final = 9


def _take_steps(db: SQLite, version: int, advance: Advance) -> None:
    tables = _tables_of(db)
    while version < SCHEMA_VERSION:
        version, step = _STEPS[version]
        if callable(step):
            step(db, tables, advance)
        else:
            tables.executescript(step)


#: What a column of now is in SQL, by table and column, where an earlier version had it otherwise.
Since = dict[tuple[str, str], str]
#: The tables of versions 3 and 4; those of which others are told something come first.
_OF_4: Final = (
    *(
        "meta",
        "counter",
        "command",
        "withdrawal",
        "plan",
        "plan_revision",
        "plan_include",
        "area",
        "activity",
    ),
    *("organisation", "person", "task", "status_update", "deadline", "assignment", "change"),
    *("indicator_value", "delivery"),
)
#: The number of the command with which a person came.
_CAME = (
    "COALESCE((SELECT MIN(a.command) FROM assignment_old AS a WHERE a.person = o.name), "
    "(SELECT MIN(c.number) FROM command AS c))"
)
_OF_PERSON = f"SELECT c.{{}} FROM command AS c WHERE c.number = {_CAME}"
#: What a column is, where version 4 had it otherwise; `o` is the row of then.
_SINCE_4: Final[Since] = {
    **{(table, "row_hash"): f"'{scripts.NO_HASH}'" for table in ("meta", "delivery")},
    ("command", "uid"): "uid_of(o.recorded_at, o.number || ' ' || o.verb || ' ' || o.author)",
    **{
        (table, column): f"COALESCE((SELECT c.uid FROM command AS c WHERE c.number = o.{column}), '')"
        for table in _OF_4
        for column in ("command", "target")
    },
    ("person", "uid"): f"uid_of(({_OF_PERSON.format('recorded_at')}), 'person ' || o.name)",
    ("person", "command"): f"({_OF_PERSON.format('uid')})",
    ("person", "recorded_at"): f"({_OF_PERSON.format('recorded_at')})",
    ("person", "label"): "o.name",
    ("person_fact", "uid"): "uid_of(p.recorded_at, 'name ' || o.name)",
    ("person_fact", "command"): "p.command",
    ("person_fact", "person"): "p.uid",
    ("person_fact", "recorded_at"): "p.recorded_at",
    ("assignment", "person"): "CASE WHEN o.person IS NOT NULL THEN COALESCE("
    "(SELECT p.uid FROM person AS p WHERE p.label = o.person), '') END",
}
#: The same of version 3. A role given with the opening has no day of its own, so that it holds wherever the opening
#: moves; nor has one that `edit --follow` gave: it was written for the day that the opening had then, which later
#: changes tell. Values of indicators are whole numbers.
_SINCE_3: Final[Since] = _SINCE_4 | {
    ("assignment", "on_day"): """(
      SELECT CASE WHEN c.uid = t.command OR (c.verb = 'edit' AND o.on_day = COALESCE(
               (SELECT h.old_value FROM change_old AS h
                WHERE h.task = o.task AND h.field = 'opened_on' AND h.command > o.command
                ORDER BY h.command, h.uid LIMIT 1), t.opened_on)) THEN NULL
             ELSE o.on_day END
      FROM task AS t, command AS c WHERE t.uid = o.task AND c.number = o.command)""",
    ("indicator_value", "digits"): "digits_of(o.value)",
    ("indicator_value", "scale"): "scale_of(o.value)",
}


#: How many rows are copied at once: enough to be quick, few enough that Ctrl-C is heard and told how far it is.
_AT_ONCE: Final = 20_000


def _make_anew(since: Since, db: SQLite, tables: "Database", advance: Advance) -> None:
    """Make every table over again as it is today; `since`: what a column is, where it was otherwise.

    What a later version added is then there, and empty. Facts name their command and their person by uid, no longer by number and name. A uid that is made here is the
    same in every copy of a database, so that copies can meet again.
    """
    _put_aside(db)
    _make_tables(tables)
    copied, total = 0, sum(db.query(f"SELECT COUNT(*) FROM {name}_old")[0][0] for name in _OF_4)
    for name in _OF_4:
        for rows in _copy(db, tables, name, f"{name}_old AS o", since):
            copied += rows
            advance(copied / total)
        if name == "person":
            list(
                _copy(
                    db, tables, "person_fact", "person_old AS o JOIN person AS p ON p.label = o.name", since
                )
            )
        db.execute(f"DROP TABLE {name}_old")  # its room in the file goes to the next one


def _put_aside(db: SQLite) -> None:
    """Rename the tables of then, and take away what else has the name of something of now."""
    for kind in ("view", "trigger", "index"):
        asked = "SELECT name FROM sqlite_master WHERE type = :kind AND sql IS NOT NULL"
        for (name,) in db.query(asked, {"kind": kind}):
            db.execute(f"DROP {kind} {name}")
    for name in _OF_4:
        db.execute(f"ALTER TABLE {name} RENAME TO {name}_old")
    db.execute("CREATE INDEX came_with ON assignment_old (person, command)")
    db.execute("CREATE INDEX changed ON change_old (task, field, command)")
    functions: dict[str, Callable[..., str | int]] = {
        "uid_of": lambda moment, known: uid_of(datetime.fromisoformat(moment), known),
        "digits_of": lambda value: digits_and_scale(value)[0],
        "scale_of": lambda value: digits_and_scale(value)[1],
    }
    for name, function in functions.items():
        db.driver.create_function(name, function.__code__.co_argcount, function)


def _copy(db: SQLite, tables: "Database", table: str, source: str, since: Since) -> Iterator[int]:
    """Fill a table with the rows of then, some at a time; yield how many. A new column has its default."""
    there = tables.table(source.split()[0]).columns_dict
    known = {name: since.get((table, name), f"o.{name}") for name in tables.table(table).columns_dict}
    own = {name: sql for name, sql in known.items() if name in there or (table, name) in since}
    next_rows = f"SELECT o.rowid AS n FROM {source} WHERE o.rowid > :after ORDER BY o.rowid LIMIT :many"
    after = -(2**63)
    while True:
        asked = {"after": after, "many": _AT_ONCE}
        ((rows, last),) = db.query(f"SELECT COUNT(*), MAX(n) FROM ({next_rows})", asked)
        if not rows:
            return
        db.execute(
            f"INSERT INTO {table} ({', '.join(own)}) SELECT {', '.join(own.values())} FROM {source} "
            "WHERE o.rowid > :after AND o.rowid <= :last",
            {"after": after, "last": last},
        )
        yield rows
        after = last


#: By version: the version that a step leads to, and the step, a script or what is called. Each of these stood on the
#: main branch as a whole, so a workspace may have it; those that lived within one change have no number. 3 and 4 go
#: to the tables of today at once. `tests/store/sqlite/upgrades/versions` has a file of each, as it wrote it.
_STEPS: Final[dict[int, tuple[int, str | Callable[[SQLite, "Database", Advance], None]]]] = {
    1: (2, scripts.TO_2),
    2: (3, scripts.TO_3),
    3: (SCHEMA_VERSION, partial(_make_anew, _SINCE_3)),
    4: (SCHEMA_VERSION, partial(_make_anew, _SINCE_4)),
    5: (6, scripts.TO_6),
    6: (7, scripts.TO_7),
    7: (8, scripts.TO_8),
    8: (9, scripts.TO_9),
}
