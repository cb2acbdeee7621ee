"""From the bytes of a file to text that YAML can be read from."""

import re
from functools import cache
from typing import Final

from plantrack.planfile.parsing.nodes import SourceFile, Unread
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.tables.encoding import is_plain

#: A plan of ten thousand activities has 3 MB.
MAX_BYTES = 5 * 1024 * 1024
#: As many as the lines of twenty thousand activities.
MAX_LINES = 300_000
LOST = "\ufffd"
_BOM = "\ufeff"
#: What YAML refuses, what would count lines otherwise than editors do (NEL, LS, PS), and the sign
#: of a letter that was lost, which also replaces all of these for the parser.
_ACCEPTED = "\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffc\U00010000-\U0010ffff"
_LINE_END = re.compile("\r\n|\r|\n")
#: What git leaves in a file that two people changed: the first of these begins a conflict.
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
#: In UTF-16 every second byte of plain letters is 0; in text none is.
_MANY = 8


def decode(data: bytes, name: str, order: int, report: ProblemCollector) -> tuple[SourceFile, str | None]:
    """Return the file's text, None where it cannot be read; characters YAML refuses are replaced."""
    if len(data) > MAX_BYTES:
        source = SourceFile(name, order, [])
        report.add(Unread(source, 0, 0), "P001", limit=str(MAX_BYTES // 1024 // 1024))
        return source, None
    text = _decoded(data)
    if text is None:
        return _not_utf8(data, name, order, report), None
    if data.count(b"\n") + data.count(b"\r") > MAX_LINES:
        source = SourceFile(name, order, [])
        report.add(Unread(source, 0, 0), "P005", limit=str(MAX_LINES))
        return source, None
    clean = text if is_plain(text) else _refused().sub(LOST, text)
    source = SourceFile(name, order, _lines(clean))
    if clean is not text:
        _report_refused(text, source, report)
    return source, None if _has_conflicts(clean, source, report) else clean


@cache
def _refused() -> re.Pattern[str]:
    """Return what finds a character that YAML refuses; it takes long to make, and few files have one."""
    return re.compile(f"[^{_ACCEPTED}]")


def _decoded(data: bytes) -> str | None:
    if data.count(b"\0", 0, 4096) * _MANY > min(len(data), 4096):
        return None
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError:
        return None


def _not_utf8(data: bytes, name: str, order: int, report: ProblemCollector) -> SourceFile:
    """Report the first byte that is not UTF-8 text."""
    start = _first_wrong(data)
    shown = data.decode("utf-8", errors="replace").removeprefix(_BOM)
    source = SourceFile(name, order, _lines(_refused().sub(LOST, shown)))
    before = _lines(data[:start].decode("utf-8").removeprefix(_BOM))
    report.add(Unread(source, len(before), len(before[-1]) + 1), "P003", byte=f"0x{data[start]:02X}")
    return source


def _first_wrong(data: bytes) -> int:
    before, _, _ = data.partition(b"\0")
    try:
        before.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(before)


def _lines(text: str) -> list[str]:
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def _report_refused(text: str, source: SourceFile, report: ProblemCollector) -> None:
    for number, line in enumerate(_lines(text), 1):
        for found in _refused().finditer(line):
            at = Unread(source, number, found.start() + 1)
            report.add(at, "P004", character=character(found[0]))
            if report.full:
                return


def _has_conflicts(text: str, source: SourceFile, report: ProblemCollector) -> bool:
    """Report each place where git could not bring two versions together, once."""
    if not any(sign in text for sign in _CONFLICT):
        return False
    found = inside = False
    for number, line in enumerate(source.lines, 1):
        sign = line[:7]
        if sign not in _CONFLICT or line[7:8].strip():
            continue
        if sign == _CONFLICT[0] or not inside:
            report.add(Unread(source, number, 1), "P018")
            found = True
        inside = sign != ">>>>>>>"
    return found


def character(c: str) -> str:
    """Name a character that cannot be shown."""
    return f"U+{ord(c):04X}"
