"""The terminal: no line is wider than the page, and colours say nothing that words do not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plantrack.i18n.words import Words
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views import list as tasks
from tests.support.documents import REPORTS, TITLES, printed, titled_list

VI, EN = Words("vi"), Words("en")


@pytest.mark.no_cover
@pytest.mark.parametrize("width", [20, 40, 80, 140])
@pytest.mark.parametrize("report", REPORTS)
def test_a_terminal_is_never_overflowed(report: str, width: int) -> None:
    for words in (VI, EN):
        for line in printed(REPORTS[report](words), "table", width, words=words).split("\n"):
            assert cell_width(line) <= width, line


@pytest.mark.parametrize("report", REPORTS)
def test_colour_adds_nothing_but_colour(report: str) -> None:
    bare = printed(REPORTS[report](VI), "table")
    coloured = printed(REPORTS[report](VI), "table", colour=True)
    lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n")]
    assert "\n".join(lines) == bare
    assert "\x1b[" in coloured or report == "db"


def test_a_sign_or_a_word_says_what_a_colour_says() -> None:
    text = printed(REPORTS["list"](VI), "table")
    assert "quá 21 ngày" in text
    assert "⚠ vướng mắc" in text


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = printed(REPORTS["list"](VI), "table", colour=True)
    for name, value in {"COLUMNS": "33", "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": "0"}.items():
        monkeypatch.setenv(name, value)
    assert printed(REPORTS["list"](VI), "table", colour=True) == before


@given(TITLES)
def test_any_title_fits_the_terminal(title: str) -> None:
    view = titled_list(title)
    for one_line in (False, True):
        text = printed(tasks.document(view, VI, one_line=one_line), "table")
        assert max(map(cell_len, text.split("\n"))) <= 80


#: Signs of which Rich, terminals and the program say each another width.
EMOJI = ("⚠\ufe0f", "❤\ufe0f", "1\ufe0f\u20e3", "🇻🇳", "👍🏽")


@given(TITLES | st.sampled_from(EMOJI).map(lambda sign: sign * 40), st.sampled_from([80, 140]))
def test_a_line_is_one_line_whatever_its_texts_are(title: str, width: int) -> None:
    text = printed(tasks.document(titled_list(title), VI, one_line=True), "table", width)
    rows = text.partition("─\n")[2].split("\n")
    assert rows[0].split()[:2] == ["1", "ND3.1"]
    assert rows[1].startswith(("Xem đủ chữ", "Không đủ chỗ", "1 nhiệm vụ"))
