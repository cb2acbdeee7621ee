"""The frame of a document: page, styles, page numbers; and the file it is packed into, always alike."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from docx import Document as opened
from docx.document import Document as Frame
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml.etree import Comment

from plantrack.render.formats.docx.tables import Insertion
from plantrack.render.formats.office_zip import LOCALES, packed, unpacked, xml_text

FONT: Final = "Times New Roman"
CELL, SMALL_CELL = "Plantrack Cell", "Plantrack Small Cell"
#: A4 in millimetres. Decree 30/2020 has margins of 20 to 25 above and below, 30 to 35 left, 15 to 20 right.
_SHORT, _LONG = 210, 297
_TOP, _BOTTOM, _LEFT, _RIGHT = 20, 20, 30, 15
_TWIPS: Final = 1440 / 25.4
#: Where the body will stand.
_MARK: Final = "plantrack:content"
_FONTS: Final = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_BLACK_BOLD: Final = '<w:b/><w:bCs/>{0}<w:color w:val="000000"/><w:sz w:val="{1}"/><w:szCs w:val="{1}"/>'
_HEADING: Final = (
    '<w:keepNext/><w:keepLines/><w:spacing w:before="{0}" w:after="80" w:line="240" w:lineRule="auto"/>'
)
#: The styles that a document of ours has: what becomes of paragraphs, and of letters.
_STYLES: Final = {
    "Normal": (
        '<w:spacing w:before="0" w:after="100" w:line="264" w:lineRule="auto"/><w:jc w:val="both"/>',
        '<w:sz w:val="26"/><w:szCs w:val="26"/>',
    ),
    "Title": (_HEADING.format(0) + '<w:jc w:val="center"/>', _BLACK_BOLD.format("", 28)),
    "Heading 1": (
        _HEADING.format(240) + '<w:jc w:val="left"/><w:outlineLvl w:val="0"/>',
        _BLACK_BOLD.format("", 26),
    ),
    "Heading 2": (
        _HEADING.format(180) + '<w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
        _BLACK_BOLD.format("<w:i/><w:iCs/>", 26),
    ),
}
_UNUSED: Final = ("thumbnail", "stylesWithEffects")


def page_room(*, landscape: bool) -> int:
    """Return how wide a page is between its margins, in twentieths of a point."""
    return int(((_LONG if landscape else _SHORT) - _LEFT - _RIGHT) * _TWIPS)


def new_frame(language: str, *, landscape: bool) -> Frame:
    """Make an empty document."""
    frame = opened()
    _lighten(frame)
    _set_language(frame, LOCALES[language])
    for name, (paragraphs, letters) in _STYLES.items():
        _restyle(frame.styles[name].element, paragraphs, letters)
    add_cell_styles(frame)
    _set_page(frame, landscape=landscape)
    return frame


def _lighten(frame: Frame) -> None:
    """Leave out of python-docx's own document a picture of another one, and styles that nothing reads any more."""
    for rels in (frame.part.rels, frame.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNUSED)]:
            del rels[key]


def _set_language(frame: Frame, locale: str) -> None:
    """Say for the whole document which language it is in, and which letters it has."""
    defaults = frame.styles.element.find(qn("w:docDefaults"))
    letters = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    letters.find(qn("w:lang")).set(qn("w:val"), locale)
    letters.replace(letters.find(qn("w:rFonts")), parse_xml(f"<w:rFonts {nsdecls('w')} {_FONTS}/>"))
    frame.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), locale)


def _restyle(style: Any, paragraphs: str, letters: str) -> None:
    """Replace the properties of a style."""
    for tag in ("w:pPr", "w:rPr"):
        for old in style.findall(qn(tag)):
            style.remove(old)
    style.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraphs}</w:pPr>"))
    style.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:rFonts {_FONTS}/>{letters}</w:rPr>"))


def add_cell_styles(frame: Frame) -> None:
    """Add the styles of cells: the letters of the body, smaller, on the left."""
    for name, size in ((CELL, 11), (SMALL_CELL, 9)):
        if name in frame.styles:
            continue
        style: Any = frame.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = frame.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(size)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.first_line_indent = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _set_page(frame: Frame, *, landscape: bool) -> None:
    """Set A4, the margins, and the number of each page but the first in the middle above."""
    section = frame.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        Mm(n) for n in ((_LONG, _SHORT) if landscape else (_SHORT, _LONG))
    )
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    number._p.append(parse_xml(field))  # python-docx has no fields


def place_in(frame: Frame, room: int) -> Insertion:
    """Say which styles a document has for what we write; a template may lack some, and names them as it likes."""
    return Insertion(
        room,
        _style_id(frame, "Title"),
        (_style_id(frame, "Heading 1"), _style_id(frame, "Heading 2")),
        (_style_id(frame, CELL), _style_id(frame, SMALL_CELL)),
    )


def _style_id(frame: Frame, name: str) -> str:
    return xml_text(str(frame.styles[name].style_id)) if name in frame.styles else ""


def content_mark() -> Any:
    """Make what marks the place of the body."""
    return Comment(_MARK)


def saved(frame: Frame, body: Iterable[str], more: Mapping[str, bytes]) -> Iterator[bytes]:
    """Return the file: the document with a body in the place that is marked, and other parts."""
    out = BytesIO()
    frame.save(out)
    own = unpacked(out.getvalue())
    main, lists = (str(part.partname).lstrip("/") for part in (frame.part, frame.part.numbering_part))
    before, _, after = own[main].partition(f"<!--{_MARK}-->".encode())
    parts: dict[str, bytes | Iterable[bytes]] = {**own, **more}
    # Lists are added while the body is written: what has them is written later.
    parts[main] = _pieces(before, body if main < lists else list(body), after)
    parts[lists] = _written_later(frame.part.numbering_part)
    return packed(parts)


def _written_later(part: Any) -> Iterator[bytes]:
    yield part.blob


def _pieces(before: bytes, body: Iterable[str], after: bytes) -> Iterator[bytes]:
    """Yield the pieces of a part, not too small ones."""
    yield before
    waiting: list[str] = []
    for piece in body:
        waiting.append(piece)
        if len(waiting) == _AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()
    yield after


_AT_ONCE: Final = 200
