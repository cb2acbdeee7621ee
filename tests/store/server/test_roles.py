"""What a role lets do is known before anything is tried."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from plantrack.store.commands import Command
from plantrack.store.connection import Connection, ToldAtOpening
from plantrack.store.server.roles import is_own_report, may_write, refused


def at_work(role: str, command: str = "") -> Any:
    told = ToldAtOpening(login="binh", role=role)
    return cast(Connection, SimpleNamespace(name="x", refusal="", told=told, command=command))


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("", ("add", "person anonymise", "db copy"), ()),
        ("owner", ("add", "person anonymise", "db upgrade", "db copy"), ()),
        ("coordinator", ("add", "import", "member add"), ("person anonymise", "db upgrade", "db copy")),
        ("reporter", ("update", "done", "skip", "part", "undo"), ("add", "plan apply", "db upgrade")),
        ("viewer", (), ("update", "undo", "add", "db check")),
    ],
)
def test_each_role_has_its_commands(role: str, may: tuple[str, ...], may_not: tuple[str, ...]) -> None:
    for command, code in (*((one, "") for one in may), *((one, "not-permitted") for one in may_not)):
        assert may_write(role, command) is not bool(code), command


@pytest.mark.parametrize(
    ("command", "needed"),
    [("update", "reporter"), ("add", "coordinator"), ("bundle import", "coordinator"), ("db copy", "owner")],
)
def test_whoever_is_refused_is_told_which_role_it_needs(command: str, needed: str) -> None:
    told = refused(at_work("viewer", command))
    assert (told.code, told.params["role"], told.params["reason"]) == (
        "not-permitted",
        "viewer",
        f"needs {needed}",
    )
    assert refused(at_work("reporter", "undo"), "coordinator").params["reason"] == "needs coordinator"


def test_a_report_is_ones_own_by_the_login() -> None:
    report = Command("u", 1, "update", "binh", "m", None, "binh")
    assert is_own_report(at_work("reporter"), report)
    assert not is_own_report(at_work("reporter"), report._replace(login="lan"))
    assert not is_own_report(at_work("reporter"), report._replace(verb="add"))
