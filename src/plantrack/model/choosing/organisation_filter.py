"""A filter on the organisations of a plan: `level:province place:HN`, in the language of the filter on tasks."""

import re
from collections.abc import Callable

from plantrack.errors import Failure
from plantrack.model.choosing.filter_line import split_filter
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names, in_force
from plantrack.model.plan import Organisation
from plantrack.model.status import parse_level
from plantrack.model.text import nearest


class _Field(NamedTuple):
    """What of an organisation is asked for, and how a value is read: empty where it is none."""

    of: Callable[[Organisation], str | None]
    read: Callable[[Names, str, str], str]


_FIELDS = {
    "level": _Field(lambda o: o.level, lambda names, text, day: parse_level(text)),
    "place": _Field(lambda o: o.place, lambda names, text, day: names.place(text, day)),
    "parent": _Field(lambda o: o.parent, lambda names, text, day: names.organisation(text, day).id),
    "id": _Field(lambda o: o.id, lambda names, text, day: names.organisation(text, day).id),
}


class _Condition(NamedTuple):
    """One term: one of the values, if any are named, and none of the refused."""

    field: _Field
    values: frozenset[str]
    refused: frozenset[str]

    def holds(self, organisation: Organisation) -> bool:
        """Return whether an organisation meets it."""
        own = self.field.of(organisation) or ""
        return own not in self.refused and (not self.values or own in self.values)


def organisations_passing(line: str, names: Names, day: str) -> list[Organisation]:
    """Return the organisations in force on a day that pass a filter, in the order of the plan.

    Fails with `unknown-organisation-field`, `filter-value`, with what a value is not (`unknown-place`, …), and as
    `split_filter` does.
    """
    conditions = [_condition(term, names, day) for term in split_filter(line)]
    there = (o for o in names.organisations.values() if in_force(o, day))
    return [o for o in there if all(condition.holds(o) for condition in conditions)]


def _condition(term: str, names: Names, day: str) -> _Condition:
    name, _, value = term.partition(":")
    field = _FIELDS.get(name.strip().lower())
    if field is None:
        near = nearest(name, _FIELDS) or tuple(_FIELDS)
        raise Failure("unknown-organisation-field", field=term, excerpt=term, column=1, near=near)
    typed = [
        (part.startswith("-"), part.removeprefix("-")) for part in re.split(" *, *", value.strip()) if part
    ]
    found = [(is_refused, field.read(names, text, day)) for is_refused, text in typed]
    if not all(value for _, value in found) or not found:
        raise Failure("filter-value", term=term, excerpt=term, column=len(name) + 2)
    values, refused = (frozenset(value for no, value in found if no is side) for side in (False, True))
    return _Condition(field, values, refused)
