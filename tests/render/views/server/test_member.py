"""The members in words."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.views.member import MemberLine, MemberList
from plantrack.render.formats import file_of
from plantrack.render.views.server.member import book, data, document, role_said
from tests.support.factory import make_heading

VIEW = MemberList(
    make_heading(),
    (MemberLine("binh", "reporter", "hlhpn", "Nguyễn Văn Bình"), MemberLine("lan", "coordinator")),
)


def plain(view: MemberList, words: Words) -> str:
    return file_of(document(view, words), "plain", words, width=100, colour=False).decode("utf-8")


@pytest.mark.parametrize(("language", "role"), [("vi", "báo cáo (reporter)"), ("en", "reporter")])
def test_each_login_has_its_role_and_for_whom_it_reports(language: str, role: str) -> None:
    words = Words(language)
    text = plain(VIEW, words)
    assert role in text
    assert "Nguyễn Văn Bình" in text
    assert role_said(VIEW.members[0], words, VIEW.heading).startswith(f"{role} (")


def test_json_has_the_roles_as_they_are_recorded() -> None:
    assert list(data(VIEW, Words("vi"))) == [
        {"login": "binh", "role": "reporter", "organisation": "hlhpn", "person": "Nguyễn Văn Bình"},
        {"login": "lan", "role": "coordinator", "organisation": None, "person": None},
    ]


def test_a_sheet_and_none() -> None:
    words = Words("vi")
    assert book(VIEW, words).sheets
    only = plain(MemberList(VIEW.heading, (MemberLine("lan", "owner"),)), words)
    assert "sở hữu (owner)" in only and "member add" in only
