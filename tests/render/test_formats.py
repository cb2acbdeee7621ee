"""Formats: what people wrote is shown as they wrote it, whatever is in it; the same data, the same bytes."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.text import clean_line
from plantrack.model.views.tasks import ShownTasks, TaskList
from plantrack.render.formats import FORMS, file_of, render
from plantrack.render.layout.blocks import (
    Bar,
    BarSegment,
    Definition,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Said,
    StyledText,
    Table,
    TableColumn,
    TableRow,
    Verbatim,
)
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views import db, log, org, person, progress, report, show, weekly
from plantrack.render.views import list as tasks
from plantrack.render.views.plan import check as plan_check
from plantrack.render.views.plan import log as plan_log
from plantrack.render.views.plan import show as plan_show
from tests.support import factory
from tests.support.factory_report import make_report
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")
#: Every report of the example.
REPORTS: dict[str, Callable[[Words], Document]] = {
    "progress": lambda w: progress.document(factory.make_progress(), w, explain=True),
    "by org": lambda w: progress.document(factory.make_progress_by("org"), w),
    "list": lambda w: tasks.document(factory.make_list(), w),
    "show": lambda w: show.document(factory.make_show(), w),
    "log": lambda w: log.document(factory.make_log(), w),
    "weekly": lambda w: weekly.document(make_weekly(with_notes=True), w),
    "report": lambda w: report.document(make_report(), w),
    "plan show": lambda w: plan_show.document(factory.make_plan_show(), w),
    "plan show ND3": lambda w: plan_show.document(factory.make_plan_show("ND3"), w),
    "plan log": lambda w: plan_log.document(factory.make_plan_log(), w),
    "plan check": lambda w: plan_check.document(factory.make_check(factory.make_problem()), w),
    "person": lambda w: person.document(factory.make_person(), w),
    "org": lambda w: org.document(factory.make_org(), w),
    "db": lambda w: db.document(factory.make_db(), w),
}
#: Texts that mean something to one format or another.
HOSTILE = (
    "[bold]đậm[/bold] [/] [link=x]y[/link] :smile:",
    "<script>alert(1)</script> &lt; &amp; & < >",
    "[x](javascript:y) ![z](w) <https://a.b> `code` **b** __c__ ~~d~~ | e | \\ #1",
    "- gạch đầu dòng",
    "1. một",
    "# tiêu đề",
    "```",
    "Ksơ̆r H’Nhuên, Ƀlô̆, 民族",
)
TITLES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120)


def printed(
    document: Document, form: str, width: int = 80, *, colour: bool = False, words: Words = VI
) -> str:
    return render(document, form, words, width=width, colour=colour)


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("report", REPORTS)
def test_the_same_data_gives_the_same_bytes(report: str, form: str, words: Words) -> None:
    texts = {printed(REPORTS[report](words), form, words=words) for _ in range(2)}
    (text,) = texts
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not text.startswith("\n")
    assert not re.search(r"\{\w*\}|\x1b|None", text)
    assert "  \n" not in text
    assert " \n" not in text


@pytest.mark.parametrize("width", [20, 40, 80, 140])
@pytest.mark.parametrize("report", REPORTS)
def test_a_terminal_is_never_overflowed(report: str, width: int) -> None:
    for words in (VI, EN):
        for line in printed(REPORTS[report](words), "table", width, words=words).split("\n"):
            assert cell_width(line) <= width, line


@pytest.mark.parametrize("report", REPORTS)
def test_made_up_data_is_labelled_in_every_format(report: str) -> None:
    if report not in ("plan check", "db"):
        for form in FORMS:
            assert "SỐ LIỆU VÍ DỤ, không có thật" in printed(REPORTS[report](VI), form)


@pytest.mark.parametrize("report", [name for name in REPORTS if name not in ("plan check", "db")])
def test_a_document_says_nothing_that_only_somebody_at_a_keyboard_can_use(report: str) -> None:
    for words in (VI, EN):
        document = REPORTS[report](words)
        for form in ("md", "html", "docx"):
            said = told(file_of(document, form, words, width=80, colour=False), form)
            assert not re.search(r"plantrack [a-z]|(?<![\w-])--[a-z]", said), said
    assert ("plantrack list" in printed(REPORTS[report](VI), "plain")) == (report in ("progress", "by org"))


def told(data: bytes, form: str) -> str:
    """Return the words of a document: of a page without how it looks, of Word's file what stands in it."""
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = package.read("word/document.xml")
    return re.sub("<[^>]*>", "", re.sub("(?s)<style.*?</style>", "", data.decode("utf-8")))


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_what_can_be_typed_is_left_out_with_its_line(form: str) -> None:
    lines = (
        Paragraph((StyledText("có"), StyledText(" gõ", "typed"))),
        Paragraph((StyledText("lệnh", "typed"),)),
        Paragraph(""),
    )
    data = file_of(Document("Tên", (), lines), form, VI, width=80, colour=False)
    assert "có" in told(data, form)
    assert not re.search("gõ|lệnh", told(data, form))
    assert printed(Document("Tên", (), lines), "plain") == "Tên\ncó gõ\nlệnh\n\n"


#: The reports that say from what they know, each with its view.
OF_THE_PAST: dict[str, tuple[Callable[..., Document], Any]] = {
    "progress": (progress.document, factory.make_progress()),
    "list": (tasks.document, factory.make_list()),
    "show": (show.document, factory.make_show()),
    "log": (log.document, factory.make_log()),
    "plan show": (plan_show.document, factory.make_plan_show()),
    "plan log": (plan_log.document, factory.make_plan_log()),
    "person": (person.document, factory.make_person()),
    "org": (org.document, factory.make_org()),
}


@pytest.mark.parametrize("report", OF_THE_PAST)
def test_a_reader_of_the_past_is_told(report: str) -> None:
    document, view = OF_THE_PAST[report]
    for words, said in (
        (VI, "Chỉ tính những gì đã ghi đến 00:00 ngày 22/07/2024."),
        (EN, "Only what was recorded up to"),
    ):
        past = view._replace(heading=factory.make_heading(known_given=True))
        for form in FORMS:
            text = printed(document(past, words), form, words=words)
            assert text.partition("\n\n## ")[0].count(said) == 1
            assert said not in printed(document(view, words), form, words=words)


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_a_summary_printed_again_later_is_the_one_that_was_sent(words: Words) -> None:
    """Its foot names the moment up to which it knows, whether or not that was asked for."""
    view = make_weekly()
    past = view._replace(heading=factory.make_heading(known_given=True))
    for form in FORMS:
        text = printed(weekly.document(past, words), form, words=words)
        assert text == printed(weekly.document(view, words), form, words=words)
        assert "22/07/2024" in text.rpartition("sha256")[2] or "22 Jul 2024" in text.rpartition("sha256")[2]


@pytest.mark.parametrize("report", REPORTS)
def test_colour_adds_nothing_but_colour(report: str) -> None:
    bare = printed(REPORTS[report](VI), "table")
    coloured = printed(REPORTS[report](VI), "table", colour=True)
    lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n")]
    assert "\n".join(lines) == bare
    assert "\x1b[" in coloured or report == "db"


def test_a_sign_or_a_word_says_what_a_colour_says() -> None:
    text = printed(REPORTS["list"](VI), "table")
    assert "quá 21 ngày" in text
    assert "⚠ vướng mắc" in text


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = printed(REPORTS["list"](VI), "table", colour=True)
    for name, value in {"COLUMNS": "33", "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": "0"}.items():
        monkeypatch.setenv(name, value)
    assert printed(REPORTS["list"](VI), "table", colour=True) == before


def make_document(text: str) -> Document:
    """Put a text at every place where a text of a person may stand."""
    said: Said = (
        StyledText("trước "),
        StyledText(text, "overdue"),
        StyledText(" "),
        StyledText(text, "remark"),
        StyledText(" sau"),
    )
    table = Table(
        (TableColumn("Số"), TableColumn("Tên", wraps=True, least=10, long=True)),
        (TableRow(("1", text)), TableRow(("2", said))),
    )
    return Document(
        text,
        (text,),
        (
            Heading(text),
            Paragraph(text),
            Paragraph(said, apart=True),
            table,
            ItemList((ListItem(text), ListItem(said, "1."), ListItem(text, "ND1", 1))),
            DefinitionList((Definition("Tên", text),)),
        ),
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["plain", "table"])
def test_text_is_never_read_as_markup(form: str, text: str) -> None:
    out = printed(make_document(text), form, 200, colour=False)
    # Title, line, heading, two paragraphs, three entries, a field, and two rows of a table.
    assert out.count(text) == 8 + 2 * 3


class _Text(HTMLParser):
    """Gathers the text of a page, and what else there is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)


def read_markdown(text: str) -> _Text:
    page = _Text()
    page.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    return page


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_itself(text: str) -> None:
    page = read_markdown(printed(make_document(text), "md"))
    assert squeezed("".join(page.text)).count(squeezed(text)) == 8 + 2 * 3
    assert not page.tags & {"script", "a", "img", "code", "pre", "del"}
    assert {"h1", "h2", "table", "li", "strong", "em"} <= page.tags


@given(TITLES)
def test_any_title_comes_out_of_markdown_as_it_went_in(title: str) -> None:
    title = cleaned(title)
    page = read_markdown(printed(tasks.document(make_list(title), VI), "md"))
    assert squeezed(title) in squeezed("".join(page.text))
    assert page.tags == {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "strong"}


def cleaned(title: str) -> str:
    """Return a title as it may be stored."""
    try:
        return clean_line(title, what="title")
    except Failure:
        assume(False)
        raise


def make_list(title: str) -> TaskList:
    overdue = factory.make_task(1, "ND3.1", title=Text(title), due="2024-07-01", in_charge=(title,))
    return factory.make_list([overdue])


@given(TITLES)
def test_any_title_fits_the_terminal(title: str) -> None:
    view = make_list(cleaned(title))
    text = printed(tasks.document(view, VI), "table")
    assert max(map(cell_len, text.split("\n"))) <= 80


@given(TITLES)
def test_any_title_stands_whole_on_its_line_of_plain_text(title: str) -> None:
    title = cleaned(title)
    lines = printed(tasks.document(make_list(title), VI), "plain").split("\n")
    assert lines[4].endswith(title)
    assert lines[4].count(title) >= 2


@given(TITLES)
def test_any_title_stands_in_every_report(title: str) -> None:
    title = cleaned(title)
    task = factory.make_task(9, "ND3.1", title=Text(title))
    shown = factory.make_show().shown[0]._replace(task=task)
    view = ShownTasks(factory.make_heading(), (shown,))
    for form in FORMS:
        assert printed(show.document(view, VI), form)


def test_plain_text_is_aligned_by_cells() -> None:
    people = ("Nguyễn Văn An", "Ksơ̆r Ƀlô̆", "民族")
    rows = [factory.make_task(i, in_charge=(name,)) for i, name in enumerate(people, 1)]
    lines = printed(tasks.document(factory.make_list(rows), VI), "plain").split("\n")[4:7]
    title = rows[0].title.vi
    assert len({cell_width(line.partition(title)[0]) for line in lines}) == 1


def test_long_columns_come_last_in_plain_text() -> None:
    head = printed(REPORTS["list"](VI), "plain").split("\n")[2]
    assert head.split("  ")[0] == "Số"
    assert head.endswith("Nhiệm vụ")


def test_lines_of_a_text_hang_together() -> None:
    document = Document(
        "", (), (ItemList((ListItem("một\nhai", "1."),)), DefinitionList((Definition("Tên", "một\nhai"),)))
    )
    assert printed(document, "plain") == printed(document, "table") == "1. một\n   hai\nTên  một\n     hai\n"
    assert printed(document, "md") == "1. một<br>hai\n\n- **Tên:** một<br>hai\n"


def test_verbatim_lines_keep_their_cells() -> None:
    document = Document("", (), (Verbatim(("  a ``` b", "    ^")),))
    assert printed(document, "plain") == printed(document, "table") == "    a ``` b\n      ^\n"
    assert printed(document, "md") == "````\n  a ``` b\n    ^\n````\n"


def test_bars_are_left_out_of_markdown() -> None:
    table = Table(
        (TableColumn("a"), TableColumn("", picture=True)), (TableRow(("1", Bar((BarSegment("█", 2),)))),)
    )
    document = Document("", (), (table, Paragraph("█ xong", picture=True)))
    assert printed(document, "md") == "| a |\n| --- |\n| 1 |\n"
    assert printed(document, "plain") == "a\n─────\n1  ██\n█ xong\n"


def test_the_rule_of_plain_text_is_as_wide_as_the_table() -> None:
    table = Table((TableColumn("a", long=True),), (TableRow(("x" * 200,)),))
    assert printed(Document("", (), (table,)), "plain").split("\n")[1] == "─" * 200


def test_an_unknown_format_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        printed(Document("", (), ()), "pdf")


def test_the_piped_list_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from plantrack.i18n.words import Words\n"
        "from plantrack.render.views import list, task_fields\n"
        "from plantrack.render.layout.blocks import Document\n"
        "from plantrack.render.formats import render\n"
        "render(Document('a', (), ()), 'plain', Words('vi'), width=80, colour=False)\n"
        "heavy = {'rich', 'yaml', 'pydantic', 'sqlite_utils', 'jinja2', 'typer', 'dataclasses', 'json', 'zoneinfo'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
