"""Formats read the rows of a view; none of them holds them all."""

from collections.abc import Callable, Iterator
from typing import Any, Self

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.weekly import SummaryItem, WeeklyByOrg
from plantrack.render.formats import pieces_of
from plantrack.render.formats.json import pieces
from plantrack.render.views import list as tasks
from plantrack.render.views import log, weekly, weekly_by_org
from tests.support import factory
from tests.support.factory_weekly import make_weekly

VI = Words("vi")
ROWS, CHUNK = 300, 20


class Uid(str):
    """The uid of a task, which knows how many others there are at the moment."""

    __slots__ = ()
    alive = 0

    def __new__(cls, text: str) -> Self:
        cls.alive += 1
        return super().__new__(cls, text)

    def __del__(self) -> None:
        Uid.alive -= 1


class Source:
    """Rows of tasks that are made when they are read; `most` is how many there were at once."""

    def __init__(self, make: Callable[[Any], Any] = lambda task: task) -> None:
        self.make = make
        self.most = 0

    def __len__(self) -> int:
        return ROWS

    def __iter__(self) -> Iterator[Any]:
        pattern, before = factory.make_task(1, "ND3.1", due="2024-07-01"), Uid.alive
        for n in range(ROWS):
            made = self.make(pattern._replace(uid=Uid(f"{n:026}"), number=n))
            self.most = max(self.most, Uid.alive - before)
            yield made


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are many already."""
    monkeypatch.setattr("plantrack.model.views.rows.FEW", 0)
    monkeypatch.setattr("plantrack.model.grouping.CHUNK", CHUNK)


def read(content: Any, form: str) -> None:
    written = pieces(content) if form == "json" else pieces_of(content, form, VI, width=80, colour=False)
    assert sum(map(len, written)) > 0


@pytest.mark.parametrize("form", ["plain", "md", "html", "docx", "csv", "xlsx", "ics", "json"])
def test_a_list_of_any_length(form: str) -> None:
    source = Source()
    view = factory.make_list()._replace(tasks=source)
    if form == "ics":
        read(tasks.calendar(view, VI, {}), form)
    elif form == "json":
        read({"data": tasks.data(view, VI)}, form)
    else:
        read((tasks.book if form in ("csv", "xlsx") else tasks.document)(view, VI), form)
    assert 0 < source.most <= 3 * CHUNK


@pytest.mark.parametrize("form", ["plain", "md", "html", "docx", "csv", "xlsx", "json"])
def test_a_log_of_any_length(form: str) -> None:
    source = Source(lambda task: factory.make_entry("note", None, "ghi chú", title=Text("Việc", task.uid)))
    view = factory.make_log(entries=source)
    if form == "json":
        read({"data": log.data(view, VI)}, form)
    else:
        read((log.book if form in ("csv", "xlsx") else log.document)(view, VI), form)
    assert 0 < source.most <= 3 * CHUNK


@pytest.mark.parametrize("form", ["plain", "md", "html", "docx", "csv", "xlsx", "json"])
def test_a_summary_of_any_length(form: str) -> None:
    def items() -> Source:
        return Source(lambda task: SummaryItem(task, None))

    sections = {
        name: items()
        for name in ("results", "late_updates", "overdue", "due_on_closing_day", "due_soon", "stale")
    }
    view = make_weekly(**sections)
    if form == "json":
        read(weekly.data(view, VI), form)
    else:
        read((weekly.book if form in ("csv", "xlsx") else weekly.document)(view, VI), form)
    # For the sheet of tasks it is noted which of them stand in a section.
    most = len(sections) * ROWS if form in ("csv", "xlsx") else 3 * CHUNK
    read_ones = [source.most for source in sections.values() if source.most]
    assert len(read_ones) >= 5
    assert max(read_ones) <= most


@pytest.mark.parametrize("form", ["plain", "json"])
def test_what_nobody_leads(form: str) -> None:
    source = Source()
    by_org = WeeklyByOrg(make_weekly(), (), source)
    words = weekly_by_org.data if form == "json" else weekly_by_org.document
    read(words(by_org, VI), form)
    assert 0 < source.most <= 3 * CHUNK
