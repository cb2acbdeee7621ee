"""What the rows of a table may be by: what tasks are counted by for it, and what each row is called, in order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from plantrack.model.grouping import ends
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.plan import Text
from plantrack.model.status import Role
from plantrack.model.text import match_key, vi_key
from plantrack.model.typed.vietnamese_names import LEVELS
from plantrack.services.context import Context
from plantrack.store.questions.task_counts import (
    ACTIVITY,
    AREA,
    COORDINATING,
    LEAD,
    MONTH,
    PERSON,
    PLACE,
    Grouping,
    places_written,
    rolled_up,
    sorted_into,
)
from plantrack.store.questions.task_source import TaskSource

#: What can be taken together by what stands above it: organisations by their parents, places by their regions.
ROLLED_UP: Final = ("org", "place")
_SIMPLE: Final = {"area": AREA, "activity": ACTIVITY, "person": PERSON, "month": MONTH}
_SIDES: Final = {Role.LEAD: LEAD, Role.COORDINATING: COORDINATING}


class RowName(NamedTuple):
    """What a row is called: the key of its tasks in the store, its key for people, its title; all None: they have none."""

    counted: str | None
    key: str | None
    title: Text | None


def counted_by(names: Names, by: str, *, roll_up: bool = False) -> list[Grouping]:
    """Return what tasks are counted by; for organisations, what they lead by, and what they coordinate."""
    if by in _SIMPLE:
        return [_SIMPLE[by]]
    if by == "place":
        above = {place: match_key(region.vi) for place, region in _regions(names).items()}
        return [rolled_up("place", above) if roll_up else PLACE]
    organisations = names.organisations.values()
    if by == "level":
        levels = {o.id: o.level for o in organisations if o.level}
        return [sorted_into(role, levels) for role in _SIDES]
    if not roll_up:
        return [*_SIDES.values()]
    parents = {o.id: names.same_as.get(o.parent, o.parent) for o in organisations if o.parent}
    return [rolled_up(role, ends(parents)) for role in _SIDES]


def _regions(names: Names) -> dict[str, Text]:
    """Return the region of each place that has one, by its id as words are compared."""
    return {match_key(place.id): place.region for place in names.places.values() if place.region}


def row_names(
    context: Context, tasks: TaskSource, found: Collection[str], by: str, *, roll_up: bool = False
) -> list[RowName]:
    """Return the rows in order; areas and activities of the plan have one without tasks too."""
    if by == "place":
        return _told_apart(_places(context.names, found, places_written(tasks), roll_up=roll_up))
    return _told_apart([RowName(key, key, title) for key, title in _titles(context, found, by).items()])


def _told_apart(rows: list[RowName]) -> list[RowName]:
    """Name the key too in rows of one title: a province before it was merged, and the one of that name since."""
    titles = Counter(row.title.vi for row in rows if row.title)
    return [_with_key(row) if row.title and titles[row.title.vi] > 1 else row for row in rows]


def _with_key(row: RowName) -> RowName:
    title = row.title or Text("")
    return row._replace(title=Text(f"{title.vi} ({row.key})", title.en and f"{title.en} ({row.key})"))


def _places(
    names: Names, found: Iterable[str], written: Mapping[str, str], *, roll_up: bool
) -> list[RowName]:
    """Return the places that were found, or their regions; of one that is on no list, what was written is its name."""
    listed = {match_key(place.id): (place.id, place.name) for place in names.places.values()}
    if roll_up:  # of several places one may have the English name too
        regions = sorted(_regions(names).values(), key=lambda region: region.en is not None)
        listed |= {match_key(region.vi): (region.vi, region) for region in regions}
    unlisted = ((key, written.get(key, key)) for key in found if key not in listed)
    listed |= {key: (own, Text(own)) for key, own in unlisted}
    return [
        RowName(key, *listed[key]) for key in sorted(found, key=lambda key: (vi_key(listed[key][1].vi), key))
    ]


def _titles(context: Context, found: Collection[str], by: str) -> dict[str, Text]:
    """Return the title of each row in order."""
    names = context.names
    if by == "area":
        titles = {code: Text(title) for code, title in context.former_areas.items()}
        titles.update((a.code, a.short or a.title) for a in context.plan.areas)
        return {code: titles.get(code, Text(code)) for code in (*names.areas, *found)}
    if by == "activity":
        return {code: names.activity_title(code) for code in (*names.activities, *sorted(found))}
    if by == "org":
        return {org: names.title_of(org) for org in names.in_order(found)}
    if by == "level":
        return {level: Text(level) for level in LEVELS if level in found}
    return {key: Text(key) for key in sorted(found, key=lambda key: (vi_key(key), key))}
