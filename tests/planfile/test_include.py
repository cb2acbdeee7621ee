"""Files that a plan includes: what they add, and where they may lie."""

import os
from pathlib import Path

import pytest

from tests.support.check import check_file
from tests.support.plan_cases import AREAS, HEAD, ORGS, Case, check, head, included, write

PLACES = 'places:\n  - {id: "kon-tum", name: "Kon Tum"}\n'
INCLUDING = head(include='["chung.yaml"]')
LEAD = AREAS + '    lead: ["ubdt"]\n'


def codes(case: Case, folder: Path) -> list[tuple[str, int, str]]:
    return [(p.file, p.line, p.code) for p in check(case, folder)[1]]


def test_lists_are_added_after_the_plans_own(tmp_path: Path) -> None:
    own = 'organisations: [{id: "hlhpn", name: "Hội", place: "kon-tum"}]\n'
    plan, problems = check(Case("", INCLUDING + own + LEAD, (), included(ORGS + PLACES)), tmp_path)
    assert problems == []
    assert plan is not None
    assert [o.id for o in plan.organisations] == ["hlhpn", "ubdt"]
    assert [p.id for p in plan.places] == ["kon-tum"]


def test_problems_name_the_file_they_stand_in(tmp_path: Path) -> None:
    lists = 'organisations:\n  - {id: "ubdt", name: no}\n  - {id: "ubdt", name: "x"}\n'
    text = INCLUDING + 'numbr: "x"\n' + LEAD
    assert codes(Case("", text, (), included(lists)), tmp_path) == [
        ("plans/kh.yaml", 6, "P101"),
        ("chung.yaml", 2, "P305"),
        ("chung.yaml", 2, "P120"),
        ("chung.yaml", 3, "P305"),
    ]


def test_a_list_that_cannot_be_read_leaves_its_names_alone(tmp_path: Path) -> None:
    assert codes(Case("", INCLUDING + LEAD), tmp_path) == [("plans/kh.yaml", 5, "P031")]
    broken = included('organisations: [{id: "x"')
    assert codes(Case("", INCLUDING + LEAD, (), broken), tmp_path) == [("chung.yaml", 1, "P015")]


@pytest.mark.parametrize("text", ["", "# trống\n"])
def test_an_included_file_may_not_be_empty(text: str, tmp_path: Path) -> None:
    assert codes(Case("", INCLUDING + AREAS, (), included(text)), tmp_path) == [("chung.yaml", 0, "P002")]


def test_included_files_include_nothing(tmp_path: Path) -> None:
    files = included('include: ["thêm.yaml"]\n' + ORGS)
    assert codes(Case("", INCLUDING + LEAD, (), files), tmp_path) == [("chung.yaml", 1, "P034")]


def test_a_link_may_not_lead_out_of_the_workspace(tmp_path: Path) -> None:
    outside = tmp_path / "ngoài.yaml"
    outside.write_text(ORGS, "utf-8")
    folder = tmp_path / "w"
    path = write(Case("", INCLUDING + LEAD), folder)
    (folder / "chung.yaml").symlink_to(outside)
    assert [p.code for p in check_file(path)[1]] == ["P030"]
    assert [p.code for p in check_file(path, root=tmp_path)[1]] == ["P031"]


def test_a_link_inside_the_workspace_is_followed(tmp_path: Path) -> None:
    path = write(Case("", INCLUDING + LEAD, (), {"danh-mục/a.yaml": ORGS}), tmp_path)
    (tmp_path / "chung.yaml").symlink_to("danh-mục/a.yaml")
    assert check_file(path)[1] == []


@pytest.mark.parametrize("name", ["\\0", "\\ud800", "x" * 5000, "ống"])
def test_names_no_file_has_and_files_nobody_can_read(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống")
    text = head(include=f'["{name}"]') + LEAD
    assert check(Case("", text), tmp_path)[1] != []


def test_without_a_folder_of_plans_the_files_own_folder_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "kh.yaml").write_text(INCLUDING + LEAD, "utf-8")
    (tmp_path / "chung.yaml").write_text(ORGS, "utf-8")
    assert check_file(tmp_path / "kh.yaml")[1] == []


def test_names_are_as_the_plan_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Case("", INCLUDING + AREAS, (), included("x: 1\n")), tmp_path)
    monkeypatch.chdir(tmp_path)
    assert check_file(Path("plans/kh.yaml"))[1][0].file == "chung.yaml"
    monkeypatch.chdir(tmp_path / "plans")
    assert check_file(Path("kh.yaml"))[1][0].file == os.path.join("..", "chung.yaml")


def test_a_plan_without_includes_needs_no_other_file(tmp_path: Path) -> None:
    assert check(Case("", HEAD + ORGS + LEAD), tmp_path)[1] == []
