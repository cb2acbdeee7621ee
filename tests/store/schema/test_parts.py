"""What is missing of a database is put right, whichever engine it is."""

import pytest

from plantrack.store.connection import Connection
from plantrack.store.schema.parts import missing_parts, put_right


@pytest.mark.parametrize("index", ["task_open", "holder_by_party"])
def test_an_index_that_is_gone_is_made_again(db: Connection, index: str) -> None:
    assert missing_parts(db) == {}
    db.execute(f"DROP INDEX {index}")
    assert set(missing_parts(db)) == {index}
    with db.atomic():
        put_right(db, missing_parts(db).values())
    assert missing_parts(db) == {}
