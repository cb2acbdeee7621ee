"""A document of our own look."""

from plantrack.i18n.words import Words
from plantrack.render.formats.docx.blocks import Body
from plantrack.render.formats.docx.lists import WordLists
from plantrack.render.formats.docx.package import language_mark, new_frame, page_room, place_in, saved
from plantrack.render.formats.docx.tables import needed
from plantrack.render.formats.office_zip import described
from plantrack.render.layout.blocks import Document, Table


def new_document(document: Document, words: Words) -> bytes:
    """Write a document; its pages lie across when a table is too wide for them upright."""
    upright = page_room(landscape=False)
    across = any(isinstance(block, Table) and needed(block) > upright for block in document.blocks)
    frame = new_frame(words.language, landscape=across)
    frame.element.body.insert(0, language_mark())
    body = Body(place_in(frame, page_room(landscape=across)), WordLists(frame))
    # In full before the frame is saved: lists are added to it on the way.
    pieces = list(body.written(document))
    return saved(frame, pieces, described(document.title, words.language))
