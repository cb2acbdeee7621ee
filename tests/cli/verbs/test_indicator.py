"""`indicator` as it is typed: what was measured is recorded, told and listed."""

from pathlib import Path

import pytest

from plantrack.i18n.words import Words
from tests.conftest import Run
from tests.support.answers import answered
from tests.support.plan_edits import PLAN, swap


@pytest.fixture
def measured(workspace: Path, run: Run) -> Run:
    """A plan with the indicator `so-lop` of ND3.1."""
    line = '        indicators: [{id: "so-lop", title: {vi: "Số lớp", en: "Classes"}, unit: "lớp", target: 20}]\n'
    swap(workspace, '      - code: "ND3.1"\n', '      - code: "ND3.1"\n' + line, PLAN)
    assert run("plan", "apply").code == 0
    return run


EN = Words("en")
RECORD = ("indicator", "record", "so-lop")


def test_what_is_recorded_is_answered_and_told_in_words(measured: Run) -> None:
    ended = measured("--lang", "en", *RECORD, "12,5", "--period", "Q2", "--label", "nữ", "--label", "trẻ em")
    assert ended.out == "so-lop\n"
    assert "“Classes” (nữ, trẻ em), Q2 2024: 12.5 lớp" in ended.err
    assert "c3" in ended.err
    assert "Số lớp" in measured(*RECORD, "12,5", "--period", "Q2").err


def test_in_json_it_is_the_value_that_was_recorded(measured: Run) -> None:
    (value,) = answered(measured, *RECORD, "7", "--period", "Q2", "--told-by", "Lê A", "--on", "30/7/2024")
    facts = {"indicator": "so-lop", "period": "2024-Q2", "value": 7, "on": "2024-07-30", "told_by": "Lê A"}
    assert {name: value[name] for name in facts} == facts


def test_another_value_of_the_same_takes_its_place_and_it_is_said(measured: Run) -> None:
    measured(*RECORD, "7", "--period", "Q2")
    again = measured("--lang", "en", *RECORD, "8", "--period", "Q2")
    assert EN("reply.indicator-instead", value="7") in again.err
    other = measured("--lang", "en", *RECORD, "9", "--period", "Q1")
    assert EN("reply.indicator-instead", value="7")[:12] not in other.err


def test_the_latest_is_listed_or_every_period(measured: Run) -> None:
    for value, period in (("7", "Q1"), ("8", "Q2")):
        measured(*RECORD, value, "--period", period)
    latest, every = (measured("indicator", "list", *more, "--lang", "en").out for more in ([], ["--all"]))
    assert ("Q2 2024" in latest, "Q1 2024" in latest) == (True, False)
    assert "Q2 2024" in every
    assert "Q1 2024" in every
    (shown,) = answered(measured, "indicator", "list", "so-lop")
    assert [value["value"] for value in shown["values"]] == [7, 8], "a script gets all of it"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((*RECORD, "nhiều", "--period", "Q2"), 2),
        ((*RECORD, "7", "--period", "xyz"), 2),
        ((*RECORD, "7"), 2),
        (("indicator", "record", "so-lp", "7", "--period", "Q2"), 3),
        (("indicator", "list", "so-lp"), 3),
    ],
)
def test_what_cannot_be_recorded_or_listed_is_refused(
    measured: Run, args: tuple[str, ...], code: int
) -> None:
    ended = measured(*args)
    assert (ended.code, ended.out) == (code, "")
