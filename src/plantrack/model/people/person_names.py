"""From what a person typed to a person who is known: by the whole name, by a part of it, by the organisation beside it."""

import re
from collections.abc import Iterable, Sequence

from plantrack.errors import Failure
from plantrack.model.people.hidden_name import as_kept
from plantrack.model.people.name_index import NameIndex, NamesByKey
from plantrack.model.people.person import Person
from plantrack.model.plan import Organisation
from plantrack.model.text import match_key, nearest, person_key, person_name, unreserved_name

#: A name with an organisation in brackets.
_IN_BRACKETS = re.compile(r"(.*\S) ?\(([^()]+)\)")
#: How many names are offered where one was meant.
_OFFERED = 5


class PersonNames:
    """Looks up people, without regard to tones and case where that is one of them; fails with the nearest names."""

    def __init__(self, known: Sequence[Person]) -> None:
        self.known = {person.name: person for person in known}
        self.index = NameIndex(self.known)
        self.people = self.index.names
        self._by_own_name = NamesByKey(self.people, lambda name: [person_key(self.known[name].own_name)])
        self._by_former = NamesByKey(self.people, lambda name: {*map(person_key, self.known[name].former)})

    def organisations_named(self, text: str) -> list[Organisation]:
        """Return the organisations that have a name."""
        raise NotImplementedError

    def new_person(self, text: str) -> str:
        """Read the name of a person, who may be new; an organisation is refused."""
        if self.organisations_named(text):
            raise Failure("organisation-not-person", organisation=text)
        name = as_kept(person_name(text), (person.own_name for person in self.known.values()))
        return self.index.same(name) or self._of_organisation(name) or name

    def split_person(self, name: str) -> tuple[str, str | None]:
        """Return a name without the organisation that stands in brackets after it, and the id of that."""
        found = _IN_BRACKETS.fullmatch(name)
        organisations = self.organisations_named(found[2]) if found else []
        return (found[1], organisations[0].id) if found and len(organisations) == 1 else (name, None)

    def _namesakes(self, name: str) -> list[Person]:
        """Return everybody who has just this name, whatever tells them apart."""
        return [self.known[one] for one in self._by_own_name.of(person_key(name))]

    def _formerly(self, name: str) -> str | None:
        """Return the only person who was called so once, or turned out to be whoever was."""
        found = [*self._by_former.of(person_key(name))]
        return found[0] if len(found) == 1 else None

    def _of_organisation(self, name: str) -> str | None:
        """Find the only person of a name in the organisation that stands in brackets after it."""
        own, organisation = self.split_person(name)
        found = [p.name for p in self._namesakes(own) if organisation and p.organisation == organisation]
        return found[0] if len(found) == 1 else None

    def person_to_write(self, text: str, *, new: bool = False) -> str:
        """Read the name of a person who may be new; unless they are, the part of a name that is known is refused.

        So is a known name with another organisation than theirs, and one that somebody has no longer.
        """
        name = self.new_person(text)
        if name in self.known or unreserved_name(name) and new:
            return name
        if full := self.full_names(name):
            if len(full) == 1:
                raise Failure("person-in-part", person=name, full=full[0])
            raise Failure("person-ambiguous", person=name, known=_first_of(full), first=full[0])
        if now := self._formerly(name):
            raise Failure("person-formerly", person=name, full=now)
        if namesakes := self._namesakes(self.split_person(name)[0]):
            raise Failure("person-elsewhere", person=name, known=tuple(p.name for p in namesakes[:_OFFERED]))
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
        longer = self.index.longer(name) if name not in self.known else []
        alike = [p for p in self.people if match_key(p) == match_key(name)] if longer else []
        return tuple(dict.fromkeys([*alike, *longer]))

    def person(self, text: str) -> str:
        """Find a person who is known, by exact name or but for letter case first, then without tones; no part will do."""
        name = self.new_person(text)
        found, near = one_alike(name, self.people)
        if found is not None:
            return found
        if now := self._formerly(name):
            return now
        match self.full_names(name):
            case ():
                raise Failure("unknown-person", person=text, near=near)
            case (full,):
                raise Failure("name-in-part", person=name, full=full)
            case several:
                raise Failure("person-several", person=name, near=_first_of(several))

    def person_meant(self, text: str) -> str:
        """Find the person whom a reader means: as `person` does, else the only one whose name has these words."""
        name = self.new_person(text)
        full = self.full_names(name)
        return full[0] if len(full) == 1 and one_alike(name, self.people)[0] is None else self.person(text)

    def is_person_in_part(self, text: str, person: str) -> bool:
        """Return whether a person was found by a part of their name."""
        return one_alike(self.new_person(text), [person])[0] is None

    def spellings(self, person: str) -> list[str]:
        """Return the names in which a person may stand in work that was recorded before letter case was looked at."""
        key = person_key(person)
        return [p for p in self.people if person_key(p) == key]


def one_alike(name: str, known: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
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


def _first_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the first of names, and how many there are more."""
    more = len(names) - _OFFERED
    return (*names[:_OFFERED], *([f"… (+{more})"] if more > 0 else []))
