"""Undo: a whole command is taken back, nothing is erased, and an undo can be undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.task import Task
from plantrack.services.context import Context
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.services.verbs.update import update
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.sites import Office, hub_with_tasks, opening, report, site_of
from tests.support.steps import (
    OpenContext,
    applied,
    held,
    labels,
    opened,
    refused,
    said,
    stood,
    with_activity_lines,
)

#: One command of each kind, on a task of activity ND3.1 that UBDT leads, due on 10/7/2024.
COMMANDS: dict[str, Callable[[Context], object]] = {
    "update": lambda d: update(d, ["1"], TypedUpdate(percent="40", blocked="kẹt", result="x")),
    "money": lambda d: update(d, ["1"], TypedUpdate(allocated="50tr", spent="0")),
    "done": lambda d: update(d, ["1"], TypedUpdate(), "done"),
    "backdated update": lambda d: update(d, ["1"], TypedUpdate(percent="40", on="20/6")),
    "assign": lambda d: assign(d, ["1"], Roles(lead=("hlhpn",), in_charge=("An",), instead=True)),
    "backdated assign": lambda d: assign(d, ["1"], Roles(in_charge=("An",), on="20/6")),
    "unassign": lambda d: unassign(d, ["1"], Roles(lead=("ubdt",))),
    "edit": lambda d: edit(d, ["1"], Corrections(title="Khác", due="none", priority="cao", opened="20/6")),
    "edit budget": lambda d: edit(d, ["1"], Corrections(budget="45tr", budget_source="NSTW")),
    "edit activity": lambda d: edit(d, ["1"], Corrections(activity="5.2")),
    "edit area": lambda d: edit(d, ["1"], Corrections(area="5", deliverable="Sổ")),
    "edit follow": lambda d: edit(d, ["1"], Corrections(title="Khác", follow=("lead", "due", "title"))),
    "extend": lambda d: extend(d, ["1"], "31/7/2024", "chờ"),
    "remove": lambda d: remove(d, ["1"], "nhầm"),
    "add": lambda d: add(d, NewTask("Mới", area="1")),
    "add from plan": add_from_plan,
}


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open the task that the commands are about."""
    return opened(context_on, "2024-07-01", activity="3.1", lead=("ubdt",), due="10/7/2024")


def everything(sit: OpenContext) -> list[list[Task]]:
    """Return all tasks, as they stood on days around the commands."""
    days = ("2024-06-20", "2024-07-01", "2024-07-10", "2024-07-31")
    return [list(list_tasks(sit(as_of=day), [], everything=True).tasks) for day in days]


def takes_back(
    sit: OpenContext, day: str, command: str | None = None, author: str = "Người thử"
) -> CommandResult:
    """Undo on a day."""
    return undo(sit(day, author=author), command)[1]


# --- every kind of command ---


@pytest.mark.parametrize("name", COMMANDS)
def test_undo_gives_the_state_before_on_every_day_and_undoing_it_the_state_after(
    context_on: OpenContext, task: str, name: str
) -> None:
    before = everything(context_on)
    COMMANDS[name](context_on("2024-07-05"))
    after = everything(context_on)
    assert after != before
    takes_back(context_on, "2024-07-06")
    assert everything(context_on) == before
    takes_back(context_on, "2024-07-07", "c4")
    assert everything(context_on) == after
    takes_back(context_on, "2024-07-08", "c5")
    assert everything(context_on) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_what_was_known_before_the_undo_stays_known_as_it_was(
    context_on: OpenContext, task: str, name: str
) -> None:
    COMMANDS[name](context_on("2024-07-05"))
    after = everything(context_on)
    takes_back(context_on, "2024-07-06")
    then = [
        list(list_tasks(context_on(as_of=day, known_at="5/7/2024"), [], everything=True).tasks)
        for day in ("2024-06-20", "2024-07-01", "2024-07-10", "2024-07-31")
    ]
    assert then == after


def test_undo_erases_nothing(context_on: OpenContext, db: SQLite, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    counts = "SELECT (SELECT COUNT(*) FROM status_update), (SELECT COUNT(*) FROM command)"
    before = db.query(counts)[0]
    takes_back(context_on, "2024-07-06")
    assert db.query(counts)[0] == (before[0], before[1] + 1)


def test_the_reply_has_the_tasks_as_they_are_now(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    assert [(t.label, t.percent) for t in takes_back(context_on, "2024-07-06").tasks] == [(task, None)]


# --- which command is meant ---


def test_undo_alone_takes_back_ones_own_last_command(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    update(context_on("2024-07-05", author="Người khác"), [task], TypedUpdate(blocked="kẹt"))
    takes_back(context_on, "2024-07-06")
    assert (stood(context_on, task).percent, stood(context_on, task).blocked) == (None, "kẹt")


def test_undo_again_goes_further_back(context_on: OpenContext, task: str) -> None:
    for percent in ("10", "20"):
        said(context_on, "2024-07-05", task, percent=percent)
    takes_back(context_on, "2024-07-06")
    assert stood(context_on, task).percent == 10
    takes_back(context_on, "2024-07-06")
    assert stood(context_on, task).percent is None


def test_undo_alone_passes_over_what_is_taken_back_for_good(context_on: OpenContext, task: str) -> None:
    for percent in ("10", "20"):  # c3, c4
        said(context_on, "2024-07-05", task, percent=percent)
    for command in ("c4", "c5", "c6"):  # taken back, given back, taken back
        takes_back(context_on, "2024-07-06", command)
    takes_back(context_on, "2024-07-07")
    assert stood(context_on, task).percent is None


def test_another_persons_command_is_taken_back_by_its_number(context_on: OpenContext, task: str) -> None:
    update(context_on("2024-07-05", author="Người khác"), [task], TypedUpdate(percent="40"))
    takes_back(context_on, "2024-07-06", "C3")
    assert stood(context_on, task).percent is None


def test_who_did_nothing_has_nothing_to_undo(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("nothing-to-undo") as caught:
        takes_back(context_on, "2024-07-06", author="Ai đó")
    assert caught.value.exit_code == 4
    assert held(db) == before


def test_undo_alone_takes_back_nothing_that_came_with_a_bundle(made_once: Path, tmp_path: Path) -> None:
    """One and the same person works at the hub and at the site."""
    hub = hub_with_tasks(made_once / "plantrack.db")
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))

    def what_alone_means(office: Office, author: str) -> str:
        return what_undo_would_do(office.context(author=author), None).target.label

    with refused("nothing-to-undo"):
        what_alone_means(site, "Người thử")
    with refused("undo-bundle") as caught:
        what_alone_means(site, "Người nhận")
    assert caught.value.params["near"] == ""
    site.do(report("1", percent="40"))
    own = site.db.query("SELECT MAX(number) FROM command")[0][0]
    assert what_alone_means(site, "Người thử") == f"c{own}"
    hub.take(site.write(tmp_path / "b.jsonl"))
    assert what_alone_means(hub, "Người thử") == "c3"


def test_where_the_last_command_took_in_a_bundle_the_last_that_is_taken_back_is_named(
    made_once: Path, tmp_path: Path
) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    hub.do(opening("Việc của người nhận")._replace(asked={"author": "Người nhận"}))
    site.do(report("1", percent="40"))
    hub.take(site.write(tmp_path / "b.jsonl"))
    with refused("undo-bundle") as caught:
        undo(hub.context(author="Người nhận"), None)
    assert caught.value.params["near"] == "c4"
    assert "`plantrack undo c4`" in sentence(Words("vi"), caught.value)[1]


@pytest.mark.parametrize("typed", ["c99", "c0", "c", "", "x3", "c" + "9" * 40, "c-1", "cc3"])
def test_an_unknown_command_is_refused(context_on: OpenContext, db: SQLite, task: str, typed: str) -> None:
    before = held(db)
    with refused("unknown-command") as caught:
        takes_back(context_on, "2024-07-06", typed)
    assert caught.value.exit_code == 3
    assert held(db) == before


# --- what cannot be taken back ---


def test_a_command_is_taken_back_once(context_on: OpenContext, db: SQLite, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    takes_back(context_on, "2024-07-06")
    before = held(db)
    with refused("already-withdrawn") as caught:
        takes_back(context_on, "2024-07-06", "c3")
    assert caught.value.params["by"] == "c4"
    assert held(db) == before


def test_what_carried_a_plan_in_is_taken_back_in_git_not_here(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", 'due: "2024-Q2"'))
    for command in ("c1", "c2"):
        with refused("undo-plan"):
            takes_back(context_on, "2024-07-06", command)
    with refused("undo-plan"):  # not the command before it, which nobody thinks of
        takes_back(context_on, "2024-07-06")


def test_a_correction_that_a_later_one_overtook_stays(context_on: OpenContext, db: SQLite, task: str) -> None:
    for title in ("Hai", "Ba"):
        edit(context_on("2024-07-05"), [task], Corrections(title=title))
    before = held(db)
    with refused("undo-overtaken") as caught:
        takes_back(context_on, "2024-07-06", "c3")
    assert caught.value.params["by"] == "c4"
    assert held(db) == before
    takes_back(context_on, "2024-07-06", "c4")
    takes_back(context_on, "2024-07-06", "c3")
    assert stood(context_on, task).title.vi == "Việc"


def test_a_later_correction_that_set_the_same_value_again_is_not_overwritten(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    for title in ("Hai", "Ba", "Hai"):  # c3, c4, c5
        edit(context_on("2024-07-05"), [task], Corrections(title=title))
    before = held(db)
    with refused("undo-overtaken") as caught:
        takes_back(context_on, "2024-07-06", "c3")
    assert caught.value.params["by"] == "c5"
    assert held(db) == before


def test_a_correction_that_was_taken_back_overtakes_nothing(context_on: OpenContext, task: str) -> None:
    for title in ("Hai", "Ba"):  # c3, c4
        edit(context_on("2024-07-05"), [task], Corrections(title=title))
    for command in ("c4", "c5"):  # taken back, given back
        takes_back(context_on, "2024-07-06", command)
    with refused("undo-overtaken") as caught:
        takes_back(context_on, "2024-07-07", "c3")
    assert caught.value.params["by"] == "c4"
    for command in ("c6", "c3"):
        takes_back(context_on, "2024-07-08", command)
    assert stood(context_on, task).title.vi == "Việc"


def test_an_undo_that_changes_nothing_current_says_so(context_on: OpenContext, task: str) -> None:
    for due in ("2024-08-01", "2024-08-02"):  # c3, c4
        edit(context_on("2024-07-05"), [task], Corrections(due=due))
    done = takes_back(context_on, "2024-07-06", "c3")
    assert ([n.code for n in done.notes], done.tasks[0].due) == (["undo-nothing-current"], "2024-08-02")
    assert [n.code for n in takes_back(context_on, "2024-07-06", "c4").notes] == []


def test_a_field_changed_twice_by_one_command_can_be_given_back_later(
    context_on: OpenContext, task: str
) -> None:
    edit(context_on("2024-07-05"), [task], Corrections(priority="cao", follow=("due",)))  # `follows`, twice
    extend(context_on("2024-07-05"), [task], "31/7/2024", "chờ")
    takes_back(context_on, "2024-07-06", "c4")
    takes_back(context_on, "2024-07-06", "c3")
    assert (stood(context_on, task).priority, stood(context_on, task).due) == ("normal", "2024-07-10")


def test_an_opening_that_others_built_on_stays(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    with refused("undo-used") as caught:
        takes_back(context_on, "2024-07-06", "c2")
    assert (caught.value.exit_code, caught.value.params["by"]) == (4, "c3")
    takes_back(context_on, "2024-07-06", "c3")
    takes_back(context_on, "2024-07-06", "c2")
    with refused("task-removed"):
        stood(context_on, task)


# --- the opening day ---


def test_the_opening_day_is_given_back(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40", on="20/6")
    takes_back(context_on, "2024-07-06")
    assert stood(context_on, task).opened_on == "2024-07-01"


def test_the_opening_goes_no_further_than_what_was_said_since(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40", on="20/6")
    said(context_on, "2024-07-05", task, percent="50", on="25/6")
    takes_back(context_on, "2024-07-06", "c3")
    assert stood(context_on, task).opened_on == "2024-06-25"
    assert stood(context_on, task, as_of="2024-06-25").percent == 50


# --- dry run ---


def test_a_dry_run_tells_what_would_be_taken_back_and_changes_nothing(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    before = held(db)
    would = what_undo_would_do(context_on("2024-07-06"), None)
    assert (would.target.label, would.target.verb) == ("c3", "update")
    assert [(e.task, e.field, e.old, e.new) for e in would.log.entries] == [(task, "percent", None, "40")]
    assert held(db) == before


def test_a_dry_run_refuses_what_undo_would_refuse(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    with refused("undo-used"):
        what_undo_would_do(context_on("2024-07-06"), "c2")


def test_several_tasks_of_one_command_are_taken_back_together(context_on: OpenContext, task: str) -> None:
    other = opened(context_on, "2024-07-01")
    update(context_on("2024-07-05"), [task, other], TypedUpdate(percent="40"))
    assert set(labels(takes_back(context_on, "2024-07-06").tasks)) == {task, other}
    assert [stood(context_on, t).percent for t in (task, other)] == [None, None]


def test_the_log_says_which_undo_took_a_change_back(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    takes_back(context_on, "2024-07-06")
    assert {e.withdrawn_by for e in log(context_on(), [task]).entries if e.command == "c3"} == {"c4"}
    takes_back(context_on, "2024-07-07", "c4")
    assert {e.withdrawn_by for e in log(context_on(), [task]).entries if e.command == "c3"} == {None}
