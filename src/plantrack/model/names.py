"""From what a person typed to what a plan has: areas, activities, organisations, places, people."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import TypeVar

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Text
from plantrack.model.text import (
    fold,
    has_words,
    letters_off,
    match_key,
    nearest,
    person_key,
    person_name,
    vi_key,
)

#: The form of a code, also without its letters; of an area's not, for a number may be anything.
_CODE = re.compile(r"[a-z]+ ?[0-9]+(\.[0-9]+)?|[0-9]+\.[0-9]+")
#: What exists from a day until a day.
_Dated = TypeVar("_Dated", Organisation, Place)
_Coded = TypeVar("_Coded", Area, Activity)


class Names:
    """Looks up what is typed, without regard to tones, case and hyphens; fails with the nearest names.

    A name that organisations or places had one after the other means the one that exists on the day that is
    given with it. An id typed to the letter is always its own.
    """

    def __init__(
        self,
        plan: Plan,
        people: Sequence[str] = (),
        former: Sequence[str] = (),
        authors: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self.plan = plan
        self.people = people
        #: Asks for everybody who gave a command.
        self.authors = authors
        #: Codes of areas and activities that left the plan and still have tasks: reports know them.
        self.former = former
        self.areas = {area.code: area for area in plan.areas}
        self.activities = {a.code: a for area in plan.areas for a in area.activities}
        self.organisations = {o.id: o for o in plan.organisations}
        self.places = {p.id: p for p in plan.places}

    def area(self, text: str) -> Area:
        """Find an area by its code, also typed `3` or `nd3`; one that was retired takes no new work."""
        found = self._current(text, self.areas)
        if found is None:
            raise Failure("unknown-area", area=text, near=_near_code(text, self.areas.values()))
        return found

    def activity(self, text: str) -> Activity:
        """Find an activity by its code, also typed `3.1`; one that was retired takes no new work."""
        found = self._current(text, self.activities)
        if found is None:
            raise Failure("unknown-activity", activity=text, near=_near_code(text, self.activities.values()))
        return found

    def _current(self, text: str, current: Mapping[str, _Coded]) -> _Coded | None:
        own = self._code(text, current)
        for retired in self.plan.retired if own not in current else ():
            if retired.code == own:
                raise Failure("code-retired", code=own, day=retired.on, reason=retired.reason)
        return current.get(own)

    def area_code(self, text: str) -> str:
        """Find the code of an area, also of one that left the plan."""
        return self._code(text, self.areas) or self.area(text).code

    def activity_code(self, text: str) -> str:
        """Find the code of an activity, also of one that left the plan."""
        return self._code(text, self.activities) or self.activity(text).code

    def known_code(self, text: str) -> tuple[str, str] | None:
        """Return the code that a text is, and whose it is (`area`, `activity`); None for a bare number."""
        if not _CODE.fullmatch(match_key(text)):
            return None
        kind, current = ("activity", self.activities) if "." in text else ("area", self.areas)
        code = self._code(text, current)
        return (kind, code) if code else None

    def _code(self, text: str, current: Mapping[str, object]) -> str:
        """Find a code that the plan has or had; one that was moved leads to where it is now."""
        moved = self.plan.moved
        gone = (*self.former, *moved, *(retired.code for retired in self.plan.retired))
        code = _coded(text, current, [c for c in gone if ("." in c) == (current is self.activities)])
        while code in moved and code not in current and code not in self.former:
            code = moved[code]  # the check of the file refuses cycles
        return code

    def area_of(self, activity: Activity) -> Area:
        """Return the area an activity belongs to."""
        return self.areas[activity.code.rpartition(".")[0]]

    def organisation(self, text: str, day: str | None = None) -> Organisation:
        """Find an organisation by its id, symbol, short or full name, in either language."""
        found = self._organisations(text)
        if not found:
            near = _near(text, {o.id: _names(o.short, o.name) for o in self.plan.organisations})
            raise Failure("unknown-organisation", organisation=text, near=near)
        there = _there(found, day)
        if len(there) > 1:
            raise Failure("organisation-ambiguous", organisation=text, near=tuple(o.id for o in there))
        return there[0]

    def short_names(self) -> dict[str, str]:
        """Map the match key of each organisation's id and short name to what the plan writes."""
        return {
            match_key(name): name
            for o in reversed(self.plan.organisations)
            for name in (*_names(o.short or o.name), o.id)
        }  # fmt: skip

    def _organisations(self, text: str) -> list[Organisation]:
        if text in self.organisations:
            return [self.organisations[text]]
        wanted = match_key(text)
        return [o for o in self.plan.organisations if wanted and wanted in map(match_key, _names_of(o))]

    def before(self, organisation: str) -> list[str]:
        """Return the organisations that one is the successor of."""
        return [o.id for o in self.plan.organisations if o.successor == organisation]

    def place(self, text: str, day: str | None = None) -> str:
        """Find a place of the plan's list; a plan without a list takes any words."""
        if not self.places or text in self.places:
            return text
        wanted = match_key(text)
        found = [p for p in self.plan.places if wanted in map(match_key, (p.id, *_names(p.name)))]
        if not found:
            near = _near(text, {p.id: _names(p.name) for p in self.plan.places})
            raise Failure("unknown-place", place=text, near=near)
        there = _there(found, day)
        if len(there) > 1:
            raise Failure("place-ambiguous", place=text, near=tuple(p.id for p in there))
        return there[0].id

    def merged_from(self, place: str) -> tuple[str, ...]:
        """Return the places that one was made of."""
        return self.places[place].merged_from if place in self.places else ()

    def merged_into(self, place: str) -> tuple[str, ...]:
        """Return the places that one became."""
        return tuple(p.id for p in self.plan.places if place in p.merged_from)

    def new_person(self, text: str) -> str:
        """Read the name of a person, who may be new; an organisation is refused."""
        if self._organisations(text):
            raise Failure("organisation-not-person", organisation=text)
        name = person_name(text)
        return same_person(name, self.people) or name

    def person_to_write(self, text: str, *, new: bool = False) -> str:
        """Read the name of a person who may be new; unless they are, the part of a name that is known is refused."""
        name = self.new_person(text)
        full = () if new else self.full_names(name)
        if len(full) == 1:
            raise Failure("person-in-part", person=name, full=full[0])
        if full:
            raise Failure("person-ambiguous", person=name, known=full[:5], first=full[0])
        return name

    def people_to_write(self, texts: Iterable[str], *, new: bool = False) -> tuple[str, ...]:
        """Read the names of people as `person_to_write` does; each once, as typed first."""
        found: list[str] = []
        for text in texts:
            name = self.person_to_write(text, new=new)
            if same_person(name, found) is None:
                found.append(name)
        return tuple(found)

    def full_names(self, name: str) -> tuple[str, ...]:
        """Return the known names that have all the words of another, and more; where any do, first those that sound alike."""
        longer = [p for p in self.people if is_part(name, p)] if name not in self.people else []
        alike = [p for p in self.people if match_key(p) == match_key(name)] if longer else []
        return tuple(dict.fromkeys([*alike, *longer]))

    def person(self, text: str) -> str:
        """Find a person who is known, by exact name or but for letter case first, then without tones."""
        found, near = _alike(self.new_person(text), self.people)
        if found is None:
            raise Failure("unknown-person", person=text, near=near)
        return found

    def spellings(self, person: str) -> list[str]:
        """Return the names in which a person may stand in work that was recorded before letter case was looked at."""
        key = person_key(person)
        return [p for p in self.people if person_key(p) == key]

    def author(self, text: str) -> str:
        """Find somebody who gave commands, as `person` finds people."""
        found, near = _alike(text, self.authors())
        if found is None:
            raise Failure("unknown-author", author=text, near=near)
        return found

    def in_order(self, organisations: Iterable[str]) -> list[str]:
        """Put organisations in the order that readers expect."""
        return sorted(organisations, key=lambda one: vi_key(self.party_label(one, "vi")))

    def title_of(self, organisation: str) -> Text:
        """Return the short name of an organisation, or the id of one that the plan does not have."""
        found = self.organisations.get(organisation)
        return found.short or found.name if found else Text(organisation)

    def activity_title(self, code: str) -> Text:
        """Return the title of an activity, or the code of one that the plan does not have."""
        return self.activities[code].title if code in self.activities else Text(code)

    def party_label(self, party: str, language: str) -> str:
        """Return the name to show for an organisation's id."""
        return self.title_of(party).within(language)


def _alike(name: str, known: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the known name that one is, else the only one that reads so without tones; where none is, the near ones."""
    alike = [k for k in known if match_key(k) == match_key(name)]
    found = name if name in known else alike[0] if len(alike) == 1 else None
    return found, tuple(alike) or nearest(name, known)


def same_person(name: str, people: Sequence[str]) -> str | None:
    """Return the name by which a person is known: letter case alone makes no second person."""
    if name in people:
        return name
    key = person_key(name)
    return next((known for known in people if person_key(known) == key), None)


def is_part(name: str, whole: str) -> bool:
    """Return whether a name is words of a longer one; a word without marks is any that reads so."""
    words, typed = whole.split(), name.split()
    return len(typed) < len(words) and has_words(words, typed, _is_word)


def _is_word(typed: str, own: str) -> bool:
    return typed.casefold() == own.casefold() or typed.casefold() == fold(own)


def resembling(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that another one is easily taken for: by its tones, by a letter, by being longer."""
    return tuple(p for p in known if p != name and _resembles(name, p))


def _resembles(name: str, other: str) -> bool:
    a, b = match_key(name), match_key(other)
    return a == b or letters_off(a, b) == 1 or is_part(name, other) or is_part(other, name)


def label_of(text: str) -> str | None:
    """Read a task's label (`12`, `nv12`, `#12`, `HN-4`); None for other texts."""
    typed = match_key(text).replace(" ", "-") if "-" in text else match_key(text)
    found = re.fullmatch("(?:nv[ -]?|# ?)?((?:[a-z][a-z0-9]*-)?[0-9]+)", typed)
    return found[1].upper() if found else None


def _there(found: list[_Dated], day: str | None) -> list[_Dated]:
    """Return those of several with one name that exist on a day; all, where not one does."""
    return [x for x in found if day is None or in_force(x, day)] or found


def in_force(thing: Organisation | Place, day: str) -> bool:
    """Return whether an organisation or a place exists on a day."""
    return (thing.valid_from or "") <= day <= (thing.valid_to or END_OF_TIME)


def _coded(text: str, *groups: Iterable[str]) -> str:
    """Find the code that is typed whole or by its number; empty for a number that several codes have.

    Of several groups of codes, the first that has any such code decides.
    """
    wanted = match_key(text).replace(" ", "")
    for codes in groups:
        own = {code: match_key(code) for code in codes}
        found = [c for c, name in own.items() if wanted == name]
        found = found or [c for c, name in own.items() if wanted == name.lstrip(ascii_lowercase)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _near_code(text: str, items: Iterable[Area | Activity]) -> tuple[str, ...]:
    """Offer codes near to what was typed; a title that is near is offered as its code too."""
    items = list(items)
    codes = nearest(text, [i.code for i in items])
    titles = {name: i.code for i in items for name in _names(getattr(i, "short", None), i.title)}
    near = dict.fromkeys([*codes, *(titles[t] for t in nearest(text, titles))])
    return tuple(near)[:3]


def _near(text: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Offer the ids or the names that are near, one of each thing; `names`: those of each id."""
    owner = {name: id for id, own in names.items() for name in (id, *own)}
    first: dict[str, str] = {}
    for name in nearest(text, owner, limit=len(owner)):
        first.setdefault(owner[name], name)
    return tuple(first.values())[:3]


def _names_of(organisation: Organisation) -> tuple[str, ...]:
    return organisation.id, organisation.symbol or "", *_names(organisation.short, organisation.name)


def _names(*texts: Text | None) -> list[str]:
    return [name for text in texts if text for name in text if name]


def place_label(places: dict[str, Place], place: str, language: str) -> str:
    """Return the name to show for a place."""
    return places[place].name.within(language) if place in places else place
