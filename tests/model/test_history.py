"""The state on a day, against a slow recomputation that is plainly right."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.both_roles import in_both_roles
from plantrack.model.history import (
    Assignment,
    CurrentDeadline,
    Deadline,
    Facts,
    Part,
    PartFact,
    StateChange,
    Update,
    Work,
    deadline_on,
    fact_order,
    held_as,
    holders_on,
    parts_on,
    status_since,
    work_on,
)
from plantrack.model.status import Role, Status

AMOUNTS = st.integers(0, 2**63 - 1)
DAYS = st.integers(1, 9).map(lambda d: f"2024-07-{d:02d}")
MOMENTS = st.integers(0, 59).map(lambda m: f"2024-08-01T00:00:{m:02d}.000Z")


@st.composite
def updates(draw: st.DrawFn) -> list[Update]:
    out = []
    for i in range(draw(st.integers(0, 9))):
        out.append(
            Update(
                uid=f"{i:026d}",
                command=f"{i:026d}",
                task="t",
                on=draw(DAYS),
                recorded_at=draw(MOMENTS),
                author="A",
                number=i,
                status=draw(st.none() | st.sampled_from(Status)),
                percent=draw(st.none() | st.integers(0, 100)),
                blocked=draw(st.none() | st.sampled_from(["x", "y"])),
                unblocked=draw(st.booleans()),
            )
        )
    return sorted(out, key=fact_order)


def slow_status(said: Sequence[Update]) -> Status:
    """The last status that was said; unless a percentage said later started the work."""
    if not said:
        return Status.NOT_STARTED
    *earlier, last = said
    if last.status is not None:
        return last.status
    before = slow_status(earlier)
    return Status.IN_PROGRESS if before is Status.NOT_STARTED and last.percent else before


def slow_work(said: Sequence[Update]) -> Work:
    """Look at every prefix of the history again, one question at a time."""
    prefixes = [said[: i + 1] for i in range(len(said))]
    statuses = [slow_status(p) for p in prefixes]
    status = slow_status(said)
    percents = [u.percent for u in said if u.percent is not None]
    clears = [i for i, u in enumerate(said) if u.unblocked or statuses[i] is Status.DONE]
    since_clear = [u for i, u in enumerate(said) if u.blocked is not None and i > max(clears, default=-1)]
    run = list(said)
    while run and slow_status(run) is Status.DONE:
        run.pop()
    return Work(
        status=status,
        percent=100 if status is Status.DONE else (percents[-1] if percents else None),
        blocked=since_clear[-1].blocked if since_clear else None,
        blocked_since=since_clear[0].on if since_clear else None,
        completed_on=said[len(run)].on if status is Status.DONE else None,
        updated_on=said[-1].on if said else None,
    )


@given(updates(), DAYS)
def test_work_is_what_the_history_says(history: list[Update], day: str) -> None:
    assert work_on(history, day) == slow_work([u for u in history if u.on <= day])


@given(updates(), st.randoms())
def test_the_order_in_which_facts_arrive_does_not_matter(history: list[Update], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert work_on(sorted(shuffled, key=fact_order), "9999-12-31") == work_on(history, "9999-12-31")


def said(on: str, status: str | None = None, recorded: int = 0, **more: object) -> Update:
    moment = f"2024-08-01T00:00:{recorded:02d}.000Z"
    fact = Update(
        f"{recorded:026d}",
        f"{recorded:026d}",
        "t",
        on,
        moment,
        "A",
        recorded,
        status=Status(status) if status else None,
    )
    return fact._replace(**more)  # type: ignore[arg-type]


def test_a_backdated_update_does_not_overtake_a_later_one() -> None:
    history = sorted([said("2024-07-09", "done", 1), said("2024-07-05", "paused", 2)], key=fact_order)
    assert work_on(history, "2024-07-20").status is Status.DONE
    assert work_on(history, "2024-07-06").status is Status.PAUSED


def test_of_two_on_one_day_the_one_recorded_last_counts() -> None:
    history = [said("2024-07-09", "paused", 1), said("2024-07-09", "in_progress", 2)]
    assert work_on(history, "2024-07-09").status is Status.IN_PROGRESS


def test_reopened_work_has_the_percent_it_had_and_no_completion() -> None:
    history = [
        said("2024-07-01", None, 1, percent=60),
        said("2024-07-02", "done", 2),
        said("2024-07-03", "in_progress", 3),
    ]
    assert work_on(history, "2024-07-02")[:2] == (Status.DONE, 100)
    assert work_on(history, "2024-07-03")[:2] == (Status.IN_PROGRESS, 60)
    assert work_on(history, "2024-07-03").completed_on is None


def test_completed_on_is_the_first_day_of_the_last_run_of_done() -> None:
    history = [
        said("2024-07-01", "done", 1),
        said("2024-07-02", "in_progress", 2),
        said("2024-07-03", "done", 3),
        said("2024-07-05", "done", 4),
    ]
    assert work_on(history, "2024-07-09").completed_on == "2024-07-03"


def deadline(on: str | None, due: str | None, recorded: int) -> Deadline:
    return Deadline(
        f"{recorded:026d}", f"{recorded:026d}", "t", on, f"2024-08-01T00:00:{recorded:02d}.000Z", due
    )


def test_an_extension_holds_from_its_day_and_keeps_the_first_due_day() -> None:
    facts = [deadline(None, "2024-06-30", 1), deadline("2024-07-05", "2024-07-31", 2)]
    assert deadline_on(facts, "2024-07-04") == CurrentDeadline("2024-06-30", None, "2024-06-30")
    assert deadline_on(facts, "2024-07-05") == CurrentDeadline("2024-07-31", None, "2024-06-30")


def test_a_correction_holds_from_the_opening_and_an_extension_from_its_day() -> None:
    facts = [
        deadline(None, "2024-06-30", 1),
        deadline("2024-07-05", "2024-07-31", 2),
        deadline(None, "2024-06-20", 3),
    ]
    assert deadline_on(facts, "2024-07-01") == CurrentDeadline("2024-06-20", None, "2024-06-20")
    assert deadline_on(facts, "2024-09-01") == CurrentDeadline("2024-07-31", None, "2024-06-20")


@st.composite
def deadlines(draw: st.DrawFn) -> list[Deadline]:
    count = draw(st.integers(0, 7))
    return [
        deadline(draw(st.none() | DAYS), draw(st.none() | DAYS), draw(st.integers(0, 5)) * 10 + i)
        for i in range(count)
    ]


@given(deadlines(), DAYS)
def test_deadlines_are_what_the_history_says(facts: list[Deadline], day: str) -> None:
    """Play the days one after another: each fact in turn says what the deadline is from then on."""
    first_corrections = sorted((d for d in facts if d.on is None), key=lambda d: (d.recorded_at, d.uid))
    due = first_corrections[-1].due if first_corrections else None
    ever = [due] if due else []
    for number in range(1, 10):
        today = f"2024-07-{number:02d}"
        if today > day:
            break
        for d in sorted((d for d in facts if d.on == today), key=lambda d: (d.recorded_at, d.uid)):
            due = d.due
            ever += [due] if due else []
    got = deadline_on(facts, day)
    assert got.due == due
    assert got.first_due == (ever[0] if ever else None)


@st.composite
def assignments(draw: st.DrawFn) -> list[Assignment]:
    out = []
    for i in range(draw(st.integers(0, 9))):
        role, party = draw(st.sampled_from(Role)), draw(st.sampled_from(["a", "b", "c"]))
        out.append(
            Assignment(
                f"{i:026d}",
                f"{i:026d}",
                "t",
                role,
                party,
                draw(st.none() | DAYS),
                draw(MOMENTS),
                draw(st.booleans()),
                draw(st.sampled_from([party, f"was not {party}"])),
            )
        )
    return sorted(out, key=fact_order)


@given(assignments(), DAYS)
def test_a_role_is_held_by_those_whose_last_word_is_that_they_hold_it(
    facts: list[Assignment], day: str
) -> None:
    got = holders_on(facts, day)
    for role in Role:
        expected = set()
        for party in "abc":
            own = [a for a in facts if a.role is role and a.party == party and (a.on or "") <= day]
            last = {a.who: a.holds for a in own}
            if any(last.values()):
                expected.add(party)
            assert held_as(facts, role, party, day) == sorted(who for who in last if last[who])
        held = getattr(got, role)
        assert set(held) == expected
        assert len(held) == len(expected)


@given(assignments(), assignments())
def test_an_organisation_is_in_both_roles_from_the_first_day_on_which_it_holds_both(
    facts: list[Assignment], before: list[Assignment]
) -> None:
    def both(history: list[Assignment], day: str) -> set[str]:
        held = holders_on(history, day)
        return {party for party in held.lead if party in held.coordinating}

    days = ["", *(f"2024-07-{d:02d}" for d in range(1, 10))]
    new = [(min(found), day) for day in days if (found := both(facts, day) - both(before, day))]
    got = in_both_roles(facts, before)
    if got is None:
        assert not [day for _, day in new if day in {a.on or "" for a in facts}]
    else:
        assert got in new
        assert got[1] == min(day for _, day in new if day in {a.on or "" for a in facts})


def test_facts_are_counted_without_those_of_some_commands() -> None:
    moment = "2024-08-01T00:00:00.000Z"

    def of(*commands: str) -> Facts:
        return Facts(
            [StateChange("t", c, "2024-07-01", moment, Status.DONE) for c in commands],
            [Deadline(c, c, "t", None, moment, "2024-07-30") for c in commands],
            [Assignment(c, c, "t", Role.LEAD, "a", None, moment) for c in commands],
            [PartFact(c, c, "t", 1, "2024-07-01", moment, "a") for c in commands],
        )

    assert of("one", "two", "three").without({"two", "khác"}) == of("one", "three")
    assert of("one").without({}) == of("one")


@given(updates(), DAYS)
def test_a_status_is_so_since_the_first_day_of_its_latest_run(history: list[Update], day: str) -> None:
    said = [u for u in history if u.on <= day]
    run = list(said)
    while run and slow_status(run[:-1]) is slow_status(said):
        run.pop()
    assert status_since(history, day) == (run[-1].on if run else None)


def test_a_checklist_is_what_was_said_by_a_day() -> None:
    moment = "2024-08-01T00:00:00.000Z"
    told = [
        PartFact("a", "c", "t", 2, "2024-07-01", moment, "hai"),
        PartFact("b", "c", "t", 1, "2024-07-01", moment, "một"),
        PartFact("c", "c", "t", 2, "2024-07-03", moment, is_done=True),
        PartFact("d", "c", "t", 2, "2024-07-05", moment),
        PartFact("e", "c", "t", 9, "2024-07-05", moment, is_done=True),
    ]
    assert parts_on(told, "2024-06-30") == ()
    assert parts_on(told, "2024-07-01") == (Part(1, "một", False), Part(2, "hai", False))
    assert parts_on(told, "2024-07-04") == (Part(1, "một", False), Part(2, "hai", True))
    assert parts_on(told, "2024-07-05") == (Part(1, "một", False), Part(2, "hai", False))


@given(st.lists(st.tuples(DAYS, st.none() | AMOUNTS, st.none() | AMOUNTS), max_size=6), DAYS)
def test_money_is_what_was_last_said_in_all_up_to_a_day(
    said: list[tuple[str, int | None, int | None]], day: str
) -> None:
    said = sorted(said, key=lambda one: one[0])
    steps = [
        StateChange("t", "c", on, "m", allocated=allocated, spent=spent) for on, allocated, spent in said
    ]
    work = work_on(steps, day)
    allocated, spent = (
        [one[n] for one in said if one[0] <= day and one[n] is not None] or [None] for n in (1, 2)
    )
    assert (work.allocated, work.spent) == (allocated[-1], spent[-1])
