"""Commands: each has its number and a moment of its own, later than all before, whatever the clock says."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.moments import utc_moment
from plantrack.model.withdrawal import Withdrawal
from plantrack.store import commands
from plantrack.store.commands import Command, Typist, withdrawals
from plantrack.store.derived_rows import write_withdrawn
from plantrack.store.sqlite.connection import SQLite, create
from plantrack.store.sqlite.migrations import create_schema
from tests.support.engines import taken_back
from tests.support.oracle import all_commands, as_known, gone_at

NOW = datetime(2024, 8, 1, 2, tzinfo=UTC)


@given(st.lists(st.integers(-90_000, 90_000), min_size=1, max_size=8))
def test_moments_and_numbers_rise_whatever_the_clock_says(db: SQLite, seconds: list[int]) -> None:
    with taken_back(db):
        clocks = [NOW + timedelta(seconds=n) for n in seconds]
        made = [commands.record(db, "add", "An", now) for now in clocks]
        (first, *rest) = all_commands(db)
        assert (first.verb, rest) == ("init", made)
        assert all(
            a.recorded_at < b.recorded_at and a.number + 1 == b.number for a, b in pairwise([first, *made])
        )
        assert all(command.recorded_at >= utc_moment(now) for command, now in zip(made, clocks, strict=True))
        assert commands.last_moment(db) == made[-1].recorded_at
        first_of_all = made[0].recorded_at
        assert first_of_all == utc_moment(clocks[0]), (
            "where nothing stands in its way it is that of the clock"
        )


def test_a_clock_that_stands_still_is_a_thousandth_ahead(db: SQLite) -> None:
    made = [commands.record(db, "add", "An", NOW).recorded_at for _ in range(3)]
    assert made == [f"2024-08-01T02:00:00.00{n}Z" for n in range(3)]


def test_before_the_first_command_there_is_no_moment(tmp_path: Path) -> None:
    with closing(create(tmp_path / "plantrack.db")) as empty:
        create_schema(empty)
        assert (commands.last_moment(empty), all_commands(empty)) == (None, [])
        assert commands.record(empty, "init", "An", NOW).label == "c1"


def test_a_command_is_found_by_its_number_and_its_author(db: SQLite) -> None:
    made = [commands.record(db, "add", author, NOW) for author in ("An", "Bình", "An")]
    assert [c.label for c in made] == ["c2", "c3", "c4"]
    assert (
        commands.command(db, 3)
        == Command(made[1].uid, 3, "add", "Bình", "2024-08-01T02:00:00.001Z")
        == made[1]
    )
    assert commands.command(db, 99) is None
    assert commands.last_to_undo(db, "An") == made[2]
    assert commands.last_to_undo(db, "an") is commands.last_to_undo(db, "") is None


def test_a_bare_undo_means_the_last_command_that_counts_and_no_undo(db: SQLite) -> None:
    made = [commands.record(db, verb, "An", NOW) for verb in ("init", "add", "update", "undo")]
    assert commands.last_to_undo(db, "An") == made[2]
    commands.withdraw(db, made[3], made[2])
    write_withdrawn(db, {}, {made[2].uid: made[3].number})
    assert commands.last_to_undo(db, "An") == made[1]
    write_withdrawn(db, {}, {made[1].uid: made[3].number})
    assert commands.last_to_undo(db, "An") is None


def test_each_command_has_an_identifier_of_its_own_in_the_order_of_their_moments(db: SQLite) -> None:
    uids = [commands.record(db, "add", "An", NOW).uid for _ in range(4)]
    assert uids == sorted({*uids})
    assert {len(uid) for uid in uids} == {26}


def test_who_typed_a_command_is_kept_beside_its_author(db: SQLite) -> None:
    typist = Typist("Bình", "binh")
    made = [commands.record(db, "add", "An", NOW, *given) for given in ([], [typist])]
    assert all_commands(db)[1:] == made
    assert [(c.author, c.entered_by, c.login) for c in made] == [("An", None, None), ("An", *typist)]


def test_the_numbers_of_commands_rise(db: SQLite) -> None:
    made = [commands.record(db, "add", "An", NOW).uid for _ in range(3)]
    assert commands.numbers_of(db, [made[2], made[0], "khác"]) == [2, 4]
    assert commands.numbers_of(db, []) == []


def test_later_commands_are_not_known_at_a_moment(db: SQLite) -> None:
    one, other = (commands.record(db, "add", "An", NOW) for _ in range(2))
    known = []
    for at in (utc_moment(NOW - timedelta(days=1)), one.recorded_at, other.recorded_at, None):
        with as_known(db, at):
            known.append(([c.number for c in all_commands(db)], commands.last_moment(db)))
    first = all_commands(db)[0].recorded_at
    told = [1, 2, 3], other.recorded_at
    assert known == [([1], first), ([1, 2], one.recorded_at), told, told]


@given(st.lists(st.tuples(st.sampled_from(["task", "khác"]), st.integers(0, 5)), max_size=8))
def test_no_number_of_a_counter_is_given_twice(db: SQLite, asked: list[tuple[str, int]]) -> None:
    with taken_back(db):
        taken: dict[str, list[int]] = {"task": [], "khác": []}
        for counter, count in asked:
            taken[counter] += commands.next_numbers(db, None, **{counter: count})[counter]
        assert all(numbers == [*range(1, len(numbers) + 1)] for numbers in taken.values())


def test_numbers_are_given_back_with_the_transaction(db: SQLite) -> None:
    with pytest.raises(ZeroDivisionError), db.atomic():
        assert [*commands.next_numbers(db, task=3)["task"]] == [1, 2, 3]
        raise ZeroDivisionError
    assert [*commands.next_numbers(db, task=1)["task"]] == [1]


def test_numbers_of_several_counters_are_taken_at_once(db: SQLite) -> None:
    assert commands.next_numbers(db, task=2, khác=1, none=0) == {
        "task": range(1, 3),
        "khác": range(1, 2),
        "none": range(0),
    }
    assert commands.next_numbers(db, none=0) == {"none": range(0)}


def test_a_command_takes_the_numbers_of_its_tasks_along(db: SQLite) -> None:
    later = "2024-09-01T00:00:00.000Z"
    command, numbers = commands.record_after(db, commands.Before(later), "add", "An", NOW, tasks=2)
    assert (command.recorded_at, command.number, numbers) == ("2024-09-01T00:00:00.001Z", 2, range(1, 3))


def test_undos_hang_together_with_what_they_take_back_and_with_one_another(db: SQLite) -> None:
    made = [commands.record(db, "add", "An", NOW) for _ in range(7)]
    for undo, target in ((1, 0), (2, 1), (3, 0), (5, 4)):
        commands.withdraw(db, made[undo], made[target])
    together = {made[n].uid for n in (1, 2, 3)}
    for n in range(4):
        assert {w.command for w in commands.withdrawals_around(db, made[n].uid)} == together
    assert [w.target for w in commands.withdrawals_around(db, made[5].uid)] == [made[4].uid]
    assert commands.withdrawals_around(db, made[6].uid) == []


def test_what_was_withdrawn_does_not_count(db: SQLite) -> None:
    one, other = (commands.record(db, verb, "An", NOW) for verb in ("add", "undo"))
    withdrawal = commands.withdraw(db, other, one)
    assert (
        withdrawals(db) == [withdrawal] == [Withdrawal(other.uid, one.uid, other.recorded_at, other.number)]
    )
    assert gone_at(db, other.recorded_at) == {one.uid: other.number}
    assert gone_at(db, one.recorded_at) == {}
