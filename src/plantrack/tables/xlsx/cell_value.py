"""What a cell of a workbook shows a person: text, a number, a day."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from plantrack.model.days import SPREADSHEET_ZERO, valid_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.tables.xlsx.styles import NumberForm

#: How Excel writes characters that XML does not have, and what would look like one of these.
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
#: Of line ends one character is enough.
_BREAKS: Final = {"\r": "", "\t": " "}
#: Larger numbers are not written out.
_LONGEST: Final = 1e15
#: Excel counts days from here, and one too many before March 1900.
_FIRST: Final = {False: datetime.combine(SPREADSHEET_ZERO, time.min), True: datetime(1904, 1, 1)}
_LEAP_OF_1900: Final = 60
_LAST_SERIAL: Final = 2_958_466
_SECONDS: Final = 24 * 60 * 60


class CellValue(NamedTuple):
    """The text of a cell, untidied, and the number or day that it is."""

    text: str
    number: int | Decimal | None = None
    day: str | None = None


def text_value(raw: str) -> CellValue:
    """Return a text, its escaped line ends as such."""
    return CellValue(_ESCAPED.sub(_unescaped, raw) if "_x" in raw else raw)


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return found[0] if "\ud800" <= character <= "\udfff" else _BREAKS.get(character, character)


def number_value(raw: str, form: NumberForm, since_1904: bool) -> CellValue:
    """Return a number, or the moment that its format makes of it."""
    try:
        value = float(raw)
    except ValueError:
        return text_value(raw)
    if form.is_date and 0 <= value < _LAST_SERIAL:
        return _moment(value, form, since_1904)
    scaled = value * form.scale + 0.0  # of zeros there is one
    text = f"{scaled:.15g}"
    if not math.isfinite(scaled):
        return CellValue(text)
    number = Decimal(text)
    if abs(scaled) < _LONGEST:
        text = format(number, "f")
        if scaled.is_integer() or "." not in text:
            return CellValue(_signed(text, form), int(number))
    return CellValue(_signed(text, form), number)


def iso_value(raw: str, form: NumberForm) -> CellValue:
    """Return a moment that the file writes out."""
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return CellValue(raw)
    return _written(moment, form if form.is_date else NumberForm(day=True, month=True, year=True))


def _signed(text: str, form: NumberForm) -> str:
    """Write a number as Vietnamese does, with a decimal comma."""
    return text.replace(".", ",") + ("%" if form.percent else "")


def _moment(serial: float, form: NumberForm, since_1904: bool) -> CellValue:
    if not (form.day or form.month or form.year):
        minutes = round((serial if form.elapsed else serial % 1) * _SECONDS) // 60
        return CellValue(f"{minutes // 60:02}:{minutes % 60:02}")
    days = serial + 1 if serial < _LEAP_OF_1900 and not since_1904 else serial
    return _written(_FIRST[since_1904] + timedelta(seconds=round(days * _SECONDS)), form)


def _written(value: date, form: NumberForm) -> CellValue:
    """Write a date as its format shows it: Excel turns "6/2024" into the first day of June."""
    if not form.day:
        return CellValue(f"{value.month:02}/{value.year}" if form.month else str(value.year))
    if form.month and not form.year:
        return CellValue(f"{value.day}/{value.month}")
    iso = f"{value:%Y-%m-%d}"
    return CellValue(f"{value.day:02}/{value.month:02}/{value.year}", None, iso if valid_day(iso) else None)
