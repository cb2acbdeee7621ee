"""`add` as it is typed: each option is a fact of the task, titles may come from standard input."""

import io
import json
from pathlib import Path

import pytest

from tests.conftest import Ended, Run, dump
from tests.support.answers import task


def test_a_command_that_writes_answers_with_labels_alone(run: Run) -> None:
    added = run("add", "Họp", "rà", "soát", "--area", "3")
    assert added.out == "1\n"
    assert "Họp rà soát" in added.err
    assert run("add", "--from-plan").out.split() == [str(n) for n in range(2, 14)]


def test_an_answer_in_json_has_the_tasks(run: Run) -> None:
    told = json.loads(run("add", "Họp", "--area", "3", "--format", "json").out)
    assert (told["command"], told["plan"], told["error"]) == ("add", "kh-468-2024", None)
    assert [t["label"] for t in told["data"]] == ["1"]


def test_each_option_is_a_fact_of_the_task(run: Run) -> None:
    run(
        *("add", "Họp", "--activity", "3.1", "--lead", "ubdt", "--with", "hlhpn", "--to", "An,Bình"),
        *("--due", "30/9/2024", "--start", "1/9/2024", "--priority", "high", "--deliverable", "Báo cáo"),
        *("--place", "Kon Tum", "--tag", "a,b", "--tag", "c", "--on", "30/7/2024"),
    )
    made = task(run, "1")
    facts = {
        "title": "Họp", "area": "ND3", "activity": "ND3.1", "lead": ["ubdt"], "coordinating": ["hlhpn"],
        "in_charge": ["An", "Bình"], "due": "2024-09-30", "start": "2024-09-01", "priority": "high",
        "deliverable": "Báo cáo", "places": ["Kon Tum"], "tags": ["a", "b", "c"], "opened_on": "2024-07-30",
    }  # fmt: skip
    assert {name: made[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("more", "other"),
    [
        (["Họp"], "TITLE"),
        (["--with", "ubdt"], "--with"),
        (["--to", "An"], "--to"),
        (["--place", "x"], "--place"),
        (["--tag", "x"], "--tag"),
        (["--due", "30/9"], "--due"),
        (["--new-person"], "--new-person"),
    ],
)
def test_what_the_plan_gives_takes_nothing_else_and_it_is_named_as_it_was_typed(
    run: Run, workspace: Path, more: list[str], other: str
) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("add", "--from-plan", *more, "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert f"--from-plan cannot go together with {other}." in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_a_person_who_is_known_in_part_is_new_only_when_it_is_said(run: Run) -> None:
    run("add", "Một", "--area", "3", "--to", "Ví Thị Lan")
    assert "[person-in-part]" in run("add", "Hai", "--area", "3", "--to", "Lan").err
    assert run("add", "Hai", "--area", "3", "--to", "Lan", "--new-person").out == "2\n"
    assert task(run, "2")["in_charge"] == ["Lan"]


# --- one for each organisation ---


def test_one_for_each_organisation_is_led_by_it(run: Run) -> None:
    ended = run("--lang", "en", "add", "Báo", "cáo", "--area", "7", "--for-each", "level:central")
    assert ended.out == "1\n2\n"
    assert ended.err.count("Lead: ") == 2
    assert [task(run, n)["lead"] for n in "12"] == [["ubdt"], ["hlhpn"]]
    assert run("undo").code == 0


@pytest.mark.parametrize(
    ("more", "code", "exit_code"),
    [
        (("--for-each", "level:central", "--lead", "ubdt"), "options-exclude", 2),
        (("--for-each", "level:central", "--from-plan"), "options-exclude", 2),
        (("--for-each", "level:province"), "for-each-finds-nothing", 3),
        (("--for-each", "cấp tỉnh"), "unknown-organisation-field", 2),
        (("--for-each", "level:central", "--expect", "3"), "expect-differs", 4),
        (("--expect", "2"), "expect-differs", 4),
        (("--for-each", "level:central", "--with", "ubdt"), "both-roles-named", 4),
    ],
)
def test_what_cannot_be_added_for_each_changes_nothing(
    run: Run, workspace: Path, more: tuple[str, ...], code: str, exit_code: int
) -> None:
    before = dump(workspace / "plantrack.db")
    ended = run("add", *([] if "--from-plan" in more else ["Họp"]), "--area", "7", *more)
    if "--from-plan" in more:
        ended = run("add", *more)
    assert (ended.code, ended.out) == (exit_code, "")
    assert f"[{code}]" in ended.err
    assert dump(workspace / "plantrack.db") == before


def test_more_than_twenty_for_each_are_asked_about(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(workspace / "plantrack.db")

    def lines(*more: str) -> Ended:
        titles = "".join(f"Việc {n}\n" for n in range(11))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(titles.encode())))
        return run("add", "-", "--area", "7", *more)

    assert "[many-tasks]" in lines("--for-each", "level:central").err
    assert lines("--for-each", "level:central", "--dry-run").code == 0
    assert dump(workspace / "plantrack.db") == before
    assert len(lines("--for-each", "level:central", "--yes", "--expect", "22").out.split()) == 22


def test_the_number_of_activities_without_a_task_can_be_expected(run: Run) -> None:
    assert "[expect-differs]" in run("add", "--from-plan", "--expect", "11").err
    assert run("add", "--from-plan", "--expect", "12", "--dry-run").code == 0
    assert len(run("add", "--from-plan", "--expect", "12").out.split()) == 12
