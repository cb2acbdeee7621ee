"""How a database is made, and later brought up to date: one transaction, through sqlite-utils."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Final

from plantrack.model.indicator import digits_and_scale
from plantrack.model.uid import uid_of
from plantrack.store import derived_rows, people, search_index
from plantrack.store.connection import SCHEMA_VERSION, SQLite, set_identity, translate_errors, version_of
from plantrack.store.damage import refuse_orphans

if TYPE_CHECKING:
    from sqlite_utils import Database

#: What SQLite calls the words that stand in braces in `schema.sql`.
_SQLITE: Final = {"strict": " STRICT", "int64": "INTEGER"}

#: Facts that may only be added. SQLite's own guard against a stray hand; the program never tries.
_APPEND_ONLY = (
    *("command", "withdrawal", "plan_revision", "plan_include", "person_name"),
    *("status_update", "deadline", "assignment", "change", "indicator_value", "delivery"),
)


def create_schema(db: SQLite) -> None:
    """Make the tables in an empty file, inside the caller's transaction.

    sqlite-utils runs a script statement by statement while a transaction is open, so that a failure half-way
    leaves nothing.
    """
    import sqlite_utils

    with translate_errors(db.path):
        _make_tables(sqlite_utils.Database(db.driver, execute_plugins=False))
        search_index.make(db)
        set_identity(db)


def _make_tables(tables: "Database") -> None:
    tables.executescript(schema_for(_SQLITE))
    for table in _APPEND_ONLY:
        tables.executescript(_guards(table))


def schema_for(words: dict[str, str]) -> str:
    """Return the schema in an engine's words."""
    text = resources.files(__package__).joinpath("schema.sql").read_text("utf-8")
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def upgrade(db: SQLite) -> tuple[int, int]:
    """Bring an older database up to date, all steps in one transaction; return its old and its new version.

    A step may change what the facts say of a day, so what is kept for speed is derived anew.
    """
    import sqlite_utils

    with db.tables_apart(), db.atomic(), translate_errors(db.path):
        found = version_of(db)  # read under the lock: another one may have been quicker
        db.driver.create_function("digits_of", 1, lambda value: digits_and_scale(value)[0])
        db.driver.create_function("scale_of", 1, lambda value: digits_and_scale(value)[1])
        tables = sqlite_utils.Database(db.driver, execute_plugins=False)
        for version in range(found, SCHEMA_VERSION):
            for step in _STEPS[version]:
                step(db, tables) if callable(step) else tables.executescript(step)
        if found < SCHEMA_VERSION:
            refuse_orphans(db)
            people.derive_labels(db)
            derived_rows.rebuild(db)
        set_identity(db)
    return found, SCHEMA_VERSION


def _guards(table: str) -> str:
    """Return the triggers that keep a table append-only."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )


#: A role given with the opening has no day of its own, so that it holds wherever the opening moves; nor has one that
#: `edit --follow` gave: it was written for the day that the opening had then, which later changes tell.
_ROLES_OF_THE_OPENING = """
    CREATE TABLE assignment_4 (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command INTEGER NOT NULL REFERENCES command (number),
      task TEXT NOT NULL REFERENCES task (uid),
      role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating', 'in_charge')),
      organisation TEXT REFERENCES organisation (id),
      person TEXT REFERENCES person (name),
      on_day TEXT CHECK (length(on_day) = 10),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      -- 1: takes the role from that day on; 0: leaves it.
      holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
      CHECK ((role = 'in_charge' AND person IS NOT NULL AND organisation IS NULL)
          OR (role <> 'in_charge' AND organisation IS NOT NULL AND person IS NULL))
    ) STRICT;
    INSERT INTO assignment_4
      SELECT a.uid, a.command, a.task, a.role, a.organisation, a.person,
             CASE WHEN a.command = t.command OR (c.verb = 'edit' AND a.on_day = COALESCE(
                    (SELECT h.old_value FROM change AS h
                     WHERE h.task = a.task AND h.field = 'opened_on' AND h.command > a.command
                     ORDER BY h.command, h.uid LIMIT 1), t.opened_on)) THEN NULL
                  ELSE a.on_day END, a.recorded_at, a.holds
      FROM assignment AS a JOIN task AS t ON t.uid = a.task JOIN command AS c ON c.number = a.command;
    DROP TABLE assignment;
    ALTER TABLE assignment_4 RENAME TO assignment;
    CREATE INDEX assignment_by_task ON assignment (task, (COALESCE(on_day, '')), recorded_at, uid);
    CREATE INDEX assignment_by_command ON assignment (command);
    CREATE INDEX task_by_command ON task (command);
    """ + _guards("assignment")

#: Values as whole numbers, which every engine keeps and adds up to the last digit.
_EXACT_VALUES = """
    CREATE TABLE indicator_value_4 (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command INTEGER NOT NULL REFERENCES command (number),
      plan TEXT NOT NULL REFERENCES plan (id),
      indicator TEXT NOT NULL,
      period TEXT NOT NULL,
      labels TEXT NOT NULL DEFAULT '',
      on_day TEXT NOT NULL CHECK (length(on_day) = 10),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      digits INTEGER NOT NULL,
      scale INTEGER NOT NULL,
      told_by TEXT,
      note TEXT
    ) STRICT;
    INSERT INTO indicator_value_4
      SELECT v.uid, v.command, v.plan, v.indicator, v.period, v.labels, v.on_day, v.recorded_at,
             digits_of(v.value), scale_of(v.value), v.told_by, v.note
      FROM indicator_value AS v;
    DROP TABLE indicator_value;
    ALTER TABLE indicator_value_4 RENAME TO indicator_value;
    CREATE INDEX indicator_value_in_order ON indicator_value (plan, indicator, on_day, recorded_at, uid);
    CREATE INDEX indicator_value_by_command ON indicator_value (command);
    """ + _guards("indicator_value")

#: The tables of version 4: those that others name come first.
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
    "COALESCE((SELECT MIN(a.command) FROM assignment_4 AS a WHERE a.person = o.name), "
    "(SELECT MIN(c.number) FROM command AS c))"
)
_OF_PERSON = f"SELECT c.{{}} FROM command AS c WHERE c.number = {_CAME}"
#: What a column of now is, where version 4 had it otherwise; `o` is the row of then.
_SINCE_4: Final = {
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
    ("person_name", "uid"): "uid_of(p.recorded_at, 'name ' || o.name)",
    ("person_name", "command"): "p.command",
    ("person_name", "person"): "p.uid",
    ("person_name", "recorded_at"): "p.recorded_at",
    ("assignment", "person"): "CASE WHEN o.person IS NOT NULL THEN COALESCE("
    "(SELECT p.uid FROM person AS p WHERE p.label = o.person), '') END",
}


def _give_uids(db: SQLite, tables: "Database") -> None:
    """Make every table over again: facts name their command and their person by uid, not by number and name.

    A uid that is made here is the same in every copy of a database, so that copies can meet again.
    """
    db.driver.create_function(
        "uid_of", 2, lambda moment, known: uid_of(datetime.fromisoformat(moment), known)
    )
    for view in ("v_task", "v_progress_by_area", "v_status_update"):
        db.execute(f"DROP VIEW IF EXISTS {view}")
    for table in (tables.table(name) for name in _OF_4):
        for name in [f"INDEX {index.name}" for index in table.indexes if index.origin == "c"]:
            db.execute(f"DROP {name}")
        for name in [f"TRIGGER {trigger.name}" for trigger in table.triggers]:
            db.execute(f"DROP {name}")
    for name in _OF_4:
        db.execute(f"ALTER TABLE {name} RENAME TO {name}_4")
    db.execute("CREATE INDEX came_with ON assignment_4 (person, command)")
    _make_tables(tables)
    for name in _OF_4:
        _copy(db, tables, name, f"{name}_4 AS o")
        if name == "person":
            _copy(db, tables, "person_name", "person_4 AS o JOIN person AS p ON p.label = o.name")
    for name in _OF_4:
        db.execute(f"DROP TABLE {name}_4")


def _copy(db: SQLite, tables: "Database", table: str, source: str) -> None:
    """Fill a table with the rows of then; what then had no column for is left to its default."""
    there = tables.table(source.split()[0]).columns_dict
    known = {name: _SINCE_4.get((table, name), f"o.{name}") for name in tables.table(table).columns_dict}
    own = {name: sql for name, sql in known.items() if name in there or (table, name) in _SINCE_4}
    db.execute(f"INSERT INTO {table} ({', '.join(own)}) SELECT {', '.join(own.values())} FROM {source}")


#: What leads from each version to the next, a script or what is called; `schema.sql` has the last one whole.
_STEPS: Final[dict[int, tuple[str | Callable[[SQLite, "Database"], None], ...]]] = {
    1: (
        """
        CREATE TABLE plan_include (
          plan TEXT NOT NULL,
          revision INTEGER NOT NULL,
          file TEXT NOT NULL,
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          PRIMARY KEY (plan, revision, file),
          FOREIGN KEY (plan, revision) REFERENCES plan_revision (plan, revision)
        ) STRICT;
        ALTER TABLE task ADD COLUMN carried_from TEXT REFERENCES task (uid);
        CREATE INDEX task_carried ON task (carried_from) WHERE carried_from IS NOT NULL;
        """
        + _guards("plan_include"),
    ),
    2: (
        """
        CREATE TABLE indicator_value (
          uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
          command INTEGER NOT NULL REFERENCES command (number),
          plan TEXT NOT NULL REFERENCES plan (id),
          indicator TEXT NOT NULL,
          period TEXT NOT NULL,
          -- Joined by ", "; empty: in all.
          labels TEXT NOT NULL DEFAULT '',
          on_day TEXT NOT NULL CHECK (length(on_day) = 10),
          recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
          value REAL NOT NULL,
          told_by TEXT,
          note TEXT
        ) STRICT;
        CREATE INDEX indicator_value_in_order ON indicator_value (plan, indicator, on_day, recorded_at, uid);
        CREATE INDEX indicator_value_by_command ON indicator_value (command);
        CREATE TABLE delivery (
          uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
          plan TEXT NOT NULL REFERENCES plan (id),
          kind TEXT NOT NULL CHECK (kind IN ('weekly', 'report')),
          period TEXT NOT NULL,
          -- The day its figures are of; `whole` 1: the period was over.
          as_of TEXT NOT NULL CHECK (length(as_of) = 10),
          whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
          -- The filter, and whatever else makes it another report; empty: all tasks.
          selection TEXT NOT NULL DEFAULT '',
          address TEXT NOT NULL,
          accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
          recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
          -- Of the subject, the texts and the files attached, not of what the way adds.
          sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
          message_id TEXT NOT NULL,
          reply TEXT NOT NULL,
          author TEXT
        ) STRICT;
        CREATE INDEX delivery_by_report ON delivery (plan, kind, period, selection, address);
        """
        + _guards("indicator_value")
        + _guards("delivery"),
    ),
    3: (_ROLES_OF_THE_OPENING, _EXACT_VALUES),
    4: (_give_uids,),
}
