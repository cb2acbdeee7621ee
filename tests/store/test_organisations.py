"""What is recorded of organisations beside the plans: facts, and the rows that follow from them."""

from typing import Any

import pytest

from plantrack.model.plan import Organisation, Text
from plantrack.store import commands, organisations
from plantrack.store.organisations import OrganisationFact, recorded
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands

NOW = Hands("2024-07-01").now


def say(db: SQLite, n: int, organisation: str, **said: Any) -> commands.Command:
    by = commands.record(db, "org set", "An", NOW)
    fact = OrganisationFact(f"{n:026}", by.uid, organisation, by.recorded_at, **said)
    organisations.insert_organisation_facts(db, [fact])
    organisations.derive_rows(db)
    return by


def row(db: SQLite, id: str) -> tuple[Any, ...]:
    return db.query("SELECT name, short, in_plan, same_as FROM organisation WHERE id = :id", {"id": id})[0]


def take_back(db: SQLite, by: commands.Command) -> None:
    undo = commands.record(db, "undo", "An", NOW)
    commands.withdraw(db, undo, by)
    db.execute("INSERT INTO withdrawn_command VALUES (:c, :n)", {"c": by.uid, "n": undo.number})
    organisations.derive_rows(db)


def test_of_each_field_the_last_value_counts(context_on: Any, db: SQLite) -> None:
    say(db, 1, "so-nv", name="Sở Nội vụ", short="SNV", level="province")
    say(db, 2, "so-nv", short="", email="a@vi-du.vn")
    last = say(db, 3, "so-nv", name="Sở Nội vụ X", email="")
    found = recorded(db)
    assert found.added == {"so-nv": Organisation("so-nv", Text("Sở Nội vụ X"), level="province")}
    assert (found.emails, row(db, "so-nv")) == ({}, ("Sở Nội vụ X", None, 0, None))
    take_back(db, last)
    assert recorded(db).emails == {"so-nv": "a@vi-du.vn"}
    assert row(db, "so-nv")[0] == "Sở Nội vụ"
    assert recorded(db, gone=()).added["so-nv"].name.vi == "Sở Nội vụ X"


def test_what_a_plan_has_is_the_plan_s(context_on: Any, db: SQLite) -> None:
    before = row(db, "ubdt")
    say(db, 1, "ubdt", name="Khác", short="K", email="a@vi-du.vn")
    assert row(db, "ubdt") == before
    assert recorded(db).beside([Organisation("ubdt", Text("Uỷ ban Dân tộc"))]) == ()


def test_one_that_was_taken_back_keeps_its_row_and_is_not_known(context_on: Any, db: SQLite) -> None:
    by = say(db, 1, "so-nv", name="Sở Nội vụ")
    assert organisations.added_only_by(db, by.uid) == ["so-nv"]
    take_back(db, by)
    assert (recorded(db).added, row(db, "so-nv")) == ({}, ("Sở Nội vụ", None, 0, None))
    assert organisations.added_only_by(db, by.uid) == []


def test_another_id_leads_to_the_last_of_them(context_on: Any, db: SQLite) -> None:
    say(db, 1, "a", name="A")
    say(db, 2, "b", name="B")
    say(db, 3, "a", same_as="b")
    say(db, 4, "b", same_as="ubdt")
    assert recorded(db).same_as == {"a": "ubdt", "b": "ubdt"}
    assert (row(db, "a")[3], row(db, "b")[3], row(db, "ubdt")[3]) == ("ubdt", "ubdt", None)
    assert recorded(db).beside(()) == ()


def test_a_fact_may_only_be_added(context_on: Any, db: SQLite) -> None:
    say(db, 1, "ubdt", email="a@vi-du.vn")
    for change in ("UPDATE organisation_fact SET email = 'b'", "DELETE FROM organisation_fact"):
        with pytest.raises(db.broken_condition, match="append-only"):
            db.execute(change)
