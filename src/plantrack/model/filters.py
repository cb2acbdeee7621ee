"""The filter language: one for every read. Terms are joined by *and*; commas inside a term by *or*."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from plantrack.errors import Failure
from plantrack.model.days import DayRange
from plantrack.model.names import Names
from plantrack.model.record import NamedTuple
from plantrack.model.status import DeadlineState, parse_deadline_state, parse_status
from plantrack.model.task import Task
from plantrack.model.text import clean_line, fold, nearest, nfc, spoken
from plantrack.model.typed_days import parse_range

Test = Callable[[Task], bool]


class Term(NamedTuple):
    """One term as it was read: how it is printed again, and what it asks of a task."""

    field: str
    #: The value in its full, canonical form ("ND3", "2024-07-01..2024-09-30").
    value: str
    test: Test


class Found(NamedTuple):
    """What the store found for a free text: by uid, where it is in the words of a task's history."""

    folded: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()


class Filter(NamedTuple):
    """A whole filter: a task passes when it passes each term."""

    terms: tuple[Term, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def asks_status(self) -> bool:
        """Say whether the filter itself decides about closed tasks."""
        return any(term.field in ("status", "deadline") for term in self.terms)

    @property
    def areas(self) -> tuple[str, ...]:
        """Give the areas outside which nothing passes; none where that cannot be said."""
        named = [t.value for t in self.terms if t.field == "area" and "-" not in t.value]
        return tuple(named[0].split(",")) if named else ()

    def passes(self, task: Task, found: Mapping[str, Found]) -> bool:
        """Say whether a settled task passes; `found` has the hits of each free text."""
        for term in self.terms:
            if not term.test(task):
                return False
        return all(_in_task(text, task) or task.uid in found[text].folded for text in self.texts)

    def exactness(self, task: Task, found: Mapping[str, Found]) -> int:
        """Rank a hit: 0 where every free text stands as it was typed, tones and all."""
        exact = all(_as_typed(x, task) or task.uid in found[x].exact for x in self.texts)
        return 0 if exact else 1

    def spelled(self) -> str:
        """Give the filter as it was read, in a form that can be typed again."""
        flags = [t.field if t.value == "yes" else f"{t.field}:{t.value}" for t in self.terms]
        return " ".join([_quoted(part) for part in (*flags, *self.texts)])


class _Reader(NamedTuple):
    """What a field's values are read against."""

    names: Names
    today: str
    #: The day of the report: a name is that of whoever had it then.
    day: str


FLAGS: dict[str, tuple[str, Test]] = {
    "overdue": ("qua han", lambda t: t.deadline_state is DeadlineState.OPEN_OVERDUE),
    "due-soon": ("sap den han", lambda t: t.deadline_state is DeadlineState.OPEN_DUE_SOON),
    "blocked": ("vuong mac", lambda t: t.is_blocked),
    "stale": ("lau chua cap nhat", lambda t: t.stale),
    "unassigned": ("chua phan cong", lambda t: not t.lead and not t.in_charge),
    "no-due": ("khong han", lambda t: t.due is None),
}
_YES = {"yes": True, "co": True, "true": True, "no": False, "khong": False, "false": False}


def _one_of(
    read: Callable[[_Reader, str], str],
    of: Callable[[Task], Iterable[str]],
    before: Callable[[_Reader, str], Iterable[str]] = lambda _, own: (),
    key: Callable[[str], str] = str,
) -> "_Field":
    """Make a field of values joined by commas (or), each perhaps after a minus (not).

    A value takes in what came `before` it, unless that is named too, and spells it out. Values are compared
    by their `key`.
    """

    def make(reader: _Reader, value: str) -> tuple[str, Test]:
        typed = [(p.startswith("-"), read(reader, p.removeprefix("-").strip())) for p in _parts(value)]
        named = {own for _, own in typed}
        meant = dict.fromkeys(
            (refused, each)
            for refused, own in typed
            for each in (own, *_earlier(own, partial(before, reader), named))
        )
        wanted = {key(each) for refused, each in meant if not refused}
        unwanted = {key(each) for refused, each in meant if refused}

        def test(task: Task) -> bool:
            own = set(map(key, of(task)))
            return not own & unwanted and (not wanted or bool(own & wanted))

        return ",".join("-" * refused + each for refused, each in meant), test

    return make


def _earlier(own: str, before: Callable[[str], Iterable[str]], named: set[str]) -> list[str]:
    """Give all that came before a value, step by step, up to what was named itself."""
    found = [own]
    for value in found:  # it grows on the way
        found += [each for each in before(value) if each not in named and each not in found]
    return found[1:]


def _due(reader: _Reader, value: str) -> tuple[str, Test]:
    """Make the `due` field: a day, a period, a range, or `none`."""
    span = parse_range(value, today=reader.today, year=reader.names.plan.year)
    if span.none:
        return "none", lambda task: task.due is None
    return _spelled_range(span), lambda task: task.due is not None and _inside(span, task.due)


def _spelled_range(span: DayRange) -> str:
    if span.first == span.last:
        return span.first or ""
    return f"{span.first or ''}..{span.last or ''}"


def _inside(span: DayRange, day: str) -> bool:
    return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)


_Field = Callable[[_Reader, str], tuple[str, Test]]


def _organisation(of: Callable[[Task], Iterable[str]]) -> _Field:
    """Make a field of organisations: each takes in those that it succeeded."""
    return _one_of(lambda r, v: r.names.organisation(v, r.day).id, of, lambda r, own: r.names.before(own))


#: Places: each takes in those that it was made of. Without a list in the plan they are words of people.
_place = _one_of(
    lambda r, v: r.names.place(v, r.day),
    lambda t: t.places,
    lambda r, own: r.names.merged_from(own),
    key=spoken,
)


FIELDS: dict[str, _Field] = {
    "area": _one_of(lambda r, v: r.names.area_code(v), lambda t: (t.area,)),
    "activity": _one_of(lambda r, v: r.names.activity_code(v), lambda t: (t.activity or "",)),
    "status": _one_of(lambda r, v: parse_status(v), lambda t: (t.status,)),
    "deadline": _one_of(lambda r, v: parse_deadline_state(v), lambda t: (t.deadline_state or "",)),
    "org": _organisation(lambda t: (*t.lead, *t.coordinating)),
    "lead": _organisation(lambda t: t.lead),
    "with": _organisation(lambda t: t.coordinating),
    "to": _one_of(lambda r, v: r.names.person(v), lambda t: t.in_charge),
    "place": _place,
    "due": _due,
}
#: `word:value`, where the word looks like a field's name: "Sơ kết: công tác", "12:30" and addresses are words.
_FIELD_LIKE = r"([A-Za-z][A-Za-z_-]*):(?!//)(?=\S|$)(.*)"


def parse_filter(args: Sequence[str], names: Names, today: str, day: str | None = None) -> Filter:
    """Read the terms of a filter, one an argument, for a report as of a day (else today).

    Fails with `unknown-field`, `filter-value` (bad syntax, with the column), or with what a field's
    value is not (`unknown-area`, …).
    """
    reader = _Reader(names, today, day or today)
    terms: list[Term] = []
    texts: list[str] = []
    for arg in args:
        text = clean_line(arg, what="filter")
        if not fold(text):  # a lone mark would be in every text
            raise Failure("text-empty", what="filter")
        term = _flag(text) or _field(text, reader)
        if term:
            terms.append(term)
        else:
            texts.append(text)
    return Filter(tuple(terms), tuple(texts))


def _flag(text: str) -> Term | None:
    word, colon, value = text.partition(":")
    name = next((n for n, (vi, _) in FLAGS.items() if spoken(word) in (spoken(n), vi)), None)
    if name is None:
        return None
    wanted = _YES.get(fold(value)) if colon else True
    if wanted is None:
        raise Failure("filter-value", term=text, excerpt=text, column=len(word) + 2, near=("yes", "no"))
    test = FLAGS[name][1]
    return Term(name, "yes", test) if wanted else Term(name, "no", lambda task: not test(task))


def _field(text: str, reader: _Reader) -> Term | None:
    match = re.fullmatch(_FIELD_LIKE, text, re.DOTALL)
    if match is None:
        return None
    name, value = match[1].lower(), match[2].strip()
    if name not in FIELDS:
        near = nearest(name, [*FIELDS, *FLAGS])
        raise Failure("unknown-field", field=name, excerpt=text, column=1, near=near)
    if not value:
        raise Failure("filter-value", term=text, excerpt=text, column=len(name) + 2)
    spelled, test = FIELDS[name](reader, value)
    return Term(name, spelled, test)


def _parts(value: str) -> list[str]:
    return [part for part in (p.strip() for p in value.split(",")) if part.strip("- ")] or [value]


def _in_task(text: str, task: Task) -> bool:
    wanted = fold(text)
    return any(wanted in fold(own) for own in _words_of(task))


def _as_typed(text: str, task: Task) -> bool:
    wanted = nfc(text).casefold()
    return any(wanted in own.casefold() for own in _words_of(task))


def _words_of(task: Task) -> list[str]:
    return [name for name in (*task.title, *task.in_charge) if name]


def _quoted(part: str) -> str:
    return f'"{part}"' if " " in part or '"' in part else part
