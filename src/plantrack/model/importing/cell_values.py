"""What people write in the cells of their tables: nothing in many ways, shares, lists, headings of groups, totals."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from plantrack.errors import Failure
from plantrack.model.text import fold
from plantrack.model.typed.money import as_typed, unit_named
from plantrack.model.typed.nothing import says_nothing

#: What stands in a cell of which nothing is said; "x" too, where a text or a name would stand.
_NOTHING: Final = frozenset({"-", "–", "—", "--", "...", "…", "/", "//", "n/a", "x"})
_LONGEST_SIGN: Final = 4
#: Fields of which "no" says that there is nothing to say.
_MAY_BE_NO: Final = frozenset({"blocked", "proposal", "coordinating", "note", "evidence", "next"})
#: A dash or a letter is what is meant there.
_TAKEN_AS_IT_IS: Final = frozenset({"key", "title", "task", "name", "no", "value", "indicator"})
#: A number that can be read in one way: "1.250" is not.
_PLAIN_AMOUNT: Final = re.compile("[0-9]{1,15}(?:,[0-9]{1,2})?")
_APART: Final = re.compile("[,;\n]+")
_TOTALS: Final = re.compile(r"(?:tong (?:cong|so)|cong|total|grand total)[ :.()+0-9ivx]*")
#: The numbers of groups: "I", "II.", "A)", and what stands before a title: "I. ", "Nội dung 1: ", "1.2. ".
_GROUP_NUMBER: Final = re.compile(r"(?:[IVX]+|[A-Z])[.)]?")
_BEFORE_TITLE: Final = re.compile(
    r"(?:(?:[IVX]+|[A-ZĐ]|[0-9]+(?:\.[0-9]+)*)[.):/-]+\s*|(?:nội dung|hoạt động|area|activity)\s+[0-9.]+\s*[.:–-]\s*)",
    re.IGNORECASE,
)


def meant(field: str, text: str) -> str:
    """Return what a cell says, empty where an office means nothing by it."""
    if not text or field in _TAKEN_AS_IT_IS:
        return text
    if len(text) < _LONGEST_SIGN and text.casefold() in _NOTHING:
        return ""
    return "" if field in _MAY_BE_NO and says_nothing(text) else text


def parts_of_cell(text: str) -> tuple[str, ...]:
    """Return the names in a cell: apart by commas, semicolons or lines."""
    return tuple(part for one in _APART.split(text) if (part := one.strip(" -–+•")))


def number_text(text: str, number: int | Decimal | None) -> str:
    """Return a number as it is typed; one that a spreadsheet has as such is in no doubt, however many decimals."""
    if number is None or "%" in text:
        return text
    plain = f"{Decimal(number):f}"
    return f"{plain}0" if len(plain.partition(".")[2]) == 3 else plain


def sure_percent(text: str, number: int | Decimal | None, *, in_percents: bool) -> str:
    """Return a percentage with its sign where that is in no doubt; `in_percents`: its heading has the sign.

    What a spreadsheet has as a percentage is as it is shown there, without a fraction. A number alone is as many
    percent above 1; up to 1 it may be a part of one. What is no percentage stays, and is refused where it is read.
    """
    if "%" in text:
        return text if number is None or not 0 <= number <= 100 else f"{_whole(number)}%"
    own = _number(text) if number is None else number
    if own is None or not 0 <= own <= 100 or own != int(own) or (own == 1 and not in_percents):
        return text
    return f"{int(own)}%"


def doubtful_percent(text: str) -> tuple[str, str] | None:
    """Return what a number may be that has no sign: so many percent, or a part of one; None where it is in no doubt."""
    own = _number(text)
    if "%" in text or own is None or not 0 < own <= 1:
        return None
    return f"{own:f}%".replace(".", ","), f"{(own * 100).normalize():f}%".replace(".", ",")


def refuse_doubtful_percent(text: str) -> None:
    """Refuse a number that may be so many percent, or a part of one.

    Raises: percent-doubtful.
    """
    if readings := doubtful_percent(text):
        raise Failure("percent-doubtful", percent=text, low=readings[0], high=readings[1])


def percent_in_heading(heading: str) -> bool:
    """Return whether a heading says that what is under it is in percent."""
    return "%" in heading or "phan tram" in fold(heading) or "percent" in fold(heading)


def _number(text: str) -> Decimal | None:
    plain = text.removesuffix("%").strip().replace(",", ".")
    return Decimal(plain) if re.fullmatch("[0-9]{1,6}(?:[.][0-9]{1,6})?", plain) else None


def _whole(number: int | Decimal) -> str:
    """Write a percentage without a fraction, as reports have it; what is not whole never becomes all."""
    near = int(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP))
    return str(99 if near == 100 and number < 100 else near)


def money_text(text: str, number: int | Decimal | None, unit: str) -> str:
    """Return an amount as it is typed: a number alone is of the unit that its heading has."""
    named = unit_named(unit)
    if number is None and _PLAIN_AMOUNT.fullmatch(text):  # the same row, whether it is stored as text or not
        number = Decimal(text.replace(",", "."))
    if number is not None and named is not None:
        return as_typed(number, named)
    return f"{text} {unit}" if text[-1:].isdigit() else text


def is_total(text: str) -> bool:
    """Return whether a row that begins so only sums up."""
    return _TOTALS.fullmatch(fold(text)) is not None


def is_group_number(text: str) -> bool:
    """Return whether a number is that of a group: "I", "A"."""
    return _GROUP_NUMBER.fullmatch(text) is not None


def is_numbering(texts: Iterable[str]) -> bool:
    """Return whether cells only number the rows in their order, those of each group anew."""
    last = 0
    for text in filter(None, texts):
        if is_group_number(text):
            continue
        number = text.rstrip(".)")
        if not number.isdecimal() or int(number[:9]) not in (1, last + 1):
            return False
        last = int(number)
    return last > 0


def without_number(title: str) -> str:
    """Return the title of a group without the number before it."""
    return _BEFORE_TITLE.sub("", title, count=1).strip()
