"""From what a person typed to what a plan has: areas, activities, organisations, places, people."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from plantrack.errors import Failure
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Text
from plantrack.model.text import nearest, person_name, spoken

#: How many names to offer when none is near.
_FEW = 12


class Names:
    """Looks up what is typed, without regard to tones, case and hyphens; fails with the nearest names."""

    def __init__(self, plan: Plan, people: Sequence[str] = (), former: Sequence[str] = ()) -> None:
        self.plan = plan
        self.people = people
        #: Codes of areas and activities that left the plan and still have tasks: reports know them.
        self.former = former
        self.areas = {area.code: area for area in plan.areas}
        self.activities = {a.code: a for area in plan.areas for a in area.activities}
        self.organisations = {o.id: o for o in plan.organisations}
        self.places = {p.id: p for p in plan.places}

    def area(self, text: str) -> Area:
        """Find an area by its code, also typed `3` or `nd3`."""
        found = self.areas.get(_coded(text, self.areas))
        if found is None:
            raise Failure("unknown-area", area=text, near=_near_code(text, self.areas.values()))
        return found

    def activity(self, text: str) -> Activity:
        """Find an activity by its code, also typed `3.1`."""
        found = self.activities.get(_coded(text, self.activities))
        if found is None:
            near = _near_code(text, self.activities.values())
            raise Failure("unknown-activity", activity=text, near=near)
        return found

    def area_code(self, text: str) -> str:
        """Find the code of an area, also of one that left the plan."""
        return _coded(text, [*self.areas, *(c for c in self.former if "." not in c)]) or self.area(text).code

    def activity_code(self, text: str) -> str:
        """Find the code of an activity, also of one that left the plan."""
        return (
            _coded(text, [*self.activities, *(c for c in self.former if "." in c)])
            or self.activity(text).code
        )

    def area_of(self, activity: Activity) -> Area:
        """Give the area an activity belongs to."""
        return next(area for area in self.plan.areas if activity in area.activities)

    def organisation(self, text: str) -> Organisation:
        """Find an organisation by its id, symbol, short or full name, in either language."""
        found = self._organisation(text)
        if found is None:
            choices = [o.id for o in self.plan.organisations] + [
                name for o in self.plan.organisations for name in _names(o.short, o.name)
            ]
            raise Failure("unknown-organisation", organisation=text, near=_near(text, choices))
        return found

    def _organisation(self, text: str) -> Organisation | None:
        wanted = spoken(text)
        for organisation in self.plan.organisations:
            own = (organisation.id, organisation.symbol or "", *_names(organisation.short, organisation.name))
            if wanted and wanted in map(spoken, own):
                return organisation
        return None

    def place(self, text: str) -> str:
        """Find a place of the plan's list; a plan without a list takes any words."""
        if not self.places:
            return text
        wanted = spoken(text)
        for place in self.plan.places:
            if wanted in map(spoken, (place.id, *_names(place.name))):
                return place.id
        choices = [*self.places, *(p.name.vi for p in self.plan.places)]
        raise Failure("unknown-place", place=text, near=_near(text, choices))

    def new_person(self, text: str) -> str:
        """Read the name of a person, who may be new; an organisation is refused."""
        if self._organisation(text) is not None:
            raise Failure("organisation-not-person", organisation=text)
        return person_name(text)

    def person(self, text: str) -> str:
        """Find a person who is known, by exact name first, then without tones."""
        name = self.new_person(text)
        if name in self.people:
            return name
        alike = [p for p in self.people if spoken(p) == spoken(name)]
        if len(alike) == 1:
            return alike[0]
        near = tuple(alike) or nearest(name, self.people)
        raise Failure("unknown-person", person=text, near=near)

    def party_label(self, party: str, language: str) -> str:
        """Give the name to show for an organisation's id."""
        found = self.organisations.get(party)
        return found.label(language) if found else party


def label_of(text: str) -> str | None:
    """Read a task's label (`12`, `nv12`, `#12`, `HN-4`), or say that the text is none."""
    typed = spoken(text).replace(" ", "-") if "-" in text else spoken(text)
    found = re.fullmatch("(?:nv[ -]?|# ?)?((?:[a-z][a-z0-9]*-)?[0-9]+)", typed)
    return found[1].upper() if found else None


def _coded(text: str, codes: Iterable[str]) -> str:
    """Find the code that is typed whole or by its number; a number that several codes have is none."""
    wanted = spoken(text).replace(" ", "")
    own = {code: spoken(code) for code in codes}
    found = [c for c, name in own.items() if wanted == name]
    found = found or [c for c, name in own.items() if wanted == name.lstrip(ascii_lowercase)]
    return found[0] if len(found) == 1 else ""


def _near_code(text: str, items: Iterable[Area | Activity]) -> tuple[str, ...]:
    """Offer codes near to what was typed; a title that is near is offered as its code too."""
    items = list(items)
    codes = nearest(text, [i.code for i in items])
    titles = {name: i.code for i in items for name in _names(getattr(i, "short", None), i.title)}
    near = dict.fromkeys([*codes, *(titles[t] for t in nearest(text, titles))])
    return tuple(near)[:3] or tuple(i.code for i in items)[:_FEW]


def _near(text: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Offer what is near to what was typed, else the first few there are."""
    return nearest(text, choices) or tuple(choices)[:_FEW]


def _names(*texts: Text | None) -> list[str]:
    return [name for text in texts if text for name in text if name]


def place_label(places: dict[str, Place], place: str, language: str) -> str:
    """Give the name to show for a place."""
    return places[place].name.within(language) if place in places else place
