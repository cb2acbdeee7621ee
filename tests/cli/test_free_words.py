"""Free words of a filter on the command line: what is told of how they were read, and where."""

import json

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("command", ["list", "progress", "weekly", "report"])
def test_a_word_that_was_taken_as_a_filter_is_answered_with_the_way_out(run: Run, command: str) -> None:
    run("add", "--from-plan")
    told = run(command, "qua", "han", "UBDT", "--lang", "vi")
    assert told.code == 0
    assert "Bộ lọc: overdue org:ubdt" in told.out or "“overdue org:ubdt”" in told.out
    way_out = '“qua han”, “UBDT” được hiểu là bộ lọc overdue org:ubdt; để tìm theo từ ngữ, ghi text:"qua han" text:UBDT.'
    assert way_out in told.err
    assert "text:" not in run(command, "overdue", "org:ubdt").err
    assert run("--quiet", command, "qua", "han").err == ""


def test_the_way_out_is_told_beside_json(run: Run) -> None:
    told = run("list", "nd3", "--format", "json", "--lang", "en")
    assert json.loads(told.out)["data"] == []
    assert told.err == "Read “nd3” as the filter area:ND3; to search for the words, type text:nd3.\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("list 3", "`plantrack show 3`, `area:3`"),
        ("weekly W29", "`plantrack weekly --week 2024-W29`, `due:2024-W29`, `text:W29`"),
        ("report thang 7", '`plantrack report --period 2024-07`, `due:2024-07`, `text:"thang 7"`'),
        ("progress 21/7/2024", "`--as-of 2024-07-21`, `due:2024-07-21`"),
        ("progress --programme 2024", "`plantrack report --period 2024`, `due:2024`"),
    ],
)
def test_a_lone_number_day_or_period_is_refused_with_what_is_meant(run: Run, typed: str, meant: str) -> None:
    told = run(*typed.split())
    assert (told.code, told.out) == (2, "")
    assert "bare-value" in told.err
    assert meant in told.err


def test_what_is_printed_as_the_filter_can_be_typed_again(run: Run) -> None:
    run("add", "Quá hạn báo cáo", "--area", "3")
    assert "Bộ lọc: text:quá text:hạn" in run("list", "text:quá", "text:hạn").out
    assert 'Bộ lọc: "text:quá hạn"' in run("list", "text:quá hạn").out


def test_no_hit_repeats_the_filter_and_the_nearest(run: Run) -> None:
    run("add", "--from-plan")
    assert "Gần nhất: qua-han" in run("list", "quahan").out
    for command in ("progress", "progress --programme"):
        assert "“quahan”. Gần nhất: qua-han" in run(*command.split(), "quahan").out
    for command in ("weekly", "report"):
        assert "“quahan”. Gần nhất: qua-han" in run(command, "quahan").err


@pytest.mark.parametrize("typed", ["hoàn thành", "hoan-thanh", "done", "DONE"])
def test_a_state_that_finds_nothing_as_a_text_is_named_as_the_filter(run: Run, typed: str) -> None:
    for command in ("list", "progress"):
        assert "Gần nhất: status:done" in run(command, typed).out
        assert "Gần nhất: status:done" in run(command, *typed.split()).out


def test_english_titles_are_searched_when_english_is_asked_for(run: Run) -> None:
    run("add", "--from-plan")
    assert "Bộ lọc: workshop" not in run("list", "workshop").out
    assert "Filter: workshop" in run("list", "workshop", "--lang", "en").out
