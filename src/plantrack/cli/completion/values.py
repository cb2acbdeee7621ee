"""The values that may stand at the cursor, by what help calls them: words that never change, and what the database has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from string import ascii_letters
from typing import TYPE_CHECKING, Final

from plantrack.cli.commands import COMMANDS, Argument, Option, names_under
from plantrack.cli.completion.candidates import MOST, Candidate, named, plain, titled
from plantrack.cli.completion.typed_line import TypedLine
from plantrack.i18n.words import Words
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed import vietnamese_names as names
from plantrack.model.typed.vietnamese_fields import CHANGED_FIELDS, COLUMNS, FILTER_FIELDS, FOLLOWED_FIELDS
from plantrack.model.typed.vietnamese_names import name_meant

if TYPE_CHECKING:
    from plantrack.services.context import Context


class Request(NamedTuple):
    """What a value is asked for."""

    line: TypedLine
    words: Words
    #: What was typed of the value.
    typed: str
    #: Opens the context of the workspace, when it is needed.
    context: "Callable[[], Context]"


Provider = Callable[[Request], Iterable[Candidate]]


# --- words ---


def _words(table: Mapping[str, str], about: str = "") -> Provider:
    return lambda request: named(table, request.words, about)


def _formats(request: Request) -> Iterator[Candidate]:
    return plain(COMMANDS[request.line.path].all_formats)


def _choices(request: Request) -> Iterator[Candidate]:
    """Yield what is written out as the name of the value (`official|civil`), in both languages where both have words."""
    slot = request.line.slot
    assert isinstance(slot, (Argument, Option))
    known = {**names.GROUPINGS, **names.CALENDARS}
    return named({own: known.get(own, own) for own in slot.metavar.split("|")}, request.words)


def _conditions(request: Request) -> Iterator[Candidate]:
    return named({own: names.FLAGS[own] for own in ("overdue", "blocked", "stale")}, request.words)


def _ages(request: Request) -> Iterator[Candidate]:
    """Yield what a monitor may ask of a database, with an age that suits it."""
    suits = {"backup": "2d", "check": "8d", "weekly": "8d", "report": "35d", "remind": "2d"}
    return named({f"{own}:{age}": f"{names.UPKEEP[own]}:{age}" for own, age in suits.items()}, request.words)


def _help_words(request: Request) -> Iterator[Candidate]:
    """Yield what `help` explains: after the name of a group its commands."""
    from plantrack.cli.commands import path_meant
    from plantrack.cli.help_text import TOPICS

    group = path_meant(request.line.words) or ""
    yield from commands_under(group, request.words)
    if not request.line.words:
        yield from titled([(topic, request.words(f"topic.{topic}")) for topic in TOPICS])


def commands_under(group: str, words: Words) -> Iterator[Candidate]:
    """Yield the commands and groups right under a group."""
    for own, vi in names_under(group).items():
        both = (vi, own) if words.language == "vi" else (own, vi)
        yield Candidate(both, words(f"cmd.{f'{group} {own}'.strip().replace(' ', '.')}"))


# --- what the database has ---


def _tasks(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import tasks_typed

    which = {"reopen": "closed", **dict.fromkeys(("show", "log", "edit", "remove"), "any")}
    found = tasks_typed(request.context(), request.typed, which.get(request.line.path, "open"), MOST)
    return titled(found)


def _sites(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import sites

    return plain(sites(request.context()))


def _places_of_work(request: Request) -> Iterator[Candidate]:
    yield from named(names.HUB, request.words)
    yield from _sites(request)


def _logins(request: Request) -> Iterator[Candidate]:
    """Yield the members that may be removed; who is let in, only the server knows."""
    if request.line.path != "member remove":
        return
    from plantrack.services.verbs.completion import member_logins

    for login, role in member_logins(request.context()):
        yield Candidate((login,), request.words(f"member.role.{role}"))


def _areas(request: Request) -> Iterator[Candidate]:
    language = request.words.language
    for area in request.context().plan.areas:
        yield _coded(area.code, area.title.within(language))


def _activities(request: Request) -> Iterator[Candidate]:
    language = request.words.language
    for area in request.context().plan.areas:
        for activity in area.activities:
            yield _coded(activity.code, activity.title.within(language))


def _coded(code: str, title: str) -> Candidate:
    return Candidate((code,), title, also=(code.lstrip(ascii_letters),))


def _codes(request: Request) -> Iterator[Candidate]:
    yield from _areas(request)
    yield from _activities(request)


def _organisations(request: Request) -> Iterator[Candidate]:
    """Yield organisations by their ids, and by the names that people begin to type."""
    language = request.words.language
    for one in request.context().plan.organisations:
        texts = [text.within(language) for text in (one.short, one.name) if text]
        yield Candidate((one.id, *texts), texts[0], by_words=True)


def _people(request: Request) -> Iterator[Candidate]:
    return _named(request, request.context().names.people)


def _authors(request: Request) -> Iterator[Candidate]:
    known = request.context().names
    return _named(request, dict.fromkeys([*known.authors(), *known.people]))


def _named(request: Request, people: Iterable[str]) -> Iterator[Candidate]:
    """Yield people by their names."""
    shown = map(request.words.with_hidden_names, people)
    return (Candidate((name,), by_words=True) for name in shown)


def _places(request: Request) -> Iterator[Candidate]:
    language = request.words.language
    for place in request.context().plan.places:
        yield Candidate((place.id, place.name.within(language)), place.name.within(language), by_words=True)


def _indicators(request: Request) -> Iterator[Candidate]:
    language = request.words.language
    for activity in request.context().names.activities.values():
        for indicator in activity.indicators:
            yield Candidate((indicator.id,), indicator.title.within(language))


def _plans(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import plan_years

    return titled(plan_years(request.context()))


def _revisions(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import revision_numbers

    return titled(revision_numbers(request.context()))


def _commands(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import last_commands

    words, context = request.words, request.context()
    for command in last_commands(context):
        moment = words.moment(command.recorded_at, context.plan.reporting.timezone)
        verb = words(f"verb.{command.verb.replace(' ', '-')}")
        author = words.with_hidden_names(command.author)
        yield Candidate((command.label,), f"{verb}, {author}, {moment}")


def _weeks(request: Request) -> Iterator[Candidate]:
    """Yield the last weeks that have begun, the newest first: of the plan, once it is over."""
    from plantrack.model.days import add_days, week_of

    yield from named(names.NEAR_PERIODS, request.words)
    context = request.context()
    last = min(context.today, f"{context.plan.year}-12-31")
    for n in range(8):
        week = week_of(add_days(last, -7 * n))
        yield Candidate((week.name,), f"{request.words.day(week.first)} – {request.words.day(week.last)}")


def _periods(request: Request) -> Iterator[Candidate]:
    """Yield the periods of the plan's year."""
    year = request.context().plan.year
    quarters = [f"Q{n}" for n in range(1, 5)]
    for part in (*(f"{n:02}" for n in range(1, 13)), *quarters, "H1", "H2", "9M"):
        yield Candidate((f"{year}-{part}",), request.words.period(f"{year}-{part}"))
    yield Candidate((str(year),), request.words.period(str(year)))


def _joined(*providers: Provider) -> Provider:
    return lambda request: (candidate for provider in providers for candidate in provider(request))


_DUES = _joined(_words(names.DUES), _periods)
_DAY_RANGES = _joined(_words({"none": "khong"}), _periods)

#: The values of filters, by the field before the colon; a flag may be turned off.
FIELDS: Final[Mapping[str, Provider]] = {
    "area": _areas,
    "activity": _activities,
    "status": _words(names.STATUS_NAMES, "status"),
    "deadline": _words(names.DEADLINE_STATES, "deadline"),
    "org": _organisations,
    "lead": _organisations,
    "with": _organisations,
    "to": _people,
    "place": _places,
    **dict.fromkeys(("tag", "document"), lambda _: ()),
    "priority": _words(names.PRIORITIES, "priority"),
    "site": _places_of_work,
    "due": _DAY_RANGES,
    "updated": _DAY_RANGES,
    "completed": _DAY_RANGES,
    "opened": _DAY_RANGES,
    "recorded": _DAY_RANGES,
    "author": _authors,
    **{flag: _words(names.YES_OR_NO) for own in names.FLAGS.items() for flag in own},
}


#: The same of a history.
HISTORY_FIELDS: Final[Mapping[str, Provider]] = {
    "author": _authors,
    "recorded": _DAY_RANGES,
    "site": _places_of_work,
    "verb": lambda request: (
        Candidate((names.COMMANDS[path], path.replace(" ", "-")))
        for path, entry in COMMANDS.items()
        if entry.kind == "write"
    ),
    "field": _words(CHANGED_FIELDS),
    "task": _tasks,
}


def _filters(request: Request) -> Iterator[Candidate]:
    """Yield the beginnings of terms; behind a colon `FIELDS` has them."""
    yield from named(names.FLAGS, request.words)
    flags = {flag for own in names.FLAGS.items() for flag in own}
    fields = (field for field in FIELDS if field not in flags)
    yield from named({f"{field}:": f"{FILTER_FIELDS[field]}:" for field in fields}, request.words)
    if request.typed.startswith("@"):
        yield from _saved_filters(request)


def _saved_filters(request: Request) -> Iterator[Candidate]:
    from plantrack.model.filters import MARK
    from plantrack.model.views.filter import BUILT_IN
    from plantrack.services.verbs.completion import saved_filters

    yield from named({MARK + own: MARK + vi for own, vi in BUILT_IN.items()}, request.words)
    yield from titled(saved_filters(request.context()))


def _mappings(request: Request) -> Iterator[Candidate]:
    """Yield what a column may be, behind the heading that was typed: the fields of the kind of rows, else of all."""
    from plantrack.model.importing.fields import FIELDS as IMPORTED
    from plantrack.model.importing.fields import TYPED_KINDS

    heading, sign, _ = request.typed.rpartition("=")
    kind = TYPED_KINDS.get(name_meant(request.line.given("kind") or "", names.IMPORT_KINDS) or "")
    fields = [
        field for own in IMPORTED for field in IMPORTED[own] if kind in (None, own) and not field.is_outside
    ]
    language = request.words.language
    if sign:
        yield from titled([(f"{heading}={field.name}", field.title.within(language)) for field in fields])


def _kept_columns(request: Request) -> Iterator[Candidate]:
    from plantrack.services.verbs.completion import kept_columns

    return plain(kept_columns(request.context()))


def _of_history(request: Request) -> Iterator[Candidate]:
    yield from _tasks(request)
    yield from named({f"{field}:": f"{FILTER_FIELDS[field]}:" for field in HISTORY_FIELDS}, request.words)


#: The fields of what help calls a value, where it may be `field:value`.
FIELDS_OF: Final = {"FILTER": FIELDS, "ID|FILTER": HISTORY_FIELDS}


#: By the name of a parameter, where what help calls its value says too little.
_BY_NAME: Final[Mapping[str, Provider]] = {
    "as_": _kept_columns,
    "author": _authors,
    "columns": _words(COLUMNS),
    "sort": _words(COLUMNS),
    "due": _DUES,
    "start": _periods,
    "follow": _words(FOLLOWED_FIELDS),
    "plan": _plans,
    "plan_id": lambda _: (),
}
#: By what help calls a value, without brackets and dots.
_BY_METAVAR: Final[Mapping[str, Provider]] = {
    "ACTIVITY": _activities,
    "AREA": _areas,
    "CODE": _codes,
    "COMMAND": _commands,
    "AGE": _ages,
    "CONDITION": _conditions,
    "DATE": _words(names.DAYS),
    "FILTER": _filters,
    "FORMAT": _formats,
    "FROM": _plans,
    "ID": _tasks,
    "ID|FILTER": _of_history,
    "ID|FILE": _plans,
    "ENCODING": lambda _: plain(("utf-8", "utf-16", "cp1258")),
    "INDICATOR": _indicators,
    "KIND": _words(names.IMPORT_KINDS),
    "ROLE": _words(names.SERVER_ROLES),
    "LOGIN": _logins,
    "MAPPING": _mappings,
    "MOMENT": _words(names.DAYS),
    "ORG": _organisations,
    "ORG] [FILTER": _joined(_organisations, _filters),
    "PERIOD": _joined(_words(names.NEAR_PERIODS), _periods),
    "PERSON": _people,
    "PLACE": _places,
    "PRIORITY": _words(names.PRIORITIES, "priority"),
    "LEVEL": _words(names.LEVELS, "level"),
    "REV": _revisions,
    "SITE": _sites,
    "STATUS": _words(names.STATUS_NAMES, "status"),
    "STEP": _words(names.STEPS, "every"),
    "TO": _plans,
    "WEEK": _weeks,
    "WEEKDAY": _words(names.WEEKDAYS),
    "WORD": _help_words,
}
#: What the shell completes itself.
PATHS: Final = {
    **dict.fromkeys(("FILE", "COPY", "ID|FILE", "FILE|DIR"), "files"),
    "DIR": "folders",
}


def kind_of(slot: Argument | Option) -> str:
    """Return what help calls a value, without brackets and dots."""
    return slot.metavar.strip("[].,")


def provider_of(slot: Argument | Option) -> Provider | None:
    """Return what yields the values that may stand there; none where any text may."""
    if found := _BY_NAME.get(slot.name) or _BY_METAVAR.get(kind_of(slot)):
        return found
    return _choices if "|" in slot.metavar and kind_of(slot) not in PATHS else None
