"""What YAML makes of values without quotes, and which characters a text may have."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache
from typing import Any, Final

import yaml

from plantrack.model.text import LIKE_D
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.planfile.parsing.encoding import begins_with_curly_quote, garbled, has_placeholder
from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, Unread, every_scalar
from plantrack.planfile.parsing.problem_collector import ProblemCollector
from plantrack.planfile.parsing.source_text import LOST, character


class Kind(Enum):
    """What a single value is to YAML."""

    TEXT = "text"
    TRUTH = "truth"
    NUMBER = "number"
    DAY = "day"
    NOTHING = "nothing"


#: The kinds as YAML 1.1 has them, and after them what YAML 1.2 or other readers take for no text.
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers
_TAGS: Final = {"bool": Kind.TRUTH, "int": Kind.NUMBER, "float": Kind.NUMBER}
_TAGS_TOO: Final = {"timestamp": Kind.DAY, "null": Kind.NOTHING}
_ELSEWHERE: Final = (
    (re.compile("[yYnN]"), Kind.TRUTH),
    (re.compile(r"[-+]?[0-9]+|0o[0-7]+|[-+]?[0-9.]+[eE][-+]?[0-9]+"), Kind.NUMBER),
)
#: What is a number as far as this is taken for one.
_ENOUGH: Final = 100
#: The only form of a number that everybody reads alike; longer ones lose digits elsewhere.
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")


class _Untyped:
    """Stands for a value of the wrong kind, so that every format refuses it."""


UNTYPED: Final = _Untyped()


def kind(node: Scalar) -> Kind:
    """Say what `node` is to YAML."""
    return Kind.TEXT if node.quoted else _kind(node.text[:_ENOUGH])


@lru_cache(maxsize=4096)
def _kind(text: str) -> Kind:
    for tag, form in _RESOLVERS.get(text[:1], []):
        if form.match(text):
            name = tag.rpartition(":")[2]
            return (_TAGS | _TAGS_TOO).get(name, Kind.TEXT)
    return next((k for form, k in _ELSEWHERE if form.fullmatch(text)), Kind.TEXT)


def plain(node: Node) -> Any:
    """Return the value of `node` without positions."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.pairs.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return _value(node) if isinstance(node, Scalar) else UNTYPED


def _value(node: Scalar) -> object:
    match kind(node):
        case Kind.TEXT:
            return node.text
        case Kind.TRUTH if node.text in ("true", "false"):
            return node.text == "true"
        case Kind.NUMBER if number := _DECIMAL.fullmatch(node.text):
            return float(node.text) if number[2] else int(node.text)
    return UNTYPED


_LIKE_D: Final = re.compile(f"[{''.join(map(chr, LIKE_D))}]")
#: As much of a text as is searched for the words in it that are wrong.
_LONG: Final = 5000
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
    if report.full:
        return
    visible = node.text.isprintable()
    hidden = None if visible else next((c for c in node.text if _is_hidden(c, is_key)), None)
    if hidden:
        _report_at(node, hidden, report, "P004", character=character(hidden))
    elif not unicodedata.is_normalized("NFC", node.text):
        words = node.text[:_LONG].split()
        word = next((w for w in words if not _is_nfc(w)), node.text[:_ENOUGH])
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


def _is_nfc(word: str) -> bool:
    return unicodedata.is_normalized("NFC", word)


def _is_odd_space(c: str) -> bool:
    return c != " " and unicodedata.category(c) == "Zs"


def _is_hidden(c: str, is_key: bool) -> bool:
    """Return whether `c` cannot be seen; in a key, odd spaces neither."""
    if c in "\n\t":
        return False
    category = unicodedata.category(c)
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp") or (is_key and _is_odd_space(c))
