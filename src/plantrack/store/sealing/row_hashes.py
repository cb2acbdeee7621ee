"""The hash of a fact: of its table and its values as `name=value`, in the order of names, without what is null.

So a column that a later version adds, null in what was there, changes no hash. Names of people stand in it as hashes
of their own, each with its own salt; one that was forgotten left its hash in its place.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from plantrack.model.people.hidden_name import HIDDEN, is_hidden
from plantrack.store.exchange.fact_tables import BY_NAME

#: The columns that name people, by table: their names, logins and addresses.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "command": ("author", "entered_by", "login"),
    "person_fact": ("name", "sort_name", "email", "login"),
    "member_fact": ("login",),
    "status_update": ("told_by",),
    "indicator_value": ("told_by",),
    "form": ("author",),
    "delivery": ("author", "address"),
}
#: What a name has whose salt is gone. Hashed without one, it could be made of another's salt and name.
_NO_HASH: Final = "?"
#: The column of a row that no seal stands for, with the hash of all others.
OWN: Final = "row_hash"


def name_hash(name: str, salt: str) -> str:
    """Return the hash of a name."""
    return hashlib.sha256(f"{salt}{name}".encode("utf-8", "surrogatepass")).hexdigest()


class NameHashes(dict[str, str]):
    """The hashes of names, made from their salts when they are asked for."""

    def __init__(self, salt_of: Callable[[str], str | None]) -> None:
        super().__init__()
        self.salt_of = salt_of

    def __missing__(self, name: str) -> str:
        """Make the hash of a name; one without a salt has what is no hash of any other."""
        if is_hidden(name):
            self[name] = name[len(HIDDEN) :]
        else:
            salt = self.salt_of(name)
            self[name] = _NO_HASH if salt is None else name_hash(name, salt)
        return self[name]


@cache
def _parts(table: str, columns: tuple[str, ...]) -> tuple[tuple[int, str, bool], ...]:
    """Return the places of the columns that count, each with what stands before its value and whether it is a name."""
    known, names = BY_NAME[table].columns if table in BY_NAME else columns, NAMES.get(table, ())
    return tuple(
        (columns.index(name), f"{name}=", name in names)
        for name in sorted(known)
        if name in columns and name != OWN
    )


def names_in(table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> set[str]:
    """Return the names of people in some rows, but for those that were forgotten: a salt is of no use to these."""
    places = [place for place, _, is_name in _parts(table, columns) if is_name]
    return {name for row in rows for place in places if (name := row[place]) and not is_hidden(name)}


def row_hash(table: str, columns: tuple[str, ...], row: Sequence[Any], names: Mapping[str, str]) -> bytes:
    """Return the hash of a row; `names`: the hashes of those in it. Columns that are no facts do not count."""
    lines = [table]
    for place, before, is_name in _parts(table, columns):
        value = row[place]
        if value is None:
            continue
        text = value if type(value) is str else str(value)
        if is_name and text:
            text = names[text]
        elif "\n" in text or "\\" in text:
            text = text.replace("\\", "\\\\").replace("\n", "\\n")
        lines.append(before + text)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).digest()
