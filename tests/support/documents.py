"""Documents and books that tests of several formats write: every report of the example, and texts that are hostile.

`TITLES` are titles as they may be stored.
"""

from collections.abc import Callable

from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.text import clean_line
from plantrack.model.views.tasks import TaskList
from plantrack.render.formats import render
from plantrack.render.layout.blocks import (
    Block,
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
)
from plantrack.render.layout.workbook import Book
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
    "list in lines": lambda w: tasks.document(factory.make_list(), w, one_line=True),
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
    "db check": lambda w: db.check_document(factory.make_db_check(), w),
}
#: The example's figures.
BOOKS: dict[str, Callable[[Words], Book]] = {
    "list": lambda w: tasks.book(factory.make_list(), w),
    "progress": lambda w: progress.book(factory.make_progress(), w),
    "by org": lambda w: progress.book(factory.make_progress_by("org"), w),
    "by month": lambda w: progress.book(factory.make_progress_by("month"), w),
    "weekly": lambda w: weekly.book(make_weekly(with_notes=True), w),
    "log": lambda w: log.book(factory.make_log(), w),
    "person": lambda w: person.book(factory.make_person(), w),
    "org": lambda w: org.book(factory.make_org(), w),
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


def _cleaned(title: str) -> str:
    try:
        return clean_line(title, what="title")
    except Failure:
        return ""


_TYPED = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120)
TITLES = _TYPED.map(_cleaned).filter(bool)


def printed(
    document: Document, form: str, width: int = 80, *, colour: bool = False, words: Words = VI
) -> str:
    """Return a document in a format of text."""
    return render(document, form, words, width=width, colour=colour)


def of_blocks(*blocks: Block) -> Document:
    """Return a document of nothing but blocks."""
    return Document("", (), blocks)


def titled_list(title: str) -> TaskList:
    """Return a list of one overdue task, whose title is also the name of who is in charge."""
    overdue = factory.make_task(1, "ND3.1", title=Text(title), due="2024-07-01", in_charge=(title,))
    return factory.make_list([overdue])


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


def squeezed(text: str) -> str:
    """Return a text on one line, with one blank between words."""
    return " ".join(text.split())
