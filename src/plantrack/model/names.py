"""From what a person typed to what a plan has: areas, activities, organisations, places, people."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase
from types import MappingProxyType
from typing import TypeVar

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME
from plantrack.model.people.hidden_name import as_kept
from plantrack.model.people.name_index import NamesByKey, folded_words, is_part
from plantrack.model.people.person import Person
from plantrack.model.people.person_names import PersonNames, one_alike
from plantrack.model.plan import Activity, Area, Organisation, Place, Plan, Text
from plantrack.model.text import match_key, nearest, vi_key
from plantrack.model.typed.vietnamese_names import HUB, name_meant

#: The form of a code, also without its letters; of an area's not, for a number may be anything.
_CODE = re.compile(r"[a-z]+ ?[0-9]+(\.[0-9]+)?|[0-9]+\.[0-9]+")
#: The label of a task of a site (`hn 4`), folded and with a hyphen or not.
SITE_LABEL = "(?:nv[ -]|# ?)?([a-z]{2,8}(?:[1-9][0-9]?)??)[ -]?([0-9]+)"
#: What exists from a day until a day.
_Dated = TypeVar("_Dated", Organisation, Place)
_Coded = TypeVar("_Coded", Area, Activity)


class Names(PersonNames):
    """Looks up what is typed, without regard to tones, case and hyphens; fails with the nearest names.

    A name that organisations or places had one after the other means the one that exists on the day that is
    given with it. An id typed to the letter is always its own.
    """

    def __init__(
        self,
        plan: Plan,
        people: Sequence[Person] = (),
        former: Sequence[str] = (),
        authors: Callable[[], Sequence[str]] = tuple,
        same_as: Mapping[str, str] = MappingProxyType({}),
        sites: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(people)
        self.plan = plan
        #: Ids of organisations that are others of one of the plan, each with that one's.
        self.same_as = same_as
        #: Asks for everybody who gave a command.
        self.authors = authors
        #: Asks for the sites at which something was recorded; the hub is none.
        self.sites = sites
        #: Codes of areas and activities that left the plan and still have tasks: reports know them.
        self.former = former
        self.areas = {area.code: area for area in plan.areas}
        self.activities = {a.code: a for area in plan.areas for a in area.activities}
        self.organisations = {o.id: o for o in plan.organisations}
        self._organisation_ids = [*self.organisations]
        self._organisations_by_name = NamesByKey(
            self._organisation_ids, lambda id: map(match_key, _names_of(self.organisations[id]))
        )
        self._organisations_by_word = NamesByKey(
            self._organisation_ids, lambda id: _words_in(" ".join(_names_of(self.organisations[id])))
        )
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
        """Find an organisation by its id, symbol, short or full name, in either language; no part will do."""
        meant = self.organisations_meant(text, day)
        if len(meant) == 1 and not self.organisations_named(text):
            raise Failure("organisation-in-part", organisation=text, full=meant[0].name.vi, id=meant[0].id)
        return self._only(text, meant)

    def organisation_meant(self, text: str, day: str | None = None) -> Organisation:
        """Find the organisation that a reader means: by a name, else the only one that has these words in one."""
        return self._only(text, self.organisations_meant(text, day))

    def _only(self, text: str, found: Sequence[Organisation]) -> Organisation:
        if not found:
            near = _near(text, {o.id: _names(o.short, o.name) for o in self.organisations.values()})
            raise Failure("unknown-organisation", organisation=text, near=near)
        if len(found) > 1:
            raise Failure("organisation-ambiguous", organisation=text, near=tuple(o.id for o in found))
        return found[0]

    def organisations_meant(self, text: str, day: str | None = None) -> list[Organisation]:
        """Return the organisations that have a name, else those with its words in one; rather those that exist on a day."""
        return _there(self.organisations_named(text) or self._organisations_in_part(text), day)

    def _organisations_in_part(self, text: str) -> list[Organisation]:
        """Return the organisations that have the words of a text in one of their names, and more."""
        with_all = self._organisations_by_word.of_all(_words_in(text))
        return [found for id in with_all if _has_part(text, found := self.organisations[id])]

    def short_names(self) -> dict[str, str]:
        """Map the match key of each organisation's id and short name to what the plan writes."""
        return {
            match_key(name): name
            for o in reversed(self.organisations.values())
            for name in (*_names(o.short or o.name), o.id)
        }  # fmt: skip

    def organisations_named(self, text: str) -> list[Organisation]:
        """Return the organisations that have a name: the id to the letter, else any."""
        text = self.same_as.get(text, text)
        if text in self.organisations:
            return [self.organisations[text]]
        wanted = match_key(text)
        return [self.organisations[id] for id in self._organisations_by_name.of(wanted) if wanted]

    def add_organisation(self, new: Organisation) -> None:
        """Know an organisation that comes with the command."""
        self.organisations[new.id] = new
        self._organisation_ids.append(new.id)

    def before(self, organisation: str) -> list[str]:
        """Return the organisations that one is the successor of."""
        return [o.id for o in self.organisations.values() if o.successor == organisation]

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

    def author(self, text: str) -> str:
        """Find somebody who gave commands, as `person_meant` finds people."""
        known = self.authors()
        text = as_kept(text, known)
        found, near = one_alike(text, known)
        parts = [one for one in known if is_part(text, one)]
        if found is None and len(parts) != 1:
            raise Failure("unknown-author", author=text, near=tuple(parts[:5]) or near)
        return found or parts[0]

    def site(self, text: str) -> str:
        """Find the code of a site at which something was recorded, or `hub`."""
        found = name_meant(text, HUB) or self.site_meant(text)
        if found is None:
            known = self.sites()
            raise Failure("unknown-site", site=text, near=nearest(text, [*HUB, *known]) or tuple(known[:5]))
        return found

    def site_meant(self, text: str) -> str | None:
        """Return the code of a site that there is, in any case; None for other texts."""
        wanted = match_key(text).upper()
        return wanted if wanted in self.sites() else None

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


def label_of(text: str) -> str | None:
    """Read a task's label (`12`, `nv12`, `#12`, `HN-4`); None for other texts."""
    typed = match_key(text).replace(" ", "-") if "-" in text else match_key(text)
    if not text.rstrip()[-1:].isalnum():  # `3-`: the half of a range
        return None
    # Before a site "nv" stands apart: `nvhn-4` is of a site NVHN.
    found = re.fullmatch("(?:nv[ -]?|# ?)?([0-9]+)|(?:nv[ -]|# ?)?((?!nv-)[a-z][a-z0-9]*-[0-9]+)", typed)
    return (found[1] or found[2]).upper() if found else None


def labels_joined(typed: Iterable[str]) -> list[str]:
    """Return what was typed for tasks; an "nv" that stands apart goes with the label behind it."""
    joined = list[str]()
    for text in typed:
        if joined and match_key(joined[-1]) == "nv" and label_of(text):
            joined[-1] = text
        else:
            joined.append(text)
    return joined


def site_label(text: str) -> str | None:
    """Read the label of a site's task that was typed without its hyphen (`hn1`, `hn 1`); None for other texts."""
    found = re.fullmatch(SITE_LABEL, match_key(text))
    return f"{found[1]}-{found[2]}".upper() if found else None


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


def _words_in(text: str) -> list[str]:
    return folded_words(text.replace("-", " "))


def _has_part(text: str, organisation: Organisation) -> bool:
    """Return whether a text is words of a name of an organisation, but not all of them."""
    return any(is_part(text.replace("-", " "), name.replace("-", " ")) for name in _names_of(organisation))


def _names_of(organisation: Organisation) -> tuple[str, ...]:
    return organisation.id, organisation.symbol or "", *_names(organisation.short, organisation.name)


def _names(*texts: Text | None) -> list[str]:
    return [name for text in texts if text for name in text if name]


def place_label(places: dict[str, Place], place: str, language: str) -> str:
    """Return the name to show for a place."""
    return places[place].name.within(language) if place in places else place
