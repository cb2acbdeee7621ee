"""`report` as it is typed: its period, its file, its template, the same bytes later."""

import json
from pathlib import Path

import pytest

from tests.conftest import Hands, Run

#: What is text, and so can be compared as it is printed.
TEXTS = ("plain", "table", "md", "html", "json")


def test_without_a_period_it_is_the_last_closed_month(july: Run) -> None:
    ended = july("report", "--format", "json")
    assert ended.code == 0
    period = json.loads(ended.out)["data"]["period"]
    assert (period["name"], period["first_day"], period["last_day"]) == (
        "2024-07",
        "2024-06-15",
        "2024-07-14",
    )


@pytest.mark.no_cover
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
