"""A draft from the tables of an annex: of its own year and name, with a remark where somebody must look."""

from pathlib import Path

import pytest

from tests.support.annex_samples import grouped_docx
from tests.support.drafts import NEW, made, read
from tests.support.folders import files
from tests.support.steps import refused


@pytest.fixture
def annex(workspace: Path) -> str:
    """An annex of a plan, in the workspace."""
    (workspace / "phu-luc.docx").write_bytes(grouped_docx())
    return "phu-luc.docx"


@pytest.mark.parametrize("rows", [True, False])
def test_it_is_a_plan_that_can_be_read_with_or_without_a_database(
    workspace: Path, annex: str, rows: bool
) -> None:
    done = made(workspace, source=annex, plan="kh-2025", rows=rows)
    plan, problems = read(workspace / NEW, workspace)
    assert (plan.id, plan.year) == ("kh-2025", 2025)
    assert plan.areas
    assert [p for p in problems if p.severity == "error"] == []
    assert done.to_check > 0


def test_it_is_never_written_over_what_is_there(workspace: Path, annex: str) -> None:
    (workspace / NEW).write_text("của người khác", "utf-8")
    before = files(workspace)
    with refused("file-exists"):
        made(workspace, source=annex, plan="kh-2025")
    assert files(workspace) == before


def test_what_is_no_annex_makes_no_draft(workspace: Path) -> None:
    (workspace / "x.docx").write_bytes(b"PK")
    before = files(workspace)
    with refused("annex-unreadable") as caught:
        made(workspace, source="x.docx", plan="kh-2025")
    assert caught.value.exit_code == 5
    assert files(workspace) == before
