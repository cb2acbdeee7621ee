"""The text above the annex: the title, number and day of the plan, where a letterhead or a heading has them."""

import re
from collections.abc import Sequence
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.model.typed.days import parse_day

#: A heading and its letterhead are near; a plan's whole text may stand before them.
_NEAR: Final = 400
_BESIDE: Final = 12
_LONGEST_LINE: Final = 150
_LONGEST_TITLE: Final = 400
_NUMBER: Final = re.compile(r"\bsố\s*:?\s*(\d+\s*/\s*[A-ZĐ][\wĐ&.]*(?:[-–/][\wĐ&.]+)*)", re.IGNORECASE)
_DAY: Final = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})",
    re.IGNORECASE,
)
#: Where the annex says which plan it belongs to, and lines that speak of other documents.
_WITH: Final = re.compile(r"\(?\s*(?:ban hanh )?(?:kem theo|dinh kem)\b.*ke hoach")
_OTHER: Final = re.compile(r"can cu|thuc hien|theo|tai|nghi quyet|quyet dinh|cong van|thong tu")
_PLACE_AND_DAY: Final = re.compile(r"[^,]{2,40}, ?ngay ")
_TITLE: Final = re.compile(
    r"(?:du thao )?(?:phu luc|ke hoach|bieu|bang|danh muc|phan cong|chuong trinh|tien do)\b.*"
)
_ONLY_A_NAME: Final = re.compile(r"(?:phu luc|bieu(?: mau)?)(?: so)?(?: ?[0-9ivx]+)?(?: ?[.:-])?")
_NOT_TITLE: Final = re.compile(r"\(.*|can cu\b.*|so\s*:.*|don vi tinh.*|dvt.*|_+|-+|kinh gui.*|.*, ?ngay .*")


class Block(NamedTuple):
    """What stands above the table, each with the line it was taken from."""

    title: str | None = None
    number: str | None = None
    number_line: str | None = None
    date: str | None = None
    date_line: str | None = None


def read_block(lines: Sequence[str]) -> Block:
    """Find what the lines above the table say of the plan."""
    near = [line for line in lines if line][-_NEAR:]
    number_line = _of_annex(near, _NUMBER) or _letterhead(near, _NUMBER)
    date_line = _of_annex(near, _DAY) or _dated(near)
    found = _NUMBER.search(number_line or "")
    number = re.sub(r"\s*/\s*", "/", found[1]) if found else None
    day = _day(date_line) if date_line else None
    return Block(_title(near), number, number_line, day, date_line if day else None)


def _of_annex(lines: Sequence[str], form: re.Pattern[str]) -> str | None:
    """Return the line "(Kèm theo Kế hoạch số … ngày …)", the last one: it stands above the table."""
    return next((line for line in reversed(lines) if _WITH.match(fold(line)) and form.search(line)), None)


def _letterhead(lines: Sequence[str], form: re.Pattern[str]) -> str | None:
    """Return the line that begins with the number of the document itself."""
    return next((line for line in lines if form.match(line) and not _OTHER.match(fold(line))), None)


def _dated(lines: Sequence[str]) -> str | None:
    """Return the line "Hà Nội, ngày … tháng … năm …" of the letterhead."""
    return next((line for line in lines if _PLACE_AND_DAY.match(fold(line)) and _DAY.search(line)), None)


def _day(line: str) -> str | None:
    found = _DAY.search(line)
    if found is None:
        return None
    day, month, year = (part for part in found.groups() if part)
    try:
        return parse_day(f"{day}/{month}/{year}", today="2000-01-01")
    except Failure:
        return None


def _title(lines: Sequence[str]) -> str | None:
    """Return the last heading that begins like one, with the lines that go on with it."""
    starts = [place for place, line in enumerate(lines) if _is_title(line, len(lines) - place)]
    named = [place for place in starts if fold(lines[place]).startswith("ke hoach")]
    if not starts:
        return None
    start = (named or starts)[-1]
    while start - 1 in starts and not named:
        start -= 1
    title = " ".join(_going_on(lines[start:]))
    return title if 0 < len(title) <= _LONGEST_TITLE else None


def _is_title(line: str, above: int) -> bool:
    """Return whether a line begins a heading: in capitals anywhere, else near the table."""
    key = fold(line)
    if not _TITLE.fullmatch(key) or _NOT_TITLE.fullmatch(key) or key.endswith((".", ";", ":", ",")):
        return False
    return line.isupper() or (above <= _BESIDE and len(line) <= _LONGEST_LINE)


def _going_on(lines: Sequence[str]) -> list[str]:
    """Return the lines of a heading: those in capitals, and one in other letters after a bare "KẾ HOẠCH"."""
    found: list[str] = []
    for line in lines:
        key = fold(line)
        if _NOT_TITLE.fullmatch(key) or (found and not line.isupper() and not _needs_more(found)):
            break
        if not _ONLY_A_NAME.fullmatch(key):
            found.append(line)
    return found


def _needs_more(found: list[str]) -> bool:
    return fold(" ".join(found)) in ("ke hoach", "chuong trinh", "danh muc")
