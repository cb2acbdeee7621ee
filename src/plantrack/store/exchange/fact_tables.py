"""The tables of facts in the order in which an export has them, each with its columns: the one list of what is kept.

What stands in no export is derived (`soundness.DERIVED_PARTS`) or neither (`NEITHER`); a test holds that a column of
the schema is in just one of the three.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.task_rows import DERIVED, TaskRow

#: The tables that say nothing of the work: what the file is, and the last numbers, which the head of an export has.
NEITHER: Final = ("meta", "counter")


class FactTable(NamedTuple):
    """A table of facts; its name is the type of its lines."""

    name: str
    columns: tuple[str, ...]
    #: The columns by which its rows are ordered, no two alike: uids, which every engine orders alike, or texts, which
    #: are put in order here.
    key: tuple[str, ...] = ("uid",)
    #: What a new row has in derived columns that may not be empty, until they are derived: the values of others.
    stubs: Mapping[str, str] = MappingProxyType({})

    @property
    def names(self) -> str:
        """Return the columns as a statement has them."""
        return ", ".join(self.columns)

    def with_stubs(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row is inserted with."""
        return {**row, **{name: row[other] for name, other in self.stubs.items()}}


_BY_COMMAND = ("uid", "command")
#: In this order; what others name comes before them.
FACT_TABLES: Final = (
    FactTable(
        "command",
        ("uid", "site", "number", "verb", "author", "entered_by", "login", "recorded_at"),
    ),
    FactTable("withdrawal", ("command", "target", "recorded_at"), ("command",)),
    FactTable(
        "plan_revision",
        (
            *("plan", "revision", "command", "recorded_at", "file", "sha256", "git_commit", "dirty"),
            *("content", "document", "reason", "warnings"),
        ),
        ("plan", "revision"),
    ),
    FactTable("plan_include", ("plan", "revision", "file", "sha256"), ("plan", "revision", "file")),
    FactTable(
        "organisation_fact",
        (
            *_BY_COMMAND,
            *("organisation", "recorded_at", "name", "short", "level", "place", "email", "same_as"),
        ),
    ),
    FactTable("person", (*_BY_COMMAND, "recorded_at"), stubs={"label": "uid"}),
    FactTable(
        "person_fact",
        (
            *_BY_COMMAND,
            *("person", "recorded_at", "name", "sort_name", "organisation", "email", "login", "left_on"),
            "merged_into",
        ),
    ),
    FactTable(
        "task",
        tuple(name for name in TaskRow._fields if name not in DERIVED),
        stubs={"settled_on": "opened_on"},
    ),
    FactTable(
        "status_update",
        (
            *_BY_COMMAND,
            *("task", "on_day", "recorded_at", "told_by", "status", "percent", "result", "next_step"),
            *("blocked", "unblocked", "proposal", "answered", "reason", "note", "evidence"),
        ),
    ),
    FactTable("deadline", (*_BY_COMMAND, "task", "on_day", "recorded_at", "due", "due_text", "reason")),
    FactTable(
        "assignment",
        (*_BY_COMMAND, "task", "role", "organisation", "person", "on_day", "recorded_at", "holds"),
    ),
    FactTable("part", (*_BY_COMMAND, "task", "nth", "on_day", "recorded_at", "text", "is_done")),
    FactTable("change", (*_BY_COMMAND, "task", "recorded_at", "field", "old_value", "new_value")),
    FactTable(
        "indicator_value",
        (
            *_BY_COMMAND,
            *("plan", "indicator", "period", "labels", "on_day", "recorded_at", "digits", "scale"),
            *("told_by", "note"),
        ),
    ),
    FactTable("saved_filter", (*_BY_COMMAND, "recorded_at", "name", "terms")),
    FactTable(
        "delivery",
        (
            *("uid", "plan", "kind", "period", "as_of", "whole", "selection", "address", "accepted"),
            *("recorded_at", "sha256", "message_id", "reply", "author"),
        ),
    ),
)
BY_NAME: Final = {table.name: table for table in FACT_TABLES}
