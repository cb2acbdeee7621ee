"""The column of money: an amount where a plain number has its unit, never converted; else the text alone."""

import re
from decimal import Decimal
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Budget
from plantrack.model.text import fold
from plantrack.model.typed.money import Unit, read_number, unit_named
from plantrack.planfile.annex import remark_texts

_NUMBER: Final = re.compile(r"(\d[\d., ]*)(.*)")
#: What a plan file takes for a number: see `scalars`.
_LONGEST: Final = re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,6})?")
#: 19,451 is nineteen and a half here; some offices write it for nineteen thousand.
_COMMA: Final = re.compile(r"^\D*\d{1,3},\d{3}(?![\d,.])")


class Money(NamedTuple):
    """A budget, and what a person should look at."""

    budget: Budget
    doubt: str | None = None


def read_money(text: str, number: int | Decimal | None, unit: str | None) -> Money:
    """Read a cell of money; `unit` is the column's, `number` what a spreadsheet has in place of text."""
    amount, own, clear = _read(text) if number is None else (_fitting(number), None, True)
    unit = own or unit
    if not clear:
        return Money(Budget(text), remark_texts.to_fill(remark_texts.DOUBTFUL_NUMBER.format(text=text)))
    if amount is None:
        return Money(Budget(text))
    if unit is None:
        return Money(Budget(text), remark_texts.to_fill(remark_texts.NO_UNIT))
    return Money(Budget(text, amount, unit), remark_texts.DECIMAL_COMMA if _COMMA.search(text) else None)


def _read(text: str) -> tuple[int | float | None, str | None, bool]:
    """Return the number and the unit of a text, and whether the number leaves no doubt."""
    found = _NUMBER.fullmatch(fold(text))
    rest = found[2].strip() if found else ""
    unit = _name(unit_named(rest))
    if not found or (rest and unit is None):
        return None, None, True
    digits = found[1].strip()
    vietnamese, english = read_number(digits)
    # In a Vietnamese document 8.744 is eight thousand; 1.5 is not how it writes one and a half.
    plain = vietnamese or (english if "," in digits else None)
    return (None, unit, False) if plain is None else (_fitting(Decimal(plain)), unit, True)


def _name(unit: Unit | None) -> str | None:
    return None if unit is None else unit.name


def _fitting(number: int | Decimal) -> int | float | None:
    """Return a number that a plan file can hold, None for others."""
    exact = Decimal(number)
    if not exact.is_finite() or exact < 0 or not _LONGEST.fullmatch(format(exact, "f")):
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)
