"""History: who said what, when, with the old and the new value; nothing is ever overwritten."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.plan import Text
from plantrack.model.views.log import LogEntry
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.log import log, log_of
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.oracle import all_commands, whole_plan
from tests.support.random_work import COMMANDS, DAYS, Do, worked
from tests.support.statements import Listening
from tests.support.steps import OpenContext, applied, moment_of, opened, refused, said, with_activity_lines


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024, due on 10/7/2024."""
    return opened(context_on, "2024-07-01", due="10/7/2024", lead=("ubdt",))


def entries(sit: OpenContext, command: str, **asked: str) -> list[LogEntry]:
    """Return what the log says of a command."""
    return [e for e in log(sit(**asked)).entries if e.command == command]


def changes(sit: OpenContext, command: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return field, old, new and day of what a command changed."""
    return [(e.field, e.old, e.new, e.on) for e in entries(sit, command)]


def test_an_entry_says_who_when_by_which_command_and_of_which_task(
    context_on: OpenContext, task: str
) -> None:
    done = update(context_on("2024-07-05", author="Ví dụ B"), [task], TypedUpdate(percent="40"))
    (entry,) = (e for e in entries(context_on, "c3") if e.field == "percent")
    assert (entry.author, entry.verb, entry.task) == ("Ví dụ B", "update", task)
    assert entry.recorded_at == moment_of(done) == "2024-07-05T02:00:00.000Z"


def test_an_opening_has_its_title_due_day_and_roles(context_on: OpenContext, task: str) -> None:
    assert changes(context_on, "c2") == [
        ("title", None, "Việc", "2024-07-01"),
        ("area", None, "ND3", "2024-07-01"),
        ("due", None, "2024-07-10", None),
        ("lead", None, "ubdt", "2024-07-01"),
    ]


def test_an_update_has_the_values_that_were_there_on_its_day(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="60", blocked="kẹt")
    said(context_on, "2024-07-09", task, percent="30", on="4/7")
    said(context_on, "2024-07-09", task, "done", unblocked=True)
    assert changes(context_on, "c3") == [
        ("percent", None, "60", "2024-07-08"),
        ("blocked", None, "kẹt", "2024-07-08"),
    ]
    assert changes(context_on, "c4") == [("percent", None, "30", "2024-07-04")]
    assert changes(context_on, "c5") == [
        ("status", "in_progress", "done", "2024-07-09"), ("blocked", "kẹt", None, "2024-07-09"),
    ]  # fmt: skip


def test_an_update_has_every_text(context_on: OpenContext, task: str) -> None:
    said(
        context_on,
        "2024-07-05",
        task,
        result="r",
        next="n",
        proposal="p",
        answered="a",
        told_by="t",
        note="g",
        evidence="e",
    )
    assert {(f, new) for f, _, new, _ in changes(context_on, "c3")} == {
        ("result", "r"), ("next", "n"), ("proposal", "p"), ("answered", "a"), ("told_by", "t"), ("note", "g"),
        ("evidence", "e"),
    }  # fmt: skip


def test_a_reason_stands_with_what_it_is_the_reason_of(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, "drop", reason="không còn phù hợp")
    extend(context_on("2024-07-06"), [opened(context_on, "2024-07-06", due="10/7/2024")], "20/7/2024", "chờ")
    assert ("reason", None, "không còn phù hợp", "2024-07-05") in changes(context_on, "c3")
    assert changes(context_on, "c5") == [
        ("due", "2024-07-10", "2024-07-20", "2024-07-06"), ("reason", None, "chờ", "2024-07-06"),
    ]  # fmt: skip


def test_a_correction_has_old_and_new_and_no_day(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-07-05"), [task], Corrections(title="Tên đúng", due="none"))
    assert changes(context_on, "c3") == [
        ("due", "2024-07-10", None, None),
        ("title", "Việc", "Tên đúng", None),
    ]
    assert ("title", None, "Việc", "2024-07-01") in changes(context_on, "c2")


def test_roles_that_are_taken_and_left_have_their_days(context_on: OpenContext, task: str) -> None:
    assign(context_on("2024-07-05"), [task], Roles(lead=("hlhpn",), on="4/7"))
    unassign(context_on("2024-07-06"), [task], Roles(lead=("ubdt",)))
    assert changes(context_on, "c3") == [("lead", None, "hlhpn", "2024-07-04")]
    assert changes(context_on, "c4") == [("lead", "ubdt", None, "2024-07-06")]


def test_a_moved_opening_is_a_change_and_the_day_it_was_opened_on_stays(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-05", task, result="đã họp", on="20/6")
    assert ("opened_on", "2024-07-01", "2024-06-20", None) in changes(context_on, "c3")
    assert ("title", None, "Việc", "2024-07-01") in changes(context_on, "c2")


def test_a_removed_task_stays_in_the_log(context_on: OpenContext, task: str) -> None:
    remove(context_on("2024-07-05"), [task], "nhập trùng")
    assert changes(context_on, "c3") == [("removed", None, "nhập trùng", None)]
    assert {e.command for e in log(context_on(), [task]).entries} == {"c2", "c3"}


def test_what_was_taken_back_names_the_undo(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, percent="40")
    undo(context_on("2024-07-06"), None)
    assert {e.withdrawn_by for e in entries(context_on, "c3")} == {"c4"}
    assert {e.withdrawn_by for e in entries(context_on, "c3", known_at="5/7/2024")} == {None}


def test_the_newest_command_comes_last(context_on: OpenContext, task: str) -> None:
    for percent in ("10", "20"):
        said(context_on, "2024-07-05", task, percent=percent)
    assert list(dict.fromkeys(e.command for e in log(context_on()).entries)) == ["c1", "c2", "c3", "c4"]


def test_the_log_of_a_task_is_of_that_task(context_on: OpenContext, task: str) -> None:
    other = opened(context_on, "2024-07-01", "Việc khác")
    update(context_on("2024-07-05"), [task, other], TypedUpdate(percent="10"))
    assert {(e.command, e.task) for e in log(context_on(), [other]).entries} == {("c3", other), ("c4", other)}


def test_the_log_of_everything_has_the_plan_as_it_was_carried_in(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", 'due: "2024-Q2"'))
    assert changes(context_on, "c1") == [("plan", None, "1", None)]
    assert changes(context_on, "c2") == [("plan", "1", "2", None)]


def test_the_log_of_no_task_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("unknown-task"):
        log(context_on(), ["99"])


def test_the_log_as_known_at_a_moment_is_what_it_was_then(context_on: OpenContext, task: str) -> None:
    """Whatever comes later: corrections of the title, an opening moved back, an undo, other tasks."""
    done = said(context_on, "2024-07-05", task, percent="40")
    then = log(context_on())
    edit(context_on("2024-07-06"), [task], Corrections(title="Tên khác", opened="1/6"))
    said(context_on, "2024-07-06", task, result="đã họp", on="20/5")
    undo(context_on("2024-07-06"), "c3")
    opened(context_on, "2024-07-07", "Việc khác")
    now = log(context_on(known_at=moment_of(done)))
    assert now.entries == then.entries
    assert {entry.title for entry in now.entries if entry.task} == {Text("Việc")}


ADDED = st.builds(
    lambda on, due, lead: Do(
        f"add three {on} {due} {lead}",
        lambda context: add(context, NewTask("", area="2", on=on, due=due, lead=lead), ["x", "y", "z"]),
    ),
    DAYS,
    st.none() | DAYS,
    st.sampled_from([(), ("ubdt",)]),
)
SEVERAL = st.builds(
    lambda on, percent: Do(
        f"update 1-3 {on} {percent}",
        lambda context: update(context, ["1", "2", "3"], TypedUpdate(percent=str(percent), on=on)),
    ),
    DAYS,
    st.integers(1, 99),
)


@given(
    work=st.lists(COMMANDS | ADDED | SEVERAL, min_size=4, max_size=12),
    day=DAYS,
    most=st.integers(1, 4),
    many=st.integers(0, 4),
)
def test_a_log_that_is_read_in_parts_says_what_one_read_at_once_does(
    made_once: Path, work: list[Do], day: str, most: int, many: int
) -> None:
    """However few there are in a part: a command on more tasks than that is read by these."""
    ledger = worked(made_once / "plantrack.db", work)
    at = ledger.context().on(day)
    by = [command.uid for command in all_commands(ledger.db)]
    whole = list(log_of(at, whole_plan(at.plan.id), by=by).entries)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("plantrack.store.commands.CHUNK", most)
        patched.setattr("plantrack.model.grouping.CHUNK", most)
        patched.setattr("plantrack.store.questions.told_facts.CHUNK", many)
        patched.setattr("plantrack.services.verbs.log._FEW", 0)
        parts = log(at).entries
        assert len(parts) == len(whole)
        assert [*parts] == [*parts] == whole


def commands_of(sit: OpenContext, *args: str, newest: int | None = None, **asked: str) -> list[str]:
    """Return the commands that the log has, without their letter."""
    entries = log(sit(**asked), args, newest=newest).entries
    return list(dict.fromkeys(e.command.removeprefix("c") for e in entries))


@pytest.fixture
def worked_on(context_on: OpenContext, task: str) -> str:
    """Work on task 1 in c3 (by A, 5/7), c5 (by B, 6/7) and c6 (extended), and open task 2 in c4."""
    update(context_on("2024-07-05", author="Ví dụ A"), [task], TypedUpdate(percent="40"))
    other = opened(context_on, "2024-07-05", "Việc khác")
    update(
        context_on("2024-07-06", author="Ví dụ B"), [task, other], TypedUpdate(percent="50", result="họp"),
        verb="start",
    )  # fmt: skip
    extend(context_on("2024-07-07"), [task], "20/7/2024", "chờ")
    return task


@pytest.mark.parametrize(
    ("terms", "commands"),
    [
        ("author:vi-du-a", "3"),
        ("author:vi-du-a,vi-du-b", "3 5"),
        ("author:-vi-du-a,-vi-du-b", "1 2 4 6"),
        ("recorded:2024-07-05..2024-07-06", "3 4 5"),
        ("recorded:-1d..", "5 6"),
        ("recorded:none", ""),
        ("verb:start", "5"),
        ("verb:bat-dau,extend", "5 6"),
        ("verb:-them author:-vi-du-a", "1 5 6"),
        ("field:due", "2 6"),
        ("field:thoi-han,ket-qua", "2 5 6"),
        ("field:-title,-area,-percent", "1 2 5 6"),
        ("1", "2 3 5 6"),
        ("task:2", "4 5"),
        ("2 1 field:area", "2 4"),
        ("1,2 field:area", "2 4"),
        ("task:1 task:2", ""),
        ("task:-1", "1 4 5"),
        ("task:-1 task:-2", "1"),
        ("task:1,-1", ""),
        ("nv1 verb:extend field:reason", "6"),
    ],
)
def test_a_log_is_of_what_it_is_asked_for(
    context_on: OpenContext, worked_on: str, terms: str, commands: str
) -> None:
    assert commands_of(context_on, *terms.split()) == commands.split()


def test_only_the_changes_that_pass_are_told(context_on: OpenContext, worked_on: str) -> None:
    told = [(e.command, e.task, e.field) for e in log(context_on(), ["field:percent", "task:1"]).entries]
    assert told == [("c3", "1", "percent"), ("c5", "1", "percent")]


@pytest.mark.parametrize("terms", ["", "1", "author:-vi-du-b", "field:percent,due", "task:-1"])
def test_the_newest_commands_are_those_that_tell_something(
    context_on: OpenContext, worked_on: str, terms: str
) -> None:
    everything = commands_of(context_on, *terms.split())
    for newest in range(1, len(everything) + 2):
        assert commands_of(context_on, *terms.split(), newest=newest) == everything[-newest:]
        cut_to = log(context_on(), terms.split(), newest=newest).cut_to
        assert cut_to == (newest if newest < len(everything) else None)


def test_a_log_has_what_passes_as_was_known_then(context_on: OpenContext, worked_on: str) -> None:
    assert commands_of(context_on, "task:-1", known_at="2024-07-06") == ["1", "4", "5"]
    assert commands_of(context_on, "task:2,-1", known_at="2024-07-06") == ["4", "5"]
    assert commands_of(context_on, "verb:start", newest=1, known_at="2024-07-05") == []


@pytest.mark.parametrize(
    ("term", "code", "column", "near"),
    [
        ("autor:x", "unknown-field", 1, ("author",)),
        ("lead:ubdt", "unknown-field", 1, ()),
        ("field:", "filter-value", 7, ()),
        ("field:title,duee", "unknown-changed-field", None, ("due",)),
        ("verb:-finished", "unknown-verb", None, ()),
        ("verb:start,-starrt", "unknown-verb", None, ("start",)),
        ("author:ai", "unknown-author", None, ()),
        ("recorded:32/7", "impossible-date", None, ()),
        ("task:99", "unknown-task", None, ()),
        ("quá hạn", "unknown-task", None, ()),
    ],
)
def test_what_is_no_term_is_refused_where_it_stands(
    context_on: OpenContext, worked_on: str, term: str, code: str, column: int | None, near: tuple[str, ...]
) -> None:
    with pytest.raises(Failure) as caught:
        log(context_on(), [term])
    assert caught.value.code == code
    assert caught.value.params.get("column") == column
    if near:
        assert caught.value.params["near"] == near


def passes(term: str, entry: LogEntry) -> bool:
    """Return whether a change passes a term, in plain words."""
    field, value = term.split(":")
    if field == "recorded":
        return entry.recorded_at >= "2024-06-30T17:00:00.000Z"
    if field == "field":
        return entry.field in value.split(",")
    return {"author": entry.author != "Người thử", "verb": entry.verb != "add", "task": entry.task != "1"}[
        field
    ]


@given(
    work=st.lists(COMMANDS | ADDED | SEVERAL, min_size=4, max_size=12),
    terms=st.lists(
        st.sampled_from(
            [
                "author:-nguoi-thu",
                "recorded:2024-07-01..",
                "verb:-add",
                "field:due,percent",
                "field:lead,opened_on,undo",
                "task:-1",
            ]
        ),
        max_size=2,
        unique=True,
    ),
    newest=st.integers(1, 4),
    most=st.integers(1, 4),
)
def test_the_newest_of_a_long_log_are_the_end_of_it(
    made_once: Path, work: list[Do], terms: list[str], newest: int, most: int
) -> None:
    """However few commands are read at a time, and whatever the database itself has left out."""
    ledger = worked(made_once / "plantrack.db", work)
    at = ledger.context()
    by = [command.uid for command in all_commands(ledger.db)]
    read = [partial(passes, term) for term in terms]
    passing = [e for e in log_of(at, whole_plan(at.plan.id), by=by).entries if all(t(e) for t in read)]
    wanted = [*dict.fromkeys(e.command for e in passing)][-newest:]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("plantrack.store.commands.CHUNK", most)
        patched.setattr("plantrack.services.verbs.log._FEW", 0)
        assert [*log(at, terms, newest=newest).entries] == [e for e in passing if e.command in wanted]


def test_of_the_newest_commands_little_more_is_read_than_they_tell(
    context_on: OpenContext, task: str
) -> None:
    for n in range(10, 90):
        said(context_on, "2024-07-05", task, percent=str(n))
    at = context_on()
    assert isinstance(at.db, SQLite)
    read = Listening(at.db)
    assert len(log(at._replace(db=read), newest=3).entries) == 3
    first = next(asked.params for asked in read.asked if " FROM command WHERE number" in asked.sql)
    assert isinstance(first, dict)
    assert first["n"] == 4


def test_a_long_log_is_read_as_far_as_it_is_asked_for(
    context_on: OpenContext, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(10, 20):
        said(context_on, "2024-07-05", task, percent=str(n))
    monkeypatch.setattr("plantrack.services.verbs.log._FEW", 0)
    monkeypatch.setattr("plantrack.store.commands.CHUNK", 2)
    at = context_on()
    assert isinstance(at.db, SQLite)
    db = Listening(at.db)
    entries = iter(log(at._replace(db=db)).entries)
    db.asked.clear()
    assert next(entries).field == "plan"
    few = len(db.asked)
    assert [*entries][-1].new == "19"
    assert len(db.asked) > 4 * few
