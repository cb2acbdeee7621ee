"""The columns of organisations: which names a cell has, and one organisation for all spellings of a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Organisation, Plan, Text
from plantrack.model.text import fold
from plantrack.planfile.annex import remark_texts

#: What names of organisations begin with, folded. After a sign or "và" only these begin another name: "Bộ Văn hoá,
#: Thể thao và Du lịch" is one.
_HEADS: Final = re.compile(
    r"(?:bo|so|vu|ban|hoi(?! nhap)|uy ban|phong(?!,? chong)|tong cuc|cuc|chi cuc|vien|trung tam|van phong|truong|"
    r"hoc vien|cong an|cong doan|doan(?! ket| the)|lien doan|lien hiep|lien minh|mat tran|thanh tra|tap chi|"
    r"bao(?! chi| hiem| tro| ve)|dai|quy(?! hoach)|ngan hang|toa an|kho bac|quan khu|to(?! chuc)|nhom|cong ty|"
    r"hop tac xa|tinh|thanh pho|huyen|xa(?! hoi)|dang uy|thanh uy|tinh uy|trung uong|tw|ubnd|hdnd|dai hoc|benh vien|"
    r"nha xuat ban|tram|don(?! thu)|thuong truc|chi hoi|co quan|don vi|cac|nhung|ong|ba|d/c|dong chi)\b"
)
#: Words for everybody and nobody: they name no organisation.
_VAGUE: Final = re.compile(
    r"^(?:cac|nhung|moi(?! truong)|toan the|tat ca|mot so|ca nhan|don vi|co quan|dia phuong|thanh vien|dau moi|luan phien|"
    r"chuyen gia|doanh nghiep|doan the|chinh quyen|nguoi|can bo|truong (?:thon|ban|buon)|nha (?:tai tro|hao tam|khoa hoc)|(?:ca )?hai (?:ben|co quan|don vi|nganh))"
    r"\b(?! (?:thuong truc|chu quan))"
    r"|lien quan|^(?:ong|ba|d/c|dong chi)\b|\bv\.v"
)
#: Nor do kinds of organisations alone: "sở, ban, ngành".
_KINDS: Final = re.compile(
    r"(?:(?:bo|so|ban|nganh|vu|cuc|vien|phong|cap|tinh|thanh|thanh pho|huyen|xa|phuong)\b(?:[,/ -]|va )*)+"
)
#: An office that serves two bodies has both in its name.
_OFFICE_OF: Final = re.compile(r"van phong\b.*\b(?:hdnd|ubnd|dbqh|quoc hoi)")
_ABBREVIATION: Final = re.compile(r"(?!(?:TP|TX|TT)\b)[A-ZĐ&.\-]{2,}\b")
#: Who does what, written into the cell itself.
_PREFIX: Final = re.compile(
    r"^(?:đơn vị |cơ quan )?(?:đồng |cùng )?(chủ trì|phối hợp)(?: thực hiện)?(?:\s*:| (?:với|cùng)\b| (?=(?-i:[A-ZĐ])))\s*"
    r"|^[-+•*–]\s*|^và\s+",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(
    r"(?:\s*\(|\s+)(?:cơ quan |đơn vị )?(?:đồng |cùng )?(chủ trì|phối hợp)(?: thực hiện)?\)?$", re.IGNORECASE
)
_TOGETHER: Final = re.compile(r"\b(?:đồng|cùng) chủ trì\b", re.IGNORECASE)
#: What is said of an organisation, and is no part of its name.
_ASIDE: Final = re.compile(r"\s*(?:\((?:là )?(?:đầu mối|thường trực)\)|\(\*+\)|\*+)$", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"(.+?)\s*\(([^()]*)\)")
#: What may stand between names, but not inside brackets.
_SPLIT: Final = re.compile(
    r"(\s*[;,\n/+]\s*|\s+[-–&]\s+|\s+và\s+|\s+(?=phối hợp (?:với |cùng |(?-i:[A-ZĐ]))))(?![^()]*\))",
    re.IGNORECASE,
)
#: The national body of an organisation, before its name or behind it.
_CENTRE: Final = re.compile(r"^(?:co quan )?(?:trung uong|tw|tu) (?=.)|(?<=.) (?:trung uong|tw|tu)$")
#: The source of the plan that comes with the program leaves out "Liên hiệp".
_ALSO: Final = {"hlhpn": ("Hội Phụ nữ Việt Nam",)}
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

    @property
    def beside(self) -> tuple[str, ...]:
        """Return those that stand beside one that is said to lead: they take part."""
        return tuple(one for one in self.plain if one not in self.lead) if self.lead else ()


class Parties:
    """The organisations of a draft; those of the plan that comes with the program keep their ids."""

    def __init__(self, known: Plan) -> None:
        self._known = {o.id: o for o in known.organisations}
        self._ids = {fold(name): o.id for o in known.organisations for name in (o.id, *_names(o))}
        self._words = {
            (one, tuple(_plain(fold(name)).split()))
            for one, organisation in self._known.items()
            for name in (*_names(organisation), *_ALSO.get(one, ()))
        }
        self._made: dict[str, Organisation] = {}
        self._used: dict[str, list[str]] = {}
        self._alone: set[str] = set()
        self.doubts: dict[str, list[str]] = {}

    def learn(self, text: str) -> None:
        """Note the names that stand alone, so that "A và B" is seen to be two."""
        if len(text) <= _LONGEST_CELL:
            self._alone.update(
                fold(name) for _, name in self._parts(text) if " và " not in name and _is_name(name)
            )

    def read(self, text: str) -> Named:
        """Read the names of a cell."""
        if len(text) > _LONGEST_CELL:
            return Named(vague=(text.replace("\n", " "),))
        found: dict[str, list[str]] = {"lead": [], "coordinating": [], "plain": [], "vague": []}
        for role, name in self._parts(text):
            if one := self._known_in(name, found["vague"]):
                found[role].append(self._use(one, name))
            elif _is_name(name):
                found[role].append(self._use(self._ids.get(fold(name)) or self._make(name), name))
            elif not NOTHING.fullmatch(fold(name)):
                found["vague"].append(name)
        return Named(*(tuple(dict.fromkeys(names)) for names in found.values()))

    def spellings(self, ids: Iterable[str]) -> Iterator[str]:
        """Yield all the ways in which the organisations were written."""
        for one in ids:
            yield from self._used.get(one, ())
            yield from _names(self._of(one))

    def organisations(self) -> tuple[Organisation, ...]:
        """Return those that were named, with the successors of those that have one."""
        wanted = dict.fromkeys(self._used)
        for one in self._used:
            following = self._of(one).successor
            if following:
                wanted[following] = None
        return tuple(map(self._of, wanted))

    def other_spellings(self) -> Iterator[tuple[str, list[str]]]:
        """Yield what an organisation is also called in the annex, letter for letter."""
        for one, written in self._used.items():
            names = set(_names(self._of(one)))
            if other := [name for name in written if name not in names]:
                yield one, other

    def _of(self, one: str) -> Organisation:
        return self._made.get(one) or self._known[one]

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the names of a cell with the role that the cell itself gives them; signs between names are left out."""
        role = "lead" if _TOGETHER.search(text) else "plain"
        for name in self._joined(text):
            while found := _PREFIX.match(name):
                role = _role(found[1], role)
                name = name[found.end() :]
            own = _SUFFIX.search(name)
            if bare := _bare(name):
                yield _role(own[1] if own else None, role), bare

    def _joined(self, text: str) -> list[str]:
        """Divide a cell at signs; what begins like no name goes on with the one before."""
        pieces = _SPLIT.split(text)
        names = pieces[:1]
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            if ";" in sign or not names[-1] or self._begins_name(piece, sign, names[-1]):
                names.append(piece)
            else:
                names[-1] += " " + piece if sign.isspace() else sign + piece
        return [" ".join(name.split()) for name in names]

    def _begins_name(self, piece: str, sign: str, before: str) -> bool:
        key, joins = fold(_bare(piece)), sign.strip().lower() in ("-", "–", "&", "và")
        if self._known_id(key) or _PREFIX.match(piece):
            return True
        # "Tài nguyên và Môi trường": a capital after "và" goes on with the name, "và các" does not.
        if _VAGUE.search(key) and (not joins or not piece[:1].isupper() or key.startswith("cac ")):
            return True
        headed = piece[:1].isupper() and " " in key and _HEADS.match(key) is not None
        if sign.strip() == "," and _ABBREVIATION.fullmatch(before.strip()) and piece[:1].isupper():
            return True
        if sign == "," or joins:  # "Sở VH,TT&DL"
            if headed:
                return _OFFICE_OF.match(fold(before)) is None
            return key in self._alone and fold(before) in self._alone
        return headed or _ABBREVIATION.match(piece) is not None

    def _known_in(self, name: str, vague: list[str]) -> str | None:
        """Return the known organisation that a name means; a unit of it in brackets is no other one."""
        if one := self._known_id(fold(name)):
            return one
        found = _IN_BRACKETS.fullmatch(name)
        one = self._known_id(fold(found[1])) if found else None
        if found and one and self._known_id(fold(found[2])) != one:
            vague.append(found[2])
        return one

    def _known_id(self, key: str) -> str | None:
        """Return the known organisation of a folded name: as the plan has it, abbreviated, or with "Trung ương"."""
        if key in self._ids and self._ids[key] in self._known:
            return self._ids[key]
        own = _CENTRE.sub("", plain := _plain(key))
        return self._only(own.split(), whole=own == plain)

    def _only(self, typed: Sequence[str], *, whole: bool) -> str | None:
        """Return the only known organisation that the words typed stand for, or begin with: one "… Việt Nam"."""
        names = (n for n in self._words if whole or n[1][-2:] == ("viet", "nam"))
        found = {one for one, words in names if _stand_for(typed, words, whole=whole)}
        return found.pop() if len(found) == 1 and typed else None

    def _use(self, one: str, name: str) -> str:
        written = self._used.setdefault(one, [])
        if name not in written:
            written.append(name)
        return one

    def _make(self, name: str) -> str:
        key = fold(name)
        one = self._free(_slug(key))
        self._ids[key] = one
        self._made[one] = Organisation(one, Text(name))
        doubts = [remark_texts.COMMA_IN_NAME] if re.search(", (?!.* và )", name) else []
        doubts += [remark_texts.AND_IN_NAME] if _joins_two(name) else []
        doubts += [] if _HEADS.match(key) or _ABBREVIATION.match(name) else [remark_texts.PERHAPS_PERSON]
        if other := self._only(_plain(key).split(), whole=False):
            doubts.append(remark_texts.PERHAPS_KNOWN.format(id=other, name=self._known[other].name.vi))
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
    """Return an id for a folded name, cut between words."""
    slug = "-".join(re.findall("[a-z0-9]+", key)) or "don-vi"
    if len(slug) > _LONGEST_ID:
        slug = slug[: _LONGEST_ID + 1].rpartition("-")[0] or slug[:_LONGEST_ID]
    return slug


def _plain(key: str) -> str:
    """Return the words of a folded name: "T.Ư" and "Bộ DT&TG" without their signs, and without "và"."""
    return " ".join(word for word in re.findall("[a-z0-9]+", key.replace(".", "")) if word != "va")


def _stand_for(typed: Sequence[str], words: Sequence[str], *, whole: bool) -> bool:
    """Return whether each word typed is the next of a name, or the first letters of several; `whole`: to its end."""
    if not typed:
        return not words or not whole
    size, after = len(typed[0]), typed[1:]
    next_word = words[:1] == (typed[0],) and _stand_for(after, words[1:], whole=whole)
    letters = size > 1 and "".join(word[0] for word in words[:size]) == typed[0]
    return next_word or (letters and _stand_for(after, words[size:], whole=whole))


def names_in(text: str) -> Iterator[str]:
    """Yield the parts of names that a cell has, without words that only say who leads."""
    yield from filter(None, map(_bare, _SPLIT.split(text)[::2]))


def _bare(name: str) -> str:
    """Take away what is said of an organisation and is no part of its name."""
    while found := _PREFIX.match(name):
        name = name[found.end() :]
    return _ASIDE.sub("", _SUFFIX.sub("", name)).strip(" .:")


def _role(said: str | None, role: str) -> str:
    return role if not said else "lead" if fold(said) == "chu tri" else "coordinating"


def _is_name(text: str) -> bool:
    """Return whether a text looks like the name of an organisation."""
    key = fold(text)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2 or len(text) > _LONGEST_NAME or _VAGUE.search(key):
        return False
    if _KINDS.fullmatch(key) or NOTHING.fullmatch(key):
        return False
    return letters[0].isupper() or _HEADS.match(key) is not None


def _joins_two(name: str) -> bool:
    """Return whether "và" may stand between two names."""
    return any(_HEADS.match(fold(right)) for right in re.split(r"\s+và\s+", name)[1:])
