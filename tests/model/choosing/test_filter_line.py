"""A filter in one line, split into its terms."""

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.choosing.filter_line import split_filter
from plantrack.model.text import quoted


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("area:ND3 overdue", ["area:ND3", "overdue"]),
        ('to:"Ví Thị Lan" overdue', ["to:Ví Thị Lan", "overdue"]),
        ('"to:Ví Thị Lan"', ["to:Ví Thị Lan"]),
        ("to:'Ví Thị Lan'", ["to:Ví Thị Lan"]),
        ("to:H'Nhuên  \t area:3", ["to:H'Nhuên", "area:3"]),
        ('to:"Ksor H\'Nhuên"', ["to:Ksor H'Nhuên"]),
        ('to:"Ví A","Ví B"', ["to:Ví A,Ví B"]),
        ('a"b', ['a"b']),
        ('text:""x', ["text:x"]),
    ],
)
def test_quotes_hold_a_term_together(line: str, terms: list[str]) -> None:
    assert split_filter(line) == terms


@pytest.mark.parametrize("line", ['to:"Ví', "'", '"', "area:3 'qua han", '"a" "b'])
def test_a_quote_that_stays_open_is_refused_where_it_stands(line: str) -> None:
    with pytest.raises(Failure) as caught:
        split_filter(line)
    assert caught.value.code == "filter-quote"
    column = caught.value.params["column"]
    assert isinstance(column, int)
    assert line[column - 1] in "\"'"


@pytest.mark.parametrize("line", ["", " ", "\t\u00a0", '""', "'' \"\""])
def test_an_empty_filter_is_refused(line: str) -> None:
    with pytest.raises(Failure) as caught:
        split_filter(line)
    assert caught.value.code == "filter-empty"


@given(st.lists(st.from_regex(r"[a-z:,ưạ0-9]+( [a-zđ0-9]+)?", fullmatch=True), min_size=1))
def test_terms_are_split_as_a_shell_and_as_a_filter_is_printed(terms: list[str]) -> None:
    line = " ".join(map(quoted, terms))
    assert split_filter(line) == terms == shlex.split(line)


HOSTILE = (
    "$(touch x)",
    "`x`",
    "a'b",
    'it\'s "x"',
    'h"D3',
    "a\\b",
    "!!",
    "''",
    "~/x",
    "#x",
    "a;b",
    "a|b",
    "*",
    "H'Nhuên",
    "'\"'\"'",
)


@given(
    st.lists(st.sampled_from(HOSTILE) | st.text("ab \"'$`\\!#~", min_size=1).filter(str.strip), min_size=1)
)
def test_a_term_is_one_word_to_a_shell_and_to_a_filter_whatever_it_holds(terms: list[str]) -> None:
    line = " ".join(map(quoted, terms))
    assert split_filter(line) == terms == shlex.split(line)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_a_shell_runs_nothing_in_a_term() -> None:
    line = " ".join(map(quoted, HOSTILE))
    said = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True
    )
    assert tuple(said.stdout.splitlines()) == HOSTILE
    assert said.stderr == ""


@given(st.text())
def test_any_line_is_split_or_refused(line: str) -> None:
    try:
        assert all(split_filter(line)) or '""' in line or "''" in line
    except Failure as failure:
        assert failure.code in ("filter-quote", "filter-empty")
