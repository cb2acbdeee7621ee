"""What a filter's name means here and now."""

from plantrack.errors import Failure
from plantrack.model.filters import MARK
from plantrack.model.text import match_key, nearest
from plantrack.model.views.filter import BUILT_IN, LATE, SavedFilter, built_in, standing_filters, typed_name
from plantrack.services.context import Context
from plantrack.store import people, saved_filters


def known_filters(context: Context) -> dict[str, SavedFilter]:
    """Return by their keys the filters that were kept, and count as known at the context's moment."""
    return standing_filters(saved_filters.kept_filters(context.db))


def find_filter(context: Context, name: str) -> SavedFilter:
    """Find a filter that was kept.

    Raises: unknown-filter.
    """
    known = known_filters(context)
    found = known.get(match_key(name))
    if found is None:
        names = [*(own for both in BUILT_IN.items() for own in both), *(one.name for one in known.values())]
        raise Failure("unknown-filter", name=name, near=tuple(map(typed_name, nearest(name, names))))
    return found


def terms_named(context: Context, name: str) -> tuple[str, ...]:
    """Return what a name stands for, as it is typed and without names in it.

    Raises: login-of-nobody; those of `find_filter`.
    """
    typed = [MARK + name] if built_in(name) else find_filter(context, name).terms
    return tuple(plain for term in typed for plain in _without_names(context, term))


def _without_names(context: Context, term: str) -> tuple[str, ...]:
    """Return what a term says; of names, only those that everybody has stand in a filter."""
    own = built_in(term.removeprefix(MARK)) if term.startswith(MARK) else None
    if own is None:
        return (term,)
    terms = terms_for_all(context, own)
    if not terms:
        raise Failure("login-of-nobody", login=context.login() or "?")
    return terms


def terms_for_all(context: Context, name: str) -> tuple[str, ...]:
    """Return what a filter means that everybody has: none, where it is not known who is at work."""
    if name == LATE:
        return ("overdue",)
    login = context.login()
    person = people.person_of_login(context.db, login) if login else None
    return (f"to:{person.name}",) if person else ()
