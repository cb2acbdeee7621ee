"""What service tests share."""

import pytest

from plantrack.store.connection import SQLite


@pytest.fixture
def db(db: SQLite) -> SQLite:
    """Do not wait for the disk: no test here pulls the plug."""
    db.execute("PRAGMA synchronous = OFF")
    return db
