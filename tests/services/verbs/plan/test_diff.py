"""What `plan diff` compares: a file with what was applied, with a revision, or with nothing; remarks and layout."""

from pathlib import Path

from plantrack.services.plan_files import newer_file
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.diff import diff
from tests.support.plan_changes import DAY, carry, compare
from tests.support.plan_files import changed, written
from tests.support.steps import OpenContext, refused


def test_remarks_alone_make_a_revision_without_a_difference(context_on: OpenContext, workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + "# ghi chú\n", "utf-8")
    context = context_on(DAY)
    (view,) = diff(context.db, [file], workspace)
    assert (view.differs, view.same_document, view.parts) == (False, False, ())
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 2


def test_remarks_in_a_file_that_it_includes_make_a_revision_too(
    context_on: OpenContext, workspace: Path
) -> None:
    shared = workspace / "chung.yml"
    shared.write_text('places: [{id: "a", name: "Địa bàn ví dụ"}]\n', "utf-8")
    file = workspace / "plans" / "kh-468-2024.yaml"
    file.write_text(file.read_text("utf-8") + 'include: ["chung.yml"]\n', "utf-8")
    context = context_on(DAY)
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 2
    shared.write_text(shared.read_text("utf-8") + "# ghi chú\n", "utf-8")
    (view,) = diff(context.db, [file], workspace)
    assert (view.differs, view.same_document) == (False, False)
    assert apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].revision == 3
    assert newer_file(context_on(DAY), workspace) is None
    assert not apply(context.db, [file], workspace, "A", lambda: context.now).applied[0].changed


def test_the_order_of_organisations_is_layout(context_on: OpenContext, workspace: Path) -> None:
    plan = context_on().plan
    view = compare(context_on, workspace, plan._replace(organisations=plan.organisations[::-1]))
    assert (view.differs, view.same_document, view.parts) == (False, False, ())


def test_an_applied_revision_can_be_compared_with(context_on: OpenContext, workspace: Path) -> None:
    plan = context_on().plan
    add_from_plan(context_on("2024-03-26"))
    carry(context_on, workspace, changed(plan, "ND3.1", due="2024-Q3"))
    file = written(workspace, changed(plan, "ND3.1", due="2024-Q4"))
    (view,) = diff(context_on().db, [file], workspace, 1)
    assert [(f.old, f.new) for p in view.parts for f in p.change.fields] == [(None, "2024-Q4")]
    assert view.tasks == ()
    with refused("unknown-revision"):
        diff(context_on().db, [file], workspace, 7)


def test_a_plan_that_was_never_applied_is_all_new(context_on: OpenContext, workspace: Path) -> None:
    other = context_on().plan._replace(id="kh-2025", year=2025)
    (view,) = diff(context_on().db, [written(workspace, other, "plans/kh-2025.yaml")], workspace)
    assert view.against.kind == "nothing"
    assert {p.change.kind for p in view.parts} == {"added"}
    assert view.differs
