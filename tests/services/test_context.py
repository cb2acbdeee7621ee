"""Which plan, which day, which moment: what every command starts from."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack.services.context import ContextRequest, context_of_period, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.show import show
from plantrack.services.verbs.update import update
from plantrack.services.verbs.weekly import weekly
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import let_past_the_schema
from tests.support.steps import (
    PLAN,
    PLAN_FILE,
    OpenContext,
    applied,
    held,
    labels,
    moment_of,
    opened,
    refused,
    said,
    stood,
)
from tests.support.whole import whole

NEXT = """\
format: 1
id: "kh-2025"
year: 2025
title: "Kế hoạch năm 2025"
areas:
  - code: "A1"
    title: "Nội dung một"
    activities:
      - code: "A1.1"
        title: "Hoạt động một"
"""


@pytest.fixture
def two_plans(context_on: OpenContext, workspace: Path) -> None:
    """Have a plan of 2025 beside that of 2024."""
    file = workspace / "plans" / "kh-2025.yaml"
    file.write_text(NEXT, "utf-8")
    context = context_on("2024-12-20")
    apply(context.db, [file], workspace, context.author, lambda: context.now)


# --- which plan ---


def test_the_only_plan_is_meant_whatever_the_day(context_on: OpenContext) -> None:
    assert [context_on(day).plan.id for day in ("2023-05-01", "2024-05-01", "2030-05-01")] == [PLAN] * 3


@pytest.mark.usefixtures("two_plans")
def test_of_two_plans_that_of_the_as_of_days_year_is_meant(context_on: OpenContext) -> None:
    assert context_on("2024-12-31").plan.id == PLAN
    assert context_on("2025-01-01").plan.id == "kh-2025"
    assert context_on("2025-02-01", as_of="31/12/2024").plan.id == PLAN


@pytest.mark.usefixtures("two_plans")
def test_outside_every_year_the_latest_started_plan_is_meant(context_on: OpenContext) -> None:
    assert context_on("2027-05-01").plan.id == "kh-2025"
    assert context_on("2026-01-10", as_of="31/12/2023").plan.id == PLAN


@pytest.mark.usefixtures("two_plans")
def test_a_plan_that_is_named_is_meant(context_on: OpenContext) -> None:
    assert context_on("2024-07-01", plan="kh-2025").plan.id == "kh-2025"
    with refused("unknown-plan") as caught:
        context_on(plan="kh-2024")
    assert caught.value.exit_code == 3
    assert caught.value.params["near"] == (PLAN,), "not every plan there is"


@pytest.mark.usefixtures("two_plans")
def test_reads_are_of_one_plan_and_numbers_of_all(context_on: OpenContext) -> None:
    assert opened(context_on, "2024-12-21", area="3") == "1"
    other = add(context_on("2024-12-21", plan="kh-2025"), NewTask("Việc 2025", activity="A1.1")).tasks[0]
    assert (other.label, other.area) == ("2", "A1")
    assert labels(list_tasks(context_on("2024-12-22"), []).tasks) == ["1"]
    assert labels(list_tasks(context_on("2025-01-02"), []).tasks) == ["2"]


@pytest.mark.usefixtures("two_plans")
def test_a_task_of_another_plan_is_worked_on_by_its_label(context_on: OpenContext) -> None:
    opened(context_on, "2024-12-21", area="3")
    # In 2025 the plan of 2025 would be meant; a command that names a task means the task's.
    update(context_on("2025-01-05", about=("1",)), ["1"], TypedUpdate(percent="50"))
    assert stood(context_on, "1", plan=PLAN).percent == 50
    with refused("task-of-other-plan"):
        update(context_on("2025-01-05", plan="kh-2025"), ["1"], TypedUpdate(percent="60"))


@pytest.mark.usefixtures("two_plans")
def test_a_task_is_not_moved_to_an_area_of_another_plan(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-12-21", activity="3.1")
    before = held(db)
    for wanted in (Corrections(area="A1"), Corrections(activity="A1.1"), Corrections(follow=("due",))):
        with refused("task-of-other-plan") as caught:
            edit(context_on("2025-01-05"), ["1"], wanted)
        assert caught.value.exit_code == 4
        assert held(db) == before
    edit(context_on("2025-01-05", plan=PLAN), ["1"], Corrections(area="ND5"))
    assert stood(context_on, "1", plan=PLAN).area == "ND5"


def test_a_database_without_a_plan_says_so(db: SQLite) -> None:
    let_past_the_schema(db)
    db.execute("DELETE FROM plan")
    with refused("no-plan") as caught:
        open_context(db, ContextRequest())
    assert caught.value.exit_code == 3


# --- which day ---


def test_today_is_the_day_in_viet_nam_never_the_servers(db: SQLite) -> None:
    sunday_evening = datetime(2024, 7, 21, 17, 30, tzinfo=UTC)  # Monday 0:30 in Ha Noi
    context = open_context(db, ContextRequest(), lambda: sunday_evening)
    assert context.today == context.when.day == "2024-07-22"
    assert weekly(context).period == "2024-W29"


def test_today_is_taken_in_the_plans_time_zone(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    applied(
        context_on, "2024-03-26", workspace, ('timezone: "Asia/Ho_Chi_Minh"', 'timezone: "America/New_York"')
    )
    assert (
        open_context(db, ContextRequest(), lambda: datetime(2024, 7, 22, 2, tzinfo=UTC)).today == "2024-07-21"
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [("18/7/2024", "2024-07-18"), ("18.7", "2024-07-18"), ("hôm qua", "2024-07-19"), ("-7d", "2024-07-13"),
     ("thứ hai", "2024-07-15"), ("today", "2024-07-20")],
)  # fmt: skip
def test_the_as_of_day_is_read_in_every_form(context_on: OpenContext, typed: str, day: str) -> None:
    assert context_on("2024-07-20", as_of=typed).when.day == day


@pytest.mark.parametrize(
    "typed", ["0000-00-00", "9999-12-31", "2024-13-01", "31/2/2024", "hôm nào", "Q2", " ", "1e9", "2024-W29"]
)
def test_a_strange_as_of_day_is_refused(context_on: OpenContext, typed: str) -> None:
    with pytest.raises(Exception, match="impossible-date|bad-date|not-a-day") as caught:
        context_on(as_of=typed)
    assert caught.value.exit_code == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed", ["2024-07-18T25:00", "2024-07-18T10:00+99:99", "0000-01-01T00:00", "9999-12-31", "hôm nào", "-"]
)
def test_a_strange_moment_is_refused(context_on: OpenContext, typed: str) -> None:
    with pytest.raises(Exception, match="impossible-date|bad-moment|not-a-day") as caught:
        context_on(known_at=typed)
    assert caught.value.exit_code == 2  # type: ignore[attr-defined]


def test_the_first_and_last_day_there_is_can_be_reported_on(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="2199-12-31")
    for day in ("1900-01-01", "2199-12-31"):
        assert weekly(context_on(as_of=day), week="this").heading.as_of == day
        assert list_tasks(context_on(as_of=day), []).heading.as_of == day


# --- which moment ---


def test_a_report_knows_what_the_last_command_recorded(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-01")
    done = said(context_on, "2024-07-05", label, percent="5")
    assert context_on("2024-07-09").heading.known_at == moment_of(done)
    assert context_on("2024-07-09", known_at="2/7/2024").heading.known_at == "2024-07-02T16:59:59.999Z"


def test_moments_go_up_even_when_the_clock_stands_or_goes_back(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-05")
    moments = [
        moment_of(said(context_on, day, label, percent="5", on="2/7/2024"))
        for day in ("2024-07-05", "2024-07-03")
    ]
    assert moments == ["2024-07-05T02:00:00.001Z", "2024-07-05T02:00:00.002Z"]


def test_the_plan_is_read_as_it_was_known(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-04-10", workspace, ('vi: "Hội thảo và khuyến nghị"', 'vi: "Hội thảo"'))
    short = {
        known: context_on("2024-05-01", known_at=known).plan.areas[2].label("vi")
        for known in ("9/4/2024", "10/4/2024")
    }
    assert short == {"9/4/2024": "Hội thảo và khuyến nghị", "10/4/2024": "Hội thảo"}


def test_before_anything_was_known_the_first_plan_is_shown_without_tasks(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    context = context_on(known_at="1/1/2024")
    assert (context.plan.id, [*list_tasks(context, []).tasks]) == (PLAN, [])


def test_the_shipped_plan_is_the_one_in_the_workspace(context_on: OpenContext, workspace: Path) -> None:
    assert f'id: "{context_on().plan.id}"' in (workspace / PLAN_FILE).read_text("utf-8")


def test_the_same_question_on_another_day_has_the_same_answer(context_on: OpenContext) -> None:
    """No clock is in any answer: a day that is named is all that counts."""
    label = opened(context_on, "2024-07-01", due="10/7/2024", lead=("ubdt",))
    said(context_on, "2024-07-05", label, percent="5", blocked="kẹt")
    answers = {
        repr(
            (
                [*list_tasks(context, ["overdue"]).tasks],
                whole(progress(context, by="org").rows),
                show(context, [label]).shown,
            )
        )
        for context in (
            context_on(day, as_of="2024-07-20") for day in ("2024-07-20", "2024-08-30", "2031-01-01")
        )
    }
    assert len(answers) == 1


@pytest.mark.usefixtures("two_plans")
def test_a_question_about_another_year_goes_to_its_plan_unless_one_was_named(context_on: OpenContext) -> None:
    for period, plan in (("2025-W02", "kh-2025"), ("2024-Q4", "kh-468-2024"), ("2023", "kh-468-2024")):
        assert context_of_period(context_on("2024-07-01"), period).plan.id == plan
        named = context_on("2024-07-01", plan="kh-2025")
        assert context_of_period(named, period).plan.id == "kh-2025"
