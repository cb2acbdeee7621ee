"""Answers close the proposals that came before them; where none waits it is said."""

from plantrack.services.verbs.undo import undo
from tests.support.steps import BEFORE, OpenContext, notes, opened, said, summed


def waiting(sit: OpenContext) -> list[str | None]:
    """Return the proposals that wait at the end of the week."""
    return [p.update.proposal for p in summed(sit).proposals if p.answered is None]


def test_an_answer_closes_every_proposal_of_the_task_before_it_and_none_after(
    context_on: OpenContext,
) -> None:
    for _ in range(2):
        opened(context_on, BEFORE)
    said(context_on, "2024-07-02", "1", proposal="một")
    said(context_on, "2024-07-03", "1", proposal="hai")
    said(context_on, "2024-07-04", "2", proposal="của việc khác")
    assert notes(said(context_on, "2024-07-05", "1", answered="đồng ý cả hai")) == []
    said(context_on, "2024-07-06", "1", proposal="ba")
    assert waiting(context_on) == ["ba", "của việc khác"]


def test_an_answer_without_a_proposal_is_recorded_and_said_to_be_one(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    assert notes(said(context_on, "2024-07-02", "1", answered="gì cơ")) == ["no-open-proposal"]
    said(context_on, "2024-07-03", "1", proposal="một")
    assert notes(said(context_on, "2024-07-04", "1", answered="được")) == []
    assert notes(said(context_on, "2024-07-05", "1", answered="lần nữa")) == ["no-open-proposal"]


def test_an_answer_for_an_earlier_day_is_to_what_waited_then(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-08", "1", proposal="một")
    assert notes(said(context_on, "2024-07-10", "1", answered="sớm quá", on="5/7/2024")) == [
        "no-open-proposal"
    ]
    assert waiting(context_on) == ["một"]
    assert notes(said(context_on, "2024-07-11", "1", answered="được", on="9/7/2024")) == []
    assert waiting(context_on) == []


def test_a_proposal_in_the_same_update_as_an_answer_waits(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-02", "1", proposal="một")
    assert notes(said(context_on, "2024-07-03", "1", proposal="hai", answered="được một")) == []
    assert waiting(context_on) == ["hai"]
    assert notes(said(context_on, "2024-07-04", "1", answered="được hai")) == []
    assert waiting(context_on) == []


def test_a_proposal_of_a_day_before_an_answer_is_said_to_be_answered(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-02", "1", proposal="một")
    said(context_on, "2024-07-04", "1", answered="được")
    late = said(context_on, "2024-07-05", "1", proposal="hai", on="3/7/2024")
    assert [(n.code, n.params) for n in late.notes if n.code != "for-day"] == [
        ("proposal-answered", {"task": "1", "day": "2024-07-04"})
    ]
    assert waiting(context_on) == []
    undo(context_on("2024-07-05"), None)
    assert "proposal-answered" not in notes(
        said(context_on, "2024-07-05", "1", proposal="hai", on="4/7/2024")
    )
    assert waiting(context_on) == ["hai"]


def test_a_proposal_is_not_answered_by_its_own_update(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    together = said(context_on, "2024-07-02", "1", proposal="một", answered="được")
    assert notes(together) == ["no-open-proposal"]
    assert waiting(context_on) == ["một"]


def test_what_was_taken_back_neither_waits_nor_answers(context_on: OpenContext) -> None:
    opened(context_on, BEFORE)
    said(context_on, "2024-07-02", "1", proposal="một")
    said(context_on, "2024-07-03", "1", answered="được")
    undo(context_on("2024-07-04"), None)
    assert waiting(context_on) == ["một"]
    undo(context_on("2024-07-04"), "c3")
    assert notes(said(context_on, "2024-07-05", "1", answered="được")) == ["no-open-proposal"]
