"""`person rename`, `merge` and `set` as they are typed: told, answered in JSON, asked about."""

import json

import pytest

from plantrack.cli import standard_input
from plantrack.cli.session import Session
from tests.conftest import Run
from tests.support.answers import answered, task


@pytest.fixture
def two_people(run: Run) -> Run:
    run("add", "Một", "--area", "3", "--to", "An")
    run("add", "Hai", "--area", "3", "--to", "Bình")
    return run


def test_a_name_is_told_with_how_many_tasks_follow(two_people: Run) -> None:
    ended = two_people("--lang", "en", "person", "rename", "An", "Lê An")
    assert (ended.code, ended.out) == (0, "Lê An\n")
    assert "An is called Lê An from now on" in ended.err
    assert "1 task has the new name" in ended.err
    assert task(two_people, "1")["in_charge"] == ["Lê An"]


def test_the_log_says_who_was_renamed(two_people: Run) -> None:
    two_people("person", "rename", "An", "Lê An")
    assert "An · Tên: An → Lê An" in two_people("log").out
    (change,) = answered(two_people, "log")[-1:]
    assert (change["party"], change["field"], change["old"], change["new"]) == ("An", "name", "An", "Lê An")
    assert "đổi tên người phụ trách" in two_people("undo").err
    assert task(two_people, "1")["in_charge"] == ["An"]


def test_a_merge_is_refused_where_nobody_can_be_asked(two_people: Run) -> None:
    ended = two_people("person", "merge", "An", "Bình")
    assert (ended.code, "[merge-not-asked]" in ended.err) == (4, True)
    assert task(two_people, "1")["in_charge"] == ["An"]
    assert two_people("person", "merge", "An", "Bình", "--yes").code == 0
    assert task(two_people, "1")["in_charge"] == ["Bình"]
    assert [line["name"] for line in answered(two_people, "person", "list")] == ["Bình"]


@pytest.mark.parametrize("is_yes", [True, False])
def test_a_merge_is_asked_at_the_keyboard(
    two_people: Run, monkeypatch: pytest.MonkeyPatch, is_yes: bool
) -> None:
    two_people("person", "set", "Bình", "--organisation", "ubdt")
    asked: list[str] = []

    def says_yes(_: Session, question: str) -> bool:
        asked.append(question)
        return is_yes

    monkeypatch.setattr(standard_input, "can_ask", lambda: True)
    monkeypatch.setattr(standard_input, "says_yes", says_yes)
    ended = two_people("person", "merge", "An", "Bình")
    assert "“An” là của “Bình (UBDT)”" in asked[0]
    assert (ended.code, task(two_people, "1")["in_charge"]) == ((0, ["Bình"]) if is_yes else (4, ["An"]))


def test_particulars_are_answered_and_listed(two_people: Run) -> None:
    given = ("--email", "an@vi-du.vn", "--left", "1/8/2024", "--sort-name", "Ân", "--login", "an")
    ended = two_people("person", "set", "An", *given, "--organisation", "ubdt", "--format", "json")
    assert json.loads(ended.out)["data"] == [
        {
            "name": "An", "sort_name": "Ân", "organisation": "ubdt", "email": "an@vi-du.vn", "login": "an",
            "left_on": "2024-08-01",
        }
    ]  # fmt: skip
    listed = two_people("person", "list").out
    assert "an@vi-du.vn" in listed
    assert "01/08/2024" in listed
    assert "Thôi công tác từ" in listed
    again = two_people("person", "set", "An", "--email", "an@vi-du.vn")
    assert (again.code, "không ghi gì" in again.err) == (0, True)
    two_people("person", "set", "An", "--email", "", "--login", "", "--left", "")
    assert "Địa chỉ thư" not in two_people("person", "list").out
    for none in ("none", "không"):
        two_people("person", "set", "An", "--left", "1/8/2024")
        ended = two_people("person", "set", "An", "--left", none, "--format", "json")
        assert json.loads(ended.out)["data"][0]["left_on"] is None


def test_a_part_of_a_name_in_a_filter_is_said_in_full(two_people: Run) -> None:
    two_people("person", "rename", "An", "Lê Thị An")
    ended = two_people("--lang", "en", "list", "to:an", "lead:dan toc")
    assert '“to:an” was read as "to:Lê Thị An"' in ended.err
    assert "“lead:dan toc” was read as lead:ubdt" in ended.err
    assert "lead:ubdt" in ended.out


def test_a_part_of_a_name_in_where_is_said_in_full_too(two_people: Run) -> None:
    two_people("person", "rename", "An", "Lê Thị An")
    ended = two_people("--lang", "en", "update", "--where", "to:an", "-p", "10")
    assert (ended.code, ended.out) == (0, "1\n")
    assert "Lê Thị An" in ended.err
