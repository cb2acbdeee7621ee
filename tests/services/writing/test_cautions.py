"""What is rarely meant is recorded as typed, and said in the reply."""

import pytest

from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.writing.command_rules import CommandResult, Note
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN, OpenContext, held, opened, refused, said, stood

JULY = "2024-07-15"


def cautions(done: CommandResult) -> list[Note]:
    """Return what the person was warned of."""
    return [note for note in done.notes if note.is_caution]


def codes(done: CommandResult) -> list[str]:
    return [note.code for note in cautions(done)]


def added(sit: OpenContext, day: str = JULY, **given: object) -> CommandResult:
    return add(sit(day), NewTask("Họp tổ", area="3")._replace(**given))  # type: ignore[arg-type]


def edited(sit: OpenContext, task: str, day: str = JULY, **wanted: str) -> CommandResult:
    return edit(sit(day), [task], Corrections(**wanted))  # type: ignore[arg-type]


def extended(sit: OpenContext, task: str, due: str, day: str = JULY, on: str | None = None) -> CommandResult:
    return extend(sit(day), [task], due, "gia hạn", on)


# Deadlines.


@pytest.mark.parametrize(
    ("due", "told"), [("5/1/2024", ["due-past"]), ("14/7/2024", ["due-past"]), ("15/7/2024", []), (None, [])]
)
def test_a_deadline_that_has_passed_is_said(
    context_on: OpenContext, due: str | None, told: list[str]
) -> None:
    assert codes(added(context_on, due=due)) == told


def test_a_deadline_that_has_passed_is_said_at_every_door(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01", due="31/8/2024")
    assert codes(edited(context_on, task, due="5/1/2024")) == ["due-past"]
    assert codes(extended(context_on, task, "10/7/2024")) == ["due-past"]


def test_the_old_deadline_of_finished_work_is_only_a_correction(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01", due="31/8/2024")
    said(context_on, "2024-07-10", task, "done")
    assert codes(edited(context_on, task, due="12/7/2024")) == []


def test_a_deadline_before_the_start_is_said_at_every_door(context_on: OpenContext) -> None:
    done = added(context_on, start="1/9/2024", due="31/8/2024")
    assert codes(done) == ["due-before-start"]
    assert cautions(done)[0].params == {"task": "1", "day": "2024-08-31", "start": "2024-09-01"}
    task = opened(context_on, JULY, "Khác", start="1/8/2024", due="31/8/2024")
    assert codes(edited(context_on, task, start="1/9/2024")) == ["due-before-start"]
    assert codes(edited(context_on, task, due="30/8/2024")) == ["due-before-start"]
    assert codes(extended(context_on, task, "31/8/2024")) == ["due-before-start"]
    assert codes(edited(context_on, task, start="1/8/2024")) == []


def test_an_extension_to_an_earlier_day_is_said(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01", due="31/8/2024")
    done = extended(context_on, task, "20/8/2024")
    assert cautions(done)[0].params == {"task": task, "day": "2024-08-20", "old": "2024-08-31"}
    assert codes(extended(context_on, task, "30/9/2024")) == []


@pytest.mark.parametrize(("due", "gone"), [("31/8/2024", True), ("none", True), ("20/6/2024", False)])
def test_a_correction_that_takes_lateness_back_is_said(context_on: OpenContext, due: str, gone: bool) -> None:
    task = opened(context_on, "2024-06-01", due="30/6/2024")
    done = edited(context_on, task, due=due)
    assert ("lateness-gone" in codes(done)) is gone
    assert not gone or cautions(done)[0].params["day"] == "2024-07-01"


def test_a_task_in_time_has_no_lateness_to_take_back(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-06-01", due="15/7/2024")
    assert codes(edited(context_on, task, due="31/8/2024")) == []


def test_lateness_that_ended_is_lateness_too(context_on: OpenContext) -> None:
    for end in ("done", "extend"):
        task = opened(context_on, "2024-06-01", f"Việc {end}", due="30/6/2024")
        if end == "done":
            said(context_on, "2024-07-10", task, "done")
        else:
            extended(context_on, task, "31/8/2024", on="10/7/2024")
        assert codes(edited(context_on, task, due="31/7/2024")) == ["lateness-gone"]


def test_an_extension_in_time_left_no_lateness(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-06-01", due="30/6/2024")
    extended(context_on, task, "31/8/2024", day="2024-07-01", on="1/7/2024")
    assert codes(edited(context_on, task, due="31/7/2024")) == []


# Progress.


def test_progress_that_goes_back_is_said_by_every_verb(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01")
    assert codes(said(context_on, JULY, task, percent="60")) == []
    assert cautions(said(context_on, JULY, task, percent="20"))[0].params == {
        "task": task, "before": 60, "percent": 20,
    }  # fmt: skip
    for verb in ("start", "submit", "pause", "resume"):
        said(context_on, JULY, task, percent="60")
        assert codes(said(context_on, JULY, task, verb, percent="20")) == ["percent-lower"]
    said(context_on, JULY, task, percent="60")
    said(context_on, JULY, task, "done")
    assert codes(said(context_on, JULY, task, "reopen", reason="sót", percent="20")) == ["percent-lower"]


def test_progress_is_compared_with_the_day_it_is_about(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01")
    said(context_on, JULY, task, percent="60")
    assert codes(said(context_on, JULY, task, percent="20", on="10/7")) == []


# Titles.


@pytest.mark.parametrize("title", ["Họp tổ", "họp  TỔ", "hop to"])
def test_a_title_that_an_open_task_has_is_said(context_on: OpenContext, title: str) -> None:
    added(context_on)
    done = added(context_on, title=title)
    assert codes(done) == ["same-title"]
    assert cautions(done)[0].params == {"task": "2", "other": "1", "title": "Họp tổ"}


def test_a_title_is_looked_for_at_every_door(context_on: OpenContext) -> None:
    added(context_on)
    other = opened(context_on, JULY, "Khác")
    assert codes(edited(context_on, other, title="Họp tổ")) == ["same-title"]
    assert codes(edited(context_on, other, title="Họp tổ")) == ["same-title"], "not its own"
    assert codes(edited(context_on, other, title="Khác")) == []
    several = add(context_on(JULY), NewTask("", area="3"), ["Mới", "mới", "Khác"])
    assert codes(several) == ["same-title"] * 2
    activity = context_on(JULY).plan.areas[0].activities[0]
    added(context_on, title=activity.title.vi)
    assert codes(add_from_plan(context_on(JULY))) == ["same-title"]


def test_the_first_task_with_a_title_is_named_whatever_the_order_of_the_edits(
    context_on: OpenContext,
) -> None:
    first, second, third = (opened(context_on, JULY, title) for title in ("Một", "Hai", "Ba"))
    done = edit(context_on(JULY), [third, first, second], Corrections(title="Họp tổ"))
    assert [(n.params["task"], n.params["other"]) for n in cautions(done)] == [("1", "3"), ("2", "1")]


def test_a_closed_task_that_takes_a_title_is_no_open_task_with_it(context_on: OpenContext) -> None:
    closed, other = opened(context_on, JULY, "Một"), opened(context_on, JULY, "Hai")
    said(context_on, JULY, closed, "done")
    assert codes(edit(context_on(JULY), [closed, other], Corrections(title="Họp tổ"))) == []


def test_a_closed_task_has_its_title_no_more(context_on: OpenContext) -> None:
    added(context_on)
    said(context_on, JULY, "1", "done")
    assert codes(added(context_on)) == []


# People.


@pytest.fixture
def lan(context_on: OpenContext) -> str:
    """Somebody whose name others are typed like."""
    opened(context_on, "2024-07-01", in_charge=("Ví Thị Lan",))
    return "Ví Thị Lan"


@pytest.mark.parametrize("name", ["Ví Thi Lan", "Ví Thị Lân", "Ví Thị Lam", "Vi Thị Lana", "Bà Ví Thị Lan"])
def test_a_name_like_a_known_one_is_said(context_on: OpenContext, lan: str, name: str) -> None:
    for done in (
        assign(context_on(JULY), ["1"], Roles(in_charge=(name,))),
        added(context_on, in_charge=(f"{name} x",)),
    ):
        assert "person-alike" in codes(done)


@pytest.mark.parametrize("name", ["Ví Thị Hoa", "Trần An", "Lân"])
def test_another_name_is_another_person(context_on: OpenContext, lan: str, name: str) -> None:
    assert codes(assign(context_on(JULY), ["1"], Roles(in_charge=(name,)))) == []


@pytest.mark.parametrize("name", ["lan", "Lan", "LAN", "thị lan", "vi lan", "Ví Thị"])
def test_a_part_of_one_known_name_is_not_written(
    context_on: OpenContext, db: SQLite, lan: str, name: str
) -> None:
    before = held(db)
    with refused("person-in-part") as caught:
        assign(context_on(JULY), ["1"], Roles(in_charge=(name,)))
    assert caught.value.params == {"person": name, "full": lan}
    with refused("person-in-part"):
        added(context_on, in_charge=(name,))
    assert held(db) == before


def test_somebody_new_may_have_a_part_of_a_name(context_on: OpenContext, lan: str) -> None:
    assign(context_on(JULY), ["1"], Roles(in_charge=("Lan",), new_person=True))
    added(context_on, in_charge=("Thị",), new_person=True)
    assert stood(context_on, "1").in_charge == (lan, "Lan")
    assert codes(assign(context_on(JULY), ["1"], Roles(in_charge=("Lan",)))) == [], "known by now"


def test_a_part_of_two_names_is_not_written_either(context_on: OpenContext, db: SQLite, lan: str) -> None:
    assign(context_on(JULY), ["1"], Roles(in_charge=("Ví Ngọc Lan",), new_person=True))
    before = held(db)
    with refused("person-ambiguous") as caught:
        assign(context_on(JULY), ["1"], Roles(in_charge=("lan",)))
    assert caught.value.params["known"] == ("Ví Ngọc Lan", lan)
    assert held(db) == before
    assign(context_on(JULY), ["1"], Roles(in_charge=("Lan",), new_person=True))
    assert "Lan" in stood(context_on, "1").in_charge


def test_a_name_without_tones_that_is_whole_and_a_part_names_both_whole_first(
    context_on: OpenContext, lan: str
) -> None:
    assign(context_on(JULY), ["1"], Roles(in_charge=("An Ví Thị Lan", "Ví Thị Lán"), new_person=True))
    with refused("person-ambiguous") as caught:
        assign(context_on(JULY), ["1"], Roles(in_charge=("vi thi lan",)))
    assert caught.value.params["known"] == ("Ví Thị Lan", "Ví Thị Lán", "An Ví Thị Lan")


def test_a_part_of_a_name_is_offered_the_name_where_it_is_read(context_on: OpenContext, lan: str) -> None:
    with refused("name-in-part") as caught:
        unassign(context_on(JULY), ["1"], Roles(in_charge=("lan",)))
    assert caught.value.params["full"] == lan


def test_a_plan_s_own_activities_are_no_doubles(context_on: OpenContext) -> None:
    assert codes(add_from_plan(context_on(JULY, plan=PLAN))) == []


# The clock.


@pytest.mark.parametrize(("day", "told"), [("2024-07-14", True), (JULY, False), ("2024-07-16", False)])
def test_of_a_clock_that_went_back_it_is_said_which_day_a_command_counts_for(
    context_on: OpenContext, day: str, told: bool
) -> None:
    added(context_on)
    note = Note("clock-behind", {"day": day, "last": JULY})
    assert (note in added(context_on, day).notes) is told
