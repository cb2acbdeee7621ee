"""A list of places or organisations that stands beside the plans: a part of those that include it, and no broken plan."""

from pathlib import Path

import pytest

from plantrack.services.workspace import plan_files
from tests.conftest import Run
from tests.support.plan_edits import PLAN, swap

LIST = "plans/dia-ban.yaml"
PLACES = 'places:\n  - id: "vi-du"\n    name: "Ví dụ A"\n'


def with_list(folder: Path, text: str = PLACES) -> None:
    """Put a list beside the plan, which includes it."""
    (folder / LIST).write_text(text, "utf-8")
    swap(folder, "\nareas:", f'\ninclude: ["{LIST}"]\nareas:')


@pytest.mark.parametrize("args", [(), (PLAN, LIST), (LIST, PLAN)])
@pytest.mark.parametrize("verb", ["check", "diff", "apply"])
def test_it_is_no_plan_of_its_own(workspace: Path, run: Run, verb: str, args: tuple[str, ...]) -> None:
    with_list(workspace)
    ended = run("plan", verb, *args, "--lang", "en")
    assert ended.code == 0, ended.err
    assert "P1" not in ended.out
    assert "dia-ban" not in ended.err


def test_its_own_mistakes_are_told(workspace: Path, run: Run) -> None:
    with_list(workspace, PLACES.replace('"vi-du"', '"Ví dụ"'))
    ended = run("plan", "check", "--format", "line")
    assert ended.code == 5
    assert ended.out.startswith(f"{LIST}:2:9: error[P111]: ")
    assert len(ended.out.splitlines()) == 1


def test_a_folder_of_both_can_be_made_a_workspace(workspace: Path, run: Run, tmp_path: Path) -> None:
    with_list(workspace)
    (workspace / "plantrack.db").unlink()
    assert run("init").code == 0
    assert run("plan", "diff", "--exit-code").code == 0
    assert len(plan_files(workspace)) == 2


def test_a_list_that_nobody_includes_is_told(workspace: Path, run: Run) -> None:
    (workspace / LIST).write_text(PLACES, "utf-8")
    ended = run("plan", "check", "--format", "line")
    assert ended.code == 5
    assert ended.out.startswith(f"{LIST}:1:1: error[P035]: ")
    assert len(ended.out.splitlines()) == 1


@pytest.mark.parametrize("verb", ["check", "diff", "apply"])
def test_a_list_that_is_named_alone_is_called_one(workspace: Path, run: Run, verb: str) -> None:
    with_list(workspace)
    ended = run("plan", verb, LIST, "--lang", "en")
    said = ended.out + ended.err
    assert ended.code == 5
    assert "[P035]" in said
    assert "P102" not in said


def test_plans_that_include_one_another_are_plans_still(workspace: Path, run: Run) -> None:
    other = (workspace / PLAN).read_text("utf-8").replace('id: "kh-468-2024"', 'id: "kh-vi-du"')
    (workspace / "plans" / "vi-du.yaml").write_text(f'{other}\ninclude: ["{PLAN}"]\n', "utf-8")
    swap(workspace, "\nareas:", '\ninclude: ["plans/vi-du.yaml"]\nareas:')
    ended = run("plan", "check", "--format", "line")
    assert ended.code == 5
    assert "error[P034]" in ended.out
