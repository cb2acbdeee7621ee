"""What is said of the way to a server, and of a password that others can read."""

import json
from pathlib import Path

import pytest

from plantrack.model.views.workspace import StoragePlace
from plantrack.store.postgres import connection
from tests.faults.processes import inside
from tests.support.office import Office

_PASSWORD = "s3cr3t"


@pytest.fixture(autouse=True)
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of a user's states."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "states"))


@pytest.fixture
def far(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose server is far away."""
    place = StoragePlace("server-in-clear", "may.example", office.database)
    monkeypatch.setattr(connection, "far_place", lambda *_: place)
    return office


def test_a_server_of_this_machine_is_not_told_of(office: Office) -> None:
    assert office.run("list").err == ""


def test_an_unsafe_way_is_told_once_a_day_and_in_the_state(far: Office) -> None:
    said = [far.run("list", "--lang", "en").err.count("is not encrypted") for _ in range(2)]
    assert said == [1, 0]
    assert "may.example" in far.run("db", "status").out
    told = json.loads(far.run("db", "status", "--format", "json").out)
    assert told["data"]["place"] == {"kind": "server-in-clear", "name": "may.example", "folder": far.database}


def test_where_no_talk_is_wanted_it_is_not_told(far: Office) -> None:
    assert far.run("list", "--quiet").err == ""


def with_password(office: Office) -> str:
    return office.address().replace("postgres@", f"postgres:{_PASSWORD}@")


#: Commands that tell where the database is, or fail.
TELLING = (
    ("list",),
    ("list", "--format", "json"),
    ("db", "status"),
    ("db", "status", "--format", "json"),
    ("db", "check"),
    ("db", "upgrade"),
    ("db", "backup", "sao.db"),
    ("cron",),
    ("show", "99"),
    ("add", "Họp", "--area", "3", "--dry-run"),
)


def test_no_password_is_shown_and_who_typed_it_is_warned(office: Office) -> None:
    for words in TELLING:
        ended = office.run(*words, at=with_password(office))
        assert _PASSWORD not in ended.out + ended.err, words
        assert ".pgpass" in ended.err, words


def test_what_only_the_environment_knows_is_not_warned_of(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_DB", with_password(office))
    ended = inside(office.folder, ("list",))
    assert (ended.code, ended.err) == (0, "")
