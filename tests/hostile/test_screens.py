"""Where texts are looked at and typed again: terminals, pagers, shells, editors, browsers, mail."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.completion.candidates import fitting, plain
from plantrack.cli.completion.shell_words import ShellWord, for_bash
from plantrack.cli.form_text import FormEntry, form_text, read_form
from plantrack.model.text import quoted
from tests.browser.chromium import Chromium, found
from tests.hostile.outputs import missing, read_mail, read_screen
from tests.hostile.texts import MARK, TEXTS, as_line, as_text
from tests.hostile.workspace import KeptTexts, build, made
from tests.support.mail_server import serving
from tests.support.terminal import on_screen

pytestmark = [pytest.mark.no_cover, pytest.mark.slow]

HEADERS = (
    *("Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type"),
    "Content-Language",
)
LINES = [line for own in TEXTS if (line := as_line(own.text))]
#: On a screen of 500 columns a title is cut behind so many.
SHOWN = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTRACK_USER", "Người thử")
        made_in = tmp_path_factory.mktemp("screens") / "w"
        build(made_in)
        yield made_in


@pytest.fixture(scope="module")
def kept(folder: Path) -> list[KeptTexts]:
    from tests.hostile.workspace import kept_texts

    return kept_texts()


def test_a_terminal_obeys_nothing_but_colours(folder: Path, kept: list[KeptTexts]) -> None:
    screen = on_screen(
        folder, "list", "--all", "--no-pager", "--width", "500", env={"COLUMNS": "500"}, size=(50, 500)
    )
    assert screen.code == 0
    short = [own.line for own in kept if len(own.line) < SHOWN and "\t" not in own.line]
    assert missing(short, [read_screen(screen.seen)]) == []


def test_a_pager_is_given_nothing_that_a_terminal_obeys(folder: Path, kept: list[KeptTexts]) -> None:
    pager = f"cat > {folder}/paged"
    seen = on_screen(
        folder, "list", "--all", env={"PLANTRACK_PAGER": pager, "COLUMNS": "300"}, size=(10, 300)
    )
    assert seen.code == 0
    paged = (folder / "paged").read_text("utf-8")
    assert missing([own.line for own in kept if len(own.line) < SHOWN // 2], [read_screen(paged)]) == []
    (folder / "paged").unlink()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("way", ["completed", "printed"])
def test_a_shell_runs_nothing_of_a_word(way: str, tmp_path: Path) -> None:
    """What is completed is put into the line, and what is printed to be typed again is copied into one."""
    write = quoted if way == "printed" else lambda line: for_bash(line, ShellWord())
    script = tmp_path / "words.sh"
    script.write_text("printf '%s\\0' " + " ".join(map(write, LINES)), "utf-8")
    done = subprocess.run(["bash", str(script)], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").split("\0")[:-1] == LINES
    assert done.stderr == b""
    assert [path.name for path in tmp_path.iterdir()] == ["words.sh"]


def test_what_is_offered_is_a_word_a_line() -> None:
    offered = fitting(plain(LINES), "", "").found
    assert not [value for value, _ in offered if "\n" in value or "\t" in value]


def test_an_editor_shows_each_text_so_that_it_comes_back() -> None:
    fields = [
        FormEntry(name, label, (name, label))
        for name, label in (("result", "Kết quả"), ("next", "Tiếp theo"))
    ]
    for text in filter(None, (as_text(own.text) for own in TEXTS)):
        filled = [one._replace(value=text) for one in fields]
        assert read_form(form_text(text, filled), filled) == {"result": text, "next": text}


def test_mail_has_no_header_and_no_receiver_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plantrack.cli.app import main
    from tests.hostile.workspace import NOW

    to = "a@example.org"
    with serving() as server:
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("PLANTRACK_MAIL_FROM", "Tổng hợp <t@example.org>")
        names = [line.replace(",", " ").replace("<", "").replace(">", "").replace('"', "") for line in LINES]
        sent = 0
        for n, name in enumerate(names[::60]):
            week = ["weekly", "--week", "2024-W29", f"tag:{MARK}", "--quiet"]
            mail = ["--mail-to", f"{name} <{n}{to}>"]
            sent += main(["-C", str(folder), *week, *mail], lambda: NOW) == 0
        assert (
            main(["-C", str(folder), "-q", "weekly", "--week", "2024-W29", "--mail-to", to], lambda: NOW) == 0
        )
        taken = server.handler.taken
    assert len(taken) == sent + 1
    for receiver, data in taken:
        assert receiver.endswith(to)
        read_mail(data, HEADERS, receiver)


@pytest.mark.slow
@pytest.mark.skipif(found() is None, reason="no Chromium or Chrome on the PATH")
@pytest.mark.parametrize("args", [["list", "--all"], ["weekly", "--week", "2024-W29", "priority:high"]])
def test_a_browser_runs_nothing_and_asks_for_nothing(folder: Path, tmp_path: Path, args: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(made(folder, "html", *args))
    with Chromium(tmp_path / "profile") as browser:
        browser.open(page)
        assert MARK not in browser.run("document.title")
        assert (
            browser.run(
                "document.querySelectorAll('script, img, iframe, object, embed, form, a[href^=http]').length"
            )
            == 0
        )
        cells = browser.run("[...document.querySelectorAll('td, th, li')].map(e => e.textContent)")
        assert browser.errors() == []
        assert browser.requests() == [page.as_uri()]
        assert not [line for line in browser.listener.weeks_heard if MARK in line]
    assert missing(["<script>document.title='pwned'</script>"] if "list" in args else [], cells) == []
