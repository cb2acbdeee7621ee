"""What a database is made of, on each engine: what of it is missing, and how that is put right."""

from collections.abc import Iterable

from plantrack.store.connection import Connection
from plantrack.store.sqlite.connection import SQLite


def missing_parts(db: Connection) -> dict[str, str]:
    """Return what of the schema a database lacks or has otherwise, by name, each with the script that puts it right."""
    if isinstance(db, SQLite):
        from plantrack.store.sqlite import migrations

        return migrations.missing_parts(db)
    from plantrack.store.postgres.connection import Postgres
    from plantrack.store.postgres.parts import missing_parts

    assert isinstance(db, Postgres)
    return missing_parts(db)


def put_right(db: Connection, scripts: Iterable[str]) -> None:
    """Put right what `missing_parts` named, inside the caller's transaction."""
    if isinstance(db, SQLite):
        from plantrack.store.sqlite import migrations

        migrations.put_right(db, scripts)
        return
    from plantrack.store.postgres.tables import as_owner

    for script in as_owner(scripts):
        db.execute(script)
