"""A draft of the next plan: from a plan that there is, whole or not at all, never over what is there."""

import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.plan import Plan
from plantrack.model.plan_renewal import renewed
from plantrack.model.problem import ProblemsFound
from plantrack.planfile.format.dump import TO_FILL, dump
from plantrack.planfile.load import check_document
from plantrack.render.views.plan.new import remark
from tests.conftest import dump as held_in
from tests.support.drafts import NEW, made, read
from tests.support.folders import files
from tests.support.random_plans import plans
from tests.support.steps import PLAN, PLAN_FILE, OpenContext, applied, refused, rewritten

#: A plan file that is another's, by hand.
SMALL = """format: 1
id: "nho"
year: 2024
title: "Kế hoạch nhỏ"
areas:
  - code: "A1"
    title: "Một"
"""
ROLES = '    lead: ["ubdt"]\n    coordinating: ["hlhpn"]\n    activities:\n      - code: "ND1.1"\n'


@pytest.fixture
def unchanged(workspace: Path) -> Iterator[None]:
    """Hold that a test leaves the workspace as it was."""
    before, rows = files(workspace), held_in(workspace / "plantrack.db")
    yield
    assert files(workspace).keys() == before.keys()
    assert {n: d for n, d in files(workspace).items() if n.startswith("plans/")} == {
        n: d for n, d in before.items() if n.startswith("plans/")
    }
    assert held_in(workspace / "plantrack.db") == rows


# --- the draft ---


def test_the_next_plan_of_the_real_one(workspace: Path) -> None:
    rows = held_in(workspace / "plantrack.db")
    done = made(workspace)
    assert (done.plan, done.year, done.areas, done.activities, done.replaced) == ("kh-2025", 2025, 7, 12, ())
    new, problems = read(workspace / NEW)
    old, _ = read(workspace / PLAN_FILE)
    assert [a.title for a in new.areas] == [a.title for a in old.areas]
    assert (new.number, new.date, new.source, new.organisations) == (None, None, None, old.organisations)
    assert "source_quote" not in (workspace / NEW).read_text("utf-8")
    assert len([p for p in problems if p.code == "P910"]) == done.to_fill == 28
    assert held_in(workspace / "plantrack.db") == rows


def test_every_field_to_fill_in_says_so_in_both_languages_and_what_was_there(workspace: Path) -> None:
    made(workspace)
    lines = [line.strip() for line in (workspace / NEW).read_text("utf-8").split("\n")]
    marked = [line for line in lines if line.startswith(f"# {TO_FILL}: ")]
    assert marked[0] == (
        "# CẦN ĐIỀN: number – số, ký hiệu của văn bản (năm 2024: 468/KH-HLHPNVN-UBDT)"
        " / number of the document (2024: 468/KH-HLHPNVN-UBDT)"
    )
    assert all(re.fullmatch(rf"# {TO_FILL}: [a-z]+ – [^/].* / .*", line) for line in marked)
    assert lines[1].startswith("# Dự thảo, lập từ kế hoạch kh-468-2024 năm 2024.")
    assert lines[2].startswith("# A draft, made from the plan kh-468-2024 of 2024.")


def test_no_remark_ends_in_the_middle_of_the_file(context_on: OpenContext, workspace: Path) -> None:
    """What a person once typed is repeated in a comment: on one line, not without end."""
    swaps = ('purpose: "', 'purpose: "' + "rất dài " * 100 + "# x: y ")
    applied(context_on, "2024-05-01", workspace, swaps)
    made(workspace)
    line = next(x for x in (workspace / NEW).read_text("utf-8").split("\n") if "purpose" in x)
    assert len(line) < 400
    assert "rất dài rất dài" in line


def test_the_applied_plan_counts_not_the_file(workspace: Path) -> None:
    rewritten(
        workspace, ('  - code: "ND7"', '  - code: "ND8"'), ('"ND7.1"', '"ND8.1"'), ('"ND7.2"', '"ND8.2"')
    )
    made(workspace)
    assert [a.code for a in read(workspace / NEW)[0].areas][-1] == "ND7"


def test_successors_stand_where_their_predecessors_led(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-05-01", workspace, ('    activities:\n      - code: "ND1.1"\n', ROLES))
    done = made(workspace)
    assert done.replaced == (("ubdt", "bdttg"),)
    assert read(workspace / NEW)[0].areas[0].lead == ("bdttg",)
    assert (
        "# ubdt có hiệu lực đến hết ngày 28/02/2025; thay bằng đơn vị kế thừa bdttg / ubdt existed until 28 Feb 2025;"
        in (workspace / NEW).read_text("utf-8")
    )
    assert made(workspace, "plans/kh-2024-2.yaml", year="2024").replaced == ()
    assert read(workspace / "plans/kh-2024-2.yaml")[0].areas[0].lead == ("ubdt",)


def test_the_same_plan_gives_the_same_bytes(workspace: Path) -> None:
    made(workspace)
    first = (workspace / NEW).read_bytes()
    (workspace / NEW).unlink()
    made(workspace)
    assert (workspace / NEW).read_bytes() == first


def test_a_draft_can_be_applied_and_be_the_beginning_of_the_next(
    context_on: OpenContext, workspace: Path
) -> None:
    from plantrack.services.verbs.plan.apply import apply

    made(workspace)
    apply(context_on("2025-01-10").db, [workspace / NEW], workspace, "A")
    assert made(workspace, "plans/kh-2026.yaml", "kh-2025", "2026").plan == "kh-2026"


@given(plans(), st.integers(1900, 2199))
def test_any_plan_gives_a_draft_without_an_error(plan: Plan, year: int) -> None:
    new = renewed(plan, "kh-moi", year)
    said = {mark.path: [remark(mark, plan.year)] for mark in new.marks}
    found, problems = check_document(Path("plans/x.yaml"), dump(new.plan, said).encode("utf-8"))
    assert found == new.plan, problems


# --- what it starts from ---


def test_a_plan_that_is_only_in_a_file(workspace: Path) -> None:
    (workspace / "plans" / "nho.yaml").write_text(SMALL, "utf-8")
    assert made(workspace, source="nho").areas == 1
    assert "organisations" not in (workspace / NEW).read_text("utf-8")


def test_a_workspace_without_a_database(workspace: Path) -> None:
    (workspace / "plantrack.db").unlink()
    assert made(workspace, rows=False).areas == 7
    assert not (workspace / "plantrack.db").exists()


@pytest.mark.parametrize("typed", ["KH-468-2024", "kh 468 2024", " kh-468-2024 ", "kh_468_2024"])
def test_an_id_is_found_as_names_are(typed: str, workspace: Path) -> None:
    assert made(workspace, source=typed).areas == 7


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "typed", ["kh-468-2025", unicodedata.normalize("NFD", "kế-hoạch"), "", "plans", "\udcff"]
)
def test_an_unknown_plan_is_refused(typed: str, workspace: Path) -> None:
    with refused("no-such-plan") as caught:
        made(workspace, source=typed)
    assert (caught.value.exit_code, caught.value.params["near"]) == (3, ())


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("typed", ["kh-2024", "kh468-2024", "kh"])
def test_a_plan_that_is_near_is_offered(typed: str, workspace: Path) -> None:
    with refused("no-such-plan") as caught:
        made(workspace, source=typed)
    assert caught.value.params["near"] == (PLAN,)


@pytest.mark.usefixtures("unchanged")
def test_a_plan_file_with_mistakes_is_refused_with_all_of_them(workspace: Path) -> None:
    bad = workspace / "plans" / "nho.yaml"
    bad.write_text(SMALL.replace("2024", '"2024"').replace("A1", "a1"), "utf-8")
    with pytest.raises(ProblemsFound) as caught:
        made(workspace, source="nho")
    assert (caught.value.code, len(caught.value.problems)) == ("draft-source-problems", 2)
    bad.unlink()


def test_other_files_that_cannot_be_read_do_not_matter(workspace: Path) -> None:
    (workspace / "plans" / "a.yaml").write_bytes(b"\xff\xfe")
    (workspace / "plans" / "b.yaml").write_text("- x", "utf-8")
    assert made(workspace).areas == 7


# --- its year and its id ---


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "year", ["1899", "2200", "25", "02025", "hai nghìn", "2025.0", "-2025", "", "２０２５"]
)
def test_a_year_is_four_digits(year: str, workspace: Path) -> None:
    with refused("bad-number") as caught:
        made(workspace, year=year)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("file", "plan", "own"),
    [
        ("plans/kh-2025.yaml", None, "kh-2025"),
        ("plans/KH_2025 dự thảo.yml", None, "kh-2025-du-thao"),
        (unicodedata.normalize("NFD", "plans/Kế hoạch.yaml"), None, "ke-hoach"),
        ("plans/kh.2025.yaml", None, "kh-2025"),
        ("plans/….yaml", None, "kh-2025"),
        ("plans/a.yaml", "kh-469-2025", "kh-469-2025"),
        ("a.yaml", None, "a"),
    ],
)
def test_the_id_is_given_or_comes_from_the_name(
    file: str, plan: str | None, own: str, workspace: Path
) -> None:
    assert made(workspace, file, plan=plan).plan == own
    assert read(workspace / file)[0].id == own


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("own", ["KH-2025", "kế-hoạch", "kh 2025", "-a", "a/b", "", "kh.2025"])
def test_an_id_has_its_form(own: str, workspace: Path) -> None:
    with refused("plan-id-form"):
        made(workspace, plan=own)


@pytest.mark.usefixtures("unchanged")
def test_the_id_of_another_plan_is_refused(workspace: Path) -> None:
    with refused("plan-id-taken") as caught:
        made(workspace, plan=PLAN)
    assert caught.value.params["other"] == f"{PLAN}-2"
    assert caught.value.exit_code == 4


def test_also_of_one_that_is_only_in_a_file_or_only_in_the_database(workspace: Path) -> None:
    (workspace / "plans" / "nho.yaml").write_text(SMALL.replace("year: 2024", "year: x"), "utf-8")
    with refused("plan-id-taken"):
        made(workspace, plan="nho")
    (workspace / PLAN_FILE).unlink()
    with refused("plan-id-taken"):
        made(workspace, plan=PLAN)


# --- where it is written ---


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("kind", ["file", "folder", "broken link"])
def test_what_is_there_is_never_overwritten(kind: str, workspace: Path) -> None:
    path = workspace / NEW
    if kind == "file":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with refused("file-exists") as caught:
        made(workspace)
    assert caught.value.exit_code == 4
    assert not (workspace / "plans" / "nowhere").exists()
    path.rmdir() if kind == "folder" else path.unlink()


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("file", ["plans/a", "plans/a.txt", "plans/a.YAML", "plans/.yaml", "plans"])
def test_a_plan_file_has_its_ending(file: str, workspace: Path) -> None:
    with refused("plan-file-ending") as caught:
        made(workspace, file)
    assert caught.value.exit_code == 2


@pytest.mark.usefixtures("unchanged")
def test_a_folder_that_is_not_there_is_a_mistake(workspace: Path) -> None:
    with refused("output-failed"):
        made(workspace, "khong-co/kh-2025.yaml")


def test_but_for_the_folder_of_plans(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "moi").mkdir()
    made(workspace, "../moi/plans/a.yaml")
    assert files(tmp_path / "moi").keys() == {"plans/a.yaml"}


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_leaves_nothing(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "moi").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        for file in (NEW, "../moi/plans/a.yaml"):
            with refused("output-failed") as caught:
                made(workspace, file, rows=False)
            assert caught.value.exit_code == 7
    assert list((tmp_path / "moi").iterdir()) == []


@pytest.mark.usefixtures("unchanged")
def test_a_folder_that_may_not_be_written(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", read_only)  # root may write anywhere
    with refused("output-failed") as caught:
        made(workspace, rows=False)
    assert caught.value.params["reason"] == "Permission denied"


def test_of_two_at_once_one_is_written(workspace: Path) -> None:
    ended: list[object] = []
    start = threading.Barrier(4)

    def go() -> None:
        start.wait()
        try:
            ended.append(made(workspace, rows=False).plan)
        except Failure as failure:
            ended.append(failure.code)

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ended)) == ["file-exists"] * 3 + ["kh-2025"] or "plan-id-taken" in ended
    assert ended.count("kh-2025") == 1
    read(workspace / NEW)


def test_a_draft_that_no_file_may_hold_is_not_written(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plantrack.planfile.parsing import source_text

    monkeypatch.setattr(source_text, "MAX_BYTES", 10_000)
    with refused("draft-too-large") as caught:
        made(workspace)
    assert caught.value.exit_code == 5
    assert not (workspace / NEW).exists()
