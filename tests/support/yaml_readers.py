"""What other readers of YAML make of a file, as data: by YAML 1.1 and by the core schema of YAML 1.2.

An editor reads a plan by one of these, so a schema sees unquoted values as they do. Keys are texts in both.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml


class Other:
    """Stands for a value that JSON has not, such as a day."""


class _Reader(yaml.SafeLoader):
    """Keeps keys as they are written (`on:`, `no:`), as editors do."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


class Yaml11(_Reader):
    """YAML 1.1, as PyYAML has it, with the truth values `y` and `n` that PyYAML leaves out."""


class Yaml12(_Reader):
    """The core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _resolve(reader: type[_Reader], tag: str, form: str, value: Callable[[str], Any]) -> None:
    name = f"tag:yaml.org,2002:{tag}"
    reader.add_implicit_resolver(name, re.compile(f"(?:{form})$"), None)
    reader.add_constructor(name, lambda _, node: value(node.value))


Yaml11.add_constructor("tag:yaml.org,2002:timestamp", lambda *_: Other())
Yaml11.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("[yYnN]$"), None)
Yaml11.bool_values = {**yaml.SafeLoader.bool_values, "y": True, "n": False}
_resolve(Yaml12, "null", "|~|null|Null|NULL", lambda _: None)
_resolve(Yaml12, "bool", "true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true")
_resolve(Yaml12, "int", "[-+]?[0-9]+", int)
_resolve(Yaml12, "int-8", "0o[0-7]+", lambda text: int(text, 0))
_resolve(Yaml12, "int-16", "0x[0-9a-fA-F]+", lambda text: int(text, 0))
_resolve(Yaml12, "float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float)
_resolve(Yaml12, "inf", r"[-+]?\.(inf|Inf|INF)", lambda _: float("inf"))
_resolve(Yaml12, "nan", r"\.(nan|NaN|NAN)", lambda _: float("nan"))

READERS = (Yaml11, Yaml12)


def read(text: str, reader: type[_Reader]) -> Any:
    """Return the data of a file."""
    return yaml.load(text, reader)
