"""Templates of an organisation's own: what is filled in, what stays, and what is refused."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.render.formats.docx.template import render_into
from plantrack.render.formats.office_zip import packed, unpacked
from plantrack.render.views import weekly
from tests.support.factory_weekly import make_weekly
from tests.support.word_files import FIELDS, REPORT, filled, lines, refused, template


def test_the_content_stands_where_the_template_says() -> None:
    read = filled(template("HỘI VÍ DỤ", "{{noi_dung}}", "Nơi nhận"))
    assert lines(read)[0] == "HỘI VÍ DỤ"
    assert lines(read)[-1] == "Nơi nhận"
    assert lines(read)[1:4] == ["Tổng hợp <quý>", "dòng", "I. Kết quả"]
    assert len(read.tables) == 1


@pytest.mark.parametrize("name", ["content", "noi_dung", "Nội dung", " NOI DUNG "])
def test_a_place_may_be_typed_as_people_type(name: str) -> None:
    assert "cuối" in lines(filled(template("a", "{{" + name + "}}", "b")))


def test_a_style_may_be_named_by_any_signs() -> None:
    def rename(made: Any) -> None:
        made.styles["Heading 1"].element.set(qn("w:styleId"), "A&B<")

    read = filled(template(change=rename))
    assert [p.text for p in read.paragraphs if p.style.name == "Heading 1"] == ["I. Kết quả"]


def test_without_a_place_the_content_comes_at_the_end() -> None:
    assert lines(filled(template("HỘI VÍ DỤ")))[:2] == ["HỘI VÍ DỤ", "Tổng hợp <quý>"]


def test_a_title_that_the_template_has_is_not_said_twice() -> None:
    read = filled(template("{{tieu_de}}", "{{content}}"))
    assert lines(read).count("Tổng hợp <quý>") == 1
    assert lines(read)[:2] == ["Tổng hợp <quý>", "dòng"]


def test_places_are_filled_in_tables_headers_and_footers() -> None:
    def change(made: Any) -> None:
        made.add_table(1, 1).cell(0, 0).text = "Kỳ: {{ky}}"
        made.sections[0].header.paragraphs[0].text = "{{title}}"
        made.sections[0].footer.paragraphs[0].text = "{{ngay}} · {{period}}"

    read = filled(template("{{content}}", change=change))
    assert read.tables[-1].cell(0, 0).text == "Kỳ: Quý II/2024"
    assert read.sections[0].header.paragraphs[0].text == "Tổng hợp <quý>"
    assert read.sections[0].footer.paragraphs[0].text == "ngày 14 tháng 6 năm 2024 · Quý II/2024"


def test_a_place_that_word_cut_into_pieces_is_one() -> None:
    def change(made: Any) -> None:
        cut = made.paragraphs[0]
        for piece in ("(", "{", "{k", "y}", "} và {{", "day", "}})"):
            cut.add_run(piece)
        cut.runs[2].bold = True

    assert (
        lines(filled(template("", "{{content}}", change=change)))[0]
        == "(Quý II/2024 và ngày 14 tháng 6 năm 2024)"
    )


def test_the_look_of_the_template_stays() -> None:
    def change(made: Any) -> None:
        made.styles["Normal"].font.name = "Arial"
        made.styles["Heading 1"].font.size = Pt(20)
        made.sections[0].left_margin = Mm(40)
        made.sections[0].header.paragraphs[0].text = "Đầu trang"
        made.core_properties.author = "Hội Ví dụ"

    read = filled(template("{{content}}", change=change))
    assert read.styles["Normal"].font.name == "Arial"
    assert read.styles["Heading 1"].font.size == Pt(20)
    assert round(read.sections[0].left_margin / Mm(1)) == 40
    assert read.sections[0].header.paragraphs[0].text == "Đầu trang"
    assert read.core_properties.author == "Hội Ví dụ"
    assert [p.text for p in read.paragraphs if p.style.name == "Heading 1"] == ["I. Kết quả"]


def test_tables_are_as_wide_as_the_template_has_room() -> None:
    def change(made: Any) -> None:
        section = made.sections[0]
        section.page_width, section.left_margin, section.right_margin = Mm(148), Mm(20), Mm(20)

    (table,) = filled(template("{{content}}", change=change)).tables
    assert sum(column.width for column in table.columns) <= Mm(108.1)


def test_lists_of_the_template_stay_and_ours_are_their_own() -> None:
    def change(made: Any) -> None:
        made.add_paragraph("của mẫu", style="List Number")

    read = filled(template("{{content}}", change=change))
    root = read.part.numbering_part.element
    numbers = [n.get(qn("w:numId")) for n in root.findall(qn("w:num"))]
    assert len(set(numbers)) == len(numbers)
    tags = [child.tag for child in root]
    assert tags.index(qn("w:num")) > max(i for i, tag in enumerate(tags) if tag == qn("w:abstractNum"))
    ours = [p._p.pPr.numPr.numId.val for p in read.paragraphs if p.text in ("một", "hai")]
    assert len(set(ours)) == 1
    assert str(ours[0]) in numbers


def test_a_template_without_our_styles_gets_headings_all_the_same() -> None:
    def change(made: Any) -> None:
        for name in ("Heading 1", "Heading 2", "Title"):
            style = made.styles[name].element
            style.getparent().remove(style)
        for key in [key for key, rel in made.part.rels.items() if rel.reltype.endswith("/numbering")]:
            del made.part.rels[key]

    read = filled(template("{{content}}", change=change))
    heading = next(p for p in read.paragraphs if p.text == "I. Kết quả")
    assert heading.runs[0].bold
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"
    assert "một" in lines(read)


def test_a_template_of_word_itself_is_taken() -> None:
    dotx = rewritten(
        template("{{content}}"), lambda text: text.replace("document.main+xml", "template.main+xml")
    )
    assert "cuối" in lines(filled(dotx))


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """Change what a file says its parts are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == "[Content_Types].xml" else text)
    return out.getvalue()


def test_the_same_template_gives_the_same_bytes() -> None:
    data = template("{{title}}", "{{content}}")
    report = weekly.document(make_weekly(), Words("vi"))
    first, second = (b"".join(render_into(report, data, "m", FIELDS)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        template("x")[:300],
        rewritten(template("x"), lambda t: t.replace("wordprocessingml", "x")),
    ],
    ids=["empty", "pdf", "cut", "other"],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    failure = refused(data)
    assert failure.code == "template-unreadable"
    assert failure.params["reason"]


def test_places_that_are_not_known_are_named() -> None:
    failure = refused(template("{{noidung}}", "{{ten}} {{ky}}"))
    assert failure.code == "template-unknown"
    assert failure.params["places"] == ("{{noidung}}", "{{ten}}")
    for language, names in {"vi": "noi_dung tieu_de ky ngay", "en": "content title period day"}.items():
        _, hint = sentence(Words(language), failure)
        assert ", ".join(names.split()) in hint


def in_a_cell(made: Any) -> None:
    made.add_table(1, 1).cell(0, 0).text = "{{content}}"


@pytest.mark.parametrize(
    "data",
    [template("Nội dung: {{content}}"), template("{{content}}", "{{noi_dung}}"), template(change=in_a_cell)],
    ids=["not alone", "twice", "in a cell"],
)
def test_content_needs_a_paragraph_of_its_own(data: bytes) -> None:
    assert refused(data).code == "template-place"


def test_what_is_filled_in_is_a_text() -> None:
    data = template("{{ky}}", "{{content}}")
    fields = {"period": "<w:b/> & {{ngay}} \x1b"}
    read = docx.Document(io.BytesIO(b"".join(render_into(REPORT, data, "m", fields))))
    assert lines(read)[0] == "<w:b/> & {{ngay}} \\x1b"


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.update({"word/document.xml": b"<a/>"}),
        lambda parts: parts.update(
            {"word/document.xml": parts["word/document.xml"].replace(b"w:body", b"w:bodi")}
        ),
        lambda parts: parts.update(
            {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b".numbering+", b".x+")}
        ),
        lambda parts: parts.update(
            {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b".styles+", b".x+")}
        ),
        lambda parts: parts.update(
            {"word/document.xml": parts["word/document.xml"].replace(b'w:left="', b'w:left="x')}
        ),
    ],
    ids=["root", "body", "numbering", "styles", "margin"],
)
def test_a_document_whose_parts_are_something_else_is_refused(
    change: Callable[[dict[str, bytes]], None],
) -> None:
    parts = unpacked(template("{{noi_dung}}"))
    change(parts)
    assert refused(b"".join(packed(parts))).code == "template-unreadable"
