"""Stretches and holdings say of every day what the folds of a history say of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.days import add_days
from plantrack.model.history import (
    END_OF_TIME,
    Assignment,
    Deadline,
    Facts,
    StateChange,
    Update,
    deadline_on,
    holders_on,
    holdings,
    state_change,
    state_on,
    stretches,
    work_on,
)
from plantrack.model.status import Role
from tests.model.test_history import DAYS, assignments, deadlines, updates

EVERY_DAY = [*(f"2024-07-{day:02d}" for day in range(1, 12)), END_OF_TIME]


@given(updates(), deadlines(), DAYS)
def test_the_stretch_that_has_a_day_says_what_the_facts_say_of_it(
    said: list[Update], due: list[Deadline], opened_on: str
) -> None:
    found = [*stretches(Facts([*map(state_change, said)], due, [], []), opened_on)]
    for day in EVERY_DAY:
        there = [stretch for stretch in found if stretch.first_day <= day <= stretch.last_day]
        if day < opened_on:
            assert not there
        else:
            assert [(s.work, s.due) for s in there] == [(work_on(said, day), deadline_on(due, day))]


@given(updates(), deadlines(), DAYS)
def test_stretches_follow_each_other_and_begin_where_something_was_said(
    said: list[Update], due: list[Deadline], opened_on: str
) -> None:
    found = [*stretches(Facts([*map(state_change, said)], due, [], []), opened_on)]
    assert (found[0].first_day, found[-1].last_day) == (opened_on, END_OF_TIME)
    assert all(add_days(one.last_day, 1) == other.first_day for one, other in pairwise(found))
    spoken = {u.on for u in said} | {d.on for d in due if d.on is not None}
    assert {s.first_day for s in found} == {opened_on, *(day for day in spoken if day > opened_on)}


@given(assignments(), DAYS)
def test_a_party_holds_its_role_on_the_days_on_which_the_facts_say_so(
    facts: list[Assignment], opened_on: str
) -> None:
    found = [*holdings(facts, opened_on)]
    assert len({h[:3] for h in found}) == len(found), "a party takes a role once a day"
    assert all(opened_on <= h.first_day <= h.last_day for h in found)
    for day in (day for day in EVERY_DAY if day >= opened_on):
        there = [(h.role, h.party) for h in found if h.first_day <= day <= h.last_day]
        held = holders_on(facts, day)
        assert sorted(there) == sorted((role, party) for role in Role for party in getattr(held, role))


@given(assignments())
def test_those_who_hold_a_role_to_the_end_come_in_their_order(facts: list[Assignment]) -> None:
    last = [h for h in holdings(facts, "2024-07-05") if h.last_day == END_OF_TIME]
    held = holders_on(facts, END_OF_TIME)
    assert all([h.party for h in last if h.role is role] == [*getattr(held, role)] for role in Role)


@given(updates(), deadlines(), assignments())
def test_the_last_stretch_and_the_last_holders_are_the_state_of_today(
    said: list[Update], due: list[Deadline], given_roles: list[Assignment]
) -> None:
    facts = Facts([*map(state_change, said)], due, given_roles, [])
    *_, last = stretches(facts, "2024-07-01")
    now = state_on(facts, END_OF_TIME)
    assert (last.work, last.due) == (now.work, now.due)


@given(st.integers(1, 400))
def test_a_long_history_is_walked_once(count: int) -> None:
    """Each fact is looked at once, however many there are: to fold each day anew would be quadratic."""
    looked = 0

    class Counted(list[StateChange]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            nonlocal looked
            for fact in super().__iter__():
                looked += 1
                yield fact

    days = [add_days("2024-01-01", n) for n in range(count)]
    said = Counted(StateChange("t", f"C{n}", on, "m", None, n % 100) for n, on in enumerate(days))
    assert len([*stretches(Facts(said, [], [], []), days[0])]) == count
    assert looked == count
