"""Seals, as they are written."""

import pytest

from plantrack.store.sealing import seals
from plantrack.store.sealing.seals import (
    add_facts,
    add_salts,
    beginnings,
    insert_apart,
    read_beginnings,
    salts_of,
    seal_hash,
    seal_row,
)
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

ONE, TWO = b"\1" * 32, b"\2" * 32


def test_a_seal_is_over_the_one_before_and_the_rows_whatever_their_order() -> None:
    first = seal_hash("", {"command": [ONE], "change": [TWO]})
    assert first == seal_hash("", {"change": [TWO], "command": [ONE]})
    assert len({first, seal_hash(first, {"command": [ONE, TWO]}), seal_hash("", {"command": [ONE]}),
                seal_hash("", {"command": [ONE, TWO]}, later=True)}) == 4  # fmt: skip


def test_beginnings_are_read_as_they_were_written() -> None:
    written = beginnings({"task": [TWO, ONE], "command": [ONE], "change": []})
    assert written == "command:01010101 task:0101010102020202"
    assert read_beginnings(written) == {"command": ["01010101"], "task": ["01010101", "02020202"]}
    assert read_beginnings("") == {}


def test_a_seal_of_an_upgrade_says_so() -> None:
    row = seal_row("u", "", {"command": [ONE]}, later=True)
    assert (row["later"], row["hash"]) == (1, seal_hash("", {"command": [ONE]}, later=True))


def test_a_name_keeps_its_salt(db: SQLite) -> None:
    given = add_salts(db, {"An", "Bình"})
    assert given["An"] != given["Bình"]
    assert salts_of(db, {"An", "Bình"}) == given
    assert {*salts_of(db, {f"Người {n}" for n in range(900)} | {"An"})} >= {"An", "Người 899"}
    assert salts_of(db, {"An"}) == {"An": given["An"]}


def test_many_facts_are_held_as_hashes_and_make_the_same_seal(
    context_on: OpenContext, db: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plantrack.store.sealing.history_check import history_faults

    monkeypatch.setattr(seals, "_HELD", 3)
    opened(context_on, "2024-07-01", lead=("ubdt",), in_charge=("An", "Bình"), new_person=True)
    assert list(history_faults(db)) == []


def test_what_is_rolled_back_is_under_no_seal(db: SQLite) -> None:
    with pytest.raises(ZeroDivisionError), db.atomic():
        add_facts(db, "saved_filter", ("uid", "command", "recorded_at", "name", "terms"), [])
        db.unsealed.add("command", ("uid",), [("x",)])
        raise ZeroDivisionError
    with db.atomic():
        assert db.unsealed.rows == []


def test_a_row_apart_is_written_over_with_its_hash(db: SQLite) -> None:
    for value in ("a", "b"):
        insert_apart(db, "meta", [{"name": "x", "value": value}], key="name")
    ((value, hash_),) = db.query("SELECT value, row_hash FROM meta WHERE name = 'x'")
    assert (value, len(hash_)) == ("b", 64)
    insert_apart(db, "meta", [])
