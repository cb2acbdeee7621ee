"""`weekly` as it is typed: a part for each organisation, a few lines for a chat, what cannot go together."""

import json
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs.demo import WEEK
from tests.conftest import Hands, Run
from tests.support.answers import answered


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics", "docx", "html", "json"])
def test_the_few_lines_for_a_chat_are_text(
    form: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("-C", str(example), "weekly", "--week", WEEK, "--brief", "--format", form)
    assert main(args, Hands("2024-07-22")) == 2
    assert f"--format {form}" in "".join(capsys.readouterr())


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


def test_the_week_is_the_last_one_unless_it_is_named(july: Run) -> None:
    assert answered(july, "weekly")["period"]["name"] == "2024-W28"
    assert answered(july, "weekly", "--week", "this")["period"]["name"] == "2024-W29"
    assert answered(july, "weekly", "--week", "W27")["period"]["name"] == "2024-W27"


def test_the_few_lines_are_those_of_the_week_and_nothing_else(july: Run, workspace: Path) -> None:
    brief = july("weekly", "--brief")
    assert brief.code == 0
    assert 3 < len(brief.out.splitlines()) <= 10
    assert july("weekly", "--brief", "--output", "{period}.txt").out == ""
    assert (workspace / "2024-W28.txt").read_text("utf-8") == brief.out


def test_a_monitor_is_told_of_the_few_lines_and_of_the_parts_too(july: Run) -> None:
    for form in ("--brief", "--by-org"):
        assert july("weekly", form, "--fail-on", "overdue").code == 1
        assert july("weekly", form, "area:5", "--fail-on", "overdue").code == 0


def test_only_the_page_draws(july: Run) -> None:
    assert "<svg" in july("weekly", "--format", "html").out
    assert "<svg" not in july("weekly", "--by-org", "--format", "html").out


def test_notes_are_left_out_unless_asked_for(july: Run) -> None:
    assert "ghi chú nội bộ" not in july("weekly").out
    assert "ghi chú nội bộ" in july("weekly", "--with-notes").out
