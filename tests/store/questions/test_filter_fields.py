"""What terms ask of tasks: the same in Python and in SQL, on any day."""

from collections.abc import Callable
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model import filters
from plantrack.model.counting import Cutoffs
from plantrack.model.days import DayRange
from plantrack.model.filters import Filter, Term, parse_filter
from plantrack.model.names import Names
from plantrack.model.plan import Plan, Reporting, Text
from plantrack.model.status import DeadlineState, Status
from plantrack.model.typed.vietnamese_names import FLAGS
from plantrack.services.context import AsOf, Context
from plantrack.services.task_query import read_filter
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.undo import undo
from plantrack.store.questions import filter_fields
from plantrack.store.questions.task_source import TaskSource
from tests.support import filter_meaning
from tests.support.listing import found
from tests.support.oracle import recorded_by, tasks_on
from tests.support.random_work import COMMANDS, DAYS, Do, day, told, worked
from tests.support.steps import PLAN, OpenContext, opened, said
from tests.support.tries import tries


def test_every_field_and_flag_of_the_language_has_its_meanings() -> None:
    in_python = filter_meaning.OF_TASK.keys() | filter_meaning.OF_COMMAND.keys()
    assert filter_fields.FIELDS.keys() == in_python == filters.FIELDS.keys()
    assert filter_fields.FLAGS.keys() == filter_meaning.FLAGS.keys() == FLAGS.keys()


# --- who recorded what, and when ---


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: opened by An, spoken of by Bình; 2: opened by Bình, its due day corrected by An; 3: taken back by An."""
    sit = {name: lambda day, n=name: context_on(day, author=n) for name in ("An", "Bình")}
    opened(sit["An"], "2024-07-01", due="1/9/2024")
    opened(sit["Bình"], "2024-07-02", due="1/9/2024")
    opened(sit["Bình"], "2024-07-03", due="1/9/2024")
    said(sit["Bình"], "2024-07-10", "1", note="gọi", on="5/7/2024")
    edit(sit["An"]("2024-07-11"), ["2"], Corrections(due="2/9/2024"))
    said(sit["An"], "2024-07-12", "3", note="nhầm")
    undo(sit["An"]("2024-07-12"), None)


MANY = ["due:2024-01-01..+{}d", "updated:..+{}d", "recorded:2024-01-01..+{}d", "tag:-{}", "text:{}"]


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("as_of", ["2024-07-20", "2024-07-15"])
def test_as_many_terms_as_a_filter_may_have_are_asked(context_on: OpenContext, as_of: str) -> None:
    """Of each kind alone the engine takes them as a condition, and of all kinds together in each query of a list."""
    context = context_on("2024-07-20", as_of=as_of)
    numbers = range(100, 100 + filters.MOST_VALUES)
    for term in MANY:
        of_many, of_one = (
            context.tasks.passing(read_filter(context, [term.format(n) for n in own])).uids()
            for own in (numbers, numbers[:1])
        )
        assert of_many == of_one, term
    mixed = [term.format(n) for n, term in zip(numbers, cycle(MANY), strict=False)]
    assert found(context_on, *mixed, as_of=as_of) == found(context_on, *mixed[: len(MANY)], as_of=as_of)


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    ("terms", "as_of", "expected"),
    [
        ("author:An", "2024-07-20", "1 2"),
        ("author:binh", "2024-07-20", "1 2 3"),
        ("author:Bình", "2024-07-04", "2 3"),
        ("author:-An", "2024-07-20", "3"),
        ("author:An,Bình", "2024-07-20", "1 2 3"),
        ("recorded:2024-07-01", "2024-07-20", "1"),
        ("recorded:10/7..", "2024-07-20", "1 2"),
        ("recorded:10/7", "2024-07-20", "1"),
        ("recorded:10/7", "2024-07-04", ""),
        ("recorded:12/7", "2024-07-20", ""),
        ("recorded:..2/7", "2024-07-20", "1 2"),
        ("recorded:none", "2024-07-20", ""),
        ("author:An recorded:11/7", "2024-07-20", "2"),
        ("updated:5/7", "2024-07-20", "1"),
        ("updated:none", "2024-07-20", "2 3"),
    ],
)
def test_what_stands_on_a_day_counts_and_what_was_taken_back_does_not(
    context_on: OpenContext, terms: str, as_of: str, expected: str
) -> None:
    assert sorted(found(context_on, *terms.split(), as_of=as_of)) == expected.split()


@pytest.mark.usefixtures("tasks")
def test_who_recorded_is_as_known_at_a_moment(context_on: OpenContext) -> None:
    assert found(context_on, "author:An", known_at="2024-07-10") == ["1"]
    assert sorted(found(context_on, "author:An", known_at="2024-07-12T00:00")) == ["1", "2"]
    assert read_filter(context_on("2024-07-20"), ["author:an"]).spelled() == "author:An"


# --- in Python and in SQL ---

TODAY = "2024-08-01"
AUTHORS = ["An", "Bình", "Người thử"]
_PARTIES = st.lists(st.sampled_from(["ubdt", "hlhpn"]), max_size=2, unique=True).map(tuple)


def _of(author: str, command: Do) -> Do:
    return Do(f"{author}: {command.name}", lambda context: command.call(context._replace(author=author)))


def _opened(given: dict[str, Any]) -> Do:
    task = NewTask("Việc", **given)
    return Do(f"add {task}", lambda context: add(context, task))


ADDED = st.fixed_dictionaries(
    {"on": DAYS, "lead": _PARTIES.map(lambda p: p[:1]), "in_charge": st.sampled_from([(), ("Lê Văn An",), ("Y Ban",)])},
    optional={
        "due": DAYS,
        "priority": st.sampled_from(["low", "normal", "high", "urgent"]),
        "tags": st.lists(st.sampled_from(["gấp", "tin bài"]), unique=True).map(tuple),
        "document": st.sampled_from(["số 12/UBDT-TH", "số 112/UBDT ngày 1/7/2024 về việc sơ kết", "ngày 2/7/2024 của Hội"]),
        "places": st.lists(st.sampled_from(["Kon Tum", "kon-tum", "Đắk Lắk"]), unique=True).map(tuple),
    },
).flatmap(
    lambda given: st.sampled_from([{"area": "3"}, {"area": "2"}, {"activity": "3.1"}]).map(lambda at: given | at)
).map(_opened)  # fmt: skip
WORK = st.lists(st.builds(_of, st.sampled_from(AUTHORS), COMMANDS | ADDED), max_size=10)


def _role(verb: Callable[[Context, list[str], Roles], object], task: str, **roles: Any) -> Do:
    return Do(f"{roles}", lambda context: verb(context, [task], Roles(**roles)))


#: What a day too many or too few would show of: done on the due day (1) and after it (2), due on a day asked about and
#: at the end of what is soon then, roles taken and left on such days (3), the last word at the end of what is stale (4).
EDGES = [
    told("1", day(4), "done", None, None, False),
    _opened({"area": "3", "on": day(0), "due": day(3), "tags": ("Gấp",), "places": ("Kon Tum",)}),
    told("2", day(4), "done", None, None, False),
    _opened({"activity": "3.1", "on": day(3), "due": day(14), "priority": "high"}),
    told("3", day(4), None, None, "kẹt", False),
    _role(assign, "3", lead=("hlhpn",), in_charge=("Y Ban",), on=day(4)),
    _role(unassign, "3", lead=("hlhpn",), on=day(13)),
    _of("An", told("3", day(7), None, 20, None, True)),
    _of("An", Do("undo", lambda context: undo(context, None))),
    _of("Bình", Do("edit", lambda context: edit(context, ["3"], Corrections(priority="low")))),
    _opened({"area": "2", "on": day(6), "due": day(7), "document": "Công văn số 12/UBDT-TH về việc sơ kết"}),
    Do(
        "edit",
        lambda context: edit(context, ["3"], Corrections(document="số 112/UBDT ngày 1/7/2024 của Hội")),
    ),
    told("4", day(20 - Reporting().stale_days), None, 10, None, False),
    # Removed, and dropped while it was blocked: neither is counted as open, stale, blocked or of anybody.
    _opened({"area": "2", "on": day(0), "due": day(3), "lead": ("ubdt",), "tags": ("Gấp",)}),
    told("5", day(3), "in_progress", None, "kẹt", False),
    Do("remove", lambda context: remove(context, ["5"], "nhầm")),
    _opened({"area": "3", "on": day(0), "due": day(3), "lead": ("hlhpn",)}),
    told("6", day(3), "in_progress", None, "kẹt", False),
    told("6", day(7), "dropped", None, None, False),
]
_ORGANISATIONS = ["ubdt", "hlhpn", "bdttg"]
VALUES: dict[str, list[str]] = {
    "area": ["1", "2", "3"],
    "activity": ["3.1", "1.1"],
    "status": [*Status],
    "deadline": [*DeadlineState],
    "org": _ORGANISATIONS,
    "lead": _ORGANISATIONS,
    "with": _ORGANISATIONS,
    "to": ["Lê Văn An", "Y Ban"],
    "place": ["kon tum", "Đắk Lắk", "Huế"],
    "tag": ["gap", "tin-bai", "tết"],
    "priority": ["low", "normal", "cao", "khan"],
    "document": ["12/ubdt", "SƠ KẾT", "hoi", "2024", "ubdt so"],
    "author": AUTHORS,
}
SPANS = ("due", "updated", "completed", "opened", "recorded")
DAYS_ASKED = ("none", "-7d..", "..today", "2024-W27", "2024-07-04..2024-07-07", "2024-07-05", "2024-08")
ON = [day(0), day(3), day(4), day(7), day(12), day(20), TODAY]


#: Every term of one value, and the same turned round; those of days are read on each day that is asked about.
OF_DAYS = [f"{field}:{value}" for field in SPANS for value in DAYS_ASKED]
OF_VALUES = [
    *(f"{field}:{sign}{value}" for field, own in VALUES.items() for value in own for sign in ("", "-")),
    *(f"{flag}:{value}" for flag in FLAGS for value in ("yes", "no")),
]
LISTS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.lists(
        st.tuples(st.sampled_from(["", "-"]), st.sampled_from(VALUES[field])).map("".join),
        min_size=2,
        max_size=3,
    ).map(lambda own: f"{field}:{','.join(own)}")
)
FILTERS = st.lists(
    st.lists(LISTS | st.sampled_from(OF_VALUES + OF_DAYS), min_size=2, max_size=3), min_size=20, max_size=20
)


def asked(context: Context, wanted: Filter, clock: Cutoffs, *, past: bool) -> set[str]:
    """Return the tasks that pass a filter, by SQL."""
    found = TaskSource(context.db, PLAN, clock, past).passing(wanted).uids()
    assert len(found) == len({*found})
    return {*found}


@cache
def of_days(on: str) -> list[Filter]:
    """Read the terms of days on a day: whoever works on the plan, they are the same."""
    names = Names(Plan(PLAN, 2024, Text("Kế hoạch"), ()), [])
    return [parse_filter([term], names, on) for term in OF_DAYS]


def read_known(context: Context, typed: list[str]) -> Filter | None:
    """Read a filter, unless whoever it names is not there yet."""
    try:
        return read_filter(context, typed, day(7))
    except Failure as failure:
        assert failure.code in ("unknown-person", "unknown-author")
        return None


@pytest.mark.slow
@tries(0.5)
@given(WORK, FILTERS, st.lists(st.integers(0, 12), min_size=2, max_size=2).map(sorted))
def test_a_filter_means_the_same_in_python_and_in_sql(
    made_once: Path, work: list[Do], several: list[list[str]], seconds: list[int]
) -> None:
    """Every term by itself, and some together, on days of which nothing later is known and on earlier ones."""
    ledger = worked(made_once / "plantrack.db", EDGES + work)
    moments = Term("recorded", "", span=DayRange(*map(ledger.moment, seconds)))
    context = ledger.context()
    read = [read_known(context, typed) for typed in [*([term] for term in OF_VALUES), *several]]
    for on in ON:
        clock = context.on(on).tasks.clock
        there = tasks_on(ledger.db, PLAN, AsOf(on), clock)
        by = recorded_by(ledger.db, PLAN, on)
        for wanted in (Filter(), Filter((moments,)), *of_days(on), *filter(None, read)):
            meant = {t.uid for t in there if filter_meaning.passes(wanted, t, by.get(t.uid, ()))}
            assert asked(context, wanted, clock, past=True) == meant, (wanted, on)
            if on == TODAY:
                assert asked(context, wanted, clock, past=False) == meant, wanted
