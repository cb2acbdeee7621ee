"""Saved filters as they are stored: added, and never changed."""

import pytest

from plantrack.services.verbs.filter import remove_filter, save_filter
from plantrack.services.verbs.undo import undo
from plantrack.store.saved_filters import ask_all_filters, kept_filters
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext

TERMS = ('text:a "b" c', "due:..+7d", "status:-done,-dropped", "qua han")


def test_each_term_comes_back_as_it_was_typed(db: SQLite, context_on: OpenContext) -> None:
    save_filter(context_on(), "gấp", TERMS)
    remove_filter(context_on(), "gap")
    assert [(one.name, one.terms, one.author) for one in kept_filters(db)] == [
        ("gấp", TERMS, "Người thử"),
        ("gấp", (), "Người thử"),
    ]


def test_what_was_taken_back_is_kept_apart(db: SQLite, context_on: OpenContext) -> None:
    save_filter(context_on(), "gấp", TERMS)
    undo(context_on(), None)
    assert kept_filters(db) == []
    assert [one.terms for one in ask_all_filters(db)()] == [TERMS]


@pytest.mark.parametrize("change", ["DELETE FROM saved_filter", "UPDATE saved_filter SET terms = 'overdue'"])
def test_a_filter_can_only_be_added(db: SQLite, context_on: OpenContext, change: str) -> None:
    save_filter(context_on(), "gấp", TERMS)
    with pytest.raises(db.broken_condition, match="append-only"):
        db.execute(change)
