"""`member` as it is typed."""

import json
import shlex

import pytest

from tests.conftest import Run
from tests.support.examples import examples_of
from tests.support.offices import Office


@pytest.mark.parametrize("command", ["member add", "member list", "member remove"])
def test_each_example_works_on_a_server(office: Office, command: str) -> None:
    """The organisation is one of the plan there; who comes and goes is `la`, and what names another server is left out."""
    for line in examples_of(command, "vi"):
        words = [
            {"binh": "la", "hlhpn": "hn"}.get(word, word) for word in shlex.split(line.split(" --db ")[0])[1:]
        ]
        if words[:2] == ["member", "remove"]:
            office.run("lan", "member", "add", "la", "--role", "viewer")
        assert office.run("lan", *words) == 0, line
    office.run("lan", "member", "remove", "la")


def test_it_says_what_they_were_before(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("lan", "thanh-vien", "them", "la", "--vai-tro", "bao-cao", "--don-vi", "hn") == 0
    assert "la is a member now: reporter (Tỉnh HN)" in capsys.readouterr().err
    assert office.run("lan", "member", "add", "la", "--role", "viewer") == 0
    assert "la: viewer, before that reporter (Tỉnh HN)" in capsys.readouterr().err
    assert office.run("lan", "member", "add", "la", "--role", "viewer") == 0
    assert "la has that role already: viewer" in capsys.readouterr().err
    assert office.run("lan", "member", "remove", "la") == 0
    ended = capsys.readouterr()
    assert "la is no member any more, before that viewer" in ended.err
    assert ended.out == "la\n"


def test_in_json_they_are_as_recorded(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("xem", "member", "list", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["data"]
    assert {"login": "binh", "role": "reporter", "organisation": "hn", "person": None} in rows


def test_a_file_has_none(run: Run) -> None:
    told = run("member", "list", "--lang", "en")
    assert (told.code, "[server-only]" in told.err) == (2, True)
