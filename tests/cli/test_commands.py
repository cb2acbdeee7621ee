"""The table of commands: what there is, what each may be printed as, which options it shares."""

import unicodedata
from importlib import import_module

import pytest

from plantrack.cli.commands import (
    COMMANDS,
    EVERYWHERE,
    SHORT_FORMS,
    Option,
    in_vietnamese,
    members,
    path_meant,
    shared_options,
)
from plantrack.cli.typer_adapter import load, params_of
from plantrack.model.typed.vietnamese_names import OPTIONS
from plantrack.render.formats import FORMS


def names(options: list[Option]) -> list[str]:
    """Return the long names of options."""
    return [option.long for option in options]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_function(path: str) -> None:
    entry = COMMANDS[path]
    assert callable(getattr(import_module(f"plantrack.cli.verbs.{entry.module}"), entry.function))


def test_a_group_has_its_commands_in_order_and_the_program_each_name_once() -> None:
    assert members("plan") == ["check", "show", "diff", "apply", "log", "new", "carry-over", "schema"]
    top = members("")
    assert len(top) == len(set(top))
    assert top[:3] == ["init", "demo", "plan"]
    assert members("add") == members("pl") == []


def test_what_reads_is_printed_in_every_form_and_what_writes_as_labels_or_json() -> None:
    assert set(COMMANDS["show"].all_formats) == {*FORMS, "json", "html", "docx"}
    assert COMMANDS["add"].all_formats == ("plain", "json")
    assert COMMANDS["cron"].all_formats == ("plain", "crontab", "service", "timer", "schtasks")
    assert {"csv", "xlsx", "ics"} <= set(COMMANDS["list"].all_formats)


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("list", ["--as-of", "--known-at", "--format", "--output"]),
        ("plan apply", ["--author", "--format"]),
        ("add", ["--dry-run", "--expect", "--yes", "--author", "--format"]),
        ("done", ["--where", "--dry-run", "--expect", "--yes", "--author", "--format"]),
        ("plan check", ["--format", "--output"]),
        ("cron", ["--format", "--output"]),
        ("init", ["--author"]),
        ("help", []),
    ],
)
def test_commands_of_a_kind_share_options(path: str, shared: list[str]) -> None:
    assert names(shared_options(COMMANDS[path])) == shared


def test_the_words_of_format_tell_what_a_command_has_more_than_others() -> None:
    words = {
        path: {option.name: option.help for option in shared_options(COMMANDS[path])}["format"]
        for path in ("show", "log", "list", "plan check", "cron", "add")
    }
    assert words == {
        "show": "opt.format",
        "log": "opt.book_format",
        "list": "opt.calendar_format",
        "plan check": "opt.check_format",
        "cron": "opt.cron_format",
        "add": "opt.answer",
    }


def test_only_some_short_forms_are_told_why() -> None:
    with_reason = [verb for verb in SHORT_FORMS if "reason" not in COMMANDS[verb].without]
    assert with_reason == ["reopen", "drop"]


def test_what_takes_a_text_may_have_several_words_and_not_the_other_way_round() -> None:
    def option(metavar: str) -> Option:
        return Option("x", ["--x"], metavar, "", is_flag=not metavar)

    taken = {
        metavar: (option(metavar).takes_text, option(metavar).takes_words)
        for metavar in ("TEXT", "DATE", "N", "")
    }
    assert taken == {"TEXT": (True, True), "DATE": (False, True), "N": (False, False), "": (False, False)}


def test_a_command_is_named_in_either_language_in_any_spelling() -> None:
    assert path_meant(["them"]) == path_meant(["thêm"]) == path_meant(["add"]) == "add"
    assert path_meant(["danh", "sách"]) == path_meant(["danh-sach"]) == path_meant(["Danh sách"]) == "list"
    assert path_meant(["plan", "ap-dung"]) == path_meant(["ke", "hoach", "áp", "dụng"]) == "plan apply"
    assert path_meant([unicodedata.normalize("NFD", "tiến-độ")]) == "progress"
    assert path_meant(["ke-hoach"]) == "plan"
    assert path_meant(["ke-hoach", "them"]) is path_meant(["ap-dung"]) is path_meant([]) is None


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_every_long_option_has_a_vietnamese_name_of_its_own(path: str) -> None:
    assert path_meant(in_vietnamese(path).split()) == path
    for option in params_of(load(path).params).options:
        longs = [name for name in option.names if name.startswith("--")]
        assert longs == [option.long, f"--{OPTIONS[option.long[2:]]}"]


def test_what_every_command_takes_is_shared_and_flags_have_no_value() -> None:
    assert all(option.is_shared for option in EVERYWHERE)
    assert [o.name for o in EVERYWHERE if o.is_flag] == ["quiet", "no_color", "no_pager", "version"]
