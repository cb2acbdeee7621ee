"""Filters with a name: those that everybody has, and those that people kept. Tones and hyphens make no other name."""

import re
from collections.abc import Iterable

from plantrack.errors import Failure
from plantrack.model.filters import MARK
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import clean_line, match_key, quoted
from plantrack.model.views.header import ViewHeader

#: The filters that everybody has, each with its Vietnamese name: what is overdue, and what is in one's own charge.
LATE, MINE = "late", "mine"
BUILT_IN = {LATE: "quá-hạn", MINE: "của-tôi"}
_BUILT_IN_NAMES = {match_key(typed): name for name, vi in BUILT_IN.items() for typed in (name, vi)}
_NAME = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_LONGEST = 60


class SavedFilter(NamedTuple):
    """A filter under a name, as a command kept it."""

    name: str
    #: As they were typed, so that a relative day stays one; empty: the name was given up.
    terms: tuple[str, ...]
    uid: str = ""
    #: Empty for a filter that everybody has.
    command: str = ""
    recorded_at: str = ""
    author: str = ""
    #: The number of the command.
    number: int = 0

    @property
    def typed(self) -> str:
        """Return its name as it is typed in a filter."""
        return typed_name(self.name)

    def spelled(self) -> str:
        """Return its terms as they are typed, side by side."""
        return " ".join(map(quoted, self.terms))


def typed_name(name: str) -> str:
    """Return a name as one word that needs no quotes: a hyphen is as good as a space."""
    return MARK + name.replace(" ", "-")


def built_in(name: str) -> str | None:
    """Return the filter that everybody has by a name, in either language."""
    return _BUILT_IN_NAMES.get(match_key(name))


def new_name(text: str) -> str:
    """Read the name for a filter: words, perhaps with hyphens; a mark before it is no part of it.

    Fails with `filter-name` for other signs, with `filter-built-in` for the name of one that everybody has.
    """
    name = clean_line(text.strip().removeprefix(MARK), what="filter_name", limit=_LONGEST)
    if not _NAME.fullmatch(match_key(name)):
        raise Failure("filter-name", name=name)
    refuse_built_in(name)
    return name


def refuse_built_in(name: str) -> None:
    """Refuse the name of a filter that everybody has; fails with `filter-built-in`."""
    if built_in(name):
        raise Failure("filter-built-in", name=name)


def standing_filters(kept: Iterable[SavedFilter]) -> dict[str, SavedFilter]:
    """Return by their keys those that count, of filters in the order in which they were kept."""
    last = {match_key(one.name): one for one in kept}
    return {key: one for key, one in last.items() if one.terms}


class FilterList(NamedTuple):
    """The filters that have a name: those that everybody has, then those that were kept, by name."""

    heading: ViewHeader
    filters: tuple[SavedFilter, ...]
