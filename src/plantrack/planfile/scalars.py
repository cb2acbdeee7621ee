"""What YAML makes of values without quotes, and which characters a text may have."""

import re
import unicodedata
from enum import Enum
from typing import Any, Final

import yaml

from plantrack.planfile.nodes import Mapping, Node, Scalar, Sequence, every_scalar
from plantrack.planfile.report import Report
from plantrack.planfile.source import LOST, character


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
#: The only form of a number that everybody reads alike; longer ones lose digits elsewhere.
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")


class _Untyped:
    """Stands for a value of the wrong kind, so that every format refuses it."""


UNTYPED: Final = _Untyped()


def kind(node: Scalar) -> Kind:
    """Say what `node` is to YAML."""
    if node.quoted:
        return Kind.TEXT
    for tag, form in _RESOLVERS.get(node.text[:1], []):
        if form.match(node.text):
            name = tag.rpartition(":")[2]
            return (_TAGS | _TAGS_TOO).get(name, Kind.TEXT)
    return next((k for form, k in _ELSEWHERE if form.fullmatch(node.text)), Kind.TEXT)


def plain(node: Node) -> Any:
    """Give the value of `node` without positions."""
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


def check_characters(root: Node, report: Report) -> None:
    """Report texts that are not NFC or hold characters nobody sees."""
    for node, is_key in every_scalar(root):
        if not node.text.isascii() or not node.text.isprintable():
            _check_text(node, is_key, report)


def _check_text(node: Scalar, is_key: bool, report: Report) -> None:
    if LOST in node.text:
        # It stands for what could not be read, which is a problem already; typed as an escape, it is one.
        if not report.has_errors:
            report.add(node, "P004", character=character(LOST))
        report.distrust(node)
    visible = node.text.isprintable()
    hidden = None if visible else next((c for c in node.text if _is_hidden(c, is_key)), None)
    if hidden:
        report.add(node, "P004", character=character(hidden))
    elif not unicodedata.is_normalized("NFC", node.text):
        words = node.text.split()
        report.add(node, "P124", word=next((w for w in words if not _is_nfc(w)), node.text))


def _is_nfc(word: str) -> bool:
    return unicodedata.is_normalized("NFC", word)


def _is_hidden(c: str, is_key: bool) -> bool:
    """Say whether `c` cannot be seen; in a key, odd spaces neither."""
    if c in "\n\t":
        return False
    category = unicodedata.category(c)
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp") or (is_key and category == "Zs" and c != " ")
