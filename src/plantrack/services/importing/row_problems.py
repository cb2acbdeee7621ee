"""What is wrong with a row of a file: the failure, and the cell that it is about."""

from collections.abc import Mapping

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.services.importing.columns import SheetColumns
from plantrack.services.importing.table_rows import TypedRow

#: The field that lacks something, or has too much, where the failure names no text.
_ABOUT: Mapping[str, str] = {
    "area-needed": "area",
    "activity-of-other-area": "activity",
    "both-roles-named": "coordinating",
    "done-and-blocked": "blocked",
    "task-closed": "status",
    "opening-too-far": "on",
    "percent-not-started": "percent",
    "day-after-today": "on",
    "no-indicators": "indicator",
    "period-not-begun": "period",
}


class RowProblem(NamedTuple):
    """A row that cannot be taken in, and why; the column is counted from 0, None where it is about the whole row."""

    row: int
    failure: Failure
    field: str = ""
    column: int | None = None
    heading: str = ""
    value: str = ""


def problem_of(row: TypedRow, failure: Failure, columns: SheetColumns) -> RowProblem:
    """Say which cell of a row a failure is about."""
    field = _blamed(row.texts, failure)
    places = columns.fields
    value = row.texts.get(field, "")
    return RowProblem(row.number, failure, field, places.get(field), columns.heading_of(field), value)


def _blamed(texts: Mapping[str, str], failure: Failure) -> str:
    what = str(failure.params.get("what", ""))
    if what in texts or (what and failure.code == "text-empty"):
        return what
    said = [value for value in failure.params.values() if isinstance(value, str) and value]
    for same in (str.__eq__, str.__contains__):
        for field, text in texts.items():
            if any(same(text, value) for value in said):
                return field
    return _ABOUT.get(failure.code, "")


def problem_of_read(row: int, failure: Failure, columns: SheetColumns) -> RowProblem:
    """Say the same of a row that was understood, and that the store refused."""
    places = columns.fields
    field = next((f for f in (_ABOUT.get(failure.code, ""), "task", "title") if f in places), "")
    return RowProblem(row, failure, field, places.get(field), columns.heading_of(field))
