"""Plan files that are read and found good, and whether one is newer than what was applied."""

import hashlib
import os
from pathlib import Path

import pytest

from plantrack.model.problem import ProblemsFound
from plantrack.model.text import fingerprint
from plantrack.planfile import include
from plantrack.planfile.read import read
from plantrack.services.plan_files import (
    id_of,
    newer_file,
    plans_among,
    read_draft,
    read_drafts,
    root_of,
    shown_name,
)
from plantrack.store import plans
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN, PLAN_FILE, OpenContext, applied, refused, rewritten

LISTS = 'places: [{id: "a", name: "Địa bàn ví dụ"}]\n'


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def touched(file: Path, *, ahead: bool) -> None:
    """Let a file have been changed long before, or long after, whatever was applied to a database of 2024."""
    seconds = 4_000_000_000 if ahead else 0
    os.utime(file, (seconds, seconds))


@pytest.fixture
def including(workspace: Path) -> Path:
    """The plan with a list of its own."""
    (workspace / "chung.yml").write_text(LISTS, "utf-8")
    file = workspace / PLAN_FILE
    file.write_text(file.read_text("utf-8") + 'include: ["chung.yml"]\n', "utf-8")
    return file


# --- reading ---


def test_a_good_file_is_read_with_all_that_it_was_made_of(workspace: Path, including: Path) -> None:
    draft = read_draft(including, workspace)
    assert (draft.plan.id, draft.file, draft.document) == (PLAN, PLAN_FILE, including.read_bytes())
    assert [p.name.vi for p in draft.plan.places] == ["Địa bàn ví dụ"]
    assert draft.files == (sha256(including), (("chung.yml", sha256(workspace / "chung.yml")),))
    assert (draft.git.git_commit, draft.git.dirty, draft.is_unfilled) == (None, None, False)


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no plan file be parsed."""
    monkeypatch.setattr("plantrack.planfile.load.check_document", lambda *_: 1 / 0)


def test_what_was_applied_is_known_by_its_hash(
    context_on: OpenContext, workspace: Path, including: Path, request: pytest.FixtureRequest
) -> None:
    db, whole = applied_from(context_on, workspace), read_draft(including, workspace)
    copy = workspace / "khác.yaml"
    copy.write_bytes(including.read_bytes())
    request.getfixturevalue("unread")
    assert read_draft(including, workspace, db) == whole._replace(revision=2)
    assert read_draft(copy, workspace, db) == whole._replace(revision=2, file="khác.yaml"), "by whatever name"
    with pytest.raises(ZeroDivisionError):
        read_draft(including, workspace)


def test_what_is_other_than_what_stands_is_read(
    context_on: OpenContext, workspace: Path, including: Path, request: pytest.FixtureRequest
) -> None:
    first = including.read_bytes()
    db = applied_from(context_on, workspace)
    applied(context_on, "2024-04-10", workspace, ("format: 1", "format: 1 # ghi chú"))
    request.getfixturevalue("unread")
    assert read_draft(including, workspace, db).revision == 3
    lists = workspace / "chung.yml"
    for change in (lambda: lists.write_text(LISTS + "#", "utf-8"), lists.unlink):
        change()
        with pytest.raises(ZeroDivisionError):
            read_draft(including, workspace, db)
    lists.write_text(LISTS, "utf-8")
    including.write_bytes(first)
    with pytest.raises(ZeroDivisionError):
        read_draft(including, workspace, db)


def test_what_had_warnings_is_read_so_that_they_are_told_again(
    context_on: OpenContext, workspace: Path
) -> None:
    file = rewritten(workspace, ('  - "due"\n', ""))
    db = applied_from(context_on, workspace)
    again = read_draft(file, workspace, db)
    assert (again.revision, {w.code for w in again.warnings}) == (None, {"P906"})


def applied_from(context_on: OpenContext, workspace: Path) -> SQLite:
    """Carry the plan file in as it is, and give the database."""
    applied(context_on, "2024-04-10", workspace)
    db = context_on().db
    assert isinstance(db, SQLite)
    return db


def test_a_file_with_errors_is_refused_with_all_of_them(workspace: Path) -> None:
    file = rewritten(workspace, ("year: 2024", "year: hai"), ('code: "ND7.2"', 'code: "ND7.1"'))
    with pytest.raises(ProblemsFound) as caught:
        read_draft(file, workspace)
    assert caught.value.exit_code == 5
    assert len({p.line for p in caught.value.problems if p.severity == "error"}) >= 2
    assert {p.file for p in caught.value.problems} == {PLAN_FILE}


def test_a_file_that_is_not_there_is_refused(workspace: Path) -> None:
    with refused("plan-missing") as caught:
        read_draft(workspace / "plans" / "không-có.yaml", workspace)
    assert caught.value.exit_code == 5


def test_fields_that_are_still_marked_are_known(workspace: Path) -> None:
    file = rewritten(workspace, ("\nyear: 2024", "\n# CẦN ĐIỀN: năm\nyear: 2024"))
    assert read_draft(file, workspace).is_unfilled


def test_two_files_of_one_plan_are_refused(workspace: Path) -> None:
    copy = workspace / "plans" / "copy.yaml"
    copy.write_bytes((workspace / PLAN_FILE).read_bytes())
    with refused("plan-id-twice") as caught:
        read_drafts([workspace / PLAN_FILE, copy], workspace)
    assert caught.value.exit_code == 5
    assert caught.value.params == {"plan": PLAN, "file": PLAN_FILE, "other": "plans/copy.yaml"}
    assert [d.file for d in read_drafts([copy], workspace)] == ["plans/copy.yaml"]


def test_lists_are_no_plans(workspace: Path, including: Path) -> None:
    assert plans_among([including, workspace / "chung.yml"], workspace) == [including]


@pytest.fixture
def no_plan_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no plan be parsed to know its id or what it includes; a list may be."""
    monkeypatch.setattr("plantrack.planfile.load.plan_id", lambda _: 1 / 0)
    monkeypatch.setattr(
        include, "read", lambda data, *more: 1 / 0 if b"include" in data else read(data, *more)
    )


def test_of_what_was_applied_neither_id_nor_lists_are_read(
    context_on: OpenContext, workspace: Path, including: Path, request: pytest.FixtureRequest
) -> None:
    db, lists = applied_from(context_on, workspace), workspace / "chung.yml"
    files, missing = [including, lists], workspace / "plans" / "không-có.yaml"
    request.getfixturevalue("no_plan_read")
    assert id_of(including, db) == PLAN
    assert plans_among(files, workspace, db) == [including]
    lists.write_text(LISTS + "# ghi chú\n", "utf-8")
    assert plans_among(files, workspace, db) == [including], "what is in a list does not matter"
    assert plans_among([*files, missing], workspace, db) == [including, missing]
    lists.write_bytes((workspace / PLAN_FILE).read_bytes().replace(b"include:", b"#"))
    assert plans_among(files, workspace, db) == files, "a plan stays one, though another names it"
    including.write_bytes(including.read_bytes().replace(b"chung.yml", b"x.yml"))
    for question in (lambda: id_of(including, db), lambda: plans_among(files, workspace, db)):
        with pytest.raises(ZeroDivisionError):
            question()


def test_what_was_applied_before_its_lists_were_kept_is_read(
    context_on: OpenContext, workspace: Path, including: Path
) -> None:
    db = applied_from(context_on, workspace)
    standing = plans.standing_revision(db, fingerprint(including.read_bytes()))
    assert standing is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans, "standing_revision", lambda *_: standing._replace(warnings=None))
        patch.setattr(plans, "included", lambda *_: [])
        assert plans_among([including, workspace / "chung.yml"], workspace, db) == [including]


# --- what a file is called, and what it may include ---


def test_a_file_has_one_name_wherever_it_is_named_from(workspace: Path) -> None:
    (workspace / "khác").mkdir()
    link = workspace.parent / "lối-khác"
    link.symlink_to(workspace)
    root = workspace.resolve()
    for file in (workspace / "khác" / ".." / PLAN_FILE, link / PLAN_FILE):
        assert shown_name(file, root) == PLAN_FILE
    assert shown_name(workspace.parent / "x.yaml", root) == str(workspace.parent.resolve() / "x.yaml")
    assert shown_name(workspace / PLAN_FILE, None) == str(root / PLAN_FILE)


def test_a_file_that_is_a_link_keeps_its_name(workspace: Path) -> None:
    link = workspace / "plans" / "tên-khác.yaml"
    link.symlink_to(workspace / PLAN_FILE)
    assert shown_name(link, workspace.resolve()) == "plans/tên-khác.yaml"
    assert read_draft(link, workspace.resolve()).plan.id == PLAN


def test_a_name_with_signs_that_nobody_sees_is_shown_with_them(tmp_path: Path) -> None:
    assert "\n" not in shown_name(tmp_path / "a\nb.yaml", tmp_path)


def test_without_a_workspace_its_root_is_the_folder_above_its_plans(tmp_path: Path) -> None:
    assert root_of(tmp_path / "plans" / "a.yaml", None) == tmp_path
    assert root_of(tmp_path / "a.yaml", None) == tmp_path
    assert root_of(tmp_path / "a.yaml", tmp_path / "w") == tmp_path / "w"


# --- newer than what was applied ---


def test_a_file_with_another_content_is_newer_until_it_is_applied(
    context_on: OpenContext, workspace: Path
) -> None:
    assert newer_file(context_on("2024-04-10"), workspace) is None
    file = rewritten(workspace, ("format: 1", "format: 1 # ghi chú"))
    assert newer_file(context_on(), workspace) == PLAN_FILE
    assert newer_file(context_on(known_at="2024-04-01"), workspace) is None, (
        "of a past state nothing is newer"
    )
    applied(context_on, "2024-04-10", workspace)
    touched(file, ahead=True)
    assert newer_file(context_on(), workspace) is None, "touched, but the same"


def test_a_list_that_was_changed_is_newer_too(
    context_on: OpenContext, workspace: Path, including: Path
) -> None:
    applied(context_on, "2024-04-10", workspace)
    assert newer_file(context_on(), workspace) is None
    (workspace / "chung.yml").write_text(LISTS + "# ghi chú\n", "utf-8")
    assert newer_file(context_on(), workspace) == "chung.yml"


def test_a_file_that_was_put_in_its_place_is_newer_whatever_its_own_time(
    context_on: OpenContext, workspace: Path
) -> None:
    touched(rewritten(workspace, ("format: 1", "format: 1 # ghi chú")), ahead=False)
    assert newer_file(context_on(), workspace) == PLAN_FILE


def test_a_workspace_may_be_without_its_files(context_on: OpenContext, workspace: Path) -> None:
    (workspace / PLAN_FILE).unlink()
    assert newer_file(context_on(), workspace) is None
    (workspace / PLAN_FILE).mkdir()
    assert newer_file(context_on(), workspace) is None


def test_what_nobody_touched_since_is_not_read(
    context_on: OpenContext, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is one of a later day than all that happened to the file."""
    rewritten(workspace, ("format: 1", "format: 1 # ghi chú"))
    applied(context_on, "2199-01-01", workspace)
    monkeypatch.setattr(Path, "read_bytes", lambda _: 1 / 0)
    assert newer_file(context_on(), workspace) is None
