"""The worked example: in a new folder, the same every time, with an example of everything a report can have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.planfile.shipped import shipped_plan
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.demo import AS_OF, INCLUDED, WEEK, build, free_folder
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.check import check
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.weekly import weekly
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands
from tests.support.folders import files
from tests.support.steps import PLAN_FILE, refused
from tests.support.whole import whole


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example once."""
    made = tmp_path_factory.mktemp("example") / "vi-du"
    build(made)
    return made


@pytest.fixture
def opened_demo(folder: Path) -> Iterator[SQLite]:
    """Open its database."""
    db = connect(folder / "plantrack.db")
    yield db
    db.close()


@pytest.fixture
def context(opened_demo: SQLite) -> Context:
    """Open its context, years later, as of the day of the tour."""
    return open_context(opened_demo, ContextRequest(as_of=AS_OF), Hands("2026-05-01"))


def without_uids(value: Any) -> Any:
    """Return a view without what is drawn by lot."""
    value = whole(value)
    if hasattr(value, "_asdict"):
        return {
            k: without_uids(v)
            for k, v in value._asdict().items()
            if k not in ("uid", "base", "command", "today", "seal")
        } | ({"task": None} if isinstance(getattr(value, "task", None), str) else {})
    if isinstance(value, (list, tuple)):
        return [without_uids(v) for v in value]
    return {k: without_uids(v) for k, v in value.items()} if isinstance(value, dict) else value


# --- the folder ---


def test_the_first_free_name_is_taken(tmp_path: Path) -> None:
    assert free_folder(tmp_path, None).name == "plantrack-demo"
    (tmp_path / "plantrack-demo").mkdir()
    (tmp_path / "plantrack-demo-2").touch()
    assert free_folder(tmp_path, None).name == "plantrack-demo-3"


def test_a_named_folder_must_be_new_or_empty(tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    assert free_folder(tmp_path, "trống").name == "trống"
    (tmp_path / "có").mkdir()
    (tmp_path / "có" / "thư.txt").write_text("x")
    for name in ("có", "có/thư.txt"):
        with refused("folder-in-use") as caught:
            free_folder(tmp_path, name)
        assert caught.value.exit_code == 4
    assert files(tmp_path) == {"có/thư.txt": b"x"}


def test_the_plan_is_the_real_one_to_the_letter_with_the_made_up_bodies_in_a_file_of_their_own(
    folder: Path,
) -> None:
    schema = "plans/plan.schema.json"
    assert set(files(folder)) == {PLAN_FILE, schema, INCLUDED, "plantrack.db", ".gitignore"}
    assert (folder / PLAN_FILE).read_bytes().startswith(shipped_plan().rstrip())
    assert {p.code for p in check([folder / PLAN_FILE], folder).problems} == set()


def test_it_is_labelled_as_an_example_wherever_it_is_reported_on(context: Context) -> None:
    assert context.db.told.is_example
    assert progress(context).heading.is_example
    assert weekly(context, week=WEEK).heading.is_example


# --- the same every time ---


@pytest.mark.no_cover
def test_it_is_built_the_same_every_time(context: Context, tmp_path: Path) -> None:
    build(tmp_path / "again")
    db = connect(tmp_path / "again" / "plantrack.db")
    other = open_context(db, ContextRequest(as_of=AS_OF), Hands("2031-01-01"))
    for by in GROUPINGS:
        assert without_uids(progress(context, by=by)) == without_uids(progress(other, by=by))
    assert without_uids(weekly(context, week=WEEK)) == without_uids(weekly(other, week=WEEK))
    assert without_uids(log(context)) == without_uids(log(other))
    db.close()


def test_every_command_was_given_on_a_day_of_2024(opened_demo: SQLite) -> None:
    moments = [r[0] for r in opened_demo.query("SELECT recorded_at FROM command ORDER BY number")]
    assert moments == sorted(moments)
    assert (moments[0][:10], moments[-1][:10]) == ("2024-03-25", "2024-07-19")


# --- an example of everything ---


@pytest.mark.parametrize(
    "section",
    ["results", "late_updates", "overdue", "due_on_closing_day", "due_soon", "difficulties", "next_week", "proposals",
     "silent_organisations", "stale", "deadline_changes"],
)  # fmt: skip
def test_the_week_has_an_example_in_every_section(context: Context, section: str) -> None:
    assert getattr(weekly(context, week=WEEK), section)


def test_the_week_has_changes_up_and_down(context: Context) -> None:
    total = weekly(context, week=WEEK).change["total"]
    assert min(total) < 0 < max(total)


def test_the_proposals_are_new_and_old_without_an_answer(context: Context) -> None:
    assert {p.is_new for p in weekly(context, week=WEEK).proposals} == {True, False}


def test_the_table_has_an_example_of_every_number(context: Context) -> None:
    empty = {name for name, n in progress(context).total._asdict().items() if not n}
    assert empty <= {"carried_over", "done_no_due", "submitted", "recurring"}


def test_there_are_tasks_led_together_unassigned_undone_and_of_people_with_marks(context: Context) -> None:
    tasks = context.tasks.rows()
    assert any(len(t.lead) > 1 for t in tasks)
    assert any(not t.lead and not t.in_charge for t in tasks)
    assert any(t.first_due != t.due for t in tasks)
    assert any(t.due_text == "ongoing" for t in tasks)
    assert any(e.withdrawn_by for e in log(context).entries)
    assert any("Ê̆" in name for t in tasks for name in t.in_charge)


def test_one_half_never_stays_when_the_other_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plantrack.services.verbs import demo

    steps = (*demo.STEPS[:5], demo.DemoStep("2024-04-01", "Ví dụ A", lambda context, _: 1 / 0))
    monkeypatch.setattr(demo, "STEPS", steps)
    with pytest.raises(ZeroDivisionError):
        build(tmp_path / "w")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").mkdir()
    with pytest.raises(ZeroDivisionError):
        build(tmp_path / "empty")
    assert [(p.name, list(p.iterdir())) for p in tmp_path.iterdir()] == [("empty", [])]
