"""`progress` as it is typed: by what, which tasks are behind a number, the years of a programme."""

import csv
import io

import pytest

from plantrack.model.typed.vietnamese_names import GROUPINGS
from tests.conftest import Run
from tests.support.answers import answered


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_rows_are_by_what_is_asked(july: Run, by: str) -> None:
    told = answered(july, "progress", "--by", by)
    assert told["by"] == by
    assert told["total"]["total"] == 3
    assert july("progress", "--by", by).code == 0


def test_without_it_they_are_the_areas(july: Run) -> None:
    told = answered(july, "progress")
    assert (told["by"], [row["key"] for row in told["rows"]]) == ("area", [f"ND{n}" for n in range(1, 8)])


@pytest.mark.parametrize(("typed", "near"), [("aera", "area"), ("màu", "")])
def test_another_grouping_is_refused_with_the_nearest(run: Run, typed: str, near: str) -> None:
    ended = run("progress", "--by", typed)
    assert (ended.code, ended.out) == (2, "")
    assert "[unknown-grouping]" in ended.err
    assert near in ended.err


def test_the_tasks_behind_the_numbers_are_named_when_asked_for(july: Run) -> None:
    assert "\nND3 Workshop and recommendations\n" not in july("progress", "--lang", "en").out
    explained = july("progress", "--explain", "--lang", "en").out
    assert "  - overdue 1: 1\n" in explained.partition("\nND3 Workshop and recommendations\n")[2]
    assert "labels" not in str(answered(july, "progress"))
    assert answered(july, "progress", "--explain") != answered(july, "progress")


def test_a_filter_counts_its_own_tasks_alone(july: Run) -> None:
    assert answered(july, "progress", "lead:ubdt")["total"]["total"] == 2


def test_the_table_as_csv_has_the_counts(july: Run) -> None:
    text = july("progress", "--format", "csv", "--lang", "en").out.removeprefix("\ufeff")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert (rows["ND2"]["Total"], rows["ND3"]["Overdue"]) == ("1", "1")


def test_a_programme_shows_its_years_and_goes_with_no_grouping(july: Run) -> None:
    assert "2024" in july("progress", "--programme").out
    assert answered(july, "progress", "--programme")["total"]["total"] == 3
    ended = july("progress", "--programme", "--by", "area")
    assert (ended.code, ended.out) == (2, "")
    assert "[options-exclude]" in ended.err


def test_words_that_were_taken_as_a_filter_are_told_of_a_programme_too(july: Run) -> None:
    assert "text:" in july("progress", "--programme", "qua", "han").err
