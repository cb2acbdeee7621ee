"""Plans that a file may hold, made at random: `plans()` gives one in which every check finds no error.

Texts are hostile on purpose: whatever YAML, a comment or a terminal could take for something else.
"""

import unicodedata
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from plantrack.model.days import period_last_day
from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    CitedDocument,
    Indicator,
    IntendedResult,
    Milestone,
    Organisation,
    Place,
    Plan,
    PlanSource,
    Reporting,
    Retired,
    Text,
)
from plantrack.tables.encoding import garbled, has_placeholder

Drawn = st.SearchStrategy[Any]

HOSTILE: Final = (
    *(
        "null",
        "~",
        "yes",
        "no",
        "on",
        "true",
        "012",
        "08",
        "12:30",
        "1e3",
        "0x1F",
        "2024-03-21",
        ".inf",
        "-",
        "?",
    ),
    *(
        "- a",
        "a: b",
        "a #b",
        "# a",
        "{a",
        "[a, b]",
        "a]",
        "}",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        ">-",
        "%YAML",
        "@a",
    ),
    *(
        "`a",
        "'",
        "''",
        '"',
        '""',
        "\\",
        "\\n",
        "a\\",
        "---",
        "...",
        "<<",
        "=",
        ",",
        ":",
        "a:",
        "# CẦN ĐIỀN: a",
    ),
    *(
        "Y Nhơ̆n Niê",
        "Ƀuôn Ê Đê ơ̆ ư̆ ê̆ ô̆",
        "Ksor H’Nhuên",
        "😀 👩🏽",
        "a\u00a0b",
        "a\u3000b",
        "漢字",
        "ẮẰẲẴẶ",
        "\ue000",
    ),
    *("dài " * 600 + "x", "x" * 2000),
)
#: What no text of a plan may have: it cannot be seen, or stands for a letter that was lost.
_letters: Drawn = st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters="\ufffd"
)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).strip()


def _right(text: str) -> bool:
    """Return whether the letters of a text can be meant, and none is still to be filled in."""
    return text != "" and garbled(text) is None and not has_placeholder(text)


lines: Drawn = (st.sampled_from(HOSTILE) | st.text(_letters, min_size=1, max_size=12).map(_clean)).filter(
    _right
)
prose: Drawn = (lines | st.lists(lines, min_size=2, max_size=3).map("\n\n\t".join)).filter(_right)
#: Keys that are data may not have odd spaces.
names: Drawn = lines.filter(lambda s: all(c == " " or unicodedata.category(c) != "Zs" for c in s))
ids: Drawn = st.from_regex("[a-z0-9][a-z0-9-]{0,6}", fullmatch=True)
days: Drawn = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
periods: Drawn = st.sampled_from(("2024-Q2", "2024-07", "2024-H1", "2024-9M", "2024-W29", "2024"))
amounts: Drawn = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 999_999)).map(
        lambda n: float(f"{n[0]}.{n[1]:06}")
    ),
    st.sampled_from((0.0, -0.0, 1e-06, 1.5, 12.345, 0.000012)),
)


def of(kind: Any, **fields: Drawn) -> Drawn:
    """Return records of a kind; fields that are not named have their defaults (`st.builds` would guess)."""
    given = [fields[f] if f in fields else st.just(kind._field_defaults[f]) for f in kind._fields]
    return st.tuples(*given).map(kind._make)


def maybe(strategy: Drawn) -> Drawn:
    """Return a value, or none."""
    return st.none() | strategy


def some(strategy: Drawn, most: int = 2) -> Drawn:
    """Return a few values."""
    return st.lists(strategy, max_size=most).map(tuple)


def picked(choices: list[str]) -> Drawn:
    """Return some of the ids there are, each once."""
    return st.lists(st.sampled_from(choices), max_size=3, unique=True).map(tuple) if choices else st.just(())


def one_of(choices: list[str]) -> Drawn:
    """Return one of the ids there are, or none."""
    return maybe(st.sampled_from(choices)) if choices else st.none()


def _in_order(span: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    first, last = span
    return (last, first) if first and last and first > last else span


spans: Drawn = st.tuples(maybe(days), maybe(days)).map(_in_order)
texts: Drawn = of(Text, vi=lines, en=maybe(lines))
_source_days = ("published", "retrieved")
sources: Drawn = of(
    PlanSource, **{f: maybe(days if f in _source_days else lines) for f in PlanSource._fields}
)
programmes: Drawn = of(CitedDocument, title=texts, number=maybe(lines), date=maybe(days))
goals: Drawn = of(CitedDocument, title=texts)
references: Drawn = of(
    CitedDocument,
    title=maybe(texts),
    id=maybe(ids),
    number=maybe(lines),
    date=maybe(days),
    issuer=maybe(lines),
)
amendments: Drawn = of(CitedDocument, title=maybe(texts), number=lines, date=maybe(days))
reportings: Drawn = of(
    Reporting,
    language=st.sampled_from(("vi", "en")),
    timezone=st.sampled_from(("Asia/Ho_Chi_Minh", "UTC", "Asia/Bangkok")),
    closing_day=st.integers(1, 28),
    due_soon_days=st.integers(0, 366),
    stale_days=st.integers(1, 366),
)
budgets: Drawn = of(Budget, text=maybe(prose), amount=maybe(amounts), unit=maybe(lines), source=maybe(lines))
results: Drawn = of(IntendedResult, title=texts, source_quote=maybe(prose))
milestones: Drawn = of(Milestone, due=days | periods, title=texts)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan that a file without an error says, with anything in each of its fields."""
    places = draw(_places())
    organisations = draw(_organisations([p.id for p in places]))
    areas = draw(_areas([o.id for o in organisations], [p.id for p in places]))
    used = {a.code for a in areas} | {x.code for a in areas for x in a.activities}
    moved, retired = draw(_gone(sorted(used)))
    start, end = draw(spans)
    return Plan(
        id=draw(ids), year=draw(st.integers(1900, 2199)), title=draw(texts), areas=areas,
        number=draw(maybe(lines)), date=draw(maybe(days)), purpose=draw(maybe(texts)), start=start, end=end,
        source=draw(maybe(sources)), programme=draw(maybe(programmes)), contributes_to=draw(some(goals)),
        references=draw(some(references)), amendments=draw(some(amendments)), reporting=draw(reportings),
        organisations=organisations, places=places, moved=moved, retired=retired,
    )  # fmt: skip


@st.composite
def _places(draw: st.DrawFn) -> tuple[Place, ...]:
    found: list[Place] = []
    for own in draw(st.lists(ids, max_size=3, unique=True)):
        merged = draw(picked([p.id for p in found]))
        first, last = draw(spans)
        codes = draw(st.dictionaries(names, lines, max_size=2))
        found.append(Place(own, draw(texts), draw(maybe(texts)), first, last, merged, codes))
    return tuple(found)


@st.composite
def _organisations(draw: st.DrawFn, places: list[str]) -> tuple[Organisation, ...]:
    """Return organisations whose parents and successors stand before them, in any order."""
    found: list[Organisation] = []
    for own in draw(st.lists(ids, max_size=4, unique=True)):
        before = [o.id for o in found]
        first, last = draw(spans)
        level = draw(st.sampled_from((None, "central", "province", "unit")))
        found.append(
            Organisation(
                own, draw(texts), draw(maybe(texts)), draw(maybe(lines)), level, draw(one_of(places)),
                draw(one_of(before)), first, last, draw(one_of(before)),
            )
        )  # fmt: skip
    return tuple(draw(st.permutations(found)))


@st.composite
def _areas(draw: st.DrawFn, organisations: list[str], places: list[str]) -> tuple[Area, ...]:
    numbers = draw(st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True))
    return tuple(draw(_area(f"ND{n}", organisations, places)) for n in numbers)


@st.composite
def _area(draw: st.DrawFn, code: str, organisations: list[str], places: list[str]) -> Area:
    numbers = draw(st.lists(st.integers(0, 99), max_size=2, unique=True))
    return Area(
        code, draw(texts), draw(maybe(texts)), draw(maybe(prose)), draw(picked(organisations)),
        draw(picked(organisations)), draw(maybe(results)),
        tuple(draw(_activity(f"{code}.{n}", organisations, places)) for n in numbers),
    )  # fmt: skip


@st.composite
def _activity(draw: st.DrawFn, code: str, organisations: list[str], places: list[str]) -> Activity:
    start, due, ongoing = draw(_when())
    return Activity(
        code, draw(texts), no=draw(maybe(lines)), source_quote=draw(maybe(prose)), topics=draw(some(lines)),
        lead=draw(picked(organisations)), coordinating=draw(picked(organisations)), place=draw(picked(places)),
        time=draw(maybe(lines)), start=start, due=due, ongoing=ongoing,
        priority=draw(st.sampled_from((None, "low", "normal", "high", "urgent"))),
        deliverable=draw(maybe(texts)), budget=draw(maybe(budgets)), note=draw(maybe(prose)),
        indicators=tuple(draw(_indicator(code, n)) for n in range(draw(st.integers(0, 2)))),
        milestones=draw(some(milestones)),
    )  # fmt: skip


@st.composite
def _indicator(draw: st.DrawFn, code: str, number: int) -> Indicator:
    own = f"{code.lower().replace('.', '-')}-{number}"
    return Indicator(own, draw(texts), draw(maybe(lines)), draw(maybe(amounts)), draw(maybe(amounts)))


@st.composite
def _when(draw: st.DrawFn) -> tuple[str | None, str | None, bool]:
    """Return a first day, a deadline not before it, and whether there is none because the work is regular."""
    if draw(st.booleans()):
        return draw(maybe(days)), None, draw(st.booleans())
    start, due = draw(maybe(days)), draw(days | periods)
    return (None if start and start > (period_last_day(due) or due) else start), due, False


@st.composite
def _gone(draw: st.DrawFn, used: list[str]) -> tuple[dict[str, str], tuple[Retired, ...]]:
    """Return codes that are gone: moved to codes of their kind that are in use or moved before, or retired."""
    ends, moved = list(used), {}
    for number in draw(st.lists(st.integers(100, 120), max_size=3, unique=True)):
        kind = draw(st.sampled_from(ends))
        old = f"{kind.partition('.')[0]}.{number}" if "." in kind else f"ND{number}"
        moved[old] = draw(st.sampled_from([end for end in ends if ("." in end) == ("." in kind)]))
        ends.append(old)
    codes = draw(st.lists(st.integers(121, 140), max_size=2, unique=True))
    retired = tuple(Retired(f"ND{n}", draw(days), draw(lines)) for n in codes)
    return moved, retired
