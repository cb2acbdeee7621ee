"""What Datasette shows: the views as they are, in words."""

import contextlib
import sqlite3

import pytest

from plantrack.i18n.words import Words
from plantrack.render.views import datasette
from plantrack.store.schema.text import schema_for
from plantrack.store.sqlite.migrations import _SQLITE


def test_each_column_of_each_view_is_there() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as driver:
        driver.executescript(schema_for(_SQLITE))
        views = [r[0] for r in driver.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        columns = {
            view: [r[0] for r in driver.execute("SELECT name FROM pragma_table_info(?)", (view,))]
            for view in views
        }
    assert {view: sorted(own) for view, own in columns.items()} == {
        view: sorted(own) for view, own in datasette.VIEWS.items()
    }


@pytest.mark.parametrize(("language", "due"), [("vi", "Thời hạn"), ("en", "Deadline")])
def test_they_are_in_words(language: str, due: str) -> None:
    tables = datasette.data(Words(language))["databases"]["plantrack"]["tables"]
    assert tables["v_task"]["columns"]["due"] == due
    told = [text for table in tables.values() for text in (table["description"], *table["columns"].values())]
    assert [text for text in told if not text or text.startswith(("datasette.", "field.", "column."))] == []
