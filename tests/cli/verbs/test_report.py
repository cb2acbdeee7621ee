"""`report`, and the options of `weekly` and `list`: files, both languages, exit codes, the same bytes later."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Hands, Run

#: What is text, and so can be compared as it is printed.
TEXTS = ("plain", "table", "md", "html", "json")


@pytest.fixture
def july(run: Run, clock: Hands) -> Run:
    """Make an overdue task, one that is blocked, one that is done, and something of everything else."""
    clock.set("2024-06-20")
    run("add", "Hội thảo", "--area", "3", "--due", "10/7/2024", "--lead", "ubdt")
    run("add", "Tập huấn", "--activity", "2.2", "--due", "30/9/2024", "--lead", "hlhpn", "--with", "ubdt")
    run("add", "Giám sát", "--area", "5", "--lead", "ubdt")
    clock.set("2024-07-09")
    run("update", "1", "-r", "đã họp", "--proposal", "thêm kinh phí", "--note", "ghi chú nội bộ")
    run("update", "2", "-b", "thiếu báo cáo viên", "-n", "mời người khác")
    run("done", "3", "-r", "xong")
    run("extend", "2", "--due", "31/10/2024", "--reason", "chờ")
    clock.set("2024-07-15")
    return run


def test_without_a_period_it_is_the_last_closed_month(july: Run) -> None:
    ended = july("report", "--format", "json")
    assert ended.code == 0
    period = json.loads(ended.out)["data"]["period"]
    assert (period["name"], period["first_day"], period["last_day"]) == (
        "2024-07",
        "2024-06-15",
        "2024-07-14",
    )


@pytest.mark.parametrize("form", TEXTS)
def test_a_report_printed_months_later_as_known_then_is_the_one_that_was_sent(
    form: str, july: Run, clock: Hands
) -> None:
    for command in (["report", "--period", "2024-07"], ["weekly", "--week", "2024-W28"]):
        sent = july(*command, "--format", form)
        assert sent.code == 0
        known = json.loads(july(*command, "--format", "json").out)["known_at"]
        clock.set("2024-11-05")
        july("update", "1", "-r", "nói sau", "-o", "8/7/2024")
        july("extend", "1", "--due", "31/12/2024", "--reason", "muộn", "--on", "9/7/2024")
        july("edit", "2", "--title", "Tên khác")
        july("undo")
        july("edit", "3", "--title", "Tên mới")
        again = july(*command, "--format", form, "--known-at", known)
        assert again.out == sent.out
        assert july(*command, "--format", form).out != sent.out


def test_the_same_report_twice_is_the_same_bytes(july: Run) -> None:
    for form in (*TEXTS, "csv"):
        args = ["report", "--period", "2024-07", "--format", form]
        first = july(*args)
        assert first.code == 0, first.err
        assert july(*args).out == first.out


def test_the_file_is_named_by_the_period(july: Run, workspace: Path) -> None:
    assert july("report", "--period", "T7", "--output", "bao-cao-{period}.md").code == 0
    assert (
        (workspace / "bao-cao-2024-07.md").read_text("utf-8").startswith("# Tổng hợp tiến độ tháng 7/2024\n")
    )


def test_both_languages_in_one_document(july: Run) -> None:
    for command in (["report", "--period", "2024-07"], ["weekly", "--week", "2024-W28"]):
        vi, en = (july(*command, "--lang", one, "--format", "md").out for one in ("vi", "en"))
        both = july(*command, "--lang", "vi,en", "--format", "md").out
        assert both.startswith(vi.rstrip("\n"))
        rest = both.removeprefix(vi.rstrip("\n")).strip()
        assert rest == re.sub("^#", "##", en.strip(), flags=re.MULTILINE)
        reverse = july(*command, "--lang", "en,vi", "--format", "md").out
        assert reverse.startswith(en.rstrip("\n"))
        assert july(*command, "--lang", "vi,vi", "--format", "md").out == vi


@pytest.mark.parametrize(
    "args",
    [
        ["list"], ["progress"], ["add", "x", "--area", "3"], ["weekly", "--format", "json"],
        ["report", "--format", "csv"], ["weekly", "--output", "a.xlsx"], ["weekly", "--format", "ics"], ["help"],
    ],
)  # fmt: skip
def test_two_languages_elsewhere_are_refused(args: list[str], run: Run) -> None:
    ended = run(*args, "--lang", "vi,en")
    assert ended.code == 2
    assert "one-language" in ended.err


@pytest.mark.parametrize("lang", ["vi,fr", "vi,", ",", "vien"])
def test_a_language_that_there_is_not_is_refused(lang: str, run: Run) -> None:
    ended = run("weekly", "--lang", lang)
    assert ended.code == 2
    assert "unknown-language" in ended.err


@pytest.mark.parametrize(
    "command", [["report", "--period", "2024-07"], ["weekly", "--week", "2024-W28"], ["list"]]
)
def test_a_monitor_gets_exit_1_and_the_output_all_the_same(command: list[str], july: Run) -> None:
    printed = july(*command)
    for asked in ("overdue", "blocked", "overdue,stale"):
        ended = july(*command, "--fail-on", asked)
        assert (ended.code, ended.out) == (1, printed.out)
    assert july(*command, "--fail-on", "stale").code == 0
    assert july(*command, "--fail-on", "stale", "--fail-on", "blocked").code == 1
    wrong = july(*command, "--fail-on", "late")
    assert (wrong.code, wrong.out) == (2, "")
    assert "unknown-condition" in wrong.err


def test_a_filter_decides_what_a_monitor_looks_at(july: Run) -> None:
    assert july("list", "area:5", "--all", "--fail-on", "overdue").code == 0
    assert july("weekly", "--week", "2024-W28", "area:5", "--fail-on", "overdue").code == 0


def test_a_part_for_each_organisation(july: Run) -> None:
    out = july("weekly", "--week", "2024-W28", "--by-org", "--format", "md").out
    assert [line for line in out.split("\n") if line.startswith("## ")] == ["## Hội LHPN Việt Nam", "## UBDT"]
    data = json.loads(july("weekly", "--week", "2024-W28", "--by-org", "--format", "json").out)["data"]
    assert list(data) == ["period", "organisations", "without", "provenance"]
    hlhpn, ubdt = data["organisations"]
    assert list(hlhpn) == ["id", "name", "lead", "coordinating"]
    assert ([t["label"] for t in ubdt["coordinating"]], hlhpn["coordinating"]) == (["2"], [])
    assert hlhpn["lead"]["progress"]["total"]["blocked"] == 1
    assert "ghi chú nội bộ" not in out
    assert "ghi chú nội bộ" in july("weekly", "--week", "2024-W28", "--by-org", "--with-notes").out


def test_a_part_for_each_organisation_as_a_sheet_of_tasks(july: Run) -> None:
    out = july("weekly", "--week", "2024-W28", "--by-org", "--format", "csv", "--lang", "en").out
    rows = [line.split(",")[:3] for line in out.removeprefix("\ufeff").strip().split("\n")[1:]]
    assert [(role, label) for _, role, label in rows] == [
        ("Lead", "2"), ("Lead", "1"), ("Lead", "3"), ("Coordinating", "2"),
    ]  # fmt: skip


def test_what_cannot_go_together_is_refused(july: Run) -> None:
    week = ("weekly", "--week", "2024-W28")
    for args in (["--brief", "--by-org"], ["--brief", "--format", "json"], ["--brief", "--lang", "vi,en"],
                 ["--by-org", "--format", "ics"]):  # fmt: skip
        ended = july(*week, *args)
        assert ended.code == 2, args
        assert "options-exclude" in ended.err, args
    assert july(*week, "--brief").code == 0


def test_a_template_goes_with_word_only(july: Run) -> None:
    ended = july("report", "--period", "2024-07", "--template", "mau.docx")
    assert (ended.code, "template-format" in ended.err) == (2, True)
    ended = july("report", "--period", "2024-07", "--template", "mau.docx", "--output", "a.docx")
    assert (ended.code, "template-missing" in ended.err) == (5, True)


@pytest.mark.parametrize(
    ("args", "code", "named"),
    [
        (["--period", "2030-01"], 2, "report-not-begun"),
        (["--period", "W29"], 2, "plantrack weekly --week 2024-W29"),
        (["--period", "abc"], 2, "bad-period"),
        (["--period", ""], 2, "bad-period"),
        (["--calendar", "moon"], 2, "unknown-calendar"),
        (["lead:xyz"], 3, "unknown-organisation"),
    ],
)
def test_what_is_wrong_is_said(args: list[str], code: int, named: str, july: Run) -> None:
    ended = july("report", *args)
    assert (ended.code, ended.out) == (code, "")
    assert named in ended.err


def test_a_list_with_notes_answers(july: Run) -> None:
    text = " ".join(july("list", "overdue", "--with-notes").out.split())
    assert "quá 5 ngày" in text
    assert "09/07, Người thử ghi: đã họp; đề xuất: thêm kinh phí; ghi chú: ghi chú nội bộ" in text
    (task,) = json.loads(july("list", "qua-han", "--with-notes", "--format", "json").out)["data"]
    assert (task["days_late"], task["extensions"], task["update"]["result"]) == (5, 0, "đã họp")


def test_a_template_s_links_are_named_and_what_it_fetches_is_refused(july: Run, workspace: Path) -> None:
    docx = pytest.importorskip("docx")
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    template = docx.Document()
    template.part.relate_to("https://example.org/", f"{kinds}/hyperlink", is_external=True)
    template.save(str(workspace / "mau.docx"))
    args = ["report", "--period", "2024-07", "--template", "mau.docx", "--output", "a.docx"]
    ended = july(*args)
    assert (ended.code, "https://example.org/" in ended.err) == (0, True)
    template.part.relate_to("https://example.org/x.png", f"{kinds}/image", is_external=True)
    template.save(str(workspace / "mau.docx"))
    before = (workspace / "a.docx").read_bytes()
    ended = july(*args)
    assert ended.code == 5
    assert "[template-outside]" in ended.err
    assert "image https://example.org/x.png" in ended.err.replace("\n", " ")
    assert (workspace / "a.docx").read_bytes() == before


def test_a_report_goes_into_the_office_s_own_template(july: Run, workspace: Path) -> None:
    docx = pytest.importorskip("docx")
    template = docx.Document()
    for text in ("TÊN CƠ QUAN (ví dụ)", "{{tieu_de}}", "Kỳ {{ky}}, đến {{ngay}}", "{{noi_dung}}", "Hết"):
        template.add_paragraph(text)
    template.save(str(workspace / "mau.docx"))
    args = ["report", "--period", "2024-07", "--template", "mau.docx", "--output"]
    assert july(*args, "a.docx").code == july(*args, "b.docx").code == 0
    assert (workspace / "a.docx").read_bytes() == (workspace / "b.docx").read_bytes()
    lines = [p.text for p in docx.Document(str(workspace / "a.docx")).paragraphs]
    assert lines[:3] == [
        "TÊN CƠ QUAN (ví dụ)", "Tổng hợp tiến độ tháng 7/2024", "Kỳ Tháng 7/2024, đến ngày 14 tháng 7 năm 2024",
    ]  # fmt: skip
    assert lines[-1] == "Hết"
    assert any(line.startswith("VIII. ") for line in lines)


@pytest.mark.parametrize(
    ("period", "as_of"),
    [("1900-01", "1900-02-01"), ("2199", "2199-12-31"), ("2199-12", "2199-12-31"), ("9 tháng", "")],
)
def test_the_first_and_last_periods_there_are_can_be_reported(
    period: str, as_of: str, july: Run, clock: Hands
) -> None:
    clock.set("2024-12-31")
    asked = ["--as-of", as_of] if as_of else []
    for calendar in ("official", "civil"):
        assert july("report", "--period", period, "--calendar", calendar, *asked).code == 0
