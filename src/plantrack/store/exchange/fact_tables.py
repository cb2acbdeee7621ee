"""The tables of facts in the order in which an export has them, each with its columns: the one list of what is kept.

What stands in no export is derived (`soundness.DERIVED_PARTS`) or neither (`NEITHER`); a test holds that a column of
the schema is in just one of the three.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.task_rows import DERIVED, TaskRow

#: The tables that say nothing of the work: what the file is, and the last numbers, which the head of an export has.
NEITHER: Final = ("meta", "counter")
#: What facts are of, so that those of some tasks can be found.
Owner = Literal["tasks", "plans", "organisations", "people", "commands"]


class FactTable(NamedTuple):
    """A table of facts; its name is the type of its lines."""

    name: str
    columns: tuple[str, ...]
    #: The columns by which its rows are ordered, no two alike: a uid, which every engine orders alike, or several, of
    #: which some are texts.
    key: tuple[str, ...] = ("uid",)
    #: The column that names what a row is of; None: a part of the facts has none of these.
    of: tuple[str, Owner] | None = None
    #: The columns that all may read; a public copy has no others, and of a table without any nothing.
    public: tuple[str, ...] = ()
    #: What of the rows `f` a public copy has, besides that they were not taken back.
    standing: str = ""
    #: What a new row has in derived columns that may not be empty, until they are derived: the values of others.
    stubs: Mapping[str, str] = MappingProxyType({})

    def with_stubs(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row is inserted with."""
        return {**row, **{name: row[other] for name, other in self.stubs.items()}}


def _except(columns: tuple[str, ...], *private: str) -> tuple[str, ...]:
    """Return the columns that all may read: not who recorded something, nor what is named."""
    return tuple(name for name in columns if name not in ("command", *private))


_BY_COMMAND: Final = ("uid", "command")
_COMMAND: Final = ("uid", "site", "number", "verb", "author", "entered_by", "login", "recorded_at")
_PLAN_REVISION: Final = (
    *("plan", "revision", "command", "recorded_at", "file", "sha256", "git_commit", "dirty"),
    *("content", "document", "reason", "warnings"),
)
_ORGANISATION_FACT: Final = (
    *_BY_COMMAND,
    *("organisation", "recorded_at", "name", "short", "level", "place", "email", "same_as"),
)
_PERSON_FACT: Final = (
    *_BY_COMMAND,
    *("person", "recorded_at", "name", "sort_name", "organisation", "email", "login", "left_on"),
    "merged_into",
)
_TASK: Final = tuple(name for name in TaskRow._fields if name not in DERIVED)
_STATUS_UPDATE: Final = (
    *_BY_COMMAND,
    *("task", "on_day", "recorded_at", "told_by", "status", "percent", "result", "next_step"),
    *("blocked", "unblocked", "proposal", "answered", "reason", "allocated", "spent", "note"),
    *("evidence", "base"),
)
_DEADLINE: Final = (*_BY_COMMAND, "task", "on_day", "recorded_at", "due", "due_text", "reason")
_ASSIGNMENT: Final = (
    *_BY_COMMAND,
    *("task", "role", "organisation", "person", "on_day", "recorded_at", "holds"),
)
_PART: Final = (*_BY_COMMAND, "task", "nth", "on_day", "recorded_at", "text", "is_done")
_CHANGE: Final = (*_BY_COMMAND, "task", "recorded_at", "field", "old_value", "new_value")
_INDICATOR_VALUE: Final = (
    *_BY_COMMAND,
    *("plan", "indicator", "period", "labels", "on_day", "recorded_at", "digits", "scale"),
    *("told_by", "note"),
)
_IMPORTED_ROW: Final = (*_BY_COMMAND, "recorded_at", "plan", "kind", "source", "key", "sha256", "task")
_FORM: Final = (
    *("uid", "plan", "organisation", "period", "closing_day", "selection", "recorded_at", "author"),
    *("tasks", "row_hash"),
)
_DELIVERY: Final = (
    *("uid", "plan", "kind", "period", "as_of", "whole", "selection", "address", "accepted"),
    *("recorded_at", "sha256", "message_id", "reply", "author", "row_hash"),
)
#: In this order; what others name comes before them.
FACT_TABLES: Final = (
    FactTable("salt", ("who", "salt"), ("who",)),
    FactTable("command", _COMMAND, of=("uid", "commands")),
    FactTable("withdrawal", ("command", "target", "recorded_at"), ("command",), of=("command", "commands")),
    FactTable(
        "plan_revision",
        _PLAN_REVISION,
        ("plan", "revision"),
        of=("plan", "plans"),
        public=("plan", "revision", "recorded_at", "sha256", "content"),
        standing="f.revision = (SELECT p.revision FROM plan AS p WHERE p.id = f.plan)",
    ),
    FactTable(
        "plan_include",
        ("plan", "revision", "file", "sha256"),
        ("plan", "revision", "file"),
        of=("plan", "plans"),
    ),
    FactTable(
        "organisation_fact",
        _ORGANISATION_FACT,
        of=("organisation", "organisations"),
        public=_except(_ORGANISATION_FACT, "email"),
    ),
    FactTable("person", (*_BY_COMMAND, "recorded_at"), of=("uid", "people"), stubs={"label": "uid"}),
    FactTable("person_fact", _PERSON_FACT, of=("person", "people")),
    FactTable(
        "task",
        _TASK,
        of=("uid", "tasks"),
        public=_except(_TASK, "removed"),
        stubs={"settled_on": "opened_on"},
    ),
    FactTable(
        "status_update",
        _STATUS_UPDATE,
        of=("task", "tasks"),
        public=_except(_STATUS_UPDATE, "told_by", "note", "evidence", "base"),
    ),
    FactTable("deadline", _DEADLINE, of=("task", "tasks"), public=_except(_DEADLINE)),
    FactTable(
        "assignment",
        _ASSIGNMENT,
        of=("task", "tasks"),
        public=_except(_ASSIGNMENT, "person"),
        standing="f.person IS NULL",
    ),
    FactTable("part", _PART, of=("task", "tasks"), public=_except(_PART)),
    FactTable("change", _CHANGE, of=("task", "tasks")),
    FactTable("indicator_value", _INDICATOR_VALUE),
    FactTable("saved_filter", (*_BY_COMMAND, "recorded_at", "name", "terms")),
    FactTable("imported_row", _IMPORTED_ROW, of=("task", "tasks")),
    FactTable("import_mapping", (*_BY_COMMAND, "recorded_at", "name", "kind", "columns")),
    FactTable("form", _FORM),
    FactTable("form_reading", (*_BY_COMMAND, "form", "recorded_at", "file", "sha256")),
    FactTable("delivery", _DELIVERY),
    FactTable("member_fact", (*_BY_COMMAND, "login", "recorded_at", "server_role", "organisation")),
    FactTable("arrival", ("arrived", "command", "recorded_at"), ("arrived",)),
    FactTable("restoration", ("command", "recorded_at", "commands", "tasks", "file", "kept"), ("command",)),
    FactTable("seal", ("command", "hash", "row_hashes", "later"), ("command",)),
)
BY_NAME: Final = {table.name: table for table in FACT_TABLES}
