"""What a task that follows the plan takes from its activity; and that a role is held just where it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.history import Assignment
from plantrack.model.names import Names
from plantrack.model.plan import Activity, Area, Organisation, Plan, Text
from plantrack.model.status import Role
from plantrack.model.task import FOLLOWABLE
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.plan_defaults import (
    BothRoles,
    beside_own,
    follow,
    from_now,
    give,
    hand_over,
    new_in_both_roles,
    plan_defaults,
    start_following,
    stop_following,
)
from plantrack.services.writing.run_command import run_command
from plantrack.store import tasks
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import taken_back
from tests.support.oracle import all_of
from tests.support.random_work import day
from tests.support.steps import OpenContext, opened, stood

ORGS = ("ubdt", "hlhpn", "bdttg")


def said_by(area: Area, activity: Activity) -> Names:
    """Return the names of a plan of one area and one activity."""
    organisations = tuple(Organisation(org, Text(org)) for org in ORGS)
    only = area._replace(activities=(activity,))
    return Names(Plan("kh", 2024, Text("Kế hoạch"), (only,), organisations=organisations))


@st.composite
def shares(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw who leads and who coordinates by one word of the plan: nobody both."""
    parts = draw(st.permutations(ORGS))
    ends = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
    return tuple(parts[: ends[0]]), tuple(parts[ends[0] : ends[1]])


# --- what the plan says ---


def test_an_activity_has_its_own_fields_and_what_it_leaves_out() -> None:
    bare = Activity("A1.1", Text("Việc"))
    plan = plan_defaults(said_by(Area("A1", Text("Một")), bare), bare)
    assert (plan.title, plan.start, plan.priority, plan.deliverable) == (Text("Việc"), None, "normal", None)
    assert (plan.places, plan.due, plan.lead, plan.coordinating) == ((), (None, None), (), ())
    whole = bare._replace(
        start="2024-05-01", due="2024-Q2", priority="high", deliverable=Text("Sổ", "Book"), place=("a", "b")
    )
    plan = plan_defaults(said_by(Area("A1", Text("Một")), whole), whole)
    assert (plan.start, plan.priority, plan.deliverable) == ("2024-05-01", "high", Text("Sổ", "Book"))
    assert (plan.places, plan.due.day, plan.due.text) == (("a", "b"), "2024-06-30", "2024-Q2")


@given(own=shares(), of_area=shares())
def test_nobody_has_both_roles_and_what_the_activity_says_stands(
    own: tuple[tuple[str, ...], tuple[str, ...]], of_area: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    activity = Activity("A1.1", Text("Việc"), lead=own[0], coordinating=own[1])
    area = Area("A1", Text("Một"), lead=of_area[0], coordinating=of_area[1])
    plan = plan_defaults(said_by(area, activity), activity)
    assert not {*plan.lead} & {*plan.coordinating}
    for mine, theirs, got in zip(own, of_area, (plan.lead, plan.coordinating), strict=True):
        assert got == mine if mine else {*got} <= {*theirs}
    assert {*plan.lead, *plan.coordinating} >= {*own[0], *own[1]}


@given(shares(), shares(), st.sets(st.sampled_from(FOLLOWABLE)))
def test_beside_what_a_person_said_a_followed_role_gives_way(
    by_plan: tuple[tuple[str, ...], tuple[str, ...]],
    held: tuple[tuple[str, ...], tuple[str, ...]],
    follows: set[str],
) -> None:
    activity = Activity("A1.1", Text("Việc"), lead=by_plan[0], coordinating=by_plan[1])
    plan = plan_defaults(said_by(Area("A1", Text("Một")), activity), activity)
    beside = beside_own(plan, follows, *held)
    after = (
        beside.lead if "lead" in follows else held[0],
        beside.coordinating if "coordinating" in follows else held[1],
    )
    assert not {*after[0]} & {*after[1]}
    assert {*beside.lead} <= {*plan.lead}
    assert {*beside.coordinating} <= {*plan.coordinating}


# --- who holds a role ---


ROLES = st.sampled_from([Role.LEAD, Role.COORDINATING])
ON = st.none() | st.integers(0, 6).map(day)
GIVEN = st.lists(st.tuples(ROLES, st.sampled_from(ORGS), ON, st.booleans()), max_size=6)
DAYS = [day(n) for n in range(8)]


@given(GIVEN, ROLES, st.sets(st.sampled_from(ORGS)), ON, st.booleans())
def test_just_who_is_wanted_holds_a_role_from_a_day_on_but_not_beside_the_other(
    context_on: OpenContext,
    db: SQLite,
    before: list[tuple[Role, str, str | None, bool]],
    role: Role,
    wanted: set[str],
    on: str | None,
    gives_way: bool,
) -> None:
    other = Role.COORDINATING if role is Role.LEAD else Role.LEAD
    with taken_back(db):
        opened(context_on, day(0))
        (uid,) = all_of(db, "kh-468-2024")

        def body(writer: CommandWriter) -> None:
            for one, party, since, holds in before:
                give(writer, uid, one, party, since, holds=holds)
            was = {(r, p, d): writer.holds(uid, r, p, d) for r in (role, other) for p in ORGS for d in DAYS}
            hand_over(writer, uid, role, tuple(wanted), on, beside=other if gives_way else None)
            for party in ORGS:
                for d in DAYS:
                    stands = was[role, party, d]
                    if on is None or d >= on:
                        stands = party in wanted and not (gives_way and was[other, party, d])
                    assert writer.holds(uid, role, party, d) == stands, (party, d)
                    assert writer.holds(uid, other, party, d) == was[other, party, d], "the other role stays"

        run_command(context_on("2024-08-01"), "assign", body)


def test_it_says_on_which_later_days_it_overrode_what_was_recorded(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, day(0))
    (uid,) = all_of(db, "kh-468-2024")

    def body(writer: CommandWriter) -> None:
        for on, holds in ((day(2), True), (day(4), False), (day(6), True)):
            writer.assign(uid, Role.LEAD, "ubdt", on, holds=holds)
        assert give(writer, uid, Role.LEAD, "ubdt", day(1), holds=True) == [day(4)]
        assert give(writer, uid, Role.LEAD, "ubdt", day(1), holds=True) == []
        assert give(writer, uid, Role.LEAD, "ubdt", None, holds=False) == [day(1), day(2), day(4), day(6)]

    run_command(context_on("2024-08-01"), "assign", body)


def role_of(role: Role, party: str, on: str | None, *, holds: bool = True) -> Assignment:
    return Assignment("u", "c", "t", role, party, on, "2024-08-01T00:00:00.000Z", holds)


def test_who_would_newly_have_both_roles_is_named_with_the_one_they_have(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, day(3))
    row = tasks.own_row(db, all_of(db, "kh-468-2024")[0])
    leads, coordinates = role_of(Role.LEAD, "ubdt", None), role_of(Role.COORDINATING, "ubdt", day(5))
    found = {
        new_in_both_roles(row, [leads, coordinates], [leads]): BothRoles("ubdt", day(5), "--lead"),
        new_in_both_roles(row, [leads, coordinates], [coordinates]): BothRoles("ubdt", day(5), "--with"),
        new_in_both_roles(row, [leads, coordinates._replace(on=None)], [leads]): BothRoles(
            "ubdt", day(3), "--lead"
        ),
    }
    assert [*found] == [*found.values()]
    assert new_in_both_roles(row, [leads, coordinates], [leads, coordinates]) is None, "it stood before"
    assert new_in_both_roles(row, [leads], []) is None


# --- following ---


@given(st.sets(st.sampled_from(FOLLOWABLE)), st.sets(st.sampled_from(FOLLOWABLE)))
def test_what_a_task_follows_is_a_set_in_one_order(
    context_on: OpenContext, db: SQLite, first: set[str], then: set[str]
) -> None:
    with taken_back(db):
        opened(context_on, day(0), activity="3.1")
        (uid,) = all_of(db, "kh-468-2024")

        def body(writer: CommandWriter) -> None:
            stop_following(writer, writer.row(uid), {*FOLLOWABLE})
            start_following(writer, writer.row(uid), first)
            stop_following(writer, writer.row(uid), then)

        run_command(context_on("2024-08-01"), "edit", body)
        held = stood(context_on, "1").follows
        assert {*held} == first - then
        assert held == tuple(sorted(held, key=FOLLOWABLE.index))


@pytest.mark.parametrize("fields", [{"title"}, {"lead"}, {"deliverable", "places"}, {*FOLLOWABLE}])
def test_a_task_comes_in_line_in_the_fields_that_it_is_to_follow_and_in_no_other(
    context_on: OpenContext, db: SQLite, fields: set[str]
) -> None:
    opened(context_on, day(0), activity="3.1", title="Riêng", lead=("hlhpn",), coordinating=("bdttg",))
    before = stood(context_on, "1")
    activity = Activity(
        "ND3.1", Text("Tên", "Name"), start=day(1), priority="high", deliverable=Text("Sổ"), lead=("ubdt",)
    )
    plan = plan_defaults(said_by(Area("ND3", Text("Ba")), activity), activity)

    def body(writer: CommandWriter) -> None:
        row = writer.row(before.uid)
        assert from_now(writer, row) == day(5)
        follow(writer, row, plan, fields, day(2))

    run_command(context_on(day(5)), "edit", body)
    after = stood(context_on, "1")
    for field in ("title", "start", "priority", "deliverable", "places", "lead", "coordinating"):
        expected = getattr(plan if field in fields else before, field)
        assert getattr(after, field) == expected, field
    assert stood(context_on, "1", as_of=day(1)).lead == before.lead, "a role changes from a day on"
    assert not {*after.lead} & {*after.coordinating}
