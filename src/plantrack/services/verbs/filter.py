"""Saved filters: keep one under a name, give a name up, list them."""

from collections.abc import Iterable, Sequence

from plantrack.errors import Failure
from plantrack.model.filters import MARK
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import clean_line, match_key, nearest, vi_key
from plantrack.model.views.filter import (
    BUILT_IN,
    FilterList,
    SavedFilter,
    built_in,
    new_name,
    refuse_built_in,
    typed_name,
)
from plantrack.services.context import Context
from plantrack.services.saved_filters import known_filters, terms_for_all
from plantrack.services.task_query import read_filter
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.store.saved_filters import insert_filter


class KeptFilter(NamedTuple):
    """What `filter save` or `filter remove` did."""

    written: CommandResult
    filter: SavedFilter
    #: What the name meant before; None: nothing.
    old: SavedFilter | None
    #: The filter as it reads today; empty for one that was given up.
    read_as: str = ""

    @property
    def label(self) -> str:
        """Return the command that recorded it; empty: it was so already."""
        return self.written.command.label if self.written.command else ""


def save_filter(context: Context, name: str, terms: Sequence[str]) -> KeptFilter:
    """Keep a filter under a name, as it is typed, once it can be read; it takes the place of one of that name.

    Raises: filter-nested; those of `new_name`, `clean_line`, `read_filter`, `run_command`.
    """
    own = SavedFilter(new_name(name), tuple(clean_line(term, what="filter") for term in terms))
    _refuse_nested(own.terms)
    read_as = read_filter(context, own.terms).spelled()
    return _keep(context, "filter save", own)._replace(read_as=read_as)


def remove_filter(context: Context, name: str) -> KeptFilter:
    """Remove a filter: its name means nothing from now on; the log still has what it meant.

    Raises: filter-not-kept; those of `refuse_built_in`, `run_command`.
    """
    bare = name.strip().removeprefix(MARK)
    refuse_built_in(bare)
    known = known_filters(context)
    found = known.get(match_key(bare))
    if found is None:
        near = nearest(bare, (one.name for one in known.values()))
        raise Failure("filter-not-kept", name=bare, near=tuple(map(typed_name, near)))
    return _keep(context, "filter remove", SavedFilter(found.name, ()))


def _keep(context: Context, verb: str, own: SavedFilter) -> KeptFilter:
    """Let a name mean something from now on; what it means already is not recorded again."""
    done: list[tuple[SavedFilter, SavedFilter | None]] = []

    def body(writer: CommandWriter) -> None:
        old = known_filters(context).get(match_key(own.name))
        kept = old if old and old[:2] == own[:2] else _kept(writer, own)
        done[:] = [(kept, old)]

    return KeptFilter(run_command(context, verb, body), *done[0])


def _kept(writer: CommandWriter, own: SavedFilter) -> SavedFilter:
    by = writer.command
    kept = own._replace(
        uid=writer.uid(), command=by.uid, recorded_at=by.recorded_at, author=by.author, number=by.number
    )
    insert_filter(writer.db, kept)
    return kept


def _refuse_nested(terms: Iterable[str]) -> None:
    """Refuse the name of another kept filter in one: what it means could change, or lead back."""
    for term in terms:
        if term.startswith(MARK) and not built_in(term.removeprefix(MARK)):
            raise Failure("filter-nested", term=term)


def list_filters(context: Context) -> FilterList:
    """Return the filters that have a name, as known at the context's moment."""
    kept = sorted(known_filters(context).values(), key=lambda one: vi_key(one.name))
    for_all = (SavedFilter(name, terms_for_all(context, name)) for name in BUILT_IN)
    return FilterList(context.heading, (*for_all, *kept))
