"""What a template would fetch from outside is refused and named; ordinary links stay, and are named."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.render.formats.docx import links_of
from tests.render.formats.docx.test_template import filled, lines, refused, template

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ADDRESS = "http://example.org/a.dotm"
Change = Callable[[Any], None]


def related(kind: str, where: Callable[[Any], Any] = lambda made: made.part) -> Change:
    """Let a part be related to a place outside."""

    def change(made: Any) -> None:
        where(made).rels.get_or_add_ext_rel(f"{OFFICE}/{kind}", ADDRESS)

    return change


def field(*pieces: str, header: bool = False) -> Change:
    """Put a field in, its instruction cut into pieces; a piece in brackets is a field inside it."""

    def change(made: Any) -> None:
        holder = made.sections[0].header if header else made
        paragraph = holder.add_paragraph("trước")._p
        for xml in _runs(pieces):
            paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))

    return change


def _runs(pieces: tuple[str, ...]) -> list[str]:
    runs = [_mark("begin")]
    for piece in pieces:
        inner = piece.startswith("[")
        text = f'<w:instrText xml:space="preserve">{piece.strip("[]")}</w:instrText>'
        runs += [_mark("begin"), text, _mark("end")] if inner else [text]
    return [*runs, _mark("separate"), "<w:t>kết quả</w:t>", _mark("end")]


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def simple(instruction: str) -> Change:
    def change(made: Any) -> None:
        node = parse_xml(f"<w:fldSimple {nsdecls('w')}><w:r><w:t>x</w:t></w:r></w:fldSimple>")
        node.set(qn("w:instr"), instruction)
        made.add_paragraph()._p.append(node)

    return change


def drawn(xml: str) -> Change:
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'

    def change(made: Any) -> None:
        made.add_paragraph()._p.append(parse_xml(f"<w:r {spaces}>{xml}</w:r>"))

    return change


def merged(made: Any) -> None:
    made.settings.element.append(parse_xml(f"<w:mailMerge {nsdecls('w')}/>"))


FETCHED: dict[str, tuple[Change, str]] = {
    "an attached template": (related("attachedTemplate", lambda m: m.part._settings_part), f"attachedTemplate {ADDRESS}"),
    "a picture": (related("image"), f"image {ADDRESS}"),
    "a picture in a header": (related("image", lambda m: m.sections[0].header.part), f"image {ADDRESS}"),
    "an object": (related("oleObject"), f"oleObject {ADDRESS}"),
    "a part of a document": (related("subDocument"), f"subDocument {ADDRESS}"),
    "a kind nobody knows": (related("somethingNew"), f"somethingNew {ADDRESS}"),
    "a picture by its address": (drawn(f'<w:pict><v:shape><v:imagedata src="{ADDRESS}"/></v:shape></w:pict>'), f"image {ADDRESS}"),
    "a field": (field(f' INCLUDETEXT "{ADDRESS}" '), f"INCLUDETEXT {ADDRESS}"),
    "a field with a tab": (field(f'\tINCLUDETEXT\t"{ADDRESS}"'), f"INCLUDETEXT {ADDRESS}"),
    "a field with no space": (field(f'INCLUDEPICTURE"{ADDRESS}"'), f"INCLUDEPICTURE {ADDRESS}"),
    "a field with a switch at once": (simple(f'includetext\\! "{ADDRESS}"'), f"INCLUDETEXT {ADDRESS}"),
    "a field in small letters": (field(f'includepicture "{ADDRESS}" \\d'), f"INCLUDEPICTURE {ADDRESS}"),
    "a field in pieces": (field(" DDE", 'AUTO "c:\\\\cmd.exe" ', '"/c"'), "DDEAUTO c:\\\\cmd.exe"),
    "a field in a header": (field(f'LINK Excel.Sheet.8 "{ADDRESS}"', header=True), f"LINK {ADDRESS}"),
    "a field with a field in it": (field("INCLUDETEXT ", "[FILENAME]", f'"{ADDRESS}"'), f"INCLUDETEXT {ADDRESS}"),
    "a field whose name another makes": (field("[QUOTE 68 68 69]", ' "x"'), "?"),
    "a simple field": (simple(f'DATABASE \\d "{ADDRESS}"'), f"DATABASE {ADDRESS}"),
    "letters from a list": (merged, "mailMerge"),
}  # fmt: skip


@pytest.mark.parametrize("what", FETCHED)
def test_what_is_fetched_when_the_file_is_opened_is_refused(what: str) -> None:
    change, said = FETCHED[what]
    failure = refused(template("{{noi_dung}}", change=change))
    assert failure.code == "template-outside"
    found = failure.params["places"]
    assert isinstance(found, tuple)
    assert said in found or any(one.startswith(said + " ") for one in found)
    for language in ("vi", "en"):
        message, _ = sentence(Words(language), failure)
        assert said in message


def test_ordinary_links_stay_and_are_named() -> None:
    def link(made: Any) -> None:
        made.part.relate_to(ADDRESS, REL.HYPERLINK, is_external=True)

    assert links_of(template("{{noi_dung}}", change=link)) == (ADDRESS,)
    data = template("{{noi_dung}}", change=field('HYPERLINK "https://example.org/"'))
    assert links_of(data) == ("https://example.org/",)
    assert "cuối" in lines(filled(data))
    assert links_of(template(change=field('HYPERLINK \\l "trong"'))) == ()


@pytest.mark.parametrize(
    "instruction", ["PAGE", "NUMPAGES \\* MERGEFORMAT", "DATE \\@ d/M", 'TOC \\o "1-3"', "REF a"]
)
def test_fields_that_stay_inside_stay(instruction: str) -> None:
    for change in (field(instruction), simple(instruction)):
        data = template("{{noi_dung}}", change=change)
        assert "cuối" in lines(filled(data))
        assert links_of(data) == ()


def test_a_file_is_named_and_not_where_it_lies_in_memory() -> None:
    """What is a document of another kind is refused by python-docx in words that name the bytes."""
    made = io.BytesIO()
    document = docx.Document()
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    document.part._content_type = kind
    document.save(made)
    failure = refused(made.getvalue())
    for language in ("vi", "en"):
        message, hint = sentence(Words(language), failure)
        assert "0x" not in message + hint
        assert "mau.docx" in message
