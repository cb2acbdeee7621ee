"""Several files in one run: all problems of all of them, whatever is wrong with one."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.planfile.load import check_files
from tests.support.plan_cases import AREAS, HEAD, ORGS

GOOD = HEAD + ORGS + AREAS


def written(folder: Path, **texts: str) -> list[Path]:
    """Write files and give their paths."""
    paths = [folder / f"{name}.yaml" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


def found(paths: list[Path]) -> list[tuple[str, int, int, str]]:
    return [(p.file, p.line, p.column, p.code) for p in check_files(paths, named=lambda path: path.name)]


def test_the_check_goes_on_in_the_next_file(tmp_path: Path) -> None:
    broken = GOOD.replace('"kh-1"', '"kh-2"') + "]\n"
    conflict = "<<<<<<< HEAD\n" + GOOD
    paths = written(tmp_path, a=broken, b=conflict, c=GOOD + 'numbr: "1"\n')
    assert found(paths) == [
        ("a.yaml", 10, 1, "P016"),
        ("b.yaml", 1, 1, "P018"),
        ("c.yaml", 10, 1, "P101"),
    ]


def test_a_file_that_is_not_there_or_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (paths := written(tmp_path, a="", b=GOOD, c=GOOD + "x: 1\n"))[0].unlink()
    (folder := tmp_path / "thư-mục.yaml").mkdir()
    assert found([paths[0], folder, paths[2]]) == [
        ("a.yaml", 0, 0, "P006"),
        ("thư-mục.yaml", 0, 0, "P007"),
        ("c.yaml", 10, 1, "P101"),
    ]
    (problem,) = check_files([folder, paths[1]])
    assert problem.params == {"reason": "Is a directory"}


def test_a_single_file_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(Failure) as raised:
        check_files([tmp_path / "a.yaml"])
    assert raised.value.code == "plan-missing"


def test_the_id_of_another_file_is_a_problem_where_it_stands_whatever_else_is_wrong(tmp_path: Path) -> None:
    paths = written(tmp_path, a=GOOD, b=GOOD.replace("2024", '"2024"'), c=GOOD.replace("kh-1", "kh-3"))
    assert found(paths) == [("b.yaml", 2, 5, "P320"), ("b.yaml", 3, 7, "P106")]
    (problem, _) = check_files(paths, named=lambda path: path.name)
    assert problem.params == {"id": "kh-1", "other": "a.yaml"}


def test_ids_that_are_no_ids_are_not_compared(tmp_path: Path) -> None:
    text = GOOD.replace('"kh-1"', '"KH 1"')
    assert [code for *_, code in found(written(tmp_path, a=text, b=text))] == ["P111", "P111"]


def test_included_files_are_called_as_plans_are(tmp_path: Path) -> None:
    (path,) = written(tmp_path, a=HEAD + 'include: ["chung.yaml"]\n' + AREAS)
    written(tmp_path, chung=ORGS + 'x: "1"\n')
    assert found([path]) == [("chung.yaml", 3, 1, "P101")]
