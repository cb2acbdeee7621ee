"""What each step of an upgrade does to the tables, where a script says it: the SQL of then, never changed after a release."""

from typing import Final

from plantrack.store.schema.guards import guards

#: What stands for the hash of a row until that is made.
NO_HASH: Final = "0" * 64


#: The kinds of reports in the ledger of mail.
_OF_7: Final = "'weekly', 'report', 'remind', 'form'"


def _with_hash(table: str, script: str) -> str:
    """Return what makes a table over again by a script, with a column for the hash of each row."""
    index = {"form": "form_by_period", "delivery": "delivery_by_report"}.get(table)
    return (
        f"ALTER TABLE {table} RENAME TO {table}_old;\n"
        + (f"DROP INDEX {index};\n" if index else "")
        + "".join(f"DROP TRIGGER IF EXISTS {table}_no_{verb};\n" for verb in ("update", "delete"))
        + script
        + f"INSERT INTO {table} SELECT *, '{NO_HASH}' FROM {table}_old;\nDROP TABLE {table}_old;\n"
    )


def _delivery(kinds: str, more: str = "") -> str:
    """Return what makes the ledger of mail, of some kinds of reports; `more`: further columns."""
    return f"""
        CREATE TABLE delivery (
          uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
          plan TEXT NOT NULL REFERENCES plan (id),
          kind TEXT NOT NULL CHECK (kind IN ({kinds})),
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
          author TEXT{more}
        ) STRICT;
        CREATE INDEX delivery_by_report ON delivery (plan, kind, period, selection, address);
        """ + guards("delivery")


def _ledger_of(kinds: str) -> str:
    """Return what makes the ledger over again, for one more kind: no engine alters a check."""
    return (
        """
        ALTER TABLE delivery RENAME TO delivery_old;
        DROP INDEX delivery_by_report;
        DROP TRIGGER IF EXISTS delivery_no_update;
        DROP TRIGGER IF EXISTS delivery_no_delete;
        """
        + _delivery(kinds)
        + """
        INSERT INTO delivery SELECT * FROM delivery_old;
        DROP TABLE delivery_old;
        """
    )


TO_2: Final = """
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
    """ + guards("plan_include")
TO_3: Final = (
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
    """
    + guards("indicator_value")
    + _delivery("'weekly', 'report'")
)
TO_6: Final = (
    """
    ALTER TABLE task ADD COLUMN every TEXT
      CHECK (every IN ('week', 'month', 'quarter', 'half', 'year', 'closing'));
    ALTER TABLE task ADD COLUMN every_until TEXT CHECK (length(every_until) = 10);
    ALTER TABLE task ADD COLUMN every_from TEXT CHECK (length(every_from) = 10);
    ALTER TABLE task ADD COLUMN occurrence_of TEXT REFERENCES task (uid);
    ALTER TABLE task ADD COLUMN fell_out TEXT NOT NULL DEFAULT '';
    ALTER TABLE task ADD COLUMN after TEXT NOT NULL DEFAULT '';
    CREATE INDEX task_series ON task (occurrence_of, number) WHERE occurrence_of IS NOT NULL;
    DROP INDEX task_count;
    CREATE INDEX task_count ON task (plan, counted, area, status, due, completed_on, blocked_since, updated_on,
      opened_on, settled_on, activity, occurrence_of, uid);
    DROP TABLE holder;
    CREATE TABLE holder (
      task TEXT NOT NULL REFERENCES task (uid),
      role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating', 'in_charge', 'place', 'tag', 'after')),
      party TEXT NOT NULL,
      first_day TEXT NOT NULL CHECK (length(first_day) = 10),
      last_day TEXT NOT NULL CHECK (length(last_day) = 10),
      PRIMARY KEY (task, role, party, first_day)
    ) STRICT;
    CREATE INDEX holder_by_party ON holder (party, role, last_day, first_day, task);
    ALTER TABLE organisation ADD COLUMN in_plan INTEGER NOT NULL DEFAULT 1 CHECK (in_plan IN (0, 1));
    ALTER TABLE organisation ADD COLUMN same_as TEXT REFERENCES organisation (id);
    CREATE TABLE organisation_fact (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      organisation TEXT NOT NULL REFERENCES organisation (id),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      name TEXT CHECK (length(name) > 0),
      short TEXT,
      level TEXT CHECK (level IN ('', 'central', 'province', 'unit')),
      place TEXT,
      email TEXT,
      same_as TEXT REFERENCES organisation (id) CHECK (same_as <> organisation)
    ) STRICT;
    CREATE INDEX organisation_fact_by_command ON organisation_fact (command);
    ALTER TABLE person ADD COLUMN merged_into TEXT REFERENCES person (uid);
    CREATE TABLE person_fact (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      person TEXT NOT NULL REFERENCES person (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      name TEXT CHECK (length(name) > 0),
      sort_name TEXT,
      organisation TEXT,
      email TEXT,
      login TEXT,
      left_on TEXT CHECK (length(left_on) IN (0, 10)),
      merged_into TEXT REFERENCES person (uid) CHECK (merged_into <> person)
    ) STRICT;
    CREATE INDEX person_fact_by_command ON person_fact (command);
    INSERT INTO person_fact (uid, command, person, recorded_at, name, sort_name, organisation)
      SELECT uid, command, person, recorded_at, name, sort_name, organisation FROM person_name;
    DROP TABLE person_name;
    """
    + guards("organisation_fact")
    + guards("person_fact")
    + """
    CREATE VIEW v_assignment AS
      SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS task, h.role, h.party,
             COALESCE(o.name, h.party) AS name
      FROM holder AS h JOIN task AS t ON t.uid = h.task AND t.counted = 1
      LEFT JOIN organisation AS o ON o.id = h.party AND h.role <> 'in_charge'
      WHERE h.last_day = '9999-12-31' AND h.role IN ('lead', 'coordinating', 'in_charge');
    CREATE TABLE part (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      task TEXT NOT NULL REFERENCES task (uid),
      nth INTEGER NOT NULL CHECK (nth > 0),
      on_day TEXT NOT NULL CHECK (length(on_day) = 10),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      text TEXT CHECK (length(text) > 0),
      is_done INTEGER NOT NULL CHECK (is_done IN (0, 1))
    ) STRICT;
    CREATE INDEX part_in_order ON part (task, on_day, recorded_at, uid);
    CREATE INDEX part_by_command ON part (command);
    """
    + guards("part")
    + """
    CREATE TABLE saved_filter (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      name TEXT NOT NULL CHECK (length(name) > 0),
      terms TEXT NOT NULL
    ) STRICT;
    """
    + guards("saved_filter")
    + _ledger_of("'weekly', 'report', 'remind'")
)
TO_7: Final = (
    """
    DROP VIEW v_task;
    DROP VIEW v_status_update;
    ALTER TABLE task ADD COLUMN budget INTEGER CHECK (budget >= 0);
    ALTER TABLE task ADD COLUMN budget_source TEXT;
    ALTER TABLE task ADD COLUMN document_number TEXT;
    ALTER TABLE task ADD COLUMN document_day TEXT CHECK (length(document_day) = 10);
    ALTER TABLE task ADD COLUMN document_issuer TEXT;
    ALTER TABLE task ADD COLUMN document_subject TEXT;
    ALTER TABLE task ADD COLUMN allocated INTEGER;
    ALTER TABLE task ADD COLUMN spent INTEGER;
    ALTER TABLE task_past ADD COLUMN allocated INTEGER;
    ALTER TABLE task_past ADD COLUMN spent INTEGER;
    ALTER TABLE status_update ADD COLUMN allocated INTEGER CHECK (allocated >= 0);
    ALTER TABLE status_update ADD COLUMN spent INTEGER CHECK (spent >= 0);
    CREATE VIEW v_task AS
      SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS label, t.plan, t.area,
             a.title AS area_title, t.activity, t.title, t.status, t.percent, t.start_day, t.due, t.first_due,
             t.completed_on, t.lead, t.coordinating, t.in_charge, t.blocked, t.priority, t.deliverable,
             t.tags, t.places, t.opened_on, t.updated_on, t.budget, t.budget_source, t.allocated, t.spent,
             t.document_number, t.document_day, t.document_issuer, t.document_subject
      FROM task AS t JOIN area AS a ON a.plan = t.plan AND a.code = t.area
      WHERE t.counted = 1;
    CREATE VIEW v_status_update AS
      SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS label, t.title, u.on_day,
             u.status, u.percent, u.result, u.next_step, u.blocked, u.unblocked, u.proposal, u.answered,
             u.reason, u.allocated, u.spent, u.told_by, c.author, u.recorded_at, 'c' || c.number AS command,
             (SELECT 'c' || w.by_number FROM withdrawn_command AS w WHERE w.command = u.command) AS withdrawn_by
      FROM status_update AS u JOIN task AS t ON t.uid = u.task JOIN command AS c ON c.uid = u.command;
    CREATE TABLE imported_row (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      plan TEXT NOT NULL REFERENCES plan (id),
      kind TEXT NOT NULL CHECK (kind IN ('task', 'update', 'person', 'indicator')),
      source TEXT NOT NULL DEFAULT '',
      key TEXT NOT NULL CHECK (length(key) > 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      task TEXT REFERENCES task (uid)
    ) STRICT;
    CREATE INDEX imported_row_by_key ON imported_row (plan, kind, source, key);
    CREATE INDEX imported_row_by_command ON imported_row (command);
    CREATE TABLE import_mapping (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      name TEXT NOT NULL CHECK (length(name) > 0),
      kind TEXT NOT NULL CHECK (kind IN ('task', 'update', 'person', 'indicator')),
      columns TEXT NOT NULL
    ) STRICT;
    CREATE TABLE form (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      plan TEXT NOT NULL REFERENCES plan (id),
      organisation TEXT NOT NULL REFERENCES organisation (id),
      period TEXT NOT NULL,
      closing_day TEXT NOT NULL CHECK (length(closing_day) = 10),
      selection TEXT NOT NULL DEFAULT '',
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      author TEXT,
      tasks INTEGER NOT NULL CHECK (tasks >= 0)
    ) STRICT;
    CREATE INDEX form_by_period ON form (plan, period, organisation);
    CREATE TABLE form_reading (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      form TEXT NOT NULL REFERENCES form (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      file TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
    ) STRICT;
    CREATE INDEX form_reading_of ON form_reading (form);
    CREATE INDEX form_reading_by_command ON form_reading (command);
    """
    + guards("imported_row")
    + guards("import_mapping")
    + guards("form")
    + guards("form_reading")
    + _ledger_of(_OF_7)
)
TO_8: Final = (
    """
    CREATE TABLE seal (
      command TEXT PRIMARY KEY REFERENCES command (uid),
      hash TEXT NOT NULL CHECK (length(hash) = 64),
      row_hashes TEXT NOT NULL,
      later INTEGER NOT NULL DEFAULT 0 CHECK (later IN (0, 1))
    ) STRICT;
    CREATE TABLE salt (who TEXT PRIMARY KEY, salt TEXT NOT NULL CHECK (length(salt) = 32)) STRICT;
    CREATE TABLE restoration (
      command TEXT PRIMARY KEY REFERENCES command (uid),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      commands INTEGER NOT NULL CHECK (commands >= 0),
      tasks INTEGER NOT NULL CHECK (tasks >= 0),
      file TEXT NOT NULL,
      kept TEXT
    ) STRICT;
    CREATE INDEX plan_revision_by_command ON plan_revision (command);
    CREATE INDEX person_by_command ON person (command);
    """
    + guards("seal")
    + guards("restoration")
    + _with_hash(
        "meta",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, "
        "row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)) STRICT;",
    )
    + _with_hash(
        "form",
        """
        CREATE TABLE form (
          uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
          plan TEXT NOT NULL REFERENCES plan (id),
          organisation TEXT NOT NULL REFERENCES organisation (id),
          period TEXT NOT NULL,
          closing_day TEXT NOT NULL CHECK (length(closing_day) = 10),
          selection TEXT NOT NULL DEFAULT '',
          recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
          author TEXT,
          tasks INTEGER NOT NULL CHECK (tasks >= 0),
          row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)
        ) STRICT;
        CREATE INDEX form_by_period ON form (plan, period, organisation);
        """
        + guards("form"),
    )
    + _with_hash("delivery", _delivery(_OF_7, ", row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)"))
)
TO_9: Final = (
    """
    CREATE TABLE arrival (
      arrived TEXT PRIMARY KEY REFERENCES command (uid),
      command TEXT NOT NULL REFERENCES command (uid) CHECK (command <> arrived),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24)
    ) STRICT;
    CREATE INDEX arrival_by_command ON arrival (command);
    CREATE INDEX arrival_by_moment ON arrival (recorded_at, arrived);
    CREATE TABLE member_fact (
      uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
      command TEXT NOT NULL REFERENCES command (uid),
      login TEXT NOT NULL CHECK (length(login) > 0),
      recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
      server_role TEXT NOT NULL CHECK (server_role IN ('', 'viewer', 'reporter', 'coordinator')),
      organisation TEXT REFERENCES organisation (id)
    ) STRICT;
    CREATE INDEX member_fact_by_command ON member_fact (command);
    CREATE TABLE member (
      login TEXT PRIMARY KEY CHECK (length(login) > 0),
      server_role TEXT NOT NULL CHECK (server_role IN ('viewer', 'reporter', 'coordinator')),
      organisation TEXT REFERENCES organisation (id)
    ) STRICT;
    ALTER TABLE status_update ADD COLUMN base TEXT CHECK (length(base) = 26);
    ALTER TABLE organisation ADD COLUMN parent TEXT;
    """
    + guards("arrival")
    + guards("member_fact")
)
