"""Word documents: A4, Times New Roman, real headings, lists and tables, so that people can go on writing in them.

python-docx makes the frame (styles, page, header, lists); what is said is written as text, because there may be very
much of it.
"""

from collections.abc import Iterator

from plantrack.render.formats import Page
from plantrack.render.formats.docx.blocks import Body, measured
from plantrack.render.formats.docx.lists import WordLists
from plantrack.render.formats.docx.package import content_mark, new_frame, page_room, place_in, saved
from plantrack.render.formats.office_zip import described
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.documents import in_text


def render(document: Document, page: Page) -> Iterator[bytes]:
    """Write a document; its pages lie across when a table is too wide for them upright."""
    document = in_text(document)
    language = page.words.language
    upright = page_room(landscape=False)
    tables = measured(document)
    across = any(table.needed_width > upright for table in tables)
    frame = new_frame(language, landscape=across)
    frame.element.body.insert(0, content_mark())
    body = Body(place_in(frame, page_room(landscape=across)), WordLists(frame), tables)
    return saved(frame, body.written(document), described(document.title, language))
