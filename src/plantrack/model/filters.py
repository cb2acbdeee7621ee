"""The filter language: one for every read. Terms are joined by *and*; commas inside a term by *or*."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from plantrack.errors import Failure
from plantrack.model.free_words import TakenWords, Word, quoted, refuse_value, take, texts_of
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.search import WORDS_AS_TYPED, rank_of
from plantrack.model.status import DeadlineState, parse_deadline_state, parse_status
from plantrack.model.task import Task
from plantrack.model.text import clean_line, fold, match_key, nearest, person_key
from plantrack.model.typed_days import parse_range

Test = Callable[[Task], bool]


class Term(NamedTuple):
    """One term as it was read: how it is printed again, and what it asks of a task."""

    field: str
    #: The value in its full, canonical form ("ND3", "2024-07-01..2024-09-30").
    value: str
    test: Test
    #: The free words that were read as this, where they could have been a text.
    typed: str = ""

    def spelled(self) -> str:
        """Return the term as it is printed and typed."""
        is_flag = self.field in FLAGS and self.value == "yes"
        return self.field if is_flag else f"{self.field}:{self.value}"


#: What the store found for free texts: of each text the tasks in whose updates it is, and the rank of the hit.
Found = Mapping[str, Mapping[str, int]]


class Filter(NamedTuple):
    """A whole filter: a task passes when it passes each term, and each text is found in it."""

    terms: tuple[Term, ...] = ()
    texts: tuple[str, ...] = ()
    #: Whether the texts would be read as something else without `text:` before them.
    marked: bool = False
    #: The languages whose titles are searched; the Vietnamese ones always are.
    languages: tuple[str, ...] = ()

    @property
    def asks_status(self) -> bool:
        """Return whether the filter itself decides about closed tasks."""
        return any(term.field in ("status", "deadline") for term in self.terms)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas outside which nothing passes, empty where that cannot be said."""
        named = [t.value for t in self.terms if t.field == "area" and "-" not in t.value]
        return tuple(named[0].split(",")) if named else ()

    def rank(self, task: Task, found: Found) -> int | None:
        """Return the rank of a task among the hits (its worst for any text), None when it does not pass."""
        for term in self.terms:
            if not term.test(task):
                return None
        if not self.texts:
            return WORDS_AS_TYPED
        ranks = [self._rank(text, task, found[text].get(task.uid)) for text in self.texts]
        hits = [rank for rank in ranks if rank is not None]
        return max(hits) if len(hits) == len(ranks) else None

    def _rank(self, text: str, task: Task, said: int | None) -> int | None:
        own = rank_of(text, self._words_of(task))
        return min((rank for rank in (own, said) if rank is not None), default=None)

    def _words_of(self, task: Task) -> list[str]:
        vietnamese, english = task.title
        titles = (vietnamese, english if "en" in self.languages or not vietnamese else None)
        return [name for name in (*titles, *task.in_charge) if name]

    @property
    def taken(self) -> tuple[TakenWords, ...]:
        """Return the free words that were read as terms."""
        return tuple(TakenWords(term.typed, term.spelled()) for term in self.terms if term.typed)

    def spelled(self) -> str:
        """Return the filter as it was read, in a form that can be typed again."""
        texts = [f"text:{text}" if self.marked else text for text in self.texts]
        return " ".join(map(quoted, [*(term.spelled() for term in self.terms), *texts]))


EVERYTHING = Filter()


class _Text(NamedTuple):
    """A text that was typed as one, whatever its words are."""

    text: str


class _FilterParser(NamedTuple):
    """What a field's values are read against."""

    names: Names
    #: The day of the report: a name is that of whoever had it then, and relative days count from it.
    day: str


FLAGS: dict[str, tuple[str, Test]] = {
    "overdue": ("qua han", lambda t: t.deadline_state is DeadlineState.OPEN_OVERDUE),
    "due-soon": ("sap den han", lambda t: t.deadline_state is DeadlineState.OPEN_DUE_SOON),
    "blocked": ("vuong mac", lambda t: t.is_blocked),
    "stale": ("lau chua cap nhat", lambda t: t.stale),
    "unassigned": ("chua phan cong", lambda t: not t.lead and not t.in_charge),
    "no-due": ("khong han", lambda t: t.due is None),
}
_FLAG_NAMES = {match_key(typed): name for name, (vi, _) in FLAGS.items() for typed in (name, vi)}
#: How flags are typed so that they are no words.
PLAIN_FLAGS = (*FLAGS, *(vi.replace(" ", "-") for vi, _ in FLAGS.values()))
_YES = {"yes": True, "co": True, "true": True, "no": False, "khong": False, "false": False}


def _one_of(
    read: Callable[[_FilterParser, str], str],
    of: Callable[[Task], Iterable[str]],
    before: Callable[[_FilterParser, str], Iterable[str]] = lambda _, own: (),
    key: Callable[[str], str] = str,
) -> "_Field":
    """Make a field of values joined by commas (or), each perhaps after a minus (not).

    A value takes in what came `before` it, unless that is named too, and spells it out. Values are compared
    by their `key`.
    """

    def make(reader: _FilterParser, value: str) -> tuple[str, Test]:
        typed = [(p.startswith("-"), read(reader, p.removeprefix("-").strip())) for p in _parts(value)]
        named = {own for _, own in typed}
        values = dict.fromkeys(
            (refused, each)
            for refused, own in typed
            for each in (own, *_earlier(own, partial(before, reader), named))
        )
        wanted = {key(each) for refused, each in values if not refused}
        unwanted = {key(each) for refused, each in values if refused}

        def test(task: Task) -> bool:
            own = set(map(key, of(task)))
            return not own & unwanted and (not wanted or bool(own & wanted))

        return ",".join("-" * refused + each for refused, each in values), test

    return make


def _earlier(own: str, before: Callable[[str], Iterable[str]], named: set[str]) -> list[str]:
    """Return all that came before a value, step by step, up to what was named itself."""
    found = [own]
    for value in found:  # it grows on the way
        found += [each for each in before(value) if each not in named and each not in found]
    return found[1:]


def _due(reader: _FilterParser, value: str) -> tuple[str, Test]:
    """Make the `due` field: a day, a period, a range, or `none`."""
    span = parse_range(value, today=reader.day, year=reader.names.plan.year)
    if span is None:
        return "none", lambda task: task.due is None
    return span.spelled(), lambda task: span.holds(task.due)


_Field = Callable[[_FilterParser, str], tuple[str, Test]]


def _organisation(of: Callable[[Task], Iterable[str]]) -> _Field:
    """Make a field of organisations: each takes in those that it succeeded."""
    return _one_of(lambda r, v: r.names.organisation(v, r.day).id, of, lambda r, own: r.names.before(own))


#: Places: each takes in those that it was made of. Without a list in the plan they are words of people.
_place = _one_of(
    lambda r, v: r.names.place(v, r.day),
    lambda t: t.places,
    lambda r, own: r.names.merged_from(own),
    key=match_key,
)


FIELDS: dict[str, _Field] = {
    "area": _one_of(lambda r, v: r.names.area_code(v), lambda t: (t.area,)),
    "activity": _one_of(lambda r, v: r.names.activity_code(v), lambda t: (t.activity or "",)),
    "status": _one_of(lambda r, v: parse_status(v), lambda t: (t.status,)),
    "deadline": _one_of(lambda r, v: parse_deadline_state(v), lambda t: (t.deadline_state or "",)),
    "org": _organisation(lambda t: (*t.lead, *t.coordinating)),
    "lead": _organisation(lambda t: t.lead),
    "with": _organisation(lambda t: t.coordinating),
    "to": _one_of(lambda r, v: r.names.person(v), lambda t: t.in_charge, key=person_key),
    "place": _place,
    "due": _due,
}
#: `word:value`, where the word looks like a field's name: "Sơ kết: công tác", "12:30" and addresses are words.
_FIELD_LIKE = r"([A-Za-z][A-Za-z_-]*):(?!//)(?=\S|$)(.*)"


def parse_filter(args: Sequence[str], names: Names, day: str, languages: tuple[str, ...] = ()) -> Filter:
    """Read the terms of a filter, one an argument, and its free words, for a report as of a day.

    Fails with `unknown-field`, `filter-value` (bad syntax, with the column), with what a field's value is not
    (`unknown-area`, …), and with `bare-value` when all free words are a number, a day or a period.
    """
    reader = _FilterParser(names, day)
    terms, texts = _read(args, reader)
    return Filter(terms, texts, not _stay_texts(texts, reader), languages)


def _read(args: Sequence[str], reader: _FilterParser) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Read terms and texts; what is typed as a field or with `text:` parts the free words around it."""
    items: list[Term | Word | _Text] = []
    for place, arg in enumerate(args):
        text = clean_line(arg, what="filter")
        item = _flag(text) or _field(text, reader)
        items += [item] if item else [Word(word, place) for word in text.split()]
    words = [item.text for item in items if isinstance(item, Word)]
    organisations = reader.names.short_names() if words else {}
    listed = 1 + sum("," in word for word in words)
    longest = max(listed, *(len(name.split()) for name in (*_FLAG_NAMES, *organisations)))
    found = take(items, partial(_named, reader, organisations), longest)
    refuse_value(" ".join(item.text for item in found if isinstance(item, Word)), reader.names, reader.day)
    texts = [*(item.text for item in found if isinstance(item, _Text)), *texts_of(found)]
    if not all(map(fold, texts)):  # a lone mark would be in every text
        raise Failure("text-empty", what="filter")
    return tuple(item for item in found if isinstance(item, Term)), tuple(texts)


def _stay_texts(texts: tuple[str, ...], reader: _FilterParser) -> bool:
    """Return whether texts are just these texts when they are typed side by side."""
    try:
        return _read(texts, reader) == ((), texts)
    except Failure:
        return False


def _named(reader: _FilterParser, organisations: Mapping[str, str], typed: str) -> Term | None:
    """Read free words as a filter by themselves: a flag, codes or organisations, several with commas."""
    if re.search("(?:^| )-", typed):  # a minus is no part of a name
        return None
    if flag := flag_named(typed):
        return Term(flag, "yes", FLAGS[flag][1], "" if typed.lower() in PLAIN_FLAGS else typed)
    found = [_known(reader, organisations, part) for part in typed.split(",") if part.strip()]
    fields = {field for field, _ in found}
    if len(fields) != 1 or "" in fields:
        return None
    field = fields.pop()
    spelled, test = FIELDS[field](reader, ",".join(value for _, value in found))
    return Term(field, spelled, test, typed)


def _known(reader: _FilterParser, organisations: Mapping[str, str], text: str) -> tuple[str, str]:
    """Return the field and the value of a code, or of an organisation's id or short name; else no field."""
    if code := reader.names.known_code(text):
        return code
    name = organisations.get(match_key(text))
    return ("org", reader.names.organisation(name, reader.day).id) if name else ("", "")


def flag_named(text: str) -> str | None:
    """Read the name of a flag, in either language and any spelling."""
    return _FLAG_NAMES.get(match_key(text))


def _flag(text: str) -> Term | None:
    """Read a flag that is turned on or off."""
    word, colon, value = text.partition(":")
    name = flag_named(word) if colon else None
    if name is None:
        return None
    wanted = _YES.get(fold(value))
    if wanted is None:
        raise Failure("filter-value", term=text, excerpt=text, column=len(word) + 2, near=("yes", "no"))
    test = FLAGS[name][1]
    return Term(name, "yes", test) if wanted else Term(name, "no", lambda task: not test(task))


def _field(text: str, reader: _FilterParser) -> "Term | _Text | None":
    match = re.fullmatch(_FIELD_LIKE, text, re.DOTALL)
    if match is None:
        return None
    name, value = match[1].lower(), match[2].strip()
    if name not in (*FIELDS, "text"):
        near = nearest(name, [*FIELDS, "text", *FLAGS])
        raise Failure("unknown-field", field=name, excerpt=text, column=1, near=near)
    if not value:
        raise Failure("filter-value", term=text, excerpt=text, column=len(name) + 2)
    if name == "text":
        return _Text(value)
    spelled, test = FIELDS[name](reader, value)
    return Term(name, spelled, test)


def _parts(value: str) -> list[str]:
    return [part for part in (p.strip() for p in value.split(",")) if part.strip("- ")] or [value]
