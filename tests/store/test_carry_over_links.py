"""Which tasks go on with which: on a day, as known at a moment, through the years."""

from pathlib import Path

import pytest

from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.undo import undo
from plantrack.store.carry_over_links import Link, Links, family_of, links, pairs_of, with_ancestors
from plantrack.store.sqlite.connection import SQLite
from tests.support import oracle
from tests.support.next_plan import DAY, NEW, carried, next_plan, opened, stood
from tests.support.steps import PLAN, OpenContext, said

BEFORE, LATER = "2025-01-09", "2025-12-31"
#: Moments before the carry-over, after it, and after it was taken back on the next day.
KNOWN = tuple(f"2025-01-{n}T12:00:00.000Z" for n in ("09", "10", "11"))


@pytest.fixture
def ends(context_on: OpenContext, workspace: Path) -> tuple[Link, Link]:
    """Carry a task over, and leave another one finished; give both ends."""
    next_plan(context_on, workspace, 2025)
    old = opened(context_on)
    opened(context_on)
    remove(context_on("2024-07-02", plan=PLAN), ["2"], "nhầm")
    (made,) = carried(context_on).tasks
    uid = stood(context_on, old).uid
    return Link(uid, old, PLAN), Link(made.uid, made.label, NEW)


def links_known(db: SQLite, moment: str) -> Links:
    with oracle.as_known(db, moment):
        return links(db, LATER)


def test_both_ends_are_known_from_the_day_on(db: SQLite, ends: tuple[Link, Link]) -> None:
    old, new = ends
    both = Links({new.uid: old}, {old.uid: new})
    assert [links(db, day) for day in (BEFORE, DAY, LATER)] == [Links({}, {}), both, both]
    assert [links_known(db, known) for known in KNOWN] == [Links({}, {}), both, both]


def test_of_some_tasks_their_own_are_asked_for(db: SQLite, ends: tuple[Link, Link]) -> None:
    old, new = ends
    for of in ([old.uid], [new.uid], [old.uid, new.uid, "x" * 26], [f"{n:026}" for n in range(900)]):
        assert links(db, DAY, of=of) == links(db, DAY)
    for of in (["x" * 26], []):
        assert links(db, DAY, of=of) == Links({}, {})


def test_what_was_taken_back_or_removed_links_nothing(
    context_on: OpenContext, db: SQLite, ends: tuple[Link, Link]
) -> None:
    both = links(db, LATER)
    _, done = undo(context_on("2025-01-11", plan=NEW), None)
    assert links(db, LATER) == links_known(db, KNOWN[2]) == Links({}, {})
    assert links_known(db, KNOWN[1]) == both, "as it was known before"
    undo(context_on("2025-01-12", plan=NEW), done.command.label if done.command else None)
    assert links(db, LATER) == both
    remove(context_on("2025-01-13", plan=NEW), [ends[1].label], "nhầm")
    assert links(db, LATER) == Links({}, {})
    assert links_known(db, "2025-01-12T12:00:00.000Z") == both


def test_pairs_are_there_also_when_they_do_not_count(
    context_on: OpenContext, db: SQLite, ends: tuple[Link, Link]
) -> None:
    old, _ = ends
    undo(context_on("2025-01-11", plan=NEW), None)
    (again,) = carried(context_on, "2025-01-12").tasks
    first, second = pairs_of(db, {old.uid})
    assert (first.old, second.old, second.new.label) == (old, old, again.label)
    assert (first.opened_on, second.opened_on) == (DAY, "2025-01-12")
    assert pairs_of(db, {again.uid}) == pairs_of(db, set()) == pairs_of(db, {"x" * 26}) == []
    remove(context_on("2025-01-13", plan=NEW), [again.label], "nhầm")
    assert [p.removed for p in pairs_of(db, {old.uid})] == [None, "nhầm"]


def test_a_task_is_followed_back_through_the_years(
    context_on: OpenContext, db: SQLite, workspace: Path, ends: tuple[Link, Link]
) -> None:
    old, new = ends
    next_plan(context_on, workspace, 2026, day="2025-12-20")
    (third,) = carry_over(context_on("2026-01-09", plan="kh-2026"), NEW)[1].tasks
    assert with_ancestors(db, third.uid) == [third.uid, new.uid, old.uid]
    assert with_ancestors(db, old.uid) == [old.uid]
    known = links(db, "2026-01-31")
    assert (known.came[new.uid], known.went[new.uid].uid) == (old, third.uid)


def test_a_family_has_the_series_and_what_was_ever_waited_for(
    context_on: OpenContext, db: SQLite, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(context_on, due="31/7/2024", every="month")
    alone, before, once = (opened(context_on, title=title) for title in ("Riêng", "Trước", "Từng"))
    said(context_on, "2024-07-02", first, "done")
    waiting = opened(context_on, title="Sau", after=(once, first))
    edit(context_on("2024-07-03"), [waiting], Corrections(after=(before,)))
    next_plan(context_on, workspace, 2025)
    carried(context_on)
    rows = db.query("SELECT uid, number, carried_from FROM task")
    uid = {str(number): uid for uid, number, _ in rows}
    new = {old: uid for uid, _, old in rows if old}
    second = str(int(once) + 1)
    series = {uid[first], uid[second], new[uid[second]]}
    ends = {label: {uid[label], new[uid[label]]} for label in (alone, before, once, waiting)}
    monkeypatch.setattr("plantrack.model.grouping.CHUNK", 2)
    for label in (first, second):
        assert family_of(db, [uid[label]]) == series
    assert family_of(db, [uid[alone]]) == ends[alone]
    assert family_of(db, [new[uid[waiting]]]) == ends[waiting] | ends[before] | ends[once] | series
