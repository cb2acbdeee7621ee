"""`update` and its short forms as they are typed."""

import json

from tests.conftest import Run


def test_an_update_of_many_is_one_command_or_none(run: Run) -> None:
    run("add", "Họp", "--area", "3")
    assert run("update", "1", "99", "-p", "5").code == 3
    assert json.loads(run("show", "1", "--format", "json").out)["data"][0]["percent"] is None
