"""One document made of others: without what its readers cannot use, or several in a row."""

from plantrack.i18n.words import Words
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Table,
    TableColumn,
    TableRow,
    text_of,
)
from plantrack.render.layout.documents import for_screen, in_text, joined, without_commands
from tests.support.documents import of_blocks
from tests.support.factory_series import make_chart


def test_a_document_without_commands_says_the_rest() -> None:
    said = Paragraph((StyledText("Quá hạn 3."), StyledText(" plantrack list", "typed")))
    typed = Paragraph((StyledText("plantrack add", "typed"),))
    document = without_commands(Document("T", (), (Heading("một"), said, typed, Paragraph("hai"))))
    shown = [text_of(b.said) for b in document.blocks if isinstance(b, Heading | Paragraph)]
    assert shown == ["một", "Quá hạn 3.", "hai"]
    assert without_commands(document) == document


def test_a_screen_has_the_first_entries_of_a_section_and_says_where_the_others_are() -> None:
    def made(entries: int, listed_by: str | None) -> Document:
        items = tuple(ListItem(f"việc {n}") for n in range(entries))
        return of_blocks(ItemList(items, listed_by=listed_by))

    for whole in (made(10, "plantrack list overdue"), made(99, None)):
        assert for_screen(whole, Words("vi")) == whole
    for listed_by, vi, en in (
        (
            "plantrack list overdue",
            "và 17 nhiệm vụ nữa (xem: plantrack list overdue)",
            "and 17 more tasks (see: plantrack list overdue)",
        ),
        ("", "và 17 mục nữa (xem đủ: thêm --format plain)", "and 17 more (for all of it add --format plain)"),
    ):
        for words, said in ((Words("vi"), vi), (Words("en"), en)):
            items, rest = for_screen(made(27, listed_by), words).blocks
            assert isinstance(items, ItemList)
            assert isinstance(rest, Paragraph)
            assert [text_of(item.said) for item in items.entries] == [f"việc {n}" for n in range(10)]
            assert text_of(rest.said) == said


def test_text_alone_has_a_chart_in_words_and_no_picture_of_signs() -> None:
    picture = Paragraph("███▒▒", picture=True)
    document = in_text(of_blocks(make_chart(), picture, Paragraph("lời")))
    assert [text_of(b.said) for b in document.blocks if isinstance(b, Paragraph)] == [
        "Tên hình: Lời của hình.",
        "lời",
    ]
    assert len(document.blocks) == 2


def test_text_alone_has_no_bars_in_its_tables() -> None:
    table = Table(
        (TableColumn("Tên"), TableColumn("Hình", picture=True)),
        (TableRow(("ND1", Bar((BarSegment(3),)))),),
    )
    (shown,) = in_text(of_blocks(table)).blocks
    assert isinstance(shown, Table)
    assert ([c.heading for c in shown.columns], [row.cells for row in shown.rows]) == (["Tên"], [("ND1",)])


def test_text_alone_has_no_commands_either() -> None:
    assert in_text(of_blocks(Paragraph((StyledText("plantrack list", "typed"),)))).blocks == ()


VI = Document("Tổng hợp", ("Kế hoạch",), (Heading("I."), Paragraph("một")))
EN = Document("Summary", ("Plan", "Filter"), (Heading("I."), Heading("a", 2), Paragraph("one")))


def test_the_first_of_several_documents_gives_the_title() -> None:
    assert joined([VI], ["vi"]) == VI
    both = joined([VI, EN], ["vi", "en"])
    assert (both.title, both.lines, both.blocks[:2]) == (VI.title, VI.lines, VI.blocks)


def test_the_others_follow_under_their_titles_a_level_lower() -> None:
    assert joined([VI, EN], ["vi", "en"]).blocks[2:] == (
        Heading("Summary", language="en"),
        Paragraph("Plan"),
        Paragraph("Filter"),
        Heading("I.", 2),
        Heading("a", 3),
        Paragraph("one"),
    )
