"""The state of the database in words and for programs."""

import json
from typing import Any

from plantrack.i18n.words import Words
from plantrack.render.formats import render
from plantrack.render.views.db import data, document
from tests.support.factory import make_db

VI, EN = Words("vi"), Words("en")


def lines(words: Words = EN, **changes: Any) -> list[str]:
    text = render(document(make_db()._replace(**changes), words), "plain", words, width=80, colour=False)
    return [" ".join(line.split()) for line in text.rstrip().split("\n")]


def test_numbers_and_moments_are_as_the_reader_writes_them() -> None:
    assert "Size 1,234,567 bytes" in lines()
    assert any("1.234.567" in line for line in lines(VI))
    assert any("00:00 ngày 22/07/2024" in line for line in lines(VI))


def test_each_plan_has_its_line() -> None:
    plans = (("kh-2024", 2024, 2), ("kh-2025", 2025, 1))
    assert [line for line in lines(plans=plans) if line.startswith("Plan ")] == [
        "Plan kh-2024, revision 2", "Plan kh-2025, revision 1"
    ]  # fmt: skip


def test_an_empty_database_has_no_moments() -> None:
    empty = lines(first_moment=None, last_moment=None, plans=())
    assert f"First command {EN('log.nothing')}" in empty
    assert f"Last command {EN('log.nothing')}" in empty


def test_whether_it_can_be_written_and_what_was_checked() -> None:
    sound = lines(checks=("integrity", "foreign_keys"), writable=False)
    assert f"Can be written {EN('no.alone')}" in sound
    assert "Checks no damage found (integrity, foreign_keys)" in sound


def test_what_a_path_hides_is_seen() -> None:
    assert any("\\x1b" in line for line in lines(file="/tmp/a\x1b[31m.db"))


def test_json_has_plans_as_objects_and_each_check() -> None:
    shown = data(make_db()._replace(checks=("integrity",)), VI)
    assert shown["plans"] == [{"id": "kh-468-2024", "year": 2024, "revision": 2}]
    assert shown["checks"] == {"integrity": "ok"}
    assert json.loads(json.dumps(shown)) == shown
