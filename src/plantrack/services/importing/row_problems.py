"""What is wrong with a row of a file: the failure, and the cell that it is about."""

from collections.abc import Callable, Mapping
from typing import Final

from plantrack.errors import Failure
from plantrack.model.problem import RowProblem
from plantrack.services.importing.columns import SheetColumns
from plantrack.services.importing.table_rows import TypedRow
from plantrack.tables.columns import column_letters
from plantrack.tables.table_file import SheetRow

#: The field that a failure is about, whatever it names: what lacks something, or has too much.
_ABOUT: Final[Mapping[str, str]] = {
    "area-needed": "area",
    "group-unknown": "area",
    "activity-of-other-area": "activity",
    "both-roles-named": "coordinating",
    "both-roles-held": "coordinating",
    "done-and-blocked": "blocked",
    "task-closed": "status",
    "opening-too-far": "on",
    "percent-not-started": "percent",
    "import-key-twice": "key",
}
#: Of a day whose text is not found in the row, the deadline is the likeliest.
_OF_DAYS: Final = frozenset(
    {"bad-date", "not-a-day", "impossible-date", "two-digit-year", "day-or-months", "bad-range"}
)
#: The field that a row must have, by the failure for want of it, which is about the whole row.
_LACKING: Final[Mapping[str, str]] = {"nothing-to-record": "result"}


class ProblemMaker:
    """Says which cell of a sheet a failure is about."""

    def __init__(self, file: str, columns: SheetColumns) -> None:
        self._file, self._columns = file, columns
        self._places = columns.fields

    def of_row(
        self,
        row: int,
        failure: Failure,
        texts: Mapping[str, str],
        cells: SheetRow | None = None,
        blamed: str = "",
    ) -> RowProblem:
        """Return the problem of a row, of the field that is blamed where the failure does not tell its own.

        `texts`: what its fields say, as far as that is known by now; `cells`: the row as it stands.
        """
        # All that was at hand where it failed would be kept with it, for each of many rows.
        failure = failure.with_traceback(None)
        sheet, field = self._columns.sheet.name, self._blamed(texts, failure) or blamed
        if field not in self._places:
            return RowProblem(self._file, sheet, row, failure, field)
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
            cells.at(place).text if cells else texts.get(field, ""),
        )

    def _blamed(self, texts: Mapping[str, str], failure: Failure) -> str:
        what = str(failure.params.get("what") or failure.params.get("field") or "")
        if what in self._places:
            return what
        if about := _ABOUT.get(failure.code):
            return about
        named = (name for name, value in failure.params.items() if texts.get(name) == value)
        if named_by := next((name for name in named if name in self._places), ""):
            return named_by
        said = {name: value for name, value in failure.params.items() if isinstance(value, str) and value}
        parts = [value for name, value in said.items() if name != "task"]  # a label is in many texts
        for same, values in ((str.__eq__, said.values()), (str.__contains__, parts)):
            for field, text in texts.items():
                if field in self._places and any(same(text, value) for value in values):
                    return field
        return "due" if failure.code in _OF_DAYS else ""


def lacking_in(problem: RowProblem) -> str:
    """Return the field without which a row that has a problem cannot be read further."""
    return problem.field or _LACKING.get(problem.failure.code, "")


class ProblemFinder:
    """Finds all that is wrong with a row that cannot be read; `stand_in`: what a field could say in place of that."""

    def __init__(
        self,
        problem: ProblemMaker,
        read: Callable[[TypedRow], object],
        stand_in: Callable[[str, Mapping[str, str]], str | None],
    ) -> None:
        self._problem, self._read, self._stand_in = problem, read, stand_in

    def find_all(self, cells: SheetRow, row: TypedRow, failure: Failure | None) -> list[RowProblem]:
        """Return all that is wrong with a row: read it again and again with something in place of what is."""
        texts, wrong = {**row.texts}, set[str]()
        found: list[RowProblem] = []
        while failure is not None:
            problem = self._problem.of_row(row.number, failure, texts, cells)
            if not problem.field and wrong <= texts.keys():  # else it may be for want of what was taken away
                blamed = self._to_blame(row, texts, failure)
                problem = self._problem.of_row(row.number, failure, texts, cells, blamed)
            if not wrong or problem.field not in {*wrong, ""}:  # else it lacks only what was taken away
                found.append(problem)
            field = lacking_in(problem)
            if not field or field in wrong:
                break
            wrong.add(field)
            texts = self._without(field, texts)
            failure = self._failure(row._replace(texts=texts))
        return sorted(found, key=lambda problem: problem.column or 0)

    def _without(self, field: str, texts: Mapping[str, str]) -> dict[str, str]:
        """Return what the other fields of a row say, with something in place of one that it cannot lack."""
        rest = {name: text for name, text in texts.items() if name != field}
        other = self._stand_in(field, rest)
        return {**rest, field: other} if other else rest

    def _to_blame(self, row: TypedRow, texts: Mapping[str, str], failure: Failure) -> str:
        """Return the only field without which a row does not fail as it does; empty where no single one is."""
        tried = {field: self._failure(row._replace(texts=self._without(field, texts))) for field in texts}
        found = [field for field, other in tried.items() if other is None or other.code != failure.code]
        return found[0] if len(found) == 1 else ""

    def _failure(self, row: TypedRow) -> Failure | None:
        try:
            self._read(row)
        except Failure as failure:
            return failure
        return None
