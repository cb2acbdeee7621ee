"""Formats: what people wrote is shown as they wrote it, whatever is in it; the same data, the same bytes."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.tasks import ShownTasks
from plantrack.render.formats import FORMS, file_of
from plantrack.render.layout.blocks import (
    Definition,
    DefinitionList,
    Document,
    ItemList,
    ListItem,
    Paragraph,
    StyledText,
    Verbatim,
)
from plantrack.render.views import list as tasks
from plantrack.render.views import log, org, person, progress, show
from plantrack.render.views.plan import log as plan_log
from plantrack.render.views.plan import show as plan_show
from tests.support import factory
from tests.support.documents import HOSTILE, REPORTS, TITLES, make_document, of_blocks, printed
from tests.support.factory_series import make_chart

VI, EN = Words("vi"), Words("en")


@pytest.mark.no_cover
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


@pytest.mark.parametrize("report", REPORTS)
def test_made_up_data_is_labelled_in_every_format(report: str) -> None:
    if report not in ("plan check", "db", "db check"):
        for form in FORMS:
            assert "SỐ LIỆU VÍ DỤ, không có thật" in printed(REPORTS[report](VI), form)


@pytest.mark.no_cover
@pytest.mark.parametrize("report", [name for name in REPORTS if name not in ("plan check", "db", "db check")])
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


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["plain", "table"])
def test_text_is_never_read_as_markup(form: str, text: str) -> None:
    out = printed(make_document(text), form, 200, colour=False)
    # Title, line, heading, two paragraphs, three entries, a field, and two rows of a table.
    assert out.count(text) == 8 + 2 * 3


@given(TITLES)
def test_any_title_stands_in_every_report(title: str) -> None:
    task = factory.make_task(9, "ND3.1", title=Text(title))
    shown = factory.make_show().shown[0]._replace(task=task)
    view = ShownTasks(factory.make_heading(), (shown,))
    for form in FORMS:
        assert printed(show.document(view, VI), form)


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


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"table"}))
@pytest.mark.parametrize("kind", ["bars", "lines", "cells"])
def test_formats_of_text_say_the_words(form: str, kind: str) -> None:
    text = printed(of_blocks(make_chart(kind)), form)
    assert "Tên hình" in text
    assert "Lời của hình." in text
    assert "█" not in text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_a_terminal_obeys_is_printed_whoever_put_it_there(form: str) -> None:
    out = printed(make_document("a\x1b]0;b\x07c\x9b31md\u202ee"), form, 200)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", out)
    assert "a\\x1b]0;b\\x07c" in out.replace("\\\\", "\\").replace("\\]", "]")
