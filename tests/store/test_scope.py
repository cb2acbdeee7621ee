"""Which facts a scope takes: just those that its rule names, whatever happened."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.history import Deadline, Update
from plantrack.store.facts import deadlines_in, updates_in
from plantrack.store.scope import NewsPeriod, Saying, Scope, among
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.next_plan import NEW
from tests.support.oracle import all_of, as_known, gone_at, whole_plan
from tests.support.random_work import COMMANDS, Do, Ledger, day, worked
from tests.support.steps import PLAN, OpenContext, said

EVERYTHING = Scope("1 = 1", {})
WORK = st.lists(COMMANDS, min_size=4, max_size=12)
SAYS: dict[Saying, str] = {"uid": "uid", "result": "result", "next_step": "next", "blocked": "blocked"}


def uids(facts: list[Update] | list[Deadline]) -> set[str]:
    found = {fact.uid for fact in facts}
    assert len(found) == len(facts), "each once"
    return found


def span_of(ledger: Ledger, days: tuple[int, int], seconds: tuple[int, int]) -> NewsPeriod:
    """Return a period of days, and of the moments between two of the commands."""
    first, last = map(day, sorted(days))
    after, until = map(ledger.moment, sorted(seconds))
    return NewsPeriod(first, last, after, until)


#: Days and commands that a period goes from and to.
DAYS = st.tuples(st.integers(0, 12), st.integers(0, 12))
SECONDS = st.tuples(st.integers(0, 13), st.integers(0, 13))


# --- a condition that many may meet ---


def test_of_no_values_none_is_meant(db: SQLite) -> None:
    for values, n in (([], 0), ([PLAN], 1), (["x", PLAN], 1)):
        condition, params = among("id", "p", values)
        assert len(db.query(f"SELECT id FROM plan WHERE {condition}", params)) == n


# --- news ---


def test_news_is_of_a_day_in_the_period_or_told_in_it_of_an_earlier_one() -> None:
    span = NewsPeriod("2024-07-15", "2024-07-21", "2024-07-14T17:00:00.000Z", "2024-07-21T17:00:00.000Z")
    before, inside, after = "2024-07-14T17:00:00.000Z", "2024-07-21T17:00:00.000Z", "2024-07-21T17:00:00.001Z"
    assert [span.covers("", moment) for moment in (before, inside, after)] == [False, True, False]
    of_its_days = [
        span.has(on, "", moment) for on in ("2024-07-15", "2024-07-21") for moment in (before, after)
    ]
    assert of_its_days == [True] * 4
    earlier = [span.has(on, "", moment) for on in (None, "2024-07-14") for moment in (before, inside, after)]
    assert earlier == [False, True, False] * 2
    assert not span.has("2024-07-22", "", inside), "a day that has not come is no news"
    there = span._replace(arrivals={"in": inside, "later": after})
    came = [
        (there.has(None, command, before), there.has(None, command, inside))
        for command in ("in", "later", "own")
    ]
    assert came == [(True, True), (False, False), (False, True)], (
        "a site recorded it, and it came in the period"
    )


@given(WORK, DAYS, SECONDS, st.none() | st.integers(0, 13))
def test_the_news_that_is_read_is_the_news_that_there_is(
    made_once: Path, work: list[Do], days: tuple[int, int], seconds: tuple[int, int], known: int | None
) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    span = span_of(ledger, days, seconds)
    known_at = None if known is None else ledger.moment(known)
    there = [u for u in updates_in(ledger.db, EVERYTHING) if known_at is None or u.recorded_at <= known_at]
    gone = gone_at(ledger.db, known_at)
    news = {u.uid for u in there if span.has(u.on, u.command, u.recorded_at)}
    late = {u.uid for u in there if u.uid in news and u.on < span.first}
    spoken = {u.uid for u in there if span.first <= u.on <= span.last}
    with as_known(ledger.db, known_at):
        assert uids(updates_in(ledger.db, EVERYTHING)) == {u.uid for u in there}
        for scope, meant in (
            (Scope.of_news(span), news),
            (Scope.of_late_news(span), late),
            (Scope.of_spoken(span), spoken),
        ):
            assert uids(updates_in(ledger.db, scope)) == meant
            standing = {u.uid for u in there if u.uid in meant and u.command not in gone}
            assert uids(updates_in(ledger.db, scope.standing())) == standing


@given(WORK, DAYS, SECONDS)
def test_deadlines_are_read_whole_of_each_task_of_which_one_is_news(
    made_once: Path, work: list[Do], days: tuple[int, int], seconds: tuple[int, int]
) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    span = span_of(ledger, days, seconds)
    there = deadlines_in(ledger.db, EVERYTHING)
    found = deadlines_in(ledger.db, Scope.of_deadline_news(span))
    with_news = {d.task for d in there if span.has(d.on, d.command, d.recorded_at)}
    assert with_news <= {d.task for d in found}
    assert uids(found) == {d.uid for d in there if d.task in {f.task for f in found}}


def test_what_a_carry_over_writes_is_no_news(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    next_plan.said(context_on, "2024-07-02", task, percent="10", blocked="kẹt")
    next_plan.carried(context_on)
    span = NewsPeriod("2025-01-01", "2025-01-31", "2024-12-31T17:00:00.000Z", "2025-01-31T17:00:00.000Z")
    assert [u for u in updates_in(db, EVERYTHING) if span.has(u.on, u.command, u.recorded_at)] != []
    for scope in (Scope.of_news(span), Scope.of_late_news(span), Scope.of_spoken(span)):
        assert updates_in(db, scope) == []


# --- of whom, and of what ---


@given(WORK, st.integers(0, 13), st.integers(0, 12))
def test_each_scope_takes_the_facts_of_its_tasks_commands_and_days(
    made_once: Path, work: list[Do], second: int, n: int
) -> None:
    db, known_at = (ledger := worked(made_once / "plantrack.db", work)).db, ledger.moment(second)
    there, tasks = updates_in(db, EVERYTHING), all_of(db, PLAN)
    for task in tasks:
        mine = {u.uid for u in there if u.task == task}
        then = {u.uid for u in there if u.task == task and u.recorded_at <= known_at}
        assert uids(updates_in(db, Scope.of([task]))) == mine
        with as_known(db, known_at):
            assert uids(updates_in(db, Scope.of([task]))) == then
        so_far = {u.uid for u in there if u.uid in mine and u.on <= day(n)}
        up_to = Scope("f.on_day <= :day", {"day": day(n)})
        assert uids(updates_in(db, up_to.among_tasks([task]))) == so_far
    for saying, says in SAYS.items():
        said_it = [u for u in there if getattr(u, says) is not None]
        assert updates_in(db, EVERYTHING.saying(saying)) == said_it
    half = tasks[::2]
    assert updates_in(db, EVERYTHING.among_tasks(half)) == [u for u in there if u.task in half]
    assert updates_in(db, EVERYTHING.among_tasks([])) == []
    assert updates_in(db, Scope.of(tasks)) == updates_in(db, whole_plan(PLAN)) == there
    assert updates_in(db, whole_plan("kh-khác")) == updates_in(db, Scope.of([])) == []
    numbers = sorted({u.command for u in there})[::2]
    assert uids(updates_in(db, Scope.of_commands(numbers))) == {u.uid for u in there if u.command in numbers}


def test_proposals_and_answers_are_those_up_to_a_day(context_on: OpenContext, db: SQLite) -> None:
    task = next_plan.opened(context_on)
    for on, told in (
        ("2", {"proposal": "p"}),
        ("3", {"result": "r"}),
        ("4", {"answered": "a"}),
        ("6", {"proposal": "q"}),
    ):
        said(context_on, f"2024-07-0{on}", task, **told)
    for on, found in (("2024-07-01", []), ("2024-07-05", ["2024-07-02", "2024-07-04"])):
        assert [u.on for u in updates_in(db, Scope.of_proposals(on))] == found
    with as_known(db, "2024-07-04T00:00:00.000Z"):
        assert [u.on for u in updates_in(db, Scope.of_proposals("2024-07-10"))] == ["2024-07-02"]


def test_a_plan_has_the_facts_of_its_own_tasks_only(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    next_plan.said(context_on, "2024-07-02", task, percent="10")
    next_plan.carried(context_on)
    old, new = (updates_in(db, whole_plan(plan)) for plan in (PLAN, NEW))
    assert {u.task for u in old} == {*all_of(db, PLAN)}
    assert {u.task for u in new} == {*all_of(db, NEW)}
