"""Books: what they say of themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Reporting
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn, booked, mark
from plantrack.render.views import list as tasks
from tests.support import factory
from tests.support.documents import BOOKS

VI, EN = Words("vi"), Words("en")


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_says_what_it_is_of(name: str) -> None:
    for words, label in ((VI, "SỐ LIỆU VÍ DỤ, không có thật"), (EN, "EXAMPLE DATA, not real")):
        book = BOOKS[name](words)
        assert book.label == label
        assert label in book.lines
        assert "468/KH-HLHPNVN-UBDT" in book.lines[0]
        assert any("21/07/2024" in line or "21 Jul 2024" in line for line in (book.title, *book.lines))


def test_the_filter_is_said() -> None:
    book = tasks.book(factory.make_list(filter="overdue lead:ubdt"), VI)
    assert "Bộ lọc: overdue lead:ubdt" in book.lines


def booked_as(words: Words = VI, **heading: Any) -> Callable[..., Book]:
    """Return the function that puts a book together for a heading."""
    formatter = FactFormatter(words, factory.make_heading(**heading))
    return partial(booked, formatter, "Tên", [Sheet("Tờ", (SheetColumn("Số"),), ())])


def test_a_book_says_up_to_when_it_is_known_once() -> None:
    known = "Ghi nhận đến"
    assert sum(known in line for line in booked_as()().lines) == 1
    assert not any(known in line for line in booked_as(known_given=True)().lines)
    assert not any(known in line for line in booked_as()(about="Số liệu tuần 29").lines)


def test_what_is_given_stands_between_the_filter_and_the_moment_each_on_one_line() -> None:
    lines = booked_as()(about="Tuần 29", filter_read="overdue", more=["một\nhai", ""]).lines
    assert lines == ("Tuần 29", "SỐ LIỆU VÍ DỤ, không có thật", "Bộ lọc: overdue", "một / hai")


def test_a_book_of_real_data_has_no_label() -> None:
    assert booked_as(is_example=False)().label == ""
    assert booked_as(EN)().label == "EXAMPLE DATA, not real"


def test_moments_are_shown_by_the_clock_of_the_plan() -> None:
    plan = factory.make_plan(reporting=Reporting(timezone="Asia/Tokyo"))
    assert booked_as(plan=plan)().timezone == "Asia/Tokyo"


def test_a_mark_is_a_cross_or_nothing() -> None:
    assert (mark(True), mark(False)) == ("x", None)
