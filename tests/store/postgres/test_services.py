"""A service that is not there is told with the file that it would be in, and with those that are."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.dialling import dial


@pytest.mark.parametrize(
    ("file", "reason", "near"),
    [
        (None, "no service at all", ()),
        ("", "no service at all", ()),
        ("[ke-hoch]\nx\n", 'syntax error in service file "{file}", line 2', ()),
        ("[other]\nhost=may\n", "no such service", ()),
        ("[ke-hoach]\nhost=may\n", "no such service", ("ke-hoach",)),
    ],
)
def test_a_service_that_is_not_there_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str | None, reason: str, near: tuple[str, ...]
) -> None:
    services = tmp_path / "services.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    if file is not None:
        services.write_text(file, "utf-8")
    with pytest.raises(Failure, match="unknown-service") as caught:
        dial(DatabaseAddress("postgresql:///kh?service=ke-hoch"), 2)
    told = caught.value.params
    assert told["reason"] == reason.format(file=services)
    assert (told["services"], told.get("near", ())) == (str(services), near)


def test_it_is_looked_for_where_libpq_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGSERVICEFILE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(Failure, match="unknown-service") as caught:
        dial(DatabaseAddress("postgresql:///?service=kh"), 2)
    assert caught.value.params["services"] == str(tmp_path / ".pg_service.conf")
