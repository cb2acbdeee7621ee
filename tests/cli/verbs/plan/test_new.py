"""`plantrack plan new` as it is typed: what it prints, where, and what it tells one to do next."""

import json
import os
from pathlib import Path

import pytest

from plantrack.cli.app import main
from tests.conftest import Run, dump

TYPED = ("plan", "new", "plans/kh-2025.yaml", "--from", "kh-468-2024", "--year", "2025")


def test_the_file_is_printed_and_the_rest_is_told(run: Run, workspace: Path) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run(*TYPED)
    assert (ended.code, ended.out) == (0, f"{Path('plans/kh-2025.yaml')}\n")
    assert ended.err.split("\n") == [
        "Đã ghi plans/kh-2025.yaml: dự thảo kế hoạch kh-2025, năm 2025, 7 nội dung, 12 hoạt động.",
        "Còn 28 chỗ cần điền, mỗi chỗ có dòng “# CẦN ĐIỀN”.",
        "Tiếp theo: sửa tệp, chạy plantrack plan check plans/kh-2025.yaml, rồi plantrack plan apply plans/kh-2025.yaml.",
        "",
    ]
    assert (workspace / "plans" / "kh-2025.yaml").is_file()
    assert dump(workspace / "plantrack.db") == before


def test_in_english(run: Run) -> None:
    ended = run("--lang", "en", *TYPED)
    assert (
        "Wrote plans/kh-2025.yaml: a draft of the plan kh-2025 for 2025, 7 areas, 12 activities." in ended.err
    )
    assert "28 fields are to be filled in; each has a line “# CẦN ĐIỀN”." in ended.err


def test_what_it_tells_to_do_next_can_be_done(run: Run) -> None:
    run(*TYPED)
    checked = run("plan", "check", "plans/kh-2025.yaml", "--format", "json")
    assert checked.code == 0
    found = [p for p in json.loads(checked.out)["data"] if p["code"] == "P910"]
    assert len(found) == 28
    assert run("plan", "apply", "plans/kh-2025.yaml").code == 0
    assert run("plan", "show", "--plan", "kh-2025").code == 0


def test_quietly(run: Run) -> None:
    assert run("--quiet", *TYPED)[1:] == ("plans/kh-2025.yaml\n", "")


def test_from_another_folder(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.parent)
    ended = run("-C", "w", "plan", "new", "plans/a b.yaml", "--from", "kh-468-2024", "--year", "2025")
    assert (ended.code, ended.out) == (0, f"{Path('w/plans/a b.yaml')}\n")
    assert "plantrack -C w plan check 'plans/a b.yaml'" in ended.err
    assert (workspace / "plans" / "a b.yaml").is_file()


def test_what_was_replaced_is_told(run: Run, workspace: Path) -> None:
    file = workspace / "plans" / "kh-468-2024.yaml"
    text = file.read_text("utf-8").replace('  - code: "ND1"\n', '  - code: "ND1"\n    lead: ["ubdt"]\n')
    file.write_text(text, "utf-8")
    assert run("plan", "apply").code == 0
    assert "Đã thay bằng đơn vị kế thừa, địa bàn mới sau sắp xếp: ubdt → bdttg.\n" in run(*TYPED).err


def test_a_second_time_is_refused_and_changes_nothing(run: Run, workspace: Path) -> None:
    run(*TYPED)
    (workspace / "plans" / "kh-2025.yaml").write_text("của tôi", "utf-8")
    ended = run(*TYPED)
    assert (ended.code, ended.out) == (4, "")
    assert "Lỗi [file-exists]: Đã có tệp “plans/kh-2025.yaml”; tệp được giữ nguyên." in ended.err
    assert (workspace / "plans" / "kh-2025.yaml").read_text("utf-8") == "của tôi"


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (("plans/a.yaml", "--from", "kh-468-2024"), 2, "missing-option"),
        (("plans/a.yaml", "--year", "2025"), 2, "missing-option"),
        (("--from", "kh-468-2024", "--year", "2025"), 2, "missing-argument"),
        (("plans/a.yaml", "--from", "kh-468-2024", "--year", "x"), 2, "bad-number"),
        (("plans/a.yaml", "--from", "kh-468-2024", "--year", "2025", "--id", "Á"), 2, "plan-id-form"),
        (("plans/a.txt", "--from", "kh-468-2024", "--year", "2025"), 2, "plan-file-ending"),
        (("plans/a.yaml", "--from", "kh-2025", "--year", "2025"), 3, "no-such-plan"),
        (
            ("plans/a.yaml", "--from", "kh-468-2024", "--year", "2025", "--id", "kh-468-2024"),
            4,
            "plan-id-taken",
        ),
        (("khong-co/a.yaml", "--from", "kh-468-2024", "--year", "2025"), 7, "output-failed"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_done_is_said(
    language: str, args: tuple[str, ...], code: int, word: str, run: Run, workspace: Path
) -> None:
    before = sorted(workspace.rglob("*"))
    ended = run("--lang", language, "plan", "new", *args)
    assert (ended.code, ended.out) == (code, "")
    assert f"[{word}]" in ended.err
    assert sorted(p for p in workspace.rglob("*") if not p.name.startswith("plantrack.db-")) == before


def test_without_a_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(TYPED) == 3
    assert "[no-workspace]" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_a_database_that_was_named_must_be_there(run: Run) -> None:
    ended = run("--db", "khong-co.db", *TYPED)
    assert ended.code == 3
    assert "[no-database]" in ended.err


def test_a_workspace_without_a_database(run: Run, workspace: Path) -> None:
    (workspace / "plantrack.db").unlink()
    assert run(*TYPED).code == 0
    assert not (workspace / "plantrack.db").exists()


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    """An annex alone in a folder, where there is no workspace yet."""
    from tests.support.annex_samples import grouped_docx

    folder = tmp_path / "moi"
    folder.mkdir()
    (folder / "phu-luc.docx").write_bytes(grouped_docx())
    return folder


def test_from_an_annex_where_there_is_no_workspace_yet(
    annex: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(annex)
    typed = ("plan", "new", "plans/kh-2025.yaml", "--from", "phu-luc.docx", "--year", "2025")
    assert main(typed) == 0
    out, err = capsys.readouterr()
    assert out == "plans/kh-2025.yaml\n"
    assert "Đã ghi plans/kh-2025.yaml: dự thảo kế hoạch kh-2025, năm 2025" in err
    remarks = [line.strip() for line in (annex / out.strip()).read_text("utf-8").splitlines()[2:]]
    remarks = [line for line in remarks if line.startswith("# ") and not line.startswith("# Nguồn: ")]
    assert not any(line.startswith("# CẦN ĐIỀN") for line in remarks)
    assert f"Còn {len(remarks)} dòng ghi chú khác (“#”, không kể dòng “Nguồn”)" in err
    assert main(("plan", "check")) == 0
    assert main(("init",)) == 0
    assert main(("plan", "show")) == 0
    assert main(("plan", "new", "plans/2.yaml", "--from", "PHU-LUC.DOCX", "--year", "2025")) == 5


def test_an_annex_beside_a_workspace(run: Run, annex: Path, workspace: Path) -> None:
    ended = run("plan", "new", "plans/kh-2025.yaml", "--from", str(annex / "phu-luc.docx"), "--year", "2025")
    assert ended.code == 0
    assert (workspace / "plans" / "kh-2025.yaml").is_file()
    taken = run(
        "plan", "new", "a.yaml", "--from", str(annex / "phu-luc.docx"), "--year", "2025", "--id", "kh-2025"
    )
    assert (taken.code, "[plan-id-taken]" in taken.err) == (4, True)


def test_an_annex_that_is_not_there(run: Run, workspace: Path) -> None:
    assert run("plan", "new", "plans/kh-2025.yaml", "--from", "khong-co.docx", "--year", "2025").code == 5
    assert not (workspace / "plans" / "kh-2025.yaml").exists()
