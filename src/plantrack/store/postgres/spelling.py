"""The store's statements in the words of psycopg."""

import re
from functools import lru_cache
from typing import Final

#: A text in quotes, which stays as it is; or a value by its name, or by its place.
_PARTS: Final = re.compile(r"'[^']*'|:([a-z]\w*)|\?")


@lru_cache(maxsize=1024)
def spelled(sql: str) -> str:
    """Return a statement with `:name` and `?` as psycopg knows them."""
    return _PARTS.sub(_part, sql.replace("%", "%%"))


def _part(found: re.Match[str]) -> str:
    if found[1]:
        return f"%({found[1]})s"
    return "%s" if found[0] == "?" else found[0]
