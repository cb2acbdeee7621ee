"""Which tasks a summary tells of: each section's condition is its plain meaning, whatever happened."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.days import Period, add_days
from plantrack.model.history import Deadline, Update
from plantrack.model.plan import Reporting
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.facts import deadlines_in, updates_in
from plantrack.store.questions import task_news
from plantrack.store.questions.task_source import BY_LABEL, TaskSource
from plantrack.store.scope import NewsPeriod, Scope
from plantrack.store.sqlite.connection import SQLite
from tests.support import next_plan
from tests.support.oracle import as_known, gone_at, tasks_on, whole_plan
from tests.support.random_work import COMMANDS, DAYS, IDS, Do, Ledger, worked
from tests.support.steps import PLAN, OpenContext, command_of, labels, opened, said

WORDS = st.sets(st.sampled_from(["result", "next", "proposal", "answered", "note"]), min_size=1, max_size=2)


def _told(on: str, words: set[str]) -> TypedUpdate:
    return TypedUpdate(on=on)._replace(**dict.fromkeys(words, "lời"))  # type: ignore[arg-type]


SAID = st.builds(
    lambda i, on, words: Do(
        f"update {i} {on} {words}",
        lambda context: update(context, [i], _told(on, words)),
    ),
    IDS,
    DAYS,
    WORDS,
)
ADDED = st.builds(
    lambda on, start, due: Do(
        f"add {on} {start} {due}",
        lambda context: add(context, NewTask("Việc", area="2", on=on, start=start, due=due)),
    ),
    DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
)
WORK = st.lists(COMMANDS | SAID | ADDED, min_size=6, max_size=14)
SECONDS = st.tuples(st.integers(0, 15), st.integers(0, 15))


class Asked(NamedTuple):
    """A period that ends on the day of the tasks, known at a moment; and what is told of it in plain words."""

    tasks: TaskSource
    span: NewsPeriod
    period: Period
    there: list[Task]
    #: What was known and not taken back.
    updates: list[Update]
    deadlines: list[Deadline]

    def meant(self, holds: Callable[[Task], object]) -> list[str]:
        return [task.uid for task in self.there if holds(task)]

    def told(self, holds: Callable[[Update], object]) -> list[str]:
        """Return the tasks with an update of a kind."""
        found = {u.task for u in self.updates if holds(u)}
        return self.meant(lambda task: task.uid in found)


def asked(ledger: Ledger, first: str, last: str, seconds: tuple[int, int], known: str | None) -> Asked:
    db, until = ledger.db, known or "9999"
    recorded = tuple(map(ledger.moment, sorted(seconds)))
    gone = gone_at(db, known)
    clock = Cutoffs.at(last, Reporting())
    return Asked(
        TaskSource(db, PLAN, clock, past=True),
        NewsPeriod(first, last, recorded[0], recorded[1]),
        Period("kỳ", first, last),
        tasks_on(db, PLAN, AsOf(last, known), clock),
        [u for u in updates_in(db, whole_plan(PLAN)) if u.recorded_at <= until and u.command not in gone],
        [d for d in deadlines_in(db, whole_plan(PLAN)) if d.recorded_at <= until and d.command not in gone],
    )


def uids(found: TaskSource) -> list[str]:
    assert found.size() == len(found.uids())
    return [*found.uids(BY_LABEL)]


@given(WORK, st.tuples(DAYS, DAYS).map(sorted), SECONDS, st.none() | st.integers(2, 15))
def test_the_tasks_that_were_spoken_of_are_those_with_such_an_update(
    made_once: Path, work: list[Do], days: list[str], seconds: tuple[int, int], second: int | None
) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    known = None if second is None else ledger.moment(second)
    of = asked(ledger, days[0], days[1], seconds, known)
    tasks, span = of.tasks, of.span
    with as_known(ledger.db, known):
        spoken = of.told(lambda u: span.first <= u.on <= span.last)
        assert uids(task_news.spoken_of(tasks, span)) == spoken
        late = of.told(lambda u: u.on < span.first and span.covers(u.command, u.recorded_at))
        assert uids(task_news.told_late(tasks, span)) == late
        assert uids(task_news.with_news(tasks, span)) == of.told(
            lambda u: span.has(u.on, u.command, u.recorded_at)
        )
        results = of.told(lambda u: u.result and span.first <= u.on <= span.last)
        assert uids(task_news.with_results(tasks, span)) == results
        proposed = of.told(lambda u: (u.proposal or u.answered) and u.on <= span.last)
        assert uids(task_news.with_proposals(tasks)) == proposed
        days_told = [task.updated_on for task in of.there if task.updated_on]
        assert task_news.last_spoken(tasks) == max(days_told, default=None)
        assert task_news.last_spoken(tasks.where("t.area = 'ND9'")) is None


@given(WORK, st.tuples(DAYS, DAYS).map(sorted), SECONDS, st.none() | st.integers(2, 15))
def test_deadlines_and_what_became_of_work_are_as_the_tasks_say(
    made_once: Path, work: list[Do], days: list[str], seconds: tuple[int, int], second: int | None
) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    known = None if second is None else ledger.moment(second)
    of = asked(ledger, days[0], days[1], seconds, known)
    tasks, span, period = of.tasks, of.span, of.period
    after = Period("sau", add_days(days[1], 1), add_days(days[1], 4))
    with as_known(ledger.db, known):
        steps = of.told(lambda u: u.next and u.on <= span.last)
        going_on = of.meant(
            lambda t: (
                t.is_open
                and (
                    t.uid in steps
                    or t.status in (Status.IN_PROGRESS, Status.SUBMITTED)
                    or after.holds(t.start)
                    or after.holds(t.due)
                )
            )
        )
        assert uids(task_news.going_on(tasks, after)) == going_on
        finished = of.meant(lambda t: t.status is Status.DONE and period.holds(t.completed_on))
        assert uids(task_news.finished_in(tasks, period)) == finished
        rest = of.meant(lambda t: t.uid not in finished)
        assert uids(task_news.not_finished_in(tasks, period)) == rest
        assert uids(task_news.opened_in(tasks, period)) == of.meant(lambda t: period.holds(t.opened_on))
        moved = uids(task_news.with_deadline_news(tasks, span))
        assert_all_of(of, moved, lambda d: span.has(d.on, d.command, d.recorded_at), ledger)
        extended = uids(task_news.extended(tasks))
        assert_all_of(of, extended, lambda d: d.on is not None, ledger)


def assert_all_of(of: Asked, found: list[str], tells: Callable[[Deadline], bool], ledger: Ledger) -> None:
    """Hold that every task is there of which such a deadline stands, and otherwise only such as once had one."""
    standing = {d.task for d in of.deadlines if tells(d)}
    assert of.meant(lambda t: t.uid in standing) == [uid for uid in found if uid in standing]
    ever = {d.task for d in deadlines_in(ledger.db, Scope.of(found)) if d.on is not None or tells(d)}
    assert {*found} <= ever


def test_what_is_said_of_the_day_before_or_after_is_not_of_the_period(
    context_on: OpenContext, db: SQLite
) -> None:
    for _ in range(4):
        opened(context_on, "2024-07-01")
    for task, on in (("1", "7/7"), ("2", "8/7"), ("3", "14/7"), ("4", "15/7")):
        said(context_on, "2024-07-16", task, result="xong", next="gửi", on=on)
    span = NewsPeriod("2024-07-08", "2024-07-14", "2024-07-16T00:00:00.000Z", "2024-07-16T23:00:00.000Z")
    tasks = TaskSource(db, PLAN, Cutoffs.at("2024-07-14", Reporting()), past=True)

    def found(of: Iterable[TaskSource]) -> list[list[str]]:
        return [labels(each.rows(BY_LABEL)) for each in of]

    sections = (
        task_news.spoken_of(tasks, span),
        task_news.told_late(tasks, span),
        task_news.with_news(tasks, span),
        task_news.with_results(tasks, span),
        task_news.going_on(tasks, Period("sau", "2024-07-15", "2024-07-21")),
    )
    assert found(sections) == [["2", "3"], ["1"], ["1", "2", "3"], ["2", "3"], ["1", "2", "3"]]
    assert task_news.last_spoken(tasks) == "2024-07-14"
    for _ in range(4):
        undo(context_on("2024-07-17"), None)
    assert found(sections) == [[]] * 5
    assert task_news.last_spoken(tasks) is None


def test_what_a_carry_over_wrote_is_no_news_of_either_plan(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    task = next_plan.opened(context_on)
    next_plan.said(context_on, "2024-07-02", task, percent="10", result="một", blocked="kẹt")
    done = next_plan.carried(context_on)
    assert command_of(done).recorded_at > "2025-01-01"
    span = NewsPeriod("2025-01-01", "2025-01-31", "2024-12-31T17:00:00.000Z", "2025-01-31T17:00:00.000Z")
    old, new = (
        TaskSource(db, plan, Cutoffs.at("2025-01-31", Reporting()), past=True)
        for plan in (PLAN, next_plan.NEW)
    )
    for tasks in (old, new):
        assert (tasks.size(), task_news.last_spoken(tasks)) == (1, None)
        for section in (
            task_news.spoken_of,
            task_news.told_late,
            task_news.with_news,
            task_news.with_results,
        ):
            assert not section(tasks, span).uids()
    next_plan.said(context_on, "2025-01-12", done.tasks[0].label, result="hai")
    assert [task_news.spoken_of(tasks, span).size() for tasks in (old, new)] == [0, 1]
    assert [task_news.last_spoken(tasks) for tasks in (old, new)] == [None, "2025-01-12"]
