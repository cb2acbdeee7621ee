"""The document that gave a task: given, corrected, taken away and taken along; found by filters and by search."""

from pathlib import Path

import pytest

from plantrack.model.plan import CitedDocument, Text
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo
from tests.support.listing import found
from tests.support.next_plan import NEW, carried, next_plan
from tests.support.steps import OpenContext, refused, said, stood
from tests.support.whole import whole

TYPED = "Công văn số 123/UBDT-TH ngày 5/6 của Uỷ ban Dân tộc về việc tổ chức hội thảo"
DOCUMENT = CitedDocument(
    Text("tổ chức hội thảo"), None, "Công văn số 123/UBDT-TH", "2024-06-05", "Uỷ ban Dân tộc"
)
COLUMNS = ["document_number", "document_day", "document_issuer", "document_subject"]


def given(sit: OpenContext, typed: str | None = TYPED, title: str = "Họp") -> None:
    """Open a task on 1/7/2024."""
    add(sit("2024-07-01"), NewTask(title, area="3", due="31/7/2024", document=typed))


def corrected(sit: OpenContext, typed: str) -> None:
    """Correct the document of task 1 on 2/7/2024."""
    edit(sit("2024-07-02"), ["1"], Corrections(document=typed))


def test_a_task_is_opened_with_it_and_the_history_says_so(context_on: OpenContext) -> None:
    given(context_on)
    assert stood(context_on, "1").document == DOCUMENT
    entries = whole(log(context_on("2024-07-01"), ["1"])).entries
    assert [(e.field, e.new) for e in entries if e.field in COLUMNS] == [
        ("document_number", "Công văn số 123/UBDT-TH"), ("document_day", "2024-06-05"),
        ("document_issuer", "Uỷ ban Dân tộc"), ("document_subject", "tổ chức hội thảo"),
    ]  # fmt: skip


def test_how_it_was_read_is_told_once(context_on: OpenContext) -> None:
    new = NewTask("", area="3", document=TYPED)
    done = add(context_on("2024-07-01"), new, ["một", "hai"])
    assert [n.params for n in done.notes if n.code == "document-read"] == [{"document": DOCUMENT}]
    done = edit(context_on("2024-07-01"), ["1"], Corrections(document="none"))
    assert "document-read" not in [n.code for n in done.notes]


def test_it_is_corrected_as_a_whole_and_each_part_that_differs_is_told(context_on: OpenContext) -> None:
    given(context_on)
    corrected(context_on, "Công văn số 123/UBDT-TH ngày 6/6/2024")
    assert stood(context_on, "1").document == CitedDocument(
        None, None, "Công văn số 123/UBDT-TH", "2024-06-06"
    )
    told = [(e.field, e.old, e.new) for e in whole(log(context_on("2024-07-02"), ["verb:edit"])).entries]
    assert told == [
        ("document_day", "2024-06-05", "2024-06-06"), ("document_issuer", "Uỷ ban Dân tộc", None),
        ("document_subject", "tổ chức hội thảo", None),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["none", "không", "", " "])
def test_it_is_taken_away_and_comes_back_by_undo(context_on: OpenContext, typed: str) -> None:
    given(context_on)
    corrected(context_on, typed)
    assert stood(context_on, "1").document is None
    assert found(context_on, "document:123") == []
    undo(context_on("2024-07-02"), None)
    assert stood(context_on, "1").document == DOCUMENT
    assert found(context_on, "document:123") == ["1"]


def test_what_is_no_document_or_of_a_day_to_come_is_refused_and_changes_nothing(
    context_on: OpenContext,
) -> None:
    given(context_on)
    for typed, code in (("họp", "document-unread"), ("số 5 ngày 3/7/2024", "day-after-today")):
        with refused(code):
            corrected(context_on, typed)
        with refused(code):
            given(context_on, typed)
    assert stood(context_on, "1").document == DOCUMENT
    assert found(context_on, everything=True) == ["1"]


def test_filters_ask_for_a_part_of_the_number_the_issuer_or_the_subject_without_tones(
    context_on: OpenContext,
) -> None:
    given(context_on)
    given(context_on, "số 1123/HPN của Hội LHPN về việc sơ kết")
    given(context_on, None)
    for term, labels in (
        ("123", ["1"]), ("123/ubdt", ["1"]), ("UY-BAN", ["1"]), ("hoi", ["1", "2"]), ("hội lhpn", ["2"]),
        ("-hoi", ["3"]), ("sơ kết,tổ chức", ["1", "2"]), ("2024", []), ("tap huan", []),
    ):  # fmt: skip
        assert sorted(found(context_on, f"document:{term}")) == labels, term
    with refused("text-without-words"):
        found(context_on, "document:/")


def test_search_finds_it_as_it_was_known(context_on: OpenContext) -> None:
    given(context_on)
    given(context_on, None, title="Hội thảo")
    corrected(context_on, "số 45/VP")
    assert found(context_on, "45/VP") == found(context_on, "vp") == ["1"]
    assert found(context_on, "to chuc") == []
    assert found(context_on, "hoi thao") == ["2"]
    assert found(context_on, "to chuc hoi thao", known_at="2024-07-01") == ["1"]
    assert found(context_on, "document:to-chuc", known_at="2024-07-01") == ["1"]
    assert found(context_on, "document:45", known_at="2024-07-01") == []


def test_the_next_of_a_series_and_the_next_plan_take_it_along(
    context_on: OpenContext, workspace: Path
) -> None:
    add(
        context_on("2024-07-01"),
        NewTask("Giao ban", activity="3.1", due="31/7/2024", every="month", document=TYPED),
    )
    said(context_on, "2024-07-20", "1", "done")
    assert stood(context_on, "2").document == DOCUMENT
    next_plan(context_on, workspace, 2025)
    carried(context_on)
    assert stood(context_on, "3", plan=NEW).document == DOCUMENT
