"""Where somebody is still named outside the facts: files of plans, copies of the database, what was sent."""

import json
from pathlib import Path

from plantrack.model.views.mail import Delivery, Edition
from plantrack.services.still_named import NamesSought, still_named
from plantrack.services.workspace import Workspace
from plantrack.store import deliveries, stats
from plantrack.store.sqlite.connection import SQLite

SOUGHT = NamesSought(("Lê An",), (), (), "2024-07-01T00:00:00.000Z")


def test_files_and_mail_are_told(db: SQLite, workspace: Path) -> None:
    (workspace / ".git").mkdir()
    (workspace / "plans" / "a.yaml").write_text("x: Lê An")
    (workspace / "plantrack-cũ.db").write_bytes(db.path.read_bytes())
    (workspace / "khác.db").write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    away = workspace.parent / "away.db"
    away.write_bytes(b"x")
    with db.atomic():
        stats.put(db, "last_backup", json.dumps({"file": str(away)}))
    found = [
        (one.kind, Path(one.file or "").name)
        for one in still_named(db, Workspace(workspace, db.path), SOUGHT)
    ]
    assert found == [
        ("plan_file", "a.yaml"),
        ("git", "w"),
        ("backup", "away.db"),
        ("backup", "plantrack-cũ.db"),
    ]


def test_where_nothing_is_known_nothing_is_told(db: SQLite) -> None:
    nowhere = Workspace(Path("/nowhere"), db.path)
    assert [*still_named(db, nowhere, SOUGHT)] == []


def test_what_was_sent_is_told_by_its_period(db: SQLite) -> None:
    edition = Edition("kh-468-2024", "weekly", "2024-W28", "2024-07-14", True)
    for n, address in enumerate(("a@vi-du.vn", "b@vi-du.vn")):
        deliveries.add(
            db,
            f"{n:026}",
            Delivery(edition, address, "", "250", "<1@x>", "0" * 64, "2024-07-15T00:00:00.000Z"),
        )
    (sent,) = still_named(db, Workspace(Path("/nowhere"), db.path), SOUGHT)
    assert (sent.kind, sent.report, sent.period, sent.number) == ("mail", "weekly", "2024-W28", 2)
