"""What YAML makes of values without quotes."""

import re
from enum import Enum
from functools import lru_cache
from typing import Any, Final

import yaml

from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence


class Kind(Enum):
    """What a single value is to YAML."""

    TEXT = "text"
    TRUTH = "truth"
    NUMBER = "number"
    DAY = "day"
    NOTHING = "nothing"


#: The kinds as YAML 1.1 has them, and after them what YAML 1.2 or other readers take for no text.
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers
_TAGS: Final = {
    "bool": Kind.TRUTH,
    "int": Kind.NUMBER,
    "float": Kind.NUMBER,
    "timestamp": Kind.DAY,
    "null": Kind.NOTHING,
}
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
            return _TAGS.get(tag.rpartition(":")[2], Kind.TEXT)
    return next((k for form, k in _ELSEWHERE if form.fullmatch(text)), Kind.TEXT)


def plain(node: Node) -> Any:
    """Return the value of `node` without positions."""
    if isinstance(node, Scalar):
        return node.text if node.quoted else _value(node)
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.pairs.items()}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else UNTYPED


def _value(node: Scalar) -> object:
    match kind(node):
        case Kind.TEXT:
            return node.text
        case Kind.TRUTH if node.text in ("true", "false"):
            return node.text == "true"
        case Kind.NUMBER if number := _DECIMAL.fullmatch(node.text):
            return float(node.text) if number[2] else int(node.text)
    return UNTYPED
