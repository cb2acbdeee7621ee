"""An answer that fails half-way: nothing of it is printed but the failure, and no file is made."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.task import Task
from plantrack.model.views.rows import Rows
from plantrack.services.verbs import list as service
from tests.conftest import Run

FORMS = ["table", "plain", "md", "html", "docx", "csv", "xlsx", "json"]


class Damaged:
    """Rows of which one cannot be read."""

    def __init__(self, rows: Rows[Task]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows) * 1000

    def __iter__(self) -> Iterator[Task]:
        for _ in range(600):
            yield from self.rows
        raise Failure("database-damaged", file="plantrack.db", reason="row 7")


@pytest.fixture
def damaged(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    run("add", "Họp", "--area", "3")
    whole = service.list_tasks

    def broken(*args: object, **named: object) -> object:
        view = whole(*args, **named)  # type: ignore[arg-type]
        return view._replace(tasks=Damaged(view.tasks))

    monkeypatch.setattr(service, "list_tasks", broken)
    return run


@pytest.mark.no_cover
@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_the_failure_is_printed(form: str, damaged: Run) -> None:
    ended = damaged("list", "--format", form)
    assert (ended.code, "[database-damaged]" in ended.err) == (6, True)
    if form == "json":
        told = json.loads(ended.out)
        assert (told["data"], told["total"], told["error"]["code"]) == (None, None, "database-damaged")
    else:
        assert ended.out == ""


@pytest.mark.no_cover
@pytest.mark.parametrize("form", FORMS)
def test_a_file_stays_as_it_was(form: str, damaged: Run, workspace: Path) -> None:
    file = workspace / f"out.{form}"
    file.write_bytes(b"before")
    names = sorted(p.name for p in workspace.iterdir())
    assert damaged("list", "--format", form, "--output", str(file)).code == 6
    assert file.read_bytes() == b"before"
    assert sorted(p.name for p in workspace.iterdir()) == names
