"""Word documents: A4, Times New Roman, real headings, lists and tables, so that people can go on writing in them.

python-docx makes the frame (styles, page, header, lists); what is said is written as text, because there may be very
much of it.
"""

from collections.abc import Mapping

from plantrack.render.formats import Page
from plantrack.render.formats.office_zip import office
from plantrack.render.layout.blocks import Document


def render(document: Document, page: Page) -> bytes:
    """Write a document; fails with `extra-missing` where python-docx is not installed."""
    with office():
        from plantrack.render.formats.docx.plain import new_document
    return new_document(document, page.words)


def render_into(
    document: Document, page: Page, template: bytes, *, file: str, fields: Mapping[str, str] | None = None
) -> bytes:
    """Write a document into a template: its styles, headers, footers and page stay.

    The paragraph `{{noi_dung}}` or `{{content}}` becomes what is said (without one it comes at the end); elsewhere, in
    tables, headers and footers too, `{{tieu_de}}` / `{{title}}` becomes the title, and `{{ky}}` / `{{period}}` and
    `{{ngay}}` / `{{day}}` what `fields` has for `period` and `day`. Fails with `template-unreadable`,
    `template-outside` (it fetches something when it is opened), `template-place` (the content has no paragraph of its
    own) or `template-unknown` (other places to fill in).
    """
    with office():
        from plantrack.render.formats.docx.template import fill_template
    return fill_template(document, page.words, template, file, fields or {})


def links_of(template: bytes) -> tuple[str, ...]:
    """Return where the links of a template lead, which the document keeps."""
    with office():
        from plantrack.render.formats.docx.template import links
    return links(template)
