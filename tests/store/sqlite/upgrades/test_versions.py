"""Databases that each version wrote itself, with work in it, brought up to date: nothing is wrong, and the answers stay.

`versions/` has a file of each version that a workspace may have, and what that version's own program answered:
made by the last commit of the version, with the same commands as far as it had them. Whoever raises the version adds
the file of the one before; none is ever made over.
"""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from plantrack.store.connection import SCHEMA_VERSION
from tests.conftest import Hands, Run
from tests.support.folders import files

VERSIONS = Path(__file__).with_name("versions")
#: What only the program itself is in.
NOT_COMPARED = "provenance"


def unpacked(version: int, ending: str) -> bytes:
    return gzip.decompress((VERSIONS / f"version-{version}.{ending}.gz").read_bytes())


def test_each_version_before_has_its_file() -> None:
    names = {f"version-{n}.{ending}.gz" for n in range(1, SCHEMA_VERSION) for ending in ("db", "json")}
    assert {*files(VERSIONS)} == names


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_what_a_version_wrote_is_read_as_it_read_it(
    version: int, run: Run, clock: Hands, tmp_path: Path
) -> None:
    clock.set("2026-11-29")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plantrack.db").write_bytes(unpacked(version, "db"))
    upgraded = run("-C", str(tmp_path), "db", "upgrade")
    assert upgraded.code == 0, upgraded.err
    checked = run("-C", str(tmp_path), "db", "check")
    assert checked.code == 0, checked.out
    answers = json.loads(unpacked(version, "json"))
    assert len(answers) > 10
    for answer in answers:
        now = run("-C", str(tmp_path), *answer["args"], "--lang", "en", "--format", "json")
        assert now.code == 0, now.err
        assert as_told(json.loads(now.out)["data"], answer["data"]) == in_any_order(answer["data"])


def as_told(now: Any, then: Any) -> Any:
    """Return an answer of now without the keys that that of then does not have: those it has stay for ever."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: as_told(now[key], then[key]) for key in then if key != NOT_COMPARED}
    if isinstance(now, list) and isinstance(then, list) and then:
        if isinstance(then[0], dict) and "command" in then[0] and "verb" in then[0]:
            return in_any_order([{key: one[key] for key in then[0]} for one in now])
        return [as_told(a, b) for a, b in zip(now, then, strict=True)]
    return now


def in_any_order(then: Any) -> Any:
    """Return an answer whose commands may come in another order: the newest came first once."""
    if isinstance(then, dict):
        return {key: in_any_order(value) for key, value in then.items() if key != NOT_COMPARED}
    if isinstance(then, list) and then and isinstance(then[0], dict) and "verb" in then[0]:
        return Counter(json.dumps(one, sort_keys=True) for one in then)
    return [in_any_order(one) for one in then] if isinstance(then, list) else then
