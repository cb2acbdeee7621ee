"""Words that people type for a command."""

import pytest

from plantrack.cli.commands import COMMANDS, path_meant
from plantrack.cli.synonyms import SYNONYMS, commands_meant
from plantrack.i18n.words import Words
from tests.conftest import Run


def test_synonyms_lead_to_commands_and_are_none() -> None:
    for word, command in SYNONYMS.items():
        assert word not in COMMANDS
        assert path_meant([word]) is None
        assert command in COMMANDS or command == "help plan-file"
        assert commands_meant(word.split()) == (word, (command,))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("close 3", "done"), ("finish 3", "done"), ("finished 3", "done"), ("Hoàn thành 3", "done"),
        ("hoan tat 3", "done"), ("comment 3", "update"), ("note 3", "update"), ("tien do", "tien-do"),
        ("báo cáo", "bao-cao"), ("báo cáo tuần", "weekly"), ("tìm họp", "list"), ("search họp", "list"),
        ("delete 3", "remove"), ("rm 3", "remove"), ("apply", "plan apply"), ("plan aply", "plan apply"),
        ("lisst", "list"), ("danhsach", "danh-sach"), ("ap-dung", "plan apply"), ("plan ap dung", "ke-hoach ap-dung"),
    ],
)  # fmt: skip
def test_a_word_for_a_command_leads_to_it(run: Run, typed: str, command: str) -> None:
    for language in ("vi", "en"):
        ended = run("--lang", language, *typed.split())
        assert ended.code == 2
        assert Words(language)("hint.near.unknown-verb", near=command) in ended.err


@pytest.mark.parametrize("typed", ["xyz", "zzzz", "q"])
def test_what_is_near_to_nothing_is_offered_nothing(run: Run, typed: str) -> None:
    assert Words("vi")("hint.near.unknown-verb", near="").split("`")[0] not in run(typed).err


def test_the_manual_knows_them_too(run: Run) -> None:
    assert "done" in run("help", "hoàn", "thành").err


@pytest.mark.parametrize(
    ("typed", "group", "meant"),
    [
        ("qua han 3", "", ("qua han", ("list",))),
        ("TÌM kiếm họp", "", ("TÌM kiếm", ("list",))),
        ("apply", "", ("apply", ("plan apply",))),
        ("carry over", "", ("carry", ("plan carry-over",))),
        ("indicator", "", ("indicator", ("indicator",))),
        ("aply x", "plan", ("aply", ("plan apply",))),
        ("lisst", "indicator", ("lisst", ("indicator list",))),
        ("danh sách 3", "", ("danh sách", ("danh-sach",))),
        ("carry over x", "plan", ("carry over", ("plan carry-over",))),
        ("chuyển tiếp", "plan", ("chuyển tiếp", ("ke-hoach chuyen-tiep",))),
        ("zzzz", "", ("zzzz", ())),
    ],
)
def test_the_longest_words_that_mean_a_command_come_first(
    typed: str, group: str, meant: tuple[str, tuple[str, ...]]
) -> None:
    assert commands_meant(typed.split(), group) == meant


def test_in_a_group_words_for_other_commands_mean_nothing() -> None:
    assert commands_meant(["close"], "plan") == ("close", ())
    assert commands_meant(["validate"], "plan")[1] == ()
