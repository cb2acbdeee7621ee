"""Which names are a person's, and that hashes in their place leave every hash of a fact as it was."""

import json

from plantrack.services.verbs.person import Particulars, list_people, set_person
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import stats
from plantrack.store.forgetting.own_names import hide, kept_as, own_names, rows_of, used_names
from plantrack.store.schema.identity import schema_hash
from plantrack.store.sealing.history_check import history_faults
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened


def test_all_spellings_of_a_name_are_theirs(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("Lê An",))
    set_person(context_on(), "Lê An", Particulars(email="an@vi-du.vn", login="an7"))
    update(context_on(author="LÊ AN"), ["1"], TypedUpdate(result="x", told_by="lê an"))
    uid = list_people(context_on()).people[0].person.uid
    own = own_names(db, [uid])
    assert own.said == {"Lê An", "an@vi-du.vn", "an7"}
    assert own.used == {"LÊ AN", "lê an"}
    assert own.shared == frozenset()
    assert rows_of(db, own.used) == (1, 1)


def test_facts_keep_their_hashes_and_guards_are_back(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("Lê An",))
    update(context_on(author="Lê An"), ["1"], TypedUpdate(result="x", told_by="Lê An"))
    made = schema_hash(db)
    own = own_names(db, [list_people(context_on()).people[0].person.uid])
    with db.atomic():
        hide(db, own, kept_as(db, own.said | own.used))
    assert [*history_faults(db)] == []
    assert "Lê An" not in used_names(db)
    assert db.query("SELECT who FROM salt WHERE who = 'Lê An'") == []
    assert schema_hash(db) == made


def test_a_note_of_the_database_names_nobody_either(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("Lê An",))
    stats.put(db, "upgraded", json.dumps({"by": "lê an", "version": 8}))
    own = own_names(db, [list_people(context_on()).people[0].person.uid])
    hashes = kept_as(db, own.said | own.used)
    with db.atomic():
        hide(db, own, hashes)
    assert json.loads(stats.get(db, "upgraded") or "") == {"by": hashes["lê an"], "version": 8}
    assert [*history_faults(db)] == []
