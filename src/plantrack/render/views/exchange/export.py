"""What was recorded as sheets, for people: the tasks, and what was said of them."""

from collections.abc import Iterable
from typing import Any, Final

from plantrack.i18n.words import Words
from plantrack.model.views.tasks import ExportedWork
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, of, sheet
from plantrack.render.layout.workbook import TEXT, Book, booked, mark
from plantrack.render.views.task_fields import INTERNAL, TASK, UPDATE, WHICH

#: What names a person.
_OF_PEOPLE: Final = ("in_charge", "author", "told_by")
_UPDATE: Final[tuple[Field[Any], ...]] = (
    *of("task", WHICH),
    *(UPDATE[key] for key in ("on", "status")),
    UPDATE["percent"]._replace(
        kind="share", width=9, word=lambda u, f: None if u.percent is None else u.percent / 100
    ),
    *(UPDATE[key]._replace(kind="money", width=16) for key in ("allocated", "spent")),
    *(UPDATE[key] for key in ("result", "next", "blocked")),
    UPDATE["unblocked"]._replace(heading="sheet.unblocked", word=lambda u, f: mark(u.unblocked), width=10),
    *(UPDATE[key] for key in ("proposal", "answered")),
    UPDATE["reason"]._replace(width=TEXT),
    *(UPDATE[key] for key in ("told_by", *INTERNAL, "author", "recorded_at")),
)


def book(view: ExportedWork, words: Words) -> Book:
    """Return a sheet of the tasks and one of the updates; a format of one table has the tasks."""
    formatter = FactFormatter(words, view.heading)
    sheets = [
        sheet(words("sheet.tasks"), _told(TASK.values(), view), view.tasks, formatter),
        sheet(words("sheet.updates"), _told(_UPDATE, view), view.updates, formatter),
    ]
    title = words("export.title", about=formatter.about)
    return booked(formatter, title, sheets, filter_read=view.filter)


def _told(fields: Iterable[Field[Any]], view: ExportedWork) -> list[Field[Any]]:
    """Return the fields that may be told."""
    private = (*_OF_PEOPLE, *INTERNAL) if view.is_public else ()
    return [field for field in fields if field.key not in private]
