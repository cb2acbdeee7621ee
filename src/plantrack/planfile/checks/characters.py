"""The characters of texts: letters that went wrong, what nobody sees, and what YAML takes for a remark."""

import re
import unicodedata
from typing import Final

from plantrack.model.text import LIKE_D
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.planfile.parsing.nodes import Node, Scalar, Unread, every_scalar
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.scalars import Kind, kind
from plantrack.planfile.parsing.source_text import LOST, character
from plantrack.tables.encoding import begins_with_curly_quote, garbled, has_placeholder

_LIKE_D: Final = re.compile(f"[{''.join(map(chr, LIKE_D))}]")
#: As much of a text as is searched for the words in it that are wrong.
_LONG: Final = 5000
#: As much of a text as is named where no word of it is wrong alone.
_SHOWN: Final = 100
#: What somebody took for a part of a text, and YAML takes for a remark.
_REMARK: Final = re.compile("[ \t]+(#[^#\\s])")


def check_remarks(root: Node, report: ProblemCollector) -> None:
    """Warn of a text without quotes that ends at a sign such as `#468`."""
    for node, is_key in every_scalar(root):
        if report.warned_enough:
            return
        line = "" if node.quoted or is_key else node.source.line(node.line)
        end = node.column - 1 + len(node.text)
        found = _REMARK.match(line, end) if line[node.column - 1 : end] == node.text else None
        if found and node.text and kind(node) is Kind.TEXT:
            rest = line[found.start(1) :]
            report.add(Unread(node.source, node.line, found.start(1) + 1), "P911", rest=rest)


def check_characters(root: Node, report: ProblemCollector) -> None:
    """Report texts whose letters are wrong, that are not NFC, or that hold what nobody sees."""
    for node, is_key in every_scalar(root):
        if report.full:
            return
        if not node.text.isascii() or not node.text.isprintable() or "{{" in node.text:
            _check_text(node, is_key, report)


def _check_text(node: Scalar, is_key: bool, report: ProblemCollector) -> None:
    if LOST in node.text:
        # It stands for what could not be read, which is a problem already; typed as an escape, it is one.
        if not report.has_errors:
            report.add(node, "P004", character=character(LOST))
        report.distrust(node)
    elif is_key:
        _check_hidden(node, is_key, report)
    elif found := garbled(node.text):
        _report_at(node, found.params["word"], report, found.code, found.near, **found.params)
    elif not node.quoted and begins_with_curly_quote(node.text):
        report.add(node, "P125", quote=node.text[0])
    elif has_placeholder(node.text):
        report.add(node, "P019")
    else:
        _check_hidden(node, is_key, report)
        _check_like_d(node, report)


def _check_like_d(node: Scalar, report: ProblemCollector) -> None:
    """Warn of a letter that looks like Đ: it is printed so, and neither sorted nor read by others as Đ."""
    for word in node.text[:_LONG].split():
        if found := _LIKE_D.search(word):
            meant = (word.translate(LIKE_D),)
            _report_at(node, word, report, "P915", meant, word=word, character=character(found[0]))
            return


def _check_hidden(node: Scalar, is_key: bool, report: ProblemCollector) -> None:
    """Report what is not seen: signs without width, letters in parts, spaces that are none."""
    visible = node.text.isprintable()
    hidden = None if visible else next((c for c in node.text if _is_hidden(c, is_key)), None)
    if hidden:
        _report_at(node, hidden, report, "P004", character=character(hidden))
    elif not unicodedata.is_normalized("NFC", node.text):
        words = node.text[:_LONG].split()
        word = next((w for w in words if not unicodedata.is_normalized("NFC", w)), node.text[:_SHOWN])
        _report_at(node, word, report, "P124", word=word)
    elif visible or node.text != node.text.strip():  # spaces at an end are a mistake of their own
        return
    elif space := next((c for c in node.text if _is_odd_space(c)), None):
        _report_at(node, space, report, "P909", character=character(space))


def _report_at(
    node: Scalar, part: str, report: ProblemCollector, code: str, near: tuple[str, ...] = (), /, **params: str
) -> None:
    """Report a part of a text where it stands, if it is written so in its first line, else the text."""
    if report.is_faulty(node):
        return
    line = node.source.line(node.line)
    place = line.find(part, node.column - 1)
    report.add(Unread(node.source, node.line, place + 1) if place >= 0 else node, code, near, **params)
    if SEVERITY[code] == "error":
        report.distrust(node)


def _is_odd_space(c: str) -> bool:
    return c != " " and unicodedata.category(c) == "Zs"


def _is_hidden(c: str, is_key: bool) -> bool:
    """Return whether `c` cannot be seen; in a key, odd spaces neither."""
    if c in "\n\t":
        return False
    category = unicodedata.category(c)
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp") or (is_key and _is_odd_space(c))
