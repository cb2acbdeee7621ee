"""The members that facts give: of each login the last word that stands."""

import contextlib
from pathlib import Path

import pytest

from plantrack.store.server.members import (
    Member,
    MemberFact,
    derive_members,
    foreign_tasks,
    insert_member_fact,
    members,
    standing_members,
)
from plantrack.store.sqlite.connection import connect

UID = "01J1RJQ58MFXD3J03H355ZCV9"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([], []),
        ([("b", "viewer"), ("a", "coordinator")], [Member("a", "coordinator"), Member("b", "viewer")]),
        ([("a", "viewer"), ("a", "coordinator")], [Member("a", "coordinator")]),
        ([("a", "viewer"), ("a", "")], []),
        ([("a", ""), ("a", "viewer")], [Member("a", "viewer")]),
    ],
)
def test_the_last_word_of_each_counts(
    workspace: Path, said: list[tuple[str, str]], stands: list[Member]
) -> None:
    with (
        contextlib.closing(connect(workspace / "plantrack.db")) as db,
        contextlib.suppress(ZeroDivisionError),
        db.atomic(),
    ):
        ((command,),) = db.query("SELECT uid FROM command")
        for n, (login, role) in enumerate(said):
            moment = f"2024-07-20T02:00:00.00{n}Z"
            insert_member_fact(db, MemberFact(f"{UID}{n}", command, login, moment, role, None))
        derive_members(db)
        assert members(db) == standing_members(db) == stands
        assert standing_members(db, {command}) == []
        derive_members(db)
        assert members(db) == stands
        raise ZeroDivisionError


def test_in_a_file_nothing_is_foreign(workspace: Path) -> None:
    with contextlib.closing(connect(workspace / "plantrack.db")) as db:
        assert foreign_tasks(db, {UID: "2024-07-20"}) == ()
