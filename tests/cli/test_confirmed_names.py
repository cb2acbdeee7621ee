"""A part of a name that is about to be written is read back in full at the keyboard, and written after a yes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.cli import confirmed_names
from plantrack.cli.session import Session
from tests.conftest import Run
from tests.support.answers import task
from tests.support.terminal import on_terminal

Asked = list[str]


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Asked]:
    """Let every question at a keyboard be answered alike; what was asked is kept."""

    def answering(is_yes: bool) -> Asked:
        asked: Asked = []

        def says_yes(_: Session, question: str) -> bool:
            asked.append(question)
            return is_yes

        monkeypatch.setattr(confirmed_names, "can_ask", lambda: True)
        monkeypatch.setattr(confirmed_names, "says_yes", says_yes)
        return asked

    return answering


@pytest.fixture
def lan(run: Run) -> Run:
    """A task of Lan, of the women's union, and two more."""
    run("add", "Một", "--area", "3", "--to", "Ví Thị Lan")
    run("person", "set", "Ví Thị Lan", "--organisation", "hlhpn")
    run("add", "Hai", "--area", "3")
    return run


def test_after_a_yes_the_full_name_is_written(lan: Run, keyboard: Callable[[bool], Asked]) -> None:
    asked = keyboard(True)
    assert lan("assign", "2", "--to", "lan", "--lead", "dan toc", "--with", "phu nu").code == 0
    shown = task(lan, "2")
    assert (shown["in_charge"], shown["lead"], shown["coordinating"]) == (["Ví Thị Lan"], ["ubdt"], ["hlhpn"])
    assert asked == [
        "“lan” là một phần của tên “Ví Thị Lan (Hội LHPN Việt Nam)”. Dùng tên đó? [c/K]",
        "“dan toc” là một phần của tên “Uỷ ban Dân tộc” (ubdt). Dùng đơn vị đó? [c/K]",
        "“phu nu” là một phần của tên “Hội Liên hiệp Phụ nữ Việt Nam” (hlhpn). Dùng đơn vị đó? [c/K]",
    ]


def test_after_a_no_it_is_refused_and_nothing_is_written(lan: Run, keyboard: Callable[[bool], Asked]) -> None:
    for given, code in (("--to", "person-in-part"), ("--lead", "organisation-in-part")):
        asked = keyboard(False)
        ended = lan("assign", "2", given, "lan" if given == "--to" else "dan toc")
        assert (ended.code, f"[{code}]" in ended.err, len(asked)) == (2, True, 1)
    assert task(lan, "2")["lead"] == task(lan, "2")["in_charge"] == []


def test_what_is_whole_new_or_of_several_is_not_asked_about(
    lan: Run, keyboard: Callable[[bool], Asked]
) -> None:
    lan("add", "Ba", "--area", "3", "--to", "Hồ Thị", "--new-person")
    asked = keyboard(True)
    assert lan("assign", "2", "--to", "Ví Thị Lan", "--lead", "UBDT").code == 0
    assert lan("assign", "2", "--to", "lan", "--new-person").code == 0
    assert "[person-ambiguous]" in lan("assign", "3", "--to", "Thị").err
    assert "[unknown-organisation]" in lan("assign", "3", "--lead", "xyz").err
    assert "[organisation-not-person]" in lan("assign", "2", "--to", "ubdt").err
    assert asked == []


def test_it_is_asked_wherever_a_name_is_written(lan: Run, keyboard: Callable[[bool], Asked]) -> None:
    asked = keyboard(True)
    assert lan("add", "Ba", "--area", "3", "--to", "lan", "--lead", "dan toc").code == 0
    assert lan("unassign", "1", "--to", "lan").code == 0
    assert lan("person", "set", "Ví Thị Lan", "--organisation", "dan toc").code == 0
    assert lan("org", "set", "dan toc", "--email", "a@vi-du.vn").code == 0
    assert lan("org", "add", "uy-ban", "Uỷ ban", "--same-as", "dan toc").code == 0
    assert len(asked) == 6


def test_nobody_is_asked_without_a_terminal(lan: Run) -> None:
    assert "[person-in-part]" in lan("assign", "2", "--to", "lan").err
    assert "[organisation-in-part]" in lan("assign", "2", "--lead", "dan toc").err
    assert "[name-in-part]" in lan("unassign", "1", "--to", "lan").err


def test_on_a_real_terminal(lan: Run, workspace: Path) -> None:
    seen = on_terminal(workspace, "assign", "2", "--lead", "phu nu", "--on", "28/7/2024", typed="c\n")
    assert "“Hội Liên hiệp Phụ nữ Việt Nam” (hlhpn)" in seen.replace("\r\n", " ")
    assert task(lan, "2")["lead"] == ["hlhpn"]
    on_terminal(workspace, "assign", "2", "--to", "lan", typed="\n")
    assert task(lan, "2")["in_charge"] == []
