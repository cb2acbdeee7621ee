"""Lists of Word: it numbers them itself, and each begins as it should."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.render.layout.blocks import (
    ItemList,
    ListItem,
    Paragraph,
)
from tests.support.word_files import blocks, numbering


def test_lists_are_lists_of_word() -> None:
    read = blocks(
        ItemList(
            (
                ListItem("a"),
                ListItem("b", depth=1),
                ListItem("c", "1."),
                ListItem("d", "2."),
                ListItem("e", "5."),
            )
        )
    )
    numbered = [numbering(read, p) for p in read.paragraphs]
    assert numbered == [("bullet", 0, "-", 1), ("bullet", 1, "+", 1), ("decimal", 0, "%1.", 1),
                        ("decimal", 0, "%1.", 1), ("decimal", 0, "%1.", 5)]  # fmt: skip
    lists = [p._p.pPr.numPr.numId.val for p in read.paragraphs]
    assert lists[2] == lists[3] != lists[4]


def test_each_numbered_list_begins_anew() -> None:
    read = blocks(ItemList((ListItem("a", "1."),)), Paragraph("x"), ItemList((ListItem("b", "1."),)))
    first, _, second = read.paragraphs
    assert first._p.pPr.numPr.numId.val != second._p.pPr.numPr.numId.val


@given(st.lists(st.tuples(st.sampled_from(["-", "1.", "2.", "3.", "7."]), st.integers(0, 3)), min_size=1))
def test_word_counts_to_the_number_that_each_entry_has(made: list[tuple[str, int]]) -> None:
    entries = tuple(ListItem("x", marker, depth) for marker, depth in made)
    read = blocks(ItemList(entries))
    counted: dict[tuple[int, int], int] = {}
    for paragraph, entry in zip(read.paragraphs, entries, strict=True):
        form, level, _, first = numbering(read, paragraph)
        assert (form == "bullet", level) == (entry.marker == "-", entry.depth)
        if form == "decimal":
            own = (paragraph._p.pPr.numPr.numId.val, level)
            counted[own] = counted.get(own, first - 1) + 1
            assert f"{counted[own]}." == entry.marker
