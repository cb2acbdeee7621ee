"""From the bytes of a file to text that YAML can be read from."""

import re

from plantrack.planfile.nodes import Source, Unread
from plantrack.planfile.report import Report

#: A plan of ten thousand activities has 3 MB.
MAX_BYTES = 5 * 1024 * 1024
LOST = "\ufffd"
_BOM = "\ufeff"
#: What YAML refuses, what would count lines otherwise than editors do (NEL, LS, PS), and the sign
#: of a letter that was lost, which also replaces all of these for the parser.
_ACCEPTED = "\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffc\U00010000-\U0010ffff"
_REFUSED = re.compile(f"[^{_ACCEPTED}]")
_LINE_END = re.compile("\r\n|\r|\n")


def decode(data: bytes, name: str, order: int, report: Report) -> tuple[Source, str | None]:
    """Give the file's text, None where it cannot be read; characters YAML refuses are replaced."""
    text = data[:MAX_BYTES].decode("utf-8", errors="replace").removeprefix(_BOM)
    clean = _REFUSED.sub(LOST, text)
    source = Source(name, order, _LINE_END.split(clean))
    if len(data) > MAX_BYTES:
        report.add(Unread(source, 0, 0), "P001", limit=str(MAX_BYTES // 1024 // 1024))
        return source, None
    if not _is_utf8(data, source, report):
        return source, None
    _report_refused(text, source, report)
    return source, clean


def _is_utf8(data: bytes, source: Source, report: Report) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix(_BOM)
        report.add(_place(before, source), "P003", byte=f"0x{data[error.start]:02X}")
        return False
    return True


def _report_refused(text: str, source: Source, report: Report) -> None:
    if not _REFUSED.search(text):
        return
    for number, line in enumerate(_LINE_END.split(text), 1):
        for found in _REFUSED.finditer(line):
            at = Unread(source, number, found.start() + 1)
            report.add(at, "P004", character=character(found[0]))
            if report.full:
                return


def _place(before: str, source: Source) -> Unread:
    """Give the place that follows the text `before`."""
    lines = _LINE_END.split(before)
    return Unread(source, len(lines), len(lines[-1]) + 1)


def character(c: str) -> str:
    """Name a character that cannot be shown."""
    return f"U+{ord(c):04X}"
