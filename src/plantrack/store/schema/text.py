"""The text of the schema, in each engine's words."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def read_schema() -> str:
    """Return the schema as it stands in its file, with words in braces."""
    return resources.files(__package__).joinpath("schema.sql").read_text("utf-8")


@cache
def made_names(*kinds: str) -> frozenset[str]:
    """Return the names of the tables, indexes and views that the schema makes, or of some of these kinds."""
    of = "|".join(kinds or ("TABLE", "INDEX", "VIEW"))
    return frozenset(re.findall(rf"^CREATE (?:{of}) (\w+)", read_schema(), re.MULTILINE))


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of the tables, in an order in which those that others name come first."""
    return tuple(re.findall(r"^CREATE TABLE (\w+)", read_schema(), re.MULTILINE))


def schema_for(words: Mapping[str, str]) -> str:
    """Return the schema in an engine's words."""
    text = read_schema()
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text
