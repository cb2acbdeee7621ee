"""What is wrong with a row of a file: the failure, and the cell that it is about."""

from collections.abc import Mapping
from typing import Final

from plantrack.errors import Failure
from plantrack.model.problem import RowProblem
from plantrack.services.importing.columns import SheetColumns
from plantrack.tables.columns import column_letters

#: The field that lacks something, or has too much, where the failure names no text.
_ABOUT: Final[Mapping[str, str]] = {
    "area-needed": "area",
    "activity-of-other-area": "activity",
    "both-roles-named": "coordinating",
    "both-roles-held": "coordinating",
    "done-and-blocked": "blocked",
    "task-closed": "status",
    "opening-too-far": "on",
    "percent-not-started": "percent",
    "import-key-twice": "key",
    **dict.fromkeys(
        ("bad-date", "not-a-day", "impossible-date", "two-digit-year", "day-or-months", "bad-range"), "due"
    ),
}


class ProblemMaker:
    """Says which cell of a sheet a failure is about."""

    def __init__(self, file: str, columns: SheetColumns) -> None:
        self._file, self._columns = file, columns
        self._places = columns.fields

    def of_row(self, row: int, failure: Failure, texts: Mapping[str, str]) -> RowProblem:
        """Return the problem of a row; `texts`: what its fields say, as far as that is known by now."""
        sheet, field = self._columns.sheet.name, self._blamed(texts, failure)
        if not field:
            return RowProblem(self._file, sheet, row, failure)
        place, heading = self._places[field], self._columns.heading_of(field)
        return RowProblem(
            self._file,
            sheet,
            row,
            failure,
            field,
            place + 1,
            column_letters(place),
            heading,
            texts.get(field, ""),
        )

    def _blamed(self, texts: Mapping[str, str], failure: Failure) -> str:
        what = str(failure.params.get("what") or failure.params.get("field") or "")
        if what in self._places:
            return what
        said = [value for value in failure.params.values() if isinstance(value, str) and value]
        for same in (str.__eq__, str.__contains__):
            for field, text in texts.items():
                if field in self._places and any(same(text, value) for value in said):
                    return field
        about = _ABOUT.get(failure.code, "")
        return about if about in self._places else ""
