"""The column of time: a deadline where the words leave no doubt, and nothing where they do."""

import re
from itertools import pairwise
from typing import Final

from plantrack.errors import Failure
from plantrack.model.days import civil_period
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import fold
from plantrack.model.typed.days import parse_day
from plantrack.model.typed.periods import period_name
from plantrack.planfile.annex import remark_texts


class CellTime(NamedTuple):
    """What a text of time comes to; `doubts` are for the person who reads the draft."""

    due: str | None = None
    start: str | None = None
    ongoing: bool = False
    doubts: tuple[str, ...] = ()
    understood: bool = True


class _Span(NamedTuple):
    """A day or a period by name, with its first and last day."""

    name: str
    first: str
    last: str


_EACH: Final = "(?:6 thang|ngay|tuan|thang|quy|nam)"
#: "01 lần/quý", "2 số/tháng", "6 tháng/lần", "3 tháng một lần"; once a year may be a day that is not fixed yet.
_OFTEN: Final = (
    r"(?:\d{1,2} )?(?:lan|so|ky|cuoc|buoi|bai|tin|lop|dot|phien|chuong trinh) ?/ ?(?:\d{1,2} )?(?:ngay|tuan|thang|quy)"
    r"|(?:moi )?(?:\d{1,2} )?(?:ngay|tuan|thang|quy)(?: ?/ ?| )(?:\d{1,2} |mot )?lan"
)
_WORK: Final = "(?:nhiem vu |cong viec |viec )?(?:lam |thuc hien )?"
_REGULAR: Final = (
    rf"{_WORK}(?:{_OFTEN}|thuong xuyen|lien tuc|quanh nam|thuong nien|dinh ky"
    rf"|(?:dinh ky|(?:dinh ky )?(?:hang|moi)) {_EACH}(?:[,/] ?{_EACH})*)"
)
_ONGOING: Final = re.compile(
    rf"(?:(?:ca|trong) nam[ ,;/(-]+)?{_REGULAR}(?:[ ,;/-]+(?:va )?{_REGULAR})*"
    r"(?:[ ,(]+(?:trong )?(?:ca )?nam(?: \d{4})?\)?)?"
    # What is said of regular work is no deadline, unless it may name one.
    rf"|{_WORK}thuong xuyen\b(?!.*(?:\d|\bquy [iv]|\b(?:tu|den|truoc)\b)).*"
)
#: A footnote says more of a time.
_MARK: Final = re.compile(r" ?(?:\(\*+\)|\*+|\(\d\))$")
#: Longer texts are no deadlines.
_LONGEST: Final = 200
_YEAR: Final = re.compile(r"(?:trong )?((?:ca|suot) )?nam(?: (\d{4}))?")
#: Words that do not change which day is meant, but for the two groups.
_OPENING: Final = re.compile(
    r"(?:(truoc|xong truoc|hoan thanh truoc)(?: ngay)?|(du kien|khoang)(?: vao)?|(?:cham|muon) nhat(?: la)?|khong (?:qua|muon hon|cham hon)(?: ngay)?|(?:den|toi)(?: het)?"
    r"|het|xong|hoan thanh(?: trong)?|thuc hien(?: trong| vao)?|trong|vao|cuoi|giai doan|thoi gian) +(?=\S)"
)
_DAY: Final = re.compile(r"(?:ngay )?\d{1,2}(?: ?[/.] ?| thang )\d{1,2}(?:(?: ?[/.] ?| nam )\d{4})?")
_WHOLE_DAY: Final = re.compile(r"\b(\d{1,2}) ?([-.]) ?(\d{1,2}) ?\2 ?(\d{4})\b")
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SEPARATOR: Final = re.compile(
    r"\s*(,|;|&|\+|/(?= ?(?:quy|thang)\b)|\bva\b|\bhoac\b|\bden(?: het| ngay)?\b|\btoi\b|-)\s*"
)
_RANGES: Final = ("-", "den", "toi")
_UNIT: Final = re.compile(r"(quy|q|thang|t|tuan)\.? ?(?=\d|i)")
_BARE: Final = re.compile(r"(\d{1,2}|i{1,3}|iv)((?: ?/ ?| nam )\d{4})?")


def read_time(text: str, year: int) -> CellTime:
    """Say which deadline a text means, in a plan of `year`."""
    if len(text) > _LONGEST:
        return CellTime(understood=False)
    plain = fold(text.replace("\n", " ; ")).strip(" .;,:")
    plain = _WHOLE_DAY.sub(r"\1/\3/\4", _ISO.sub(r"\3/\2/\1", re.sub("[~→]", "-", plain)))
    plain, marked = _MARK.subn("", plain)
    if _ONGOING.fullmatch(plain):
        return CellTime(ongoing=True)
    plain, doubts, before = _opened(re.sub(r" ?\(?\b(?:du kien)\)?$", " (du kien)", plain))
    doubts += [remark_texts.MARKED] if marked else []
    if whole := _YEAR.fullmatch(plain):
        return _whole_year(int(whole[2] or year), bool(whole[1]), doubts, year)
    spans, ranged = _spans(plain, year)
    if len(spans) == 1 and plain.startswith("tu "):
        return CellTime(start=spans[0].first, understood=False)  # from then on, nobody knows until when
    if not spans or (before and not _is_day(spans[-1])):
        return CellTime(understood=False)
    return _outside(_when(spans, ranged, doubts + ([remark_texts.BEFORE] if before else [])), year)


def read_start(text: str, year: int) -> str | None:
    """Return the first day of what is written, None when that is not certain."""
    when = read_time(text, year)
    if not when.understood or when.due is None or remark_texts.BEFORE in when.doubts:
        return None
    span = civil_period(when.due)
    return when.start or (span.first if span else when.due)


def of_day(day: str, year: int) -> CellTime:
    """Do as `read_time` does for a day that a spreadsheet has as one."""
    return _outside(CellTime(due=day), year)


def _opened(plain: str) -> tuple[str, list[str], bool]:
    """Take away the words before a day; some of them leave a doubt."""
    doubts, before = [], False
    if plain.endswith(" (du kien)"):
        plain, doubts = plain.removesuffix(" (du kien)"), [remark_texts.ESTIMATED]
    while opening := _OPENING.match(plain):
        before = before or bool(opening[1])
        doubts += [remark_texts.ESTIMATED] if opening[2] and not doubts else []
        plain = plain[opening.end() :]
    return plain, doubts, before


def _whole_year(year: int, throughout: bool, doubts: list[str], own: int) -> CellTime:
    span = civil_period(f"{year:04}")
    if span is None:
        return CellTime(understood=False)
    if not throughout:
        return _outside(CellTime(due=span.name, doubts=tuple(doubts)), own)
    return _outside(CellTime(span.name, span.first, doubts=(*doubts, remark_texts.ALL_YEAR)), own)


def _spans(plain: str, year: int) -> tuple[list[_Span], bool]:
    """Return the days and periods that are named, in order, and whether they are the ends of one stretch."""
    if one := _span(plain, year):
        return [one], False
    pieces = _SEPARATOR.split(plain.removeprefix("tu ").removeprefix("ngay "))
    parts, signs = _completed(pieces[::2]), [sign.split()[0] for sign in pieces[1::2]]
    spans = [_span(part, year) for part in parts]
    named = [span for span in spans if span]
    if len(named) < len(spans) or any(a.last >= b.last or a.first > b.first for a, b in pairwise(named)):
        return [], False
    return named, len(signs) == 1 and signs[0] in _RANGES


def _completed(parts: list[str]) -> list[str]:
    """Return the parts, each with what its neighbours say for it: "Quý" and "tháng" forwards, month and year backwards."""
    unit, forward = "", []
    for part in (part.removeprefix("ngay ").removeprefix("tu ") for part in parts):
        found = _UNIT.match(part)
        bare = _BARE.fullmatch(part)
        if found:
            unit = found[1]
            part = f"{unit} {part[found.end() :]}"
        elif bare and unit:
            part = f"{unit} {part}"
        forward.append(part)
    return _backwards(forward)


def _backwards(parts: list[str]) -> list[str]:
    later, completed = "", []
    for part in reversed(parts):
        tail = re.search(r"(?:/| nam )(\d{4})$", part)
        month = re.fullmatch(r"\d{1,2}(?:/| thang )(\d{1,2})(?:(?:/| nam )\d{4})?", part)
        if re.fullmatch(r"\d{1,2}", part) and later.startswith("m"):
            part = f"{part}/{later[1:]}"
        elif not re.search(r"\d{4}|^\d{1,2}$", part) and "/" in later:
            part = f"{part}/{later.rpartition('/')[2]}"
        year = f"/{tail[1]}" if tail else later[later.find("/") :] if "/" in later else ""
        later = f"m{month[1]}{year}" if month else year
        completed.append(part)
    return completed[::-1]


def _span(text: str, year: int) -> _Span | None:
    """Read one day or one period."""
    try:
        if _DAY.fullmatch(text):
            day = parse_day(text, today=f"{year:04}-01-01", in_year=year)
            return _Span(day, day, day)
        period = civil_period(period_name(_UNIT.sub(r"\1 ", text), year=year) or "")
    except Failure:
        return None
    return _Span(*period) if period else None


def _is_day(span: _Span) -> bool:
    return span.first == span.last


def _when(spans: list[_Span], ranged: bool, doubts: list[str]) -> CellTime:
    if ranged:
        return CellTime(spans[-1].name, spans[0].first, doubts=tuple(doubts))
    many = [remark_texts.LAST_OF_SEVERAL] if len(spans) > 1 else []
    return CellTime(spans[-1].name, doubts=(*doubts, *many))


def _outside(when: CellTime, year: int) -> CellTime:
    """Add the doubt that a deadline is of another year than the plan."""
    span = civil_period(when.due or "")
    last = span.last if span else when.due or ""
    if last[:4] == f"{year:04}":
        return when
    return when._replace(doubts=(*when.doubts, remark_texts.OUTSIDE_YEAR))
