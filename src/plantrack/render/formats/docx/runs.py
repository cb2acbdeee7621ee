"""Text as WordprocessingML: runs with their looks, and paragraphs."""

from typing import Final

from plantrack.render.formats.office_zip import xml_text
from plantrack.render.layout.blocks import Meaning, Said, spans
from plantrack.render.layout.text_width import SOFT_HYPHEN

_BOLD: Final = "<w:b/><w:bCs/>"
_ITALIC: Final = "<w:i/><w:iCs/>"
#: Dark enough on white (7 to 1 and more) that they can be read, and told apart from black by other signs too.
_LOOKS: Final[dict[Meaning, str]] = {
    "strong": _BOLD,
    "quiet": '<w:color w:val="595959"/>',
    "remark": f'{_ITALIC}<w:color w:val="404040"/>',
    "done": '<w:color w:val="1B5E20"/>',
    "in_progress": '<w:color w:val="0D47A1"/>',
    "due_soon": '<w:color w:val="6B3F00"/>',
    "overdue": f'{_BOLD}<w:color w:val="9C0006"/>',
    "blocked": f'{_BOLD}<w:color w:val="5E1675"/>',
    "example": f'{_BOLD}<w:color w:val="9C0006"/>',
    "warning": '<w:color w:val="6B3F00"/>',
    "error": f'{_BOLD}<w:color w:val="9C0006"/>',
}
MONO: Final = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="18"/>'
TAB: Final = "<w:r><w:tab/></w:r>"


def runs(said: Said, *, bold: bool = False) -> str:
    """Write what is said; a newline in it begins a new line."""
    if isinstance(said, str):
        return run(said, _BOLD if bold else "")
    return "".join([run(span.text, _look(span.meaning, bold=bold)) for span in spans(said)])


def _look(meaning: Meaning, *, bold: bool) -> str:
    look = _LOOKS.get(meaning, "")
    return _BOLD + look if bold and _BOLD not in look else look


def run(text: str, look: str = "") -> str:
    """Write a text in one look."""
    inside = f'<w:t xml:space="preserve">{xml_text(text)}</w:t>'
    if "\n" in inside or "\t" in inside or SOFT_HYPHEN in inside:
        inside = _broken(inside)
    return f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>" if look else f"<w:r>{inside}</w:r>"


def _broken(inside: str) -> str:
    """Put the elements of Word in the place of signs that break a text."""
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>"), (SOFT_HYPHEN, "<w:softHyphen/>")):
        inside = inside.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return inside


def paragraph(inside: str, properties: str = "") -> str:
    """Put runs into a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>" if properties else f"<w:p>{inside}</w:p>"


def left_if_broken(said: Said) -> str:
    """Return the property of a paragraph that must not be stretched to the margin: Word stretches a broken line."""
    broken = "\n" in said if isinstance(said, str) else any("\n" in span.text for span in said)
    return '<w:jc w:val="left"/>' if broken else ""


def styled(style: str) -> str:
    """Return the property that names a paragraph's style; nothing where there is none."""
    return f'<w:pStyle w:val="{style}"/>' if style else ""
