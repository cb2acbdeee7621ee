"""The command line as Typer reads it, with its failures in our words."""

import json
import unicodedata
from typing import Any

import pytest

from plantrack.cli.commands import COMMANDS
from plantrack.cli.session import Session
from plantrack.cli.typer_adapter import load, params_of, parse
from plantrack.errors import Failure
from tests.conftest import Run
from tests.support.command_lines import parse as command_of


def test_quiet_says_nothing_but_the_answer(run: Run) -> None:
    assert run("--quiet", "add", "Họp", "--area", "3") == (0, "1\n", "")


@pytest.mark.parametrize("path", COMMANDS)
def test_quiet_is_short_for_every_command(path: str) -> None:
    quiet = next(option for option in params_of(load(path).params).options if option.name == "quiet")
    assert quiet.names == ["-q", "--quiet", "--im-lang"]


@pytest.mark.parametrize("args", [("-q", "list", "qua", "han"), ("list", "qua", "han", "-q"), ("list", "-q", "nd3"),
                                  ("plan", "-q", "check"), ("add", "Họp", "--area", "3", "-q")])  # fmt: skip
def test_quiet_is_short_before_and_after_the_command(run: Run, args: tuple[str, ...]) -> None:
    ended = run(*args)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out != ""
    assert run("update", "1", "--note", "-q").code == 2


def test_globals_stand_before_or_after_the_command(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("--lang", "en", "list").out == run("list", "--lang", "en").out != run("list").out


def test_alone_the_program_gives_an_overview(run: Run) -> None:
    ended = run()
    assert (ended.code, ended.err) == (0, "")
    assert "plantrack demo" in ended.out


def parsed(*args: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Return the values of a command's own options, those in the session, and the command."""
    session = Session()
    own = parse(args, session)
    return own, session.options, session.command


def test_values_go_to_the_command_and_what_all_share_into_the_session() -> None:
    own, shared, command = parsed(
        "--lang", "en", "add", "Họp", "tổ", "--area=3", "--to", "An", "--to", "Bình", "--author", "Lê", "-q"
    )  # fmt: skip
    assert command == "add"
    given = {name: value for name, value in own.items() if value}
    assert {n: list(v) if n in ("title", "to") else v for n, v in given.items()} == {
        "title": ["Họp", "tổ"],
        "area": "3",
        "to": ["An", "Bình"],
    }
    assert shared == {"lang": "en", "author": "Lê", "quiet": True}


def test_of_what_all_share_the_one_typed_last_counts() -> None:
    assert parsed("--lang", "vi", "list", "--lang", "en", "--width", "50", "--width", "60")[1] == {
        "lang": "en",
        "width": "60",
    }


def test_a_vietnamese_line_is_read_as_the_english_one_in_any_spelling() -> None:
    english = parsed("add", "Họp", "--area", "3", "--due=30/9", "--to", "An", "-q", "--lang", "vi")
    for line in (
        "them Họp --noi-dung 3 --han=30/9 --phu-trach An --im-lang --ngon-ngu vi",
        "thêm Họp --nội-dung 3 --hạn=30/9 --phụ-trách An -q --ngôn-ngữ=vi",
        "--ngon-ngu vi THEM Họp -a 3 -d 30/9 -t An -q",
    ):
        assert parsed(*line.split()) == english
        nfd = unicodedata.normalize("NFD", line.replace("Họp", "X")).replace("X", "Họp")
        assert parsed(*nfd.split()) == english
    assert parsed("danh sách", "qua-han") == parsed("list", "qua-han")
    assert parsed("ke-hoach", "nhật ký") == parsed("plan", "log")


def test_the_english_verb_is_recorded_whatever_was_typed(run: Run) -> None:
    run("them", "Họp", "--noi-dung", "3")
    run("xóa", "1", "--ly-do", "nhập trùng")
    changes = json.loads(run("log", "--dang", "json").out)
    assert changes["command"] == "log"
    assert {change["verb"] for change in changes["data"]} == {"init", "add", "remove"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("danh-sach --toi-da x", "--toi-da"),
        ("list -n x", "-n"),
        ("list --limit x", "--limit"),
        ("progress --chuong-trinh --theo area", "--theo"),
        ("--thu-muc= list", "--thu-muc"),
        ("danh-sach --da-ghi-den=", "--da-ghi-den"),
        ("gia-han 1 --han", "--han"),
        ("cap-nhat 1 --ghi-chu --vuong-mac", "--vuong-mac"),
        ("list --bề-rộng 3", "--bề-rộng"),
        ("list --be-rog 3", "--be-rong"),
    ],
)
def test_a_failure_names_an_option_as_it_was_typed(run: Run, line: str, named: str) -> None:
    ended = run(*line.split())
    assert ended.code == 2
    assert named in ended.err


def test_commands_of_a_group_are_found_under_it() -> None:
    assert command_of("plantrack plan apply a.yaml --dry-run") == "plan apply"
    assert command_of("plantrack -q indicator --lang en list") == "indicator list"
    with pytest.raises(Failure) as caught:
        command_of("plantrack plan aply")
    assert caught.value.params == {"verb": "aply", "near": ("plan apply",)}


@pytest.mark.parametrize(
    ("path", "writes"), [("list", False), ("add x --area 1", True), ("undo", True), ("init", False)]
)
def test_only_what_records_asks_who_is_at_work(path: str, writes: bool) -> None:
    session = Session()
    parse(path.split(), session)
    assert session.writes is writes


@pytest.mark.parametrize("verb", ["done", "start"])
def test_a_short_form_without_a_reason_has_no_such_option(verb: str) -> None:
    assert "reason" not in {option.name for option in params_of(load(verb).params).options}
    assert "reason" in {option.name for option in params_of(load("drop").params).options}


@pytest.mark.parametrize(
    ("line", "code", "params"),
    [
        ("lisst", "unknown-verb", {"verb": "lisst", "near": ("list",)}),
        ("add x --areo 3", "unknown-option", {"option": "--areo", "near": ("--area",)}),
        ("add x -area", "unknown-option", {"option": "-area", "near": ("--area",)}),
        ("add x -to=An", "unknown-option", {"option": "-to", "near": ("--to",)}),
        ("-plan kh list", "unknown-option", {"option": "-plan", "near": ("--plan",)}),
        ("add x -x", "unknown-option", {"option": "-x", "near": ()}),
        ("--widht 50 list", "unknown-option", {"option": "--widht", "near": ("--width",)}),
        ("add x --area", "option-needs-value", {"option": "--area"}),
        ("list --all=yes", "option-takes-no-value", {"option": "--all"}),
        ("list --db", "option-needs-value", {"option": "--db"}),
        ("--directory= list", "option-needs-value", {"option": "--directory"}),
        ("extend 1 --due 30/9", "missing-option", {"option": "--reason"}),
        ("show", "missing-argument", {"argument": "ID..."}),
        ("undo c1 c2", "unexpected-argument", {"argument": "c2"}),
        ("update 1 --note --unblocked", "option-swallowed", {"option": "--note", "value": "--unblocked"}),
        ("--lang --db list", "option-swallowed", {"option": "--lang", "value": "--db"}),
        ("update 1 -r a -r b", "text-twice", {"option": "-r"}),
        ("add x --format md", "unknown-format", {"format": "md", "near": ("plain", "json")}),
    ],
)
def test_what_does_not_parse_is_one_of_our_failures(line: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(Failure) as caught:
        parsed(*line.split(" "))
    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_group_alone_shows_what_it_has_and_says_that_a_command_is_missing(run: Run) -> None:
    ended = run("plan", "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert "[missing-verb]" in ended.err


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_of_a_command_has_a_name_of_its_own(path: str) -> None:
    names = [name for option in params_of(load(path).params).options for name in option.names]
    assert len(names) == len(set(names))
    assert {"--directory", "--lang"} <= set(names)


def test_a_word_behind_a_value_is_named_where_it_turns_out_to_be_no_task(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    ended = run("extend", "1", "--due", "cuối", "tháng", "--reason", "x")
    assert "[text-torn]" in ended.err
    assert run("extend", "1", "--due", "30/9/2024", "--reason", "x").code == 0
