"""What an office filled in: each cell of a row understood as it was meant, or why it cannot be."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Status, parse_status
from plantrack.model.text import clean_text
from plantrack.model.typed.days import parse_day, parse_due
from plantrack.model.typed.money import parse_money
from plantrack.services.context import Context
from plantrack.services.forms.form_file import FormRow
from plantrack.services.writing.status_updates import parse_percent
from plantrack.tables.table_file import Cell

#: What stands in a cell so that it is not empty, what Excel shows instead of a result.
_EMPTY: Final = re.compile(r"[-–—_.…*/\s]*")
_ERROR: Final = re.compile(r"#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?")
#: What days are as numbers, where a cell has lost its format: 2000 to 2099.
_SERIALS: Final = range(36_526, 73_051)
_FIRST: Final = date(1899, 12, 30)
#: What a form asks of money in.
_UNIT: Final = "triệu đồng"
#: What only whoever keeps the plan decides of a task.
_NOT_OFFERED: Final = (Status.DROPPED, Status.CARRIED_OVER)


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
    `parse_percent`, `parse_money`, `Context.day`.
    """
    said, faults = dict[str, str](), list[CellFault]()
    for field in fields:
        cell = row.cells.get(field)
        if cell is None or _EMPTY.fullmatch(cell.text):
            continue
        try:
            if field in row.joined:
                raise Failure("form-cell-merged")
            said[field] = _understood(context, field, cell)
        except Failure as failure:
            faults.append(CellFault(field, cell.text, failure))
    return FilledRow(said, tuple(faults))


def _understood(context: Context, field: str, cell: Cell) -> str:
    if cell.formula:
        raise Failure("form-cell-formula")
    if _ERROR.fullmatch(cell.text):
        raise Failure("form-cell-error")
    match field:
        case "percent":
            return str(parse_percent(_percent(cell)))
        case "status":
            return _status(cell.text)
        case "on":
            return context.day(_day(context, cell))
        case "allocated" | "spent":
            parse_money(text := _money(cell))
            return text
        case "due":
            return cell.day or _serial(cell) or _due(context, cell.text)
        case _:
            return clean_text(cell.text, what=field)


def _percent(cell: Cell) -> str:
    """Return a percentage as it is typed; a fraction is one that lost its format."""
    number = cell.number
    if number is None:
        return cell.text.replace(" ", "").replace("％", "%")
    if 0 < number < 1 and "%" not in cell.text:
        number *= 100
    return str(int(number)) if number == int(number) else str(number)


def _money(cell: Cell) -> str:
    """Return an amount with its unit: a number alone is of millions, as its heading says."""
    if cell.number is not None and "%" not in cell.text:
        whole, point, rest = format(cell.number, "f").partition(".")
        # Three places could be thousands: a number of a spreadsheet leaves no doubt.
        return f"{whole}{point and ','}{rest}{'0' if len(rest) == 3 else ''} {_UNIT}"
    return f"{cell.text} {_UNIT}" if not any(map(str.isalpha, cell.text)) else cell.text


def _status(text: str) -> str:
    status = parse_status(text)
    if status in _NOT_OFFERED:
        raise Failure("form-status-not-offered", status=status)
    return status


def _day(context: Context, cell: Cell) -> str:
    return cell.day or _serial(cell) or parse_day(cell.text, today=context.today)


def _serial(cell: Cell) -> str | None:
    """Return the day that a number is where its format is lost."""
    number = cell.number
    if number is None or number != int(number) or int(number) not in _SERIALS:
        return None
    return (_FIRST + timedelta(days=int(number))).isoformat()


def _due(context: Context, text: str) -> str:
    """Return a deadline as it was written, once it can be read."""
    parse_due(text, today=context.today, year=context.plan.year)
    return text


def area_typed(text: str) -> Iterator[str]:
    """Yield what may name an area in a cell: all of it, then what stands before its title."""
    yield text
    if found := re.match(r"\w+", text):
        yield found[0]
