"""The sections of the weekly summary of 2024-W29 (15/7 – 21/7), made on the Monday after."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from plantrack.i18n.words import Words
from plantrack.model.views.weekly import SummaryItem
from plantrack.render.views.weekly import data
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo
from tests.support.steps import (
    BEFORE,
    MONDAY,
    SUNDAY,
    OpenContext,
    applied,
    labels,
    opened,
    said,
    summed,
    tasks_of,
    with_activity_lines,
)


def told(items: Iterable[SummaryItem]) -> list[str | None]:
    """Return the results in a section."""
    return [i.update.result if i.update else None for i in items]


# --- I. results ---


def test_results_are_the_tasks_with_an_update_in_the_week(context_on: OpenContext) -> None:
    for n in range(4):
        opened(context_on, BEFORE, area=str(5 - n))
    said(context_on, "2024-07-14", "1", result="trước tuần")
    said(context_on, "2024-07-15", "2", result="thứ hai")
    said(context_on, SUNDAY, "3", percent="10")
    said(context_on, MONDAY, "4", result="sau tuần")
    view = summed(context_on)
    assert (tasks_of(view.results), told(view.results)) == (["3", "2"], [None, "thứ hai"])
    assert view.late_updates == ()


def test_a_result_is_the_last_one_of_the_week(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-16", "1", result="một")
    said(context_on, "2024-07-18", "1", result="hai")
    said(context_on, "2024-07-19", "1", note="gọi điện")
    (item,) = summed(context_on).results
    assert told([item]) == ["hai"]
    assert [(u.note, u.result) for u in item.earlier] == [("gọi điện", None), (None, "một")]


def test_what_was_recorded_after_the_week_for_a_day_in_it_is_a_result(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, MONDAY, "1", result="muộn", on="19/7")
    assert told(summed(context_on).results) == ["muộn"]
    assert summed(context_on, known_at=SUNDAY).results == ()


def test_recorded_late_is_what_speaks_of_a_day_before_the_week_and_came_in_it(
    context_on: OpenContext,
) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-16", "1", result="bổ sung", on="10/7")
    said(context_on, "2024-07-17", "1", result="trong tuần")
    view = summed(context_on)
    assert (told(view.late_updates), told(view.results)) == (["bổ sung"], ["trong tuần"])
    said(context_on, MONDAY, "1", result="sau tuần", on="11/7")
    assert told(summed(context_on).late_updates) == ["bổ sung"]
    assert told(summed(context_on, on="2024-07-29").late_updates) == ["sau tuần"]


def test_work_that_was_finished_in_the_week_is_a_result(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="15/7/2024")
    said(context_on, "2024-07-18", "1", "done")
    (item,) = summed(context_on).results
    assert (item.task.status, item.task.deadline_state) == ("done", "done_late")


def test_what_was_taken_back_or_removed_is_in_no_section(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, BEFORE)
    said(context_on, "2024-07-16", "1", result="nhầm", proposal="p", blocked="kẹt", next="n")
    undo(context_on("2024-07-16"), None)
    said(context_on, "2024-07-16", "2", result="nhầm", proposal="p", blocked="kẹt", next="n")
    remove(context_on("2024-07-17"), ["2"], "nhầm")
    view = summed(context_on)
    assert not any((view.results, view.proposals, view.difficulties, view.next_week))


# --- II. deadlines ---


def test_overdue_closing_day_and_due_soon_are_three_lists_by_due_day(context_on: OpenContext) -> None:
    for due in ("20/7/2024", "10/7/2024", "21/7/2024", "22/7/2024", "28/7/2024", "29/7/2024", None):
        opened(context_on, BEFORE, due=due)
    view = summed(context_on)
    assert (tasks_of(view.overdue), tasks_of(view.due_on_closing_day), tasks_of(view.due_soon)) == (
        ["2", "1"],
        ["3"],
        ["4", "5"],
    )


def test_closed_work_is_in_none_of_them_and_paused_work_is(context_on: OpenContext) -> None:
    for due in ("10/7/2024", "10/7/2024", "21/7/2024", "24/7/2024"):
        opened(context_on, BEFORE, due=due)
    said(context_on, "2024-07-16", "1", "pause")
    for label in ("2", "3", "4"):
        said(context_on, "2024-07-16", label, "done")
    view = summed(context_on)
    assert (tasks_of(view.overdue), view.due_on_closing_day, view.due_soon) == (["1"], (), ())


def test_overdue_work_has_its_first_due_day_and_what_was_last_said(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="5/7/2024", lead=("ubdt",))
    extend(context_on("2024-07-06"), ["1"], "10/7/2024", "chờ")
    said(context_on, "2024-07-08", "1", result="đang làm", told_by="chị Hoa")
    said(context_on, "2024-07-12", "1", note="gọi không được")
    (item,) = summed(context_on).overdue
    assert (item.task.due, item.task.first_due, item.task.lead) == ("2024-07-10", "2024-07-05", ("ubdt",))
    assert item.update is not None
    assert item.update.on == "2024-07-12"


def test_what_was_last_said_is_not_what_was_taken_back(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="10/7/2024")
    said(context_on, "2024-07-08", "1", result="một")
    said(context_on, "2024-07-12", "1", result="hai")
    undo(context_on("2024-07-13"), None)
    assert told(summed(context_on).overdue) == ["một"]
    assert told(summed(context_on, known_at="12/7/2024").overdue) == ["hai"]


def test_overdue_work_of_which_nothing_was_said_has_no_update(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="10/7/2024")
    assert [i.update for i in summed(context_on).overdue] == [None]


# --- III. difficulties ---


def test_difficulties_are_those_at_the_end_of_the_week_with_their_first_day(context_on: OpenContext) -> None:
    for _ in range(4):
        opened(context_on, BEFORE)
    said(context_on, "2024-07-08", "1", blocked="thiếu số liệu")
    said(context_on, "2024-07-16", "1", blocked="vẫn thiếu")
    said(context_on, "2024-07-17", "1", note="gọi điện")
    said(context_on, "2024-07-08", "2", blocked="kẹt")
    said(context_on, "2024-07-18", "2", unblocked=True)
    said(context_on, "2024-07-08", "3", blocked="kẹt")
    said(context_on, "2024-07-18", "3", "done")
    said(context_on, MONDAY, "4", blocked="kẹt")
    (item,) = summed(context_on).difficulties
    assert (item.task.label, item.task.blocked, item.task.blocked_since) == ("1", "vẫn thiếu", "2024-07-08")
    assert item.update is not None
    assert (item.update.on, item.update.blocked) == ("2024-07-16", "vẫn thiếu")


# --- IV. next week ---


def test_next_week_has_what_goes_on_is_next_starts_or_falls_due(context_on: OpenContext) -> None:
    given: list[dict[str, str]] = [
        {}, {}, {}, {"start": "28/7/2024"}, {"due": "22/7/2024"}, {"start": "29/7/2024", "due": "30/9/2024"}, {}, {},
    ]  # fmt: skip
    for one in given:
        opened(context_on, BEFORE, **one)
    said(context_on, "2024-07-16", "1", percent="10")
    said(context_on, "2024-07-16", "2", "submit")
    said(context_on, "2024-07-16", "3", next="gửi giấy mời")
    said(context_on, "2024-07-16", "7", "done", next="lưu hồ sơ")
    said(context_on, "2024-07-16", "8", "pause")
    assert tasks_of(summed(context_on).next_week) == ["5", "1", "2", "3", "4"]


def test_next_week_has_the_last_next_step_that_was_told(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    for day, step in (("2024-07-10", "một"), ("2024-07-16", "hai"), (MONDAY, "ba")):
        said(context_on, day, "1", next=step)
    said(context_on, "2024-07-18", "1", result="đã họp")
    (item,) = summed(context_on).next_week
    assert item.update is not None
    assert item.update.next == "hai"


# --- V. proposals ---


def test_proposals_are_new_ones_and_older_ones_without_an_answer(context_on: OpenContext) -> None:
    for _ in range(4):
        opened(context_on, BEFORE)
    said(context_on, "2024-07-08", "1", proposal="cũ, chưa trả lời")
    said(context_on, "2024-07-08", "2", proposal="cũ, đã trả lời")
    said(context_on, "2024-07-16", "2", answered="đồng ý")
    said(context_on, "2024-07-16", "3", proposal="mới")
    said(context_on, "2024-07-16", "4", proposal="mới, đã trả lời")
    said(context_on, "2024-07-18", "4", answered="không")
    found = [
        (p.update.proposal, p.is_new, p.answered.answered if p.answered else None)
        for p in summed(context_on).proposals
    ]
    assert found == [
        ("cũ, chưa trả lời", False, None),
        ("mới", True, None),
        ("mới, đã trả lời", True, "không"),
    ]


def test_an_answer_given_after_the_week_is_none_in_it(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-16", "1", proposal="mới")
    said(context_on, MONDAY, "1", answered="đồng ý")
    assert [p.answered for p in summed(context_on).proposals] == [None]


def test_a_proposal_told_late_is_new(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-16", "1", proposal="muộn", on="10/7")
    assert [p.is_new for p in summed(context_on).proposals] == [True]


# --- VI. who said nothing ---


def test_silent_are_the_organisations_that_lead_open_work_and_said_nothing_of_it(
    context_on: OpenContext,
) -> None:
    opened(context_on, BEFORE, lead=("ubdt",))
    opened(context_on, BEFORE, lead=("ubdt",))
    opened(context_on, BEFORE, lead=("hlhpn",), coordinating=("ubdt",))
    said(context_on, "2024-07-10", "2", percent="10")
    said(context_on, "2024-07-16", "3", percent="10")
    (silent,) = summed(context_on).silent_organisations
    assert (silent.organisation.id, labels(silent.tasks), silent.last_update) == (
        "ubdt",
        ["1", "2"],
        "2024-07-10",
    )


def test_one_word_on_any_led_task_breaks_the_silence(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, BEFORE, lead=("ubdt",))
    said(context_on, "2024-07-16", "1", "done")
    assert summed(context_on).silent_organisations == ()


def test_an_organisation_whose_work_is_all_closed_is_not_silent(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, lead=("ubdt",))
    said(context_on, "2024-07-10", "1", "done")
    assert summed(context_on).silent_organisations == ()


def test_stale_work_is_listed(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, BEFORE)
    said(context_on, "2024-07-08", "2", percent="10")
    assert tasks_of(summed(context_on).stale) == ["1"]


# --- VII. changes ---


def test_deadlines_that_were_extended_or_corrected_in_the_week_are_told(context_on: OpenContext) -> None:
    for _ in range(3):
        opened(context_on, BEFORE, due="10/7/2024")
    extend(context_on("2024-07-08"), ["1"], "18/7/2024", "một")
    extend(context_on("2024-07-16"), ["1"], "31/7/2024", "hai")
    edit(context_on("2024-07-17"), ["2"], Corrections(due="none"))
    extend(context_on(MONDAY), ["3"], "31/7/2024", "sau tuần")
    found = [
        (c.task.label, c.kind, c.nth, c.old, c.new, c.on, c.reason)
        for c in summed(context_on).deadline_changes
    ]
    assert found == [
        ("1", "extension", 2, "2024-07-18", "2024-07-31", "2024-07-16", "hai"),
        ("2", "correction", 0, "2024-07-10", None, None, None),
    ]


def test_a_deadline_that_the_plan_brings_forward_lifts_or_sets_is_told_as_that(
    context_on: OpenContext, workspace: Path
) -> None:
    due = ('due: "2024-09-30"', 'due: "2024-08-31"', "ongoing: true", 'due: "2024-10-31"')
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", due[0]))
    add_from_plan(context_on("2024-03-26"))
    for day, (old, new) in zip(("2024-07-16", "2024-07-17", "2024-07-18"), pairwise(due), strict=True):
        applied(context_on, day, workspace, (old, new))
    found = [(c.kind, c.nth, c.old, c.new) for c in summed(context_on).deadline_changes]
    assert found == [
        ("shortening", 0, "2024-09-30", "2024-08-31"), ("lifting", 0, "2024-08-31", None),
        ("setting", 0, None, "2024-10-31"),
    ]  # fmt: skip


def test_a_first_due_day_or_an_extension_that_was_taken_back_is_no_change(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-16", due="30/9/2024")
    extend(context_on("2024-07-17"), ["1"], "31/10/2024", "nhầm")
    undo(context_on("2024-07-17"), None)
    assert summed(context_on).deadline_changes == ()


def test_an_extension_told_late_is_a_change_of_the_week_it_was_told_in(context_on: OpenContext) -> None:
    opened(context_on, BEFORE, due="10/7/2024")
    extend(context_on("2024-07-16"), ["1"], "31/7/2024", "chờ", "9/7")
    assert [c.on for c in summed(context_on).deadline_changes] == ["2024-07-09"]
    assert summed(context_on, week="2024-W28", known_at="14/7/2024").deadline_changes == ()


def test_revisions_of_the_plan_in_the_week_are_told(context_on: OpenContext, workspace: Path) -> None:
    add_from_plan(context_on("2024-03-26"))
    assert summed(context_on).plan_changes == ()
    applied(context_on, "2024-07-16", workspace, with_activity_lines("ND1.1", 'due: "2024-09-30"'))
    view = summed(context_on)
    assert [(c.revision, c.author) for c in view.plan_changes] == [(2, "Người thử")]
    assert [(c.task.label, c.new) for c in view.deadline_changes] == [("1", "2024-09-30")]
    assert summed(context_on, on="2024-07-29").plan_changes == ()
    assert summed(context_on, week="2024-W13").plan_changes == ()  # the first revision is no change
    (part,) = view.plan_changes[0].parts
    assert (part.kind, part.code) == ("changed", "ND1.1")
    assert [(f.name, f.old, f.new) for f in part.fields] == [("due", None, "2024-09-30")]
    shown = [*data(view, Words("en"))["plan_changes"]][-1]
    assert (shown["kind"], shown["old"], shown["new"], len(shown["changes"])) == ("revision", None, None, 1)


def test_a_revision_with_the_same_content_is_no_change(context_on: OpenContext, workspace: Path) -> None:
    done = applied(context_on, "2024-07-16", workspace, ("format: 1", "format: 1 # ghi chú"))
    assert (done.revision, done.diff.differs) == (2, False)
    applied(context_on, "2024-07-17", workspace, with_activity_lines("ND1.1", 'due: "2024-09-30"'))
    assert [c.revision for c in summed(context_on).plan_changes] == [3]
    assert [c.revision for c in summed(context_on, known_at="16/7/2024").plan_changes] == []


def test_a_filter_makes_no_organisation_silent(context_on: OpenContext) -> None:
    quiet = opened(context_on, "2024-04-01", lead=("hlhpn",), area="5")
    other = opened(context_on, "2024-04-01", lead=("hlhpn",), area="2")
    said(context_on, "2024-07-17", other, percent="10")
    assert summed(context_on, "area:ND5").silent_organisations == ()
    said(context_on, "2024-07-23", quiet, percent="10")
    assert len(summed(context_on, "area:ND5", on="2024-08-05").silent_organisations) == 1
