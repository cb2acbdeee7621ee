"""What the summaries share on the command line: filters told, both languages, an exit code for monitors."""

import re

import pytest

from plantrack.cli.session import Session
from plantrack.cli.summary_options import CONDITIONS, conditions, fail_when, in_languages
from plantrack.errors import Exit, Failure
from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.typed.vietnamese_names import FLAGS
from plantrack.render.layout.blocks import Document, Heading
from tests.conftest import Run


def test_both_languages_in_one_document(july: Run) -> None:
    for command in (["report", "--period", "2024-07"], ["weekly", "--week", "2024-W28"]):
        vi, en = (july(*command, "--lang", one, "--format", "md").out for one in ("vi", "en"))
        both = july(*command, "--lang", "vi,en", "--format", "md").out
        assert both.startswith(vi.rstrip("\n"))
        rest = both.removeprefix(vi.rstrip("\n")).strip()
        assert rest == re.sub("^#", "##", en.strip(), flags=re.MULTILINE)
        reverse = july(*command, "--lang", "en,vi", "--format", "md").out
        assert reverse.startswith(en.rstrip("\n"))
        assert july(*command, "--lang", "vi,vi", "--format", "md").out == vi


@pytest.mark.parametrize(
    "command", [["report", "--period", "2024-07"], ["weekly", "--week", "2024-W28"], ["list"]]
)
def test_a_monitor_gets_exit_1_and_the_output_all_the_same(command: list[str], july: Run) -> None:
    printed = july(*command)
    for asked in ("overdue", "blocked", "overdue,stale"):
        ended = july(*command, "--fail-on", asked)
        assert (ended.code, ended.out) == (1, printed.out)
    assert july(*command, "--fail-on", "stale").code == 0
    assert july(*command, "--fail-on", "stale", "--fail-on", "blocked").code == 1
    wrong = july(*command, "--fail-on", "late")
    assert (wrong.code, wrong.out) == (2, "")
    assert "unknown-condition" in wrong.err


def test_a_filter_decides_what_a_monitor_looks_at(july: Run) -> None:
    assert july("list", "area:5", "--all", "--fail-on", "overdue").code == 0
    assert july("weekly", "--week", "2024-W28", "area:5", "--fail-on", "overdue").code == 0


@pytest.mark.no_cover
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


def test_no_hit_repeats_the_filter_and_the_nearest(run: Run) -> None:
    run("add", "--from-plan")
    assert "Gần nhất: qua-han" in run("list", "quahan").out
    for command in ("progress", "progress --programme"):
        assert "“quahan”. Gần nhất: qua-han" in run(*command.split(), "quahan").out
    for command in ("weekly", "report"):
        assert "“quahan”. Gần nhất: qua-han" in run(command, "quahan").err


@pytest.mark.no_cover
@pytest.mark.parametrize("typed", ["hoàn thành", "hoan-thanh", "done", "DONE"])
def test_a_state_that_finds_nothing_as_a_text_is_named_as_the_filter(run: Run, typed: str) -> None:
    for command in ("list", "progress"):
        assert "Gần nhất: status:done" in run(command, typed).out
        assert "Gần nhất: status:done" in run(command, *typed.split()).out


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, ()),
        (["overdue,blocked", "stale"], ("overdue", "blocked", "stale")),
        (["qua-han", "Quá hạn"], ("overdue", "overdue")),
        (["vuong-mac"], ("blocked",)),
    ],
)
def test_conditions_are_read_as_filters_read_their_flags(
    given: list[str] | None, read: tuple[str, ...]
) -> None:
    assert conditions(given) == read


@pytest.mark.parametrize(("typed", "near"), [("overdu", ("overdue",)), ("xyz", ())])
def test_an_unknown_condition_is_refused_with_the_nearest(typed: str, near: tuple[str, ...]) -> None:
    with pytest.raises(Failure) as caught:
        conditions([f"blocked,{typed}"])
    assert caught.value.code == "unknown-condition"
    assert caught.value.params == {"condition": typed, "near": near}


def test_a_flag_of_filters_that_says_nothing_for_a_monitor_is_no_condition() -> None:
    others = set(FLAGS) - set(CONDITIONS)
    assert others
    for flag in others:
        with pytest.raises(Failure, match="unknown-condition"):
            conditions([flag])


@pytest.mark.parametrize(
    ("wanted", "counts", "code"),
    [
        ((), Counts(open_overdue=2, blocked=1), Exit.DONE),
        (("overdue",), Counts(done_late=2), Exit.DONE),
        (("overdue",), Counts(open_overdue=1), Exit.FOUND),
        (("stale", "blocked"), Counts(blocked=1), Exit.FOUND),
        (("stale", "blocked"), Counts(open_overdue=1), Exit.DONE),
    ],
)
def test_the_exit_code_says_whether_there_is_any_of_what_was_asked(
    wanted: tuple[str, ...], counts: Counts, code: Exit
) -> None:
    session = Session()
    fail_when(session, wanted, counts)
    assert session.exit_code == code


def test_one_language_leaves_a_document_as_it_is() -> None:
    def document(words: Words) -> Document:
        return Document(words.language, (), ())

    session = Session()
    session.options["lang"] = "en"
    assert in_languages(session, document) is document
    session.options["lang"] = "en,vi"
    both = in_languages(session, document)(Words("vi"))
    assert (both.title, both.blocks) == ("en", (Heading("vi", language="vi"),))
