"""Adding tasks: what was typed, what follows the plan, and what the words of people mean."""

import unicodedata
from pathlib import Path

import pytest

from plantrack.model.plan import Text
from plantrack.services.verbs.add import NewTask, activities_without_task, add, add_from_plan, leads_passing
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import (
    OpenContext,
    applied,
    held,
    labels,
    notes,
    opened,
    refused,
    said,
    stood,
    with_activity_lines,
)

FULL = (
    'due: "2024-Q2"',
    'start: "2024-04-01"',
    'priority: "high"',
    'lead: ["ubdt"]',
    'coordinating: ["hlhpn"]',
)


def planned(sit: OpenContext, workspace: Path, *lines: str) -> None:
    """Give activity ND3.1 something to follow."""
    applied(sit, "2024-03-26", workspace, with_activity_lines("ND3.1", *lines))


# --- what a new task is ---


def test_a_new_task_has_what_was_typed(context_on: OpenContext) -> None:
    label = opened(
        context_on, "2024-07-01", "Họp báo", due="30/9/2024", start="1/8/2024", priority="cao", deliverable="Biên bản",
        lead=("ubdt",), coordinating=("hlhpn",), in_charge=("Lê Văn An",), places=("Kon Tum",), tags=("gấp", "nội bộ"),
    )  # fmt: skip
    task = stood(context_on, label)
    assert task.title == Text("Họp báo")
    assert (task.area, task.activity, task.status, task.percent) == ("ND3", None, "not_started", None)
    assert (task.start, task.due, task.first_due) == ("2024-08-01", "2024-09-30", "2024-09-30")
    assert (task.priority, task.deliverable) == ("high", Text("Biên bản"))
    assert (task.lead, task.coordinating, task.in_charge) == (("ubdt",), ("hlhpn",), ("Lê Văn An",))
    assert (task.places, task.tags, task.opened_on) == (("Kon Tum",), ("gấp", "nội bộ"), "2024-07-01")


def test_nothing_is_invented_for_what_was_not_typed(context_on: OpenContext) -> None:
    task = stood(context_on, opened(context_on, "2024-07-01"))
    assert (task.start, task.due, task.due_text, task.first_due, task.deliverable) == (None,) * 5
    assert task.lead == task.coordinating == task.in_charge == task.tags == task.places == ()
    assert task.deadline_state == "open_no_due"


def test_a_task_is_opened_today_by_the_plans_clock_or_on_the_day_given(context_on: OpenContext) -> None:
    assert stood(context_on, opened(context_on, "2024-07-05")).opened_on == "2024-07-05"
    assert stood(context_on, opened(context_on, "2024-07-05", on="1/7")).opened_on == "2024-07-01"


def test_a_task_is_not_there_before_it_is_opened(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-05")
    assert stood(context_on, label, as_of="2024-07-05").label == label
    with refused("task-not-opened"):
        stood(context_on, label, as_of="2024-07-04")


def test_a_task_cannot_be_opened_after_today(context_on: OpenContext) -> None:
    with refused("day-after-today") as caught:
        opened(context_on, "2024-07-05", on="6/7/2024")
    assert caught.value.exit_code == 2


def test_a_title_is_kept_in_nfc_on_one_line(context_on: OpenContext) -> None:
    typed = unicodedata.normalize("NFD", "  Hội  nghị\u00a0tổng kết ")
    assert stood(context_on, opened(context_on, "2024-07-05", typed)).title.vi == "Hội nghị tổng kết"


@pytest.mark.parametrize(
    ("typed", "day", "text"),
    [
        ("2024-07-18", "2024-07-18", None),
        ("18/7/2024", "2024-07-18", None),
        ("18.7.2024", "2024-07-18", None),
        ("18-7-2024", "2024-07-18", None),
        ("18/7", "2024-07-18", None),
        ("T9", "2024-09-30", "2024-09"),
        ("Q3", "2024-09-30", "2024-Q3"),
        ("quý II", "2025-06-30", "2025-Q2"),
        ("Quý III-IV", "2024-12-31", "2024-Q4"),
        ("trước 15/8", "2024-08-15", "trước 15/8"),
        ("+7d", "2024-07-12", None),
        ("none", None, None),
        ("ongoing", None, "ongoing"),
        ("thường xuyên", None, "ongoing"),
    ],
)
def test_a_deadline_is_read_in_every_form(
    context_on: OpenContext, typed: str, day: str | None, text: str | None
) -> None:
    task = stood(context_on, opened(context_on, "2024-07-05", due=typed))
    assert (task.due, task.due_text) == (day, text)


def test_the_reply_gives_the_full_date_of_a_period(context_on: OpenContext) -> None:
    done = add(context_on("2024-07-05"), NewTask("Việc", area="3", due="quý II"))
    assert [n.params for n in done.notes if n.code == "due-read"] == [
        {"text": "2025-Q2", "day": "2025-06-30"}
    ]


def test_the_reply_gives_the_full_date_of_a_start(context_on: OpenContext) -> None:
    done = add(context_on("2025-01-08"), NewTask("Việc", area="3", start="5/1", due="T3/2025"))
    assert [n.params for n in done.notes if n.code == "start-read"] == [{"day": "2026-01-05"}]
    assert "start-read" not in notes(add(context_on(), NewTask("Việc", area="3", start="2025-02-05")))


# --- labels ---


def test_labels_count_up_over_everything_and_are_never_used_again(context_on: OpenContext) -> None:
    assert [opened(context_on, "2024-07-01") for _ in range(3)] == ["1", "2", "3"]
    undo(context_on(), None)
    remove(context_on(), ["2"], "nhầm")
    assert opened(context_on, "2024-07-02") == "4"


def test_a_refused_add_takes_no_label_and_leaves_nothing(context_on: OpenContext, db: SQLite) -> None:
    before = held(db)
    for wrong in (
        {"area": "9"},
        {"lead": ("xyz",)},
        {"due": "31/2"},
        {"in_charge": ("ubdt",)},
        {"priority": "x"},
    ):
        with pytest.raises(Exception, match="unknown|impossible|organisation"):
            opened(context_on, "2024-07-01", **wrong)
        assert held(db) == before
    assert opened(context_on, "2024-07-01") == "1"


def test_a_command_needs_an_author(context_on: OpenContext, db: SQLite) -> None:
    before = held(db)
    with refused("no-author"):
        add(context_on("2024-07-01", author=""), NewTask("Việc", area="3"))
    assert held(db) == before


# --- what people type for names ---


@pytest.mark.parametrize("typed", ["3", "nd3", "ND3", "Nd 3", unicodedata.normalize("NFD", "nd3")])
def test_an_area_is_known_by_its_code_in_any_spelling(context_on: OpenContext, typed: str) -> None:
    assert stood(context_on, opened(context_on, "2024-07-01", area=typed)).area == "ND3"


@pytest.mark.parametrize("typed", ["3.1", "nd3.1", "ND3.1", "nd 3.1"])
def test_an_activity_is_known_by_its_code_and_brings_its_area(context_on: OpenContext, typed: str) -> None:
    task = stood(context_on, opened(context_on, "2024-07-01", activity=typed))
    assert (task.area, task.activity) == ("ND3", "ND3.1")


@pytest.mark.parametrize(
    "typed",
    ["hlhpn", "HLHPNVN", "hoi lhpn viet nam", "Hội LHPN Việt Nam", "VWU", "viet nam women's union",
     "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", unicodedata.normalize("NFD", "Hội Liên hiệp Phụ nữ Việt Nam")],
)  # fmt: skip
def test_an_organisation_is_known_by_id_symbol_or_name_with_or_without_tones(
    context_on: OpenContext, typed: str
) -> None:
    assert stood(context_on, opened(context_on, "2024-07-01", lead=(typed,))).lead == ("hlhpn",)


def test_both_placements_of_a_tone_name_the_same_organisation(context_on: OpenContext) -> None:
    for typed in ("Uỷ ban Dân tộc", "Ủy ban Dân tộc"):
        assert stood(context_on, opened(context_on, "2024-07-01", lead=(typed,))).lead == ("ubdt",)


def test_what_is_not_known_is_refused_with_the_nearest_names(context_on: OpenContext) -> None:
    with refused("unknown-organisation") as caught:
        opened(context_on, "2024-07-01", lead=("ubdtt",))
    assert (caught.value.exit_code, "ubdt" in caught.value.params["near"]) == (3, True)  # type: ignore[operator]
    with refused("unknown-area") as caught:
        opened(context_on, "2024-07-01", area="nd8")
    assert caught.value.exit_code == 3


def test_an_area_must_be_told_and_agree_with_the_activity(context_on: OpenContext) -> None:
    with refused("area-needed"):
        add(context_on("2024-07-01"), NewTask("Việc"))
    with refused("activity-of-other-area"):
        opened(context_on, "2024-07-01", area="1", activity="3.1")


def test_an_organisation_named_twice_has_its_role_once(context_on: OpenContext) -> None:
    assert stood(context_on, opened(context_on, "2024-07-01", lead=("ubdt", "UBDT"))).lead == ("ubdt",)


# --- what follows the plan ---


def test_a_task_of_an_activity_follows_what_was_not_given_and_never_the_title(
    context_on: OpenContext, workspace: Path
) -> None:
    planned(context_on, workspace, *FULL)
    task = stood(context_on, opened(context_on, "2024-07-01", "Tên riêng", activity="3.1", lead=("hlhpn",)))
    assert task.title == Text("Tên riêng")
    assert (task.start, task.due, task.due_text) == ("2024-04-01", "2024-06-30", "2024-Q2")
    # Whom somebody named to lead does not coordinate too, whatever the plan says.
    assert (task.priority, task.lead, task.coordinating) == ("high", ("hlhpn",), ())
    assert set(task.follows) == {"start", "due", "priority", "deliverable", "places", "coordinating"}


def test_no_deadline_that_was_typed_is_the_tasks_own(context_on: OpenContext, workspace: Path) -> None:
    planned(context_on, workspace, *FULL)
    task = stood(context_on, opened(context_on, "2024-07-01", activity="3.1", due="none"))
    assert task.due is None
    assert "due" not in task.follows


def test_an_activity_without_organisations_has_those_of_its_area(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(
        context_on, "2024-03-26", workspace, ('  - code: "ND3"\n', '  - code: "ND3"\n    lead: ["ubdt"]\n')
    )
    assert stood(context_on, opened(context_on, "2024-07-01", activity="3.1")).lead == ("ubdt",)


def test_from_plan_makes_one_task_for_each_activity_that_has_none(context_on: OpenContext) -> None:
    opened(context_on, "2024-03-26", activity="3.1")
    done = add_from_plan(context_on("2024-03-27"))
    assert labels(done.tasks) == [str(n) for n in range(2, 13)]
    assert len({t.activity for t in done.tasks}) == 11
    assert "ND3.1" not in {t.activity for t in done.tasks}


def test_from_plan_opens_on_the_plans_day_and_follows_everything(context_on: OpenContext) -> None:
    task = add_from_plan(context_on("2024-07-01")).tasks[0]
    assert (task.activity, task.opened_on) == ("ND1.1", "2024-03-21")
    assert task.title.en is not None and task.title.en.startswith("Communication")
    assert set(task.follows) == {
        "title",
        "start",
        "due",
        "priority",
        "deliverable",
        "places",
        "lead",
        "coordinating",
    }


def test_from_plan_a_second_time_has_nothing_to_add(context_on: OpenContext, db: SQLite) -> None:
    add_from_plan(context_on("2024-07-01"))
    before = held(db)
    with refused("nothing-to-add") as caught:
        add_from_plan(context_on("2024-07-02"))
    assert caught.value.exit_code == 4
    assert held(db) == before


def test_from_plan_makes_again_what_was_undone(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    undo(context_on(), None)
    assert labels(add_from_plan(context_on("2024-07-02")).tasks)[:2] == ["13", "14"]


def test_an_activity_whose_task_is_done_has_one(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    said(context_on, "2024-07-02", "1", "done")
    with refused("nothing-to-add"):
        add_from_plan(context_on("2024-07-03"))


def test_an_organisation_that_has_ended_is_only_warned_of(context_on: OpenContext) -> None:
    done = add(context_on("2025-03-10"), NewTask("Việc", area="3", lead=("ubdt",)))
    assert done.tasks[0].lead == ("ubdt",)
    assert notes(done) == ["organisation-ended-successor"]


# --- one for each organisation ---


def test_each_organisation_in_force_that_passes_leads_a_task_of_its_own(context_on: OpenContext) -> None:
    context = context_on("2024-07-01")
    leads = [o.id for o in leads_passing(context, "level:central", None)]
    assert leads == ["ubdt", "hlhpn"]
    done = add(context, NewTask("", area="7", due="20/6/2025"), ["Báo cáo", "Kế hoạch"], leads)
    made = [(task.title.vi, task.lead) for task in done.tasks]
    assert made == [(title, (lead,)) for title in ("Báo cáo", "Kế hoạch") for lead in leads]
    assert done.notes == (), "their titles are alike on purpose"
    undo(context, None)
    assert context.tasks.is_empty()


def test_who_leads_is_in_force_on_the_day_of_the_opening(context_on: OpenContext) -> None:
    context = context_on("2025-03-10")
    assert [o.id for o in leads_passing(context, "level:central", None)] == ["hlhpn", "bdttg"]
    assert [o.id for o in leads_passing(context, "level:central", "28/2/2025")] == ["ubdt", "hlhpn"]
    with refused("for-each-finds-nothing"):
        leads_passing(context, "level:province", None)


def test_a_lead_of_each_does_not_coordinate_what_the_plan_lets_it_coordinate(
    context_on: OpenContext, workspace: Path
) -> None:
    planned(context_on, workspace, *FULL)
    for lead, coordinating in (("ubdt", ("hlhpn",)), ("hlhpn", ())):
        done = add(context_on("2024-07-01"), NewTask("Họp", activity="3.1"), leads=[lead])
        assert (done.tasks[0].lead, done.tasks[0].coordinating) == ((lead,), coordinating)


def test_an_open_task_of_that_title_is_named_all_the_same(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Báo cáo")
    done = add(context_on("2024-07-01"), NewTask("Báo cáo", area="3"), leads=["ubdt", "hlhpn"])
    assert [note.params["other"] for note in done.notes if note.code == "same-title"] == ["1", "1"]


def test_activities_without_a_task_are_those_of_from_plan(context_on: OpenContext) -> None:
    context = context_on("2024-07-01")
    missing = activities_without_task(context)
    assert len(add_from_plan(context).tasks) == len(missing) > 0
    assert activities_without_task(context) == []
