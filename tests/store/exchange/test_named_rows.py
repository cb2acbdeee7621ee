"""What a fact names must be there, or come with it."""

import pytest

from plantrack.errors import Failure
from plantrack.store.exchange.checked_lines import ReadFact
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.exchange.named_rows import refuse_unknown
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

NOBODY = "0" * 26


def facts(table: str, *rows: dict[str, object]) -> list[ReadFact]:
    whole = dict.fromkeys(BY_NAME[table].columns)
    return [ReadFact(n, BY_NAME[table], {**whole, **row}) for n, row in enumerate(rows, 2)]


def test_each_name_is_looked_for(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    ((task, command, plan),) = db.query("SELECT uid, command, plan FROM task")
    there = {"command": command, "task": task}
    refuse_unknown(db, "x", "deadline", facts("deadline", there))
    for table, row, what, line in (
        ("deadline", {**there, "task": NOBODY}, "task", 2),
        ("withdrawal", {"command": command, "target": NOBODY}, "command", 2),
        ("assignment", {**there, "organisation": "nobody"}, "organisation", 2),
        ("assignment", {**there, "person": NOBODY}, "person", 2),
        ("status_update", {**there, "base": NOBODY}, "status_update", 2),
        ("task", {"uid": NOBODY, "command": command, "plan": plan, "area": "ND9"}, "area", 2),
        (
            "task",
            {"uid": NOBODY, "command": command, "plan": plan, "area": "ND1", "activity": "ND1.9"},
            "activity",
            2,
        ),
        ("indicator_value", {"command": command, "plan": "other"}, "plan", 2),
    ):
        with pytest.raises(Failure) as told:
            refuse_unknown(db, "x", table, facts(table, row))
        assert (told.value.code, told.value.params["what"]) == ("bundle-unknown", f"fact-{what}")
        assert told.value.params["line"] == line


def test_facts_may_name_one_another(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    ((command, plan),) = db.query("SELECT command, plan FROM task")
    first = {"uid": NOBODY, "command": command, "plan": plan, "area": "ND1"}
    refuse_unknown(db, "x", "task", facts("task", first, {**first, "uid": "1" * 26, "carried_from": NOBODY}))
