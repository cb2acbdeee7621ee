"""One run of the program: where, who, in which language, in which form, how wide."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from plantrack.cli.session import Session
from plantrack.errors import Failure
from plantrack.render.layout.text_width import cell_width
from plantrack.store.sqlite.connection import connect
from tests.conftest import Run
from tests.support.oracle import all_commands
from tests.support.processes import shell
from tests.support.terminal import on_terminal

LONG = "Việc có tên rất dài để xem lời đáp được ngắt dòng theo từ trên một màn hình hẹp"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "args",
    [
        ["add", LONG, "--area", "3", "--due", "5/1/2024"],
        ["add", LONG, "--area", "9"],
        ["list", "--areo"],
        ["finish"],
    ],
)
def test_talk_is_broken_at_words_on_a_terminal(workspace: Path, args: list[str], language: str) -> None:
    wide = on_terminal(workspace, "--lang", language, *args, "--width", "1000")
    narrow = on_terminal(workspace, "--lang", language, *args, "--width", "50")
    lines = narrow.replace("\r", "").split("\n")
    assert max(map(cell_width, lines)) <= 50
    assert len(lines) > len(wide.split("\n"))
    if args[0] != "add" or "9" in args:  # the same again adds another task
        assert narrow.split() == wide.split()


def test_talk_in_a_pipe_is_whole(run: Run) -> None:
    assert LONG in run("add", LONG, "--area", "3", "--width", "40").err


def test_the_language_is_asked_for_else_the_plan_s(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("progress").out.startswith("Tiến độ")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert run("progress").out.startswith("Tiến độ"), "the plan's, whatever the locale"
    assert "Usage" in run("list", "--help").out, "help opens no database"
    monkeypatch.setenv("PLANTRACK_LANG", "vi")
    assert "Cách dùng" in run("list", "--help").out
    assert run("--lang", "en", "progress").out.startswith("Progress")


def test_a_workspace_is_found_from_a_folder_inside_it(run: Run, workspace: Path) -> None:
    inside = workspace / "a" / "b"
    inside.mkdir(parents=True)
    assert run("-C", str(inside), "list").code == 0


def test_no_workspace(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    ended = run("list")
    assert ended.code == 3
    assert "plantrack init" in ended.err


@pytest.mark.parametrize(
    "args",
    [
        ["list"], ["progress"], ["add", "x", "--area", "3"], ["weekly", "--format", "json"],
        ["report", "--format", "csv"], ["weekly", "--output", "a.xlsx"], ["weekly", "--format", "ics"], ["help"],
    ],
)  # fmt: skip
def test_two_languages_elsewhere_are_refused(args: list[str], run: Run) -> None:
    ended = run(*args, "--lang", "vi,en")
    assert ended.code == 2
    assert "one-language" in ended.err


@pytest.mark.parametrize("lang", ["vi,fr", "vi,", ",", "vien"])
def test_a_language_that_there_is_not_is_refused(lang: str, run: Run) -> None:
    ended = run("weekly", "--lang", lang)
    assert ended.code == 2
    assert "unknown-language" in ended.err


@pytest.mark.parametrize("verb", ["list", "plan check", "weekly"])
@pytest.mark.parametrize("file", ["plantrack.db", "plans/kh-468-2024.yaml", "plans/../plantrack.db", "link"])
def test_no_answer_is_written_over_what_it_is_made_from(workspace: Path, verb: str, file: str) -> None:
    (workspace / "link").symlink_to("plantrack.db")
    own = [workspace / "plantrack.db", workspace / "plans/kh-468-2024.yaml"]
    before = [part.read_bytes() for part in own]
    done = shell(f"$P {verb} --format json --output {file}", workspace)
    assert (done.returncode, "[output-is-source]" in done.stderr) == (2, True), done.stderr
    assert [part.read_bytes() for part in own] == before


def asked(**options: Any) -> Session:
    """Return a session in which some options were given."""
    session = Session()
    session.options.update(options)
    session.command = "list"
    return session


# The form.


@pytest.mark.parametrize(
    ("options", "form"),
    [
        ({}, "plain"),
        ({"output": "a.md"}, "md"),
        ({"output": "A.HTM"}, "html"),
        ({"output": "a.b/x.txt"}, "plain"),
        ({"output": "w-{period}.xlsx"}, "xlsx"),
        ({"output": "a.md", "format": "csv"}, "csv"),
        ({"output": "/dev/stdout"}, "plain"),
        ({"output": "/dev/stdout", "format": "json"}, "json"),
    ],
)
def test_the_form_is_asked_for_else_that_of_the_file_else_for_eyes(
    options: dict[str, str], form: str
) -> None:
    assert asked(**options).format == form
    assert asked(**options).wants_json is (form == "json")


def refused(session: Session, *formats: str, two_languages: bool = False) -> Failure:
    """Return what is refused of a session before anything is done."""
    with pytest.raises(Failure) as caught:
        session.check(formats, two_languages=two_languages)
    return caught.value


def test_a_form_that_a_command_does_not_have_is_refused_with_those_it_has() -> None:
    for options in ({"format": "ics"}, {"output": "a.ics"}):
        failure = refused(asked(**options), "plain", "json")
        assert (failure.code, failure.params["near"]) == ("unknown-format", ("plain", "json"))
    asked(output="a.ics").check(("ics",))


def test_an_ending_that_says_nothing_is_refused_with_those_that_do() -> None:
    failure = refused(asked(output="a.pdf"), "plain", "md", "docx")
    assert (failure.code, failure.params) == (
        "unknown-ending", {"file": "a.pdf", "endings": (".md", ".docx", ".txt")},
    )  # fmt: skip
    asked(output="a.pdf", format="md").check(("md",))


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "ics"])
def test_two_languages_go_where_a_command_has_them_and_into_documents_only(form: str) -> None:
    assert refused(asked(lang="vi,en"), "plain").params == {"command": "list"}
    assert refused(asked(lang="vi,en", format=form), form, two_languages=True).code == "one-language"
    asked(lang="vi,en", format="docx").check(("docx",), two_languages=True)
    asked(lang="vi,vi").check(("plain",))


# The language.


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LC_MESSAGES": "vi_VN", "LC_ALL": "en_US"}, "en"),
        ({"LC_ALL": "fr_FR", "LANG": "en_GB"}, "vi"),
        ({"LC_ALL": "", "LANG": "en_GB"}, "en"),
        ({"LANG": "vi_VN", "PLANTRACK_LANG": "en"}, "en"),
    ],
)
def test_without_a_plan_the_language_is_that_of_the_settings_else_of_the_locale(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Session().words.language == language


def test_what_is_asked_for_comes_before_the_plan_s_and_that_before_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "vi_VN")
    session = Session()
    session.language = "en"
    assert session.words.language == "en"
    session.options["lang"] = "vi"
    assert session.words.language == "vi"


def test_languages_are_each_named_once_in_any_spelling() -> None:
    assert asked(lang="EN, vi ,en").languages == ("en", "vi")
    assert asked().languages == ()
    with pytest.raises(Failure) as caught:
        _ = asked(lang="vi,fr").languages
    assert caught.value.params == {"language": "fr", "near": ("vi", "en")}
    assert asked(lang="fr").words_for_failing.language == "vi"


# Who, and where.


def test_who_is_at_work_is_said_else_set_else_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(author=" Lê  Văn A ").author == "Lê Văn A"
    assert asked().author == "Người thử"
    monkeypatch.delenv("PLANTRACK_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "le")
    assert asked().author == "le"


def test_where_nothing_tells_nobody_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.delenv("PLANTRACK_USER")
    monkeypatch.setattr("getpass.getuser", nobody)
    assert asked().author == ""


def test_who_typed_for_another_is_kept_and_so_is_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "le")
    assert asked().typist == asked(author="Người thử").typist == (None, "le")
    assert asked(author="Lê Văn A").typist == ("Người thử", "le")
    monkeypatch.setenv("PLANTRACK_USER", "A\x1b[31m")
    assert asked(author="Lê Văn A").typist == ("le", "le"), "a name that cannot be stored is nobody's"
    monkeypatch.setattr("getpass.getuser", lambda: "\udc80")
    assert asked(author="Lê Văn A").typist == (None, None)


def test_every_way_to_record_says_who_typed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "le")
    for args in (["init"], ["plan", "apply", "--reason", "x"], ["add", "Họp", "--area", "3"]):
        assert run(*args, "-C", str(tmp_path), "--author", "Lê Văn A").code == 0
        if args == ["init"]:
            plan = next((tmp_path / "plans").glob("kh-*.yaml"))
            plan.write_text(plan.read_text("utf-8") + "# khác\n", "utf-8")
    with closing(connect(tmp_path / "plantrack.db")) as db:
        told = {(c.verb, c.author, c.entered_by, c.login) for c in all_commands(db)}
    assert told == {(verb, "Lê Văn A", "Người thử", "le") for verb in ("init", "plan apply", "add")}


def test_a_name_is_one_visible_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_USER", "A\x1b[31m")
    with pytest.raises(Failure, match="text-control"):
        _ = asked().author
    with pytest.raises(Failure, match="text-too-long"):
        _ = asked(author="x" * 201).author


def test_the_database_is_named_else_set_else_that_of_the_workspace(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(directory=str(workspace)).workspace().database == workspace / "plantrack.db"
    monkeypatch.setenv("PLANTRACK_DB", "set.db")
    assert asked().database_named == "set.db"
    assert asked(db="named.db").database_named == "named.db"


def test_whether_there_is_a_database_can_be_asked_anywhere(workspace: Path, tmp_path: Path) -> None:
    assert asked(directory=str(workspace)).has_database
    (workspace / "plantrack.db").unlink()
    assert not asked(directory=str(workspace)).has_database
    assert not asked(directory=str(tmp_path)).has_database


def test_a_session_goes_on_in_another_workspace_whatever_was_named(workspace: Path, made_once: Path) -> None:
    session = asked(directory=str(made_once), plan="kh-468-2024", lang="en")
    before = session.db()
    session.move_to(workspace)
    assert session.workspace().database == workspace / "plantrack.db"
    assert session.db() is not before
    assert set(session.options) == {"directory", "db", "lang"}
    session.close()


# What is told, and how wide.


def test_quiet_tells_nothing_and_prints_its_answer(capsys: pytest.CaptureFixture[str]) -> None:
    session = asked(quiet=True)
    session.tell("lời")
    session.put_labels(["1", "HN-2"])
    assert capsys.readouterr() == ("1\nHN-2\n", "")


def test_what_is_told_of_files_is_visible(capsys: pytest.CaptureFixture[str]) -> None:
    asked(lang="en").say("reply.file-written", file="a\x1b[2J.md")
    assert "a\\x1b[2J.md" in capsys.readouterr().err


@pytest.mark.parametrize("width", ["39", "1001", "-80", "8O", "", "９０", "00080"])
def test_a_width_that_is_none_is_refused_and_talk_goes_on_as_wide_as_the_terminal(width: str) -> None:
    assert refused(asked(width=width), "plain").code == "bad-number"
    assert asked(width=width).talk_width == asked().talk_width


@pytest.mark.parametrize("called", ["/x/bin/plantrack", "/x/plantrack/__main__.py"])
def test_a_command_to_be_pasted_stays_on_its_line(monkeypatch: pytest.MonkeyPatch, called: str) -> None:
    monkeypatch.setattr("plantrack.deliver.streams.is_terminal", lambda _: True)
    monkeypatch.setattr("sys.argv", [called])
    line = f"""    {asked().words.command('plantrack edit 12 --title "' + "dài " * 30 + '"')}"""
    told = asked(width="40").laid_out(f"{'lời ' * 20}\n{line}").split("\n")
    assert (told[-1], max(map(len, told[:-1]))) == (line, 39)


def test_a_width_is_as_asked() -> None:
    assert [asked(width=width).width for width in ("40", "0100", "1000")] == [40, 100, 1000]
    assert asked().width == 80


def test_there_is_no_colour_but_on_a_terminal_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not asked().colour
    monkeypatch.setattr("plantrack.deliver.streams.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    assert asked().colour
    assert not asked(no_color=True).colour
    monkeypatch.setenv("TERM", "dumb")
    assert not asked().colour
    monkeypatch.setenv("TERM", "xterm")
    assert not asked(output="a.txt").colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not asked().colour


@pytest.mark.parametrize(
    ("told", "in_a_pipe", "on_a_terminal"),
    [
        ({}, False, True),
        ({"NO_COLOR": ""}, False, True),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, False, True),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, False, True),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_as_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], in_a_pipe: bool, on_a_terminal: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert asked().colour is in_a_pipe
    monkeypatch.setattr("plantrack.deliver.streams.is_terminal", lambda _: True)
    assert asked().colour is on_a_terminal
    assert not asked(no_color=True).colour


def test_no_answer_replaces_a_database(run: Run, workspace: Path) -> None:
    """Whatever it is called, whosever it is."""
    with closing(sqlite3.connect(workspace / "table.csv")) as driver:
        driver.execute("CREATE TABLE t (x)")
    before = (workspace / "table.csv").read_bytes()
    for typed in (["list"], ["export"], ["log"]):
        ended = run(*typed, "--output", "table.csv")
        assert (ended.code, "[output-over-database]" in ended.err) == (4, True), ended.err
    assert (workspace / "table.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["plans/places/x.yaml", "shared.YML", "plans/{period}.yaml"])
def test_no_answer_is_written_over_what_a_plan_may_include(run: Run, workspace: Path, name: str) -> None:
    file = workspace / name.replace("{period}", "2024-W30")
    file.parent.mkdir(exist_ok=True)
    file.write_text("places: []", "utf-8")
    ended = run("weekly", "--week", "2024-W30", "--format", "md", "--output", name)
    assert (ended.code, "[output-is-source]" in ended.err) == (2, True)
    assert file.read_text("utf-8") == "places: []"
