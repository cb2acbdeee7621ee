"""What an office filled in: each cell of a row understood as it was meant, or why it cannot be."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from plantrack.errors import Failure
from plantrack.model.days import SPREADSHEET_ZERO
from plantrack.model.forms.columns import OFFERED
from plantrack.model.importing.cell_values import meant, money_text, refuse_doubtful_percent, sure_percent
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import parse_status
from plantrack.model.text import clean_text
from plantrack.model.typed.days import parse_day, parse_due
from plantrack.model.typed.money import parse_money
from plantrack.services.context import Context
from plantrack.services.forms.form_file import FormRow
from plantrack.services.writing.status_updates import parse_percent
from plantrack.tables.table_file import Cell

#: Fields of which "no" says nothing; what Excel shows instead of a result.
_MAY_BE_NO: Final = ("proposal", "next")
_ERROR: Final = re.compile(r"#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?")
#: What days are as numbers, where a cell has lost its format: 2000 to 2099.
_SERIALS: Final = range(36_526, 73_051)
#: What a form asks of money in.
_UNIT: Final = "triệu đồng"


#: How the cells of a field are filled in.
_ADVICE: Final = {
    "percent": "percent",
    "status": "status",
    "on": "day",
    "due": "due",
    "area": "area",
    "allocated": "money",
    "spent": "money",
}
#: What is wrong with the work that a cell speaks of, and not with how it was filled in.
_OF_WORK: Final = frozenset({"percent-not-started", "task-closed", "opening-too-far"})


class CellFault(NamedTuple):
    """What is wrong with the cell of a field (empty: with the row)."""

    field: str
    value: str
    why: Failure


class FilledRow(NamedTuple):
    """What a row says: by field the text, the status, percent and day as they are recorded."""

    said: dict[str, str]
    faults: tuple[CellFault, ...]

    def get(self, field: str) -> str | None:
        """Return what is said in a field."""
        return self.said.get(field)


def filled_row(context: Context, row: FormRow, fields: tuple[str, ...]) -> FilledRow:
    """Understand the cells of a row that people fill in; why one cannot be is in the answer.

    Raises: form-cell-error, form-cell-formula, form-cell-merged, form-status-not-offered; those of
    `refuse_doubtful_percent`, `parse_percent`, `parse_money`, `Context.day`.
    """
    said, faults = dict[str, str](), list[CellFault]()
    for field in fields:
        cell = row.cells.get(field)
        if cell is None or not _meant(field, cell.text):
            continue
        try:
            if field in row.joined:
                raise Failure("form-cell-merged")
            said[field] = _understood(context, field, cell)
        except Failure as failure:
            faults.append(CellFault(field, cell.text, failure))
    return FilledRow(said, tuple(faults))


def _meant(field: str, text: str) -> str:
    """Return what a cell says; who has no difficulty says something, and a title is never a dash."""
    return meant(field if field in _MAY_BE_NO else "result", text)


def _understood(context: Context, field: str, cell: Cell) -> str:
    if cell.formula:
        raise Failure("form-cell-formula")
    if _ERROR.fullmatch(cell.text):
        raise Failure("form-cell-error")
    match field:
        case "percent":
            text = sure_percent(cell.text.replace("％", "%"), cell.number, in_percents=True)
            refuse_doubtful_percent(text)
            return str(parse_percent(text))
        case "status":
            return _status(cell.text)
        case "on":
            return context.day(_day(context, cell))
        case "allocated" | "spent":
            return str(parse_money(money_text(cell.text, cell.number, _UNIT)))
        case "due":
            return cell.day or _serial(cell) or _due(context, cell.text)
        case _:
            return clean_text(cell.text, what=field)


def _status(text: str) -> str:
    status = parse_status(text)
    if status not in OFFERED:
        raise Failure("form-status-not-offered", status=status)
    return status


def _day(context: Context, cell: Cell) -> str:
    return cell.day or _serial(cell) or parse_day(cell.text, today=context.today)


def _serial(cell: Cell) -> str | None:
    """Return the day that a number is where its format is lost."""
    number = cell.number
    if number is None or number != int(number) or int(number) not in _SERIALS:
        return None
    return (SPREADSHEET_ZERO + timedelta(days=int(number))).isoformat()


def _due(context: Context, text: str) -> str:
    """Return a deadline: its day, or the period or the words that it was written as."""
    due = parse_due(text, today=context.today, year=context.plan.year)
    return text if due.day is None or due.text is not None else due.day


def cell_advice(field: str, why: Failure) -> str:
    """Return what is said of how a cell is filled in; what a form alone refuses says it by itself."""
    is_own = why.code.startswith("form-") and why.code != "form-status-not-offered"
    return _ADVICE.get(field, "") if not is_own and why.code not in _OF_WORK else ""


def area_typed(text: str) -> Iterator[str]:
    """Yield what may name an area in a cell: all of it, then what stands before its title."""
    yield text
    if found := re.match(r"\w+", text):
        yield found[0]
