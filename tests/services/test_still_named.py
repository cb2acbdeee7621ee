"""Where somebody is still named outside the facts: files of plans, copies of the database, what was sent."""

import json
import platform
from pathlib import Path

from plantrack.model.views.mail import Delivery, Edition
from plantrack.services.still_named import NamesSought, still_named
from plantrack.services.workspace import Workspace
from plantrack.store import deliveries, stats
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import home
from tests.support.postgres import FilledAgain

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


def test_beside_a_server_are_the_file_that_went_there_and_backups(
    filled_again: FilledAgain, workspace: Path
) -> None:
    copies = ("plantrack.db", "backups/a.db", "của máy này.db")
    (workspace / "backups").mkdir()
    for name in copies[1:]:
        (workspace / name).write_bytes((workspace / copies[0]).read_bytes())

    def found(machine: str) -> list[str | None]:
        with there.atomic():
            stats.put_told(there, "last_backup", file="/ở/xa.db", machine=machine)
        told = still_named(there, Workspace(workspace, home(there)), SOUGHT)
        return [one.file for one in told if one.kind == "backup"]

    here = sorted(str(workspace / name) for name in copies)
    with filled_again.opened() as there:
        assert found(platform.node()) == here
        assert found("khác") == [*here, "khác: /ở/xa.db"]


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
