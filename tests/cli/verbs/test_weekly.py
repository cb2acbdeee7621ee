"""`weekly` as it is typed: a part for each organisation, a few lines for a chat, what cannot go together."""

import json
from pathlib import Path

import pytest

from plantrack.cli.app import main
from plantrack.services.verbs.demo import WEEK
from tests.conftest import Hands, Run


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
