"""The filter language: one for every read. Terms are joined by *and*; commas inside a term by *or*."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from plantrack.errors import Failure
from plantrack.model.choosing.listed_values import earlier, parts
from plantrack.model.days import DayRange
from plantrack.model.free_words import TakenWords, Word, refuse_value, take, texts_of
from plantrack.model.moments import end_of_day, start_of_day
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names
from plantrack.model.people.name_index import is_part
from plantrack.model.search import with_words, words_of
from plantrack.model.status import (
    CHANGED_FIELD_WORDS,
    VERB_WORDS,
    parse_deadline_state,
    parse_priority,
    parse_status,
)
from plantrack.model.text import clean_line, match_key, nearest, quoted
from plantrack.model.typed.days import parse_range
from plantrack.model.typed.vietnamese_fields import CHANGED_FIELDS, FILTER_FIELDS
from plantrack.model.typed.vietnamese_names import COMMANDS, FLAGS, HUB, YES_OR_NO, name_meant


class Term(NamedTuple):
    """One term as it was read: one of the values and none of the refused, or a span, is asked of a task's field."""

    field: str
    #: How it is printed and typed again ("ND3", "2024-07-01..2024-09-30").
    value: str
    #: In the form in which they are compared; an empty one is a task that has none.
    values: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    #: Of days, or of the moments with which its days begin and end.
    span: DayRange | None = None
    #: The free words that were read as this, where they could have been a text; or, `in_part`, all that was typed
    #: where it names somebody by a part of their name.
    typed: str = ""
    in_part: bool = False

    def spelled(self) -> str:
        """Return the term as it is printed and typed."""
        is_flag = self.field in FLAGS and self.value == YES
        return self.field if is_flag else f"{self.field}:{self.value}"

    def takes(self, value: str) -> bool:
        """Return whether a field that has one value passes."""
        if self.span:
            return self.span.holds(value)
        return (not self.values or value in self.values) and value not in self.refused


class Filter(NamedTuple):
    """A whole filter: a task passes when it passes each term, which the store decides, and each text is found in it."""

    terms: tuple[Term, ...] = ()
    texts: tuple[str, ...] = ()
    #: Whether the texts would be read as something else without `text:` before them.
    marked: bool = False
    #: The languages whose titles are searched; the Vietnamese ones always are.
    languages: tuple[str, ...] = ()

    @property
    def asks_status(self) -> bool:
        """Return whether the filter itself decides about closed tasks."""
        return any(term.field in ("status", "deadline", "completed") for term in self.terms)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas outside which nothing passes, empty where that cannot be said."""
        return next((t.values for t in self.terms if t.field == "area" and t.values), ())

    @property
    def taken(self) -> tuple[TakenWords, ...]:
        """Return the words that were read as something else than they say."""
        return tuple(
            TakenWords(term.typed, term.spelled(), term.in_part) for term in self.terms if term.typed
        )

    def spelled(self) -> str:
        """Return the filter as it was read, in a form that can be typed again."""
        texts = [f"text:{text}" if self.marked else text for text in self.texts]
        return " ".join(map(quoted, [*(term.spelled() for term in self.terms), *texts]))


EVERYTHING = Filter()


class _Text(NamedTuple):
    """A text that was typed as one, whatever its words are."""

    text: str


def _no_filter(name: str) -> Sequence[str]:
    """Know no filter by its name."""
    raise Failure("unknown-filter", name=name, near=())


class _FilterParser(NamedTuple):
    """What a field's values are read against."""

    names: Names
    #: The day of the report: a name is that of whoever had it then, and relative days count from it.
    day: str
    #: Returns what the name of a filter stands for.
    named: Callable[[str], Sequence[str]] = _no_filter


_FLAG_NAMES = {match_key(typed): name for name, vi in FLAGS.items() for typed in (name, vi)}
#: How flags are typed so that they are no words.
PLAIN_FLAGS = (*FLAGS, *FLAGS.values())
YES, NO = YES_OR_NO
#: What else turns a flag on or off.
_SWITCHES = {"true": YES, "false": NO}
#: What stands before the name of a filter.
MARK = "@"
#: How many values and texts a filter may name, equal ones too: more is no question of a person, and each is looked up.
MOST_VALUES = 500


def _one_of(
    read: Callable[[_FilterParser, str], str],
    before: Callable[[_FilterParser, str], Iterable[str]] = lambda _, own: (),
    kept: Callable[[_FilterParser, str], Iterable[str]] = lambda _, own: (own,),
    is_whole: Callable[[_FilterParser, str, str], bool] = lambda *_: True,
) -> "_Field":
    """Make a field of values joined by commas (or), each perhaps after a minus (not).

    A value takes in what came `before` it, unless that is named too, and spells it out. Values are compared
    in the forms in which they are `kept`. `is_whole`: whether what was typed is a name, and not a part of one.
    """

    def make(reader: _FilterParser, field: str, value: str) -> Term:
        listed = [(p.startswith("-"), p.removeprefix("-").strip()) for p in parts(value)]
        typed = [(is_refused, part, read(reader, part)) for is_refused, part in listed]
        named = {own for *_, own in typed}
        found = dict.fromkeys(
            (is_refused, each)
            for is_refused, _, own in typed
            for each in (own, *earlier(own, partial(before, reader), named))
        )
        values, refused = (
            tuple(dict.fromkeys(form for no, each in found if no is side for form in kept(reader, each)))
            for side in (False, True)
        )
        spelled = ",".join("-" * no + each for no, each in found)
        in_part = not all(is_whole(reader, part, own) for _, part, own in typed)
        return Term(field, spelled, values, refused, typed=f"{field}:{value}" * in_part, in_part=in_part)

    return make


def _days(reader: _FilterParser, field: str, value: str) -> Term:
    """Read a term of days: a day, a period, a range, or `none`."""
    span = parse_range(value, today=reader.day, year=reader.names.plan.year)
    return Term(field, span.spelled(), span=span) if span else Term(field, "none", values=("",))


def _moments(reader: _FilterParser, field: str, value: str) -> Term:
    """Read a term of the local days of moments."""
    term, zone = _days(reader, field, value), reader.names.plan.reporting.timezone
    if term.span is None:
        return term
    first, last = term.span
    return term._replace(span=DayRange(first and start_of_day(first, zone), last and end_of_day(last, zone)))


_Field = Callable[[_FilterParser, str, str], Term]


#: Organisations: each takes in those that it succeeded.
_organisation = _one_of(
    lambda r, v: r.names.organisation_meant(v, r.day).id,
    lambda r, own: r.names.before(own),
    is_whole=lambda r, v, _: bool(r.names.organisations_named(v)),
)
#: Places: each takes in those that it was made of. Without a list in the plan they are words of people.
_place = _one_of(
    lambda r, v: r.names.place(v, r.day),
    lambda r, own: r.names.merged_from(own),
    kept=lambda _, own: (match_key(own),),
)


FIELDS: dict[str, _Field] = {
    "area": _one_of(lambda r, v: r.names.area_code(v)),
    "activity": _one_of(lambda r, v: r.names.activity_code(v)),
    "status": _one_of(lambda _, v: parse_status(v)),
    "deadline": _one_of(lambda _, v: parse_deadline_state(v)),
    **dict.fromkeys(("org", "lead", "with"), _organisation),
    "to": _one_of(
        lambda r, v: r.names.person_meant(v),
        kept=lambda r, own: r.names.spellings(own),
        is_whole=lambda r, v, own: not r.names.is_person_in_part(v, own),
    ),
    "place": _place,
    "tag": _one_of(lambda _, v: v, kept=lambda _, own: (match_key(own),)),
    "priority": _one_of(lambda _, v: parse_priority(v)),
    "document": _one_of(lambda _, v: with_words(v), kept=lambda _, own: (words_of(own),)),
    "site": _one_of(lambda r, v: r.names.site(v), kept=lambda _, own: ("" if own in HUB else own,)),
    "due": _days,
    "updated": _days,
    "completed": _days,
    "opened": _days,
    "recorded": _moments,
    "author": _one_of(lambda r, v: r.names.author(v), is_whole=lambda _, v, own: not is_part(v, own)),
}
_FIELD_NAMES = {match_key(vi): field for field, vi in FILTER_FIELDS.items()}
#: `word:value`, where the word looks like a field's name: "Sơ kết: công tác", "12:30" and addresses are words.
_FIELD_LIKE = r"([^\W\d_][\w-]*):(?!//)(?=\S|$)(.*)"


def parse_filter(
    args: Sequence[str],
    names: Names,
    day: str,
    languages: tuple[str, ...] = (),
    named: Callable[[str], Sequence[str]] = _no_filter,
) -> Filter:
    """Read the terms of a filter, one an argument, and its free words, for a report as of a day.

    `named`: returns what the name of a filter (`@NAME`) stands for, in which no name stands.

    Fails with `unknown-field`, `filter-value` (bad syntax, with the column), with what a field's value is not
    (`unknown-area`, …), with `bare-value` when all free words are a number, a day or a period, with
    `filter-too-long`, and with `filter-outdated` when what a name stands for can no longer be read.
    """
    reader = _FilterParser(names, day, named)
    terms, texts = _read(args, reader)
    _refuse_too_long(terms, texts)
    return Filter(terms, texts, not _stay_texts(texts, reader), languages)


def _refuse_too_long(terms: Sequence[Term], texts: Sequence[str] = ()) -> None:
    count = len(texts) + sum(len(t.values) + len(t.refused) + bool(t.span) for t in terms)
    if count > MOST_VALUES:
        raise Failure("filter-too-long", count=count, most=MOST_VALUES)


def _read(args: Sequence[str], reader: _FilterParser) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Read terms and texts; what is typed as a field or with `text:` parts the free words around it."""
    items: list[Term | Word | _Text] = []
    for place, arg in enumerate(args):
        text = clean_line(arg, what="filter")
        if text.startswith(MARK):
            items += _named_filter(text, reader)
            continue
        item = _flag(text) or _field(text, reader)
        items += [item] if item else [Word(word, place) for word in text.split()]
    words = [item.text for item in items if isinstance(item, Word)]
    organisations = reader.names.short_names() if words else {}
    listed = 1 + sum("," in word for word in words)
    longest = max(listed, *(len(name.split()) for name in (*_FLAG_NAMES, *organisations)))
    found = take(items, partial(_named, reader, organisations), longest)
    refuse_value(" ".join(item.text for item in found if isinstance(item, Word)), reader.names, reader.day)
    texts = [*(item.text for item in found if isinstance(item, _Text)), *texts_of(found)]
    return tuple(item for item in found if isinstance(item, Term)), tuple(map(with_words, texts))


def _named_filter(text: str, reader: _FilterParser) -> Iterator[Term | _Text]:
    """Yield what the name of a filter stands for, read by itself: no words beside it belong to it."""
    name = text.removeprefix(MARK).strip()
    args = reader.named(name)
    try:
        terms, texts = _read(args, reader)
    except Failure as failure:
        raise Failure("filter-outdated", name=name, why=failure) from failure
    yield from (term._replace(typed="") for term in terms)
    yield from map(_Text, texts)


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
        return Term(flag, YES, (YES,), typed="" if typed.lower() in PLAIN_FLAGS else typed)
    found = [_known(reader, organisations, part) for part in typed.split(",") if part.strip()]
    fields = {field for field, _ in found}
    if len(fields) != 1 or "" in fields:
        return None
    field = fields.pop()
    return FIELDS[field](reader, field, ",".join(value for _, value in found))._replace(typed=typed)


def _known(reader: _FilterParser, organisations: Mapping[str, str], text: str) -> tuple[str, str]:
    """Return the field and the value of a code, or of an organisation's id or short name; else no field."""
    if code := reader.names.known_code(text):
        return code
    name = organisations.get(match_key(text))
    return ("org", reader.names.organisation_meant(name, reader.day).id) if name else ("", "")


def flag_named(text: str) -> str | None:
    """Read the name of a flag, in either language and any spelling."""
    return _FLAG_NAMES.get(match_key(text))


def _flag(text: str) -> Term | None:
    """Read a flag that is turned on or off."""
    word, colon, value = text.partition(":")
    name = flag_named(word) if colon else None
    if name is None:
        return None
    wanted = name_meant(value, YES_OR_NO) or _SWITCHES.get(match_key(value))
    if wanted is None:
        raise Failure("filter-value", term=text, excerpt=text, column=len(word) + 2, near=(YES, NO))
    return Term(name, wanted, (wanted,))


def _field(text: str, reader: _FilterParser) -> "Term | _Text | None":
    split = _split(text, (*FIELDS, "text"), FLAGS)
    if split is None:
        return None
    name, value = split
    return _Text(value) if name == "text" else FIELDS[name](reader, name, value)


def _split(text: str, known: Collection[str], flags: Collection[str] = ()) -> tuple[str, str] | None:
    """Return the name and the value of a field, None where a text looks like none; `flags`: what else it may be."""
    match = re.fullmatch(_FIELD_LIKE, text, re.DOTALL)
    if match is None:
        return None
    typed, value = match[1].lower(), match[2].strip()
    name = typed if typed in known else _FIELD_NAMES.get(match_key(typed), typed)
    if name not in known:
        if not name.isascii():  # words: no field is called so
            return None
        near = nearest(name, [*known, *flags])
        raise Failure("unknown-field", field=name, excerpt=text, column=1, near=near)
    if not value:
        raise Failure("filter-value", term=text, excerpt=text, column=len(typed) + 2)
    return name, value


# --- of a history ---


def _chosen(
    names: Mapping[str, str], words: Mapping[str, str], unknown: Callable[[str, Sequence[str]], Failure]
) -> _Field:
    """Make a field of values that have names in both languages, and further words; `unknown` refuses any other."""

    def read(_: _FilterParser, typed: str) -> str:
        if own := words.get(match_key(typed)) or name_meant(typed, names):
            return own
        raise unknown(typed, nearest(typed, [*names, *names.values()]))

    return _one_of(read)


#: What may be asked of a change, or of its command; a task is found by whoever knows the database.
_OF_HISTORY: dict[str, _Field] = {
    "author": FIELDS["author"],
    "recorded": _moments,
    "site": FIELDS["site"],
    "verb": _chosen(COMMANDS, VERB_WORDS, lambda own, near: Failure("unknown-verb", verb=own, near=near)),
    "field": _chosen(
        CHANGED_FIELDS,
        CHANGED_FIELD_WORDS,
        lambda own, near: Failure("unknown-changed-field", field=own, near=near),
    ),
    "task": _one_of(lambda _, value: value),
}


def parse_log_terms(args: Sequence[str], names: Names, day: str) -> tuple[Term, ...]:
    """Read what is asked of a history: terms, one an argument; bare words are its tasks, any of them.

    Fails as `parse_filter` does, and with `unknown-verb` or `unknown-changed-field` for a value that is none.
    """
    terms, tasks = list[Term](), list[str]()
    reader = _FilterParser(names, day)
    for arg in args:
        text = clean_line(arg, what="filter")
        split = _split(text, _OF_HISTORY)
        if split is None:
            tasks += parts(text)
        else:
            terms.append(_OF_HISTORY[split[0]](reader, *split))
    if tasks:
        terms.insert(0, _OF_HISTORY["task"](reader, "task", ",".join(tasks)))
    _refuse_too_long(terms)
    return tuple(terms)
