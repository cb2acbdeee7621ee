"""Which tests are on a server once more, and wait for the run of the slow proofs."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.support.engines import once_more_on_a_server


def made(name: str, folder: str = "services", **values: str) -> Any:
    callspec = SimpleNamespace(params=values)
    return SimpleNamespace(
        nodeid=f"{name}[{values}]", path=Path("tests", folder, "test_x.py"), callspec=callspec
    )


def test_of_the_services_only_the_first_value_is_on_a_server_each_time() -> None:
    first, other = made("one", engine="postgres", day="1/7"), made("two", engine="postgres", day="1/7")
    again = made("one", engine="postgres", day="2/7")
    in_files = [made("one", engine="sqlite", day=day) for day in ("1/7", "2/7")]
    of_the_store = [made("one", "store", engine="postgres", day=day) for day in ("1/7", "2/7")]
    bare = SimpleNamespace(nodeid="three", path=Path("tests", "services", "test_x.py"))
    assert [*once_more_on_a_server([*in_files, first, *of_the_store, again, other, bare])] == [again]  # type: ignore[list-item]
