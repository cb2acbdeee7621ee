"""What people type for money, in both languages: whole đồng or nothing, and never a float."""

import re
from decimal import Decimal
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold, nfc

#: Where a heading has its unit, folded: in brackets, behind "ĐVT:", or at the end; and the words for it there.
_AFTER_HEADING: Final = re.compile(r"\(([^()]*)\)|(?:don vi(?: tinh)?|dvt)\s*:\s*([^;,)]*)|[-–,]([^()]*)$")
_UNIT_WORDS: Final = re.compile(r"^(?:don vi(?: tinh)?|dvt)\s*:?\s*")


class Unit(NamedTuple):
    """A unit of money: its name in a plan, how many đồng it is, and how it is written, folded."""

    name: str
    dong: int
    form: str


def _unit(name: str, dong: int, vietnamese: str, english: str) -> Unit:
    return Unit(name, dong, rf"{vietnamese}|(?:vnd )?(?:{english})(?: ?(?:vnd|dong|d))?")


UNITS: Final = (
    _unit("nghìn tỷ đồng", 10**12, "(?:nghin|ngan) t[yi](?: ?dong)?", "trillion"),
    _unit("tỷ đồng", 10**9, "t[yi](?: ?dong)?", "bn|billion"),
    _unit("triệu đồng", 10**6, r"trieu(?: ?dong)?|tr\.? ?d(?:ong)?|tr", "m|mn|million"),
    _unit("nghìn đồng", 10**3, r"(?:nghin|ngan)(?: ?dong)?|(?:1\.?000|ng?\.?) ?d(?:ong)?", "k|thousand"),
    Unit("đồng", 1, "(?:viet nam )?dong|d|vnd"),
)
_DONG: Final = UNITS[-1]
#: Whoever writes so many of a unit, which is more than work costs, may have meant as many đồng.
_LONG_NUMBER: Final = 100_000
_BEYOND: Final = 10**12
#: What 64 bits hold.
LARGEST: Final = 2**63 - 1
_LONGEST: Final = 60
#: A number, and the letters behind it.
_PART: Final = re.compile(r"([0-9][0-9., ]*)([^0-9]*)")
#: What stands before an amount: "VND 1,200,000".
_CURRENCY: Final = re.compile(r"^(?:vnd|d) ?(?=[0-9])")


class Readings(NamedTuple):
    """A number as Vietnamese readers read it, and English ones, in plain digits: `8744`, `8.744`; None: it is none."""

    vietnamese: str | None
    english: str | None


def read_number(text: str) -> Readings:
    """Read digits with marks between them, both ways: `8.744` is eight thousand, or less than nine."""
    return Readings(_number(text, ".", ","), _number(text, ",", "."))


def _number(text: str, group: str, point: str) -> str | None:
    grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+"
    if not re.fullmatch(rf"(?:[0-9]+|{grouped})(?:{re.escape(point)}[0-9]+)?", text):
        return None
    return text.replace(group, "").replace(" ", "").replace(point, ".")


def unit_named(text: str) -> Unit | None:
    """Return the unit that a text names, in either language."""
    folded = fold(text).strip(" .()")
    return next((unit for unit in UNITS if re.fullmatch(unit.form, folded)), None)


def unit_in_heading(heading: str) -> Unit | None:
    """Return the unit that a heading names: "Kinh phí (triệu đồng)", "ĐVT: nghìn đồng", "Kinh phí, đồng"."""
    for words in _AFTER_HEADING.findall(fold(heading)):
        if unit := unit_named(_UNIT_WORDS.sub("", next(filter(None, words), "").strip())):
            return unit
    return None


def in_dong(number: str, unit: Unit) -> int | None:
    """Return how many đồng a number in plain digits is; None where they would not be whole."""
    whole, _, fraction = number.partition(".")
    dong, rest = divmod(int(whole + fraction) * unit.dong, 10 ** len(fraction))
    return None if rest else dong


def parse_money(text: str) -> int:
    """Read an amount in whole đồng.

    What could be read two ways is refused, whatever the language of the reader: a thousandfold is at stake.

    Raises: money-not-whole, money-too-large, money-two-ways, not-money.
    """
    amounts = _amounts(text)
    whole = sorted({amount for amount in amounts if amount is not None})
    fitting = [amount for amount in whole if amount <= LARGEST]
    if not fitting:
        raise Failure(
            "money-too-large" if whole else "money-not-whole" if amounts else "not-money", text=text
        )
    if len(fitting) > 1:
        raise Failure("money-two-ways", text=text, amounts=tuple(fitting))
    return fitting[0]


def _amounts(text: str) -> set[int | None]:
    """Return all amounts that a text may mean; None: one that is not of whole đồng."""
    plain = _CURRENCY.sub("", fold(nfc(text)).replace("₫", "d"))
    parts = _PART.findall(plain) if len(plain) <= _LONGEST and re.match("[0-9]", plain) else []
    is_bare = len(parts) == 1 and not parts[0][1]
    found: set[int | None] = {0} if parts else set()
    below: int | None = None
    for number, letters in parts:
        unit = _DONG if is_bare else unit_named(letters)
        each = _in_unit(number.strip(), unit) if unit else set()
        # "1 tỷ 200 triệu": what follows is less than one of what stands before it.
        if below is not None and any(amount is not None and amount >= below for amount in each):
            return set()
        found = {None if a is None or b is None else a + b for a in found for b in each}
        below = unit.dong if unit else None
    return found


def _in_unit(number: str, unit: Unit) -> set[int | None]:
    """Return all amounts that a number of a unit may mean."""
    known = [n for n in read_number(number) if n is not None]
    if unit == _DONG:  # nobody writes thousandths of one
        known.sort(key=lambda n: "." in n)
        known = known[:1]
    amounts = {in_dong(n, unit) for n in known}
    if any(amount is not None and _BEYOND < amount <= LARGEST for amount in amounts):
        amounts |= {n for text in known if (n := in_dong(text, _DONG)) is not None and n >= _LONG_NUMBER}
    return amounts


def as_typed(number: int | Decimal, unit: Unit) -> str:
    """Return a spreadsheet's number of a unit as it is typed: its decimals are in no doubt, however many they are."""
    plain = f"{Decimal(number):f}"
    amount = in_dong(plain, unit) if number >= 0 else None
    if amount is None or amount > _BEYOND:
        return f"{plain.replace('.', ',')} {unit.name}"
    return f"{amount} {_DONG.name}"
