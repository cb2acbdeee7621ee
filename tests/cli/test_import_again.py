"""`import` of lists that come again, and of lists of several offices: nothing is doubled, and nobody's work is overwritten unseen."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, dump
from tests.support.imported import table
from tests.support.terminal import on_terminal

KEYED = ("Mã", "Tên nhiệm vụ", "Nội dung", "Chủ trì")
LIST = ("TT", "Tên nhiệm vụ", "Nội dung", "Chủ trì", "Tiến độ", "Ghi chú")
A = (["1", "Việc của A một", "ND1", "ubdt"], ["2", "Việc của A hai", "ND1", "ubdt"])
B = (["1", "Việc của B một", "ND2", "hlhpn"], ["2", "Việc của B hai", "ND2", "hlhpn"])


def titles(run: Run) -> list[str]:
    return [task["title"] for task in json.loads(run("list", "--all", "--format", "json").out)["data"]]


def counts(answer: str) -> tuple[int, int, int]:
    found = json.loads(answer)["data"]["counts"]
    return found["added"], found["changed"], found["left"]


@pytest.mark.parametrize("codes", [("1", "2"), ("X1", "X2")])
def test_codes_of_one_office_are_not_those_of_another(
    run: Run, workspace: Path, codes: tuple[str, str]
) -> None:
    for rows in (A, B):
        coded = [[code, *row[1:]] for code, row in zip(codes, rows, strict=True)]
        table(workspace, KEYED, *coded)
        ended = run("import", "bang.csv", "--yes", "--format", "json")
        assert counts(ended.out) == (2, 0, 0)
        assert "Cột “Mã” không dùng làm khóa" in run("import", "bang.csv", "--dry-run").err
    assert titles(run) == [row[1] for row in (*A, *B)]


def test_codes_are_keys_under_the_name_of_their_source(run: Run, workspace: Path) -> None:
    for name, rows in (("a", A), ("b", B)):
        table(workspace, KEYED, *[[f"X{row[0]}", *row[1:]] for row in rows])
        assert counts(run("import", "bang.csv", "--yes", "--as", name, "--format", "json").out) == (2, 0, 0)
    table(workspace, KEYED, ["X1", "Việc của B một, sửa", "ND2", "hlhpn"])
    assert counts(run("import", "bang.csv", "--as", "b", "--format", "json").out) == (0, 1, 0)
    assert titles(run) == ["Việc của A một", "Việc của A hai", "Việc của B một, sửa", "Việc của B hai"]


def test_numbers_in_their_order_are_keys_only_if_somebody_says_so(run: Run, workspace: Path) -> None:
    table(workspace, KEYED, *A)
    run("import", "bang.csv", "--yes", "--as", "a")
    table(workspace, KEYED, ["1", "Việc mới", "ND1", "ubdt"], ["2", *A[0][1:]], ["3", *A[1][1:]])
    assert counts(run("import", "bang.csv", "--yes", "--as", "a", "--format", "json").out) == (1, 0, 2)


def test_other_work_under_a_known_key_is_shown_and_asked_for(run: Run, workspace: Path) -> None:
    table(workspace, KEYED, *A)
    run("import", "bang.csv", "--yes", "--key", "Mã")
    table(workspace, KEYED, *B)
    before = dump(workspace / "plantrack.db")
    ended = run("import", "bang.csv", "--yes", "--key", "Mã")
    said = " ".join(ended.err.split())
    assert ended.code == 5
    assert "Khóa “1” là của nhiệm vụ 1 “Việc của A một”; dòng này là việc khác: “Việc của B một”" in said
    seen = on_terminal(workspace, "import", "bang.csv", "--yes", "--key", "Mã", turns=[("[c/K]", "k\n")])
    assert "2 dòng có khóa của nhiệm vụ khác tên" in " ".join(seen.split())
    assert dump(workspace / "plantrack.db") == before
    assert run("import", "bang.csv", "--yes", "--key", "Mã", "--overwrite").code == 0
    assert titles(run) == [row[1] for row in B]


def test_a_list_that_comes_again_is_not_doubled(run: Run, workspace: Path) -> None:
    table(
        workspace, LIST, ["1", "Việc một", "ND1", "ubdt", "20", ""], ["2", "Việc hai", "ND2", "ubdt", "", ""]
    )
    run("import", "bang.csv", "--yes")
    table(
        workspace,
        LIST,
        ["1", "VIỆC một", "ND1", "ubdt", "50", ""],
        ["2", "Việc hai", "ND2", "ubdt", "", "họp"],
        ["3", "Việc hai", "ND3", "ubdt", "", ""],
    )
    before = dump(workspace / "plantrack.db")
    looked = run("import", "bang.csv", "--dry-run", "--format", "json")
    assert [(one["row"], one["task"]) for one in json.loads(looked.out)["data"]["same_titles"]] == [
        (2, "1"),
        (3, "2"),
    ]
    ended = run("import", "bang.csv", "--yes")
    assert (ended.code, "[import-same-titles]" in ended.err, "(1, 2)" in ended.err) == (4, True, True)
    seen = on_terminal(workspace, "import", "bang.csv", "--yes", turns=[("[c/K]", "k\n")])
    assert "2 dòng trùng tên" in " ".join(seen.split())
    assert dump(workspace / "plantrack.db") == before
    assert run("import", "bang.csv", "--yes", "--viec-moi").out == "3\n4\n5\n"


def test_titles_as_keys_are_titles_too_and_correct_the_list_that_came_before(
    run: Run, workspace: Path
) -> None:
    table(
        workspace, LIST, ["1", "Việc một", "ND1", "ubdt", "20", ""], ["2", "Việc hai", "ND2", "ubdt", "", ""]
    )
    run("import", "bang.csv", "--yes")
    table(
        workspace,
        LIST,
        ["1", "Việc một", "ND1", "ubdt", "50", ""],
        ["2", "Việc hai", "ND2", "ubdt", "", "họp"],
    )
    ended = run("import", "bang.csv", "--yes", "--key", "Tên nhiệm vụ", "--format", "json")
    assert counts(ended.out) == (0, 2, 0), ended.err
    table(workspace, LIST, ["1", "Việc một", "ND1", "ubdt", "60", ""])
    ended = run("import", "bang.csv", "--yes", "--key", "Tên nhiệm vụ", "--as", "so", "--format", "json")
    assert counts(ended.out) == (0, 1, 0), ended.err
    table(
        workspace, LIST, ["1", "Việc một", "ND1", "ubdt", "70", ""], ["2", "Việc ba", "ND3", "ubdt", "", ""]
    )
    assert counts(run("import", "bang.csv", "--as", "so", "--format", "json").out) == (1, 1, 0)
    tasks = json.loads(run("list", "--all", "--format", "json").out)["data"]
    assert [(task["title"], task["percent"]) for task in tasks] == [
        ("Việc một", 70), ("Việc hai", None), ("Việc ba", None),
    ]  # fmt: skip
