"""What is wrong with a history, in words."""

import re
from pathlib import Path

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.history_fault import HistoryFault
from plantrack.render.layout.history_faults import fault_data, fault_worded, warning
from plantrack.store.checks import quick_look
from plantrack.store.sealing import history_check

SOURCES = "".join(Path(module.__file__ or "").read_text("utf-8") for module in (history_check, quick_look))
KINDS = sorted(
    {*re.findall(r'"((?:row|seal|command|task|value)-[a-z]+|counter|document|schema)"', SOURCES)} - {"value"}
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_words(kind: str, language: str) -> None:
    said = fault_worded(HistoryFault(kind, "task", "c3", "4", "x\x1b[2J", "title"), Words(language))
    assert "c3" in said and "4" in said and "\x1b" not in said and "dbcheck" not in said


def test_a_table_that_only_a_seal_names_is_shown_harmless() -> None:
    said = fault_worded(HistoryFault("row-missing", "x\x1b[2J", "c3"), Words("en"))
    assert "\x1b" not in said


def test_a_fault_of_no_command_is_worded_alone() -> None:
    assert fault_worded(HistoryFault("counter", "counter", row="task"), Words("en")).startswith("the counter")


def test_a_warning_names_the_first_and_data_has_null_for_what_is_not_known() -> None:
    fault = HistoryFault("counter", "counter", row="task")
    assert warning([fault] * 9, Words("en")).count("counter") == 3
    assert fault_data(fault) == {
        "kind": "counter", "table": "counter", "command": None, "task": None, "row": "task", "column": None
    }  # fmt: skip
