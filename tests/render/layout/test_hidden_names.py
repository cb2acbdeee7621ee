"""Words stand in place of hidden names in whatever goes out, and nothing else is touched."""

from plantrack.i18n.words import Words
from plantrack.model.people.hidden_name import HIDDEN
from plantrack.model.views.rows import DerivedRows
from plantrack.render.layout.blocks import (
    Document,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
)
from plantrack.render.layout.hidden_names import with_hidden_names
from plantrack.render.layout.workbook import Book, Sheet, SheetColumn

KEPT = HIDDEN + "3f2a91" + "0" * 58
SHOWN = "name hidden (3f2a91)"
WORDS = Words("en")


def test_every_text_of_a_document_is_worded() -> None:
    rows = (TableRow((KEPT, (StyledText(f"{KEPT}+1", "quiet"),))), TableRow(("An", "x")))
    table = Table((TableColumn(), TableColumn()), DerivedRows(rows, iter))
    document = Document(KEPT, (KEPT,), (Paragraph((StyledText(KEPT),)), ItemList((ListItem(KEPT),)), table))
    made = with_hidden_names(document, WORDS)
    assert (made.title, made.lines) == (SHOWN, (SHOWN,))
    paragraph, items, worded = made.blocks
    assert paragraph == Paragraph((StyledText(SHOWN),))
    assert items == ItemList((ListItem(SHOWN),))
    assert isinstance(worded, Table)
    assert [*worded.rows] == [TableRow((SHOWN, (StyledText(f"{SHOWN}+1", "quiet"),))), rows[1]]
    assert len(worded.rows) == 2


def test_numbers_of_a_sheet_stay_numbers() -> None:
    book = Book("x", (), (Sheet("y", (SheetColumn("z"),), ((KEPT, 3, None, 0.5),)),))
    assert [*with_hidden_names(book, WORDS).sheets[0].rows] == [(SHOWN, 3, None, 0.5)]


def test_what_names_nobody_is_the_same() -> None:
    document = Document("x", ("y",), (Paragraph("z"),))
    assert with_hidden_names(document, WORDS) is document


def test_many_are_looked_at_like_few() -> None:
    labels = (*(str(n) for n in range(100)), KEPT)
    assert with_hidden_names(labels, WORDS) == (*labels[:-1], SHOWN)
    rows = (*(TableRow((str(n),)) for n in range(100)), TableRow((KEPT,)))
    assert with_hidden_names(rows, WORDS)[-1] == TableRow((SHOWN,))
