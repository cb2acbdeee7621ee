"""A list of places or organisations that stands beside the plans: a part of those that include it, and no broken plan."""

from pathlib import Path

import pytest

from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.chosen_files import chosen_files, of_plan
from plantrack.errors import Failure
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


def session_in(folder: Path, **options: str) -> Session:
    """Return a session that works in a folder."""
    session = Session()
    session.options.update(directory=str(folder), **options)
    return session


def test_without_names_they_are_the_plans_of_the_workspace(workspace: Path) -> None:
    with_list(workspace)
    assert chosen_files(session_in(workspace), None) == ([workspace / PLAN], workspace)


def test_files_of_a_workspace_may_include_what_is_in_it_and_others_what_is_beside_them(
    workspace: Path, tmp_path: Path
) -> None:
    other = tmp_path / "kh.yaml"
    other.write_bytes((workspace / PLAN).read_bytes())
    assert chosen_files(session_in(workspace), [PLAN]) == ([workspace / PLAN], workspace)
    assert chosen_files(session_in(workspace), [str(other)]) == ([other], None)
    assert chosen_files(session_in(workspace), [PLAN, str(other)])[1] is None
    assert chosen_files(session_in(tmp_path), ["kh.yaml"]) == ([other], None)


def test_a_workspace_without_plans_is_refused(workspace: Path) -> None:
    (workspace / PLAN).unlink()
    with pytest.raises(Failure) as caught:
        chosen_files(session_in(workspace), [])
    assert (caught.value.code, caught.value.params) == ("no-plan-file", {"folder": str(workspace / "plans")})


def test_no_server_is_asked_whether_a_workspace_without_plans_is_a_site(workspace: Path) -> None:
    (workspace / PLAN).unlink()
    with pytest.raises(Failure, match="no-plan-file"):
        chosen_files(session_in(workspace, db="postgresql://vu@127.0.0.1:1/plantrack"), [])


def test_a_plan_that_is_named_is_found_among_its_files(workspace: Path) -> None:
    other = workspace / "plans" / "vi-du.yaml"
    other.write_text(
        (workspace / PLAN).read_text("utf-8").replace('id: "kh-468-2024"', 'id: "kh-vi-du"'), "utf-8"
    )
    both = [workspace / PLAN, other]
    assert of_plan(session_in(workspace), both) == both
    assert of_plan(session_in(workspace, plan="kh-vi-du"), both) == [other]
    with pytest.raises(Failure) as caught:
        of_plan(session_in(workspace, plan="kh-1"), both)
    assert caught.value.params == {"plan": "kh-1", "near": ("kh-468-2024", "kh-vi-du")}
