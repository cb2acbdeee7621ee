"""The members of a database on a server."""

from collections.abc import Sequence

from plantrack.i18n.words import Words
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.member import MemberLine, MemberList
from plantrack.model.views.rows import Rows
from plantrack.render.layout import fields
from plantrack.render.layout.blocks import Block, Document, Paragraph, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import Field, Fields, declared
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.workbook import NAME, Book, booked


def document(view: MemberList, words: Words) -> Document:
    """Word the list: each login with its role."""
    formatter = FactFormatter(words, view.heading)
    blocks: list[Block] = [fields.table(MEMBER.values(), view.members, formatter, without_empty=True)]
    if not view.members[1:]:  # the owner is there
        blocks.append(Paragraph(words("member.none")))
    return Document(words("member.title"), formatter.lines(), tuple(blocks))


def data(view: MemberList, words: Words) -> Rows[Object]:
    """Return the members for JSON."""
    return member_objects(view.members, words, view.heading)


def member_objects(members: Sequence[MemberLine], words: Words, heading: ViewHeader) -> Rows[Object]:
    """Return members for JSON."""
    return fields.objects(MEMBER.values(), members, FactFormatter(words, heading))


def book(view: MemberList, words: Words) -> Book:
    """Return the members as a sheet."""
    formatter = FactFormatter(words, view.heading)
    sheet = fields.sheet(words("sheet.members"), MEMBER.values(), view.members, formatter)
    return booked(formatter, words("member.title"), [sheet])


def role_said(line: MemberLine, words: Words, heading: ViewHeader) -> str:
    """Return a role in words, with the organisation that it is for."""
    role = words(f"member.role.{line.server_role}") if line.server_role else ""
    if line.organisation is None:
        return role
    return f"{role} ({FactFormatter(words, heading).organisation(line.organisation)})"


MEMBER: Fields[MemberLine] = declared(
    Field("login", "column.login", width=NAME, column=TableColumn(wraps=True, least=10)),
    Field(
        "role",
        "column.server_role",
        get=lambda line, f: line.server_role or None,
        word=lambda line, f: f.word(f"member.role.{line.server_role}") if line.server_role else None,
        width=22,
        column=TableColumn(wraps=True, least=12),
    ),
    Field(
        "organisation",
        "column.organisation",
        word=lambda line, f: f.organisation(line.organisation) if line.organisation else None,
        width=NAME,
        blank=True,
        column=TableColumn(wraps=True, least=16),
    ),
    Field("person", "column.person", width=NAME, blank=True, column=TableColumn(wraps=True, least=12)),
)
