"""What is told once a day, and what is remembered of that."""

from pathlib import Path

import pytest

from plantrack.deliver.once_a_day import is_first_today


@pytest.fixture
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's states."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "plantrack" / "told"


def test_the_first_of_a_day_is_told_from_the_others(states: Path) -> None:
    days = ["2024-07-01", "2024-07-01", "2024-07-02", "2024-07-02"]
    assert [is_first_today("a", day) for day in days] == [True, False, True, False]
    assert is_first_today("b", "2024-07-02")
    assert {file.name[:10] for file in states.iterdir()} == {"2024-07-02"}, "other days are forgotten"


def test_only_its_user_sees_it_and_nothing_else_is_touched(states: Path) -> None:
    states.mkdir(parents=True)
    (states / "2024-06-01-của tôi").touch()
    is_first_today("/srv/kh", "2024-07-01")
    made = [file for file in states.iterdir() if file.name.startswith("2024-07-01")]
    assert [(file.stat().st_mode & 0o777, file.read_bytes()) for file in made] == [(0o600, b"")]
    assert "kh" not in made[0].name
    assert (states / "2024-06-01-của tôi").exists()


def test_where_nothing_can_be_remembered_it_is_told_again(
    states: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plantrack").write_bytes(b"")
    assert [is_first_today("a", "2024-07-01") for _ in range(2)] == [True, True]
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/không có")
    assert is_first_today("a", "2024-07-01")


def test_a_login_without_a_home_gets_no_folder_named_after_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert is_first_today("a", "2024-07-01")
    assert list(tmp_path.iterdir()) == []
