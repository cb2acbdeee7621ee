"""What is different between two states of a plan: what came, went, changed, got another code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Retired, Text

Kind = Literal["added", "changed", "moved", "retired", "removed"]
What = Literal["plan", "organisation", "place", "area", "activity"]
_Coded = TypeVar("_Coded", Area, Activity)

#: A single value of a plan.
Leaf = str | int | float | bool | tuple[str, ...] | None


class FieldChange(NamedTuple):
    """A field that has another value: its path (`due`, `title.en`, `budget.amount`), None where it is absent."""

    name: str
    old: Leaf
    new: Leaf


class PartChange(NamedTuple):
    """What happened to one part of a plan, or to the plan itself."""

    kind: Kind
    what: What
    #: The code or id it has now; that which it had, when it is gone.
    code: str
    title: Text
    #: The code it had, where that was another one.
    old_code: str | None = None
    #: The area it stands in, or stood in; of an area its own.
    area: str | None = None
    fields: tuple[FieldChange, ...] = ()
    #: What the plan says of a code that was taken out of new work.
    retired: Retired | None = None


#: What is compared as a part of its own, or says how to compare.
_APART = {"plan": ("id", "areas", "organisations", "places"), "area": ("activities",)}
#: What a member of a list is known by, the first of these that it has.
_NAMES = ("id", "code", "number", "due", "title")


def differences(old: Plan | None, new: Plan) -> tuple[PartChange, ...]:
    """Return what is different in `new`, in its order; what is gone stands where it stood. Nothing before: all is added."""
    return () if old == new else tuple(_differences(old or _nothing(new), new))


def _nothing(plan: Plan) -> Plan:
    """Return the plan before it had anything to do."""
    return plan._replace(areas=(), organisations=(), places=(), moved={}, retired=())


def _differences(old: Plan, new: Plan) -> Iterator[PartChange]:
    renamed = renames(old, new)
    plan_fields = (*_own_fields(old, new), *_order("areas", old.areas, new.areas, renamed))
    if plan_fields:
        yield PartChange("changed", "plan", new.id, new.title, fields=plan_fields)
    yield from _listed("organisation", old.organisations, new.organisations)
    yield from _listed("place", old.places, new.places)
    yield from _Areas(old, new, renamed).changes()


def _own_fields(old: Plan, new: Plan) -> Iterator[FieldChange]:
    """Compare what the plan says of itself; that a code of `old` is moved or retired is said where it stood."""
    said = {f"{key}.{code}" for code in codes(old) for key in ("moved", "retired")}
    for field in _changed("plan", old, new):
        head, _, _ = field.name.rpartition(".")
        if field.name not in said and head not in said:
            yield field


def _listed(
    what: What,
    old: tuple[Organisation, ...] | tuple[Place, ...],
    new: tuple[Organisation, ...] | tuple[Place, ...],
) -> Iterator[PartChange]:
    """Compare what is known by an id."""
    before = {part.id: part for part in old}
    for part in new:
        if part.id not in before:
            yield PartChange("added", what, part.id, part.name)
        elif fields := _changed(what, before[part.id], part):
            yield PartChange("changed", what, part.id, part.name, fields=fields)
    kept = {part.id for part in new}
    yield from (PartChange("removed", what, p.id, p.name) for p in old if p.id not in kept)


def codes(plan: Plan) -> list[str]:
    """Return the codes of areas and activities, in order."""
    return [code for area in plan.areas for code in (area.code, *(a.code for a in area.activities))]


def renames(old: Plan, new: Plan) -> dict[str, str]:
    """Return the new code of each code of `old` that `new` moves; `moved` says nothing of other codes."""
    moves = {code: _end(code, new.moved) for code in codes(old) if code in new.moved}
    return {code: end for code, end in moves.items() if end != code}


def _end(code: str, moved: Mapping[str, str]) -> str:
    while code in moved:  # the check of the file refuses cycles
        code = moved[code]
    return code


class _Areas:
    """Compares areas and activities, which may change their codes and, the latter, their area."""

    def __init__(self, old: Plan, new: Plan, renamed: Mapping[str, str]) -> None:
        self.old, self.new, self.renamed = old, new, renamed
        #: The old part of each code of the new plan, and others that became a part of it.
        self.areas, self.more_areas = self._by_code(old.areas)
        self.activities, self.more_activities = self._by_code([x for a in old.areas for x in a.activities])
        self.kept = set(codes(new))
        self.retired = {r.code: r for r in new.retired}

    def changes(self) -> Iterator[PartChange]:
        """Go through the areas of the new plan, then through those that are gone."""
        left = [a for a in self.old.areas if self._code(a) not in self.kept]
        for area in self.new.areas:
            yield from self._area(area)
        for area in left:
            yield self._gone("area", area, area.code)
            yield from self._left(area)

    def _area(self, area: Area) -> Iterator[PartChange]:
        old = self.areas.get(area.code)
        fields = _changed("area", old, area) if old else ()
        if old:
            fields += _order("activities", old.activities, area.activities, self.renamed)
        more = self.more_areas.get(area.code, [])
        yield from self._part("area", area, area.code, old, fields)
        yield from self._merged("area", area, area.code, more)
        for activity in area.activities:
            before = self.activities.get(activity.code)
            changed = _changed("activity", before, activity) if before else ()
            yield from self._part("activity", activity, area.code, before, changed)
            merged = self.more_activities.get(activity.code, [])
            yield from self._merged("activity", activity, area.code, merged)
        for gone in (old, *more) if old else ():
            yield from self._left(gone)

    def _by_code(self, parts: Sequence[_Coded]) -> tuple[dict[str, _Coded], dict[str, list[_Coded]]]:
        """Return old parts by their new codes: that which had the code itself, else the first; and the others."""
        first: dict[str, _Coded] = {}
        more: dict[str, list[_Coded]] = {}
        for part in sorted(parts, key=lambda p: p.code in self.renamed):
            code = self._code(part)
            if first.setdefault(code, part) is not part:
                more.setdefault(code, []).append(part)
        return first, more

    def _merged(
        self, what: What, part: Area | Activity, area: str, old: Iterable[Area | Activity]
    ) -> Iterator[PartChange]:
        """Say of each of several old parts that it became this one; what each said is no change of it."""
        yield from (PartChange("moved", what, part.code, part.title, o.code, area) for o in old)

    def _part(
        self,
        what: What,
        part: Area | Activity,
        area: str,
        old: Area | Activity | None,
        fields: tuple[FieldChange, ...],
    ) -> Iterator[PartChange]:
        if old is None:
            yield PartChange("added", what, part.code, part.title, area=area)
        elif old.code != part.code:
            yield PartChange("moved", what, part.code, part.title, old.code, area, fields)
        elif fields:
            yield PartChange("changed", what, part.code, part.title, area=area, fields=fields)

    def _left(self, area: Area) -> Iterator[PartChange]:
        """Yield the activities of an old area that are gone."""
        here = self._code(area)
        shown = here if here in self.kept else area.code
        yield from (
            self._gone("activity", x, shown) for x in area.activities if self._code(x) not in self.kept
        )

    def _gone(self, what: What, part: Area | Activity, area: str) -> PartChange:
        retired = self.retired.get(self._code(part))
        kind: Kind = "retired" if retired else "removed"
        return PartChange(kind, what, part.code, part.title, area=area, retired=retired)

    def _code(self, part: Area | Activity) -> str:
        return self.renamed.get(part.code, part.code)


def _order(
    name: str, old: Iterable[Area | Activity], new: Iterable[Area | Activity], renamed: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """Say in which order parts stand now that stood in another one."""
    before, after = [renamed.get(p.code, p.code) for p in old], [p.code for p in new]
    was = tuple(code for code in dict.fromkeys(before) if code in set(after))
    now = tuple(code for code in after if code in set(before))
    return (FieldChange(f"{name}.order", was, now),) if was != now else ()


def _changed(what: What, old: Any, new: Any) -> tuple[FieldChange, ...]:
    """Compare two states of one part, field by field."""
    if old == new:
        return ()
    apart = ("code", *_APART.get(what, ()))
    before, after = _leaves_of(old, apart), _leaves_of(new, apart)
    names = [n for n in dict.fromkeys((*after, *before)) if before.get(n) != after.get(n)]
    return tuple(FieldChange(n, before.get(n), after.get(n)) for n in names)


def _leaves_of(part: Any, apart: Iterable[str]) -> dict[str, Leaf]:
    names = (name for name in part._fields if name not in apart)
    return {path: leaf for name in names for path, leaf in _leaves(name, getattr(part, name))}


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Leaf]]:
    """Yield the single values under one, each with its path; absent and empty ones have none."""
    if value is None or value == () or value == {}:
        return
    if isinstance(value, Text):
        yield path, value.vi
        yield from ((f"{path}.en", value.en),) if value.en else ()
    elif hasattr(value, "_fields"):
        yield from (
            leaf for name in value._fields for leaf in _leaves(f"{path}.{name}", getattr(value, name))
        )
    elif isinstance(value, dict):
        yield from ((f"{path}.{name}", one) for name, one in value.items())
    elif isinstance(value, tuple) and hasattr(value[0], "_fields"):
        yield from (leaf for name, one in _named(value) for leaf in _leaves(f"{path}.{name}", one))
    else:
        yield path, value


def _named(members: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the members of a list by what each is known by, so that one more changes none of the others."""
    seen: dict[str, int] = {}
    for member in members:
        name = next((str(v) for n in _NAMES if (v := _name(getattr(member, n, None)))), "")
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), member


def _name(value: Any) -> str | None:
    return value.vi if isinstance(value, Text) else value
