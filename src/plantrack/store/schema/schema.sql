-- The tables of plantrack. A command that changes something is one row of `command` with its facts under
-- it; facts are never changed or deleted, and name it by its uid. What is derived follows from facts, is written
-- in the same transaction, and can be made anew; each table says which of the two it holds.
-- Days are YYYY-MM-DD, moments YYYY-MM-DDTHH:MM:SS.mmmZ (UTC).
-- One text for every engine: what they call differently stands in braces.

-- Neither: what the file is (its id, its site, whether an example or moved elsewhere) and what was last done for it (JSON), and the last number that
-- was given of a kind. `row_hash`, here and below: of what a row says that no seal stands for.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)
){strict};
CREATE TABLE counter (name TEXT PRIMARY KEY, used INTEGER NOT NULL){strict};

-- Facts. `number` is a label of this database (c12); commands follow one another by `recorded_at`.
CREATE TABLE command (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  site TEXT NOT NULL DEFAULT '',
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  verb TEXT NOT NULL,
  author TEXT NOT NULL CHECK (length(author) > 0),
  -- Who typed it, where that was not the author; `login`: as whom the machine knows them. Null: not known.
  entered_by TEXT,
  login TEXT,
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  UNIQUE (recorded_at, site)
){strict};
CREATE INDEX command_by_author ON command (author, recorded_at, number);
-- Facts. What shows that history is as it was recorded: a seal a command, each over the one before and all that the
-- command says. `row_hashes`: the beginnings of the hashes of its rows, by table, to name one that is other; `later` 1:
-- made at an upgrade, over what stood there then.
CREATE TABLE seal (
  command TEXT PRIMARY KEY REFERENCES command (uid),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  row_hashes TEXT NOT NULL,
  later INTEGER NOT NULL DEFAULT 0 CHECK (later IN (0, 1))
){strict};
-- Facts. What names of people, their addresses and logins are hashed with, so that they can be forgotten and the seals
-- stay true: who has neither name nor salt cannot tell whose hash it is.
CREATE TABLE salt (who TEXT PRIMARY KEY, salt TEXT NOT NULL CHECK (length(salt) = 32)){strict};
-- Facts. A backup took the place of the database. Numbers go on after `commands` and `tasks`, the last ones that were
-- given until then; `kept`: the name under which what was there is kept.
CREATE TABLE restoration (
  command TEXT PRIMARY KEY REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  commands INTEGER NOT NULL CHECK (commands >= 0),
  tasks INTEGER NOT NULL CHECK (tasks >= 0),
  file TEXT NOT NULL,
  kept TEXT
){strict};
-- Facts, of the command that took in a bundle: the commands that came with it, from another site.
CREATE TABLE arrival (
  arrived TEXT PRIMARY KEY REFERENCES command (uid),
  command TEXT NOT NULL REFERENCES command (uid) CHECK (command <> arrived),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24)
){strict};
CREATE INDEX arrival_by_command ON arrival (command);
CREATE INDEX arrival_by_moment ON arrival (recorded_at, arrived);
-- Facts. An undo: the command `command` takes back the command `target`.
CREATE TABLE withdrawal (
  command TEXT PRIMARY KEY REFERENCES command (uid),
  target TEXT NOT NULL REFERENCES command (uid) CHECK (target <> command),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24)
){strict};
CREATE INDEX withdrawal_of ON withdrawal (target);
-- Derived: the commands that do not count, each with the number of the undo that took it back.
CREATE TABLE withdrawn_command (
  command TEXT PRIMARY KEY REFERENCES command (uid),
  by_number INTEGER NOT NULL REFERENCES command (number)
){strict};

-- Derived: which plans there are, each with its current revision.
CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  revision INTEGER NOT NULL CHECK (revision > 0)
){strict};
-- Facts. The plan as it was applied: `content` is the plan as JSON, `document` the file to the letter.
CREATE TABLE plan_revision (
  plan TEXT NOT NULL REFERENCES plan (id),
  revision INTEGER NOT NULL CHECK (revision > 0),
  command TEXT NOT NULL REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  git_commit TEXT,
  dirty INTEGER CHECK (dirty IN (0, 1)),
  content TEXT NOT NULL,
  document TEXT NOT NULL,
  reason TEXT,
  -- How many warnings its files had; null: not known.
  warnings INTEGER,
  PRIMARY KEY (plan, revision)
){strict};
CREATE INDEX plan_revision_by_command ON plan_revision (command);
-- Facts, of the revision's command. The files that a revision includes, as they were.
CREATE TABLE plan_include (
  plan TEXT NOT NULL,
  revision INTEGER NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  PRIMARY KEY (plan, revision, file),
  FOREIGN KEY (plan, revision) REFERENCES plan_revision (plan, revision)
){strict};
-- Derived, like the two tables after it: mirrors of the current revision, for keys and readers.
-- `in_plan` 0: no longer in the file, kept for old work.
CREATE TABLE area (
  plan TEXT NOT NULL REFERENCES plan (id),
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  in_plan INTEGER NOT NULL CHECK (in_plan IN (0, 1)),
  PRIMARY KEY (plan, code)
){strict};
CREATE TABLE activity (
  plan TEXT NOT NULL,
  code TEXT NOT NULL,
  area TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  in_plan INTEGER NOT NULL CHECK (in_plan IN (0, 1)),
  PRIMARY KEY (plan, code),
  FOREIGN KEY (plan, area) REFERENCES area (plan, code)
){strict};
-- Those that were only recorded too: `in_plan` 0, until a plan has them. `same_as`: the id of which it is another one;
-- `parent`: the id of that of which it is a unit.
CREATE TABLE organisation (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  short TEXT,
  valid_from TEXT CHECK (length(valid_from) = 10),
  valid_to TEXT CHECK (length(valid_to) = 10),
  in_plan INTEGER NOT NULL DEFAULT 1 CHECK (in_plan IN (0, 1)),
  same_as TEXT REFERENCES organisation (id),
  parent TEXT
){strict};
-- Facts: what is said of an organisation beside the plans; null: nothing, empty: no longer. Of each column the last
-- value counts that was not taken back.
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
){strict};
CREATE INDEX organisation_fact_by_command ON organisation_fact (command);
-- Facts, but for what is derived. `label`: the name that stands, told apart from others of that name; the uid of one
-- who was merged or forgotten. `merged_into`: whom these are now.
CREATE TABLE person (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  label TEXT NOT NULL UNIQUE CHECK (length(label) > 0),
  merged_into TEXT REFERENCES person (uid)
){strict};
CREATE INDEX person_by_command ON person (command);
-- Facts: what is said of a person, as of an organisation; who was ever given a role keeps the name they came with.
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
){strict};
CREATE INDEX person_fact_by_command ON person_fact (command);

-- Facts: which role a login has on the server, and for which organisation; an empty role: none any more.
CREATE TABLE member_fact (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  login TEXT NOT NULL CHECK (length(login) > 0),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  server_role TEXT NOT NULL CHECK (server_role IN ('', 'viewer', 'reporter', 'coordinator')),
  organisation TEXT REFERENCES organisation (id)
){strict};
CREATE INDEX member_fact_by_command ON member_fact (command);
-- Derived: the roles that logins have now.
CREATE TABLE member (
  login TEXT PRIMARY KEY CHECK (length(login) > 0),
  server_role TEXT NOT NULL CHECK (server_role IN ('viewer', 'reporter', 'coordinator')),
  organisation TEXT REFERENCES organisation (id)
){strict};

-- Facts of the command that opened a task, as later ones corrected them (`change` has what they were), and beside
-- them what is derived. Lists (tags, places, lead ...) are joined by ", ": none of their members can hold a comma.
CREATE TABLE task (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  site TEXT NOT NULL DEFAULT '',
  number INTEGER NOT NULL CHECK (number > 0),
  plan TEXT NOT NULL REFERENCES plan (id),
  command TEXT NOT NULL REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  area TEXT NOT NULL,
  activity TEXT,
  title TEXT NOT NULL CHECK (length(title) > 0),
  title_en TEXT,
  start_day TEXT CHECK (length(start_day) = 10),
  priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  deliverable TEXT,
  deliverable_en TEXT,
  tags TEXT NOT NULL DEFAULT '',
  places TEXT NOT NULL DEFAULT '',
  follows TEXT NOT NULL DEFAULT '',
  opened_on TEXT NOT NULL CHECK (length(opened_on) = 10),
  removed TEXT,
  -- From here on derived from the facts, in the transaction that adds one. The title, without tones and case:
  title_key TEXT NOT NULL DEFAULT '',
  counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),
  -- The first day of the stretch that stands here: the opening, or the last update or extension.
  settled_on TEXT NOT NULL CHECK (length(settled_on) = 10),
  status TEXT NOT NULL DEFAULT 'not_started' CHECK (status IN
    ('not_started', 'in_progress', 'submitted', 'done', 'paused', 'dropped', 'carried_over')),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  blocked TEXT,
  blocked_since TEXT CHECK (length(blocked_since) = 10),
  due TEXT CHECK (length(due) = 10),
  due_text TEXT,
  first_due TEXT CHECK (length(first_due) = 10),
  completed_on TEXT CHECK (length(completed_on) = 10),
  lead TEXT NOT NULL DEFAULT '',
  coordinating TEXT NOT NULL DEFAULT '',
  in_charge TEXT NOT NULL DEFAULT '',
  updated_on TEXT CHECK (length(updated_on) = 10),
  -- The task's own again: the task of an earlier plan that this one goes on with.
  carried_from TEXT REFERENCES task (uid),
  -- Of recurring work: the step, until which day (null: the plan's last), the due day whose place in its month the
  -- steps keep; the first task of the series, and the due days after its own that were let go when it was closed.
  every TEXT CHECK (every IN ('week', 'month', 'quarter', 'half', 'year', 'closing')),
  every_until TEXT CHECK (length(every_until) = 10),
  every_from TEXT CHECK (length(every_from) = 10),
  occurrence_of TEXT REFERENCES task (uid),
  fell_out TEXT NOT NULL DEFAULT '',
  -- The tasks of its plan that come before it, by uid, joined.
  after TEXT NOT NULL DEFAULT '',
  -- What the work may cost, in whole đồng, and from where the money comes.
  budget {int64} CHECK (budget >= 0),
  budget_source TEXT,
  -- The paper that gave the task: "123/UBDT-TH", its day, who issued it, what it is about.
  document_number TEXT,
  document_day TEXT CHECK (length(document_day) = 10),
  document_issuer TEXT,
  document_subject TEXT,
  -- Derived: what was allocated and spent by now, in whole đồng.
  allocated {int64},
  spent {int64},
  UNIQUE (site, number),
  FOREIGN KEY (plan, area) REFERENCES area (plan, code),
  FOREIGN KEY (plan, activity) REFERENCES activity (plan, code)
){strict};
CREATE INDEX task_by_plan ON task (plan, due, number);
CREATE INDEX task_by_activity ON task (plan, activity, counted, is_open, number, uid);
CREATE INDEX task_by_command ON task (command);
CREATE INDEX task_by_title ON task (plan, title_key, site, number) WHERE is_open = 1;
CREATE INDEX task_carried ON task (carried_from) WHERE carried_from IS NOT NULL;
CREATE INDEX task_series ON task (occurrence_of, number) WHERE occurrence_of IS NOT NULL;
-- What is open, by due day, and what is counted, by area: each with all that is asked of it.
CREATE INDEX task_open ON task (plan, is_open, counted, (COALESCE(due, '9999')), site, number, area, activity,
  status, priority, blocked_since, updated_on, opened_on);
CREATE INDEX task_count ON task (plan, counted, area, status, due, completed_on, blocked_since, updated_on,
  opened_on, settled_on, activity, occurrence_of, uid);

-- Derived: a task's days before `settled_on`; within a stretch nothing was said and no deadline moved.
CREATE TABLE task_past (
  task TEXT NOT NULL REFERENCES task (uid),
  first_day TEXT NOT NULL CHECK (length(first_day) = 10),
  last_day TEXT NOT NULL CHECK (length(last_day) = 10),
  status TEXT NOT NULL CHECK (status IN
    ('not_started', 'in_progress', 'submitted', 'done', 'paused', 'dropped', 'carried_over')),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  blocked TEXT,
  blocked_since TEXT CHECK (length(blocked_since) = 10),
  completed_on TEXT CHECK (length(completed_on) = 10),
  updated_on TEXT CHECK (length(updated_on) = 10),
  due TEXT CHECK (length(due) = 10),
  due_text TEXT,
  first_due TEXT CHECK (length(first_due) = 10),
  allocated {int64},
  spent {int64},
  PRIMARY KEY (task, first_day)
){strict};
CREATE INDEX task_past_on ON task_past (last_day, first_day, task);
-- Derived: who has which role in a task on which days; its places and tags too, as words are compared, and
-- the tasks (uid) that come before it.
CREATE TABLE holder (
  task TEXT NOT NULL REFERENCES task (uid),
  role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating', 'in_charge', 'place', 'tag', 'after')),
  party TEXT NOT NULL,
  first_day TEXT NOT NULL CHECK (length(first_day) = 10),
  last_day TEXT NOT NULL CHECK (length(last_day) = 10),
  PRIMARY KEY (task, role, party, first_day)
){strict};
CREATE INDEX holder_by_party ON holder (party, role, last_day, first_day, task);

-- Facts.
CREATE TABLE status_update (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  task TEXT NOT NULL REFERENCES task (uid),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  told_by TEXT,
  status TEXT CHECK (status IN
    ('not_started', 'in_progress', 'submitted', 'done', 'paused', 'dropped', 'carried_over')),
  percent INTEGER CHECK (percent BETWEEN 0 AND 100),
  result TEXT,
  next_step TEXT,
  blocked TEXT,
  unblocked INTEGER NOT NULL DEFAULT 0 CHECK (unblocked IN (0, 1)),
  proposal TEXT,
  answered TEXT,
  reason TEXT,
  -- What was allocated to the work and spent on it in all up to that day, in whole đồng.
  allocated {int64} CHECK (allocated >= 0),
  spent {int64} CHECK (spent >= 0),
  note TEXT,
  evidence TEXT,
  -- The update on which it was made: the last one of its task that its writer saw. Null: none, or not known.
  base TEXT CHECK (length(base) = 26)
){strict};
CREATE INDEX status_update_in_order ON status_update (task, on_day, recorded_at, uid);
-- What reports look for: the last next step or difficulty of a task, and proposals with their answers.
CREATE INDEX status_update_next ON status_update (task, on_day, recorded_at, uid) WHERE next_step IS NOT NULL;
CREATE INDEX status_update_blocked ON status_update (task, on_day, recorded_at, uid) WHERE blocked IS NOT NULL;
CREATE INDEX status_update_proposal ON status_update (task, on_day, recorded_at, uid)
  WHERE proposal IS NOT NULL OR answered IS NOT NULL;
CREATE INDEX status_update_by_day ON status_update (on_day, task, command);
CREATE INDEX status_update_by_command ON status_update (command);
CREATE INDEX status_update_by_moment ON status_update (recorded_at, on_day, task, command);

-- Derived: what search looks in. `part` names the texts: a title of the task, or the update that says them; `words`
-- are theirs without tones, case and signs, a space before each, " |" between two texts. An index of the words is
-- each engine's own: on SQLite the table `search_fts`, which triggers keep.
CREATE TABLE search (
  id INTEGER PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (uid),
  part TEXT NOT NULL,
  words TEXT NOT NULL,
  UNIQUE (task, part)
){strict};

-- Facts. `on_day` null: a correction, which holds from the opening; else an extension from that day on.
CREATE TABLE deadline (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  task TEXT NOT NULL REFERENCES task (uid),
  on_day TEXT CHECK (length(on_day) = 10),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  due TEXT CHECK (length(due) = 10),
  due_text TEXT,
  reason TEXT
){strict};
CREATE INDEX deadline_by_task ON deadline (task, recorded_at, uid);
CREATE INDEX deadline_extended ON deadline (on_day) WHERE on_day IS NOT NULL;
CREATE INDEX deadline_by_moment ON deadline (recorded_at);
CREATE INDEX deadline_by_command ON deadline (command);

-- Facts. `on_day` null: given with the opening, or a correction since: from the opening, wherever that moves.
CREATE TABLE assignment (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  task TEXT NOT NULL REFERENCES task (uid),
  role TEXT NOT NULL CHECK (role IN ('lead', 'coordinating', 'in_charge')),
  organisation TEXT REFERENCES organisation (id),
  person TEXT REFERENCES person (uid),
  on_day TEXT CHECK (length(on_day) = 10),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  -- 1: takes the role from that day on; 0: leaves it.
  holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
  CHECK ((role = 'in_charge' AND person IS NOT NULL AND organisation IS NULL)
      OR (role <> 'in_charge' AND organisation IS NOT NULL AND person IS NULL))
){strict};
CREATE INDEX assignment_by_task ON assignment (task, (COALESCE(on_day, '')), recorded_at, uid);
CREATE INDEX assignment_by_command ON assignment (command);

-- Facts. A part of a task's checklist comes (`text`), or is done or not from a day on. `nth` is its number in the
-- task, never given twice.
CREATE TABLE part (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  task TEXT NOT NULL REFERENCES task (uid),
  nth INTEGER NOT NULL CHECK (nth > 0),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  text TEXT CHECK (length(text) > 0),
  is_done INTEGER NOT NULL CHECK (is_done IN (0, 1))
){strict};
CREATE INDEX part_in_order ON part (task, on_day, recorded_at, uid);
CREATE INDEX part_by_command ON part (command);

-- Facts. A correction of another field of a task. Undo adds the change back.
CREATE TABLE change (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  task TEXT NOT NULL REFERENCES task (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  field TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT
){strict};
CREATE INDEX change_by_task ON change (task, field, recorded_at);
CREATE INDEX change_by_command ON change (command);
CREATE INDEX change_by_moment ON change (recorded_at);

-- Facts. What was measured of an indicator of the plan for a period, in all or for some labels (sex, place …):
-- the last value counts.
CREATE TABLE indicator_value (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  plan TEXT NOT NULL REFERENCES plan (id),
  indicator TEXT NOT NULL,
  period TEXT NOT NULL,
  -- Joined by ", "; empty: in all.
  labels TEXT NOT NULL DEFAULT '',
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  -- The value is `digits` with the point moved `scale` places to the left: 12.5 is 125 and 1.
  digits {int64} NOT NULL,
  scale INTEGER NOT NULL,
  told_by TEXT,
  note TEXT
){strict};
CREATE INDEX indicator_value_in_order ON indicator_value (plan, indicator, on_day, recorded_at, uid);
CREATE INDEX indicator_value_by_command ON indicator_value (command);

-- Facts. A filter that was kept under a name, for every plan: its terms as they were typed, one a line; empty: the
-- name was given up. Of a name the last one that was not taken back counts.
CREATE TABLE saved_filter (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  name TEXT NOT NULL CHECK (length(name) > 0),
  terms TEXT NOT NULL
){strict};

-- Facts. A row of a file that was imported, so that it is not imported again while its command counts: from which
-- source (the name of a mapping, or a form; empty: any file), what names the row there (the value of a key column, else
-- the sha256), and the sha256 of what it said. `task`: the one that it opened or speaks of.
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
){strict};
CREATE INDEX imported_row_by_key ON imported_row (plan, kind, source, key);
CREATE INDEX imported_row_by_command ON imported_row (command);
-- Facts. Which column of a file is which field, kept under a name, for every plan: JSON, heading to field; empty: the
-- name was given up. Of a name the last one that was not taken back counts.
CREATE TABLE import_mapping (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  name TEXT NOT NULL CHECK (length(name) > 0),
  kind TEXT NOT NULL CHECK (kind IN ('task', 'update', 'person', 'indicator')),
  columns TEXT NOT NULL
){strict};

-- Facts without a command: making one changes nothing that a plan says. The forms that were made for organisations, to
-- be filled in; `selection`: the filter, empty: all its open tasks.
CREATE TABLE form (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  plan TEXT NOT NULL REFERENCES plan (id),
  organisation TEXT NOT NULL REFERENCES organisation (id),
  period TEXT NOT NULL,
  -- The day that an empty day in it stands for.
  closing_day TEXT NOT NULL CHECK (length(closing_day) = 10),
  selection TEXT NOT NULL DEFAULT '',
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  author TEXT,
  -- How many tasks it asks of.
  tasks INTEGER NOT NULL CHECK (tasks >= 0),
  row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)
){strict};
CREATE INDEX form_by_period ON form (plan, period, organisation);
-- Facts. A form came back and was read; its rows are `imported_row`, of the source with the form's uid.
CREATE TABLE form_reading (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  command TEXT NOT NULL REFERENCES command (uid),
  form TEXT NOT NULL REFERENCES form (uid),
  recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
){strict};
CREATE INDEX form_reading_of ON form_reading (form);
CREATE INDEX form_reading_by_command ON form_reading (command);

-- Facts without a command: sending changes nothing that a plan says, so it takes no number. Reports sent by mail,
-- one row for each address: what the server took (`accepted` 1), and the first time that one failed (0).
CREATE TABLE delivery (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 26),
  plan TEXT NOT NULL REFERENCES plan (id),
  kind TEXT NOT NULL CHECK (kind IN ('weekly', 'report', 'remind', 'form')),
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
  author TEXT,
  row_hash TEXT NOT NULL CHECK (length(row_hash) = 64)
){strict};
CREATE INDEX delivery_by_report ON delivery (plan, kind, period, selection, address);

-- For people who open the file in Datasette or the sqlite3 shell. Nothing in the program reads these.
CREATE VIEW v_task AS
  SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS label, t.plan, t.area,
         a.title AS area_title, t.activity, t.title, t.status, t.percent, t.start_day, t.due, t.first_due,
         t.completed_on, t.lead, t.coordinating, t.in_charge, t.blocked, t.priority, t.deliverable,
         t.tags, t.places, t.opened_on, t.updated_on, t.budget, t.budget_source, t.allocated, t.spent,
         t.document_number, t.document_day, t.document_issuer, t.document_subject
  FROM task AS t JOIN area AS a ON a.plan = t.plan AND a.code = t.area
  WHERE t.counted = 1;
-- Who has which role now; `party`: the id of an organisation, or the name of a person.
CREATE VIEW v_assignment AS
  SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS task, h.role, h.party,
         COALESCE(o.name, h.party) AS name
  FROM holder AS h JOIN task AS t ON t.uid = h.task AND t.counted = 1
  LEFT JOIN organisation AS o ON o.id = h.party AND h.role <> 'in_charge'
  WHERE h.last_day = '9999-12-31' AND h.role IN ('lead', 'coordinating', 'in_charge');
CREATE VIEW v_progress_by_area AS
  SELECT a.plan, a.code AS area, a.title, COUNT(t.uid) AS total,
         COUNT(*) FILTER (WHERE t.status = 'not_started') AS not_started,
         COUNT(*) FILTER (WHERE t.status = 'in_progress') AS in_progress,
         COUNT(*) FILTER (WHERE t.status = 'submitted') AS submitted,
         COUNT(*) FILTER (WHERE t.status = 'done') AS done,
         COUNT(*) FILTER (WHERE t.status = 'paused') AS paused,
         COUNT(*) FILTER (WHERE t.status = 'dropped') AS dropped,
         COUNT(*) FILTER (WHERE t.status = 'carried_over') AS carried_over,
         COUNT(*) FILTER (WHERE t.blocked IS NOT NULL AND t.status IN
           ('not_started', 'in_progress', 'submitted', 'paused')) AS blocked
  FROM area AS a LEFT JOIN task AS t ON t.plan = a.plan AND t.area = a.code AND t.counted = 1
  GROUP BY a.plan, a.code, a.title;
CREATE VIEW v_status_update AS
  SELECT CASE WHEN t.site = '' THEN '' ELSE t.site || '-' END || t.number AS label, t.title, u.on_day,
         u.status, u.percent, u.result, u.next_step, u.blocked, u.unblocked, u.proposal, u.answered,
         u.reason, u.allocated, u.spent, u.told_by, c.author, u.recorded_at, 'c' || c.number AS command,
         (SELECT 'c' || w.by_number FROM withdrawn_command AS w WHERE w.command = u.command) AS withdrawn_by
  FROM status_update AS u JOIN task AS t ON t.uid = u.task JOIN command AS c ON c.uid = u.command;
