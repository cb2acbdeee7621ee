"""Names in the cells of a file, each looked up once; who is new, where new ones are wanted."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from plantrack.errors import Failure
from plantrack.model.importing.cell_values import parts_of_cell
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.people.name_index import NameIndex
from plantrack.model.people.person_names import one_alike
from plantrack.model.plan import Activity, Area, Organisation, Text
from plantrack.model.text import clean_line, fold, match_key, person_key
from plantrack.services.context import Context
from plantrack.services.importing.remembered import remembered

#: A number that a spreadsheet may have made of "3.10".
_BARE: Final = re.compile("[0-9]+[.][0-9]+")
#: So many names are offered where one was meant.
_OFFERED: Final = 3


class Newcomers(NamedTuple):
    """Whoever no plan and no command had yet: organisations by id, people by name."""

    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


NOBODY: Final = Newcomers()


class ImportNames(Names):
    """Looks up what cells name: an area and an activity by their titles too, an organisation or a person who is new."""

    def __init__(self, context: Context, *, new_person: bool, new_org: bool) -> None:
        own = context.names
        super().__init__(own.plan, [*own.known.values()], own.former, own.authors, own.same_as)
        self.may_be_new_person, self._may_be_new_org = new_person, new_org
        #: The organisations that no plan and no command had yet, by id; and people, by what makes a name theirs.
        self.new_organisations: dict[str, Organisation] = {}
        self._new_people: dict[str, str] = {}
        #: The numbers after which an id that is made of a name is free.
        self._id_numbers: dict[str, Iterator[int]] = {}
        #: The organisation that a row gave first to somebody who had none.
        self.organisation_in_file: dict[str, str] = {}
        #: Those of them whom the row that is read names.
        self._organisations_here: dict[str, None] = {}
        self._people_here: dict[str, None] = {}
        self._index = NameIndex(self.people)
        self._areas = _by_title([(a.code, (a.title, a.short)) for a in own.areas.values()])
        self._activities = _by_title([(a.code, (a.title,)) for a in own.activities.values()])
        self._find_area = remembered(self._area)
        self._find_activity = remembered(self._activity)
        self._organisations_in = remembered(self._divided)
        self._find_place = remembered(super().place)
        self._find_organisation = remembered(self._organisation)
        self._find_person = remembered(self._person)

    def area(self, text: str) -> Area:
        """Find an area by its code or its title."""
        return self._find_area(text)

    def activity(self, text: str) -> Activity:
        """Find an activity by its code or its title."""
        return self._find_activity(text)

    def place(self, text: str, day: str | None = None) -> str:
        """Find a place."""
        return self._find_place(text, day)

    def organisation(self, text: str, day: str | None = None) -> Organisation:
        """Find an organisation, or make it known where it may be new."""
        found = self._find_organisation(text, day)
        if found.id in self.new_organisations:
            self._organisations_here[found.id] = None
        return found

    def person_to_write(self, text: str, *, new: bool = False) -> str:
        """Read the name of a person; who is not known is refused, unless they may be new."""
        return self._come(self._find_person(text, new))

    @property
    def new_people(self) -> tuple[str, ...]:
        """Return the people that no plan and no command had yet."""
        return tuple(self._new_people.values())

    def _come(self, name: str) -> str:
        if name not in self.known:
            self._people_here[name] = None
        return name

    def _new_person(self, name: str) -> str:
        """Return the name of somebody new, as it was written first: letter case alone makes no second person."""
        return self._new_people.setdefault(person_key(name), name)

    def newcomers_here(self) -> Newcomers:
        """Return whoever is new of those named since this was asked last."""
        if not self._organisations_here and not self._people_here:
            return NOBODY
        found = Newcomers(tuple(self._organisations_here), tuple(self._people_here))
        self._organisations_here.clear()
        self._people_here.clear()
        return found

    def name_again(self, newcomers: Newcomers) -> None:
        """Count those who are new among those named, as they were before."""
        self._organisations_here.update(dict.fromkeys(newcomers.organisations))
        self._people_here.update(dict.fromkeys(newcomers.people))

    def organisations_of(self, cell: str) -> tuple[str, ...]:
        """Return the names of the organisations in a cell: of one, whose name may have a comma, or of several."""
        return self._organisations_in(cell)

    def _divided(self, cell: str) -> tuple[str, ...]:
        return (cell,) if self.organisations_named(cell) else parts_of_cell(cell)

    def _area(self, text: str) -> Area:
        return super().area(self._areas.get(match_key(text), text))

    def _activity(self, text: str) -> Activity:
        found = super().activity(self._activities.get(match_key(text), text))
        if _BARE.fullmatch(text) and (other := f"{found.code}0") in self.activities:
            raise Failure("code-doubtful", code=text, codes=(found.code, other), example=found.code)
        return found

    def group(self, title: str) -> tuple[str, str] | None:
        """Return the area and the activity that a heading between rows means."""
        key = match_key(title)
        if code := self._activities.get(key):
            return code.rpartition(".")[0], code
        if code := self._areas.get(key):
            return code, ""
        kind, code = self.known_code(title) or ("", "")
        return (code.rpartition(".")[0], code) if kind == "activity" else (code, "") if kind else None

    def is_area(self, text: str) -> bool:
        """Return whether a text names an area, and no activity."""
        found = self.group(text)
        return found is not None and not found[1]

    def newcomer_or_known(self, text: str) -> str:
        """Read the name of a person in a list of people: whoever is in it may be new, unless they have much of a known name.

        Raises: those of `PersonNames.person_to_write`.
        """
        name = super().person_to_write(text, new=self.may_be_new_person)
        return self._come(name if name in self.known else self._new_person(name))

    def _organisation(self, text: str, day: str | None = None) -> Organisation:
        if self._may_be_new_org and not self.organisations_meant(text, day):
            return self._new_organisation(text)
        return super().organisation(text, day)

    def _new_organisation(self, text: str) -> Organisation:
        name = clean_line(text, what="organisation_name", limit=300)
        new = Organisation(self._new_id(name), Text(name))
        self.add_organisation(new)
        self.new_organisations[new.id] = new
        return new

    def _new_id(self, name: str) -> str:
        """Make an id of a name: "Hội LHPN tỉnh A" is hoi-lhpn-tinh-a."""
        plain = re.sub("[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-") or "don-vi"
        numbers = self._id_numbers.setdefault(plain, count(1))
        ids = (plain if n == 1 else f"{plain}-{n}" for n in numbers)
        return next(id for id in ids if id not in self.organisations and id not in self.same_as)

    def _person(self, text: str, new: bool) -> str:
        name = super().person_to_write(text, new=new or self.may_be_new_person)
        if name in self.known:
            return name
        if not self.may_be_new_person:
            near = one_alike(name, self.people)[1] or self._index.resembling(name)
            raise Failure("unknown-person", person=text, near=tuple(near)[:_OFFERED])
        return self._new_person(name)


def _by_title(things: list[tuple[str, tuple[Text | None, ...]]]) -> dict[str, str]:
    """Map titles to codes; one that several have is nobody's."""
    found: dict[str, set[str]] = {}
    for code, titles in things:
        for key in {match_key(name) for title in titles if title for name in title if name}:
            found.setdefault(key, set()).add(code)
    return {key: min(codes) for key, codes in found.items() if len(codes) == 1}
