"""From a whole export an empty database is as the old one was; from one that is not as it was written, nothing is."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.undo import undo
from plantrack.store.checks.damage import damage
from plantrack.store.checks.soundness import differences
from plantrack.store.commands import next_numbers
from plantrack.store.exchange.fact_lines import fact_line
from plantrack.store.exchange.fact_reading import counters
from plantrack.store.sealing.history_check import history_faults
from plantrack.store.sqlite.connection import SQLite
from tests.support.derived import all_facts, derived_parts
from tests.support.exported import empty_database, exported, put_back, with_head
from tests.support.random_work import COMMANDS, Do, worked
from tests.support.statements import give, lived_in, made_up
from tests.support.steps import OpenContext, opened, said

#: Writes another head over lines.
Rehash = Callable[[Sequence[bytes]], list[bytes]]
WORK = st.lists(COMMANDS, min_size=4, max_size=16)


@given(WORK)
def test_all_is_as_it_was(made_once: Path, work: list[Do]) -> None:
    old = worked(made_once / "plantrack.db", work).db
    lines = exported(old)
    with empty_database() as new:
        put_back(new, lines)
        assert all_facts(new) == all_facts(old)
        assert derived_parts(new) == derived_parts(old)
        assert exported(new) == lines
        assert list(differences(new)) == []
        assert [*history_faults(old), *history_faults(new)] == []
        assert damage(new) is None


def test_years_of_plans_are_as_they_were(workspace: Path, db: SQLite) -> None:
    """Plans that were applied again, codes that left them, work that went on in the next year, much of it taken back."""
    made_up(workspace, db, 12)
    lived_in(db, ["1", "2", "3"])
    for name in ("plan carry-over", "undo of plan carry-over", "filter save", "indicator record"):
        give(db, name, ["1"])
    lines = exported(db)
    with empty_database() as new:
        put_back(new, lines)
        assert all_facts(new) == all_facts(db)
        assert exported(new) == lines
        assert list(differences(new)) == []
        assert derived_parts(new) == derived_parts(db)


def test_a_number_that_was_given_is_never_given_again(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    undo(context_on("2024-07-02"), None)
    next_numbers(db, task=3)  # whatever took them, they are gone
    with empty_database() as new:
        put_back(new, exported(db))
        assert counters(new) == counters(db) == {"command": 3, "task": 4}


def test_counters_never_fall_behind_what_has_numbers(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    with empty_database() as new:
        put_back(new, with_head(exported(db), counters={"task": 0}))
        assert counters(new) == {"command": 2, "task": 1}


def test_what_was_made_up_stays_called_so(db: SQLite) -> None:
    with empty_database() as new:
        put_back(new, with_head(exported(db), example=True))
        assert new.query("SELECT value FROM meta WHERE name = 'example'") == [("1",)]


# What is not as it was written.


@pytest.fixture
def lines(context_on: OpenContext, db: SQLite) -> list[bytes]:
    opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An",), new_person=True)
    opened(context_on, "2024-07-02")
    said(context_on, "2024-07-03", "1", percent="10", result="xong phần đầu")
    return exported(db)


def refusal(lines: Sequence[bytes]) -> Failure:
    """Restore, and return how that was refused; nothing is there then."""
    with empty_database() as new:
        with pytest.raises(Failure) as caught:
            put_back(new, lines)
        assert not any(all_facts(new).values())
        assert new.driver.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert caught.value.params["file"] == "x.jsonl"
    return caught.value


def place(lines: Sequence[bytes], kind: str) -> int:
    """Return where the first line of a type is."""
    return next(n for n, line in enumerate(lines) if json.loads(line)["type"] == kind)


def changed(line: bytes, **other: Any) -> bytes:
    data = json.loads(line) | other
    kind = data.pop("type")
    return fact_line(kind, [*data], [*data.values()])


def test_a_line_that_lacks_stands_twice_or_elsewhere_is_named(lines: list[bytes]) -> None:
    n = place(lines, "task")
    found = {
        "lacking": refusal([*lines[:n], *lines[n + 1 :]]),
        "twice": refusal([*lines[:n], lines[n], *lines[n:]]),
        "before": refusal([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]),
        "last": refusal([*lines[:n], *lines[n + 1 :], lines[n]]),
        "cut": refusal(lines[:-1]),
        "half": refusal([*lines[:-1], lines[-1][:-9]]),
        "none": refusal(lines[:1]),
    }
    assert {what: (failure.code, failure.params.get("line")) for what, failure in found.items()} == {
        "lacking": ("export-count", len(lines) - 1),
        "twice": ("export-order", n + 2),
        "before": ("export-order", n + 2),
        "last": ("export-order", len(lines)),
        "cut": ("export-count", len(lines) - 1),
        "half": ("export-line", len(lines)),
        "none": ("export-count", 1),
    }


@pytest.mark.no_cover
def test_each_line_that_was_changed_is_refused(lines: list[bytes]) -> None:
    for n, line in enumerate(lines[1:], 1):
        uid = line[line.index(b'":"', 8) + 3 :][:1]
        other = line.replace(uid, b"x" if uid != b"x" else b"y", 1) if n % 2 else line[:-2] + b" }\n"
        refusal([*lines[:n], other, *lines[n + 1 :]])


@pytest.mark.parametrize(
    ("kind", "other", "code"),
    [
        ("task", {"title": "Việc khác"}, "export-altered"),
        ("task", {"opened_on": "2024-02-30"}, "export-value"),
        ("task", {"number": "1"}, "export-value"),
        ("task", {"title": None}, "export-value"),
        ("task", {"uid": "x"}, "export-value"),
        ("task", {"priority": "x"}, "export-value"),
        ("task", {"title": "Việc\x1b]0;x\x07"}, "export-value"),
        ("task", {"title": "Việc\nkhác"}, "export-value"),
        ("command", {"author": "Người\x00"}, "export-value"),
        ("status_update", {"result": "xong\u202e"}, "export-value"),
        ("status_update", {"result": "xong\nphần đầu"}, "export-altered"),
        ("task", {"more": 1}, "export-line"),
        ("task", {"type": "tasks"}, "export-line"),
        ("task", {"area": "ND99"}, "export-altered"),
        ("command", {"verb": "x"}, "export-value"),
        ("status_update", {"percent": 101}, "export-value"),
        ("status_update", {"percent": 10.0}, "export-value"),
        ("plan_revision", {"content": "{}"}, "export-value"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    lines: list[bytes], kind: str, other: dict[str, Any], code: str
) -> None:
    n = place(lines, kind)
    found = refusal([*lines[:n], changed(lines[n], **other), *lines[n + 1 :]])
    assert found.code == code
    assert code == "export-altered" or found.params["line"] == n + 1


@pytest.mark.parametrize(
    ("kind", "other", "behind"),
    [
        ("task", {"title": ""}, 0),
        ("command", {"number": 2}, 1),  # the next one has it
        ("assignment", {"role": "in_charge"}, 0),
    ],
)
def test_a_row_that_breaks_a_condition_is_named(
    lines: list[bytes], rehashed: Rehash, kind: str, other: dict[str, Any], behind: int
) -> None:
    n = place(lines, kind)
    found = refusal(rehashed([*lines[:n], changed(lines[n], **other), *lines[n + 1 :]]))
    assert (found.code, found.params["line"]) == ("export-refused", n + 1 + behind)


def test_what_names_something_that_is_not_there_is_named(lines: list[bytes], rehashed: Rehash) -> None:
    n = place(lines, "status_update")
    gone = "01J1P0AE80B2Z6RTNGQYW35A7X"
    found = refusal(rehashed([*lines[:n], changed(lines[n], task=gone), *lines[n + 1 :]]))
    assert found.code == "export-orphan"
    assert "status_update" in str(found.params["reason"])
    n = next(n for n, line in enumerate(lines) if b'"role":"in_charge"' in line)
    found = refusal(rehashed([*lines[:n], changed(lines[n], person=gone), *lines[n + 1 :]]))
    assert (found.code, "assignment" in str(found.params["reason"])) == ("export-orphan", True)
    n = place(lines, "task")
    found = refusal(rehashed([*lines[:n], changed(lines[n], area="ND99"), *lines[n + 1 :]]))
    assert (found.code, "task" in str(found.params["reason"])) == ("export-orphan", True)


@pytest.fixture
def rehashed() -> Rehash:
    """Write the head of lines that were changed as if they had been written so."""
    return lambda lines: with_head(lines, sha256=hashlib.sha256(b"".join(lines[1:])).hexdigest())


def test_work_goes_on_where_it_was(context_on: OpenContext, db: SQLite, lines: list[bytes]) -> None:
    with empty_database() as new:
        put_back(new, lines)
        at = context_on("2024-07-04")._replace(db=new)
        assert add(at, NewTask("Việc mới", area="1")).tasks[0].label == "3"
        undo(at, None)
        put = [line for line in exported(new) if line in lines]
        assert len(put) == len(lines) - 1  # but for the head
