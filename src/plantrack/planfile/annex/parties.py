"""The columns of organisations: which names a cell has, and one organisation for all spellings of a name."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from plantrack.model.plan import Organisation, Plan, Text
from plantrack.model.record import NamedTuple
from plantrack.model.text import fold
from plantrack.planfile.annex import words

#: What names of organisations begin with, folded. After a comma only these begin another name: "Bộ Văn hoá,
#: Thể thao và Du lịch" is one.
_HEADS: Final = re.compile(
    r"(?:bo|so|vu|ban|hoi|uy ban|phong|tong cuc|cuc|chi cuc|vien|trung tam|van phong|truong|hoc vien|cong an|doan|"
    r"lien doan|lien hiep|lien minh|mat tran|thanh tra|tap chi|bao|dai|quy|ngan hang|toa an|kho bac|quan khu|to|nhom|"
    r"cong ty|hop tac xa|tinh|thanh pho|huyen|xa(?! hoi)|dang uy|thanh uy|tinh uy|trung uong|tw|ubnd|hdnd|dai hoc|benh vien|"
    r"thuong truc|chi hoi|co quan|don vi|cac|nhung|ong|ba|d/c|dong chi)\b"
)
#: Words for everybody and nobody: they name no organisation.
_VAGUE: Final = re.compile(
    r"^(?:cac|nhung|moi|toan the|tat ca|mot so|ca nhan|don vi|co quan|dia phuong)\b(?! (?:thuong truc|chu quan))"
    r"|lien quan|^(?:ong|ba|d/c|dong chi)\b|\bv\.v"
)
_ABBREVIATION: Final = re.compile(r"[A-ZĐ&.\-]{2,}\b")
#: Who does what, written into the cell itself.
_PREFIX: Final = re.compile(
    r"^(?:đơn vị |cơ quan )?(chủ trì|phối hợp)(?: thực hiện)?\s*:\s*|^[-+•*–]\s*", re.IGNORECASE
)
_SUFFIX: Final = re.compile(r"\s*\((?:cơ quan |đơn vị )?(chủ trì|phối hợp)\)$", re.IGNORECASE)
#: What is said of an organisation, and is no part of its name.
_ASIDE: Final = re.compile(r"\s*\((?:là )?(?:đầu mối|thường trực)\)$", re.IGNORECASE)
_SPLIT: Final = re.compile(r"\s*([;,\n])\s*")
#: "nt" and signs for the same as above.
SAME: Final = re.compile(r"(?:n\.?t\.?|nhu tren|[\"”'´″〃]{1,2}|//)\.?")
#: Signs that a cell has nothing.
NOTHING: Final = re.compile(r"[-./\\–—x×_… ]+|khong(?: co)?", re.IGNORECASE)
#: Longer texts list no names.
_LONGEST_CELL: Final = 3000
_LONGEST_NAME: Final = 150
_LONGEST_ID: Final = 40


class Named(NamedTuple):
    """What a cell names: ids by role where it says so, and the words that are no name."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    #: Those whose role the cell does not say.
    plain: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


class Parties:
    """The organisations of a draft; those of the plan that comes with the program keep their ids."""

    def __init__(self, known: Plan) -> None:
        self._known = {o.id: o for o in known.organisations}
        self._ids = {fold(name): o.id for o in known.organisations for name in (o.id, *_names(o))}
        self._made: dict[str, Organisation] = {}
        self._used: dict[str, list[str]] = {}
        self._alone: set[str] = set()
        self.doubts: dict[str, list[str]] = {}

    def learn(self, text: str) -> None:
        """Note the names that stand alone, so that "A và B" is seen to be two."""
        if len(text) <= _LONGEST_CELL:
            self._alone.update(
                fold(name) for _, name in _parts(text) if " và " not in name and _is_name(name)
            )

    def read(self, text: str) -> Named:
        """Read the names of a cell."""
        if len(text) > _LONGEST_CELL:
            return Named(vague=(text.replace("\n", " "),))
        found: dict[str, list[str]] = {"lead": [], "coordinating": [], "plain": [], "vague": []}
        for role, name in _parts(text):
            if fold(name) in self._ids or _is_name(name):
                found[role] += [one for part in self._apart(name) for one in [self._id(part)]]
            elif not NOTHING.fullmatch(fold(name)):
                found["vague"].append(name)
        return Named(*(tuple(dict.fromkeys(names)) for names in found.values()))

    def spellings(self, ids: Iterable[str]) -> Iterator[str]:
        """Give all the ways in which the organisations were written."""
        for one in ids:
            yield from self._used.get(one, ())
            yield from _names(self._of(one))

    def organisations(self) -> tuple[Organisation, ...]:
        """Give those that were named, with the successors of those that have one."""
        wanted = dict.fromkeys(self._used)
        for one in self._used:
            following = self._of(one).successor
            if following:
                wanted[following] = None
        return tuple(map(self._of, wanted))

    def other_spellings(self) -> Iterator[tuple[str, list[str]]]:
        """Give what an organisation is also called in the annex, letter for letter."""
        for one, written in self._used.items():
            names = set(_names(self._of(one)))
            if other := [name for name in written if name not in names]:
                yield one, other

    def _of(self, one: str) -> Organisation:
        return self._made.get(one) or self._known[one]

    def _apart(self, name: str) -> list[str]:
        """Divide a name at "và" where both sides are names by themselves."""
        if fold(name) in self._ids:
            return [name]
        for found in re.finditer(r"\s+và\s+", name):
            sides = [name[: found.start()], name[found.end() :]]
            if all(map(self._knows, sides)):
                return sides
        return [name]

    def _knows(self, name: str) -> bool:
        return fold(name) in self._ids or fold(name) in self._alone

    def _id(self, name: str) -> str:
        key = fold(name)
        one = self._ids.get(key) or self._make(name, key)
        written = self._used.setdefault(one, [])
        if name not in written:
            written.append(name)
        return one

    def _make(self, name: str, key: str) -> str:
        one = self._free(_slug(key))
        self._ids[key] = one
        self._made[one] = Organisation(one, Text(name))
        doubts = [words.COMMA_IN_NAME] if re.search(", (?!.* và )", name) else []
        doubts += [words.AND_IN_NAME] if _joins_two(name) else []
        doubts += [] if _HEADS.match(key) or _ABBREVIATION.match(name) else [words.PERHAPS_PERSON]
        self.doubts[one] = doubts
        return one

    def _free(self, slug: str) -> str:
        one, number = slug, 1
        while one in self._known or one in self._made:
            number += 1
            one = f"{slug[: _LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
        return one


def _names(organisation: Organisation) -> list[str]:
    texts = (organisation.name, organisation.short or organisation.name)
    return [name for name in (organisation.symbol, *(n for text in texts for n in text)) if name]


def _slug(key: str) -> str:
    """Give an id for a folded name, cut between words."""
    slug = "-".join(re.findall("[a-z0-9]+", key)) or "don-vi"
    if len(slug) > _LONGEST_ID:
        slug = slug[: _LONGEST_ID + 1].rpartition("-")[0] or slug[:_LONGEST_ID]
    return slug


def names_in(text: str) -> Iterator[str]:
    """Give the names of a cell as they are written, without words that only say who leads."""
    for name in _joined(text):
        while found := _PREFIX.match(name):
            name = name[found.end() :]
        yield _SUFFIX.sub("", name).strip(" .:")


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Give the names of a cell with the role that the cell itself gives them; signs between names are left out."""
    role = "plain"
    for name in _joined(text):
        while found := _PREFIX.match(name):
            if found[1]:
                role = "lead" if fold(found[1]) == "chu tri" else "coordinating"
            name = name[found.end() :]
        own = _SUFFIX.search(name)
        name = _ASIDE.sub("", name[: own.start()] if own else name)
        if name := name.strip(" .:"):
            yield _own_role(own[1] if own else "", role), name


def _own_role(suffix: str, role: str) -> str:
    key = fold(suffix)
    return "lead" if "chu tri" in key else "coordinating" if key == "phoi hop" else role


def _joined(text: str) -> list[str]:
    """Divide a cell at signs; after a comma or a line's end what begins like no name goes on with the one before."""
    pieces = _SPLIT.split(text)
    names = pieces[:1]
    for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if sign == ";" or not names[-1] or _begins_name(piece):
            names.append(piece)
        else:
            names[-1] += f", {piece}" if sign == "," else f" {piece}"
    return names


def _begins_name(piece: str) -> bool:
    prefix = _PREFIX.match(piece)
    key = fold(piece)
    named = piece[:1].isupper() and _HEADS.match(key)
    return bool(prefix or named or _ABBREVIATION.match(piece) or _VAGUE.search(key))


def _is_name(text: str) -> bool:
    """Say whether a text looks like the name of an organisation."""
    key = fold(text)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2 or len(text) > _LONGEST_NAME or _VAGUE.search(key) or NOTHING.fullmatch(key):
        return False
    return letters[0].isupper() or _HEADS.match(key) is not None


def _joins_two(name: str) -> bool:
    """Say whether "và" may stand between two names."""
    return any(_HEADS.match(fold(right)) for right in re.split(r"\s+và\s+", name)[1:])
