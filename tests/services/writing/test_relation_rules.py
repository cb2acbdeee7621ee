"""What no command may do to the tasks of a series."""

import pytest

from plantrack.errors import Failure
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.services.writing.relation_rules import first_in_series, refuse_two_open
from tests.support.steps import OpenContext, opened, said


def test_two_open_tasks_of_a_series_are_named(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-01-02", due="31/1/2024", every="month")
    said(context_on, "2024-01-30", task, "done")
    loaded = LoadedTasks(context_on().db)
    loaded.load([uid for (uid,) in loaded.db.query("SELECT uid FROM task ORDER BY number")])
    first, second = loaded.rows
    assert first_in_series(first) == first_in_series(second) == first.uid
    refuse_two_open(loaded)
    loaded.db.execute("UPDATE task SET is_open = 1")
    with pytest.raises(Failure) as caught:
        refuse_two_open(loaded)
    assert caught.value.params == {"task": "1", "other": "2"}
