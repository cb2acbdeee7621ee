"""What was deleted is gone from the file."""

from plantrack.store.sqlite.connection import SQLite


def test_nothing_is_left_of_what_was_deleted_before_or_now(db: SQLite) -> None:
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("INSERT INTO salt VALUES ('ngày xưa', ?)", ["0" * 32])
    db.execute("DELETE FROM salt WHERE who = 'ngày xưa'")
    db.overwrite_deleted()
    db.execute("INSERT INTO salt VALUES ('hôm nay', ?)", ["0" * 32])
    db.execute("DELETE FROM salt WHERE who = 'hôm nay'")
    assert db.sweep()
    log = db.path.with_name(db.path.name + "-wal")
    found = db.path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    assert not any(name.encode() in found for name in ("ngày xưa", "hôm nay"))
